package progress

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/viet"
)

// Each fragment below joins what the log says to activity_fact f. An entry e
// counts unless another one replaces it.

// fold sums up the entries e of activity f. The place of an entry in the log is
// its day, then its writing: 40 bits are enough for the latter.
const (
	reached = `(e.percent >= 100 or e.value >= f.target)`
	place   = `((e.as_of - date '2000-01-01')::bigint << 40) + e.id`
	fold    = `
		max(e.at) as last_at,
		coalesce(bool_or(e.percent > 0 or e.value <> coalesce(f.baseline, 0)), false) as begun,
		min(e.as_of) filter (where ` + reached + `) as reached_on,
		max(` + place + `) filter (where ` + reached + `) = max(` + place + `) as holds`
)

func counts(moreOfReplacing string) string {
	return `not exists (select from progress r where r.replaces = e.id ` + moreOfReplacing + `)`
}

// doneOn is the first day on which l's activity was done, if it still is. Where
// evidence is required, a file must have been there too.
func doneOn(l, effective string) string {
	return `case
		when not f.evidence_required and ` + l + `.holds then ` + l + `.reached_on
		when ` + l + `.holds then (
		    select case when ` + l + `.reached_on > min(e.as_of) then ` + l + `.reached_on else min(e.as_of) end
		    from progress e
		    join progress_file p on p.progress_id = e.id
		    where e.activity_id = f.activity_id and ` + effective + `)
	end`
}

// Standing joins, as st, how the activity stands now: done_on (null: it is not
// done), begun, and last_at, when the last entry was written.
//
// Looking up for every entry whether it was replaced would take most of the time
// of the matrix; so the few activities with a correction are read again.
var Standing = `
	cross join lateral (
	    select bool_or(e.replaces is not null) as corrected,` + fold + `
	    from progress e
	    where e.activity_id = f.activity_id
	) l
	left join lateral (
	    select` + fold + `
	    from progress e
	    where l.corrected and e.activity_id = f.activity_id and ` + counts("") + `
	) k on l.corrected
	cross join lateral (
	    select l.last_at,
	           case when l.corrected then k.begun else l.begun end as begun,
	           case when l.corrected then ` + doneOn("k", counts("")) + ` else ` + doneOn("l", "true") + ` end as done_on
	    offset 0 -- else it would be worked out wherever st is named
	) st`

// Standings is [Standing] for many activities at once, which takes half as long: a
// query of activity_id, unit_id, task_no, start_on, due_on, stopped, done_on, begun
// and last_at for every activity of scope, what follows "from" in a query that
// joins activity_fact f.
func Standings(scope string) string {
	return `
	select f.activity_id, f.unit_id, f.task_no, f.start_on, f.due_on, f.stopped_reason <> '' as stopped, f.last_at,
	       case when f.corrected then k.begun else f.begun end as begun,
	       case when f.corrected then ` + doneOn("k", counts("")) + ` else ` + doneOn("f", "true") + ` end as done_on
	from (
	    select f.activity_id, f.unit_id, f.task_no, f.start_on, f.due_on, f.stopped_reason, f.evidence_required, f.baseline, f.target,
	           bool_or(e.replaces is not null) as corrected,` + fold + `
	    from ` + scope + `
	    left join progress e on e.activity_id = f.activity_id
	    group by f.activity_id
	) f
	left join lateral (
	    select` + fold + `
	    from progress e
	    where f.corrected and e.activity_id = f.activity_id and ` + counts("") + `
	) k on f.corrected`
}

// StandingAt is [Standing] at a cut-off: of the entries written before @before
// those about days until @data_to count, unless replaced before @before.
var StandingAt = `
	cross join lateral (
	    select` + fold + `
	    from progress e
	    where e.activity_id = f.activity_id and ` + countsAt + `
	) l
	cross join lateral (
	    select l.last_at, l.begun, ` + doneOn("l", countsAt) + ` as done_on
	    offset 0
	) st`

var countsAt = `e.as_of <= @data_to::date and e.at < @before::timestamptz and ` + counts(`and r.at < @before::timestamptz`)

// Latest joins, as cur, the current entry of the activity: entry_id, as_of,
// percent, value, note, at, by_name; all null when there is none.
var Latest = latest(counts(""))

// LatestAt is [Latest] at the cut-off of [StandingAt].
var LatestAt = latest(countsAt)

func latest(effective string) string {
	return `
	left join lateral (
	    select e.id as entry_id, e.as_of, trim_scale(e.percent)::text as percent, trim_scale(e.value)::text as value,
	           e.note, e.at, e.by_name
	    from progress e
	    where e.activity_id = f.activity_id and ` + effective + `
	    order by e.as_of desc, e.id desc
	    limit 1
	) cur on true`
}

// Cutoff says which entries count for a period: those about days until DataTo,
// written before Before.
type Cutoff struct {
	DataTo viet.Date
	Before time.Time
}

// Current is how an activity of the plan in force stands.
type Current struct {
	ActivityID plan.ActivityID
	Code       string
	Title      string
	Status     Status
	Start, Due viet.Date
	DoneOn     viet.Date // zero: not done
	LastAt     *time.Time
	AsOf       viet.Date // zero: nothing was logged
	Percent    string    // canonical numbers, "" = none
	Value      string
	Target     string
	Baseline   string
	Unit       string // unit of measure
	Note       string
	At         *time.Time
	ByName     string
	HasFile    bool
}

// Of returns how the activities of one unit's plan in force stand on a day, in
// the order of the plan.
func Of(ctx context.Context, db database.DB, campaign int64, unit actor.UnitID, today viet.Date) ([]Current, error) {
	list, err := database.All[Current](ctx, db, currents(Standing, Latest, counts("")),
		database.Args{"campaign": campaign, "unit": unit, "today": today})
	if err != nil {
		return nil, fmt.Errorf("progress of unit %d: %w", unit, err)
	}
	return list, nil
}

// At is [Of] at a cut-off, as things stood on its last day.
func At(ctx context.Context, db database.DB, campaign int64, unit actor.UnitID, cut Cutoff) ([]Current, error) {
	list, err := database.All[Current](ctx, db, currents(StandingAt, LatestAt, countsAt),
		database.Args{"campaign": campaign, "unit": unit, "today": cut.DataTo, "data_to": cut.DataTo, "before": cut.Before})
	if err != nil {
		return nil, fmt.Errorf("progress of unit %d at %s: %w", unit, cut.DataTo.ISO(), err)
	}
	return list, nil
}

func currents(standing, latest, effective string) string {
	return `
	select f.activity_id, f.code, f.title, ` + StatusSQL + ` as status, f.start_on as start, f.due_on as due, st.done_on, st.last_at,
	       cur.as_of, coalesce(cur.percent, '') as percent, coalesce(cur.value, '') as value,
	       coalesce(trim_scale(f.target)::text, '') as target, coalesce(trim_scale(f.baseline)::text, '') as baseline,
	       f.uom as unit, coalesce(cur.note, '') as note, cur.at, coalesce(cur.by_name, '') as by_name,
	       exists (select from progress e join progress_file p on p.progress_id = e.id
	               where e.activity_id = f.activity_id and ` + effective + `) as has_file
	from activity_fact f` + standing + latest + `
	where f.campaign_id = @campaign and f.unit_id = @unit
	order by f.task_no = 0, f.task_no, f.position, f.activity_id`
}
