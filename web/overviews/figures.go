package overviews

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strconv"

	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// figureSection is the figures of one task.
type figureSection struct {
	No    int // 0: the common part
	ID    string
	Title string
	Rows  []figureRow
}

// figureRow is one indicator: the total of the scope, or one's own figures beside it.
type figureRow struct {
	Code      string
	Name      string
	Unit      string // đơn vị tính
	Sub       bool   // a part of the one above
	Wrong     bool   // a recount did not confirm it
	Path      string // of what it is made of
	Own       []value
	Total     value
	From      string // "3/6 đơn vị"
	Mean      string
	Estimated string
	Before    value
	LastYear  value
	Change    change
}

// figureColumns say which columns the figures of a page want.
type figureColumns struct {
	Own      []string // of whom, "" for everybody's
	Now      string   // "Năm 2022"
	Before   string   // "6 tháng đầu năm 2022", "" where no period came before
	LastYear string   // "Cùng kỳ năm 2021"
	Whole    string   // whose totals stand beside one's own: "toàn tỉnh"
}

func figureColumnsOf(b overview.Reports, rows []overview.ReportRow) figureColumns {
	c := figureColumns{Now: b.Period.Name, Before: b.Previous.Name, LastYear: "Cùng kỳ năm " + strconv.Itoa(b.Year-1), Whole: wholeOf(b.Scope)}
	if !b.All {
		for _, r := range rows {
			c.Own = append(c.Own, unitName(r.Name))
		}
	}
	return c
}

// figuresOf puts the lines of a board under their tasks.
func figuresOf(b overview.FigureBoard, own []overview.ReportRow, l periodLinks, wrong map[string]bool) []figureSection {
	byTask := map[int][]figureRow{}
	for _, line := range b.Lines {
		row := figureRow{Code: line.Code, Name: line.Name, Unit: line.Unit, Sub: line.Parent != "", Wrong: wrong[line.Code], Path: l.figure(line.Code)}
		if b.All {
			row.fill(line)
		} else if !row.beside(b, line, own, l) {
			continue
		}
		byTask[line.Task] = append(byTask[line.Task], row)
	}
	var sections []figureSection
	add := func(no int, title string) {
		if len(byTask[no]) > 0 {
			sections = append(sections, figureSection{No: no, ID: taskID(no), Title: title, Rows: byTask[no]})
		}
	}
	names := map[int]string{}
	for _, t := range b.Tasks {
		names[t.No] = t.Short
	}
	for _, no := range slices.Sorted(maps.Keys(byTask)) { // also of a task that the directive does not have
		if no > 0 {
			add(no, cmp.Or(names[no], "Nhiệm vụ "+strconv.Itoa(no)))
		}
	}
	add(0, commonTitle)
	return sections
}

const commonTitle = "Phong trào thi đua Dân vận khéo và nội dung chung"

// taskID is where the figures of a task begin on the page.
func taskID(no int) string { return "nv" + strconv.Itoa(no) }

// fill tells of everybody.
func (r *figureRow) fill(l overview.FigureLine) {
	r.Unit = sumUnit(l.Indicator)
	r.Total, r.From = sumValue(l.Indicator, l.Sum, r.Path), fromOf(l.Sum)
	if l.Estimated != nil {
		r.Estimated = sumText(l.Indicator, l.Estimated)
	}
	r.Before = comparedValue(l, l.Previous)
	r.LastYear = comparedValue(l, l.LastYear)
	r.Change = sumChange(l.Indicator, l.LastYear.Now, l.LastYear.Value)
	if l.LastYear.Units != l.Sum.Numbers {
		r.Change.Note = ofThose(l)
	}
}

// comparedValue is the figure of another period, with how many units could be
// compared where those are not all.
func comparedValue(l overview.FigureLine, c overview.Compared) value {
	if c.Value == nil {
		return nothing
	}
	v := value{Text: sumText(l.Indicator, c.Value)}
	if c.Units != l.Sum.Numbers {
		v.Small = "của " + unitsText(c.Units)
	}
	return v
}

// ofThose says what the change is of, where that is not the total beside it: "1.496
// của 15 đơn vị có số cùng kỳ".
func ofThose(l overview.FigureLine) string {
	words := "của " + unitsText(l.LastYear.Units) + " có số cùng kỳ"
	if l.LastYear.Now == nil {
		return words
	}
	return sumText(l.Indicator, l.LastYear.Now) + " " + words
}

func unitsText(n int) string { return viet.FormatInt(n) + " đơn vị" }

// fromOf is n of "từ n/N đơn vị".
func fromOf(s indicator.Sum) string {
	return viet.FormatInt(s.Numbers) + "/" + viet.FormatInt(s.Of()) + " đơn vị"
}

// beside puts one's own figures beside the total of all, and reports whether one is
// asked for them.
func (r *figureRow) beside(b overview.FigureBoard, l overview.FigureLine, own []overview.ReportRow, to periodLinks) bool {
	asked := false
	for _, o := range own {
		u, ok := b.UnitFigure(o.ID, l.Code)
		if !ok {
			r.Own = append(r.Own, nothing)
			continue
		}
		asked = true
		v := unitValue(l.Indicator, u)
		v.Path = to.typed(u.ReportRow, l.Code)
		r.Own = append(r.Own, v)
		if len(own) > 1 {
			continue
		}
		if u.Figure.Estimated != nil {
			r.Estimated = unitText(l.Indicator, u, u.Figure.Estimated)
		}
		r.Before, r.LastYear = thenValue(l.Indicator, u, u.Before), thenValue(l.Indicator, u, u.LastYear)
		r.Change = changeOf(l.Indicator, u.Value, u.LastYear)
	}
	r.Total, r.From, r.Mean = sumValue(l.Indicator, l.Sum, ""), fromOf(l.Sum), meanText(l)
	if hides(b.Scope, l.Sum.Numbers) && l.Sum.Value != nil {
		r.Total, r.Mean = value{Text: hidden, Quiet: true}, hidden
	}
	return asked
}

// thenValue is a unit's figure of another time.
func thenValue(i indicator.Indicator, u overview.UnitFigure, r *big.Rat) value {
	if r == nil {
		return nothing
	}
	return value{Text: unitText(i, u, r)}
}

// periodLinks builds addresses within one scope of a period.
type periodLinks struct {
	year     int
	period   string
	receiver string // "" where there is nothing to choose
	to       string // slug of whom those of the scope report to
}

func periodLinksOf(s overview.Scope, period string) periodLinks {
	l := periodLinks{year: s.Year, period: period, to: s.Receiver.Unit}
	if len(s.Receivers) > 1 {
		l.receiver = s.Receiver.Unit
	}
	return l
}

func (l periodLinks) page(pairs ...string) string {
	return at(paths.PeriodOverview(l.year, l.period), append(pairs, receiverParam, l.receiver)...)
}

func (l periodLinks) figure(code string, pairs ...string) string {
	return at(paths.FigureBreakdown(l.year, l.period, code), append(pairs, receiverParam, l.receiver)...)
}

func (l periodLinks) outcomes(no int, s report.Status) string {
	return at(paths.TaskOutcomes(l.year, l.period, no), outcomeParam, outcomeWords[s], receiverParam, l.receiver)
}

// reports always names the receiver: the list is of everything one may see, the
// measures are of those who report to one unit.
func (l periodLinks) reports(kind, state string, pairs ...string) string {
	return at(paths.Reports(l.year, l.period), append(pairs, stateParam, state, kindParam, kind, receiverParam, l.to)...)
}

func (l periodLinks) report(unit string) string { return paths.Report(l.year, l.period, unit) }

// typed is where somebody typed a figure, "" without a report in force.
func (l periodLinks) typed(r overview.ReportRow, code string) string {
	if r.No == 0 {
		return ""
	}
	return paths.Version(l.report(r.Unit), r.No) + "#" + paths.FigureAnchor(code)
}

// ownRows are the units whose figures stand beside the totals.
func ownRows(s overview.Scope, rows []overview.ReportRow) []overview.ReportRow {
	if s.All {
		return nil
	}
	return rows
}
