package overview

import (
	"context"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// place is a cell of the matrix.
type place struct {
	unit actor.UnitID
	task int
}

// tallies is everything that is counted from the activities of a scope.
type tallies struct {
	cells  map[place]progress.Tally
	last   map[actor.UnitID]viet.Date // day of the last entry
	dueIn  map[viet.Date]int          // by first day of the month
	doneIn map[viet.Date]int
	late   []lateLine
}

type lateLine struct {
	activity plan.ActivityID
	due      viet.Date
}

// tallyLine is one group of the statement; which one, its only key says.
type tallyLine struct {
	UnitID *actor.UnitID
	TaskNo *int
	DueIn  viet.Date
	DoneIn viet.Date
	LateID *plan.ActivityID
	DueOn  viet.Date
	LastAt *time.Time
	progress.Tally
}

// talliesOf counts every activity in force of the scope in one statement: by unit
// and task, and, of the units shown by name, by the month due, by the month done,
// and one by one what is overdue. The activities are looked at once for all.
func talliesOf(ctx context.Context, db database.DB, s Scope, today viet.Date) (tallies, error) {
	lines, err := database.All[tallyLine](ctx, db, `
		with work as materialized (
		    select f.activity_id, f.unit_id, f.task_no, f.start_on, f.due_on, st.done_on, st.last_at,
		           `+progress.StatusSQL+` as status, @all or f.unit_id = any(@own::bigint[]) as named
		    from roster r
		    join activity_fact f on f.campaign_id = r.campaign_id and f.unit_id = r.unit_id`+progress.Standing+`
		    where r.campaign_id = @campaign and r.reports_to = @receiver
		), keyed as (
		    select *,
		           case when named then date_trunc('month', due_on::timestamp)::date end as due_in,
		           case when named then date_trunc('month', done_on::timestamp)::date end as done_in,
		           case when named and status = 'overdue' then activity_id end as late_id
		    from work
		)
		select unit_id, task_no, due_in, done_in, late_id, min(due_on) as due_on, max(last_at) as last_at,
		       count(*) filter (where status = 'cancelled') as cancelled,
		       count(*) filter (where status = 'done') as done,
		       count(*) filter (where status = 'done_late') as done_late,
		       count(*) filter (where status = 'overdue') as overdue,
		       count(*) filter (where status = 'due_soon') as due_soon,
		       count(*) filter (where status = 'in_progress') as in_progress,
		       count(*) filter (where status = 'not_started') as not_started,
		       count(*) filter (where status = 'not_started' and start_on < @today::date) as behind
		from keyed
		group by grouping sets ((unit_id, task_no), (due_in), (done_in), (late_id))`,
		s.args(database.Args{"today": today}))
	if err != nil {
		return tallies{}, err
	}
	t := tallies{cells: map[place]progress.Tally{}, last: map[actor.UnitID]viet.Date{}, dueIn: map[viet.Date]int{}, doneIn: map[viet.Date]int{}}
	for _, l := range lines {
		switch {
		case l.UnitID != nil && l.TaskNo != nil:
			t.cells[place{*l.UnitID, *l.TaskNo}] = l.Tally
			if l.LastAt != nil {
				t.last[*l.UnitID] = later(t.last[*l.UnitID], viet.DateOf(*l.LastAt))
			}
		case !l.DueIn.IsZero():
			t.dueIn[l.DueIn] = l.Total()
		case !l.DoneIn.IsZero():
			t.doneIn[l.DoneIn] = l.Total()
		case l.LateID != nil:
			t.late = append(t.late, lateLine{*l.LateID, l.DueOn})
		}
	}
	return t, nil
}

// args adds the arguments that narrow activities to the scope.
func (s Scope) args(args database.Args) database.Args {
	args["campaign"], args["receiver"], args["all"] = s.Campaign, s.Receiver.ID, s.All
	args["own"] = append([]actor.UnitID{}, s.Own...)
	return args
}

func later(a, b viet.Date) viet.Date {
	if a.After(b) {
		return a
	}
	return b
}

// overdue lists what is overdue, longest first.
func (t tallies) overdue() []lateLine {
	slices.SortFunc(t.late, func(a, b lateLine) int {
		if d := a.due.Compare(b.due); d != 0 {
			return d
		}
		return int(a.activity - b.activity)
	})
	return t.late
}

// nameLate returns the activities of lines with what they are called.
func nameLate(ctx context.Context, db database.DB, lines []lateLine, today viet.Date) ([]Late, error) {
	ids := make([]plan.ActivityID, len(lines))
	for i, l := range lines {
		ids[i] = l.activity
	}
	return database.All[Late](ctx, db, `
		select u.slug as unit, v.short, f.task_no as task, f.code, f.title, f.due_on as due, @today::date - f.due_on as days
		from activity_fact f
		join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
		join unit u on u.id = f.unit_id
		join unit_version v on v.id = r.unit_version_id
		where f.activity_id = any(@ids::bigint[])
		order by f.due_on, f.activity_id`,
		database.Args{"ids": ids, "today": today})
}
