package overview

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// unitLine is one unit of the roster and its plan.
type unitLine struct {
	ID            actor.UnitID
	Unit          string
	Name          string
	Short         string
	Kind          unit.Kind
	State         PlanState
	StateAt       *time.Time
	InForce       bool
	Amending      bool
	FirstSent     *time.Time
	DueBefore     *time.Time
	KindDueBefore *time.Time
	Expected      bool
	Shown         bool // on the roster today, or with a plan in force
	LeftOn        viet.Date
	Out           map[int]string // task to why nothing is planned
}

// unitsOf returns the units that report to the receiver, in roster order. Once
// the year is over, the roster of its last day stays.
func unitsOf(ctx context.Context, db database.DB, s Scope, now time.Time) ([]unitLine, error) {
	day := viet.DateOf(now)
	if last := s.Until.AddDays(-1); !s.Until.IsZero() && day.After(last) {
		day = last
	}
	if day.Before(s.From) {
		day = s.From
	}
	return database.All[unitLine](ctx, db, `
		select r.unit_id as id, u.slug as unit, v.name, v.short, v.kind,
		       case when x.state is null or x.state = 'draft' and sent.ever is null
		                 and not exists (select from part where submission_id = x.id)
		            then 'none' else x.state end as state,
		       x.state_at,
		       x.in_force is not null as in_force, x.in_force is not null and x.state <> 'accepted' as amending,
		       sent.first_at as first_sent,
		       coalesce(sent.due_before, longer.due_before, d.due_before) as due_before, d.due_before as kind_due_before,
		       coalesce(r.valid @> coalesce((d.due_before at time zone 'Asia/Ho_Chi_Minh' - interval '1 microsecond')::date, p.opens_on),
		                false) as expected,
		       r.valid @> @day::date or x.in_force is not null as shown,
		       case when upper(r.valid) <= @day::date then upper(r.valid) end as left_on,
		       (select coalesce(json_object_agg(k.task_no, k.kind), '{}')
		        from task_scope_fact k
		        where k.campaign_id = c.id and k.unit_id = r.unit_id) as out
		from roster r
		join campaign c on c.id = r.campaign_id
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		left join period p on p.campaign_id = c.id and p.slug = '`+plan.Period+`'
		left join deadline d on d.period_id = p.id and d.unit_kind = v.kind
		left join submission x on x.period_id = p.id and x.unit_id = r.unit_id
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
		where r.campaign_id = @campaign and r.reports_to = @receiver
		order by r.position, r.unit_id`,
		database.Args{"campaign": s.Campaign, "receiver": s.Receiver.ID, "day": day, "now": now})
}
