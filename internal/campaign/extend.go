package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// deadlineOfUnit is an extension in the audit.
type deadlineOfUnit struct {
	Unit      unit.ID    `json:"unit"`
	DueBefore time.Time  `json:"due_before"`
	Extension *Extension `json:"extension,omitempty"`
}

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
		bad := fault.Invalid{}
		old, err := DeadlineOf(ctx, tx, period, id, now)
		if errors.Is(err, fault.NotFound) {
			bad.Add("unit", "Chọn đơn vị được gia hạn")
		} else if err != nil {
			return err
		}
		switch {
		case before.IsZero():
			bad.Add("due_before", "Chọn ngày của hạn mới")
		case !old.Joined && !before.Start().After(old.Common): // who joined late is given a day of its own
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
		if err := audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: p.subject(), Action: "extended", Authority: as,
			Before: deadlineOfUnit{id, old.DueBefore(), old.Extension},
			After:  deadlineOfUnit{id, e.DueBefore, &e},
		}); err != nil {
			return err
		}
		return notify.Tell(ctx, tx, act, now, id, []actor.Role{actor.UnitLeader, actor.Staff}, p.address(),
			"Được gia hạn kỳ "+p.Name+": gửi trước ngày "+before.String()+". Lý do: "+reason)
	})
	if err != nil {
		return fmt.Errorf("extend period %d for unit %d: %w", period, id, err)
	}
	return nil
}

// Granted is an extension with the unit it was granted to.
type Granted struct {
	Extension
	Unit     unit.ID
	UnitSlug string
	UnitName string    // as the roster has it
	Common   time.Time // for its kind of unit, exclusive
	Last     bool      // no later one replaces it
}

// Late reports whether the common deadline had already passed when it was granted:
// then the reason is always shown beside lateness.
func (g Granted) Late() bool { return Late(g.Common, g.At) }

// Extensions returns every extension granted in a period, by the order of the
// roster, the last of each unit first.
func Extensions(ctx context.Context, db database.DB, period PeriodID) ([]Granted, error) {
	list, err := database.All[Granted](ctx, db, `
		select e.id, e.due_before, e.reason, e.by_person as by, q.name as by_name, e.at,
		       e.unit_id as unit, u.slug as unit_slug, v.name as unit_name, `+CommonDue+` as common,
		       row_number() over (partition by e.unit_id order by e.at desc, e.id desc) = 1 as last
		from extension e
		join period p on p.id = e.period_id
		join campaign c on c.id = p.campaign_id
		join roster r on r.campaign_id = p.campaign_id and r.unit_id = e.unit_id
		join unit u on u.id = e.unit_id
		join unit_version v on v.id = r.unit_version_id
		join deadline d on d.period_id = p.id and d.unit_kind = v.kind
		join person q on q.id = e.by_person
		where e.period_id = @period
		order by r.position, r.unit_id, e.at desc, e.id desc`,
		database.Args{"period": period})
	if err != nil {
		return nil, fmt.Errorf("extensions in period %d: %w", period, err)
	}
	return list, nil
}
