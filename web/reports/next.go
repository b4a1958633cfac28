package reports

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// standing is the report as anything filed stands.
func (v showing) standing() submissions.Standing {
	c := v.Case
	return submissions.Standing{Case: c, Sight: v.Sight, Act: v.act, Now: v.now, May: v.may, Base: v.base(),
		Review: paths.ReportReview(c.Year, c.Period, c.UnitSlug), Topic: paths.ReportTopic(c.Period), Working: v.Working, Shown: v.Shown}
}

// next finds the reader's next step.
func (v showing) next() submissions.Next {
	return v.standing().Next(v.nextOfWriter, v.nextOfAccepted)
}

// nextOfWriter goes through what still blocks sending, then sends.
func (v showing) nextOfWriter() submissions.Next {
	c := v.Case
	if c.NotBegun() {
		return submissions.ToDo("ghi số liệu và lời văn của từng nhiệm vụ, bắt đầu từ nhiệm vụ 1.", "Bắt đầu từ nhiệm vụ 1",
			paths.ReportTask(v.base(), v.Content.Tasks[0].Task), v.standing().Deadline())
	}
	if tasks := submissions.Left(len(v.unanswered()), v.view.Gaps, gapPlace); tasks != "" {
		label, path := v.firstLeft()
		return v.standing().ToMend(tasks, label, path)
	}
	if n := v.unexplained(); n > 0 && (v.may[submission.SubmitDirect].Allowed || v.may[submission.Send].Allowed) {
		return submissions.ToDo(fmt.Sprintf("đủ nội dung; xem lại %d điều nên giải thích rồi trình, gửi.", n), "Kiểm tra trước khi gửi", paths.CheckReport(v.base()), v.standing().Deadline())
	}
	return v.standing().ToSend()
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
		if v.Case.Awaits(r.Note) {
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
func (v showing) nextOfAccepted() submissions.Next {
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
	return submissions.Next{Step: ui.NextStep{Lead: "Không có việc phải làm ngay.", Text: "Số liệu trong báo cáo đang được tính vào tổng hợp.", Why: strings.TrimSpace(why)}}
}

// secondary are the other steps allowed now, apart from the primary one.
func (v showing) secondary() []ui.Link {
	var check []ui.Link
	if v.edits() {
		check = append(check, ui.Link{Label: "Kiểm tra trước khi gửi", Path: paths.CheckReport(v.base())})
	}
	return v.standing().Steps(v.next().Button.Path, check...)
}
