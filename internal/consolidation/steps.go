package consolidation

import (
	"context"
	"crypto/sha256"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/workingcopy"
)

var (
	leaders       = []actor.Role{actor.UnitLeader}
	consolidators = []actor.Role{actor.Consolidator}
)

// Begin makes the consolidation, with a first draft of every part assembled from the
// ground. Twice is a refusal: it has been begun.
func (s *Service) Begin(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	_, err := s.change(ctx, act, now, once, ref, "begin", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, Begin, *c, now).Err(); err != nil {
			return "", err
		}
		g, err := gather(ctx, tx, now, *c)
		if err != nil {
			return "", err
		}
		c.ID, err = database.Value[ID](ctx, tx, `
			insert into consolidation (period_id, unit_id, state_by, state_at)
			values (@period, @unit, @by, @now)
			returning id`,
			database.Args{"period": c.PeriodID, "unit": c.Unit, "by": act.Person, "now": now})
		if err != nil {
			return "", err
		}
		c.State, c.Revision = Draft, 1
		if err := c.Record(ctx, tx, act, now, audit.Entry{Action: "begun", After: map[string]any{"state": Draft}}); err != nil {
			return "", err
		}
		var saves []workingcopy.Save
		for _, key := range Keys(g.Tasks) {
			saves = append(saves, workingcopy.Save{Key: key, Values: DraftOf(g, key)})
		}
		_, err = workingcopy.SaveParts(ctx, tx, act, now, c, saves)
		return "begun", err
	})
	return err
}

// Proceed records why the unit goes on without the reports that are missing now. One
// that goes missing later wants a reason of its own.
func (s *Service) Proceed(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, reason string) error {
	_, err := s.change(ctx, act, now, once, ref, "proceed with", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, Proceed, *c, now).Err(); err != nil {
			return "", err
		}
		reason, problem := submission.Reason(reason)
		if problem != "" {
			return "", fault.Invalid{"reason": problem}
		}
		if err := database.Change(ctx, tx, `
			insert into consolidation_proceeding (consolidation_id, reason, units, by_person, by_name, at)
			values (@id, @reason, @units, @by, @name, @now)`,
			database.Args{"id": c.ID, "reason": reason, "units": c.Missing, "by": act.Person, "name": act.Name, "now": now}); err != nil {
			return "", err
		}
		return "proceeded", c.step(ctx, tx, act, now, c.State, "proceeded", reason, map[string]any{"units": c.Missing})
	})
	return err
}

// Finalise (chốt, trình) freezes ground and text and hands them to the leader. read
// is the revision of the consolidation that was seen, another one is
// [fault.Conflict].
func (s *Service) Finalise(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, read int) error {
	_, err := s.change(ctx, act, now, once, ref, "finalise", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, Finalise, *c, now).Err(); err != nil {
			return "", err
		}
		w, err := working(ctx, tx, now, *c)
		if err != nil {
			return "", err
		}
		c.Faults, c.Missing = w.Case.Faults, w.Case.Missing
		if err := Decide(act, Finalise, *c, now).Err(); err != nil {
			return "", err
		}
		if read != c.Revision {
			return "", fault.Conflict
		}
		sum, err := c.freeze(ctx, tx, act, now, w)
		if err != nil {
			return "", err
		}
		if err := c.step(ctx, tx, act, now, AwaitingSignoff, "finalised", "", map[string]any{"frozen": c.Frozen.No, "sha256": sum}); err != nil {
			return "", err
		}
		return "finalised", c.tell(ctx, tx, act, now, leaders, act.Name+" trình "+c.What()+".")
	})
	return err
}

// freeze keeps the ground and the text as they are.
func (c *Case) freeze(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, w Working) (sha string, err error) {
	f := Frozen{Ground: w.Ground, Parts: frozenParts(w.Contents())}
	if len(c.Missing) > 0 {
		f.Proceeded = c.Proceeded
	}
	content, err := f.Canonical()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(content)
	h := FrozenHead{No: 1, SHA256: hexOf(sum[:]), ByName: act.Name, At: now}
	if c.Frozen != nil {
		h.No = c.Frozen.No + 1
	}
	c.Frozen = &h
	return h.SHA256, database.Change(ctx, tx, `
		insert into consolidation_frozen (consolidation_id, no, content, sha256, by_person, by_name, at)
		values (@id, @no, @content, @sha, @by, @name, @now)`,
		database.Args{"id": c.ID, "no": h.No, "content": content, "sha": sum[:], "by": act.Person, "name": act.Name, "now": now})
}

// TakeBack (rút lại) returns what awaits the leader to the working copy.
func (s *Service) TakeBack(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	return s.step(ctx, act, now, once, ref, TakeBack, Draft, "taken_back")
}

// SendBack (chuyển lại) is the leader's no, with a reason.
func (s *Service) SendBack(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, reason string) error {
	return s.reasoned(ctx, act, now, once, ref, SendBack, "sent_back", reason, func(c *Case, reason string) string {
		return act.Name + " chuyển lại " + c.What() + ": " + reason
	})
}

// BackToDraft (đưa về nháp) opens the text again after the leader's yes, with a
// reason.
func (s *Service) BackToDraft(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, reason string) error {
	return s.reasoned(ctx, act, now, once, ref, BackToDraft, "returned_to_draft", reason, func(c *Case, reason string) string {
		return act.Name + " đưa " + c.What() + " về nháp: " + reason
	})
}

// Replace (soạn bản thay thế) opens the text again after it was issued, with a
// reason. What was issued stays, and stays the newest until the next is issued, which
// gets a number and a day of its own.
func (s *Service) Replace(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, reason string) error {
	return s.reasoned(ctx, act, now, once, ref, Replace, "replaced", reason, func(c *Case, reason string) string {
		return act.Name + " soạn bản thay thế " + c.What() + ": " + reason
	}, func(tx pgx.Tx, c *Case) error {
		doc, err := workingcopy.PartByKey(ctx, tx, c.CopyID(), ReferenceKey)
		if err != nil {
			return err
		}
		_, err = workingcopy.SavePart(ctx, tx, act, now, c, workingcopy.Save{Key: ReferenceKey, Read: doc.Revision,
			Values: Content{"number": "", "issued_on": ""}})
		return err
	})
}

// Discard (bỏ bản thay thế) returns to what was issued last: its text comes back,
// what was written since goes to the history.
func (s *Service) Discard(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	_, err := s.change(ctx, act, now, once, ref, "discard the replacement of", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, Discard, *c, now).Err(); err != nil {
			return "", err
		}
		frozen, err := frozenByNo(ctx, tx, *c, c.Issue.Frozen)
		if err != nil {
			return "", err
		}
		text := frozen.Contents()
		text[ReferenceKey] = referenceContent(c.Issue.Reference, c.Issue.Body)
		maps.DeleteFunc(text, func(_ string, content Content) bool { return len(content) == 0 })
		if err := workingcopy.Restore(ctx, tx, act, now, c.CopyID(), text); err != nil {
			return "", err
		}
		return "discarded", c.step(ctx, tx, act, now, Issued, "discarded", "", map[string]any{"issue": c.Issue.No})
	})
	return err
}

// SignOff (duyệt) is the leader's yes to the frozen content whose hash was read.
// Another one is [fault.Conflict].
func (s *Service) SignOff(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, sha256 string) error {
	_, err := s.change(ctx, act, now, once, ref, "sign off", func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, SignOff, *c, now).Err(); err != nil {
			return "", err
		}
		if sha256 != c.Frozen.SHA256 {
			return "", fault.Conflict
		}
		if err := database.Change(ctx, tx, `
			insert into consolidation_signoff (frozen_id, by_person, by_name, at)
			select id, @by, @name, @now
			from consolidation_frozen
			where consolidation_id = @id and no = @no`,
			database.Args{"id": c.ID, "no": c.Frozen.No, "by": act.Person, "name": act.Name, "now": now}); err != nil {
			return "", err
		}
		if err := c.step(ctx, tx, act, now, SignedOff, "signed_off", "", map[string]any{"frozen": c.Frozen.No, "sha256": sha256}); err != nil {
			return "", err
		}
		return "signed_off", c.tell(ctx, tx, act, now, consolidators, act.Name+" đã duyệt "+c.What()+".")
	})
	return err
}

// step is one that only changes the state.
func (s *Service) step(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, action Action, to State, verb string) error {
	_, err := s.change(ctx, act, now, once, ref, verb, func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, action, *c, now).Err(); err != nil {
			return "", err
		}
		return verb, c.step(ctx, tx, act, now, to, verb, "", nil)
	})
	return err
}

// reasoned is a step back to the draft that wants a reason and tells the others who
// make the consolidation. What else it does is done in the draft.
func (s *Service) reasoned(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, action Action, verb, typed string,
	body func(c *Case, reason string) string, also ...func(tx pgx.Tx, c *Case) error) error {
	_, err := s.change(ctx, act, now, once, ref, verb, func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, action, *c, now).Err(); err != nil {
			return "", err
		}
		reason, problem := submission.Reason(typed)
		if problem != "" {
			return "", fault.Invalid{"reason": problem}
		}
		if err := c.step(ctx, tx, act, now, Draft, verb, reason, nil); err != nil {
			return "", err
		}
		for _, do := range also {
			if err := do(tx, c); err != nil {
				return "", err
			}
		}
		others := append(leaders[:1:1], consolidators...)
		return verb, c.tell(ctx, tx, act, now, others, body(c, reason))
	})
	return err
}

// tell leaves a notice about the consolidation with people of the unit.
func (c *Case) tell(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, roles []actor.Role, body string) error {
	return notify.Tell(ctx, tx, act, now, c.Unit, roles, c.notice(), body)
}
