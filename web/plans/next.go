package plans

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// standing is the plan as anything filed stands.
func (v showing) standing() submissions.Standing {
	c := v.Case
	return submissions.Standing{Case: c, Sight: v.Sight, Act: v.act, Now: v.now, May: v.may, Base: paths.Plan(c.Year, c.UnitSlug),
		Review: paths.Review(c.Year, c.UnitSlug), Working: v.Working, Shown: v.Shown}
}

// next finds the reader's next step.
func (v showing) next() submissions.Next {
	return v.standing().Next(v.nextOfWriter, v.nextOfAccepted)
}

// nextOfWriter goes through what still blocks sending, then sends.
func (v showing) nextOfWriter() submissions.Next {
	c := v.Case
	if c.NotBegun() {
		return submissions.ToDo("ghi hoạt động cho từng nhiệm vụ, hoặc ghi rõ nhiệm vụ không thuộc phạm vi, không phát sinh.", "Thêm hoạt động đầu tiên",
			paths.NewActivity(c.Year, c.UnitSlug, v.Content.Sections[0].Task), v.standing().Deadline())
	}
	if tasks := submissions.Left(len(v.unanswered()), v.view.Gaps, v.gapPlace); tasks != "" {
		label, path := v.firstLeft()
		return v.standing().ToMend(tasks, label, path)
	}
	return v.standing().ToSend()
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
		if v.Case.Awaits(r.Note) {
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
func (v showing) nextOfAccepted() submissions.Next {
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
		return submissions.ToDo(fmt.Sprintf("ghi tiến độ %d hoạt động quá hạn, sắp đến hạn.", len(due)), "Ghi tiến độ hoạt động "+due[0].Code,
			paths.Activity(c.Year, c.UnitSlug, due[0].Code)+"#"+logFormID, why)
	}
	return submissions.Next{Step: ui.NextStep{Lead: "Không có việc phải làm ngay.", Text: "Tiến độ ghi ở trang của từng hoạt động.", Why: why}}
}

// secondary are the other steps allowed now, apart from the primary one.
func (v showing) secondary() []ui.Link { return v.standing().Steps(v.next().Button.Path) }
