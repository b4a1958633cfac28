package plans

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

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
)

// editor is what the form of an activity shows around the fields.
type editor struct {
	opened
	activity plan.Activity // the zero Activity for a new one
	task     int
	members  []plan.Assignee
	partners []ui.Group
	names    map[string]string
	remarks  []plan.Remark
	savedAt  string
	partly   string // what was stored and what was not, after a save in part
}

func (e editor) isNew() bool { return e.activity.Code == "" }

func (e editor) action() string {
	if e.isNew() {
		return paths.Activities(e.ref.Year, e.ref.Unit)
	}
	return paths.EditActivity(e.ref.Year, e.ref.Unit, e.activity.Code)
}

// NewActivity shows the form of one more activity.
func (p Pages) NewActivity(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	task, err := strconv.Atoi(r.URL.Query().Get("nhiem-vu"))
	if _, ok := o.content.Section(task); err != nil || !ok {
		task = o.content.Sections[0].Task
	}
	e, err := p.editor(r, o, plan.Activity{Task: task})
	if err != nil {
		return err
	}
	f := form.New(map[string]string{taskField: strconv.Itoa(task), "evidence": "0"})
	f.Put(draftField, f.Key())
	return e.page(w, r, http.StatusOK, f)
}

// AddActivity takes the post of a new activity.
func (p Pages) AddActivity(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	e, err := p.editor(r, o, plan.Activity{})
	if err != nil {
		return err
	}
	task, given := f.Whole(taskField)
	if _, ok := o.content.Section(int(task)); !given || !ok {
		f.Fail(taskField, "Chọn nhiệm vụ trong danh sách")
		return e.unsaved(w, r, f)
	}
	e.task = int(task)
	values := readActivity(f, o.ref.Year, e.partners)
	owner, deputy := inCharge(f, plan.Activity{})
	if blank(values) && owner == nil {
		if !f.OK() {
			return e.unsaved(w, r, f)
		}
		f.Fail("title", "Ghi tên hoạt động")
		return e.unsaved(w, r, f)
	}
	return p.add(w, r, e, f, plan.Edit{Values: values, Autosave: f.Autosave(), Owner: owner, Deputy: deputy})
}

func (p Pages) add(w http.ResponseWriter, r *http.Request, e editor, f *form.Form, edit plan.Edit) error {
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	result, err := p.Plans.AddActivity(ctx, act, now, madeOnce(f), e.ref, e.task, edit)
	if err != nil {
		return err
	}
	if result.Revision == 0 { // made by an earlier copy of this form: now it is an edit of what that left
		edit.Read = firstRevision
		if result, err = p.Plans.SaveActivity(ctx, act, now, once(f), e.ref, result.Code, edit); err != nil {
			return p.conflicted(w, r, e, f, edit, err)
		}
	}
	return p.saved(w, r, e, f, result)
}

// firstRevision is that of a part saved once.
const firstRevision = 1

// madeOnce makes one activity out of a form however often and with whatever
// changes it is sent: the page saves it by itself while it has no address yet.
func madeOnce(f *form.Form) post.Once {
	key := f.Raw(draftField)
	if len(key) < 16 || len(key) > 64 {
		key = f.Key()
	}
	return post.Once{Key: key, Body: []byte(draftField)}
}

// EditActivity shows the form of an activity.
func (p Pages) EditActivity(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	a, err := o.activity(r)
	if err != nil {
		return err
	}
	e, err := p.editor(r, o, a)
	if err != nil {
		return err
	}
	e.savedAt = viet.Clock(a.SavedAt)
	return e.page(w, r, http.StatusOK, activityForm(a))
}

// SaveActivity takes its post, and that of the page that settles a conflict.
func (p Pages) SaveActivity(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	a, err := o.activity(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	e, err := p.editor(r, o, a)
	if err != nil {
		return err
	}
	edit := plan.Edit{Read: int(f.Revision()), Autosave: f.Autosave()}
	if submissions.Settles(f) {
		s := submissions.Settle(f, activityKind())
		edit.Values, edit.Read = s.Values, s.Read
		if !s.Open {
			edit.Owner, edit.Deputy = inCharge(f, a)
		}
	} else {
		edit.Values = readActivity(f, o.ref.Year, e.partners)
		edit.Owner, edit.Deputy = inCharge(f, a)
	}
	result, err := p.Plans.SaveActivity(r.Context(), current.Actor(r), current.Now(r), onceIfWhole(f), o.ref, a.Code, edit)
	if err != nil {
		return p.conflicted(w, r, e, f, edit, err)
	}
	if submissions.Settles(f) {
		f = settledForm(f, a, edit)
	}
	return p.saved(w, r, e, f, result)
}

// onceIfWhole leaves out the key while the form itself has something to mend:
// the answer to a repeated post would hide it.
func onceIfWhole(f *form.Form) post.Once {
	if !f.OK() {
		return post.Once{}
	}
	return once(f)
}

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
	e.savedAt = viet.Clock(current.Now(r))
	e.partly = partlyOf(activityKind(), f, current.Now(r), formOrder)
	return e.page(w, r, http.StatusUnprocessableEntity, f.At(int64(a.Revision)).Renew())
}

func (p Pages) autosaved(w http.ResponseWriter, r *http.Request, e editor, f *form.Form, result plan.Result) error {
	answer := respond.Saved{OK: f.OK(), Revision: int64(result.Revision), Key: f.Renew().Key(),
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
		Action: e.action(), Later: paths.Activity(e.ref.Year, e.ref.Unit, code), Now: current.Now(r),
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
	page := ui.Page{Head: ui.Head{Title: x.Title(), Crumbs: crumbs(c, ui.Link{Label: upperFirst(x.What)}), Meta: text(x.About)}, Errors: !f.OK()}
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

// editor gathers what the form of a needs.
func (p Pages) editor(r *http.Request, o opened, a plan.Activity) (editor, error) {
	ctx, now := r.Context(), current.Now(r)
	members, err := p.Plans.Members(ctx, now, o.c.Unit)
	if err != nil {
		return editor{}, err
	}
	units, err := p.Plans.Partners(ctx, viet.DateOf(now))
	if err != nil {
		return editor{}, err
	}
	e := editor{opened: o, activity: a, task: a.Task, members: members, names: unitNames(units),
		partners: partnerGroups(units, o.ref.Unit, a.Partners)}
	if a.Code != "" && o.c.Unanswered > 0 {
		all, err := p.Plans.Remarks(ctx, o.c, o.content)
		if err != nil {
			return editor{}, err
		}
		e.remarks = slices.DeleteFunc(all, func(n plan.Remark) bool { return n.PartKey != a.Key() })
	}
	return e, nil
}

func (p Pages) stored(ctx context.Context, e editor, now time.Time, code string) (plan.Activity, error) {
	content, err := p.Plans.Working(ctx, now, e.c)
	if err != nil {
		return plan.Activity{}, err
	}
	a, ok := content.Activity(code)
	if !ok {
		return a, fault.Conflict
	}
	return a, nil
}

func (e editor) page(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	title, crumb := "Thêm hoạt động", "Thêm hoạt động"
	if !e.isNew() {
		title, crumb = "Sửa hoạt động "+e.activity.Code, "Hoạt động "+e.activity.Code
	}
	return respond.Page(w, r, status, ui.Page{Head: head(e.c, title, crumb)}, e.form(f))
}

// partlyOf says what a save in part did: nothing typed is lost.
func partlyOf(kind submission.PartKind, f *form.Form, now time.Time, order []string) string {
	faulty := slices.DeleteFunc(slices.Clone(order), func(name string) bool { return f.Error(name) == "" })
	return "Các mục khác đã lưu lúc " + viet.Clock(now) + ". Chưa lưu: " + labels(kind, faulty) + "; nội dung đã gõ vẫn giữ nguyên bên dưới."
}

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
