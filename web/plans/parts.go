package plans

import (
	"errors"
	"net/http"
	"strconv"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"

	"github.com/a-h/templ"
)

// part is a small part of a plan with a form of its own: the scope of a task, or
// the document reference.
type part struct {
	opened
	key      string
	section  plan.Section
	title    string
	action   string
	back     string
	revision int
	content  submission.Content
	shown    func(x part, f *form.Form) templ.Component
	savedAt  string
	partly   string
	// suggested is what the reference most likely says where nobody has written yet.
	suggested submission.Content
}

func (x part) kind() submission.PartKind {
	kind, _ := plan.Schema.Of(x.key) // the schema is fixed
	return kind
}

// ScopeForm is the form that says whether a task is in scope.
func (p Pages) ScopeForm(w http.ResponseWriter, r *http.Request) error {
	x, err := p.scope(r)
	if err != nil {
		return err
	}
	return x.page(w, r, http.StatusOK, x.form())
}

// SaveScope takes its post.
func (p Pages) SaveScope(w http.ResponseWriter, r *http.Request) error {
	x, err := p.scope(r)
	if err != nil {
		return err
	}
	return p.savePart(w, r, x, func(once post.Once, e plan.Edit) (plan.Result, error) {
		return p.Plans.SaveScope(r.Context(), current.Actor(r), current.Now(r), once, x.ref, x.section.Task, e)
	})
}

func (p Pages) scope(r *http.Request) (part, error) {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return part{}, err
	}
	no, err := paths.Number(r, "task", 0, 99)
	if err != nil {
		return part{}, err
	}
	s, ok := o.content.Section(no)
	if !ok || no == 0 { // the common part may be empty without a word
		return part{}, fault.NotFound
	}
	return part{opened: o, key: plan.TaskKey(no), section: s, title: "Phạm vi của nhiệm vụ " + strconv.Itoa(no),
		action: paths.PlanScope(o.ref.Year, o.ref.Unit, no), back: paths.PlanTask(o.ref.Year, o.ref.Unit, no),
		revision: s.Revision, content: o.content.Parts()[plan.TaskKey(no)],
		shown: scopeForm,
	}, nil
}

// ReferenceForm is the form of number, symbol, date, subject and signer.
func (p Pages) ReferenceForm(w http.ResponseWriter, r *http.Request) error {
	x, err := p.reference(r)
	if err != nil {
		return err
	}
	return x.page(w, r, http.StatusOK, x.form())
}

// SaveReference takes its post.
func (p Pages) SaveReference(w http.ResponseWriter, r *http.Request) error {
	x, err := p.reference(r)
	if err != nil {
		return err
	}
	return p.savePart(w, r, x, func(once post.Once, e plan.Edit) (plan.Result, error) {
		return p.Plans.SaveReference(r.Context(), current.Actor(r), current.Now(r), once, x.ref, e)
	})
}

func (p Pages) reference(r *http.Request) (part, error) {
	o, err := p.open(r, submission.EditReference)
	if err != nil {
		return part{}, err
	}
	return part{opened: o, key: plan.ReferenceKey, title: "Thông tin văn bản của kế hoạch",
		action: paths.Reference(paths.Plan(o.ref.Year, o.ref.Unit)), back: paths.Plan(o.ref.Year, o.ref.Unit),
		revision: o.content.RefPart.Revision, content: o.content.RefPart.Content, savedAt: viet.Recent(o.content.RefPart.SavedAt, current.Now(r)),
		shown: referenceForm, suggested: p.Plans.Suggested(o.c),
	}, nil
}

// form shows the part as it is saved.
func (x part) form() *form.Form {
	f := submissions.FilledFrom(form.New(nil), x.revision, x.content)
	if x.suggested != nil {
		return submissions.ReferenceForm(f, x.content, x.suggested)
	}
	submissions.Show(f, x.kind(), x.content, submissions.Names(x.kind()))
	return f
}

func (x part) page(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	return respond.Page(w, r, status, ui.Page{Head: head(x.c, x.title, x.title)}, x.shown(x, f))
}

// savePart stores what is valid of the post and shows the rest again.
func (p Pages) savePart(w http.ResponseWriter, r *http.Request, x part, save func(post.Once, plan.Edit) (plan.Result, error)) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	edit := plan.Edit{Read: int(f.Revision()), Seen: f.Digest(), Autosave: f.Autosave()}
	if submissions.Settles(f) {
		s := submissions.Settle(f, x.kind())
		edit.Values, edit.Read, edit.Seen, edit.Forgone = s.Values, s.Read, s.Seen, s.Forgone
	} else {
		edit.Values = submissions.Typed(f, x.kind().Fields)
		for _, name := range submissions.Overtaken(f, x.content, x.suggested) {
			delete(edit.Values, name)
		}
	}
	result, err := save(f.Once(), edit)
	if conflict, ok := errors.AsType[*submission.Conflict](err); ok {
		if f.Autosave() {
			return respond.Autosaved(w, r, respond.Saved{Conflict: true, Location: x.action})
		}
		return showConflict(w, r, x.c, submissions.ConflictOf{Kind: x.kind(), Conflict: conflict, Read: edit.Read,
			What: viet.LowerFirst(x.title), About: x.c.UnitName, Action: x.action, Later: x.back, Now: current.Now(r),
			Forgone: edit.Forgone}, f)
	}
	if err != nil {
		return err
	}
	if submissions.Settles(f) {
		submissions.Show(f, x.kind(), result.Content.With(edit.Values), submissions.Names(x.kind()))
	}
	f.Reject(result.Faults.OrNil())
	submissions.Show(f, x.kind(), result.Content, result.Merged)
	submissions.FilledFrom(f, result.Revision, result.Content)
	now := current.Now(r)
	switch {
	case f.Autosave():
		answer := respond.Saved{OK: f.OK(), Revision: f.Read(), Key: f.Renew().Key(), SavedAt: viet.Clock(now), Faults: f.Errors}
		answer.Merged = submissions.Merged(f, result.Merged)
		return respond.Autosaved(w, r, answer)
	case !f.OK():
		x.c.Begun = x.c.Begun || result.Revision > 0
		x.content = result.Content
		x.savedAt = viet.Recent(result.At, now)
		x.partly = partlyOf(x.kind(), f, x.savedAt, submissions.Names(x.kind()))
		return x.page(w, r, http.StatusUnprocessableEntity, f.Renew())
	}
	message := ui.Message{Done: "Đã lưu " + viet.LowerFirst(x.title) + "."}
	for field, wanted := range x.missing(result.Content) { // one at most: the rules exclude each other
		message.More, message.Link = wanted+".", ui.Link{Label: "Bổ sung", Path: x.action + "#" + ui.FieldID(field)}
	}
	current.SayMore(r, message)
	return respond.To(w, r, x.back)
}

// missing is what the scope of a task still wants before the plan can be sent, by
// field, where its part holds content.
func (x part) missing(content submission.Content) map[string]string {
	s := x.section
	s.Scope, s.Reason = content["scope"], content["reason"]
	wanted := map[string]string{}
	for _, g := range plan.Gaps(plan.Content{Sections: []plan.Section{s}}) {
		if g.Part == x.key && g.Field != "" {
			wanted[g.Field] = g.Message
		}
	}
	return wanted
}

// scopeNote says that activities speak for themselves; stopped ones do not.
func (x part) scopeNote() string {
	running := 0
	for _, a := range x.section.Activities {
		if a.Stopped == "" {
			running++
		}
	}
	if running == 0 {
		return ""
	}
	return "Nhiệm vụ này đang có " + strconv.Itoa(running) + " hoạt động; chỉ ghi không thuộc phạm vi, không phát sinh khi không còn hoạt động nào."
}

func taskTitle(x part) string { return planshow.TaskName(x.section) }
