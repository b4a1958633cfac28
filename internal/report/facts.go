package report

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/proposal"
	"danvan/internal/submission"
)

// Accept puts the pending version in force and projects it into facts and into the
// ledger of proposals, in one transaction.
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
	return proposal.Follow(ctx, tx, act, now, c, v)
}

// Withdraw takes the report in force out of every total, and its proposals out of
// the ledger.
func Withdraw(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, reason string) error {
	if err := submission.WithdrawIt(ctx, tx, act, now, c, reason); err != nil {
		return err
	}
	if err := forget(ctx, tx, c); err != nil {
		return err
	}
	return proposal.Drop(ctx, tx, act, now, c, reason)
}

// forget removes the facts of the unit's report.
func forget(ctx context.Context, tx pgx.Tx, c *submission.Case) error {
	args := database.Args{"period": c.PeriodID, "unit": c.Unit}
	if _, err := database.Exec(ctx, tx, `delete from figure_fact where period_id = @period and unit_id = @unit`, args); err != nil {
		return err
	}
	_, err := database.Exec(ctx, tx, `delete from report_task_fact where period_id = @period and unit_id = @unit`, args)
	return err
}

// Figures reads the answers of a frozen version by code, with what lay below
// them. A sum of units below that the unit itself was not asked about stands as
// not applicable, and adds up all the same.
func Figures(f submission.Frozen) map[string]indicator.Figure {
	all := map[string]indicator.Figure{}
	for _, p := range f.Parts {
		if code, ok := strings.CutPrefix(p.Key, "figure/"); ok {
			if figure := FigureFrom(p.Content); figure.Answered() {
				all[code] = figure
			}
		}
	}
	for _, p := range f.Computed {
		if code, ok := strings.CutPrefix(p.Key, "below/"); ok {
			figure := all[code]
			if !figure.Answered() {
				figure.Mark = indicator.NotApplicable
			}
			figure.Below = belowFrom(p.Content).Value
			all[code] = figure
		}
	}
	return all
}

// project replaces the unit's facts with those of version v.
func project(ctx context.Context, tx pgx.Tx, c *submission.Case, v submission.Version) error {
	if err := forget(ctx, tx, c); err != nil {
		return err
	}
	var codes, marks, own, below, estimated []string
	for code, f := range Figures(v.Frozen) {
		codes, marks = append(codes, code), append(marks, string(f.Mark))
		own, below, estimated = append(own, indicator.Text(f.Own)), append(below, indicator.Text(f.Below)), append(estimated, indicator.Text(f.Estimated))
	}
	if _, err := database.Exec(ctx, tx, `
		insert into figure_fact (period_id, unit_id, indicator_id, version_id, mark, own, below, estimated)
		select @period, @unit, i.id, @version, t.mark, nullif(t.own, '')::numeric, nullif(t.below, '')::numeric, nullif(t.estimated, '')::numeric
		from unnest(@codes::text[], @marks::text[], @own::text[], @below::text[], @estimated::text[]) as t(code, mark, own, below, estimated)
		join indicator i on i.code = t.code`,
		database.Args{"period": c.PeriodID, "unit": c.Unit, "version": v.ID, "codes": codes, "marks": marks,
			"own": own, "below": below, "estimated": estimated}); err != nil {
		return err
	}
	var tasks []int
	var statuses []string
	for _, p := range v.Frozen.Parts {
		if status := p.Content["status"]; strings.HasPrefix(p.Key, "task/") && status != "" {
			tasks, statuses = append(tasks, TaskOf(p.Key)), append(statuses, status)
		}
	}
	_, err := database.Exec(ctx, tx, `
		insert into report_task_fact (period_id, unit_id, task_no, version_id, status)
		select @period, @unit, t.task, @version, t.status
		from unnest(@tasks::int[], @statuses::text[]) as t(task, status)`,
		database.Args{"period": c.PeriodID, "unit": c.Unit, "version": v.ID, "tasks": tasks, "statuses": statuses})
	return err
}
