package home

import (
	"strconv"
	"time"

	"danvan/internal/agenda"
	"danvan/internal/campaign"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

func (v view) queue() section {
	s := section{ID: "h-ra-soat", Title: "Chờ tiếp nhận, rà soát", Right: count(v.Queued, "hồ sơ")}
	for _, w := range v.Queue {
		r := v.waits(w, w.SentAt)
		r.Title += ", lần gửi " + strconv.Itoa(w.No)
		late := ""
		if w.Late {
			late = ", chậm"
		}
		answered := ""
		if w.Answered > 0 {
			answered = count(w.Answered, "góp ý đã được trả lời")
		}
		r.Text = sentence(w.SentByName+" gửi lúc "+viet.Moment(w.SentAt)+late, answered)
		switch {
		case w.Own:
			r.Tag = "hồ sơ bạn tham gia soạn"
		case w.Explained > 0:
			r.Tag = "đã giải trình"
		case !w.Read:
			r.Tag = "chưa đọc"
		}
		if !w.Own {
			r.Do, r.Primary = ui.Link{Label: "Rà soát", Path: r.Path}, "Rà soát hồ sơ đầu danh sách"
		}
		s.Rows = append(s.Rows, r)
	}
	if v.Queued > len(v.Queue) {
		s.More = ui.Link{Label: "Xem cả " + count(v.Queued, "hồ sơ"), Path: paths.Queue}
	}
	return s
}

func (v view) reopen() section {
	s := section{ID: "h-mo-lai", Title: "Đề nghị mở lại", Right: count(len(v.Reopen), "đề nghị")}
	for _, w := range v.Reopen {
		at := w.SentAt
		if w.ReopenAt != nil {
			at = *w.ReopenAt
		}
		r := v.waits(w, at)
		r.Text = sentence("Lý do: " + cut(w.Reopen))
		r.Do, r.Primary = ui.Link{Label: "Trả lời", Path: r.Path}, "Trả lời đề nghị mở lại"
		if w.Own {
			r.Do, r.Tag = ui.Link{}, "hồ sơ bạn tham gia soạn"
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

// waits is what waits for the receiver since a moment.
func (v view) waits(w review.Waiting, at time.Time) row {
	r := row{Date: viet.DateOf(at).Short(), When: "hôm nay", Path: reviewPath(w),
		Title: unit.Called(w.UnitName) + ": " + lowered(what(w.Kind, w.PeriodName))}
	if n := viet.DateOf(at).DaysUntil(v.Today); n > 0 {
		r.When = "chờ " + viet.FormatInt(n) + " ngày"
	}
	return r
}

func reviewPath(w review.Waiting) string {
	return submissions.ReviewAddress(w.Kind, submission.Ref{Year: w.Year, Period: w.Period, Unit: w.UnitSlug})
}

// outstanding lists, by period, the units that have not sent.
func (v view) outstanding() []section {
	var all []section
	for _, o := range v.Outstanding {
		id, title := "h-chua-gui-", "Đơn vị chưa gửi "
		switch o.Why {
		case agenda.ToSendAgain:
			id, title = "h-gui-lai-", "Đơn vị chưa gửi lại "
		case agenda.JoinedLate:
			id, title = "h-moi-", "Đơn vị mới tham gia, chưa gửi "
		}
		s := section{ID: id + o.Period, Title: title + lowered(what(o.Kind, o.PeriodName)), Right: count(o.Units, "đơn vị")}
		for _, f := range o.Files {
			s.Rows = append(s.Rows, v.owing(f))
		}
		if o.Units > len(o.Files) {
			s.More = ui.Link{Label: "Xem cả " + count(o.Units, "đơn vị"), Path: listPath(o)}
		}
		all = append(all, s)
	}
	return all
}

// listPath lists what is filed in a period: of those that never sent, them alone.
func listPath(o agenda.Outstanding) string {
	list := paths.Reports(o.Year, o.Period)
	if o.Kind == submission.Plan {
		list = paths.Plans(o.Year)
	}
	if o.Why != agenda.NeverSent {
		return list
	}
	list += "?trang-thai=chua-gui"
	if o.Receiver != "" {
		list += "&noi-nhan=" + o.Receiver
	}
	return list
}

// owing is a unit that has not sent.
func (v view) owing(f agenda.File) row {
	r := row{Title: unit.Called(f.UnitName) + ": " + lowered(what(f.Kind, f.PeriodName)), Path: filePath(f), Kind: look(f), Word: f.Word()}
	if f.First == nil {
		r.Date, r.When, r.Over = f.LastDay().Short(), v.remaining(f), f.Overdue(v.Now)
		r.Text = sentence("Hạn gửi "+campaign.Words(v.Calendar, f.DueBefore), extended(f))
		return r
	}
	day := viet.DateOf(f.StateAt)
	if f.Decided != nil && f.Decided.DecidedAt != nil {
		day = viet.DateOf(*f.Decided.DecidedAt)
	}
	r.Date, r.When = day.Short(), day.Ago(v.Today)
	r.Text = "Đã trả lại, chưa gửi lại."
	return r
}
