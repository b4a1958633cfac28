package home

import (
	"danvan/internal/agenda"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// sums are the consolidated reports on which the reader has to do something.
func (v view) sums() section {
	s := section{ID: "h-tong-hop", Title: "Báo cáo tổng hợp", Right: count(len(v.Sums), "việc")}
	for _, x := range v.Sums {
		s.Rows = append(s.Rows, v.sum(x))
	}
	return s
}

func (v view) sum(x agenda.Sum) row {
	name := "báo cáo tổng hợp " + lowered(x.PeriodName)
	r := row{Title: "Báo cáo tổng hợp " + lowered(x.PeriodName), Path: paths.Consolidation(x.Year, x.Period, x.UnitSlug)}
	if x.UnitSlug != v.Campaign.LeadSlug {
		r.Title += " của " + x.UnitShort
	}
	r.Do.Path = r.Path
	missing := ""
	if x.Missing > 0 {
		missing = count(x.Missing, "đơn vị chưa có báo cáo được tiếp nhận")
	}
	day := x.LastDay()
	if x.StateAt != nil {
		day = viet.DateOf(*x.StateAt)
	}
	r.Date, r.When = day.Short(), day.Ago(v.Today)
	switch {
	case x.State == "":
		r.Do.Label, r.Primary = "Bắt đầu tổng hợp", "Bắt đầu "+name
		r.Text = sentence("Hết hạn gửi báo cáo ngày "+day.String(), missing)
	case x.State == "awaiting_signoff":
		r.Do.Label, r.Primary = "Đọc, duyệt", "Duyệt "+name
		r.Text, r.Kind, r.Word = sentence(x.StateByName+" trình lúc "+viet.Moment(*x.StateAt)), ui.Awaiting, "Chờ duyệt"
	case x.State == "signed_off":
		r.Do.Label, r.Primary = "Phát hành", "Phát hành "+name
		r.Text, r.Kind, r.Word = sentence(x.StateByName+" duyệt lúc "+viet.Moment(*x.StateAt)), ui.Submitted, "Đã duyệt"
	case x.StateWhy != "":
		r.Do.Label, r.Primary = "Sửa tiếp", "Sửa "+name
		r.Text, r.Kind, r.Word = sentence(x.StateByName+": “"+cut(x.StateWhy)+"”", missing), ui.Draft, "Đang soạn"
	default:
		r.Do.Label, r.Primary = "Soạn tiếp", "Soạn "+name
		r.Text, r.Kind, r.Word = sentence(missing), ui.Draft, "Đang soạn"
	}
	return r
}
