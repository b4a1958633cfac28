package overview

import (
	"context"
	"sync/atomic"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// standing is how a unit's plan and its activities stand. Nothing of it
// is ever changed but what was counted last.
type standing struct {
	head  string    // see [Memory]
	at    time.Time // of the machine
	line  unitLine
	works []work // in the order of the plan, the common part last

	counted atomic.Pointer[counts] // of the day last asked for
}

// standingsOf reads how some units stand, in two statements.
func standingsOf(ctx context.Context, db database.DB, campaign campaign.ID, ids []actor.UnitID) (map[actor.UnitID]*standing, error) {
	lines, err := unitsOf(ctx, db, campaign, ids)
	if err != nil {
		return nil, err
	}
	works, err := worksOf(ctx, db, campaign, ids)
	if err != nil {
		return nil, err
	}
	units := make(map[actor.UnitID]*standing, len(lines))
	for _, l := range lines {
		units[l.ID] = &standing{line: l}
	}
	for _, w := range works {
		if u := units[w.UnitID]; u != nil { // else it joined the roster between the two
			u.works = append(u.works, w)
		}
	}
	return units, nil
}

// work is one activity in force and how it stands.
type work struct {
	ActivityID plan.ActivityID
	UnitID     actor.UnitID
	TaskNo     int
	Code       string
	Title      string
	Target     string // canonical numbers, "" = none
	Measure    string // unit of measure
	StartOn    viet.Date
	DueOn      viet.Date
	Stopped    bool
	DoneOn     viet.Date // zero: not done
	Begun      bool
	LastAt     *time.Time // of the last entry; nil: none was written
	AsOf       viet.Date  // of the current entry; zero: none
	Percent    string     // reached by then, canonical, "" = none
	Value      string
}

func (w work) status(today viet.Date) progress.Status {
	return progress.StatusOf(progress.Work{Start: w.StartOn, Due: w.DueOn, Stopped: w.Stopped, DoneOn: w.DoneOn, Begun: w.Begun}, today)
}

// worksOf returns every activity in force of some units, each unit's in the order
// of its plan.
func worksOf(ctx context.Context, db database.DB, campaign campaign.ID, ids []actor.UnitID) ([]work, error) {
	return database.All[work](ctx, db, `
		select st.activity_id, st.unit_id, st.task_no, f.code, f.title, coalesce(trim_scale(f.target)::text, '') as target,
		       coalesce(f.uom, '') as measure, st.start_on, st.due_on, st.stopped, st.done_on, st.begun, st.last_at,
		       cur.as_of, coalesce(cur.percent, '') as percent, coalesce(cur.value, '') as value
		from (`+progress.Standings(`
		    unnest(@ids::bigint[]) r (unit_id)
		    join activity_fact f on f.campaign_id = @campaign and f.unit_id = r.unit_id`)+`
		) st
		join activity_fact f on f.activity_id = st.activity_id`+progress.Latest+`
		order by f.unit_id, f.task_no = 0, f.task_no, f.position, f.activity_id`,
		database.Args{"campaign": campaign, "ids": ids})
}
