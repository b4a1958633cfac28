package report

import (
	"context"

	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// ground is what a report stands on besides its own parts, loaded by one query.
type ground struct {
	Tasks      []task
	From, To   viet.Date
	Cumulative bool
	Plan       *planInForce
	Previous   []sent   // newest earlier reports in force this year: of the unit, and of those it follows
	YearAgo    []sent   // of the same period a year before
	Prior      []prior  // typed in for the year before
	Below      []sent   // reports in force of the units that report to this one
	Reporters  int      // how many of those there should be
	Checks     []checks // between figures of one report
}

type task struct {
	No           int
	Short, Title string
}

// planInForce is what the plan says of itself where a figure asks for it.
type planInForce struct {
	No         int
	Number     int
	Suffix     string
	Symbol     string
	Inspection string // code of an activity marked kiểm tra, tự kiểm tra; "" = none
}

// sent is a report in force with its figures.
type sent struct {
	Unit    string // slug
	Called  string // its name that year
	Own     bool   // of the unit itself
	Year    int
	Period  string // slug
	Name    string
	No      int
	Figures []fact
}

type fact struct {
	Code       string
	Mark       indicator.Mark
	Own, Below string // canonical numbers, "" = none
}

type prior struct {
	Unit, Called        string // as of [sent]
	Own                 bool
	Code, Value, Source string
}

type checks struct{ Code, Expr, Message string }

// sentReport selects what [sent] holds, of version v of submission s for period q.
const sentReport = `json_build_object(
	'Unit', (select slug from unit where id = s.unit_id), 'Own', s.unit_id = @unit,
	'Called', (select x.name from roster o join unit_version x on x.id = o.unit_version_id
	           where o.campaign_id = q.campaign_id and o.unit_id = s.unit_id),
	'Year', (select year from campaign where id = q.campaign_id), 'Period', q.slug, 'Name', q.name, 'No', v.no,
	'Figures', (select coalesce(json_agg(json_build_object(
	                'Code', i.code, 'Mark', f.mark,
	                'Own', coalesce(trim_scale(f.own)::text, ''), 'Below', coalesce(trim_scale(f.below)::text, ''))), '[]')
	            from figure_fact f
	            join indicator i on i.id = f.indicator_id
	            where f.period_id = q.id and f.unit_id = s.unit_id))`

// family are the unit and those it follows, as far as it follows them by the end of
// the period, each with the day on which it was followed. What they reported counts
// for periods that had ended by then; of later ones the unit reports itself.
const family = `
	with recursive family (unit_id, until) as (
	    select @unit::bigint, null::date
	    union
	    select l.from_unit, l.on_date
	    from family f
	    join unit_lineage l on l.to_unit = f.unit_id
	    join period p on p.id = @period
	    where l.on_date < upper(p.data)
	), kin as (
	    select unit_id, case when bool_or(until is null) then null else max(until) end as until
	    from family
	    group by unit_id
	)`

const groundQuery = family + `
	select (select coalesce(json_agg(json_build_object('No', no, 'Short', short, 'Title', title) order by no = 0, no), '[]')
	        from task where campaign_id = p.campaign_id) as tasks,
	       lower(p.data) as from, upper(p.data) - 1 as to, p.cumulative,
	       (select json_build_object('No', v.no, 'Number', d.number, 'Suffix', d.suffix, 'Symbol', d.symbol,
	               'Inspection', coalesce((
	                   select a.part->'content'->>'code'
	                   from jsonb_array_elements(convert_from(v.content, 'utf8')::jsonb->'parts') with ordinality a (part, place)
	                   where a.part->'content'->>'mark_inspection' <> '' and coalesce(a.part->'content'->>'stopped', '') = ''
	                   order by a.place
	                   limit 1), ''))
	        from period q
	        join submission s on s.period_id = q.id and s.unit_id = @unit
	        join version v on v.id = s.in_force
	        left join document_ref d on d.id = v.document_ref_id
	        where q.campaign_id = p.campaign_id and q.kind = 'plan') as plan,
	       (select coalesce(json_agg(` + sentReport + ` order by s.unit_id <> @unit, s.unit_id), '[]')
	        from (select q.*
	              from period q
	              where q.campaign_id = p.campaign_id and q.kind = 'report'
	                and (upper(q.data) < upper(p.data) and q.trues_up is null or q.id = p.trues_up)
	                and exists (select from kin k join submission s on s.period_id = q.id and s.unit_id = k.unit_id
	                            where s.in_force is not null and (k.until is null or k.until >= upper(q.data)))
	              order by upper(q.data) desc
	              limit 1) q
	        join kin k on k.until is null or k.until >= upper(q.data)
	        join submission s on s.period_id = q.id and s.unit_id = k.unit_id
	        join version v on v.id = s.in_force) as previous,
	       (select coalesce(json_agg(` + sentReport + ` order by s.unit_id <> @unit, s.unit_id), '[]')
	        from campaign x
	        join period q on q.campaign_id = x.id and q.slug = p.slug and q.kind = 'report'
	        join kin k on k.until is null or k.until >= upper(q.data)
	        join submission s on s.period_id = q.id and s.unit_id = k.unit_id
	        join version v on v.id = s.in_force
	        where x.year = @year - 1) as year_ago,
	       (select coalesce(json_agg(json_build_object('Unit', u.slug, 'Own', u.id = @unit,
	                   'Called', (select v.name from unit_version v where v.unit_id = u.id order by lower(v.valid) desc limit 1),
	                   'Code', i.code, 'Value', trim_scale(g.value)::text, 'Source', g.source) order by u.id <> @unit, u.id), '[]')
	        from prior_figure g
	        join indicator i on i.id = g.indicator_id
	        join unit u on u.id = g.unit_id
	        where g.unit_id in (select unit_id from kin) and g.year = @year - 1 and g.period = p.slug) as prior,
	       (select coalesce(json_agg(` + sentReport + ` order by r.position, r.unit_id), '[]')
	        from roster r
	        join period q on q.id = p.id
	        join submission s on s.period_id = q.id and s.unit_id = r.unit_id
	        join version v on v.id = s.in_force
	        where @sums and r.campaign_id = p.campaign_id and r.reports_to = @unit and r.unit_id <> @unit) as below,
	       (select count(*)
	        from roster r
	        where @sums and r.campaign_id = p.campaign_id and r.reports_to = @unit and r.unit_id <> @unit
	          and r.valid @> (upper(p.data) - 1)) as reporters,
	       (select coalesce(json_agg(json_build_object('Code', code, 'Expr', expr, 'Message', message) order by code), '[]')
	        from figure_check) as checks
	from period p
	where p.id = @period`

// groundOf loads the ground of c. The unit that reports to itself adds nothing
// up: what lies below it is the province, and the roll-up stops there.
func groundOf(ctx context.Context, db database.DB, c submission.Case) (ground, error) {
	return database.One[ground](ctx, db, groundQuery,
		database.Args{"period": c.PeriodID, "unit": c.Unit, "year": c.Year, "sums": c.Receiver != c.Unit})
}

// figures reads the facts of a report by code.
func (s *sent) figures() map[string]indicator.Figure {
	all := map[string]indicator.Figure{}
	if s == nil {
		return all
	}
	for _, f := range s.Figures {
		all[f.Code] = indicator.Figure{Mark: f.Mark, Own: indicator.ParseAmount(f.Own), Below: indicator.ParseAmount(f.Below)}
	}
	return all
}

func (g ground) parsedChecks() ([]indicator.Check, error) {
	list := make([]indicator.Check, len(g.Checks))
	for i, c := range g.Checks {
		var err error
		if list[i], err = indicator.ParseCheck(c.Code, c.Expr, c.Message); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// earlierSending names a version in force.
type earlierSending struct {
	ID     submission.ID
	Year   int
	Period string
	Name   string
	No     int
}

// earlierOf finds the unit's report in force that comes before c.
func earlierOf(ctx context.Context, db database.DB, c submission.Case) (earlierSending, error) {
	return database.One[earlierSending](ctx, db, `
		select s.id, x.year, q.slug as period, q.name, v.no
		from period p
		join period q on q.kind = 'report' and q.id <> p.id
		join campaign x on x.id = q.campaign_id
		join submission s on s.period_id = q.id and s.unit_id = @unit
		join version v on v.id = s.in_force
		where p.id = @period
		  and (q.campaign_id = p.campaign_id and (upper(q.data) < upper(p.data) and q.trues_up is null or q.id = p.trues_up)
		       or x.year = @year - 1 and q.slug = p.slug)
		order by x.year desc, upper(q.data) desc
		limit 1`,
		database.Args{"period": c.PeriodID, "unit": c.Unit, "year": c.Year})
}
