package overview

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// FiledRow is one report of the list of a period.
type FiledRow struct {
	PlanRow
	No int // of the sending in force, 0: none is
}

// FiledPeriod is a report period one may switch to.
type FiledPeriod struct {
	Slug    string
	Name    string
	OpensOn viet.Date
	DataTo  viet.Date // last day: chốt số liệu
}

// FiledList is a page of the reports of a period.
type FiledList struct {
	Year    int
	Lead    actor.UnitID // which leads the year's work
	Period  FiledPeriod
	Periods []FiledPeriod // every report period of the year, in order
	Counts  PlanCounts
	Rows    []FiledRow
	Total   int // of all rows that pass the filter
}

type filedLine struct {
	Year    int
	Lead    actor.UnitID
	Slug    string
	Name    string
	OpensOn viet.Date
	DataTo  viet.Date
	Found   bool // a report stands in this row
	Counts  *PlanCounts
	Periods []FiledPeriod
	Matches int
	Row     *FiledRow
}

// Filed returns a page of the reports of a period that act may see, in one
// statement. A period nobody reports in is [fault.NotFound].
func Filed(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period string, f PlanFilter) (FiledList, error) {
	if f.Order == ByDone {
		f.Order = ByRoster
	}
	args := submission.SeenArgs(act, database.Args{"year": year, "period": period, "now": now, "search": unit.SearchWords(f.Search),
		"receiver": f.Receiver, "state": f.State, "kind": f.Kind, "late": f.Late, "sent_from": f.SentFrom.ISO(), "sent_to": f.SentTo.ISO(), "limit": f.Limit, "offset": f.Offset})
	lines, err := database.All[filedLine](ctx, db, f.filedQuery(), args)
	if err == nil && len(lines) == 0 {
		err = fault.NotFound
	}
	if err != nil {
		return FiledList{}, fmt.Errorf("reports of %d/%s: %w", year, period, err)
	}
	first := lines[0]
	list := FiledList{Year: first.Year, Lead: first.Lead, Counts: *first.Counts, Periods: first.Periods, Total: first.Matches,
		Period: FiledPeriod{Slug: first.Slug, Name: first.Name, OpensOn: first.OpensOn, DataTo: first.DataTo}}
	for _, line := range lines {
		if line.Found {
			list.Rows = append(list.Rows, *line.Row)
		}
	}
	return list, nil
}

func (f PlanFilter) filedQuery() string {
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
	return `
		with seen as (` + seenReports + `), page as (
		    select one.*, count(*) over () as matches,
		           row_number() over (order by ` + fmt.Sprintf(order, direction) + `, position, unit_id) as place
		    from seen one
		    where matching and ` + group + `
		      and (@receiver = '' or receiver = @receiver)
		      and (@state = '' or state = @state)
		      and (@kind = '' or kind = @kind)
		      and (@sent_from = '' or (first_sent at time zone 'Asia/Ho_Chi_Minh')::date >= nullif(@sent_from, '')::date)
		      and (@sent_to = '' or (first_sent at time zone 'Asia/Ho_Chi_Minh')::date <= nullif(@sent_to, '')::date)
		      and (not @late or coalesce(first_sent, @now) >= due_before)
		    order by place
		    limit @limit offset @offset
		)
		select c.year, c.lead_unit as lead, p.slug, p.name, p.opens_on, upper(p.data) - 1 as data_to, one.unit is not null as found,
		       case when one.place is null or one.place = @offset + 1 then (select ` + countPlans + ` from seen) end as counts,
		       case when one.place is null or one.place = @offset + 1 then (
		           select json_agg(json_build_object('Slug', q.slug, 'Name', q.name, 'OpensOn', q.opens_on, 'DataTo', upper(q.data) - 1)
		                           order by q.opens_on, q.id)
		           from period q where q.campaign_id = c.id and q.kind = 'report') end as periods,
		       coalesce(one.matches, 0) as matches,
		       case when one.unit is not null then json_build_object('Unit', one.unit, 'Name', one.name, 'Kind', one.kind, 'State', one.state,
		           'Amending', one.amending, 'FirstSent', one.first_sent, 'DueBefore', one.due_before, 'No', one.no) end as row
		from campaign c
		join period p on p.campaign_id = c.id and p.slug = @period and p.kind = 'report'
		left join page one on true
		where c.year = @year
		order by one.place`
}

// seenReports is every report of a period that one may see.
const seenReports = `
	select r.unit_id, r.position, u.slug as unit, ru.slug as receiver, v.name, v.kind,
	       s.in_force is not null as in_force, coalesce(y.no, 0) as no,
	       case when s.state = 'draft'
	                 and not exists (select from part where copy_id = s.id)
	                 and not exists (select from version where submission_id = s.id)
	            then 'none' else s.state end as state,
	       s.in_force is not null and s.state <> 'accepted' as amending, sent.sent_at as first_sent,
	       coalesce(sent.due_before, longer.due_before, d.due_before) as due_before,
	       ` + campaign.Expected + ` as expected,
	       ` + unit.Matches + ` as matching
	from campaign c
	join period p on p.campaign_id = c.id and p.slug = @period and p.kind = 'report'
	join submission s on s.period_id = p.id
	join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
	join unit u on u.id = s.unit_id
	join unit ru on ru.id = r.reports_to
	join unit_version v on v.id = r.unit_version_id
	left join version y on y.id = s.in_force
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

// CurrentPeriod is the report period of a year that matters on the day of now:
// the one opened last, the first before any has opened. A year without any is
// [fault.NotFound].
func CurrentPeriod(ctx context.Context, db database.DB, now time.Time, year int) (string, error) {
	slug, err := database.Value[string](ctx, db, `
		select p.slug
		from period p
		join campaign c on c.id = p.campaign_id
		where c.year = @year and p.kind = 'report'
		order by p.opens_on > @today::date, case when p.opens_on > @today::date then p.opens_on end, p.opens_on desc, p.id desc
		limit 1`,
		database.Args{"year": year, "today": viet.DateOf(now)})
	if err != nil {
		return "", fmt.Errorf("report period of %d: %w", year, err)
	}
	return slug, nil
}

// groups are conditions on a row of [seenReports].
var groups = map[PlanGroup]string{
	"":             "true",
	Expected:       "expected",
	Received:       "expected and first_sent is not null",
	ReceivedOnTime: "expected and first_sent < due_before",
	InForce:        "expected and in_force",
	InForceOnTime:  "expected and in_force and first_sent < due_before",
	NotReceived:    "expected and first_sent is null",
}

// orders hold an expression for each order, %s for the direction.
var orders = map[PlanOrder]string{
	ByRoster:   `position %s`,
	ByUnit:     `name collate "vi-x-icu" %s`,
	ByState:    `array_position(array['none', 'draft', 'awaiting_signoff', 'returned', 'submitted', 'accepted'], state) %s`,
	BySent:     `first_sent %s nulls last`,
	ByLateness: `coalesce(first_sent, @now) - due_before %s nulls last`,
	ByDone:     `done::numeric / nullif(total, 0) %s nulls last`,
}

// countPlans makes [PlanCounts] of the rows of seenReports.
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
