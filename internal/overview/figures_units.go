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

// reporter is a unit of the scope with its report. Numbers are canonical, "" is
// none.
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
	Tasks         map[int]report.Status     // of the report in force
	Exceptions    map[indicator.ID]bool     // what is asked of it against its kind
	Facts         map[indicator.ID][]string // of the report in force: mark, own, below, estimated
	Family        []kin                     // itself first, then those it follows
	Sources       []below
}

// below is a sending that what lies below a unit was taken from.
type below struct {
	Unit  string
	Name  string
	Short string
	No    int
	Valid bool
	Own   string
	Below string
}

// reportersOf returns the units that report to the receiver, in roster order, with
// what they answered to indicators, and what the figure of one code, source, was
// taken from.
func reportersOf(ctx context.Context, db database.DB, r Reports, now time.Time, indicators []indicator.ID, source string) ([]reporter, error) {
	return database.All[reporter](ctx, db, kinship+`
		select r.unit_id as id, u.slug as unit, v.name, v.short, v.kind,
		       case when x.state is null or x.state = 'draft' and sent.ever is null
		                 and not exists (select from part where copy_id = x.id)
		            then 'none' else x.state end as state,
		       x.state_at, coalesce(y.no, 0) as no, y.id is not null and x.state <> 'accepted' as amending,
		       sent.first_at as first_sent, coalesce(sent.due_before, longer.due_before, d.due_before) as due_before,
		       d.due_before as kind_due_before,
		       `+campaign.Expected+` as expected,
		       case when upper(r.valid) <= @day::date then upper(r.valid) end as left_on,
		       (select coalesce(json_object_agg(t.task_no, t.status), '{}')
		        from report_task_fact t
		        where t.period_id = p.id and t.unit_id = r.unit_id) as tasks,
		       (select coalesce(json_object_agg(one.indicator_id, one.applies), '{}')
		        from indicator_unit one
		        where one.campaign_id = p.campaign_id and one.unit_id = r.unit_id) as exceptions,
		       (select coalesce(json_object_agg(f.indicator_id, json_build_array(f.mark, trim_scale(f.own)::text, trim_scale(f.below)::text,
		                                                                         trim_scale(f.estimated)::text)), '{}')
		        from figure_fact f
		        where f.period_id = p.id and f.unit_id = r.unit_id and f.indicator_id = any(@indicators::bigint[])) as facts,
		       `+families+` as family,
		       `+figureSources+` as sources
		from period p
		join roster r on r.campaign_id = p.campaign_id
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		left join campaign past on past.year = @last_year
		left join period last on last.campaign_id = past.id and last.slug = p.slug
		left join period before on before.id = @previous
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
			"indicators": append([]indicator.ID{}, indicators...), "source": source, "day": viet.DateOf(now), "now": now})
}

// total is own and below of a fact f together, null when neither is a number.
const total = `case when num_nonnulls(f.own, f.below) > 0 then trim_scale(coalesce(f.own, 0) + coalesce(f.below, 0))::text end`

// figureSources are the sendings that the version in force y names as the sources
// of what lies below the figure @source.
const figureSources = `
	(select coalesce(json_agg(json_build_object(
	            'Unit', su.slug, 'Name', sv.name, 'Short', sv.short, 'No', sy.no, 'Valid', sy.id = sx.in_force,
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

// figure is what the unit answered to an indicator, Blank without a report in force.
func (u reporter) figure(id indicator.ID) indicator.Figure {
	f := u.Facts[id]
	if f == nil {
		return indicator.Figure{}
	}
	return indicator.Figure{Mark: indicator.Mark(f[0]), Own: indicator.ParseAmount(f[1]), Below: indicator.ParseAmount(f[2]), Estimated: indicator.ParseAmount(f[3])}
}

// isAsked reports whether the campaign asks the unit for an indicator.
func (u reporter) isAsked(use indicator.Use) bool {
	if applies, set := u.Exceptions[use.ID]; set {
		return applies
	}
	return slices.Contains(use.Kinds, u.Kind)
}

// counts reports whether the unit belongs to N in "từ n/N đơn vị" of what is made
// of parts.
func (u reporter) counts(parts []indicator.Use) bool {
	for _, part := range parts {
		if _, answered := u.Facts[part.ID]; !answered && !(u.Expected && u.isAsked(part)) {
			return false
		}
	}
	return true
}
