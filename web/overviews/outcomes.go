package overviews

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// outcomeParam narrows the units to those that say the same of a task.
const outcomeParam = "ket-qua"

// outcomeWords are the statuses in addresses.
var outcomeWords = map[report.Status]string{
	report.Good:          "hoan-thanh-tot",
	report.Done:          "hoan-thanh",
	report.OnTime:        "dung-tien-do",
	report.Slow:          "cham-tien-do",
	report.NotBegun:      "chua-thuc-hien",
	report.NotApplicable: "khong-thuoc-pham-vi",
}

// outcomeKinds is the look of each status.
var outcomeKinds = map[report.Status]ui.Kind{
	report.Good:          ui.Done,
	report.Done:          ui.Done,
	report.OnTime:        ui.Going,
	report.Slow:          ui.Overdue,
	report.NotBegun:      ui.Idle,
	report.NotApplicable: ui.None,
}

// outcomes is how one task went, by the reports in force.
type outcomes struct {
	column
	Own    []value // what one's own units say
	Counts []count // for each of report.Statuses
	Path   string  // of all units
}

// count opens into what was counted.
type count struct {
	Status report.Status
	Number int
	Path   string
	Hidden bool // of too few units to be told
}

func outcomesOf(b overview.PeriodBoard, l periodLinks) []outcomes {
	var list []outcomes
	for _, t := range b.Statuses {
		o := outcomes{column: columnOf(t.Task), Path: l.outcomes(t.No, "")}
		for _, s := range report.Statuses {
			c := count{Status: s, Number: t.Counts[s], Hidden: hides(b.Scope, b.Answered)}
			if b.All {
				c.Path = l.outcomes(t.No, s)
			}
			o.Counts = append(o.Counts, c)
		}
		for _, r := range ownRows(b.Scope, b.Rows) {
			o.Own = append(o.Own, outcomeValue(r, t.No, l))
		}
		list = append(list, o)
	}
	return list
}

// outcomeValue is how a unit says a task went, open to where it says so.
func outcomeValue(r overview.ReportRow, task int, l periodLinks) value {
	switch status := r.Statuses[task]; {
	case status != "":
		return value{Text: status.Word(), Path: l.section(r, task)}
	case r.No == 0:
		return value{Text: "chưa có báo cáo có hiệu lực", Quiet: true}
	}
	return value{Text: "chưa nêu", Gap: true}
}

// section is the part of a task in the report in force.
func (l periodLinks) section(r overview.ReportRow, task int) string {
	return paths.Version(l.report(r.Unit), r.No) + "#" + taskID(task)
}

// outcomeItem is a task of the strip: what is done of it by the reports in force.
func outcomeItem(t overview.TaskStatuses, path string) ui.StripItem {
	item := ui.StripItem{No: t.No, Title: t.Short, Path: path}
	asked, done := 0, 0
	for _, s := range report.Statuses {
		n := t.Counts[s]
		if s == report.NotApplicable || n == 0 {
			continue
		}
		asked += n
		if s == report.Good || s == report.Done {
			done += n
		}
		item.Bar = append(item.Bar, ui.Segment{Fill: outcomeKinds[s], Count: n})
	}
	item.Left = viet.NoRatio
	if asked > 0 {
		item.Left = viet.FormatInt(done) + "/" + viet.FormatInt(asked)
	}
	if n := t.Counts[report.Slow]; n > 0 {
		item.Right, item.Tone = viet.FormatInt(n)+" "+viet.LowerFirst(report.Slow.Word()), ui.Bad
	}
	return item
}

// Outcomes lists how a task went, unit by unit.
func (h Pages) Outcomes(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	b, err := overview.Period(r.Context(), h.DB, current.Actor(r), current.Now(r), year, chi.URLParam(r, "period"), query.Get(receiverParam))
	if err != nil {
		return err
	}
	no, err := strconv.Atoi(chi.URLParam(r, "task"))
	i := slices.IndexFunc(b.Tasks, func(t overview.Task) bool { return t.No == no })
	if err != nil || i < 0 {
		return fault.NotFound
	}
	v := outcomesViewOf(b, b.Tasks[i], named(outcomeWords, query.Get(outcomeParam)))
	v.URL, v.Files, v.At = r.URL, ui.FilesOf(r.URL), current.Now(r)
	if f, asked := respond.TableFormat(query); asked {
		return respond.Table(w, r, v.table(), f)
	}
	return respond.Page(w, r, http.StatusOK, v.page(), outcomesList(v))
}
