package plans

import (
	"net/http"
	"time"

	"danvan/internal/actor"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/ui"
)

// reading is one activity as its page shows it.
type reading struct {
	plan.Page
	activity plan.Activity
	section  plan.Section
	own      bool
	may      map[submission.Action]submission.Decision
	gives    bool // the reader gives directions on it
	names    map[string]string
	standing planshow.Standing
	book     progress.Book
	now      time.Time
}

// Activity is the page of one activity: its content, who is in charge, and what
// was done about it.
func (p Pages) Activity(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	code, err := codeOf(r)
	if err != nil {
		return err
	}
	v, err := p.reading(r, current.Actor(r), ref, code)
	if err != nil {
		return err
	}
	head := ui.Head{Title: v.activity.Name(), Crumbs: crumbs(v.Case, ui.Link{Label: "Hoạt động " + v.activity.Code}),
		Meta: v.meta(), Actions: v.actions()}
	page := ui.Page{Head: head, Title: "Hoạt động " + v.activity.Code + ", " + v.Case.UnitName}
	return respond.Page(w, r, http.StatusOK, page, v.body(p.Files.Max()))
}

func (p Pages) reading(r *http.Request, act actor.Actor, ref submission.Ref, code string) (reading, error) {
	ctx, now := r.Context(), current.Now(r)
	page, err := p.Plans.Content(ctx, act, now, ref)
	if err != nil {
		return reading{}, err
	}
	v := reading{Page: page, own: page.Sight.Working, may: submission.Decisions(act, page.Case, now), now: now,
		gives: direction.MayGive(act) && page.Case.InForce != nil}
	var ok bool
	if v.activity, ok = page.Content.Activity(code); !ok {
		return reading{}, fault.NotFound
	}
	v.section, _ = page.Content.Section(v.activity.Task)
	if v.names, err = p.Plans.PartnerNames(ctx, now, page.Content); err != nil {
		return reading{}, err
	}
	standings, err := p.standings(ctx, now, page)
	if err != nil || !page.Sight.InForce {
		return v, err
	}
	v.standing = standings[v.activity.ID]
	v.book, err = p.Progress.Book(ctx, page.Case, code)
	return v, err
}

// place is where the activity stands in its section, from 1.
func (v reading) place() int {
	for i, a := range v.section.Activities {
		if a.ID == v.activity.ID {
			return i + 1
		}
	}
	return 0
}

// remarks are those on this activity.
func (v reading) remarks() []plan.Remark {
	var out []plan.Remark
	for _, n := range v.Remarks {
		if n.PartKey == v.activity.Key() {
			out = append(out, n)
		}
	}
	return out
}

// content is the activity's fields as they are read; who is in charge stands apart.
func (v reading) facts() []ui.Fact {
	facts := []ui.Fact{}
	goal := planshow.Measure(v.activity)
	for _, f := range activityKind().Fields {
		if f.Quiet || f.Name == "title" {
			continue
		}
		if goal != "" { // read together, however typed
			switch f.Name {
			case "uom", "baseline":
				continue
			case "target":
				facts = append(facts, ui.Fact{Term: "Chỉ tiêu", Text: goal})
				continue
			}
		}
		facts = append(facts, ui.Fact{Term: f.Label, Text: f.Show(v.activity.Content[f.Name], v.names)})
	}
	return facts
}

// MoveActivity puts an activity one place up or down.
func (p Pages) MoveActivity(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	code, err := codeOf(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	where := f.Choice("where", "up", "down")
	if !f.OK() || where == "" {
		return fault.Invalid{"where": "Chọn đưa lên hoặc đưa xuống"}
	}
	if err := p.Plans.MoveActivity(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, code, where == "up"); err != nil {
		return err
	}
	return respond.To(w, r, paths.Activity(ref.Year, ref.Unit, code))
}

// DeleteForm asks before an activity is removed.
func (p Pages) DeleteForm(w http.ResponseWriter, r *http.Request) error {
	o, a, err := p.openActivity(r)
	if err != nil {
		return err
	}
	if a.Sent {
		return fault.Refusal{Reason: "Hoạt động đã có trong lần gửi trước nên không xóa được.",
			Remedy: "Chọn “Dừng thực hiện” và nêu lý do; hoạt động vẫn được lưu trong kế hoạch."}
	}
	f := form.New(nil).At(int64(a.Revision))
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(o.c, "Xóa hoạt động "+a.Code, "Hoạt động "+a.Code)}, askDelete(o, a, f))
}

// DeleteActivity removes it.
func (p Pages) DeleteActivity(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	code, err := codeOf(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	if err := p.Plans.DeleteActivity(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, code, int(f.Revision())); err != nil {
		return err
	}
	current.SayMore(r, ui.Message{Done: "Đã xóa hoạt động " + code + ".", More: "Nội dung cũ vẫn xem được trong lịch sử soạn thảo.",
		Link: ui.Link{Label: "Xem lịch sử", Path: paths.History(paths.Plan(ref.Year, ref.Unit), "")}})
	return respond.To(w, r, paths.Plan(ref.Year, ref.Unit))
}

func (p Pages) openActivity(r *http.Request) (opened, plan.Activity, error) {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return o, plan.Activity{}, err
	}
	a, err := o.activity(r)
	return o, a, err
}

// StopForm asks for the reason to stop an activity, or whether to resume one.
func (p Pages) StopForm(w http.ResponseWriter, r *http.Request) error {
	o, a, err := p.openActivity(r)
	if err != nil {
		return err
	}
	return stopPage(w, r, http.StatusOK, o, a, form.New(nil).At(int64(a.Revision)))
}

func stopPage(w http.ResponseWriter, r *http.Request, status int, o opened, a plan.Activity, f *form.Form) error {
	title := "Dừng thực hiện hoạt động " + a.Code
	if a.Stopped != "" {
		title = "Tiếp tục thực hiện hoạt động " + a.Code
	}
	return respond.Page(w, r, status, ui.Page{Head: head(o.c, title, "Hoạt động "+a.Code)}, askStop(o, a, f))
}

// StopActivity stops or resumes it in the working copy.
func (p Pages) StopActivity(w http.ResponseWriter, r *http.Request) error {
	o, a, err := p.openActivity(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	resume := f.Flag("resume")
	read, reason := int(f.Revision()), f.Text("reason")
	err = p.Plans.StopActivity(r.Context(), current.Actor(r), current.Now(r), f.Once(), o.ref, a.Code, read, reason, resume)
	if f.Reject(err) {
		return stopPage(w, r, http.StatusUnprocessableEntity, o, a, f)
	}
	if err != nil {
		e := editor{opened: o, activity: a, task: a.Task}
		return p.conflicted(w, r, e, f, plan.Edit{Read: read}, err)
	}
	done := "Đã ghi dừng thực hiện hoạt động " + a.Code + "."
	if resume {
		done = "Hoạt động " + a.Code + " tiếp tục được thực hiện."
	}
	current.SayMore(r, ui.Message{Done: done, More: "Có hiệu lực khi " + o.c.Receives + " tiếp nhận lần gửi có thay đổi này."})
	return respond.To(w, r, paths.Plan(o.ref.Year, o.ref.Unit)+"#"+planshow.RowID(a.Code))
}

// AssignForm is the form of who is in charge; it works at any time of the year.
func (p Pages) AssignForm(w http.ResponseWriter, r *http.Request) error {
	o, a, err := p.openAssign(r)
	if err != nil {
		return err
	}
	f := form.New(map[string]string{ownerField: personValue(a.Owner), ownerWasField: personValue(a.Owner),
		deputyField: personValue(a.Deputy), deputyWasField: personValue(a.Deputy)})
	return p.assignPage(w, r, http.StatusOK, o, a, f)
}

func (p Pages) openAssign(r *http.Request) (opened, plan.Activity, error) {
	o, err := p.open(r, submission.Assign)
	if err != nil {
		return o, plan.Activity{}, err
	}
	a, err := o.activity(r)
	return o, a, err
}

func (p Pages) assignPage(w http.ResponseWriter, r *http.Request, status int, o opened, a plan.Activity, f *form.Form) error {
	members, err := p.Plans.Members(r.Context(), current.Now(r), o.c.Unit)
	if err != nil {
		return err
	}
	e := editor{opened: o, activity: a, task: a.Task, members: members}
	return respond.Page(w, r, status, ui.Page{Head: head(o.c, "Phân công hoạt động "+a.Code, "Hoạt động "+a.Code)}, e.assignment(f))
}

// Assign puts people in charge.
func (p Pages) Assign(w http.ResponseWriter, r *http.Request) error {
	o, a, err := p.openAssign(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	owner, deputy := inCharge(f)
	if owner == nil {
		return p.assignPage(w, r, http.StatusUnprocessableEntity, o, a, f)
	}
	taken, err := p.Plans.Assign(r.Context(), current.Actor(r), current.Now(r), f.Once(), o.ref, a.Code, *owner, *deputy)
	if f.Reject(err) {
		seen(f, taken)
		return p.assignPage(w, r, http.StatusUnprocessableEntity, o, a, f)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã lưu phân công hoạt động "+a.Code+".")
	return respond.To(w, r, paths.Activity(o.ref.Year, o.ref.Unit, a.Code))
}
