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

// work is one activity in force and how it stands.
type work struct {
	ActivityID plan.ActivityID
	UnitID     actor.UnitID
	TaskNo     int
	StartOn    viet.Date
	DueOn      viet.Date
	Stopped    bool
	DoneOn     viet.Date // zero: not done
	Begun      bool
	LastAt     *time.Time // of the last entry; nil: none was written
}

func (w work) status(today viet.Date) progress.Status {
	return progress.StatusOf(progress.Work{Start: w.StartOn, Due: w.DueOn, Stopped: w.Stopped, DoneOn: w.DoneOn, Begun: w.Begun}, today)
}

// worksOf returns every activity in force of the units that report to the receiver.
func worksOf(ctx context.Context, db database.DB, s Scope) ([]work, error) {
	return database.All[work](ctx, db, progress.Standings(everyWork),
		database.Args{"campaign": s.Campaign, "receiver": s.Receiver.ID})
}

// everyWork is the activities of all units that report to the receiver.
const everyWork = `roster r
	join activity_fact f on f.campaign_id = r.campaign_id and f.unit_id = r.unit_id and r.campaign_id = @campaign and r.reports_to = @receiver`

// place is a cell of the matrix.
type place struct {
	unit actor.UnitID
	task int
}

// tallies is everything that is counted from the activities of a scope: by unit
// and task, and of the units shown by name, by the month due, by the month done,
// and one by one what is overdue.
type tallies struct {
	cells  map[place]*progress.Tally
	last   map[actor.UnitID]time.Time // when the last entry was written
	dueIn  map[viet.Date]int          // by first day of the month
	doneIn map[viet.Date]int
	late   []work // longest overdue first
}

// tally counts works as they stand on a day.
func (s Scope) tally(works []work, today viet.Date) tallies {
	t := tallies{cells: map[place]*progress.Tally{}, last: map[actor.UnitID]time.Time{}, dueIn: map[viet.Date]int{}, doneIn: map[viet.Date]int{}}
	for _, w := range works {
		status := w.status(today)
		at := place{w.UnitID, w.TaskNo}
		if t.cells[at] == nil {
			t.cells[at] = &progress.Tally{}
		}
		t.cells[at].Count(status, w.StartOn, today)
		if w.LastAt != nil && w.LastAt.After(t.last[w.UnitID]) {
			t.last[w.UnitID] = *w.LastAt
		}
		if status == progress.Cancelled || !s.Names(w.UnitID) {
			continue
		}
		t.dueIn[monthOf(w.DueOn)]++
		if !w.DoneOn.IsZero() {
			t.doneIn[monthOf(w.DoneOn)]++
		}
		if status == progress.Overdue {
			t.late = append(t.late, w)
		}
	}
	slices.SortFunc(t.late, func(a, b work) int {
		if d := a.DueOn.Compare(b.DueOn); d != 0 {
			return d
		}
		return int(a.ActivityID - b.ActivityID)
	})
	return t
}

func (t tallies) cell(unit actor.UnitID, task int) progress.Tally {
	if c := t.cells[place{unit, task}]; c != nil {
		return *c
	}
	return progress.Tally{}
}

// monthOf is the first day of the month of d.
func monthOf(d viet.Date) viet.Date { return viet.NewDate(d.Year(), d.Month(), 1) }

// args adds the arguments that narrow activities to the scope.
func (s Scope) args(args database.Args) database.Args {
	args["campaign"], args["receiver"], args["all"] = s.Campaign, s.Receiver.ID, s.All
	args["own"] = append([]actor.UnitID{}, s.Own...)
	return args
}

// name is what an activity is called.
type name struct {
	ActivityID plan.ActivityID
	Code       string
	Title      string
}

// namesOf returns what the activities of works are called.
func namesOf(ctx context.Context, db database.DB, works []work) ([]name, error) {
	ids := make([]plan.ActivityID, len(works))
	for i, w := range works {
		ids[i] = w.ActivityID
	}
	return database.All[name](ctx, db, `
		select activity_id, code, title
		from activity_fact
		where activity_id = any(@ids::bigint[])`,
		database.Args{"ids": ids})
}
