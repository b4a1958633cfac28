package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// headOf selects the JSON of one version v with its outcome o.
const headOf = `json_build_object(
	'ID', v.id, 'No', v.no, 'Outcome', o.outcome, 'SentAt', v.sent_at, 'SentByName', v.sent_by_name,
	'DueBefore', v.due_before, 'DecidedAt', o.decided_at, 'DecidedName', o.decided_name, 'Reason', o.reason,
	'ReopenedAt', o.reopened_at, 'ReopenedWhy', o.reopened_why, 'Withdrawn', o.ended_why = 'withdrawn')`

// caseQuery wants @now and @today and a condition on s, p, c and u. The roster is
// fenced in by its offset: planning all joins at once takes six times as long, and
// every new connection plans it some times.
var caseQuery = `
	select s.id, p.kind, c.id as campaign, c.year, p.id as period_id, p.slug as period, p.name as period_name,
	       s.unit_id as unit, u.slug as unit_slug, r.name as unit_name, ` + unit.CalledSQL("r.name") + ` as unit_short,
	       r.kind as unit_kind, r.symbol, r.reports_to as receiver,
	       coalesce((select ` + unit.CalledSQL("x.name") + ` from unit_version x where x.unit_id = r.reports_to and x.valid @> @today::date), '') as receives,
	       c.lead_unit as lead, r.direct_submit as direct,
	       case when upper(r.valid) <= @today::date then upper(r.valid) end as left_on,
	       s.state, s.revision, s.state_by, coalesce((select q.name from person q where q.id = s.state_by), '') as state_by_name, s.state_at, s.state_why,
	       exists (select from part where copy_id = s.id) as begun,
	       p.opens_on, p.closed_at, p.closed_why,
	       coalesce((select e.due_before from extension e
	                 where e.period_id = p.id and e.unit_id = s.unit_id and e.at <= @now
	                 order by e.at desc, e.id desc limit 1), r.due_before) as due_before,
	       (select ` + headOf + ` from version v join version_outcome o on o.version_id = v.id where v.id = s.in_force) as in_force,
	       last.head as last,
	       (select ` + headOf + ` from version v join version_outcome o on o.version_id = v.id
	        where v.submission_id = s.id and o.outcome in ('returned', 'accepted') order by v.no desc limit 1) as last_decided,
	       array(select a.person_id from version_author a where a.version_id = last.id) as authors,
	       array(select a.person_id from version_author a where a.version_id = s.in_force) as force_authors,
	       (select coalesce(json_agg(json_build_object('ID', q.id, 'Name', q.name) order by vr.at), '[]')
	        from version_read vr join person q on q.id = vr.person_id where vr.version_id = last.id and vr.decides) as read_by,
	       (select coalesce(json_agg(json_build_object('ID', q.id, 'Name', q.name) order by q.name_sort collate "vi-x-icu", q.id), '[]')
	        from person q where q.active and exists (
	            select from membership m where m.person_id = q.id and m.unit_id = r.reports_to
	            and m.role in ('reviewer', 'consolidator') and m.valid @> @today::date)) as deciders,
	       (select coalesce(json_agg(json_build_object('ID', q.id, 'Name', q.name) order by q.name_sort collate "vi-x-icu", q.id), '[]')
	        from person q where q.active and exists (
	            select from membership m where m.person_id = q.id and m.unit_id = s.unit_id
	            and m.role = 'unit_leader' and m.valid @> @today::date)) as leaders,
	       (select json_build_object('ID', q.id, 'Reason', q.reason, 'By', q.by_name, 'At', q.at)
	        from request q where q.submission_id = s.id and q.kind = 'reopen' and q.outcome = 'open') as reopen,
	       (select coalesce(json_agg(` + questionOf + ` order by q.id), '[]')
	        from request q join version qv on qv.id = q.version_id
	        where q.submission_id = s.id and q.kind = 'explain' and q.outcome = 'open') as questions,
	       (select count(*) from remark m where m.submission_id = s.id and ` + Unanswered + `) as unanswered,
	       (select count(*) from remark m where m.submission_id = s.id and m.resolved_at is null) as remarks,
	       s.amended_by, 0 as gaps, false as no_reference
	from submission s
	join period p on p.id = s.period_id
	join campaign c on c.id = p.campaign_id
	join unit u on u.id = s.unit_id
	cross join lateral (
	    select r.reports_to, r.direct_submit, r.valid, uv.name, uv.kind, uv.symbol, ` + campaign.CommonDue + ` as due_before
	    from roster r
	    join unit_version uv on uv.id = r.unit_version_id
	    join deadline d on d.period_id = p.id and d.unit_kind = uv.kind
	    where r.campaign_id = c.id and r.unit_id = s.unit_id
	    offset 0
	) r
	left join lateral (
	    select v.id, ` + headOf + ` as head
	    from version v join version_outcome o on o.version_id = v.id
	    where v.submission_id = s.id order by v.no desc limit 1
	) last on true `

const byRef = `where c.year = @year and p.slug = @period and u.slug = @unit`

// Load returns the case of ref as it stands at now.
func Load(ctx context.Context, db database.DB, now time.Time, ref Ref) (Case, error) {
	return database.One[Case](ctx, db, caseQuery+byRef,
		database.Args{"now": now, "today": viet.DateOf(now), "year": ref.Year, "period": ref.Period, "unit": ref.Unit})
}

// Lock returns the case of ref and lets nobody else change the submission until
// tx ends. Everything that writes to a submission goes through it.
func Lock(ctx context.Context, tx pgx.Tx, now time.Time, ref Ref) (*Case, error) {
	// The row is locked first, so that the case is read as the last writer left it.
	id, err := database.Value[ID](ctx, tx, `
		select s.id
		from submission s
		join period p on p.id = s.period_id
		join campaign c on c.id = p.campaign_id
		join unit u on u.id = s.unit_id
		`+byRef+`
		for update of s`,
		database.Args{"year": ref.Year, "period": ref.Period, "unit": ref.Unit})
	if err != nil {
		return nil, err
	}
	c, err := database.One[Case](ctx, tx, caseQuery+`where s.id = @id`,
		database.Args{"now": now, "today": viet.DateOf(now), "id": id})
	return &c, err
}
