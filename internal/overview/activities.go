package overview

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// ActivityOrder is a column one may sort by.
type ActivityOrder string

const (
	ByPlace  ActivityOrder = ""       // roster, then the order of the plan
	ByDue    ActivityOrder = "due"    // what fell due first, first
	ByTitle  ActivityOrder = "title"  // Vietnamese alphabetical order
	ByStatus ActivityOrder = "status" // the gravest first
)

// activityOrders hold an expression for each order, %s for the direction.
var activityOrders = map[ActivityOrder]string{
	ByPlace: "r.position %s",
	ByDue:   "f.due_on %s",
	ByTitle: `f.title collate "vi-x-icu" %s`,
	ByStatus: `array_position(array['overdue', 'due_soon', 'not_started', 'in_progress', 'done_late', 'done', 'cancelled'],
		               ` + progress.StatusSQL + `) %s`,
}

// planOrder puts apart what an order leaves together.
const planOrder = "r.position, f.unit_id, f.task_no = 0, f.task_no, f.position, f.activity_id"

// narrowed is the activities f of the units r of the list, standings the same with
// how each of them stands as st.
const narrowed = `seen r
	join activity_fact f on f.campaign_id = @campaign and f.unit_id = r.unit_id
	 and (cardinality(@tasks::int[]) = 0 or f.task_no = any(@tasks::int[]))
	 and (@due_in::date is null or f.due_on >= @due_in::date and f.due_on < @due_in::date + interval '1 month')`

var standings = `(` + progress.Standings(narrowed) + `) st
	join activity_fact f on f.activity_id = st.activity_id
	join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id`

// ActivityFilter narrows the activities of a scope to those behind one number.
// Zero fields do not filter.
type ActivityFilter struct {
	Unit     string            // slug
	Kind     unit.Kind         // of units
	Tasks    []int             // 0 is the common part
	Statuses []progress.Status // empty: all that are not cancelled
	DueIn    viet.Date         // first day of a month
	DoneIn   viet.Date         // likewise
	Order    ActivityOrder
	Down     bool // the other way round
	Limit    int
	Offset   int
}

// Activity is one row behind a number.
type Activity struct {
	Unit    string // slug
	Name    string
	Short   string
	Task    int
	Code    string
	Title   string
	Start   viet.Date
	Due     viet.Date
	Status  progress.Status
	DoneOn  viet.Date // zero: not done
	AsOf    viet.Date // of the current entry; zero: none was written
	Percent string    // reached by then, canonical numbers, "" = none
	Value   string
	Target  string
	Measure string // unit of measure
}

// ActivityList is a page of activities.
type ActivityList struct {
	Scope
	Rows  []Activity
	Total int // of all that pass the filter
}

// Activities returns a page of the activities behind a number of the board [Of]
// the same scope: as many in total as the number says. What belongs to a unit
// that act may not see by name is [fault.NotFound].
func Activities(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, receiver string, f ActivityFilter) (ActivityList, error) {
	list, err := activities(ctx, db, act, now, year, receiver, f)
	if err != nil {
		return list, fmt.Errorf("activities of %d: %w", year, err)
	}
	return list, nil
}

func activities(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, receiver string, f ActivityFilter) (ActivityList, error) {
	var list ActivityList
	var err error
	if list.Scope, err = scopeOf(ctx, db, act, year, receiver); err != nil {
		return list, err
	}
	order, known := activityOrders[f.Order]
	if !known {
		order = activityOrders[ByPlace]
	}
	direction := "asc"
	if f.Down {
		direction = "desc"
	}
	order = fmt.Sprintf(order, direction) + ", " + planOrder
	// How each activity stands is worked out for all of them only where it chooses
	// or orders the rows; else for those of the page.
	chosen := `cardinality(@statuses::text[]) = 0 and f.stopped_reason = ''`
	if len(f.Statuses) > 0 {
		chosen = `(` + progress.StatusSQL + `) = any(@statuses::text[])`
	}
	from, doneOn := narrowed, `null::date`
	if len(f.Statuses) > 0 || !f.DoneIn.IsZero() || f.Order == ByStatus {
		from, doneOn = standings, `st.done_on`
	}
	type line struct {
		Known bool // the unit asked for is one that act may see by name
		Found bool // an activity stands in this row
		Total int
		Activity
	}
	lines, err := database.All[line](ctx, db, `
		with seen as (
		    select r.unit_id, r.position
		    from roster r
		    join unit u on u.id = r.unit_id
		    join unit_version v on v.id = r.unit_version_id
		    where r.campaign_id = @campaign and r.reports_to = @receiver
		      and (@all or r.unit_id = any(@own::bigint[]))
		      and (@unit = '' or u.slug = @unit)
		      and (@kind = '' or v.kind = @kind)
		), page as (
		    select *, row_number() over () as place
		    from (
		        select f.activity_id, count(*) over () as total
		        from `+from+`
		        where `+chosen+`
		          and (@done_in::date is null or `+doneOn+` >= @done_in::date and `+doneOn+` < @done_in::date + interval '1 month')
		        order by `+order+`
		        limit @limit offset @offset
		    ) x
		)
		select exists (select from seen) as known, w.place is not null as found, coalesce(w.total, 0) as total,
		       coalesce(u.slug, '') as unit, coalesce(v.name, '') as name, coalesce(v.short, '') as short,
		       coalesce(f.task_no, 0) as task, coalesce(f.code, '') as code, coalesce(f.title, '') as title,
		       f.start_on as start, f.due_on as due, `+progress.StatusSQL+` as status, st.done_on,
		       cur.as_of, coalesce(cur.percent, '') as percent, coalesce(cur.value, '') as value,
		       coalesce(trim_scale(f.target)::text, '') as target, coalesce(f.uom, '') as measure
		from (select) one
		left join page w on true
		left join activity_fact f on f.activity_id = w.activity_id
		left join unit u on u.id = f.unit_id
		left join roster r on r.campaign_id = f.campaign_id and r.unit_id = f.unit_id
		left join unit_version v on v.id = r.unit_version_id`+progress.Standing+progress.Latest+`
		order by w.place`,
		list.args(database.Args{"unit": f.Unit, "kind": f.Kind, "tasks": append([]int{}, f.Tasks...), "statuses": append([]progress.Status{}, f.Statuses...),
			"due_in": f.DueIn, "done_in": f.DoneIn, "today": viet.DateOf(now), "limit": f.Limit, "offset": f.Offset}))
	if err != nil {
		return list, err
	}
	for _, l := range lines {
		if !l.Known {
			return list, fault.NotFound
		}
		list.Total = l.Total
		if l.Found {
			list.Rows = append(list.Rows, l.Activity)
		}
	}
	if len(list.Rows) == 0 && f.Offset > 0 { // beyond the last page no row tells how many there are
		f.Offset, f.Limit = 0, 1
		first, err := activities(ctx, db, act, now, year, receiver, f)
		list.Total = first.Total
		return list, err
	}
	return list, nil
}
