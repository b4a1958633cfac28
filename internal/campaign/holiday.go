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
	"danvan/internal/viet"
)

// Holiday is a day off that is not a Saturday or Sunday by nature.
type Holiday struct {
	Day  viet.Date `json:"day"`
	Name string    `json:"name"`
	Kind string    `json:"kind"` // statutory, or compensatory (nghỉ bù)
}

// Holidays returns all known days off, the earliest first.
func Holidays(ctx context.Context, db database.DB) ([]Holiday, error) {
	list, err := database.All[Holiday](ctx, db, `
		select day, name, kind
		from holiday
		order by day`, nil)
	if err != nil {
		return nil, fmt.Errorf("holidays: %w", err)
	}
	return list, nil
}

// Calendar returns the working days by the known [Holidays].
func Calendar(ctx context.Context, db database.DB) (viet.Calendar, error) {
	days, err := database.Values[viet.Date](ctx, db, `select day from holiday`, nil)
	if err != nil {
		return viet.Calendar{}, fmt.Errorf("calendar: %w", err)
	}
	return viet.NewCalendar(slices.Values(days)), nil
}

// SetHolidays enters days off; a day already known takes the new name.
func SetHolidays(ctx context.Context, db database.DB, act actor.Actor, now time.Time, days []Holiday) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		e := audit.Entry{Subject: "holidays", Action: "holidays_set", After: map[string]any{"days": days}}
		switch {
		case act.Has(actor.Admin):
			e.Authority = string(actor.Admin)
		case !act.IsSystem():
			return fault.Refusal{Reason: "Chỉ người quản trị được sửa lịch nghỉ lễ."}
		}
		for _, h := range days {
			if h.Day.IsZero() || h.Name == "" {
				return fault.Invalid{"day": "Ghi ngày và tên ngày nghỉ"}
			}
			if err := database.Change(ctx, tx, `
				insert into holiday (day, name, kind)
				values (@day, @name, @kind)
				on conflict (day) do update
				set name = excluded.name, kind = excluded.kind`,
				database.Args{"day": h.Day, "name": h.Name, "kind": h.Kind}); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, act, now, e)
	})
	if err != nil {
		return fmt.Errorf("set holidays: %w", err)
	}
	return nil
}
