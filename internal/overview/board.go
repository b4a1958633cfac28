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
	today := viet.DateOf(now)
	t := b.tally(units, today)
	b.fill(units, t, now)
	b.Months = b.months(t)
	b.LateTotal = len(t.late)
	for _, l := range t.late[:min(LateShown, len(t.late))] {
		b.Late = append(b.Late, Late{Unit: l.unit.line.Unit, Short: l.unit.line.Short, Task: l.work.TaskNo, Code: l.work.Code, Title: l.work.Title,
			Due: l.work.DueOn, Days: l.work.DueOn.DaysUntil(today)})
	}
	return b, nil
}

// fill makes rows, columns and measures. Sums are sums of cells, over every unit
// of the scope; rows are made only of those one may see.
func (b *Board) fill(units []*standing, t tallies, now time.Time) {
	b.Measures, b.Deadlines = map[PlanGroup]int{}, map[unit.Kind]time.Time{}
	b.Columns = make([]progress.Tally, len(b.Tasks))
	for _, unit := range units {
		u := unit.line
		if u.KindDueBefore != nil {
			b.Deadlines[u.Kind] = *u.KindDueBefore
		}
		r := u.row(b.Scope, t, now)
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
		if b.Names(r.ID) && (u.InForce || u.onRoster(b.Scope, viet.DateOf(now))) {
			b.Rows = append(b.Rows, r)
		}
	}
}

// row puts one unit together.
func (u unitLine) row(s Scope, t tallies, now time.Time) Row {
	r := Row{ID: u.ID, Unit: u.Unit, Name: u.Name, Short: u.Short, Kind: u.Kind, State: u.PlanState, StateAt: u.StateAt,
		InForce: u.InForce, Amending: u.Amending, FirstSent: u.FirstSent, DueBefore: u.dueBefore(now),
		Expected: u.Expected, Common: t.cell(u.ID, 0), LastOn: viet.DateOf(t.last[u.ID]), Cells: make([]Cell, 0, len(s.Tasks))}
	if !u.LeftOn.IsZero() && !s.within(viet.DateOf(now)).Before(u.LeftOn) {
		r.LeftOn = u.LeftOn
	}
	for _, task := range s.Tasks {
		c := Cell{Tally: t.cell(u.ID, task.No), Out: u.Out[task.No]}
		r.Cells = append(r.Cells, c)
		r.Sum = r.Sum.Plus(c.Tally)
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
func (b Board) months(t tallies) []Month {
	last := monthOf(b.Until.AddDays(-1))
	for m := range t.doneIn {
		if m.After(last) {
			last = m
		}
	}
	var list []Month
	for m := monthOf(b.From); !m.IsZero() && !m.After(last); m = monthOf(m.AddDays(31)) {
		list = append(list, Month{First: m, Due: t.dueIn[m], Done: t.doneIn[m]})
	}
	return list
}

// Row returns the row of a unit one may see by name.
func (b Board) Row(slug string) (Row, bool) {
	i := slices.IndexFunc(b.Rows, func(r Row) bool { return r.Unit == slug })
	if i < 0 {
		return Row{}, false
	}
	return b.Rows[i], true
}
