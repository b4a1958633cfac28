package reports

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
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
		return toDo("trả lời yêu cầu giải trình của "+c.Receives+", hạn "+q.DueOn.String()+".", "Giải trình", paths.Explain(v.base(), q.ID),
			"Hồ sơ đã gửi giữ nguyên, vẫn chờ "+c.Receives+" tiếp nhận.")
	case v.may[submission.SignOff].Allowed:
		return toDo("đọc lại nội dung rồi duyệt, gửi "+c.Receives+".", "Duyệt, gửi "+c.Receives, paths.SignOff(v.base()), v.deadline())
	case v.edits():
		return v.nextOfWriter()
	case c.State == submission.Accepted:
		return v.nextOfAccepted()
	}
	refusal := v.may[submission.Edit].Refusal
	return next{lock: &refusal}
}

func toDo(text, label, path, why string) next {
	return next{step: ui.NextStep{Lead: lead, Text: text, Why: why}, button: ui.Link{Label: label, Path: path}}
}

// nextOfWriter goes through what still blocks sending, then sends.
func (v showing) nextOfWriter() next {
	c := v.Case
	if c.NotBegun() {
		return toDo("ghi số liệu và lời văn của từng nhiệm vụ, bắt đầu từ nhiệm vụ 1.", "Bắt đầu từ nhiệm vụ 1",
			paths.ReportTask(v.base(), v.Content.Tasks[0].Task), v.deadline())
	}
	if tasks := v.tasksLeft(); tasks != "" {
		label, path := v.firstLeft()
		then := "Đủ các việc này thì trình lãnh đạo duyệt được."
		if v.act.Is(c.Unit, actor.UnitLeader) || c.Direct {
			then = "Đủ các việc này thì gửi " + c.Receives + " được."
		}
		return toDo(tasks+".", label, path, ui.Joined(" ", then, v.deadline()))
	}
	if n := v.unexplained(); n > 0 && (v.may[submission.SubmitDirect].Allowed || v.may[submission.Send].Allowed) {
		return toDo(fmt.Sprintf("đủ nội dung; xem lại %d điều nên giải thích rồi trình, gửi.", n), "Kiểm tra trước khi gửi", paths.CheckReport(v.base()), v.deadline())
	}
	switch {
	case v.may[submission.SubmitDirect].Allowed:
		return toDo("đủ nội dung, gửi "+c.Receives+".", "Gửi "+c.Receives, paths.Submit(v.base()), v.deadline())
	case v.may[submission.Send].Allowed:
		return toDo("đủ nội dung, trình lãnh đạo duyệt.", "Trình lãnh đạo duyệt", paths.Send(v.base()), v.deadline())
	}
	refusal := v.may[submission.Send].Refusal
	return next{lock: &refusal}
}

func (v showing) unexplained() int {
	n := 0
	for _, d := range v.Doubts {
		if d.Answer == "" {
			n++
		}
	}
	return n
}

// tasksLeft puts what blocks sending into one sentence, empty for nothing.
func (v showing) tasksLeft() string {
	var tasks []string
	if n := len(v.unanswered()); n > 0 {
		tasks = append(tasks, fmt.Sprintf("trả lời %d góp ý", n))
	}
	switch gaps := v.view.Gaps; {
	case len(gaps) == 1:
		tasks = append(tasks, "bổ sung "+gapPlace(gaps[0])+" ("+viet.LowerFirst(gaps[0].Message)+")")
	case len(gaps) > 1:
		tasks = append(tasks, fmt.Sprintf("bổ sung %d chỗ còn thiếu", len(gaps)))
	}
	return strings.Join(tasks, " và ")
}

// gapPlace names briefly where something is missing.
func gapPlace(g submission.Gap) string {
	if code, ok := strings.CutPrefix(g.Part, "figure/"); ok {
		return "số liệu " + code
	}
	if no := report.TaskOf(g.Part); no > 0 {
		return "nhiệm vụ " + strconv.Itoa(no)
	}
	return viet.LowerFirst(g.Title)
}

func (v showing) firstLeft() (label, path string) {
	if open := v.unanswered(); len(open) > 0 {
		return "Đến góp ý thứ nhất", "#" + submissions.RemarkID(open[0].ID)
	}
	return "Đến chỗ thiếu thứ nhất", gapPath(v.base(), v.view.Gaps[0])
}

func (v showing) unanswered() []report.Remark {
	var open []report.Remark
	for _, r := range v.Remarks {
		if r.Answer == "" {
			open = append(open, r)
		}
	}
	return open
}

// gapPath leads to the field in which a gap is mended; base is the report.
func gapPath(base string, g submission.Gap) string {
	prefix, rest, _ := strings.Cut(g.Part, "/")
	no, _ := strconv.Atoi(rest) // figures have codes, and lead to their task
	switch prefix {
	case "task":
		return paths.ReportTask(base, no) + "#" + ui.FieldID(g.Field)
	case "figure":
		return paths.ReportTask(base, report.TaskOf(g.Part)) + "#" + ui.FieldID(ownField(rest))
	case report.OverallKey:
		return paths.ReportOverall(base) + "#" + ui.FieldID(g.Field)
	case report.NextKey:
		return paths.ReportNext(base) + "#" + ui.FieldID(g.Field)
	case proposalPrefix:
		return paths.Proposal(base, no) + "#" + ui.FieldID(g.Field)
	case exemplarPrefix:
		return paths.Exemplar(base, no) + "#" + ui.FieldID(g.Field)
	}
	return paths.Reference(base) + "#" + ui.FieldID(g.Field)
}

// doubtPath leads to where a doubt is explained: below its figure, else on a page
// of its own.
func doubtPath(base string, c report.Content, d submission.Doubt) string {
	about := c.About(d)
	for i := len(about) - 1; i >= 0; i-- {
		if r, ok := c.Rows[about[i]]; ok {
			t := writing{opened: opened{content: c}}
			if t.section, ok = c.Section(r.Task); ok && t.rowOf(d) != "" {
				return paths.ReportTask(base, r.Task) + "#" + ui.FieldID(answerPrefix+d.Code)
			}
		}
	}
	return paths.Doubt(base, d.Code)
}

// nextOfAccepted says that there is nothing to do.
func (v showing) nextOfAccepted() next {
	c := v.Case
	why := "Báo cáo đã được tiếp nhận nên không sửa thẳng vào nội dung. "
	switch {
	case c.Reopen != nil:
		why = "Đề nghị mở lại ngày " + viet.DateOf(c.Reopen.At).String() + " đang chờ " + c.Receives + " trả lời."
	case v.may[submission.Amend].Allowed:
		why += "Muốn sửa, chọn “Sửa đổi, bổ sung”; bản đang có hiệu lực vẫn được tính."
	default:
		why += v.may[submission.Amend].Reason + " " + v.may[submission.Amend].Remedy
	}
	return next{step: ui.NextStep{Lead: "Không có việc phải làm ngay.", Text: "Số liệu trong báo cáo đang được tính vào tổng hợp.", Why: strings.TrimSpace(why)}}
}

// nextOfReader is for those who receive the report, or only read it.
func (v showing) nextOfReader() next {
	c := v.Case
	review := paths.ReportReview(c.Year, c.Period, c.UnitSlug)
	switch {
	case v.may[submission.Accept].Allowed:
		return toDo("rà soát "+submissions.Sending(c.Last.No)+" của "+c.UnitShort+".", "Rà soát "+submissions.Sending(c.Last.No), review, "")
	case v.may[submission.RefuseReopen].Allowed:
		return toDo("trả lời đề nghị mở lại của "+c.UnitShort+".", "Xem đề nghị mở lại", review, "")
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
	base := v.base()
	primary := v.next().button.Path
	var links []ui.Link
	for _, x := range []struct {
		action submission.Action
		label  string
		path   string
	}{
		{submission.SendBack, "Chuyển lại chuyên viên", paths.SendBack(base)},
		{submission.TakeBack, "Rút lại để sửa", paths.TakeBack(base)},
		{submission.Recall, "Thu hồi lần gửi", paths.Recall(base)},
		{submission.Send, "Trình lãnh đạo duyệt", paths.Send(base)},
		{submission.Amend, "Sửa đổi, bổ sung", paths.Amend(base)},
		{submission.Discard, "Bỏ sửa đổi", paths.Discard(base)},
		{submission.RequestReopen, "Đề nghị mở lại", paths.RequestReopen(base)},
	} {
		if v.may[x.action].Allowed && x.path != primary {
			links = append(links, ui.Link{Label: x.label, Path: x.path})
		}
	}
	if v.edits() && primary != paths.CheckReport(base) {
		links = append(links, ui.Link{Label: "Kiểm tra trước khi gửi", Path: paths.CheckReport(base)})
	}
	review := paths.ReportReview(v.Case.Year, v.Case.Period, v.Case.UnitSlug)
	if v.Sight.Versions && !v.own && v.Case.Last != nil && primary != review {
		links = append(links, ui.Link{Label: "Trang rà soát", Path: review})
	}
	if direction.MayGive(v.act) {
		links = append(links, ui.Link{Label: "Cho ý kiến", Path: paths.GiveDirection(v.Case.Year, v.Case.UnitSlug, paths.ReportTopic(v.Case.Period))})
	}
	return links
}
