package overview

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// unitLine is one unit of the roster and its plan.
type unitLine struct {
	ID            actor.UnitID
	Unit          string
	Receiver      string // slug of the unit it reports to
	Position      int
	Code          string
	Name          string
	Short         string
	Kind          unit.Kind
	PlanState     PlanState
	StateAt       *time.Time
	InForce       bool
	Amending      bool
	FirstSent     *time.Time
	SentDue       *time.Time  // what was due when it was first sent
	Extensions    []extension // the last granted first
	KindDueBefore *time.Time
	CommonDue     *time.Time // that, but for who joined after it: see [campaign.CommonDue]
	Expected      bool
	JoinedOn      viet.Date      // first day on the roster; zero: it always was
	LeftOn        viet.Date      // first day off the roster; zero: none is set
	Out           map[int]string // task to why nothing is planned
}

type extension struct {
	At        time.Time
	DueBefore time.Time
}

// dueBefore is the deadline of the first sending, else the one in force at now;
// nil: there is none.
func (u unitLine) dueBefore(now time.Time) *time.Time {
	if u.SentDue != nil {
		return u.SentDue
	}
	for _, e := range u.Extensions {
		if !e.At.After(now) {
			return &e.DueBefore
		}
	}
	return u.CommonDue
}

// onRoster reports whether the unit is on the roster of a year on a day. Once the
// year is over, the roster of its last day stays.
func (u unitLine) onRoster(s Scope, day viet.Date) bool {
	day = s.within(day)
	return !day.Before(u.JoinedOn) && (u.LeftOn.IsZero() || day.Before(u.LeftOn))
}

// within is the day of the year nearest to day.
func (s Scope) within(day viet.Date) viet.Date {
	if last := s.Until.AddDays(-1); !s.Until.IsZero() && day.After(last) {
		day = last
	}
	if day.Before(s.From) {
		day = s.From
	}
	return day
}

// unitsOf returns how the plans of some units stand.
func unitsOf(ctx context.Context, db database.DB, id campaign.ID, ids []actor.UnitID) ([]unitLine, error) {
	return database.All[unitLine](ctx, db, `
		select r.unit_id as id, u.slug as unit, ru.slug as receiver, r.position, v.code, v.name, v.short, v.kind,
		       case when x.state is null or x.state = 'draft' and sent.ever is null
		                 and not exists (select from part where copy_id = x.id)
		            then 'none' else x.state end as plan_state,
		       x.state_at,
		       x.in_force is not null as in_force, x.in_force is not null and x.state <> 'accepted' as amending,
		       sent.first_at as first_sent, sent.due_before as sent_due, d.due_before as kind_due_before,
		       `+campaign.CommonDue+` as common_due,
		       (select coalesce(json_agg(json_build_object('At', e.at, 'DueBefore', e.due_before) order by e.at desc, e.id desc), '[]')
		        from extension e
		        where e.period_id = p.id and e.unit_id = r.unit_id) as extensions,
		       `+campaign.Expected+` as expected,
		       lower(r.valid) as joined_on, upper(r.valid) as left_on,
		       (select coalesce(json_object_agg(k.task_no, k.kind), '{}')
		        from task_scope_fact k
		        where k.campaign_id = c.id and k.unit_id = r.unit_id) as out
		from roster r
		join campaign c on c.id = r.campaign_id
		join unit u on u.id = r.unit_id
		join unit ru on ru.id = r.reports_to
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
		where r.campaign_id = @campaign and r.unit_id = any(@ids::bigint[])`,
		database.Args{"campaign": id, "ids": ids})
}
