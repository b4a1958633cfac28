package campaign

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Extend gives one unit until the beginning of a day. It replaces the deadline
// from now on; what was judged before is not judged again.
func Extend(ctx context.Context, db database.DB, act actor.Actor, now time.Time, period PeriodID, id unit.ID, before viet.Date, reason string) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		p, as, err := managedPeriod(ctx, tx, act, period)
		if err != nil {
			return err
		}
		if act.IsSystem() {
			return fault.Forbidden // an extension names the person who answers for it
		}
		old, err := DeadlineOf(ctx, tx, period, id, now)
		if err != nil {
			return err
		}
		bad := fault.Invalid{}
		switch {
		case before.IsZero():
			bad.Add("due_before", "Chọn ngày của hạn mới")
		case !before.Start().After(old.Common):
			bad.Add("due_before", "Hạn mới phải sau hạn chung (trước ngày "+viet.DateOf(old.Common).String()+")")
		case !before.Start().After(now):
			bad.Add("due_before", "Hạn mới phải sau hôm nay")
		}
		reason := cleanReason(reason, bad)
		if err := bad.OrNil(); err != nil {
			return err
		}
		e := Extension{DueBefore: before.Start(), Reason: reason, By: act.Person, ByName: act.Name, At: now}
		e.ID, err = database.Value[int64](ctx, tx, `
			insert into extension (period_id, unit_id, due_before, reason, by_person, at)
			values (@period, @unit, @due_before, @reason, @by, @now)
			returning id`,
			database.Args{"period": period, "unit": id, "due_before": e.DueBefore, "reason": reason, "by": act.Person, "now": now})
		if err != nil {
			return err
		}
		type deadlineOfUnit struct {
			Unit      unit.ID    `json:"unit"`
			DueBefore time.Time  `json:"due_before"`
			Extension *Extension `json:"extension,omitempty"`
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: p.subject(), Action: "extended", Authority: as,
			Before: deadlineOfUnit{id, old.DueBefore(), old.Extension},
			After:  deadlineOfUnit{id, e.DueBefore, &e},
		})
	})
	if err != nil {
		return fmt.Errorf("extend period %d for unit %d: %w", period, id, err)
	}
	return nil
}

// SetDeadline moves the common deadline of one kind of unit to the beginning of a
// day. Versions already sent keep the deadline they were judged by.
func SetDeadline(ctx context.Context, db database.DB, act actor.Actor, now time.Time, period PeriodID, kind unit.Kind, before viet.Date) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		p, as, err := managedPeriod(ctx, tx, act, period)
		if err != nil {
			return err
		}
		bad := fault.Invalid{}
		if !slices.Contains(unit.Kinds, kind) {
			bad.Add("kind", "Chọn loại đơn vị")
		}
		if before.IsZero() || !before.After(p.OpensOn) {
			bad.Add("due_before", "Hạn nộp phải sau ngày mở kỳ ("+p.OpensOn.String()+")")
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			insert into deadline (period_id, unit_kind, due_before)
			values (@period, @kind, @due_before)
			on conflict (period_id, unit_kind) do update
			set due_before = excluded.due_before`,
			database.Args{"period": period, "kind": kind, "due_before": before.Start()}); err != nil {
			return err
		}
		type kindDeadline struct {
			Kind      unit.Kind `json:"kind"`
			DueBefore time.Time `json:"due_before"`
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: p.subject(), Action: "deadline_set", Authority: as,
			Before: kindDeadline{kind, p.Due[kind]}, After: kindDeadline{kind, before.Start()},
		})
	})
	if err != nil {
		return fmt.Errorf("set deadline of period %d: %w", period, err)
	}
	return nil
}
