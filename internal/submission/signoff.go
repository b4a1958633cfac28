package submission

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
)

// The steps inside the unit and to the receiver. Each wants a locked case whose
// Gaps and NoReference the kind has worked out, asks [Decide], and audits.

// SendToLeader (trình) hands the working copy to the unit's leader.
func SendToLeader(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case) error {
	if err := Decide(act, Send, *c, now).Err(); err != nil {
		return err
	}
	if err := c.addAuthor(ctx, tx, act); err != nil {
		return err
	}
	if err := c.step(ctx, tx, act, now, AwaitingSignoff, "sent", "", nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, leaders, act.Name+" trình "+c.What()+".")
}

// TakeItBack (rút lại) returns what awaits sign-off to the one who wrote it.
func TakeItBack(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case) error {
	if err := Decide(act, TakeBack, *c, now).Err(); err != nil {
		return err
	}
	return c.step(ctx, tx, act, now, c.Rest(), "taken_back", "", nil)
}

// SendItBack (chuyển lại) is the leader's no; the reason stays inside the unit.
func SendItBack(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, reason string) error {
	if err := Decide(act, SendBack, *c, now).Err(); err != nil {
		return err
	}
	reason, problem := Reason(reason)
	if problem != "" {
		return fault.Invalid{"reason": problem}
	}
	if err := c.step(ctx, tx, act, now, c.Rest(), "sent_back", reason, nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, staff, act.Name+" chuyển lại "+c.What()+": "+reason)
}

// Signing is what signing off needs beyond the case.
type Signing struct {
	Read      int // the submission revision that was read
	Reference Reference
	People    map[string]map[string]string // part key to who is in charge
	Computed  []FrozenPart                 // frozen beside the parts
	Omitted   map[string]bool              // keys of parts that nobody asks for any more: not frozen
}

// SignItOff (duyệt, gửi) freezes a version and sends it to the receiver.
func SignItOff(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, s Signing) (Head, error) {
	return submit(ctx, tx, act, now, c, s, SignOff, actor.UnitLeader, "signed_off")
}

// SubmitItDirectly (gửi trực tiếp) sends without a step in between.
func SubmitItDirectly(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, s Signing) (Head, error) {
	authority := actor.Staff
	if act.Is(c.Unit, actor.UnitLeader) {
		authority = actor.UnitLeader
	}
	return submit(ctx, tx, act, now, c, s, SubmitDirect, authority, "submitted")
}

func submit(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, s Signing, action Action, authority actor.Role, verb string) (Head, error) {
	c.NoReference = !s.Reference.Complete()
	if err := Decide(act, action, *c, now).Err(); err != nil {
		return Head{}, err
	}
	if s.Read != c.Revision {
		return Head{}, fault.Conflict
	}
	if err := c.addAuthor(ctx, tx, act); err != nil {
		return Head{}, err
	}
	// Lateness is decided by the first version that was not recalled.
	first := c.LastDecided == nil
	h, err := freeze(ctx, tx, act, now, c, authority, s)
	if err != nil {
		return Head{}, err
	}
	if err := c.step(ctx, tx, act, now, Submitted, verb, "", map[string]any{"reference": s.Reference.String(), "late": first && h.Late()}); err != nil {
		return Head{}, err
	}
	return h, c.tell(ctx, tx, act, now, c.Receiver, deciders, fmt.Sprintf("%s gửi %s, lần gửi %d.", c.UnitShort, c.What(), h.No))
}

// RecallIt (thu hồi) takes an unread version back; it stays in the history and never counts.
func RecallIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case) error {
	if err := Decide(act, Recall, *c, now).Err(); err != nil {
		return err
	}
	if err := c.outcome(ctx, tx, act, now, WasRecalled, ""); err != nil {
		return err
	}
	return c.step(ctx, tx, act, now, c.Rest(), "recalled", "", nil)
}

// outcome decides the pending version.
func (c *Case) outcome(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, o Outcome, reason string) error {
	if err := database.Change(ctx, tx, `
		update version_outcome
		set outcome = @outcome, decided_by = @by, decided_name = @name, decided_at = @now, reason = @reason
		where version_id = @id and outcome = 'pending'`,
		database.Args{"id": c.Last.ID, "outcome": o, "by": act.Person, "name": act.Name, "now": now, "reason": reason}); err != nil {
		return err
	}
	c.Last.Outcome = o
	return nil
}

// step moves the submission to a state and records why.
func (c *Case) step(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, to State, verb, reason string, more map[string]any) error {
	about := c.Last
	switch {
	case c.State == Accepted, to == Accepted: // a later version may have been discarded
		about = c.InForce
	case to == AwaitingSignoff, c.State == AwaitingSignoff && to != Submitted: // no version yet
		about = nil
	}
	return c.stepAbout(ctx, tx, act, now, about, to, verb, reason, more)
}

// stepAbout is step about a version, or nil.
func (c *Case) stepAbout(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, about *Head, to State, verb, reason string, more map[string]any) error {
	from := c.State
	if err := c.move(ctx, tx, act, now, to, reason); err != nil {
		return err
	}
	after := map[string]any{"state": to}
	e := audit.Entry{Action: verb, Before: map[string]any{"state": from}, After: after}
	if reason != "" {
		after["reason"] = reason
	}
	if about != nil {
		after["version"] = about.No
		e.VersionID = about.ID
	}
	for k, v := range more {
		after[k] = v
	}
	return c.Record(ctx, tx, act, now, e)
}

var (
	staff    = []actor.Role{actor.Staff}
	leaders  = []actor.Role{actor.UnitLeader}
	unitAll  = []actor.Role{actor.Staff, actor.UnitLeader}
	deciders = []actor.Role{actor.Reviewer, actor.Consolidator}
)

// tell leaves a notice about the submission.
func (c *Case) tell(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, unit actor.UnitID, roles []actor.Role, body string) error {
	return notify.Tell(ctx, tx, act, now, unit, roles, fmt.Sprintf("%s/%d/%s/%s", c.Kind, c.Year, c.Period, c.UnitSlug), body)
}

// What names the submission in a sentence.
func (c Case) What() string { return c.Kind.Named(c.Year, c.PeriodName) }
