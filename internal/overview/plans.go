package overview

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// PlanState is where a unit's plan stands, as lists tell it: a state of the
// workflow, or NotBegun for a draft in which nothing was typed yet.
type PlanState string

const (
	NotBegun PlanState = "none"
	Draft              = PlanState(submission.Draft)
	Awaiting           = PlanState(submission.AwaitingSignoff)
	Sent               = PlanState(submission.Submitted)
	Returned           = PlanState(submission.Returned)
	Accepted           = PlanState(submission.Accepted)
)

// PlanStates lists every state, those farthest from acceptance first.
var PlanStates = []PlanState{NotBegun, Draft, Awaiting, Returned, Sent, Accepted}

// Word is the state as users read it.
func (s PlanState) Word() string {
	if s == NotBegun {
		return submission.NotBegunWord
	}
	return submission.State(s).Word()
}

// PlanGroup is the plans that one of the measures of the plan period counts.
type PlanGroup string

const (
	Expected       PlanGroup = "expected"         // of units on the roster on the last day in time
	Received       PlanGroup = "received"         // of those: sent, and not recalled
	ReceivedOnTime PlanGroup = "received_on_time" // of those: the first sending in time
	InForce        PlanGroup = "in_force"         // of those expected: a version is in force
	InForceOnTime  PlanGroup = "in_force_on_time" // of those: received on time
	NotReceived    PlanGroup = "not_received"     // of those expected: never sent, or recalled
)

// PlanGroups lists every group.
var PlanGroups = []PlanGroup{Expected, Received, ReceivedOnTime, InForce, InForceOnTime, NotReceived}

// groups are conditions on a row of [seenPlans].
var groups = map[PlanGroup]string{
	"":             "true",
	Expected:       "expected",
	Received:       "expected and first_sent is not null",
	ReceivedOnTime: "expected and first_sent < due_before",
	InForce:        "expected and in_force",
	InForceOnTime:  "expected and in_force and first_sent < due_before",
	NotReceived:    "expected and first_sent is null",
}

// PlanOrder is a column one may sort by.
type PlanOrder string

const (
	ByRoster   PlanOrder = ""
	ByUnit     PlanOrder = "unit" // Vietnamese alphabetical order
	ByState    PlanOrder = "state"
	BySent     PlanOrder = "sent"
	ByLateness PlanOrder = "lateness"
	ByDone     PlanOrder = "done" // share of what is done; without one: last
)

// orders hold an expression for each order, %s for the direction.
var orders = map[PlanOrder]string{
	ByRoster:   `position %s`,
	ByUnit:     `name collate "vi-x-icu" %s`,
	ByState:    `array_position(array['none', 'draft', 'awaiting_signoff', 'returned', 'submitted', 'accepted'], state) %s`,
	BySent:     `first_sent %s nulls last`,
	ByLateness: `coalesce(first_sent, @now) - due_before %s nulls last`,
	ByDone:     `done::numeric / nullif(total, 0) %s nulls last`,
}

// PlanFilter narrows the list of plans. Zero fields do not filter.
type PlanFilter struct {
	Search   string // as in [unit.Filter]
	Receiver string // slug of the unit they report to
	State    PlanState
	Group    PlanGroup
	Kind     unit.Kind
	Late     bool // sent late, or not sent though the deadline has passed
	Order    PlanOrder
	Down     bool // the other way round
	Limit    int
	Offset   int
}

// PlanRow is one plan of the list.
type PlanRow struct {
	Unit      string // slug
	Name      string
	Kind      unit.Kind
	State     PlanState
	Amending  bool       // a working copy is open beside the version in force
	FirstSent *time.Time // the first sending that was not recalled
	DueBefore *time.Time // exclusive; that of the first sending, else the one in force now
	Counted   bool       // a version is in force and the reader may see its progress
	Done      int        // activities of the numbered tasks that are done
	Total     int        // all of those but the stopped
}

// DaysLate is how many days after the last day in time the plan was first sent,
// or how many have passed without it; 0 or less: it is not late.
func (r PlanRow) DaysLate(today viet.Date) int {
	if r.DueBefore == nil {
		return 0
	}
	if r.FirstSent != nil {
		today = viet.DateOf(*r.FirstSent)
	}
	return viet.LastDayBefore(*r.DueBefore).DaysUntil(today)
}

// PlanCounts count all plans of a year that one may see, whatever the filter.
type PlanCounts struct {
	All      int
	Amending int
	States   map[PlanState]int
	Groups   map[PlanGroup]int
	Kinds    map[unit.Kind]int
}

// PlanList is a page of the plans of a year.
type PlanList struct {
	Year    int       // 0: there is no campaign in that year
	OpensOn viet.Date // of the plan period; no date: there is no such period
	Counts  PlanCounts
	Rows    []PlanRow
	Total   int // of all rows that pass the filter
}

// MaySeePlans reports whether there are plans for act to list: people of units,
// those who decide, leadership, and administrators, who see states alone.
func MaySeePlans(act actor.Actor) bool {
	return act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership, actor.Admin)
}

// planLine is a row of the statement: without any plan there still is one.
type planLine struct {
	Year    int
	OpensOn viet.Date
	Found   bool // a plan stands in this row
	Counts  *PlanCounts
	Matches int
	PlanRow
}

// Plans returns a page of the plans of a year that act may see, in one statement.
func Plans(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f PlanFilter) (PlanList, error) {
	args := submission.SeenArgs(act, database.Args{"year": year, "now": now, "search": unit.SearchWords(f.Search),
		"receiver": f.Receiver, "state": f.State, "kind": f.Kind, "late": f.Late, "limit": f.Limit, "offset": f.Offset,
		"sees_progress": act.Has(actor.Leadership)})
	lines, err := database.All[planLine](ctx, db, f.query(), args)
	if err != nil {
		return PlanList{}, fmt.Errorf("plans of %d: %w", year, err)
	}
	var list PlanList
	for i, line := range lines {
		if i == 0 {
			list.Year, list.OpensOn, list.Counts, list.Total = line.Year, line.OpensOn, *line.Counts, line.Matches
		}
		if line.Found {
			list.Rows = append(list.Rows, line.PlanRow)
		}
	}
	return list, nil
}

// query counts what is done only for the rows of the page, unless all have to be
// put in order by it.
func (f PlanFilter) query() string {
	group, known := groups[f.Group]
	if !known {
		group = "false"
	}
	order, known := orders[f.Order]
	if !known {
		order = orders[ByRoster]
	}
	direction := "asc"
	if f.Down {
		direction = "desc"
	}
	columns, before, after := ``, ``, workOf
	if f.Order == ByDone {
		columns, before, after = `, done, total`, workOf, ``
	}
	return `
		with seen as (` + seenPlans + `), page as (
		    select one.*` + columns + `, count(*) over () as matches,
		           row_number() over (order by ` + fmt.Sprintf(order, direction) + `, position, unit_id) as place
		    from seen one` + before + `
		    where matching and ` + group + `
		      and (@receiver = '' or receiver = @receiver)
		      and (@state = '' or state = @state)
		      and (@kind = '' or kind = @kind)
		      and (not @late or coalesce(first_sent, @now) >= due_before)
		    order by place
		    limit @limit offset @offset
		)
		select c.year, p.opens_on, one.unit is not null as found,
		       case when one.place is null or one.place = @offset + 1 then (select ` + countPlans + ` from seen) end as counts,
		       coalesce(one.matches, 0) as matches, coalesce(one.unit, '') as unit, coalesce(one.name, '') as name,
		       coalesce(one.kind, '') as kind, coalesce(one.state, '') as state, coalesce(one.amending, false) as amending,
		       one.first_sent, one.due_before, coalesce(one.counted, false) as counted, coalesce(done, 0) as done, coalesce(total, 0) as total
		from campaign c
		left join period p on p.campaign_id = c.id and p.slug = '` + plan.Period + `'
		left join page one on true` + after + `
		where c.year = @year
		order by one.place`
}

// seenPlans is every plan of a year that one may see.
const seenPlans = `
	select r.unit_id, r.position, c.id as campaign_id, u.slug as unit, ru.slug as receiver, v.name, v.kind,
	       s.in_force is not null as in_force,
	       case when s.state = 'draft'
	                 and not exists (select from part where copy_id = s.id)
	                 and not exists (select from version where submission_id = s.id)
	            then 'none' else s.state end as state,
	       s.in_force is not null and s.state <> 'accepted' as amending, sent.sent_at as first_sent,
	       coalesce(sent.due_before, longer.due_before, d.due_before) as due_before,
	       r.valid @> coalesce((d.due_before at time zone 'Asia/Ho_Chi_Minh' - interval '1 microsecond')::date, p.opens_on) as expected,
	       s.in_force is not null
	       and (@sees_progress
	            or s.unit_id = any(@own_units::bigint[])
	            or r.reports_to = any(@below_units::bigint[])
	            or c.lead_unit = any(@below_units::bigint[])) as counted,
	       ` + unit.Matches + ` as matching
	from campaign c
	join period p on p.campaign_id = c.id and p.slug = '` + plan.Period + `'
	join submission s on s.period_id = p.id
	join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
	join unit u on u.id = s.unit_id
	join unit ru on ru.id = r.reports_to
	join unit_version v on v.id = r.unit_version_id
	left join deadline d on d.period_id = p.id and d.unit_kind = v.kind
	left join lateral (
	    select x.sent_at, x.due_before
	    from version x
	    join version_outcome o on o.version_id = x.id
	    where x.submission_id = s.id and o.outcome <> 'recalled'
	    order by x.no
	    limit 1
	) sent on true
	left join lateral (
	    select e.due_before
	    from extension e
	    where e.period_id = p.id and e.unit_id = r.unit_id and e.at <= @now
	    order by e.at desc, e.id desc
	    limit 1
	) longer on true
	where c.year = @year and ` + submission.SeenBy

// workOf joins done and total to a row "one" of seenPlans.
var workOf = `
	left join lateral (
	    select count(*) filter (where done_on is not null) as done, count(*) as total
	    from (` + progress.Standings(`
	        (select one.campaign_id, one.unit_id where one.counted) plan
	        join activity_fact f on f.campaign_id = plan.campaign_id and f.unit_id = plan.unit_id and f.task_no > 0 and f.stopped_reason = ''`) + `
	    ) st
	) work on true`

// countPlans makes [PlanCounts] of the rows of seenPlans.
var countPlans = `json_build_object('All', count(*), 'Amending', count(*) filter (where amending),
	'States', ` + countEach(PlanStates, func(s PlanState) string { return "state = '" + string(s) + "'" }) + `,
	'Groups', ` + countEach(PlanGroups, func(g PlanGroup) string { return groups[g] }) + `,
	'Kinds', ` + countEach(unit.Kinds, func(k unit.Kind) string { return "kind = '" + string(k) + "'" }) + `)`

func countEach[T ~string](keys []T, condition func(T) string) string {
	pairs := ""
	for i, key := range keys {
		if i > 0 {
			pairs += ", "
		}
		pairs += "'" + string(key) + "', count(*) filter (where " + condition(key) + ")"
	}
	return "json_build_object(" + pairs + ")"
}
