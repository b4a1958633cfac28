package home

import (
	"fmt"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"danvan/internal/agenda"
	"danvan/internal/campaign"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// what names what is filed: "Kế hoạch năm 2022", "Báo cáo 6 tháng đầu năm 2022".
func what(kind submission.Kind, period string) string {
	if kind != submission.Report {
		return period
	}
	return "Báo cáo " + lowered(period)
}

func lowered(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// title names a file, with its unit where the reader works for several.
func (v view) title(f agenda.File) string {
	name := what(f.Kind, f.PeriodName)
	if len(v.Years) > 1 {
		return unit.Called(f.UnitName) + ": " + lowered(name)
	}
	return name
}

// filePath is where a file is written and read; what has no page yet has none.
func filePath(f agenda.File) string {
	if !f.Made && f.Kind != submission.Plan {
		return ""
	}
	return submissions.Address(f.Kind, submission.Ref{Year: f.Year, Period: f.Period, Unit: f.UnitSlug})
}

func look(f agenda.File) ui.Kind {
	if f.NotBegun() {
		return ui.NotBegun
	}
	return submissions.LookOf(f.State)
}

func amendment(f agenda.File) string {
	if f.Amending() {
		return " (sửa đổi, bổ sung)"
	}
	return ""
}

// counts says which sending counts meanwhile.
func counts(f agenda.File) string {
	if !f.Amending() {
		return ""
	}
	return fmt.Sprintf("Lần gửi %d vẫn có hiệu lực", f.InForce.No)
}

func (v view) returned() section {
	s := section{ID: "h-tra", Title: "Bị trả lại", Right: count(len(v.Returned), "việc")}
	for _, f := range v.Returned {
		r := row{Title: v.title(f) + amendment(f), Path: filePath(f), Do: ui.Link{Label: "Sửa tiếp", Path: filePath(f)},
			Primary: "Sửa " + lowered(what(f.Kind, f.PeriodName))}
		at, why := f.StateAt, f.StateByName+" chuyển lại: "+cut(f.StateWhy)
		if !f.SentBack() {
			at, why = verdict(f)
			r.Title = v.title(f) + nth(f.Decided) + amendment(f)
		}
		open := ""
		if f.Unanswered > 0 {
			open = count(f.Unanswered, "góp ý chưa trả lời")
			r.Do.Label, r.Primary = "Sửa theo góp ý", r.Primary+" theo góp ý"
		}
		r.Date, r.When = viet.DateOf(at).Short(), viet.DateOf(at).Ago(v.Today)
		r.Text = sentence(why, open, counts(f))
		s.Rows = append(s.Rows, r)
	}
	return s
}

// explain are the questions about what was sent and waits for its receiver.
func (v view) explain() section {
	s := section{ID: "h-giai-trinh", Title: "Yêu cầu giải trình"}
	asked := 0
	for _, f := range v.Explain {
		for _, q := range f.Questions {
			asked++
			do := ui.Link{Label: "Giải trình", Path: paths.Explain(filePath(f), q.ID)}
			s.Rows = append(s.Rows, row{Date: q.DueOn.Short(), When: q.DueOn.Remaining(v.Today), Over: q.DueOn.Before(v.Today),
				Title: v.title(f) + nth(f.Last) + amendment(f), Path: filePath(f),
				Text: sentence(cut(q.Body), q.ByName+", "+f.Receives+", hỏi ngày "+viet.DateOf(q.At).String()),
				Do:   do, Primary: "Giải trình " + lowered(what(f.Kind, f.PeriodName))})
		}
	}
	s.Right = count(asked, "yêu cầu")
	return s
}

func nth(s *agenda.Sending) string {
	if s == nil {
		return ""
	}
	return ", lần gửi " + strconv.Itoa(s.No)
}

// verdict says when and why the receiver wants a file mended.
func verdict(f agenda.File) (at time.Time, why string) {
	d := f.Decided
	switch {
	case d == nil:
		return f.StateAt, f.Receives + " trả lại"
	case d.Withdrawn:
		return f.StateAt, f.Receives + " rút hiệu lực: " + cut(d.EndedWhy)
	case d.ReopenedAt != nil:
		return *d.ReopenedAt, f.Receives + " mở lại để sửa: " + cut(d.ReopenedWhy)
	case d.DecidedAt != nil:
		return *d.DecidedAt, f.Receives + " trả lại: " + cut(d.Reason)
	}
	return f.StateAt, f.Receives + " trả lại"
}

func (v view) signOff() section {
	s := section{ID: "h-duyet", Title: "Chờ bạn duyệt", Right: count(len(v.SignOff), "việc")}
	for _, f := range v.SignOff {
		day := viet.DateOf(f.StateAt)
		due := ""
		if f.First == nil {
			due = "Hạn gửi " + campaign.Words(v.Calendar, f.DueBefore) + ": " + v.remaining(f)
		}
		s.Rows = append(s.Rows, row{
			Date: day.Short(), When: day.Ago(v.Today), Over: f.Overdue(v.Now),
			Title: v.title(f) + amendment(f), Path: filePath(f),
			Text: sentence(f.StateByName+" trình lúc "+viet.Moment(f.StateAt), due, counts(f)),
			Do:   ui.Link{Label: "Đọc, duyệt", Path: filePath(f)}, Primary: "Đọc, duyệt " + lowered(what(f.Kind, f.PeriodName)),
		})
	}
	return s
}

func (v view) write() section {
	s := section{ID: "h-soan", Title: "Cần soạn", Right: count(len(v.Write), "việc")}
	for _, f := range v.Write {
		s.Rows = append(s.Rows, v.writing(f))
	}
	return s
}

// writing is a file that its unit has to write and send.
func (v view) writing(f agenda.File) row {
	r := row{Title: v.title(f) + amendment(f), Path: filePath(f), Kind: look(f), Word: f.Word(),
		Do: ui.Link{Label: "Viết tiếp", Path: filePath(f)}, Primary: "Viết tiếp " + lowered(what(f.Kind, f.PeriodName))}
	if f.NotBegun() {
		r.Do.Label, r.Primary = "Bắt đầu soạn", "Soạn "+lowered(what(f.Kind, f.PeriodName))
	}
	if f.First != nil {
		day := viet.DateOf(f.StateAt)
		r.Date, r.When = day.Short(), day.Ago(v.Today)
		r.Text = sentence("Bản sửa chưa trình lãnh đạo", counts(f))
		return r
	}
	r.Date, r.When, r.Over = f.LastDay().Short(), v.remaining(f), f.Overdue(v.Now)
	closed := ""
	if f.ClosedAt != nil && viet.DateOf(*f.ClosedAt).Compare(v.Today) <= 0 {
		closed = "Kỳ đã đóng ngày " + viet.DateOf(*f.ClosedAt).String()
	}
	nowhere := ""
	if !f.Made && f.Kind != submission.Plan {
		r.Kind, r.Word = "", ""
		if f.Kind == submission.Evaluation { // has a deadline and no page
			nowhere = "Chưa soạn được trên cổng; hạn ghi ở đây để đơn vị chuẩn bị"
		}
	}
	r.Text = sentence("Gửi "+campaign.Words(v.Calendar, f.DueBefore), extended(f), closed, nowhere)
	return r
}

// extended says that the deadline is not that of the other units.
func extended(f agenda.File) string {
	if !f.Extended() {
		return ""
	}
	return "Đã gia hạn riêng cho đơn vị; hạn chung trước ngày " + viet.DateOf(f.Regular).String()
}

func (v view) waiting() section {
	s := section{ID: "h-cho", Title: "Chờ nơi khác trả lời", Right: count(len(v.Waiting), "việc")}
	for _, f := range v.Waiting {
		r := row{Title: v.title(f) + amendment(f), Path: filePath(f), Kind: look(f), Word: f.Word()}
		day := viet.DateOf(f.StateAt)
		switch {
		case f.Wish != nil:
			day = viet.DateOf(f.Wish.At)
			r.Title = "Đề nghị mở lại " + lowered(v.title(f))
			r.Text = sentence(f.Wish.By+" đề nghị lúc "+viet.Moment(f.Wish.At), f.Receives+" chưa trả lời")
			r.Kind, r.Word = ui.Awaiting, "Chờ trả lời"
		case f.State == submission.Submitted && f.Last != nil:
			day = viet.DateOf(f.Last.SentAt)
			r.Title = v.title(f) + nth(f.Last) + amendment(f)
			r.Text = sentence("Gửi "+f.Receives+" lúc "+viet.Moment(f.Last.SentAt)+", chờ tiếp nhận, rà soát", counts(f))
		default:
			r.Text = sentence(f.StateByName+" trình lúc "+viet.Moment(f.StateAt)+", chờ lãnh đạo đơn vị duyệt", counts(f))
		}
		r.Date, r.When = day.Short(), day.Ago(v.Today)
		s.Rows = append(s.Rows, r)
	}
	return s
}
