package overviews

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// statusWords are the statuses in addresses.
var statusWords = map[progress.Status]string{
	progress.Cancelled:  "da-dung",
	progress.Done:       "hoan-thanh",
	progress.DoneLate:   "hoan-thanh-qua-han",
	progress.Overdue:    "qua-han",
	progress.DueSoon:    "sap-den-han",
	progress.InProgress: "dang-thuc-hien",
	progress.NotStarted: "chua-thuc-hien",
}

const (
	finished = "da-xong" // done in time or not
	numbered = "1-"      // before the last task: all of them, without the common part
)

var activityOrders = map[string]overview.ActivityOrder{
	"ten":        overview.ByTitle,
	"don-vi":     overview.ByPlace,
	"han":        overview.ByDue,
	"tinh-trang": overview.ByStatus,
}

// activityFilterOf reads what was asked for. Words nobody offers narrow nothing.
func activityFilterOf(q url.Values) overview.ActivityFilter {
	f := overview.ActivityFilter{Unit: q.Get(unitParam), DueIn: monthOf(q.Get(monthParam)), DoneIn: monthOf(q.Get(doneParam)),
		Limit: pageSize, Offset: (paths.Page(q) - 1) * pageSize}
	order, down := strings.CutPrefix(q.Get(paths.SortParam), "-")
	f.Order, f.Down, f.Kind = activityOrders[order], down, named(planKinds, q.Get(kindParam))
	first, last := q.Get(taskParam), q.Get(taskParam)
	if upto, ok := strings.CutPrefix(first, numbered); ok {
		first, last = "1", upto
	}
	from, err := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	if err == nil && err2 == nil && to < 100 {
		for no := from; no <= to; no++ {
			f.Tasks = append(f.Tasks, no)
		}
	}
	switch word := q.Get(statusParam); word {
	case finished:
		f.Statuses = []progress.Status{progress.Done, progress.DoneLate}
	default:
		if s := named(statusWords, word); s != "" {
			f.Statuses = []progress.Status{s}
		}
	}
	return f
}

// monthOf reads "2022-09" as its first day.
func monthOf(text string) viet.Date {
	day, err := time.Parse("2006-01", text)
	if err != nil {
		return viet.Date{}
	}
	return viet.NewDate(day.Year(), day.Month(), 1)
}

func monthWord(first viet.Date) string {
	if first.IsZero() {
		return ""
	}
	return first.ISO()[:len("2006-01")]
}

// activitiesView is the list with what was asked for.
type activitiesView struct {
	overview.ActivityList
	URL    *url.URL
	Filter overview.ActivityFilter
	Now    time.Time
}

func (v activitiesView) beyond() bool { return len(v.Rows) == 0 && v.Filter.Offset > 0 }

func (v activitiesView) sort() ui.Sort {
	return ui.Sort{URL: v.URL, By: v.URL.Query().Get(paths.SortParam)}
}

func (v activitiesView) pages() ui.Pages {
	return ui.Pages{URL: v.URL, Page: v.Filter.Offset/pageSize + 1, Size: pageSize, Total: v.Total, Noun: "hoạt động", Files: ui.FilesOf(v.URL)}
}

// title is "13 hoạt động quá hạn", "49 hoạt động hoàn thành trong tháng 4/2022".
func (v activitiesView) title() string {
	title := viet.FormatInt(v.Total) + " hoạt động"
	switch {
	case len(v.Filter.Statuses) == 1:
		title += " " + lower(v.Filter.Statuses[0].Word())
	case len(v.Filter.Statuses) > 1:
		title += " đã hoàn thành"
	}
	if m := v.Filter.DueIn; !m.IsZero() {
		title += " đến hạn trong " + monthName(m)
	}
	if m := v.Filter.DoneIn; !m.IsZero() {
		title += " hoàn thành trong " + monthName(m)
	}
	return title
}

func monthName(first viet.Date) string {
	return "tháng " + strconv.Itoa(int(first.Month())) + "/" + strconv.Itoa(first.Year())
}

// unit is the name of the unit asked for, as far as a row tells it.
func (v activitiesView) unit() string {
	switch {
	case v.Filter.Unit == "":
		return ""
	case len(v.Rows) > 0:
		return unitName(v.Rows[0].Name)
	}
	return "đơn vị đã chọn"
}

// meta says whose and which activities are listed.
func (v activitiesView) meta() string {
	var parts []string
	if u := v.unit(); u != "" {
		parts = append(parts, u)
	}
	if v.Filter.Kind != "" {
		parts = append(parts, kindWords[v.Filter.Kind])
	}
	for _, t := range v.task() {
		parts = append(parts, "Nhiệm vụ "+strconv.Itoa(t.No)+". "+t.Short)
	}
	if len(v.Filter.Tasks) == 1 && v.Filter.Tasks[0] == 0 {
		parts = append(parts, "Phần chung của kế hoạch")
	}
	return strings.Join(parts, ". ")
}

// task is the one numbered task asked for, if it is one.
func (v activitiesView) task() []overview.Task {
	if len(v.Filter.Tasks) != 1 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(v.Tasks), func(t overview.Task) bool { return t.No != v.Filter.Tasks[0] })
}

func (v activitiesView) tasks() []ui.Option {
	options := []ui.Option{{Label: "Tất cả"}}
	for _, t := range v.Tasks {
		options = append(options, ui.Option{Value: strconv.Itoa(t.No), Label: strconv.Itoa(t.No) + ". " + t.Short})
	}
	if n := len(v.Tasks); n > 0 {
		options = append(options, ui.Option{Value: numbered + strconv.Itoa(v.Tasks[n-1].No), Label: "Các nhiệm vụ, không kể phần chung"})
	}
	return append(options, ui.Option{Value: "0", Label: "Phần chung của kế hoạch"})
}

func (v activitiesView) statuses() []ui.Option {
	options := []ui.Option{{Label: "Tất cả, trừ việc đã dừng"}}
	for _, s := range gravest {
		options = append(options, ui.Option{Value: statusWords[s], Label: s.Word()})
	}
	return append(options, ui.Option{Value: finished, Label: "Đã hoàn thành, kể cả quá hạn"},
		ui.Option{Value: statusWords[progress.Cancelled], Label: progress.Cancelled.Word()})
}

func (v activitiesView) months() []ui.Option {
	options := []ui.Option{{Label: "Cả năm"}}
	for m := v.From; !m.IsZero() && m.Before(v.Until); m = firstOf(m.AddDays(31)) {
		m = firstOf(m)
		options = append(options, ui.Option{Value: monthWord(m), Label: "Tháng " + strconv.Itoa(int(m.Month()))})
	}
	return options
}

func firstOf(day viet.Date) viet.Date { return viet.NewDate(day.Year(), day.Month(), 1) }

// standing is how an activity stands, with the days that matter now.
func standing(a overview.Activity, today viet.Date) string {
	switch a.Status {
	case progress.Overdue:
		return "Quá hạn " + viet.FormatInt(a.Due.DaysUntil(today)) + " ngày"
	case progress.DueSoon:
		if a.Due == today {
			return "Hạn hôm nay"
		}
		return viet.UpperFirst(a.Due.Remaining(today))
	}
	return a.Status.Word()
}

// reached is "đến 31/10/2022: 54%", or when it was done.
func reached(a overview.Activity) string {
	switch {
	case !a.DoneOn.IsZero():
		return "ngày " + a.DoneOn.String()
	case a.AsOf.IsZero():
		return ""
	case a.Percent != "":
		return "đến " + a.AsOf.String() + ": " + viet.FormatNumber(a.Percent) + "%"
	}
	amount := viet.FormatNumber(a.Value)
	if a.Target != "" {
		amount += "/" + viet.FormatNumber(a.Target)
	}
	return "đến " + a.AsOf.String() + ": " + strings.TrimSpace(amount+" "+a.Measure)
}

func activitiesPage(v activitiesView) ui.Page {
	year := strconv.Itoa(v.Year)
	head := ui.Head{Title: v.title(), Crumbs: []ui.Link{
		{Label: "Năm " + year, Path: paths.Overview(v.Year)},
		{Label: "Tổng quan", Path: at(paths.Overview(v.Year), receiverParam, v.URL.Query().Get(receiverParam))}, {Label: "Hoạt động"}}}
	if meta := v.meta(); meta != "" {
		head.Meta = span(meta)
	}
	return ui.Page{Title: head.Title + " năm " + year, Head: head, PrintNote: "Hoạt động năm " + year}
}
