package submission

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// Outcome is what became of a version.
type Outcome string

const (
	Pending     Outcome = "pending"
	WasRecalled Outcome = "recalled"
	WasReturned Outcome = "returned"
	WasAccepted Outcome = "accepted"
)

// Head is what the workflow needs to know of a version.
type Head struct {
	ID          int64
	No          int
	Outcome     Outcome
	SentAt      time.Time
	SentByName  string
	DueBefore   time.Time
	DecidedAt   *time.Time
	DecidedName string
	Reason      string
	ReopenedAt  *time.Time
	ReopenedWhy string
	Withdrawn   bool
}

// Late reports whether the version was sent at or after the deadline then in force.
func (h Head) Late() bool { return !h.SentAt.Before(h.DueBefore) }

// Person is somebody named in a case.
type Person struct {
	ID   actor.PersonID
	Name string
}

// Request is a unit's wish to have an accepted submission opened again.
type Request struct {
	ID     int64
	Reason string
	By     string
	At     time.Time
}

// Case is everything the decision who may do what depends on, loaded by one
// query. Facts that only the kind can work out (gaps) are set by its package.
type Case struct {
	ID         ID
	Kind       Kind
	Campaign   int64
	Year       int
	PeriodID   int64
	Period     string // slug
	PeriodName string
	Unit       actor.UnitID
	UnitSlug   string
	UnitName   string
	UnitShort  string
	UnitKind   string
	Symbol     string
	Receiver   actor.UnitID // to whom the unit reports
	Receives   string       // the receiver as sentences call it
	Lead       actor.UnitID // the consolidating unit of the campaign
	Direct     bool         // staff may submit without the leader
	LeftOn     *viet.Date   // the unit's first day outside the roster, once that day is set

	State       State
	Revision    int
	StateBy     *actor.PersonID
	StateByName string
	StateAt     time.Time
	StateWhy    string
	Begun       bool // something was typed at least once

	OpensOn   viet.Date
	ClosedAt  *time.Time
	ClosedWhy string
	DueBefore time.Time // in force now, an extension counted

	InForce      *Head
	Last         *Head // the newest version whatever its outcome
	LastDecided  *Head
	Authors      []actor.PersonID // of the newest version
	ForceAuthors []actor.PersonID // of the version in force
	ReadBy       []Person         // those entitled to decide who opened the newest version
	Deciders     []Person         // reviewers and consolidators of the receiver today
	Leaders      []Person         // leaders of the unit today
	Reopen       *Request         // open request
	Questions    []Question       // still open, of the newest version
	Unanswered   int              // remarks sent, not resolved and without an answer
	Remarks      int              // remarks on the pending version, sent or not
	AmendedBy    *actor.PersonID  // who began the open amendment

	Gaps        int  // what still blocks sending; set by the kind
	NoReference bool // the document reference is incomplete; set by the kind
}

// NotBegun reports whether nothing was ever typed.
func (c Case) NotBegun() bool { return c.State == Draft && !c.Begun && c.Last == nil }

// Word is the state as users read it.
func (c Case) Word() string {
	if c.NotBegun() {
		return NotBegunWord
	}
	return c.State.Word()
}

// Rest is where the submission goes when a step towards sending is undone:
// returned when the last decided version was returned or opened again, else draft.
func (c Case) Rest() State {
	d := c.LastDecided
	if d == nil {
		return Draft
	}
	if d.Outcome == WasReturned || d.ReopenedAt != nil || d.Withdrawn {
		return Returned
	}
	return Draft
}

// Amending reports whether a working copy is open beside a version in force.
func (c Case) Amending() bool { return c.InForce != nil && c.State != Accepted }

// pendingHead is the version waiting for a decision, or nil.
func (c Case) pendingHead() *Head {
	if c.Last != nil && c.Last.Outcome == Pending {
		return c.Last
	}
	return nil
}

// headOf selects the JSON of one version v with its outcome o.
const headOf = `json_build_object(
	'ID', v.id, 'No', v.no, 'Outcome', o.outcome, 'SentAt', v.sent_at, 'SentByName', v.sent_by_name,
	'DueBefore', v.due_before, 'DecidedAt', o.decided_at, 'DecidedName', o.decided_name, 'Reason', o.reason,
	'ReopenedAt', o.reopened_at, 'ReopenedWhy', o.reopened_why, 'Withdrawn', o.ended_why = 'withdrawn')`

// called is a unit as sentences call it: "Sở Tư pháp", "UBND huyện Vị Thủy". The
// short names of lists ("Tư pháp", "H. Vị Thủy") do not stand alone.
func called(name string) string { return `replace(` + name + `, 'Ủy ban nhân dân', 'UBND')` }

// caseQuery wants @now and @today and a condition on s, p, c and u. The roster is
// fenced in by its offset: planning all joins at once takes six times as long, and
// every new connection plans it some times.
var caseQuery = `
	select s.id, p.kind, c.id as campaign, c.year, p.id as period_id, p.slug as period, p.name as period_name,
	       s.unit_id as unit, u.slug as unit_slug, r.name as unit_name, ` + called("r.name") + ` as unit_short,
	       r.kind as unit_kind, r.symbol, r.reports_to as receiver,
	       coalesce((select ` + called("x.name") + ` from unit_version x where x.unit_id = r.reports_to and x.valid @> @today::date), '') as receives,
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
	       (select count(*) from remark m where m.submission_id = s.id and m.sent_at is not null and m.resolved_at is null and m.answer = '') as unanswered,
	       (select count(*) from remark m where m.version_id = last.id and m.resolved_at is null) as remarks,
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

// Ref names the case's submission.
func (c Case) Ref() Ref { return Ref{Year: c.Year, Period: c.Period, Unit: c.UnitSlug} }

// Subject is the submission's name in the audit.
func (c Case) Subject() string { return Subject(c.ID) }

// Subject is a submission's name in the audit.
func Subject(id ID) string { return fmt.Sprintf("submission/%d", id) }

// Record adds an entry to the submission's chain.
func (c *Case) Record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, e audit.Entry) error {
	e.Subject = c.Subject()
	if e.Authority == "" {
		e.Authority = c.authority(act)
	}
	return audit.Record(ctx, tx, act, now, e)
}

// authority says in which role act works on the submission.
func (c *Case) authority(act actor.Actor) string {
	for _, r := range []actor.Role{actor.UnitLeader, actor.Staff} {
		if act.Is(c.Unit, r) {
			return string(r)
		}
	}
	for _, r := range []actor.Role{actor.Consolidator, actor.Reviewer} {
		if act.Is(c.Receiver, r) || act.Is(c.Lead, r) {
			return string(r)
		}
	}
	return ""
}

// CopyID is the working copy of the submission.
func (c *Case) CopyID() workingcopy.ID { return workingcopy.ID(c.ID) }

// Touch counts a change of the working copy and notes its author.
func (c *Case) Touch(ctx context.Context, tx pgx.Tx, act actor.Actor) error {
	c.Revision++
	if err := database.Change(ctx, tx, `update submission set revision = @revision where id = @id`,
		database.Args{"id": c.ID, "revision": c.Revision}); err != nil {
		return err
	}
	return c.addAuthor(ctx, tx, act)
}

// addAuthor notes who has a share in what is sent next.
func (c *Case) addAuthor(ctx context.Context, tx pgx.Tx, act actor.Actor) error {
	if act.Person == 0 {
		return nil
	}
	_, err := database.Exec(ctx, tx, `
		insert into working_author (submission_id, person_id)
		values (@id, @person)
		on conflict do nothing`,
		database.Args{"id": c.ID, "person": act.Person})
	return err
}

// move changes the state; everything that follows from it is the caller's.
func (c *Case) move(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, to State, why string) error {
	c.Revision++
	c.State, c.StateAt, c.StateWhy, c.StateByName = to, now, why, act.Name
	if err := database.Change(ctx, tx, `
		update submission
		set state = @state, revision = @revision, state_by = @by, state_at = @now, state_why = @why
		where id = @id`,
		database.Args{"id": c.ID, "state": to, "revision": c.Revision, "by": orNull(act.Person), "now": now, "why": why}); err != nil {
		return err
	}
	return workingcopy.EndRuns(ctx, tx, c.CopyID())
}

// isAuthor reports whether act is among the authors of the newest version, or
// of the one in force where that is what would be decided on.
func isAuthor(act actor.Actor, authors []actor.PersonID) bool {
	return slices.Contains(authors, act.Person)
}

// orNull is NULL for the portal itself, which is no person.
func orNull(p actor.PersonID) *actor.PersonID {
	if p == 0 {
		return nil
	}
	return &p
}
