package submission

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
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
	Unanswered   int              // remarks to which the unit owes an answer
	Remarks      int              // remarks not settled, of every round, drafts too
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

// Known says from when to when the paper may be dated.
func (c *Case) Known(now time.Time) workingcopy.Known {
	return workingcopy.Known{Issued: workingcopy.PaperDays(c.Year, now)}
}

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
