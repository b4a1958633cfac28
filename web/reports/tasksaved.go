package reports

import (
	"net/http"
	"slices"
	"strings"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// savedTask answers a save of a task: on to where the reader wanted to go, or back
// to the form with what could not be stored, or to the page of a conflict.
func (p Pages) savedTask(w http.ResponseWriter, r *http.Request, t writing, f *form.Form, edit report.TaskEdit, result report.TaskResult) error {
	f.Reject(result.Faults.OrNil())
	for _, code := range sortedKeys(result.Unheard) {
		f.Fail(answerPrefix+code, result.Unheard[code])
	}
	t.keepUp(f, edit, result)
	switch {
	case f.Autosave():
		return t.autosaved(w, r, f, result)
	case len(result.Conflicts) > 0:
		return t.conflicted(w, r, f, edit, result)
	}
	o, err := p.again(r, t.opened)
	if err != nil {
		return err
	}
	after, err := p.at(r, o, t.section.Task)
	if err != nil {
		return err
	}
	if !f.OK() {
		after.partly = submissions.Partly(f, after.savedAt, t.order(), t.labelOf)
		return p.taskPage(w, r, http.StatusUnprocessableEntity, after, f.Renew())
	}
	return after.done(w, r, t, f, result)
}

// keepUp makes the form show what stands now where somebody else saved, or where
// a conflict was settled, and which revisions that is.
func (t writing) keepUp(f *form.Form, edit report.TaskEdit, result report.TaskResult) {
	x := readsFrom(f.Raw(readField))
	for key, saved := range result.Saved {
		x[key] = filled{saved.Revision, submission.Digest(saved.Content)}
		if code, ok := strings.CutPrefix(key, "figure/"); ok {
			if len(saved.Merged) > 0 || !f.Has(ownField(code)) && f.Error(ownField(code)) == "" {
				putFigure(f, code, saved.Content.With(edit.Figures[code].Values))
			}
			if len(saved.Merged) > 0 {
				putFigure(f, code, saved.Content)
			}
			continue
		}
		for _, field := range narrativeFields(t.section.Task) {
			switch {
			case slices.Contains(saved.Merged, field.Name):
				f.Put(field.Name, saved.Content[field.Name])
			case !f.Has(field.Name): // it comes from the page of a conflict
				f.Put(field.Name, saved.Content.With(edit.Narrative.Values)[field.Name])
			}
		}
	}
	f.Put(readField, x.String())
}

func (t writing) autosaved(w http.ResponseWriter, r *http.Request, f *form.Form, result report.TaskResult) error {
	answer := respond.Saved{OK: f.OK(), Key: f.Renew().Key(), SavedAt: viet.Clock(current.Now(r)), Faults: f.Errors,
		Merged: map[string][]string{readField: {f.Raw(readField)}}}
	if len(result.Conflicts) > 0 {
		answer.Conflict, answer.Location, answer.OK = true, t.action(), false
	}
	for key, saved := range result.Saved {
		if len(saved.Merged) == 0 {
			continue
		}
		names := saved.Merged
		if code, ok := strings.CutPrefix(key, "figure/"); ok {
			names = []string{ownField(code), markField(code), estimatedField(code)}
		}
		for _, name := range names {
			answer.Merged[name] = f.Values(name)
		}
	}
	return respond.Autosaved(w, r, answer)
}

// done leads on after everything was stored.
func (t writing) done(w http.ResponseWriter, r *http.Request, before writing, f *form.Form, result report.TaskResult) error {
	message := ui.Message{Done: "Đã lưu " + t.called() + "."}
	var merged []string
	for key, saved := range result.Saved {
		for _, name := range saved.Merged {
			if code, ok := strings.CutPrefix(key, "figure/"); ok {
				name = ownField(code)
			}
			merged = append(merged, t.labelOf(name))
		}
	}
	slices.Sort(merged)
	if merged = slices.Compact(merged); len(merged) > 0 {
		message.More = "Đã ghép với nội dung người khác vừa lưu: " + strings.Join(merged, ", ") + "."
	}
	if n := t.unexplained(); n > 0 {
		message.More = ui.Joined(" ", message.More, viet.FormatInt(n)+" số liệu nên giải thích.")
		for _, d := range t.doubts {
			if d.Answer == "" {
				message.Link = ui.Link{Label: "Xem và giải thích", Path: t.action() + "#" + ui.FieldID(answerPrefix+d.Code)}
				break
			}
		}
	}
	current.SayMore(r, message)
	to := t.action()
	if _, next := before.next(); f.Raw(thenField) == thenNext && next != "" {
		to = next
	}
	return respond.To(w, r, to)
}

// called is the task in the middle of a sentence.
func (t writing) called() string {
	if t.section.Task == 0 {
		return "phần nội dung chung"
	}
	return viet.LowerFirst("Nhiệm vụ " + viet.FormatInt(t.section.Task))
}

// cutAnswer is the code of the doubt that a field explains.
func cutAnswer(name string) (code string, ok bool) { return strings.CutPrefix(name, answerPrefix) }
