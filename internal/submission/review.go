package submission

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
)

// The decisions of the receiver. Each wants a locked case.

// ReturnIt (trả lại) sends the pending version back with a reason, the remarks
// drafted on it and those of earlier rounds that are still not settled. no is the
// version that was read.
func ReturnIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, no int, reason string) error {
	if err := Decide(act, Return, *c, now).Err(); err != nil {
		return err
	}
	if no != c.Last.No {
		return fault.Conflict
	}
	reason, problem := Reason(reason)
	if problem != "" {
		return fault.Invalid{"reason": problem}
	}
	if _, err := database.Exec(ctx, tx, `
		update remark set sent_at = @now
		where version_id = @version and sent_at is null`,
		database.Args{"now": now, "version": c.Last.ID}); err != nil {
		return err
	}
	if err := c.outcome(ctx, tx, act, now, WasReturned, reason); err != nil {
		return err
	}
	if err := c.closeQuestions(ctx, tx, act, now, 0); err != nil {
		return err
	}
	if err := c.step(ctx, tx, act, now, Returned, "returned", reason, map[string]any{"remarks": c.Remarks}); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll, fmt.Sprintf("%s trả lại %s, lần gửi %d: %s", c.Receives, c.What(), no, reason))
}

// AcceptIt (tiếp nhận) puts the pending version in force. The kind projects its
// facts in the same transaction. no is the version that was read.
func AcceptIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, no int) error {
	if err := Decide(act, Accept, *c, now).Err(); err != nil {
		return err
	}
	if no != c.Last.No {
		return fault.Conflict
	}
	if err := c.outcome(ctx, tx, act, now, WasAccepted, ""); err != nil {
		return err
	}
	if c.InForce != nil {
		if err := c.end(ctx, tx, now, "superseded", ""); err != nil {
			return err
		}
	}
	if err := c.closeRemarks(ctx, tx, act, now); err != nil {
		return err
	}
	if err := c.closeQuestions(ctx, tx, act, now, 0); err != nil {
		return err
	}
	if err := database.Change(ctx, tx, `
		update submission set in_force = @version, amended_by = null where id = @id`,
		database.Args{"id": c.ID, "version": c.Last.ID}); err != nil {
		return err
	}
	if err := c.forgetAuthors(ctx, tx); err != nil {
		return err
	}
	c.InForce = c.Last
	if err := c.step(ctx, tx, act, now, Accepted, "accepted", "", nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll, fmt.Sprintf("%s tiếp nhận %s, lần gửi %d.", c.Receives, c.What(), no))
}

// ReopenIt (mở lại để sửa) lets the unit mend an accepted submission; the
// version in force keeps counting until the next one is accepted.
func ReopenIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, reason string) error {
	if err := Decide(act, Reopen, *c, now).Err(); err != nil {
		return err
	}
	reason, problem := Reason(reason)
	if problem != "" {
		return fault.Invalid{"reason": problem}
	}
	if err := database.Change(ctx, tx, `
		update version_outcome set reopened_at = @now, reopened_by = @by, reopened_why = @reason
		where version_id = @id`,
		database.Args{"id": c.InForce.ID, "now": now, "by": act.Person, "reason": reason}); err != nil {
		return err
	}
	if err := c.closeRequest(ctx, tx, act, now, "granted", reason); err != nil {
		return err
	}
	if err := c.step(ctx, tx, act, now, Returned, "reopened", reason, nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll, c.Receives+" mở lại "+c.What()+": "+reason)
}

// RefuseToReopen (từ chối đề nghị) answers the open request with a reason.
func RefuseToReopen(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, reason string) error {
	if err := Decide(act, RefuseReopen, *c, now).Err(); err != nil {
		return err
	}
	reason, problem := Reason(reason)
	if problem != "" {
		return fault.Invalid{"reason": problem}
	}
	if err := c.closeRequest(ctx, tx, act, now, "refused", reason); err != nil {
		return err
	}
	if err := c.step(ctx, tx, act, now, c.State, "reopen_refused", reason, nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll, c.Receives+" chưa mở lại "+c.What()+": "+reason)
}

// WithdrawIt (rút hiệu lực) takes the version in force out of every total. The
// kind removes its facts in the same transaction.
func WithdrawIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, reason string) error {
	if err := Decide(act, Withdraw, *c, now).Err(); err != nil {
		return err
	}
	reason, problem := Reason(reason)
	if problem != "" {
		return fault.Invalid{"reason": problem}
	}
	if err := c.end(ctx, tx, now, "withdrawn", reason); err != nil {
		return err
	}
	to, withdrawn := c.State, c.InForce
	if to == Accepted {
		to = Returned
	}
	if err := c.closeRequest(ctx, tx, act, now, "dropped", reason); err != nil {
		return err
	}
	// Both columns change at once: accepted without a version in force is forbidden.
	if err := database.Change(ctx, tx, `
		update submission set in_force = null, state = @state, amended_by = null where id = @id`,
		database.Args{"id": c.ID, "state": to}); err != nil {
		return err
	}
	c.InForce, c.AmendedBy = nil, nil
	if err := c.stepAbout(ctx, tx, act, now, withdrawn, to, "withdrawn", reason, nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Unit, unitAll, fmt.Sprintf("%s rút hiệu lực lần gửi %d của %s: %s", c.Receives, withdrawn.No, c.What(), reason))
}

// end closes the time in which the version in force counted.
func (c *Case) end(ctx context.Context, tx pgx.Tx, now time.Time, why, reason string) error {
	return database.Change(ctx, tx, `
		update version_outcome set ended_at = @now, ended_why = @why, ended_reason = @reason
		where version_id = @id and ended_at is null`,
		database.Args{"id": c.InForce.ID, "now": now, "why": why, "reason": reason})
}

// closeRemarks resolves, by name, every remark that is still open; drafts go to
// the unit with the decision.
func (c *Case) closeRemarks(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time) error {
	_, err := database.Exec(ctx, tx, `
		update remark
		set resolved_by = @by, resolved_name = @name, resolved_at = @now, sent_at = coalesce(sent_at, @now)
		where submission_id = @id and resolved_at is null`,
		database.Args{"id": c.ID, "by": act.Person, "name": act.Name, "now": now})
	return err
}

func (c *Case) closeRequest(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, outcome, answer string) error {
	_, err := database.Exec(ctx, tx, `
		update request
		set outcome = @outcome, answer = @answer, closed_by = @by, closed_name = @name, closed_at = @now
		where submission_id = @id and kind = 'reopen' and outcome = 'open'`,
		database.Args{"id": c.ID, "outcome": outcome, "answer": answer, "by": act.Person, "name": act.Name, "now": now})
	c.Reopen = nil
	return err
}

func (c *Case) forgetAuthors(ctx context.Context, tx pgx.Tx) error {
	_, err := database.Exec(ctx, tx, `delete from working_author where submission_id = @id`, database.Args{"id": c.ID})
	return err
}
