package overview

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// PeriodBoard says where the reports of a period stand, for the units that report
// to one receiver. Measures, days and statuses count every unit of the scope.
type PeriodBoard struct {
	Reports
	Measures  map[PlanGroup]int
	Kinds     []KindMeasures // for the kinds of unit in the scope
	Rows      []ReportRow    // the units one may see by name, in roster order
	Received  []DayCount     // first sendings of units expected, by day; days without one are left out
	Deadlines []DueCount     // of units expected, the earliest first
	Statuses  []TaskStatuses // for each of Tasks
	Answered  int            // units with a report in force, whose statuses those are
}

// KindMeasures are the measures of one kind of unit.
type KindMeasures struct {
	Kind      unit.Kind
	DueBefore *time.Time // common deadline, exclusive; nil: there is none
	Measures  map[PlanGroup]int
}

// DayCount is how many reports came in on a day.
type DayCount struct {
	On    viet.Date
	Count int
}

// DueCount is how many units have the same deadline, extensions counted.
type DueCount struct {
	Before time.Time // exclusive
	Count  int
}

// TaskStatuses is how a task went, by the reports in force.
type TaskStatuses struct {
	Task
	Counts map[report.Status]int
}

// ReportRow is one unit and its report.
type ReportRow struct {
	ID        actor.UnitID
	Unit      string // slug
	Name      string
	Short     string
	Kind      unit.Kind
	State     PlanState // of the working copy
	StateAt   *time.Time
	No        int        // of the sending in force, 0: none is
	Amending  bool       // a working copy is open beside it
	FirstSent *time.Time // the first sending that was not recalled
	DueBefore *time.Time // exclusive; that of the first sending, else the one in force now
	Expected  bool       // on the roster on the last day of the data
	LeftOn    viet.Date  // first day off the roster, if that has come
	Statuses  map[int]report.Status
}

// In says whether a measure of the period counts the unit.
func (r ReportRow) In(g PlanGroup) bool {
	return Row{Expected: r.Expected, FirstSent: r.FirstSent, DueBefore: r.DueBefore, InForce: r.No > 0}.In(g)
}

// DaysLate is how many days after the last day in time the report was first sent,
// or how many have passed without it; 0 or less: it is not late.
func (r ReportRow) DaysLate(today viet.Date) int {
	return PlanRow{FirstSent: r.FirstSent, DueBefore: r.DueBefore}.DaysLate(today)
}

// Period returns where the reports of a period stand, for the units reporting to
// receiver (slug; "" is the one nearest to act), in three statements. What act may
// not see, and a period in which no reports are filed, is [danvan/internal/fault.NotFound].
func Period(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period, receiver string) (PeriodBoard, error) {
	var b PeriodBoard
	var err error
	if b.Reports, err = reportsOf(ctx, db, act, year, period, receiver); err != nil {
		return b, fmt.Errorf("reports of %d/%s: %w", year, period, err)
	}
	units, err := reportersOf(ctx, db, b.Reports, now, nil, "")
	if err != nil {
		return b, fmt.Errorf("reports of %d/%s: %w", year, period, err)
	}
	b.fill(units)
	return b, nil
}

// PeriodAndFigures is [Period] and [Figures] in the four statements of the latter.
func PeriodAndFigures(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period, receiver string) (PeriodBoard, FigureBoard, error) {
	figures, err := Figures(ctx, db, act, now, year, period, receiver)
	if err != nil {
		return PeriodBoard{}, figures, err
	}
	b := PeriodBoard{Reports: figures.Reports}
	b.fill(figures.units)
	return b, figures, nil
}

func (b *PeriodBoard) fill(units []reporter) {
	b.Measures = map[PlanGroup]int{}
	for _, task := range b.Tasks {
		b.Statuses = append(b.Statuses, TaskStatuses{Task: task, Counts: map[report.Status]int{}})
	}
	days, due := map[viet.Date]int{}, map[time.Time]int{}
	for _, u := range units {
		r := u.row()
		kind := b.kind(u)
		for _, g := range PlanGroups {
			if r.In(g) {
				b.Measures[g]++
				kind.Measures[g]++
			}
		}
		if r.In(Received) {
			days[viet.DateOf(*r.FirstSent)]++
		}
		if r.Expected && r.DueBefore != nil {
			due[r.DueBefore.UTC()]++
		}
		if r.No > 0 {
			b.Answered++
		}
		for _, s := range b.Statuses {
			if status := r.Statuses[s.No]; status != "" {
				s.Counts[status]++
			}
		}
		// Who left before the data end and sent nothing has nothing to do here.
		if b.Names(r.ID) && (r.Expected || r.FirstSent != nil) {
			b.Rows = append(b.Rows, r)
		}
	}
	for on, n := range days {
		b.Received = append(b.Received, DayCount{on, n})
	}
	slices.SortFunc(b.Received, func(x, y DayCount) int { return x.On.Compare(y.On) })
	for before, n := range due {
		b.Deadlines = append(b.Deadlines, DueCount{before, n})
	}
	slices.SortFunc(b.Deadlines, func(x, y DueCount) int { return x.Before.Compare(y.Before) })
	slices.SortFunc(b.Kinds, func(x, y KindMeasures) int {
		return slices.Index(unit.Kinds, x.Kind) - slices.Index(unit.Kinds, y.Kind)
	})
}

// kind returns the measures of a unit's kind.
func (b *PeriodBoard) kind(u reporter) KindMeasures {
	i := slices.IndexFunc(b.Kinds, func(k KindMeasures) bool { return k.Kind == u.Kind })
	if i < 0 {
		i = len(b.Kinds)
		b.Kinds = append(b.Kinds, KindMeasures{Kind: u.Kind, DueBefore: u.KindDueBefore, Measures: map[PlanGroup]int{}})
	}
	return b.Kinds[i]
}

func (u reporter) row() ReportRow {
	return ReportRow{ID: u.ID, Unit: u.Unit, Name: u.Name, Short: u.Short, Kind: u.Kind, State: u.State, StateAt: u.StateAt, No: u.No,
		Amending: u.Amending, FirstSent: u.FirstSent, DueBefore: u.DueBefore, Expected: u.Expected, LeftOn: u.LeftOn, Statuses: u.Tasks}
}

// Row returns the row of a unit one may see by name.
func (b PeriodBoard) Row(slug string) (ReportRow, bool) {
	i := slices.IndexFunc(b.Rows, func(r ReportRow) bool { return r.Unit == slug })
	if i < 0 {
		return ReportRow{}, false
	}
	return b.Rows[i], true
}
