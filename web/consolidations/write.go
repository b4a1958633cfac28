package consolidations

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/fault"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// working is the text as somebody writes it.
type working struct {
	consolidation.Working
	ref    consolidation.Ref
	titles map[int]string
}

// write returns the text when action is allowed now, else why not.
func (p Pages) write(r *http.Request, action consolidation.Action) (working, error) {
	ref, err := refOf(r)
	if err != nil {
		return working{}, err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := p.Consolidations.Case(r.Context(), act, now, ref)
	if err != nil {
		return working{}, err
	}
	if err := consolidation.Decide(act, action, c, now).Err(); err != nil {
		return working{}, err
	}
	w := working{ref: ref}
	w.Working, err = p.Consolidations.Working(r.Context(), act, now, ref)
	w.titles = titlesOf(w.Ground)
	return w, err
}

func titlesOf(g consolidation.Ground) map[int]string {
	titles := map[int]string{}
	for _, t := range g.Tasks {
		titles[t.No] = t.Short
	}
	return titles
}

func (w working) base() string { return baseOf(w.ref) }

// section returns the section of the address.
func (w working) section(r *http.Request) (section, error) {
	s, ok := sectionOf(chi.URLParam(r, "part"), w.titles)
	if _, has := w.Parts[s.Key]; !ok || !has {
		return section{}, fault.NotFound
	}
	return s, nil
}

// WriteForm is the editor of a section beside its sources.
func (p Pages) WriteForm(w http.ResponseWriter, r *http.Request) error {
	all, err := p.write(r, consolidation.Edit)
	if err != nil {
		return err
	}
	s, err := all.section(r)
	if err != nil {
		return err
	}
	part := all.Parts[s.Key]
	f := submissions.FilledFrom(form.New(part.Content), part.Revision, part.Content)
	return all.show(w, r, http.StatusOK, s, f)
}

// Write takes its post: the text, and with it what a button puts in.
func (p Pages) Write(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	all, err := p.write(r, consolidation.Edit)
	if err != nil {
		return err
	}
	s, err := all.section(r)
	if err != nil {
		return err
	}
	typed := typedBy(f, s)
	put, putting := offered{}, f.Raw(putField) != ""
	if putting {
		if put, putting = offeredAs(offersOf(all.Ground, s, nil), f.Raw(putField)); !putting {
			f.Fail("", "Đoạn này không còn trong báo cáo đang có hiệu lực của đơn vị. Xem lại cột nguồn rồi chọn đoạn khác")
		} else if text, ok := typed.Values[put.Field]; ok {
			typed.Values[put.Field] = wording.Append(text, put.Insert)
		}
	}
	result, err := p.Consolidations.SavePart(r.Context(), current.Actor(r), current.Now(r), f.Once(), all.ref, s.Key, typed)
	if conflict, ok := errors.AsType[*workingcopy.Conflict](err); ok {
		return all.conflicted(w, r, s, f, typed, conflict)
	}
	if err != nil {
		return err
	}
	if all.Working, err = p.Consolidations.Working(r.Context(), current.Actor(r), current.Now(r), all.ref); err != nil {
		return err
	}
	return all.saved(w, r, s, f, result, typed, put, putting)
}

// typedBy is what a post changes in a section.
func typedBy(f *form.Form, s section) workingcopy.Typed {
	typed := workingcopy.Typed{Read: int(f.Revision()), Seen: f.Digest(), Autosave: f.Autosave(), Values: workingcopy.Content{}}
	if submissions.Settles(f) {
		settled := submissions.Settle(f, kindOf(s.Key))
		typed.Values, typed.Read, typed.Seen, typed.Forgone = settled.Values, settled.Read, settled.Seen, settled.Forgone
		return typed
	}
	for _, b := range s.Boxes {
		if f.Has(b.Name) {
			if text := f.Text(b.Name); f.Error(b.Name) == "" {
				typed.Values[b.Name] = text
			}
		}
	}
	return typed
}

func kindOf(key string) workingcopy.PartKind {
	kind, _ := consolidation.Schema.Of(key) // the schema is fixed
	return kind
}

func (all working) conflicted(w http.ResponseWriter, r *http.Request, s section, f *form.Form, typed workingcopy.Typed, conflict *workingcopy.Conflict) error {
	action := paths.ConsolidationPart(all.base(), s.Slug)
	return conflicted(w, r, all.Case, f, typed, conflict, submissions.ConflictOf{Kind: kindOf(s.Key), What: s.name(), About: all.Case.UnitShort,
		Action: action, Later: action}, ui.Link{Label: s.heading()})
}

// conflicted shows the page on which a conflict is settled.
func conflicted(w http.ResponseWriter, r *http.Request, c consolidation.Case, f *form.Form, typed workingcopy.Typed, conflict *workingcopy.Conflict, of submissions.ConflictOf, crumb ui.Link) error {
	if f.Autosave() {
		return respond.Autosaved(w, r, respond.Saved{Conflict: true, Location: of.Action})
	}
	of.Conflict, of.Read, of.Now, of.Forgone = conflict, typed.Read, current.Now(r), typed.Forgone
	var settled *form.Form
	if submissions.Settles(f) {
		settled = f
	}
	shown := of.Form(settled)
	page := ui.Page{Head: head(c, of.Title(), "", crumb), Errors: !shown.OK()}
	return respond.Page(w, r, http.StatusConflict, page, submissions.ConflictPage(of, shown))
}

func (all working) saved(w http.ResponseWriter, r *http.Request, s section, f *form.Form, result workingcopy.Result, typed workingcopy.Typed, put offered, putting bool) error {
	f.Reject(result.Faults.OrNil())
	submissions.FilledFrom(f, result.Revision, result.Content)
	now := current.Now(r)
	if f.Autosave() {
		answer := respond.Saved{OK: f.OK(), Revision: f.Read(), Key: f.Renew().Key(), SavedAt: viet.Clock(now), Faults: fault.Invalid{}}
		for name, why := range f.Errors {
			answer.Faults[name] = why
		}
		for name, why := range all.tokenFaults(s) {
			if answer.Faults[name] == "" {
				answer.Faults[name] = why
			}
		}
		if len(result.Merged) > 0 {
			answer.Merged = map[string][]string{}
			for _, name := range result.Merged {
				answer.Merged[name] = []string{result.Content[name]}
			}
		}
		return respond.Autosaved(w, r, answer)
	}
	if !f.OK() {
		if submissions.Settles(f) {
			for name, text := range result.Content.With(typed.Values) {
				f.Put(name, text)
			}
		}
		for _, name := range result.Merged {
			f.Put(name, result.Content[name])
		}
		return all.show(w, r, http.StatusUnprocessableEntity, s, f.Renew())
	}
	action := paths.ConsolidationPart(all.base(), s.Slug)
	switch {
	case putting:
		current.Say(r, "Đã đưa vào đoạn của "+put.Short+", kèm nguồn.")
		return respond.To(w, r, action+"#"+ui.FieldID(put.Field))
	case f.Raw(thenField) == thenNext && len(all.tokenFaults(s)) == 0:
		current.Say(r, "Đã lưu "+s.name()+".")
		return respond.To(w, r, writing{base: all.base(), titles: all.titles, section: s}.onwardPath())
	}
	current.Say(r, "Đã lưu "+s.name()+".")
	return respond.To(w, r, action)
}

// tokenFaults puts what is wrong with the tokens of a section into one sentence a box.
func (all working) tokenFaults(s section) map[string]string {
	out := map[string]string{}
	for _, x := range all.Faults {
		if x.Part == s.Key {
			out[x.Field] = ui.Joined("; ", out[x.Field], fmt.Sprintf("dòng %d: %s", x.Line, viet.LowerFirst(x.Why)))
		}
	}
	return out
}

func (all working) show(w http.ResponseWriter, r *http.Request, status int, s section, f *form.Form) error {
	v := all.writing(s)
	v.savedAt = viet.Recent(all.Parts[s.Key].SavedAt, current.Now(r))
	if !f.OK() && status != http.StatusOK {
		v.partly = "Phần còn lại đã lưu lúc " + viet.Clock(current.Now(r)) + "; sửa chỗ báo lỗi rồi lưu lại."
	}
	sentence := ""
	if all.Case.Issue != nil {
		sentence = "Bản thay thế " + issueTitle(*all.Case.Issue) + "."
	}
	return respond.Page(w, r, status, ui.Page{Head: head(all.Case, s.heading(), sentence, ui.Link{Label: crumbOf(s)})}, v.body(f))
}

func crumbOf(s section) string {
	if s.No > 0 {
		return "Nhiệm vụ " + strconv.Itoa(s.No)
	}
	return s.Title
}

// writing puts a section together with all that stands beside its text.
func (all working) writing(s section) writing {
	part := all.Parts[s.Key]
	v := writing{base: all.base(), titles: all.titles, section: s, redraft: part.Revision > 0, offers: offersOf(all.Ground, s, part.Content),
		figures: map[string]string{}, origins: map[wording.Source]origin{}, notes: all.notes()}
	for _, l := range all.Ground.Lines {
		v.figures[l.Code] = breakdownPath(all.Ground, l.Code)
	}
	v.tokens = tokensOf(all, s, v.breakdown)
	for _, u := range all.Ground.Versions {
		for no := 1; no <= u.No; no++ { // earlier sendings may have been put in too
			v.origins[wording.Source{Unit: u.Unit, Version: no}] = origin{Label: u.Short + ", lần gửi " + itoa(no), Path: sendingPath(all.Ground, u.Unit, no)}
		}
	}
	for _, x := range all.Faults {
		if x.Part == s.Key {
			v.faults = append(v.faults, placedOf(s, x))
		}
	}
	for _, b := range s.Boxes {
		one := lined{List: wording.Fill(wording.Parse(part.Content[b.Name]), all.Ground.Values(all.Body()))}
		if len(s.Boxes) > 1 {
			one.Label = b.Label
		}
		for _, p := range one.List {
			v.typed += typedOf(p)
		}
		v.paragraphs = append(v.paragraphs, one)
	}
	return v
}

func placedOf(s section, x consolidation.Fault) placed {
	where := fmt.Sprintf("dòng %d, ký tự %d", x.Line, x.Column)
	if len(s.Boxes) > 1 {
		for _, b := range s.Boxes {
			if b.Name == x.Field {
				where = b.Label + ", " + where
			}
		}
	}
	return placed{Box: x.Field, Where: viet.UpperFirst(where), Why: x.Why}
}

// notes say beside each section how much it holds and what is wrong with it.
func (all working) notes() map[string]note {
	notes := map[string]note{}
	faults := map[string]int{}
	for _, x := range all.Faults {
		faults[x.Part]++
	}
	for _, s := range sections(all.titles) {
		n := 0
		for _, text := range all.Parts[s.Key].Content {
			n += len(wording.Parse(text))
		}
		notes[s.Slug] = note{Left: strconv.Itoa(n)}
		if k := faults[s.Key]; k > 0 {
			notes[s.Slug] = note{Left: strconv.Itoa(n), Right: strconv.Itoa(k) + " mã sai", Tone: ui.Bad}
		}
	}
	return notes
}

// breakdownPath is where a total opens into its parts, as they are now.
func breakdownPath(g consolidation.Ground, code string) string {
	path := paths.FigureBreakdown(g.Year, g.Period.Slug, code)
	if !g.Unit.Lead {
		path += "?" + receiverParam + "=" + g.Unit.Slug
	}
	return path
}

// receiverParam names whose totals a page of the overview shows.
const receiverParam = "noi-nhan"
