package overviews

import (
	"slices"
	"strconv"
	"time"

	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// links builds addresses within one scope.
type links struct {
	year     int
	list     string // address of the activities
	receiver string // "" where there is nothing to choose
}

func linksOf(year int, receiver string) links {
	return links{year, paths.OverviewActivities(year), receiver}
}

func (l links) overview(pairs ...string) string {
	return at(paths.Overview(l.year), append(pairs, receiverParam, l.receiver)...)
}

func (l links) activities(pairs ...string) string {
	return at(l.list, append(pairs, receiverParam, l.receiver)...)
}

// plans always names the receiver: the list is of everything one may see, the
// measures are of those who report to one unit.
func (l links) plans(receiver string, g overview.PlanGroup) string {
	return at(paths.Plans(l.year), stateParam, planGroups[g], receiverParam, receiver)
}

// behind lists the units with work past its last day.
func (l links) behind(receiver string) string {
	return at(paths.Plans(l.year), behindParam, "1", receiverParam, receiver)
}

// lateLines is how many overdue activities stand beside the matrix: with more, a
// room would not see all of it at once.
const lateLines = 9

// provinceOf puts a board into words and addresses.
func provinceOf(b overview.Board, now time.Time) province {
	l := linksOf(b.Year, "")
	if len(b.Receivers) > 1 {
		l.receiver = b.Receiver.Unit
	}
	today := viet.DateOf(now)
	p := province{Year: b.Year, Own: !b.All, Place: placeOf(b.Scope), Whole: wholeOf(b.Scope), Clock: viet.Clock(now), Strip: stripOf(b, l), Banks: banksOf(b, l, today),
		Months: monthsOf(b, l, today), LateAll: b.LateTotal, LatePath: l.activities(statusParam, statusWords[progress.Overdue], paths.SortParam, "han"),
		Projector: l.overview(showParam, "1"), Screen: l.overview(), Periods: yearTabs(b.Scope, "")[1:]}
	p.Deadline, p.LastDay, p.Rest = deadlineOf(b, today)
	p.Common.Path = l.activities(taskParam, "0")
	p.CommonLate = l.activities(taskParam, "0", statusParam, statusWords[progress.Overdue])
	for _, r := range b.Rows {
		p.Common.Tally = p.Common.Tally.Plus(r.Common)
		for _, c := range r.Cells {
			p.Silent = p.Silent || r.InForce && c.Out == plan.ScopeNil
		}
	}
	for _, x := range b.Late[:min(len(b.Late), lateLines)] {
		p.Late = append(p.Late, late{Unit: x.Short, Plan: paths.Plan(b.Year, x.Unit), Task: x.Task, Title: x.Title,
			Path: paths.Activity(b.Year, x.Unit, x.Code), Days: x.Days})
	}
	for _, r := range b.Receivers {
		if len(b.Receivers) > 1 {
			p.Scopes = append(p.Scopes, ui.Tab{Label: scopeName(r), Path: linksOf(b.Year, r.Unit).overview(), Current: r.Unit == b.Receiver.Unit})
		}
	}
	if p.Own {
		p.Finding, p.Measures, p.Compared = ownFinding(b, l), ownMeasures(b, l), comparedOf(b)
		return p
	}
	p.Finding, p.Measures, p.Curve = findingOf(b, l), measuresOf(b, l), curveOf(b, l, today)
	p.Owing, p.Missing = owingOf(b), b.Measures[overview.NotReceived]
	return p
}

// placeOf says of whom the page tells.
func placeOf(s overview.Scope) string {
	if !s.All {
		return "Tổng quan của đơn vị"
	}
	return "Tổng quan " + wholeOf(s)
}

// wholeOf says whose averages are compared with one's own.
func wholeOf(s overview.Scope) string {
	if s.Receiver.Lead {
		return "toàn tỉnh"
	}
	return "các đơn vị gửi về " + s.Receiver.Short
}

// scopeName is the scope of a receiver among others.
func scopeName(r overview.Receiver) string {
	if r.Lead {
		return "Toàn tỉnh"
	}
	return r.Short
}

func columnOf(t overview.Task) column { return column{t.No, t.Short} }

// stripOf counts the rows one sees: everybody's, or one's own.
func stripOf(b overview.Board, l links) []ui.StripItem {
	var items []ui.StripItem
	for i, t := range b.Tasks {
		var sum progress.Tally
		for _, r := range b.Rows {
			sum = sum.Plus(r.Cells[i].Tally)
		}
		items = append(items, stripItem(columnOf(t), sum, func(status string) string {
			return l.activities(taskParam, strconv.Itoa(t.No), statusParam, status)
		}))
	}
	return items
}

func comparedOf(b overview.Board) []compared {
	var list []compared
	for i, t := range b.Tasks {
		c := compared{column: columnOf(t), Province: b.Columns[i]}
		for _, r := range b.Rows {
			c.Own = c.Own.Plus(r.Cells[i].Tally)
		}
		list = append(list, c)
	}
	return list
}

// curveOf counts the first sendings of the units that had to send, by day.
func curveOf(b overview.Board, l links, today viet.Date) curve {
	c := curve{What: "kế hoạch", Today: today, Expected: b.Measures[overview.Expected], Opens: b.OpensOn,
		List: l.plans(b.Receiver.Unit, overview.Received)}
	byDay := map[viet.Date]int{}
	for _, r := range b.Rows {
		if r.In(overview.Received) {
			byDay[viet.DateOf(*r.FirstSent)]++
		}
		if due, set := b.Deadlines[r.Kind]; set && viet.LastDayBefore(due).Next().After(c.Due) {
			c.Due = viet.LastDayBefore(due).Next()
		}
	}
	for day, n := range byDay {
		c.Sendings = append(c.Sendings, sending{day, n})
	}
	slices.SortFunc(c.Sendings, func(a, b sending) int { return a.On.Compare(b.On) })
	if n := len(c.Sendings); n > 0 && (c.Opens.IsZero() || c.Sendings[0].On.Before(c.Opens)) {
		c.Opens = c.Sendings[0].On
	}
	return c
}

// monthsOf leaves out the months before anything was due or done.
func monthsOf(b overview.Board, l links, today viet.Date) []month {
	var months []month
	for _, m := range b.Months {
		if len(months) == 0 && m.Due+m.Done == 0 {
			continue
		}
		months = append(months, month{No: int(m.First.Month()), Due: m.Due, Done: m.Done, Ahead: m.First.After(today),
			DuePath: l.activities(monthParam, monthWord(m.First)), DonePath: l.activities(doneParam, monthWord(m.First))})
	}
	return months
}

// owingOf lists the units that never sent, by the state of their plan.
func owingOf(b overview.Board) []owing {
	var groups []owing
	for _, s := range overview.PlanStates {
		g := owing{State: looks[s], Word: s.Word()}
		for _, r := range b.Rows {
			if r.In(overview.NotReceived) && r.State == s {
				g.Units = append(g.Units, ui.Link{Label: unitName(r.Name), Path: paths.Plan(b.Year, r.Unit)})
			}
		}
		if len(g.Units) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// showPage says what surrounds the province on one page.
func showPage(p province) ui.Page {
	year := strconv.Itoa(p.Year)
	return ui.Page{Title: p.Verdict.marked(p.Place + " năm " + year), PrintNote: p.Place + " năm " + year, Wide: true, Landscape: true, Projector: p.Projecting,
		Head: ui.Head{Row: true, Crumbs: []ui.Link{{Label: "Năm " + year}, {Label: p.Place}}, Actions: showActions(p)}}
}
