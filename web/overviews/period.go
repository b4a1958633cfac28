package overviews

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// period is everything the page of a report period shows.
type period struct {
	overview.Reports
	Place    string
	Whole    string
	Scopes   []ui.Tab
	Tabs     []ui.Tab // plans and periods of the year
	Files    []ui.File
	Finding  []finding
	Deadline string
	LastDay  string
	Rest     string
	Clock    string
	Measures []ui.Measure
	Kinds    []kindRow
	Strip    []ui.StripItem
	Curve    curve
	Owing    []owing
	Missing  int
	Answered int // reports in force
	Outcomes []outcomes
	Columns  figureColumns
	Figures  []figureSection
	Followed []string // footnotes about units that are compared with what others had
	Asked    bool     // for any figure at all
	Verdict  verdict
	Mine     []ui.Link // one's own reports
	Summed   ui.Link   // the consolidated report, for who may see it
	Pack     string    // address of the meeting's papers, for who may take them along
}

// kindRow is the measures of one kind of unit.
type kindRow struct {
	Title    string
	Due      string
	Measures []ui.Measure
}

// readPeriod is what a page of a period is made from.
type readPeriod struct {
	reports overview.PeriodBoard
	figures overview.FigureBoard
}

// Period is where the reports of a period stand and what their figures come to, or
// one's own report beside the totals of all.
func (h Pages) Period(w http.ResponseWriter, r *http.Request) error {
	year, err := paths.Year(r)
	if err != nil {
		return err
	}
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	slug, query := chi.URLParam(r, "period"), r.URL.Query()
	verdict := verdictOf(r.URL, "Từ các lần gửi và nội dung báo cáo đang có hiệu lực, không qua số liệu tổng hợp sẵn. Số kỳ trước, cùng kỳ tính lại ở trang của kỳ đó.")
	b, found, err := confirmed(verdict.Asked, func() (readPeriod, error) {
		var b readPeriod
		var err error
		b.reports, b.figures, err = overview.PeriodAndFigures(ctx, h.DB, act, now, year, slug, query.Get(receiverParam))
		return b, err
	}, func(b readPeriod) (overview.Recounted, error) {
		found, err := overview.RecountPeriod(ctx, h.DB, b.reports)
		if err != nil {
			return found, err
		}
		figures, err := overview.RecountFigures(ctx, h.DB, b.figures)
		return overview.Recounted{Numbers: found.Numbers + figures.Numbers, Differences: append(found.Differences, figures.Differences...)}, err
	})
	if err != nil {
		return err
	}
	p := periodOf(b, viet.DateOf(now), found)
	p.Clock, p.Files = viet.Clock(now), ui.FilesOf(r.URL)
	if p.Summed, err = h.summed(ctx, act, now, year, slug, b.reports.Receiver.Unit); err != nil {
		return err
	}
	if meeting.May(act, b.reports.Receiver.ID) {
		p.Pack = paths.MeetingPack(paths.Consolidation(year, slug, b.reports.Receiver.Unit))
	}
	names := map[string]string{}
	for _, l := range b.figures.Lines {
		names[l.Code] = l.Code + " " + l.Name
	}
	p.Verdict = verdict.ofReports(found, b.reports.Scope, names, b.figures.Lines, periodLinksOf(b.reports.Scope, slug))
	if f, asked := respond.TableFormat(query); asked {
		return savePeriod(w, r, p, b, now, f)
	}
	return respond.Page(w, r, http.StatusOK, p.page(), showPeriod(p))
}

// periodOf puts the boards of a period into words and addresses.
func periodOf(b readPeriod, today viet.Date, found overview.Recounted) period {
	reports := b.reports
	l := periodLinksOf(reports.Scope, reports.Period.Slug)
	p := period{Reports: reports.Reports, Place: placeOf(reports.Scope), Whole: wholeOf(reports.Scope), Answered: reports.Answered,
		Tabs: yearTabs(reports.Scope, reports.Period.Slug), Asked: len(b.figures.Lines) > 0,
		Columns: figureColumnsOf(reports.Reports, reports.Rows), Outcomes: outcomesOf(reports, l)}
	p.Deadline, p.LastDay, p.Rest = spellOut(reports.Scope, dueOf(reports), today)
	for _, r := range reports.Receivers {
		if len(reports.Receivers) > 1 {
			to := periodLinks{year: l.year, period: l.period, receiver: r.Unit}
			p.Scopes = append(p.Scopes, ui.Tab{Label: scopeName(r), Path: to.page(), Current: r.Unit == reports.Receiver.Unit})
		}
	}
	for _, t := range reports.Statuses {
		item := outcomeItem(t, "#"+taskID(t.No))
		if item.Right != "" && reports.All {
			item.Opens = l.outcomes(t.No, report.Slow)
		}
		if hides(reports.Scope, reports.Answered) {
			item.Bar, item.Left, item.Right, item.Opens = nil, hidden, "", ""
		}
		p.Strip = append(p.Strip, item)
	}
	if p.Answered > 0 {
		for _, f := range b.figures.Followers() {
			p.Followed = append(p.Followed, report.FollowedNote(unitName(f.Name), f.Since))
		}
		p.Figures = figuresOf(b.figures, ownRows(reports.Scope, reports.Rows), l, wrongFigures(found))
	}
	// Where there is nothing to lead to, the strip leads to the list.
	for i, t := range reports.Statuses {
		if !p.hasFigures(t.No) {
			p.Strip[i].Path = l.outcomes(t.No, "")
		}
	}
	p.Measures = periodMeasures(reports.Measures, "", reports.All, l)
	if !reports.All {
		for i := range p.Measures {
			p.Measures[i].Note = p.Whole
		}
		p.Finding = ownReports(reports)
		for _, r := range reports.Rows {
			p.Mine = append(p.Mine, ui.Link{Label: "Báo cáo của " + unitName(r.Name), Path: l.report(r.Unit)})
		}
		return p
	}
	p.Finding = periodFinding(reports, l, today)
	p.Curve, p.Owing, p.Missing = periodCurve(reports, l, today), periodOwing(reports, l), reports.Measures[overview.NotReceived]
	if len(reports.Kinds) > 1 {
		p.Kinds = kindRows(reports, l)
	}
	return p
}

func (p period) hasFigures(task int) bool {
	for _, s := range p.Figures {
		if s.No == task {
			return true
		}
	}
	return false
}

// yearTabs are what there is to see of a year: the plans, and the reports of each
// period. here is the slug of the period one looks at.
func yearTabs(s overview.Scope, here string) []ui.Tab {
	receiver := ""
	if len(s.Receivers) > 1 {
		receiver = s.Receiver.Unit
	}
	tabs := []ui.Tab{{Label: "Kế hoạch", Path: linksOf(s.Year, receiver).overview(), Current: here == ""}}
	for _, p := range s.Reporting {
		l := periodLinks{year: s.Year, period: p.Slug, receiver: receiver}
		tabs = append(tabs, ui.Tab{Label: viet.UpperFirst(shortReport(p.Name, s.Year)), Path: l.page(), Current: p.Slug == here})
	}
	return tabs
}

// shortReport is "báo cáo 6 tháng", where the year is known.
func shortReport(period string, year int) string {
	return strings.TrimSuffix(strings.TrimSuffix(reportOf(period), " "+strconv.Itoa(year)), " đầu năm")
}

// periodMeasures are the five measures; those who may not see the units see the
// numbers alone.
func periodMeasures(of map[overview.PlanGroup]int, kind unit.Kind, open bool, l periodLinks) []ui.Measure {
	var all []ui.Measure
	for _, g := range []overview.PlanGroup{overview.Expected, overview.Received, overview.ReceivedOnTime, overview.InForce, overview.InForceOnTime} {
		m := ui.Measure{Label: measureWords[g], Value: of[g], Of: of[overview.Expected]}
		if g == overview.Expected {
			m.Of = 0
		}
		if open {
			m.Path = l.reports(planKinds[kind], planGroups[g])
		}
		all = append(all, m)
	}
	return all
}

var measureWords = map[overview.PlanGroup]string{
	overview.Expected:       "Phải gửi",
	overview.Received:       "Đã nhận",
	overview.ReceivedOnTime: "Nhận đúng hạn",
	overview.InForce:        "Đã tiếp nhận",
	overview.InForceOnTime:  "Tiếp nhận đúng hạn",
}

func kindRows(b overview.PeriodBoard, l periodLinks) []kindRow {
	var rows []kindRow
	same := true
	for _, k := range b.Kinds {
		same = same && deref(k.DueBefore).Equal(deref(b.Kinds[0].DueBefore))
	}
	for _, k := range b.Kinds {
		due := "" // said once, above, where all have the same
		if !same {
			due, _, _ = spellOut(b.Scope, deref(k.DueBefore), viet.Date{})
		}
		rows = append(rows, kindRow{Title: kindWords[k.Kind], Due: due, Measures: periodMeasures(k.Measures, k.Kind, true, l)})
	}
	return rows
}

// page says what surrounds the page of a period.
func (p period) page() ui.Page {
	l := periodLinksOf(p.Scope, p.Period.Slug)
	title := viet.UpperFirst(reportOf(p.Period.Name)) + ": " + viet.LowerFirst(p.Place)
	return ui.Page{Title: p.Verdict.marked(title), PrintNote: p.Place + ", " + reportOf(p.Period.Name), Wide: true,
		Head: ui.Head{Row: true, Actions: periodActions(p),
			Crumbs: []ui.Link{{Label: "Năm " + strconv.Itoa(p.Year), Path: linksOf(p.Year, l.receiver).overview()}, {Label: p.Place + ", " + reportOf(p.Period.Name)}}}}
}

// deadlines is where the deadlines of the period are told.
func (p period) deadlines() string { return paths.Deadlines(p.Year, p.Period.Slug) }

// data is the window of the figures.
func (p period) data() string {
	return "từ " + p.Period.DataFrom.String() + " đến " + p.Period.DataTo.String()
}

// rest is what follows the deadline.
func (p period) rest() string {
	if p.LastDay == "" {
		return p.Rest + ". "
	}
	return " (" + p.LastDay + ")" + p.Rest + ". "
}
