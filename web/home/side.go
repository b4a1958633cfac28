package home

import (
	"slices"
	"strconv"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
	progressshow "danvan/web/show/progress"
	"danvan/web/ui"
)

func (v view) hasSide() bool { return len(v.Years) > 0 || v.Admin != nil || v.namedBeside() }

// namedBeside reports whether what names the reader's unit is told in one line:
// who comes for it has a section.
func (v view) namedBeside() bool { return v.Named > 0 && !v.observes() }

func (v view) sideLabel() string {
	if len(v.Years) == 1 {
		return v.Years[0].Unit.Name + " năm " + strconv.Itoa(v.Campaign.Year)
	}
	return "Năm " + strconv.Itoa(v.Campaign.Year)
}

func (v view) yearTitle(y agenda.Year) string {
	if len(v.Years) > 1 {
		return y.Unit.Name
	}
	return "Năm " + strconv.Itoa(v.Campaign.Year)
}

func yearRight(y agenda.Year) string {
	if y.All.Total() == 0 {
		return ""
	}
	return viet.FormatInt(y.All.Finished()) + "/" + viet.FormatInt(y.All.Total()) + " hoàn thành"
}

// taskCount is "3/4", "–" for nothing to count.
func taskCount(t agenda.Task) string {
	if t.Tally.Total() == 0 {
		return "–"
	}
	return viet.FormatInt(t.Tally.Finished()) + "/" + viet.FormatInt(t.Tally.Total())
}

// legend explains the colours that show.
func legend(y agenda.Year) []ui.Segment {
	return slices.DeleteFunc(progressshow.Segments(y.All), func(s ui.Segment) bool { return s.Count == 0 })
}

// fileWord is the state, with the day on which it was accepted.
func fileWord(f agenda.File) string {
	if f.State == submission.Accepted && f.InForce != nil && f.InForce.DecidedAt != nil {
		return "Tiếp nhận " + viet.DateOf(*f.InForce.DecidedAt).Short()
	}
	return f.Word()
}

// fileNote says whether a file was sent in time, or by when it has to be.
func (v view) fileNote(f agenda.File) string {
	if f.First == nil {
		note := "Trước ngày " + viet.DateOf(f.DueBefore).Short()
		if f.Extended() {
			note += " (gia hạn)"
		}
		if f.Overdue(v.Now) {
			note += ", " + v.remaining(f)
		}
		return note
	}
	note := "Gửi đúng hạn"
	if f.First.Late() {
		note = "Gửi chậm"
	}
	if f.Amending() {
		note += ". " + counts(f)
	}
	return note
}

// keptWhen says when a post was sent and why it was not carried out.
func keptWhen(k post.Parked) string {
	sent := "Biểu mẫu gửi lúc " + viet.Moment(k.At)
	switch k.Why {
	case post.NoSession:
		return sent + ", khi phiên làm việc đã hết hạn,"
	case post.LostRights:
		return sent + ", khi việc này không còn thực hiện được,"
	case post.PutOff:
		return sent + ", chưa gộp với nội dung người khác đã lưu,"
	}
	return sent + ", khi hệ thống chưa lưu được,"
}

func dayClass(d agenda.Day) string {
	switch {
	case d.Off && len(d.Files) > 0:
		return "dv-off dv-limit"
	case d.Off:
		return "dv-off"
	case len(d.Files) > 0:
		return "dv-limit"
	}
	return ""
}

func dayNumber(d agenda.Day) string { return d.Date.Start().Format("02") }

// whatComes says what will stand on an empty page, and who makes it appear.
func (v view) whatComes() string {
	switch {
	case v.act.Has(actor.Staff, actor.UnitLeader):
		return "Ở đây sẽ có hồ sơ bị trả lại, kế hoạch, báo cáo cần soạn hoặc chờ duyệt, hoạt động quá hạn và đến hạn trong hai tuần của đơn vị."
	case v.act.Has(actor.Reviewer, actor.Consolidator):
		return "Hồ sơ hiện ở đây ngay khi lãnh đạo đơn vị duyệt, gửi; đơn vị chậm gửi cũng được nêu tên."
	case v.act.Has(actor.Observer):
		return "Hoạt động hiện ở đây khi kế hoạch của một đơn vị nêu đơn vị bạn là cơ quan phối hợp được tiếp nhận."
	case v.act.Has(actor.Admin):
		return "Đơn vị thiếu lãnh đạo hoặc thiếu chuyên viên đăng nhập được hiện ở đây."
	}
	return "Bạn chưa được giao vai trò ở đơn vị nào. Người quản trị giao vai trò theo đề nghị của lãnh đạo đơn vị."
}
