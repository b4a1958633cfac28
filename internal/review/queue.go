package review

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Waiting is one submission that waits for a decision of the receiver.
type Waiting struct {
	ID         submission.ID
	Kind       submission.Kind
	Year       int
	Period     string
	PeriodName string
	UnitSlug   string
	UnitName   string
	No         int
	SentAt     time.Time
	SentByName string
	Amends     bool       // a version is in force already
	Again      bool       // sent before, not recalled
	Late       bool       // the first version not recalled came after its deadline
	Read       bool       // act has opened this version
	Own        bool       // act is among its authors and may not decide
	ReadBy     []string   // others who opened it and may decide
	Answered   int        // remarks of earlier rounds with an answer, not yet settled
	Asked      int        // questions about this version, not yet closed
	Explained  int        // of those: answered
	Duty       string     // who looks after the unit, "" = nobody
	Mine       bool       // act does
	HeldDays   int        // of earlier rounds since the version in force, at the receiver
	UnitDays   int        // of those rounds, at the unit
	Reopen     string     // the unit's reason where it asks for reopening instead
	ReopenAt   *time.Time // when it asked
	Total      int        // of all rows, for the pager
}

// Since is from when it waits: the request to reopen, else the sending.
func (w Waiting) Since() time.Time {
	if w.ReopenAt != nil {
		return *w.ReopenAt
	}
	return w.SentAt
}

// WaitedDays is how many days the receiver has held it on the day of now.
func (w Waiting) WaitedDays(now time.Time) int {
	return viet.DateOf(w.Since()).DaysUntil(viet.DateOf(now))
}

// Ref names the submission.
func (w Waiting) Ref() submission.Ref {
	return submission.Ref{Year: w.Year, Period: w.Period, Unit: w.UnitSlug}
}

// waits are the rows of the queue of @me in the units @below on the day @today,
// with turn: what one looks after first, then what nobody does.
const waits = `
	select s.id, p.kind, c.year, p.slug as period, p.name as period_name, u.slug as unit_slug, uv.name as unit_name,
	       v.no, v.sent_at, v.sent_by_name, s.in_force is not null as amends,
	       first.id <> v.id as again, first.sent_at >= first.due_before as late,
	       exists (select from version_read r where r.version_id = v.id and r.person_id = @me) as read,
	       exists (select from version_author a
	               where a.person_id = @me and a.version_id = case when s.state = 'submitted' then v.id else s.in_force end) as own,
	       array(select q.name from version_read r join person q on q.id = r.person_id
	             where r.version_id = v.id and r.decides and r.person_id <> @me order by r.at) as read_by,
	       (select count(*) from remark m where m.submission_id = s.id and m.sent_at is not null
	        and m.resolved_at is null and m.answer <> '') as answered,
	       asked.open as asked, asked.answered as explained,
	       coalesce(duty.name, '') as duty, duty.id is not distinct from @me and duty.id is not null as mine,
	       held.receiver as held_days, held.unit as unit_days,
	       coalesce(q.reason, '') as reopen, q.at as reopen_at,
	       case when duty.id = @me then 0 when duty.id is null then 1 else 2 end as turn,
	       case when s.state = 'submitted' then v.sent_at else q.at end as since,
	       uv.name_fold, r.position
	from submission s
	join period p on p.id = s.period_id
	join campaign c on c.id = p.campaign_id
	join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
	join unit u on u.id = s.unit_id
	join unit_version uv on uv.id = r.unit_version_id
	left join request q on q.submission_id = s.id and q.kind = 'reopen' and q.outcome = 'open'
	join version v on v.submission_id = s.id and v.id = (
	    select max(x.id) from version x where x.submission_id = s.id)
	join lateral (
	    select x.id, x.sent_at, x.due_before
	    from version x
	    join version_outcome o on o.version_id = x.id and o.outcome <> 'recalled'
	    where x.submission_id = s.id
	    order by x.no
	    limit 1
	) first on true
	left join lateral (
	    select d.id, d.name
	    from review_duty rd
	    join person d on d.id = rd.person_id and d.active
	    where rd.receiver_id = r.reports_to and rd.unit_id = s.unit_id
	      and exists (select from membership m
	                  where m.person_id = d.id and m.unit_id = r.reports_to
	                    and m.role in ('reviewer', 'consolidator') and m.valid @> @today::date)
	) duty on true
	cross join lateral (
	    select count(*) as open, count(*) filter (where x.answer <> '') as answered
	    from request x
	    where x.submission_id = s.id and x.kind = 'explain' and x.outcome = 'open'
	) asked
	cross join lateral (
	    select coalesce(sum(x.decided - x.sent), 0) as receiver, coalesce(sum(x.sent - x.before), 0) as unit
	    from (
	        select (y.sent_at at time zone 'Asia/Ho_Chi_Minh')::date as sent,
	               (o.decided_at at time zone 'Asia/Ho_Chi_Minh')::date as decided,
	               lag((o.decided_at at time zone 'Asia/Ho_Chi_Minh')::date) over (order by y.no) as before
	        from version y
	        join version_outcome o on o.version_id = y.id and o.outcome <> 'recalled'
	        where y.submission_id = s.id
	          and y.id > coalesce(s.in_force, 0)
	    ) x
	) held
	where r.reports_to = any(@below::bigint[])
	  and (s.state = 'submitted' or q.id is not null)`

// order is of the queue: one's own units first, oldest first.
const order = `turn, since, position, id`

// args are those of waits and of f.
func args(act actor.Actor, now time.Time, f Filter) database.Args {
	return database.Args{"me": act.Person, "below": receivers(act), "today": viet.DateOf(now), "kind": f.Kind, "search": f.Search}
}

// Queue lists what waits for the units in which act decides and f leaves: one's
// own units first, then those nobody looks after; oldest first, versions sent and
// requests to reopen alike.
func (s *Service) Queue(ctx context.Context, act actor.Actor, now time.Time, f Filter, limit, offset int) ([]Waiting, error) {
	with := args(act, now, f)
	with["limit"], with["offset"] = limit, offset
	return database.All[Waiting](ctx, s.db, `
		with waits as (`+waits+`)
		select `+columns+`, count(*) over () as total
		from waits
		where `+f.condition()+`
		order by `+order+`
		limit @limit offset @offset`, with)
}

const columns = `id, kind, year, period, period_name, unit_slug, unit_name, no, sent_at, sent_by_name, amends, again, late,
	read, own, read_by, answered, asked, explained, duty, mine, held_days, unit_days, reopen, reopen_at`

// Place is a submission in the queue, counted from 1; what act wrote is left out.
type Place struct {
	Waiting
	Place int
}

// Next returns what to read after the submission with id: the next in the queue
// as f leaves it, from its beginning after its end, nil where nothing else waits.
func (s *Service) Next(ctx context.Context, act actor.Actor, now time.Time, f Filter, id submission.ID) (*Place, error) {
	with := args(act, now, f)
	with["id"] = id
	found, err := database.All[Place](ctx, s.db, `
		with waits as (`+waits+`), placed as (
			select *, row_number() over (order by `+order+`) as place, count(*) over () as total
			from waits
			where not own and `+f.condition()+`
		)
		select `+columns+`, place, total
		from placed
		where id <> @id
		order by place < coalesce((select place from placed where id = @id), 0), place
		limit 1`, with)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}
