package overview

import (
	"context"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Reports is which reports are looked at together.
type Reports struct {
	Scope
	Period   campaign.Period
	Previous campaign.Period   // the last whose data end earlier in the same year; no ID: there is none
	Periods  []campaign.Period // every report period of the year, in order
}

// reportsOf returns the reports of a period that act may see, in two statements.
func reportsOf(ctx context.Context, db database.DB, act actor.Actor, year int, period, receiver string) (Reports, error) {
	var r Reports
	var err error
	if r.Scope, err = scopeOf(ctx, db, act, year, receiver); err != nil {
		return r, err
	}
	all, err := campaign.Periods(ctx, db, r.Campaign)
	if err != nil {
		return r, err
	}
	r.Periods = slices.DeleteFunc(all, func(p campaign.Period) bool { return p.Kind != campaign.Report })
	i := slices.IndexFunc(r.Periods, func(p campaign.Period) bool { return p.Slug == period })
	if i < 0 {
		return r, fault.NotFound
	}
	r.Period = r.Periods[i]
	for _, p := range r.Periods {
		if p.DataTo.Before(r.Period.DataTo) && (r.Previous.ID == 0 || r.Previous.DataTo.Before(p.DataTo)) {
			r.Previous = p
		}
	}
	return r, nil
}

// reporter is a unit of the scope with its report.
type reporter struct {
	ID            actor.UnitID
	Unit          string
	Name          string
	Short         string
	Kind          unit.Kind
	State         PlanState
	StateAt       *time.Time
	No            int
	Amending      bool
	FirstSent     *time.Time
	DueBefore     *time.Time
	KindDueBefore *time.Time
	Expected      bool
	LeftOn        viet.Date
	Tasks         map[int]report.Status // of the report in force
	Figures       map[string]cell       // by code
	Sources       []below
}

// cell is what a unit answered to one indicator that somebody types. Numbers are
// canonical, "" is none.
type cell struct {
	Asked     bool // by the campaign
	Fact      bool // the report in force says something
	Mark      indicator.Mark
	Own       string
	Below     string
	Estimated string
	Before    string // in the previous period, own and below together
	Last      string // a year before, likewise
	LastNo    int    // the sending that says so, 0 = it was typed in afterwards
	LastFrom  string // where what was typed in comes from
}

// below is a sending that what lies below a unit was taken from.
type below struct {
	Unit  string
	Name  string
	Short string
	No    int
	Own   string
	Below string
}

// reportersOf returns the units that report to the receiver, in roster order, with
// what they answered to the indicators named by codes, and what the figure of one
// of them, source, was taken from.
func reportersOf(ctx context.Context, db database.DB, r Reports, now time.Time, codes []string, source string) ([]reporter, error) {
	return database.All[reporter](ctx, db, `
		select r.unit_id as id, u.slug as unit, v.name, v.short, v.kind,
		       case when x.state is null or x.state = 'draft' and sent.ever is null
		                 and not exists (select from part where submission_id = x.id)
		            then 'none' else x.state end as state,
		       x.state_at, coalesce(y.no, 0) as no, y.id is not null and x.state <> 'accepted' as amending,
		       sent.first_at as first_sent, coalesce(sent.due_before, longer.due_before, d.due_before) as due_before,
		       d.due_before as kind_due_before,
		       r.valid @> (upper(p.data) - 1) as expected,
		       case when upper(r.valid) <= @day::date then upper(r.valid) end as left_on,
		       (select coalesce(json_object_agg(t.task_no, t.status), '{}')
		        from report_task_fact t
		        where t.period_id = p.id and t.unit_id = r.unit_id) as tasks,
		       `+figureCells+` as figures,
		       `+figureSources+` as sources
		from period p
		join roster r on r.campaign_id = p.campaign_id
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		left join campaign past on past.year = @last_year
		left join period last on last.campaign_id = past.id and last.slug = p.slug
		left join deadline d on d.period_id = p.id and d.unit_kind = v.kind
		left join submission x on x.period_id = p.id and x.unit_id = r.unit_id
		left join version y on y.id = x.in_force
		left join lateral (
		    select min(y.no) as ever,
		           (array_agg(y.sent_at order by y.no) filter (where o.outcome <> 'recalled'))[1] as first_at,
		           (array_agg(y.due_before order by y.no) filter (where o.outcome <> 'recalled'))[1] as due_before
		    from version y
		    join version_outcome o on o.version_id = y.id
		    where y.submission_id = x.id
		) sent on true
		left join lateral (
		    select e.due_before
		    from extension e
		    where e.period_id = p.id and e.unit_id = r.unit_id and e.at <= @now
		    order by e.at desc, e.id desc
		    limit 1
		) longer on true
		where p.id = @period and r.reports_to = @receiver
		order by r.position, r.unit_id`,
		database.Args{"period": r.Period.ID, "receiver": r.Receiver.ID, "previous": r.Previous.ID, "last_year": r.Year - 1,
			"codes": append([]string{}, codes...), "source": source, "day": viet.DateOf(now), "now": now})
}

// figureCells are the cells of a unit r in a period p, by code. A year before, the
// report then in force comes before what was typed in afterwards.
var figureCells = `
	(select coalesce(json_object_agg(i.code, json_build_object(
	            'Asked', coalesce(own.applies, v.kind = any(use.kinds)), 'Fact', f.mark is not null, 'Mark', coalesce(f.mark, ''),
	            'Own', trim_scale(f.own)::text, 'Below', trim_scale(f.below)::text, 'Estimated', trim_scale(f.estimated)::text,
	            'Before', ` + totalOf("b") + `,
	            'Last', case when l.mark is null then trim_scale(prior.value)::text else ` + totalOf("l") + ` end,
	            'LastNo', (select no from version where id = l.version_id), 'LastFrom', prior.source)), '{}')
	 from indicator_use use
	 join indicator i on i.id = use.indicator_id and i.kind <> 'derived'
	 left join indicator_unit own on own.campaign_id = use.campaign_id and own.indicator_id = i.id and own.unit_id = r.unit_id
	 left join figure_fact f on f.period_id = p.id and f.unit_id = r.unit_id and f.indicator_id = i.id
	 left join figure_fact b on b.period_id = @previous and b.unit_id = r.unit_id and b.indicator_id = i.id
	 left join figure_fact l on l.period_id = last.id and l.unit_id = r.unit_id and l.indicator_id = i.id
	 left join prior_figure prior on prior.unit_id = r.unit_id and prior.indicator_id = i.id and prior.year = @last_year and prior.period = p.slug
	 where use.campaign_id = p.campaign_id and i.code = any(@codes::text[]))`

// totalOf is own and below of a figure_fact together, null when neither is a
// number.
func totalOf(fact string) string {
	return "case when num_nonnulls(" + fact + ".own, " + fact + ".below) > 0 then trim_scale(coalesce(" + fact + ".own, 0) + coalesce(" + fact + ".below, 0))::text end"
}

// figureSources are the sendings that the version in force y names as the sources
// of what lies below the figure @source.
const figureSources = `
	(select coalesce(json_agg(json_build_object(
	            'Unit', su.slug, 'Name', sv.name, 'Short', sv.short, 'No', sy.no,
	            'Own', (select one -> 'content' ->> 'own'
	                    from json_array_elements(convert_from(sy.content, 'utf8')::json -> 'parts') one
	                    where one ->> 'key' = 'figure/' || @source),
	            'Below', (select one -> 'content' ->> 'value'
	                      from json_array_elements(convert_from(sy.content, 'utf8')::json -> 'computed') one
	                      where one ->> 'key' = 'below/' || @source)) order by sr.position), '[]')
	 from json_array_elements(case when @source <> '' then convert_from(y.content, 'utf8')::json -> 'computed' end) part
	 cross join string_to_table(part -> 'content' ->> 'sources', E'\n') line
	 join unit su on su.slug = split_part(line, '@', 1)
	 join roster sr on sr.campaign_id = p.campaign_id and sr.unit_id = su.id
	 join unit_version sv on sv.id = sr.unit_version_id
	 join submission sx on sx.period_id = p.id and sx.unit_id = su.id
	 join version sy on sy.submission_id = sx.id and sy.no::text = split_part(line, '@', 2)
	 where part ->> 'key' = 'below/' || @source)`

// figure is the answer as arithmetic takes it.
func (c cell) figure() indicator.Figure {
	return indicator.Figure{Mark: c.Mark, Own: indicator.ParseAmount(c.Own), Below: indicator.ParseAmount(c.Below), Estimated: indicator.ParseAmount(c.Estimated)}
}

// then is a figure of another period, of which only what it came to matters.
func then(total string) indicator.Figure {
	return indicator.Figure{Below: indicator.ParseAmount(total)}
}

// counts reports whether the unit belongs to N in "từ n/N đơn vị" of all codes.
func (u reporter) counts(codes ...string) bool {
	for _, code := range codes {
		c, known := u.Figures[code]
		if !known || !c.Fact && !(c.Asked && u.Expected) {
			return false
		}
	}
	return true
}
