// Package overview reads across units: where their plans stand and how their
// activities do, for one receiver's direct reporters. It changes nothing, and
// counts from the facts of the versions in force in the same request.
package overview

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Board is the overview of one year for the units that report to one receiver.
// A scope adds only direct reporters: nothing is counted twice.
type Board struct {
	Scope
	Measures  map[PlanGroup]int       // of the plan period, over every unit of the scope
	Deadlines map[unit.Kind]time.Time // of the plan period, exclusive, without extensions
	Rows      []Row                   // the units one may see by name, in roster order
	Columns   []progress.Tally        // for each of Tasks, over every unit of the scope
	Sum       progress.Tally          // of Columns
	Common    progress.Tally          // the plans' common part (task 0), which no column counts
	Planned   int                     // units of the scope with a plan in force
	Late      []Late                  // overdue activities of Rows, longest first, at most [LateShown]
	LateTotal int                     // all of those
	Months    []Month                 // of the activities of Rows, in order
}

// Row is one unit of the matrix.
type Row struct {
	ID        actor.UnitID
	Unit      string // slug
	Name      string
	Short     string
	Kind      unit.Kind
	State     PlanState  // of the working copy
	StateAt   *time.Time // nil: nothing was made for it yet
	InForce   bool
	Amending  bool       // a working copy is open beside the version in force
	FirstSent *time.Time // the first sending that was not recalled
	DueBefore *time.Time // exclusive; that of the first sending, else the one in force now
	Expected  bool       // on the roster on the last day in time
	LeftOn    viet.Date  // first day off the roster, if that has come
	Cells     []Cell     // for each of Tasks
	Sum       progress.Tally
	Common    progress.Tally
	LastOn    viet.Date // day on which an entry was last written; zero: never
	Silent    bool      // nothing written for more than 60 days (lâu chưa cập nhật)
}

// Cell is one task of a unit's plan in force.
type Cell struct {
	progress.Tally
	Out string // "", or why there is nothing to count: plan.ScopeNone (KTPV), plan.ScopeNil
}

// In says whether a measure of the plan period counts the unit.
func (r Row) In(g PlanGroup) bool {
	return unitLine{Expected: r.Expected, InForce: r.InForce, FirstSent: r.FirstSent}.in(g, r.DueBefore)
}

// in says whether a measure of the plan period counts the unit, whose deadline in
// force is due.
func (u unitLine) in(g PlanGroup, due *time.Time) bool {
	received := u.Expected && u.FirstSent != nil
	onTime := received && due != nil && u.FirstSent.Before(*due)
	switch g {
	case Expected:
		return u.Expected
	case Received:
		return received
	case ReceivedOnTime:
		return onTime
	case InForce:
		return u.Expected && u.InForce
	case InForceOnTime:
		return onTime && u.InForce
	case NotReceived:
		return u.Expected && !received
	}
	return false
}

// Late is an activity past its last day.
type Late struct {
	Unit  string // slug
	Short string
	Task  int
	Code  string
	Title string
	Due   viet.Date
	Days  int // since its last day
}

// Month compares what fell due in a month with what was done in it. An activity
// may fall due in one month and be done in another.
type Month struct {
	First viet.Date // its first day
	Due   int
	Done  int
}

// StateGroup is the units whose plans stand alike.
type StateGroup struct {
	State PlanState
	Rows  []Row
}

// ByState groups the rows, those farthest from acceptance first. A plan in force
// is accepted, whatever is being amended beside it. Empty groups are left out.
func (b Board) ByState() []StateGroup {
	var list []StateGroup
	for _, s := range PlanStates {
		g := StateGroup{State: s}
		for _, r := range b.Rows {
			state := r.State
			if r.InForce {
				state = Accepted
			}
			if state == s {
				g.Rows = append(g.Rows, r)
			}
		}
		if len(g.Rows) > 0 {
			list = append(list, g)
		}
	}
	return list
}

const (
	// LateShown is how many overdue activities a board names.
	LateShown = 10
	// silentDays is how long a unit may write nothing before it is marked.
	silentDays = 60
)

// Of returns the board of a year for the units reporting to receiver (slug; "" is
// the one nearest to act) in three statements. What act may not see, and a year
// without campaign, is [danvan/internal/fault.NotFound].
func Of(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, receiver string) (Board, error) {
	return (*Memory)(nil).Of(ctx, db, act, now, year, receiver)
}

// Of is [Of], in one statement while nothing has changed since the last time.
func (m *Memory) Of(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, receiver string) (Board, error) {
	s, units, err := m.scope(ctx, db, act, year, receiver)
	if err != nil {
		return Board{}, fmt.Errorf("overview of %d: %w", year, err)
	}
	b := Board{Scope: s}
	b.fill(units, now)
	named := slices.DeleteFunc(units, func(u *standing) bool { return !b.Names(u.line.ID) })
	b.Months = b.months(named, viet.DateOf(now))
	b.Late, b.LateTotal = lateOf(named, viet.DateOf(now))
	return b, nil
}

// fill makes rows, columns and measures. Sums are sums of cells, over every unit
// of the scope; rows are made only of those one may see.
func (b *Board) fill(units []*standing, now time.Time) {
	b.Measures, b.Deadlines = map[PlanGroup]int{}, map[unit.Kind]time.Time{}
	b.Columns = make([]progress.Tally, len(b.Tasks))
	for _, u := range units {
		l := &u.line
		if l.KindDueBefore != nil {
			b.Deadlines[l.Kind] = *l.KindDueBefore
		}
		r := u.row(b.Scope, now)
		for _, g := range PlanGroups {
			if r.In(g) {
				b.Measures[g]++
			}
		}
		for i, c := range r.Cells {
			b.Columns[i] = b.Columns[i].Plus(c.Tally)
		}
		b.Sum, b.Common = b.Sum.Plus(r.Sum), b.Common.Plus(r.Common)
		if r.InForce {
			b.Planned++
		}
		if b.Names(r.ID) && (l.InForce || l.onRoster(b.Scope, viet.DateOf(now))) {
			b.Rows = append(b.Rows, r)
		}
	}
}

// row puts one unit together.
func (u *standing) row(s Scope, now time.Time) Row {
	l, c := &u.line, u.on(viet.DateOf(now))
	r := Row{ID: l.ID, Unit: l.Unit, Name: l.Name, Short: l.Short, Kind: l.Kind, State: l.PlanState, StateAt: l.StateAt,
		InForce: l.InForce, Amending: l.Amending, FirstSent: l.FirstSent, DueBefore: l.dueBefore(now),
		Expected: l.Expected, Common: c.cells[0], LastOn: viet.DateOf(c.last), Cells: make([]Cell, 0, len(s.Tasks))}
	if !l.LeftOn.IsZero() && !s.within(viet.DateOf(now)).Before(l.LeftOn) {
		r.LeftOn = l.LeftOn
	}
	for _, task := range s.Tasks {
		cell := Cell{Tally: c.cells[task.No], Out: l.Out[task.No]}
		r.Cells = append(r.Cells, cell)
		r.Sum = r.Sum.Plus(cell.Tally)
	}
	if r.InForce {
		since := r.LastOn
		if since.IsZero() && r.FirstSent != nil {
			since = viet.DateOf(*r.FirstSent) // the log has been open since
		}
		r.Silent = !since.IsZero() && since.DaysUntil(viet.DateOf(now)) > silentDays
	}
	return r
}

// months lists every month of the campaign, and later ones in which something
// was done.
func (b *Board) months(units []*standing, today viet.Date) []Month {
	due, done := map[viet.Date]int{}, map[viet.Date]int{}
	last := monthOf(b.Until.AddDays(-1))
	for _, u := range units {
		c := u.on(today)
		for m, n := range c.dueIn {
			due[m] += n
		}
		for m, n := range c.doneIn {
			done[m] += n
			if m.After(last) {
				last = m
			}
		}
	}
	var list []Month
	for m := monthOf(b.From); !m.IsZero() && !m.After(last); m = monthOf(m.AddDays(31)) {
		list = append(list, Month{First: m, Due: due[m], Done: done[m]})
	}
	return list
}

// lateOf returns the activities of units that are overdue longest, and how many
// are overdue.
func lateOf(units []*standing, today viet.Date) (list []Late, total int) {
	type late struct {
		*work
		of *standing
	}
	var first []late
	for _, u := range units {
		all := u.on(today).late
		total += len(all)
		for _, w := range all[:min(LateShown, len(all))] {
			first = append(first, late{w, u})
		}
	}
	slices.SortFunc(first, func(a, b late) int { return longestLate(a.work, b.work) })
	for _, l := range first[:min(LateShown, len(first))] {
		list = append(list, Late{Unit: l.of.line.Unit, Short: l.of.line.Short, Task: l.TaskNo, Code: l.Code, Title: l.Title,
			Due: l.DueOn, Days: l.DueOn.DaysUntil(today)})
	}
	return list, total
}

// Row returns the row of a unit one may see by name.
func (b Board) Row(slug string) (Row, bool) {
	i := slices.IndexFunc(b.Rows, func(r Row) bool { return r.Unit == slug })
	if i < 0 {
		return Row{}, false
	}
	return b.Rows[i], true
}
