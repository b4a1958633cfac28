package plan

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/submission"
)

// Accept puts the pending version in force and projects it into facts, in one
// transaction. The first accepted plan of a campaign freezes its task texts.
func Accept(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, no int) error {
	if err := submission.AcceptIt(ctx, tx, act, now, c, no); err != nil {
		return err
	}
	v, err := submission.VersionByNo(ctx, tx, c.ID, no)
	if err != nil {
		return err
	}
	if err := project(ctx, tx, c, v); err != nil {
		return err
	}
	return campaign.FreezeTasks(ctx, tx, act, now, campaign.ID(c.Campaign))
}

// Withdraw takes the plan in force out of every total.
func Withdraw(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, reason string) error {
	if err := submission.WithdrawIt(ctx, tx, act, now, c, reason); err != nil {
		return err
	}
	return forget(ctx, tx, c)
}

// forget removes the facts of the unit's plan. The activities and their log stay.
func forget(ctx context.Context, tx pgx.Tx, c *submission.Case) error {
	args := database.Args{"campaign": c.Campaign, "unit": c.Unit}
	if _, err := database.Exec(ctx, tx, `delete from activity_fact where campaign_id = @campaign and unit_id = @unit`, args); err != nil {
		return err
	}
	_, err := database.Exec(ctx, tx, `delete from task_scope_fact where campaign_id = @campaign and unit_id = @unit`, args)
	return err
}

// project replaces the unit's facts with those of version v.
func project(ctx context.Context, tx pgx.Tx, c *submission.Case, v submission.Version) error {
	if err := forget(ctx, tx, c); err != nil {
		return err
	}
	inside, err := activeRange(ctx, tx, c.Campaign)
	if err != nil {
		return err
	}
	var b pgx.Batch
	for _, p := range v.Frozen.Parts {
		if a, ok := activityFrom(p.Key, p.Content); ok {
			span, ok := a.Time.Inside(inside[0], inside[1])
			if !ok {
				span = a.Time
			}
			b.Queue(`
				insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product,
				                           start_on, due_on, span_kind, uom, baseline, target, evidence_required, stopped_reason)
				values (@id, @version, @campaign, @unit, @task, @position, @code, @title, @product,
				        @start, @due, @kind, @uom, nullif(@baseline, '')::numeric, nullif(@target, '')::numeric, @evidence, @stopped)`,
				database.Args{"id": a.ID, "version": v.ID, "campaign": c.Campaign, "unit": c.Unit, "task": a.Task,
					"position": a.Position, "code": a.Code, "title": a.Title, "product": a.Product,
					"start": span.Start, "due": span.Due, "kind": a.Time.Kind, "uom": a.Unit,
					"baseline": a.Baseline, "target": a.Target, "evidence": a.Evidence, "stopped": a.Stopped})
			if len(a.Partners) > 0 {
				b.Queue(`
					insert into activity_partner (activity_id, unit_id)
					select @id, id from unit where slug = any(@slugs::text[])`,
					database.Args{"id": a.ID, "slugs": a.Partners})
			}
			continue
		}
		if kind, ok := Schema.Of(p.Key); ok && kind.Prefix == "task" && p.Content["scope"] != "" {
			b.Queue(`
				insert into task_scope_fact (campaign_id, unit_id, task_no, kind, reason)
				values (@campaign, @unit, split_part(@key, '/', 2)::int, @kind, @reason)`,
				database.Args{"campaign": c.Campaign, "unit": c.Unit, "key": p.Key,
					"kind": p.Content["scope"], "reason": p.Content["reason"]})
		}
	}
	if b.Len() == 0 {
		return nil
	}
	return tx.SendBatch(ctx, &b).Close()
}
