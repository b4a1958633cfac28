package plans

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// saved answers a save: on to where the reader wanted to go, or back to the form
// with what could not be stored.
func (p Pages) saved(w http.ResponseWriter, r *http.Request, e editor, f *form.Form, result plan.Result) error {
	for _, name := range sortedNames(result.Faults) {
		field := name
		if name == "time" {
			field = timeField(f)
		}
		f.Fail(field, result.Faults[name])
	}
	if f.Autosave() {
		return p.autosaved(w, r, e, f, result)
	}
	seen(f, result.Taken)
	if f.OK() {
		return e.done(w, r, f, result)
	}
	// What was stored is read again: the form goes on from there.
	content, err := p.Plans.Working(r.Context(), current.Now(r), e.c)
	if err != nil {
		return err
	}
	a, ok := content.Activity(result.Code)
	if !ok {
		return fault.Conflict
	}
	e.content, e.activity, e.task = content, a, a.Task
	putFields(f, a.Content, result.Merged)
	e.c.Begun = true
	e.savedAt = viet.Recent(result.At, current.Now(r))
	e.partly = partlyOf(activityKind(), f, e.savedAt, formOrder)
	return e.page(w, r, http.StatusUnprocessableEntity, submissions.FilledFrom(f, a.Revision, a.Content).Renew())
}

func (p Pages) autosaved(w http.ResponseWriter, r *http.Request, e editor, f *form.Form, result plan.Result) error {
	answer := respond.Saved{OK: f.OK(), Revision: submissions.FilledFrom(f, result.Revision, result.Content).Read(), Key: f.Renew().Key(),
		SavedAt: viet.Clock(current.Now(r)), Faults: f.Errors}
	if len(result.Merged) > 0 {
		// The page still shows these fields as they were. Saved against the new
		// revision they would undo what the other person did.
		shown := form.New(nil)
		a, err := p.stored(r.Context(), e, current.Now(r), result.Code)
		if err != nil {
			return err
		}
		putFields(shown, a.Content, result.Merged)
		answer.Merged = shown.All()
	}
	if owner := f.Raw(ownerField); f.Error(ownerField) == "" && f.Error(deputyField) == "" {
		// The page was filled before: its next save would find its own choice
		// and take it for somebody else's.
		deputy := f.Raw(deputyField)
		if owner != f.Raw(ownerWasField) || deputy != f.Raw(deputyWasField) {
			if answer.Merged == nil {
				answer.Merged = map[string][]string{}
			}
			answer.Merged[ownerWasField], answer.Merged[deputyWasField] = []string{owner}, []string{deputy}
		}
	}
	if e.isNew() {
		answer.Location = paths.EditActivity(e.ref.Year, e.ref.Unit, result.Code)
	}
	return respond.Autosaved(w, r, answer)
}

// done leads on after everything was stored.
func (e editor) done(w http.ResponseWriter, r *http.Request, f *form.Form, result plan.Result) error {
	message := ui.Message{Done: "Đã lưu hoạt động " + result.Code + "."}
	if len(result.Merged) > 0 {
		message.More = "Đã ghép với nội dung người khác vừa lưu: " + labels(activityKind(), result.Merged) + "."
	}
	current.SayMore(r, message)
	if f.Raw(thenField) == thenAnother {
		return respond.To(w, r, paths.NewActivity(e.ref.Year, e.ref.Unit, e.task))
	}
	return respond.To(w, r, paths.Plan(e.ref.Year, e.ref.Unit)+"#"+planshow.RowID(result.Code))
}

// conflicted shows the page on which a conflict is settled; any other failure is
// returned as it is.
func (p Pages) conflicted(w http.ResponseWriter, r *http.Request, e editor, f *form.Form, edit plan.Edit, err error) error {
	conflict, ok := errors.AsType[*submission.Conflict](err)
	if !ok {
		return err
	}
	code := e.activity.Code
	if f.Autosave() {
		return respond.Autosaved(w, r, respond.Saved{Conflict: true, Location: paths.EditActivity(e.ref.Year, e.ref.Unit, code)})
	}
	x := submissions.ConflictOf{
		Kind: activityKind(), Conflict: conflict, Read: edit.Read, Names: e.names,
		What: "hoạt động " + code, About: e.activity.Name(),
		Action: e.action(), Later: paths.Activity(e.ref.Year, e.ref.Unit, code), Now: current.Now(r), Forgone: edit.Forgone,
		Carry: map[string]string{
			ownerField: f.Raw(ownerField), ownerWasField: f.Raw(ownerWasField),
			deputyField: f.Raw(deputyField), deputyWasField: f.Raw(deputyWasField), thenField: f.Raw(thenField),
		},
	}
	return showConflict(w, r, e.c, x, f)
}

// showConflict answers with the page that settles x. typed is the post.
func showConflict(w http.ResponseWriter, r *http.Request, c submission.Case, x submissions.ConflictOf, typed *form.Form) error {
	if !submissions.Settles(typed) {
		typed = nil
	}
	f := x.Form(typed)
	page := ui.Page{Head: ui.Head{Title: x.Title(), Crumbs: crumbs(c, ui.Link{Label: viet.UpperFirst(x.What)}), Meta: text(x.About)}, Errors: !f.OK()}
	return respond.Page(w, r, http.StatusConflict, page, submissions.ConflictPage(x, f))
}

// settledForm shows what was decided on the page of a conflict as the ordinary
// form would, for mending what could not be stored.
func settledForm(f *form.Form, a plan.Activity, edit plan.Edit) *form.Form {
	shown := activityForm(a)
	putContent(shown, a.Content.With(edit.Values))
	for _, name := range []string{ownerField, ownerWasField, deputyField, deputyWasField, thenField} {
		shown.Put(name, f.Raw(name))
		if f.Error(name) != "" {
			shown.Fail(name, f.Error(name))
		}
	}
	return shown
}

// unsaved shows the form of a new activity of which nothing could be stored.
func (e editor) unsaved(w http.ResponseWriter, r *http.Request, f *form.Form) error {
	if f.Autosave() {
		if len(f.Errors) == 1 && f.Error("title") != "" { // nothing typed yet is no news
			return respond.Autosaved(w, r, respond.Saved{Message: "chưa có nội dung nào"})
		}
		return respond.Autosaved(w, r, respond.Saved{Faults: f.Errors, Message: "có mục phải sửa"})
	}
	return e.page(w, r, http.StatusUnprocessableEntity, f)
}

// partlyOf says what a save in part did.
func partlyOf(kind submission.PartKind, f *form.Form, savedAt string, order []string) string {
	return submissions.Partly(f, savedAt, order, func(name string) string {
		if whole, ok := storedWhole[name]; ok {
			return whole
		}
		return labels(kind, []string{name})
	})
}

// storedWhole names what is stored as one though the form asks for it in several
// fields: a mistake in any leaves all of it unsaved.
var storedWhole = map[string]string{
	timeStart: wholeTime, timeDue: wholeTime, timeMonth: wholeTime, timeQuarter: wholeTime, timeHalf: wholeTime,
	ownerField: wholeCharge, deputyField: wholeCharge,
}

const (
	wholeTime   = "Thời gian thực hiện"
	wholeCharge = "Người phụ trách, người thay thế"
)

// fieldLabels name the fields of the form that are not fields of the schema.
var fieldLabels = map[string]string{
	ownerField: "Người phụ trách", deputyField: "Người thay thế", timeStart: "Bắt đầu", timeDue: "Hạn hoàn thành",
	timeMonth: "Tháng", timeQuarter: "Quý", timeHalf: "6 tháng", taskField: "Nhiệm vụ",
}

// labels joins the names of fields as the reader knows them.
func labels(kind submission.PartKind, names []string) string {
	var words []string
	for _, name := range names {
		if name == "" {
			continue
		}
		word := fieldLabels[name]
		if field, ok := kind.Field(name); ok && word == "" {
			word = field.Label
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

func blank(values submission.Content) bool { return len(submission.Content{}.With(values)) == 0 }

func sortedNames(faults fault.Invalid) []string {
	names := make([]string, 0, len(faults))
	for name := range faults {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
