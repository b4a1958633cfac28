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
	Reopen     string     // the unit's reason where it asks for reopening instead
	ReopenAt   *time.Time // when it asked
	Total      int        // of all rows, for the pager
}

// Queue lists what waits for the units in which act decides, oldest first:
// versions sent, then requests to reopen.
func (s *Service) Queue(ctx context.Context, act actor.Actor, now time.Time, limit, offset int) ([]Waiting, error) {
	below := make([]int64, 0)
	for _, u := range act.Units(actor.Reviewer, actor.Consolidator) {
		below = append(below, int64(u))
	}
	return database.All[Waiting](ctx, s.db, `
		select p.kind, c.year, p.slug as period, p.name as period_name, u.slug as unit_slug, uv.name as unit_name,
		       v.no, v.sent_at, v.sent_by_name, s.in_force is not null as amends,
		       first.id <> v.id as again, first.sent_at >= first.due_before as late,
		       exists (select from version_read r where r.version_id = v.id and r.person_id = @me) as read,
		       exists (select from version_author a where a.version_id = v.id and a.person_id = @me) as own,
		       array(select q.name from version_read r join person q on q.id = r.person_id
		             where r.version_id = v.id and r.decides and r.person_id <> @me order by r.at) as read_by,
		       (select count(*) from remark m where m.submission_id = s.id and m.sent_at is not null
		        and m.resolved_at is null and m.answer <> '') as answered,
		       coalesce(q.reason, '') as reopen, q.at as reopen_at,
		       count(*) over () as total
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
		where r.reports_to = any(@below::bigint[])
		  and (s.state = 'submitted' or q.id is not null)
		order by case when s.state = 'submitted' then v.sent_at else q.at end, r.position
		limit @limit offset @offset`,
		database.Args{"me": act.Person, "below": below, "limit": limit, "offset": offset})
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
