package plans

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// next is what to do now: a step with the one primary button of the page, or the
// reason why nothing can be done.
type next struct {
	step   ui.NextStep
	button ui.Link
	lock   *fault.Refusal
}

const lead = "Việc tiếp theo:"

// next finds the reader's next step.
func (v showing) next() next {
	c := v.Case
	switch {
	case !v.own:
		return v.nextOfReader()
	case v.may[submission.GiveExplanation].Allowed && submissions.FirstWaiting(c) != nil:
		q := submissions.FirstWaiting(c)
		return v.do("trả lời yêu cầu giải trình của "+c.Receives+", hạn "+q.DueOn.String()+".", "Giải trình", paths.Explain(paths.Plan(c.Year, c.UnitSlug), q.ID),
			"Hồ sơ đã gửi giữ nguyên, vẫn chờ "+c.Receives+" tiếp nhận.")
	case v.may[submission.SignOff].Allowed:
		return v.do("đọc lại nội dung rồi duyệt, gửi "+c.Receives+".", "Duyệt, gửi "+c.Receives, paths.SignOff(paths.Plan(c.Year, c.UnitSlug)), v.deadline())
	case v.may[submission.Edit].Allowed:
		return v.nextOfWriter()
	case c.State == submission.Accepted:
		return v.nextOfAccepted()
	}
	refusal := v.may[submission.Edit].Refusal
	return next{lock: &refusal}
}

func (v showing) do(text, label, path, why string) next {
	return next{step: ui.NextStep{Lead: lead, Text: text, Why: why}, button: ui.Link{Label: label, Path: path}}
}

// nextOfWriter goes through what still blocks sending, then sends.
func (v showing) nextOfWriter() next {
	c := v.Case
	if c.NotBegun() {
		return v.do("ghi hoạt động cho từng nhiệm vụ, hoặc ghi rõ nhiệm vụ không thuộc phạm vi, không phát sinh.", "Thêm hoạt động đầu tiên",
			paths.NewActivity(c.Year, c.UnitSlug, v.Content.Sections[0].Task), v.deadline())
	}
	if tasks := v.tasksLeft(); tasks != "" {
		label, path := v.firstLeft()
		then := "Đủ các việc này thì trình lãnh đạo duyệt được."
		if v.act.Is(c.Unit, actor.UnitLeader) || c.Direct {
			then = "Đủ các việc này thì gửi " + c.Receives + " được."
		}
		return v.do(tasks+".", label, path, ui.Joined(" ", then, v.deadline()))
	}
	switch {
	case v.may[submission.SubmitDirect].Allowed:
		return v.do("đủ nội dung, gửi "+c.Receives+".", "Gửi "+c.Receives, paths.Submit(paths.Plan(c.Year, c.UnitSlug)), v.deadline())
	case v.may[submission.Send].Allowed:
		return v.do("đủ nội dung, trình lãnh đạo duyệt.", "Trình lãnh đạo duyệt", paths.Send(paths.Plan(c.Year, c.UnitSlug)), v.deadline())
	}
	refusal := v.may[submission.Send].Refusal
	return next{lock: &refusal}
}

// tasksLeft puts what blocks sending into one sentence, empty for nothing.
func (v showing) tasksLeft() string {
	var tasks []string
	if n := len(v.unanswered()); n > 0 {
		tasks = append(tasks, fmt.Sprintf("trả lời %d góp ý", n))
	}
	switch gaps := v.view.Gaps; {
	case len(gaps) == 1:
		tasks = append(tasks, "bổ sung "+v.gapPlace(gaps[0])+" ("+viet.LowerFirst(gaps[0].Message)+")")
	case len(gaps) > 1:
		tasks = append(tasks, fmt.Sprintf("bổ sung %d chỗ còn thiếu", len(gaps)))
	}
	return strings.Join(tasks, " và ")
}

// gapPlace names briefly where something is missing.
func (v showing) gapPlace(g submission.Gap) string {
	for _, a := range v.Content.Activities() {
		if a.Key() == g.Part {
			return "hoạt động " + a.Code
		}
	}
	if no, ok := strings.CutPrefix(g.Part, "task/"); ok {
		return "nhiệm vụ " + no
	}
	return g.Title
}

func (v showing) firstLeft() (label, path string) {
	if open := v.unanswered(); len(open) > 0 {
		return "Đến góp ý thứ nhất", "#" + submissions.RemarkID(open[0].ID)
	}
	return "Đến chỗ thiếu thứ nhất", v.gapPath(v.view.Gaps[0])
}

func (v showing) unanswered() []plan.Remark {
	var open []plan.Remark
	for _, r := range v.Remarks {
		if r.Answer == "" {
			open = append(open, r)
		}
	}
	return open
}

// gapPath leads to the field in which a gap is mended.
func (v showing) gapPath(g submission.Gap) string {
	c := v.Case
	if no, ok := strings.CutPrefix(g.Part, "task/"); ok {
		task, err := strconv.Atoi(no)
		switch {
		case err != nil:
			return ""
		case g.Field == "":
			return "#" + planshow.SectionID(task)
		}
		return paths.PlanScope(c.Year, c.UnitSlug, task) + "#" + ui.FieldID(g.Field)
	}
	for _, a := range v.Content.Activities() {
		if a.Key() == g.Part {
			return paths.EditActivity(c.Year, c.UnitSlug, a.Code) + "#" + ui.FieldID(g.Field)
		}
	}
	return paths.Reference(paths.Plan(c.Year, c.UnitSlug)) + "#" + ui.FieldID(g.Field)
}

// nextOfAccepted looks for progress that wants to be written down.
func (v showing) nextOfAccepted() next {
	c := v.Case
	why := "Kế hoạch đã được tiếp nhận nên không sửa thẳng vào nội dung. Muốn sửa, chọn “Sửa đổi, bổ sung”; bản đang có hiệu lực vẫn được tính."
	if c.Reopen != nil {
		why = "Đề nghị mở lại ngày " + viet.DateOf(c.Reopen.At).String() + " đang chờ " + c.Receives + " trả lời."
	}
	var due []plan.Activity
	for _, kind := range []ui.Kind{ui.Overdue, ui.Soon} {
		for _, a := range v.Content.Activities() {
			if a.Stopped == "" && v.view.Standings[a.ID].Kind == kind {
				due = append(due, a)
			}
		}
	}
	if len(due) > 0 && v.may[submission.LogProgress].Allowed {
		return v.do(fmt.Sprintf("ghi tiến độ %d hoạt động quá hạn, sắp đến hạn.", len(due)), "Ghi tiến độ hoạt động "+due[0].Code,
			paths.Activity(c.Year, c.UnitSlug, due[0].Code)+"#"+logFormID, why)
	}
	return next{step: ui.NextStep{Lead: "Không có việc phải làm ngay.", Text: "Tiến độ ghi ở trang của từng hoạt động.", Why: why}}
}

// nextOfReader is for those who receive the plan, or only read it.
func (v showing) nextOfReader() next {
	c := v.Case
	switch {
	case v.may[submission.Accept].Allowed:
		return v.do("rà soát "+submissions.Sending(c.Last.No)+" của "+c.UnitShort+".", "Rà soát "+submissions.Sending(c.Last.No), paths.Review(c.Year, c.UnitSlug), "")
	case v.may[submission.RefuseReopen].Allowed:
		return v.do("trả lời đề nghị mở lại của "+c.UnitShort+".", "Xem đề nghị mở lại", paths.Review(c.Year, c.UnitSlug), "")
	case v.Sight.Versions && c.State == submission.Submitted: // a receiver who may not decide
		refusal := v.may[submission.Accept].Refusal
		return next{lock: &refusal}
	}
	return next{}
}

// deadline says by when, or that it is too late; only the first sending counts.
func (v showing) deadline() string {
	c := v.Case
	switch {
	case c.Amending():
		return fmt.Sprintf("Lần gửi %d vẫn có hiệu lực cho đến khi bản sửa đổi được tiếp nhận.", c.InForce.No)
	case c.Last == nil && !v.now.Before(c.DueBefore):
		return "Đã quá hạn gửi (trước ngày " + viet.LastDayBefore(c.DueBefore).Next().String() + "); vẫn gửi được và được ghi là quá hạn."
	}
	return "" // the head of the page says it
}

// secondary are the other steps allowed now, apart from the primary one.
func (v showing) secondary() []ui.Link {
	c := v.Case
	year, unit := c.Year, c.UnitSlug
	var links []ui.Link
	for _, x := range []struct {
		action submission.Action
		label  string
		path   string
	}{
		{submission.SendBack, "Chuyển lại chuyên viên", paths.SendBack(paths.Plan(year, unit))},
		{submission.TakeBack, "Rút lại để sửa", paths.TakeBack(paths.Plan(year, unit))},
		{submission.Recall, "Thu hồi lần gửi", paths.Recall(paths.Plan(year, unit))},
		{submission.Send, "Trình lãnh đạo duyệt", paths.Send(paths.Plan(year, unit))},
		{submission.Amend, "Sửa đổi, bổ sung", paths.Amend(paths.Plan(year, unit))},
		{submission.Discard, "Bỏ sửa đổi", paths.Discard(paths.Plan(year, unit))},
		{submission.RequestReopen, "Đề nghị mở lại", paths.RequestReopen(paths.Plan(year, unit))},
	} {
		if v.may[x.action].Allowed && x.path != v.next().button.Path {
			links = append(links, ui.Link{Label: x.label, Path: x.path})
		}
	}
	if v.Sight.Versions && !v.own && c.Last != nil && v.next().button.Path != paths.Review(year, unit) {
		links = append(links, ui.Link{Label: "Trang rà soát", Path: paths.Review(year, unit)})
	}
	if direction.MayGive(v.act) {
		links = append(links, ui.Link{Label: "Cho ý kiến", Path: paths.GiveDirection(year, unit, "")})
	}
	return links
}
