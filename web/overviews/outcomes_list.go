package overviews

import (
	"net/url"
	"strconv"
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// outcomesView is how a task went, unit by unit.
type outcomesView struct {
	Board  overview.PeriodBoard
	Task   overview.Task
	Status report.Status // asked for, "" is any
	Rows   []outcomeRow
	URL    *url.URL
	Files  []ui.File
	At     time.Time

	links periodLinks
}

// outcomeRow is one unit.
type outcomeRow struct {
	overview.ReportRow
	Outcome value
	Look    ui.Kind // of a status that was given
}

func outcomesViewOf(b overview.PeriodBoard, task overview.Task, status report.Status) outcomesView {
	v := outcomesView{Board: b, Task: task, Status: status, links: periodLinksOf(b.Scope, b.Period.Slug)}
	for _, r := range b.Rows {
		if status == "" || r.Statuses[task.No] == status {
			v.Rows = append(v.Rows, outcomeRow{r, outcomeValue(r, task.No, v.links), outcomeKinds[r.Statuses[task.No]]})
		}
	}
	return v
}

func (v outcomesView) title() string {
	what := "nhiệm vụ " + strconv.Itoa(v.Task.No)
	if v.Status == "" {
		return "Kết quả " + what + " theo từng đơn vị"
	}
	return unitsText(len(v.Rows)) + " nêu " + what + " “" + v.Status.Word() + "”"
}

func (v outcomesView) options() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, s := range report.Statuses {
		options = append(options, ui.Option{Value: outcomeWords[s], Label: s.Word()})
	}
	return options
}

func (v outcomesView) page() ui.Page {
	return ui.Page{Head: ui.Head{Title: v.title(), Meta: span(v.Task.Short), Actions: fileActions(v.Files),
		Crumbs: periodCrumbs(v.Board.Reports, v.links, "Nhiệm vụ "+strconv.Itoa(v.Task.No))},
		PrintNote: reportOf(v.Board.Period.Name) + ", nhiệm vụ " + strconv.Itoa(v.Task.No)}
}

func (v outcomesView) table() sheet.Table {
	t := sheet.Table{Sheet: "Nhiệm vụ " + strconv.Itoa(v.Task.No), Title: v.title(), At: v.At, Fixed: 1,
		Notes:   []string{viet.UpperFirst(reportOf(v.Board.Period.Name)), strconv.Itoa(v.Task.No) + ". " + v.Task.Short},
		Columns: []sheet.Column{{Title: "Đơn vị"}, {Title: "Khối"}, {Title: "Kết quả"}, {Title: "Báo cáo"}, {Title: "Lần gửi có hiệu lực", Kind: sheet.Number}}}
	for _, r := range v.Rows {
		row := []sheet.Value{sheet.Words(r.Name), sheet.Words(kindWords[r.Kind]), sheet.Words(r.Outcome.Text), sheet.Words(stateWords(r.ReportRow))}
		if r.No > 0 {
			row = append(row, sheet.Count(r.No))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// stateWords is where a unit's report stands.
func stateWords(r overview.ReportRow) string {
	switch {
	case r.No > 0 && r.Amending:
		return overview.Accepted.Word() + ", đang sửa đổi"
	case r.No > 0:
		return overview.Accepted.Word()
	}
	return r.State.Word()
}

// reportOf is "báo cáo năm 2022".
func reportOf(period string) string { return "báo cáo " + viet.LowerFirst(period) }

// periodCrumbs lead back from a page below that of a period.
func periodCrumbs(b overview.Reports, l periodLinks, here string) []ui.Link {
	year := strconv.Itoa(b.Year)
	return []ui.Link{{Label: "Năm " + year, Path: linksOf(b.Year, l.receiver).overview()}, {Label: viet.UpperFirst(reportOf(b.Period.Name)), Path: l.page()}, {Label: here}}
}
