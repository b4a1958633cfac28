package indicator

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/unit"
)

// Load brings the definitions in the database to those of [Reference]: new ones
// are entered, changed ones altered, none is ever dropped. The first time, the
// campaigns that are there already ask for the core ones, as [danvan/internal/campaign.Create]
// makes new ones do. Loading again changes nothing. Any number of processes may
// call it at once.
func Load(ctx context.Context, db database.DB, act actor.Actor, now time.Time) error {
	d, err := Reference()
	if err != nil {
		return err
	}
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtext('danvan indicators'))`); err != nil {
			return err
		}
		first, err := database.Value[bool](ctx, tx, `select not exists (select from indicator)`, nil)
		if err != nil {
			return err
		}
		changed, err := d.enter(ctx, tx)
		if err != nil || changed == 0 {
			return err
		}
		if first {
			if err := askAll(ctx, tx); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: "indicators", Action: "loaded",
			After: map[string]any{"indicators": len(d.Indicators), "checks": len(d.Checks), "changed": changed},
		})
	})
	if err != nil {
		return fmt.Errorf("load indicators: %w", err)
	}
	return nil
}

// enter returns how many rows were made or altered.
func (d Definitions) enter(ctx context.Context, tx pgx.Tx) (int64, error) {
	var typed, derived []Indicator
	for _, i := range d.Indicators {
		if i.Typed() {
			typed = append(typed, i)
			continue
		}
		derived = append(derived, i)
	}
	var changed int64
	// A ratio names what stands in the table already.
	for _, list := range [][]Indicator{typed, derived} {
		n, err := enter(ctx, tx, list)
		if err != nil {
			return 0, err
		}
		changed += n
	}
	for _, step := range []func(context.Context, pgx.Tx) (int64, error){d.enterParents, d.enterChecks} {
		n, err := step(ctx, tx)
		if err != nil {
			return 0, err
		}
		changed += n
	}
	return changed, nil
}

func enter(ctx context.Context, tx pgx.Tx, list []Indicator) (int64, error) {
	args := database.Args{}
	column(args, list, "codes", func(i Indicator) string { return i.Code })
	column(args, list, "tasks", func(i Indicator) int { return i.Task })
	column(args, list, "names", func(i Indicator) string { return i.Name })
	column(args, list, "units", func(i Indicator) string { return i.Unit })
	column(args, list, "figures", func(i Indicator) string { return string(i.Kind) })
	column(args, list, "across_units", func(i Indicator) string { return string(i.Units) })
	column(args, list, "across_periods", func(i Indicator) string { return string(i.Periods) })
	column(args, list, "numerators", func(i Indicator) string { return i.Numerator })
	column(args, list, "denominators", func(i Indicator) string { return i.Denominator })
	column(args, list, "kinds", func(i Indicator) string { return arrayOf(i.Kinds) })
	column(args, list, "cores", func(i Indicator) bool { return i.Core })
	column(args, list, "guides", func(i Indicator) string { return i.Guide })
	return database.Exec(ctx, tx, `
		insert into indicator as old (code, task_no, name, uom, kind, across_units, across_periods, numerator, denominator, kinds, core, guide)
		select t.code, t.task, t.name, t.unit, t.figure, t.across_units, t.across_periods, n.id, d.id, t.kinds::text[], t.core, t.guide
		from unnest(@codes::text[], @tasks::int[], @names::text[], @units::text[], @figures::text[], @across_units::text[],
		            @across_periods::text[], @numerators::text[], @denominators::text[], @kinds::text[], @cores::bool[], @guides::text[])
		     with ordinality as t(code, task, name, unit, figure, across_units, across_periods, numerator, denominator, kinds, core, guide, place)
		left join indicator n on n.code = t.numerator
		left join indicator d on d.code = t.denominator
		order by t.place
		on conflict (code) do update
		set task_no = excluded.task_no, name = excluded.name, uom = excluded.uom, kind = excluded.kind,
		    across_units = excluded.across_units, across_periods = excluded.across_periods, numerator = excluded.numerator,
		    denominator = excluded.denominator, kinds = excluded.kinds, core = excluded.core, guide = excluded.guide
		where (old.task_no, old.name, old.uom, old.kind, old.across_units, old.across_periods, old.numerator, old.denominator, old.kinds, old.core, old.guide)
		      is distinct from
		      (excluded.task_no, excluded.name, excluded.uom, excluded.kind, excluded.across_units, excluded.across_periods,
		       excluded.numerator, excluded.denominator, excluded.kinds, excluded.core, excluded.guide)`,
		args)
}

func column[T any](args database.Args, list []Indicator, name string, value func(Indicator) T) {
	values := make([]T, len(list))
	for n, i := range list {
		values[n] = value(i)
	}
	args[name] = values
}

// arrayOf writes kinds as Postgres reads an array; they are plain words.
func arrayOf(kinds []unit.Kind) string {
	text := "{"
	for n, kind := range kinds {
		if n > 0 {
			text += ","
		}
		text += string(kind)
	}
	return text + "}"
}

func (d Definitions) enterParents(ctx context.Context, tx pgx.Tx) (int64, error) {
	args := database.Args{}
	column(args, d.Indicators, "codes", func(i Indicator) string { return i.Code })
	column(args, d.Indicators, "parents", func(i Indicator) string { return i.Parent })
	return database.Exec(ctx, tx, `
		update indicator i
		set parent = p.id
		from unnest(@codes::text[], @parents::text[]) as t(code, parent)
		left join indicator p on p.code = t.parent
		where i.code = t.code and i.parent is distinct from p.id`,
		args)
}

func (d Definitions) enterChecks(ctx context.Context, tx pgx.Tx) (int64, error) {
	var codes, exprs, messages []string
	for _, c := range d.Checks {
		codes, exprs, messages = append(codes, c.Code), append(exprs, c.Expr), append(messages, c.Message)
	}
	return database.Exec(ctx, tx, `
		insert into figure_check as old (code, expr, severity, message)
		select t.code, t.expr, @severity, t.message
		from unnest(@codes::text[], @exprs::text[], @messages::text[]) as t(code, expr, message)
		on conflict (code) do update
		set expr = excluded.expr, message = excluded.message
		where (old.expr, old.message) is distinct from (excluded.expr, excluded.message)`,
		database.Args{"codes": codes, "exprs": exprs, "messages": messages, "severity": severity})
}

// askAll makes campaigns older than the definitions ask for the core ones.
func askAll(ctx context.Context, tx pgx.Tx) error {
	_, err := database.Exec(ctx, tx, `
		insert into indicator_use (campaign_id, indicator_id, kinds)
		select c.id, i.id, i.kinds
		from campaign c
		cross join indicator i
		where i.core`, nil)
	return err
}
