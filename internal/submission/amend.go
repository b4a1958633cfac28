package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/workingcopy"
)

// AskToReopen (đề nghị mở lại) leaves one open request with the receiver.
func AskToReopen(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, reason string) error {
	if err := Decide(act, RequestReopen, *c, now).Err(); err != nil {
		return err
	}
	reason, problem := Reason(reason)
	if problem != "" {
		return fault.Invalid{"reason": problem}
	}
	if err := database.Change(ctx, tx, `
		insert into request (submission_id, kind, reason, by_person, by_name, at)
		values (@id, 'reopen', @reason, @by, @name, @now)`,
		database.Args{"id": c.ID, "reason": reason, "by": act.Person, "name": act.Name, "now": now}); err != nil {
		return err
	}
	if err := c.step(ctx, tx, act, now, c.State, "reopen_requested", reason, nil); err != nil {
		return err
	}
	return c.tell(ctx, tx, act, now, c.Receiver, deciders, c.UnitShort+" đề nghị mở lại "+c.What()+": "+reason)
}

// AmendIt (sửa đổi, bổ sung) opens a working copy beside the version in force.
func AmendIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case) error {
	if err := Decide(act, Amend, *c, now).Err(); err != nil {
		return err
	}
	if err := database.Change(ctx, tx, `update submission set amended_by = @by where id = @id`,
		database.Args{"id": c.ID, "by": act.Person}); err != nil {
		return err
	}
	c.AmendedBy = &act.Person
	// What the unit asked for it now does itself.
	if err := c.closeRequest(ctx, tx, act, now, "dropped", ""); err != nil {
		return err
	}
	return c.step(ctx, tx, act, now, Draft, "amended", "", nil)
}

// DiscardIt (bỏ sửa đổi) brings the content of the version in force back; what
// is discarded stays in the history of its parts.
func DiscardIt(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case) error {
	if err := Decide(act, Discard, *c, now).Err(); err != nil {
		return err
	}
	v, err := VersionByNo(ctx, tx, c.ID, c.InForce.No)
	if err != nil {
		return err
	}
	if err := workingcopy.Restore(ctx, tx, act, now, c.CopyID(), v.Frozen.contents()); err != nil {
		return err
	}
	if err := c.closeRemarks(ctx, tx, act, now); err != nil {
		return err
	}
	if err := database.Change(ctx, tx, `
		update version_outcome set reopened_at = null, reopened_by = null, reopened_why = ''
		where version_id = @id`,
		database.Args{"id": c.InForce.ID}); err != nil {
		return err
	}
	if err := database.Change(ctx, tx, `update submission set amended_by = null where id = @id`,
		database.Args{"id": c.ID}); err != nil {
		return err
	}
	if err := c.forgetAuthors(ctx, tx); err != nil {
		return err
	}
	c.AmendedBy = nil
	return c.step(ctx, tx, act, now, Accepted, "discarded", "", nil)
}
