package agenda

import (
	"context"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// File is what one unit files in one period, as far as its state goes.
type File struct {
	Kind       submission.Kind
	Year       int
	Period     string // slug
	PeriodName string
	Unit       actor.UnitID
	UnitSlug   string
	UnitName   string
	Receives   string // name of the receiver
	Receiver   string // its slug
	Expected   bool   // has to be filed: see [campaign.Expected]
	Own        bool   // of a unit the person works for
	Made       bool   // the portal has begun to keep it

	State       submission.State
	StateAt     time.Time
	StateByName string
	StateWhy    string // of a unit's own file only
	ByReceiver  bool   // the last step was the receiver's
	Begun       bool   // something was typed at least once
	Unanswered  int    // remarks to which an answer is owed

	DueBefore time.Time // in force now, an extension counted
	Regular   time.Time // what holds for units of its kind
	ClosedAt  *time.Time

	First   *Sending // the first that was not recalled: it decides lateness
	Last    *Sending // the newest, whatever became of it
	InForce *Sending
	Decided *Sending // the newest that was returned or accepted
	Wish    *Wish    // to have it opened again, unanswered

	Questions []submission.Question // about a unit's own newest sending, to be answered; the most pressing first
}

// Owing is why something is outstanding.
type Owing string

const (
	NeverSent   Owing = "never"  // chưa gửi: the same units as every other count of them
	ToSendAgain Owing = "again"  // chưa gửi lại: it was received, and came back
	JoinedLate  Owing = "joined" // never sent by who joined when it was due already, and is not counted
)

// owings lists them as they are chased.
var owings = []Owing{NeverSent, ToSendAgain, JoinedLate}

// Outstanding is what the units below still owe for one period, for one reason.
type Outstanding struct {
	Why        Owing
	Kind       submission.Kind
	Year       int
	Period     string // slug
	PeriodName string
	Receiver   string // slug of the unit they report to, "" for several
	Files      []File // the first rows
	Units      int    // all of them
}

// Sending is a version as far as the agenda tells of it.
type Sending struct {
	No          int
	SentAt      time.Time
	DueBefore   time.Time
	Outcome     submission.Outcome
	DecidedAt   *time.Time
	Reason      string // of the decision
	ReopenedAt  *time.Time
	ReopenedWhy string
	Withdrawn   bool
	EndedWhy    string // the reason for withdrawing it
}

// Late reports whether it missed the deadline then in force.
func (s Sending) Late() bool { return campaign.Late(s.DueBefore, s.SentAt) }

// Wish is an open request.
type Wish struct {
	By string
	At time.Time
}

// NotBegun reports whether nothing was ever typed.
func (f File) NotBegun() bool { return f.State == submission.Draft && !f.Begun && f.Last == nil }

// Word is the state as users read it.
func (f File) Word() string {
	if f.NotBegun() {
		return submission.NotBegunWord
	}
	return f.State.Word()
}

// LastDay is the last day on which sending is in time.
func (f File) LastDay() viet.Date { return viet.LastDayBefore(f.DueBefore) }

// Overdue reports whether what was never sent is late by now.
func (f File) Overdue(now time.Time) bool { return f.First == nil && campaign.Late(f.DueBefore, now) }

// Extended reports whether the unit was given another deadline than the others.
func (f File) Extended() bool { return !f.DueBefore.Equal(f.Regular) }

// kept reports whether the portal takes it: some periods only have a deadline.
func (f File) kept() bool { return f.Made || f.Kind == submission.Plan }

// Amending reports whether a working copy is open beside a version in force.
func (f File) Amending() bool { return f.InForce != nil && f.State != submission.Accepted }

// SentBack reports whether the unit's own leader wants it mended.
func (f File) SentBack() bool {
	return (f.State == submission.Draft || f.State == submission.Returned) && f.StateWhy != "" && !f.ByReceiver
}

const sending = `json_build_object(
	'No', v.no, 'SentAt', v.sent_at, 'DueBefore', v.due_before, 'Outcome', o.outcome, 'DecidedAt', o.decided_at,
	'Reason', o.reason, 'ReopenedAt', o.reopened_at, 'ReopenedWhy', o.reopened_why,
	'Withdrawn', o.ended_why = 'withdrawn', 'EndedWhy', o.ended_reason)`

// sendingOf selects one version of submission s.
func sendingOf(condition, order string) string {
	return `(select ` + sending + `
		from version v
		join version_outcome o on o.version_id = v.id
		where v.submission_id = s.id` + condition + `
		order by v.no ` + order + `
		limit 1)`
}

// filesFor returns what act's own units file in the periods that have opened, and
// what the units below still owe the receiver act works for. Reasons and remarks
// of the latter's working copies stay with them.
func filesFor(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id campaign.ID) ([]File, error) {
	units, below := own(act), act.Units(actor.Reviewer, actor.Consolidator)
	if len(units)+len(below) == 0 {
		return nil, nil
	}
	return database.All[File](ctx, db, `
		select p.kind, c.year, p.slug as period, p.name as period_name, r.unit_id as unit, u.slug as unit_slug,
		       uv.name as unit_name, x.own,
		       coalesce((select rv.name from unit_version rv where rv.unit_id = r.reports_to and rv.valid @> @today::date), '') as receives,
		       (select ru.slug from unit ru where ru.id = r.reports_to) as receiver, `+campaign.Expected+` as expected,
		       s.id is not null as made, coalesce(s.state, 'draft') as state, coalesce(s.state_at, p.opens_on) as state_at,
		       case when x.own then coalesce(sp.name, '') else '' end as state_by_name,
		       case when x.own then coalesce(s.state_why, '') else '' end as state_why,
		       exists (select from version_outcome o
		               where o.submission_id = s.id and s.state_at in (o.decided_at, o.reopened_at, o.ended_at)) as by_receiver,
		       exists (select from part where copy_id = s.id) as begun,
		       case when x.own then (select count(*) from remark m
		                             where m.submission_id = s.id and `+submission.Unanswered+`) else 0 end as unanswered,
		       coalesce((select e.due_before
		                 from extension e
		                 where e.period_id = p.id and e.unit_id = r.unit_id and e.at <= @now
		                 order by e.at desc, e.id desc
		                 limit 1), `+campaign.CommonDue+`) as due_before,
		       `+campaign.CommonDue+` as regular,
		       p.closed_at,
		       `+sendingOf(` and o.outcome <> 'recalled'`, `asc`)+` as first,
		       `+sendingOf(``, `desc`)+` as last,
		       `+sendingOf(` and v.id = s.in_force`, `asc`)+` as in_force,
		       `+sendingOf(` and o.outcome in ('returned', 'accepted')`, `desc`)+` as decided,
		       (select json_build_object('By', q.by_name, 'At', q.at)
		        from request q
		        where q.submission_id = s.id and q.kind = 'reopen' and q.outcome = 'open') as wish,
		       (select coalesce(json_agg(json_build_object('ID', q.id, 'Body', q.reason, 'ByName', q.by_name, 'At', q.at, 'DueOn', q.due_on)
		                                 order by q.due_on, q.id), '[]')
		        from request q
		        where x.own and q.submission_id = s.id and q.kind = 'explain' and q.outcome = 'open' and q.answer = '') as questions
		from roster r
		join campaign c on c.id = r.campaign_id
		join period p on p.campaign_id = r.campaign_id and p.opens_on <= @today::date
		join unit u on u.id = r.unit_id
		join unit_version uv on uv.id = r.unit_version_id
		join deadline d on d.period_id = p.id and d.unit_kind = uv.kind
		cross join lateral (select r.unit_id = any(@own::bigint[]) as own) x
		left join submission s on s.period_id = p.id and s.unit_id = r.unit_id
		left join person sp on sp.id = s.state_by
		where r.campaign_id = @campaign
		  and (upper_inf(r.valid) or upper(r.valid) > @today::date)
		  and (s.id is not null or p.data is null or lower_inf(r.valid) or lower(r.valid) < upper(p.data))
		  and (x.own
		       or r.reports_to = any(@below::bigint[])
		          and s.in_force is null
		          and coalesce(s.state, 'draft') in ('draft', 'awaiting_signoff', 'returned')
		          and (s.id is not null or p.kind = 'plan'))
		order by p.opens_on, array_position(array['plan', 'report', 'evaluation'], p.kind), r.position, p.id`,
		database.Args{"campaign": id, "now": now, "today": viet.DateOf(now), "own": ids(units), "below": ids(below)})
}

// placeFiles puts each file into the one section where it is asked for.
func (a *Agenda) placeFiles(act actor.Actor, files []File) {
	var below []File // by period
	for _, f := range files {
		if f.Own {
			a.placeOwn(act, f)
			continue
		}
		below = append(below, f)
	}
	for len(below) > 0 {
		n := slices.IndexFunc(below, func(f File) bool { return f.Period != below[0].Period })
		if n < 0 {
			n = len(below)
		}
		for _, why := range owings {
			if o := outstanding(why, below[:n]); o.Units > 0 {
				a.Outstanding = append(a.Outstanding, o)
			}
		}
		below = below[n:]
	}
}

// outstanding are the files of a period that are owed for one reason.
func outstanding(why Owing, of []File) Outstanding {
	first := of[0]
	o := Outstanding{Why: why, Kind: first.Kind, Year: first.Year, Period: first.Period, PeriodName: first.PeriodName}
	for _, f := range of {
		if f.owing() != why {
			continue
		}
		if o.Units++; o.Units <= Rows {
			o.Files = append(o.Files, f)
		}
		if o.Units == 1 {
			o.Receiver = f.Receiver
		} else if o.Receiver != f.Receiver {
			o.Receiver = ""
		}
	}
	return o
}

func (f File) owing() Owing {
	switch {
	case f.First != nil:
		return ToSendAgain
	case f.Expected:
		return NeverSent
	}
	return JoinedLate
}

func (a *Agenda) placeOwn(act actor.Actor, f File) {
	switch {
	case len(f.Questions) > 0:
		a.Explain = append(a.Explain, f)
	case f.State == submission.Submitted, f.State == submission.Accepted && f.Wish != nil:
		a.Waiting = append(a.Waiting, f)
	case f.State == submission.AwaitingSignoff && act.Is(f.Unit, actor.UnitLeader):
		a.SignOff = append(a.SignOff, f)
	case f.State == submission.AwaitingSignoff:
		a.Waiting = append(a.Waiting, f)
	case f.State == submission.Returned, f.SentBack():
		a.Returned = append(a.Returned, f)
	case f.State == submission.Accepted:
	case f.First == nil && a.comesUp(f.LastDay()):
		a.Due = append(a.Due, Due{On: f.LastDay(), File: &f})
	case f.kept():
		a.Write = append(a.Write, f)
	}
}
