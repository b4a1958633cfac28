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

// Move is the common deadline of one kind of unit, exclusive: the beginning of a
// day, as it was read and as it shall be.
type Move struct {
	Kind    unit.Kind
	Was, To viet.Date
}

// Field is the name under which a mistake in the move is reported.
func (m Move) Field() string { return "due-" + string(m.Kind) }

// DueOn is the day before which a kind of unit files, no date for none.
func (p Period) DueOn(kind unit.Kind) viet.Date {
	if p.Due[kind].IsZero() {
		return viet.Date{}
	}
	return viet.DateOf(p.Due[kind])
}

// SetDeadlines moves common deadlines, all or none; what stays needs no move and
// does no harm as one. A deadline that somebody else has moved since it was read is
// a complaint that says where it stands now. Versions already sent keep the
// deadline they were judged by.
func SetDeadlines(ctx context.Context, db database.DB, act actor.Actor, now time.Time, period PeriodID, moves []Move) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		p, as, err := managedPeriod(ctx, tx, act, period)
		if err != nil {
			return err
		}
		calendar, err := Calendar(ctx, tx)
		if err != nil {
			return err
		}
		moves := slices.DeleteFunc(slices.Clone(moves), func(m Move) bool { return m.Was == m.To || p.DueOn(m.Kind) == m.To })
		bad := fault.Invalid{}
		for _, m := range moves {
			p.checkMove(m, calendar, bad)
		}
		if err := bad.OrNil(); err != nil {
			return err
		}
		for _, m := range moves {
			if err := p.move(ctx, tx, act, now, as, m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set deadlines of period %d: %w", period, err)
	}
	return nil
}

// checkMove complains in bad. Between the cut-off of a report's data and the
// deadline lies at least one working day (Nghị định 09/2019/NĐ-CP).
func (p Period) checkMove(m Move, calendar viet.Calendar, bad fault.Invalid) {
	switch is := p.DueOn(m.Kind); {
	case !slices.Contains(unit.Kinds, m.Kind):
		bad.Add(m.Field(), "Chọn loại đơn vị")
	case m.To.IsZero():
		bad.Add(m.Field(), "Ghi ngày của hạn gửi")
	case m.Was != is:
		bad.Add(m.Field(), "Người khác vừa đặt hạn này là trước ngày "+is.String()+"; xem lại rồi lưu lần nữa nếu vẫn muốn đổi")
	case !m.To.After(p.OpensOn):
		bad.Add(m.Field(), "Hạn gửi phải sau ngày mở kỳ ("+p.OpensOn.String()+")")
	case !p.DataTo.IsZero() && calendar.WorkingDaysBetween(p.DataTo, m.To) == 0:
		bad.Add(m.Field(), "Giữa ngày chốt số liệu ("+p.DataTo.String()+") và hạn gửi cần ít nhất một ngày làm việc")
	}
}

func (p Period) move(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, as string, m Move) error {
	if err := database.Change(ctx, tx, `
		insert into deadline (period_id, unit_kind, due_before)
		values (@period, @kind, @due_before)
		on conflict (period_id, unit_kind) do update
		set due_before = excluded.due_before`,
		database.Args{"period": p.ID, "kind": m.Kind, "due_before": m.To.Start()}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, act, now, audit.Entry{
		Subject: p.subject(), Action: "deadline_set", Authority: as,
		Before: kindDeadline{m.Kind, p.Due[m.Kind]}, After: kindDeadline{m.Kind, m.To.Start()},
	})
}

// kindDeadline is a common deadline in the audit.
type kindDeadline struct {
	Kind      unit.Kind `json:"kind"`
	DueBefore time.Time `json:"due_before"`
}
