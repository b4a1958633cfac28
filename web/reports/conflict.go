package reports

import (
	"net/http"
	"slices"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// The parts of a page with conflicts are settled on one page. It sees them as one
// part: the words by their names, each figure as one field whose value is the
// whole row, since number, mark and estimate make sense together only.

// pack writes a row as one value, "" for an empty one.
func pack(c submission.Content) string {
	text := strings.Join([]string{c["own"], c["mark"], c["estimated"]}, "|")
	if text == "||" {
		return ""
	}
	return text
}

// unpack reads [pack]. Whoever forges one is checked like whoever types.
func unpack(text string) submission.Content {
	own, rest, _ := strings.Cut(text, "|")
	mark, estimated, _ := strings.Cut(rest, "|")
	return submission.Content{"own": own, "mark": mark, "estimated": estimated}
}

// rowWords is a row to be read: "86, trong đó ước 6", "không phát sinh".
func rowWords(r report.Row, c submission.Content) string {
	switch {
	case c["mark"] != "":
		return viet.LowerFirst(indicator.Mark(c["mark"]).Word())
	case isFlag(r) && c["own"] == "1":
		return "có"
	case isFlag(r) && c["own"] == "0":
		return "không"
	case c["estimated"] != "":
		return viet.FormatNumber(c["own"]) + ", trong đó ước " + viet.FormatNumber(c["estimated"])
	}
	return viet.FormatNumber(c["own"])
}

// clashing is the one part that the page of a conflict sees. Rows read as words
// only for the contents of conflict.
func (t writing) clashing(contents ...submission.Content) submission.PartKind {
	kind := submission.PartKind{Label: viet.UpperFirst(t.called())}
	for _, r := range answerable(t.section) {
		words := map[string]string{}
		for _, c := range contents {
			words[c[r.Code]] = rowWords(r, unpack(c[r.Code]))
		}
		kind.Fields = append(kind.Fields, submission.Field{Name: r.Code, Label: r.Title(), Shape: submission.Choice, Options: words})
	}
	kind.Fields = append(kind.Fields, narrativeFields(t.section.Task)...)
	return kind
}

// joined puts the conflicts of a page together. Who saved last speaks for all.
func joined(conflicts []*submission.Conflict) *submission.Conflict {
	all := &submission.Conflict{Base: submission.Content{}, Mine: submission.Content{}, Theirs: submission.Content{}}
	for _, x := range conflicts {
		if x.TheirAt.After(all.TheirAt) || all.TheirName == "" {
			all.TheirName, all.TheirAt, all.Own = x.TheirName, x.TheirAt, x.Own
		}
		if code, ok := strings.CutPrefix(x.Key, "figure/"); ok {
			all.Base[code], all.Mine[code], all.Theirs[code] = pack(x.Base), pack(x.Mine), pack(x.Theirs)
			all.Fields = append(all.Fields, code)
			continue
		}
		all.Base, all.Mine, all.Theirs = all.Base.With(x.Base), all.Mine.With(x.Mine), all.Theirs.With(x.Theirs)
		all.Fields = append(all.Fields, x.Fields...)
		all.OnlyMine, all.OnlyTheirs = x.OnlyMine, x.OnlyTheirs
	}
	for _, x := range conflicts {
		all.Revision += x.Revision // another one as soon as anybody saves any of them
	}
	return all
}

// conflicted shows the page on which the conflicts of a task are settled. What
// else was typed travels with it: stored already, or still to be mended.
func (t writing) conflicted(w http.ResponseWriter, r *http.Request, f *form.Form, edit report.TaskEdit, result report.TaskResult) error {
	all := joined(result.Conflicts)
	first, now := readsFrom(f.Raw(readField)), readsFrom(f.Raw(readField))
	for _, x := range result.Conflicts {
		now[x.Key] = filled{x.Revision, submission.Digest(x.Theirs)}
		first[x.Key] = filled{edit.Narrative.Read, edit.Narrative.Seen}
		if code, ok := strings.CutPrefix(x.Key, "figure/"); ok {
			first[x.Key] = filled{edit.Figures[code].Read, edit.Figures[code].Seen}
		}
	}
	x := submissions.ConflictOf{
		Kind: t.clashing(all.Base, all.Mine, all.Theirs), Conflict: all, What: t.called(), About: t.section.Title,
		Action: t.action(), Later: t.action(), Now: current.Now(r), Carry: t.carried(f, all), Forgone: forgone(edit),
	}
	x.Carry[readField], x.Carry[firstReadField] = now.String(), first.String()
	typed := f
	if !submissions.Settles(f) {
		typed = nil
	}
	shown := x.Form(typed)
	page := ui.Page{Head: ui.Head{Title: x.Title(), Crumbs: crumbs(t.c, ui.Link{Label: viet.UpperFirst(t.called())}), Meta: words(titleOf(t.c))}, Errors: !shown.OK()}
	return respond.Page(w, r, http.StatusConflict, page, submissions.ConflictPage(x, shown))
}

// carried are the fields of the form that the page of the conflict does not ask
// about.
func (t writing) carried(f *form.Form, all *submission.Conflict) map[string]string {
	asked := slices.Concat(all.Fields, all.OnlyMine, all.OnlyTheirs)
	narrative := slices.ContainsFunc(narrativeFields(t.section.Task), func(field submission.Field) bool { return slices.Contains(asked, field.Name) })
	carry := map[string]string{}
	for name := range f.All() {
		code, field := name, ""
		if i := strings.LastIndex(name, "."); i > 0 {
			code, field = name[:i], name[i+1:]
		}
		_, answer := cutAnswer(name)
		switch {
		case answer, name == thenField:
		case field != "" && t.content.Rows[code].Code != "" && !slices.Contains(asked, code):
		case !narrative && slices.ContainsFunc(narrativeFields(t.section.Task), func(x submission.Field) bool { return x.Name == name }):
		default:
			continue
		}
		carry[name] = f.Raw(name)
	}
	return carry
}

// settled is what somebody decided on the page of a conflict, with what else that
// page carried. What was left undecided is saved as first typed, which asks again.
func (t writing) settled(f *form.Form) report.TaskEdit {
	s := submissions.Settle(f, t.clashing()) // first: what is wrong elsewhere leaves nothing undecided
	e := t.edit(f)
	x := readsFrom(f.Raw(readField))
	if s.Open {
		x = readsFrom(f.Raw(firstReadField))
	}
	for _, r := range answerable(t.section) {
		_, asked := s.Forgone[r.Code]
		if s.Open {
			_, asked = s.Values[r.Code]
		}
		if !asked {
			continue
		}
		from := x[report.FigureKey(r.Code)]
		one := report.FigureEdit{Read: from.Read, Seen: from.Seen, Values: submission.Content{}}
		if value, chosen := s.Values[r.Code]; chosen {
			one.Values = unpack(value)
		}
		if text, ok := s.Forgone[r.Code]; ok {
			one.Forgone = unpack(text)
		}
		e.Figures[r.Code] = one
	}
	from := x[report.TaskKey(t.section.Task)]
	for _, field := range narrativeFields(t.section.Task) {
		if value, ok := s.Values[field.Name]; ok {
			e.Narrative.Values[field.Name] = value
			e.Narrative.Read, e.Narrative.Seen = from.Read, from.Seen
		}
		if text, ok := s.Forgone[field.Name]; ok {
			e.Narrative.Forgone = e.Narrative.Forgone.With(submission.Content{field.Name: text})
		}
	}
	return e
}

// forgone is what was given up so far, as the page of a conflict sees it.
func forgone(e report.TaskEdit) submission.Content {
	all := submission.Content{}.With(e.Narrative.Forgone)
	for code, one := range e.Figures {
		if one.Forgone != nil {
			all = all.With(submission.Content{code: pack(one.Forgone)})
		}
	}
	return all
}
