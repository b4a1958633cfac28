package plans

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
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
	owner, deputy := inCharge(f)
	if blank(values) && (owner == nil || owner.Now == 0 && deputy.Now == 0) {
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
		if edit.Owner != nil {
			a, err := p.stored(ctx, e, now, result.Code)
			if err != nil {
				return err
			}
			edit.Owner.Was, edit.Deputy.Was = activeID(a.Owner), activeID(a.Deputy)
		}
		if result, err = p.Plans.SaveActivity(ctx, act, now, f.Once(), e.ref, result.Code, edit); err != nil {
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
	e.savedAt = viet.Recent(a.SavedAt, current.Now(r))
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
	edit := plan.Edit{Read: int(f.Revision()), Seen: f.Digest(), Autosave: f.Autosave()}
	if submissions.Settles(f) {
		s := submissions.Settle(f, activityKind())
		edit.Values, edit.Read, edit.Seen, edit.Forgone = s.Values, s.Read, s.Seen, s.Forgone
		if !s.Open {
			edit.Owner, edit.Deputy = inCharge(f)
		}
	} else {
		edit.Values = readActivity(f, o.ref.Year, e.partners)
		edit.Owner, edit.Deputy = inCharge(f)
	}
	result, err := p.Plans.SaveActivity(r.Context(), current.Actor(r), current.Now(r), f.Once(), o.ref, a.Code, edit)
	if err != nil {
		return p.conflicted(w, r, e, f, edit, err)
	}
	if submissions.Settles(f) {
		f = settledForm(f, a, edit)
	}
	return p.saved(w, r, e, f, result)
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
	names := unit.Labels(units)
	e := editor{opened: o, activity: a, task: a.Task, members: members, names: names,
		partners: partnerGroups(units, names, o.ref.Unit, a.Partners)}
	if a.Code != "" && o.c.Remarks > 0 {
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
