package agenda

import (
	"time"

	"danvan/internal/actor"
	"danvan/internal/viet"
)

// Sum is a consolidated report (báo cáo tổng hợp) on which the person has to do
// something: begin or write it, sign it off, issue it.
type Sum struct {
	Year        int
	Period      string // slug
	PeriodName  string
	UnitSlug    string // who consolidates
	UnitShort   string
	State       string     // "" while nobody has begun, else as the report has it
	StateAt     *time.Time // nil while nobody has begun
	StateByName string
	StateWhy    string    // what is to be mended
	DueBefore   time.Time // of the reports below, the last of them; exclusive
	Missing     int       // units expected whose report is not in force
}

// LastDay is the last day on which the reports below were in time.
func (s Sum) LastDay() viet.Date { return viet.LastDayBefore(s.DueBefore) }

// sums selects what is to be done about consolidated reports as JSON: by a
// consolidator once the reports are due, while it is written and when it is signed
// off; by the leader when it is handed over.
const sums = `
	select coalesce(json_agg(json_build_object('Year', c.year, 'Period', p.slug, 'PeriodName', p.name, 'UnitSlug', u.slug,
	       'UnitShort', replace(v.name, 'Ủy ban nhân dân', 'UBND'), 'State', coalesce(k.state, ''), 'StateAt', k.state_at,
	       'StateByName', coalesce(by.name, ''), 'StateWhy', coalesce(k.state_why, ''), 'DueBefore', due.last,
	       'Missing', (select count(*) from roster r
	                   left join submission s on s.period_id = p.id and s.unit_id = r.unit_id
	                   where r.campaign_id = c.id and r.reports_to = u.id and r.valid @> upper(p.data) - 1 and s.in_force is null))
	       order by due.last, u.id), '[]')
	from campaign c
	join period p on p.campaign_id = c.id and p.kind = 'report'
	join lateral (select max(d.due_before) as last from deadline d where d.period_id = p.id) due on due.last is not null
	join unit u on u.id = any(@consolidates::bigint[] || @leads::bigint[])
	join unit_version v on v.unit_id = u.id and v.valid @> @today::date
	left join consolidation k on k.period_id = p.id and k.unit_id = u.id
	left join person by on by.id = k.state_by
	where c.id = @campaign
	and exists (select from roster r where r.campaign_id = c.id and r.reports_to = u.id)
	and (u.id = any(@consolidates::bigint[]) and (k.state in ('draft', 'signed_off') or k.state is null and due.last <= @now)
	     or u.id = any(@leads::bigint[]) and k.state = 'awaiting_signoff')`

// consolidates are the units whose reports act sums up, leads those it signs for.
func consolidates(act actor.Actor) []int64 { return ids(act.Units(actor.Consolidator)) }

func leads(act actor.Actor) []int64 { return ids(act.Units(actor.UnitLeader)) }
