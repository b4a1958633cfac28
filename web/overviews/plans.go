package overviews

import (
	"net/url"
	"strconv"
	"time"

	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// plansView is the list with what was asked for.
type plansView struct {
	listing
	Year     int
	OpensOn  viet.Date // of the plan period; no date: there is no such period
	Rows     []overview.PlanRow
	Oversees bool // sees more than states: progress, and the overview of the year
}

func plansViewOf(list overview.PlanList, u *url.URL, f overview.PlanFilter, now time.Time, oversees, writes bool) plansView {
	return plansView{listing: listing{list.Counts, list.Total, u, f, now, writes}, Year: list.Year, OpensOn: list.OpensOn, Rows: list.Rows, Oversees: oversees}
}

// meta is "22/28 kế hoạch đã tiếp nhận, 4 đang sửa đổi".
func (v plansView) meta() string {
	if v.Counts.All == 0 {
		return ""
	}
	if v.Counts.Groups[overview.Expected] == 0 {
		return nobodyExpected
	}
	text := viet.FormatInt(v.Counts.Groups[overview.InForce]) + "/" + viet.FormatInt(v.Counts.Groups[overview.Expected]) + " kế hoạch đã tiếp nhận"
	if v.Counts.Amending > 0 {
		text += ", " + viet.FormatInt(v.Counts.Amending) + " đang sửa đổi"
	}
	return text
}

// overdue lists the activities of a unit that are past their last day.
func (v plansView) overdue(r overview.PlanRow) string {
	return linksOf(v.Year, r.Receiver).activities(unitParam, r.Unit, statusParam, statusWords[progress.Overdue])
}

// none says why there is nothing to list.
func (v plansView) none() (what, who string) {
	year := strconv.Itoa(v.Year)
	switch {
	case v.OpensOn.IsZero():
		return "Năm " + year + " chưa có kỳ lập kế hoạch.", "Chuyên viên tổng hợp của cơ quan chủ trì đặt kỳ và hạn gửi; khi đó mỗi đơn vị có một kế hoạch tại đây."
	case v.Counts.All == 0 && v.today().Before(v.OpensOn):
		return "Kỳ lập kế hoạch năm " + year + " mở từ ngày " + v.OpensOn.String() + ".", "Từ ngày đó mỗi đơn vị có một kế hoạch tại đây."
	case v.Counts.All == 0:
		return "Không có kế hoạch nào thuộc phạm vi của bạn.", "Danh sách gồm kế hoạch của đơn vị bạn và của các đơn vị gửi về đơn vị bạn."
	}
	return noMatch()
}

func plansPage(v plansView) ui.Page {
	year := ui.Link{Label: "Năm " + strconv.Itoa(v.Year)}
	if v.Oversees {
		year.Path = paths.Overview(v.Year)
	}
	head := ui.Head{Title: "Kế hoạch năm " + strconv.Itoa(v.Year) + " của các đơn vị", Crumbs: []ui.Link{year, {Label: "Kế hoạch"}}}
	if meta := v.meta(); meta != "" {
		head.Meta = span(meta)
	}
	if !v.OpensOn.IsZero() {
		head.Actions = listActions(ui.Link{Label: "Thời hạn", Path: paths.Deadlines(v.Year, "")}, v.reminder(paths.Reminder(v.Year, "")))
	}
	return ui.Page{Head: head, PrintNote: head.Title}
}

// emptyPage is around what has no campaign yet.
func emptyPage(year int) ui.Page {
	return ui.Page{Head: ui.Head{Title: "Năm " + strconv.Itoa(year)}}
}
