package campaign

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/notify"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Communes are communes of one district that begin to file and to report to it.
type Communes struct {
	District    string   // slug; on the roster
	Units       []string // slugs
	From        viet.Date
	PlansBefore viet.Date // their own deadline for plans; zero: the common one, missed or not
	Reason      string
}

// SwitchCommunesOn lets communes join a campaign, or none of them. Until a report
// period opens a commune may still be part of its district's own figures; from then
// on the district's whole area is, so the commune may not join any more
// ([fault.Refusal]). People of the district and of the communes are told.
func SwitchCommunesOn(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, x Communes) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		c, _, err := managed(ctx, tx, act, id)
		if err != nil {
			return err
		}
		district, communes, err := x.check(ctx, tx, now, c)
		if err != nil {
			return err
		}
		for _, u := range communes {
			j := Joining{Unit: u.Slug, ReportsTo: district.Slug, From: x.From, Reason: x.Reason}
			err := JoinRoster(ctx, tx, act, now, id, j)
			if bad, ok := errors.AsType[fault.Invalid](err); ok && bad["unit"] != "" {
				return fault.Invalid{"units": bad["unit"]}
			}
			if err != nil {
				return err
			}
		}
		if err := x.extendPlans(ctx, tx, act, now, c, communes); err != nil {
			return err
		}
		return x.tell(ctx, tx, act, now, c, district, communes)
	})
	if err != nil {
		return fmt.Errorf("switch on communes of %s in campaign %d: %w", x.District, id, err)
	}
	return nil
}

// check returns the district and those communes of it that were named.
func (x Communes) check(ctx context.Context, tx pgx.Tx, now time.Time, c Campaign) (Member, []unit.Unit, error) {
	district, err := RosterUnit(ctx, tx, c.ID, x.District)
	if err != nil {
		return district, nil, err
	}
	bad := fault.Invalid{}
	switch {
	case len(x.Units) == 0:
		bad.Add("units", "Chọn ít nhất một đơn vị cấp xã")
	case district.Kind != unit.District:
		bad.Add("units", district.Name+" không có đơn vị cấp xã trực thuộc")
	}
	if x.From.Before(viet.DateOf(now)) {
		bad.Add("from", "Ngày tham gia không được trước hôm nay")
	}
	cleanReason(x.Reason, bad)
	if err := bad.OrNil(); err != nil {
		return district, nil, err
	}
	below, err := unit.List(ctx, tx, unit.Filter{On: x.From, Kinds: []unit.Kind{unit.Commune}, Parent: district.ID})
	if err != nil {
		return district, nil, err
	}
	bySlug := map[string]unit.Unit{}
	for _, u := range below {
		bySlug[u.Slug] = u
	}
	var communes []unit.Unit
	for _, slug := range x.Units {
		u, ok := bySlug[slug]
		if !ok {
			return district, nil, fault.Invalid{"units": "Có đơn vị không thuộc " + district.Name + " vào ngày " + x.From.String()}
		}
		communes = append(communes, u)
	}
	return district, communes, nil
}

// extendPlans gives the communes a deadline of their own for their plans, as the
// common one was not set for them.
func (x Communes) extendPlans(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Campaign, communes []unit.Unit) error {
	if x.PlansBefore.IsZero() {
		return nil
	}
	p, err := PlanPeriod(ctx, tx, c.Year)
	if err != nil {
		return err
	}
	for _, u := range communes {
		err := Extend(ctx, tx, act, now, p.ID, u.ID, x.PlansBefore, x.Reason)
		if bad, ok := errors.AsType[fault.Invalid](err); ok && bad["due_before"] != "" {
			return fault.Invalid{"plans_before": bad["due_before"]}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (x Communes) tell(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Campaign, district Member, communes []unit.Unit) error {
	periods, err := Periods(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	about := ""
	for _, p := range periods {
		if p.Kind == Report && !p.HasOpened(now) {
			about = p.address()
			break
		}
	}
	body := fmt.Sprintf("Từ ngày %s, %d đơn vị cấp xã của %s nộp kế hoạch, báo cáo năm %d về %s.",
		x.From, len(communes), district.Name, c.Year, district.Name)
	if err := notify.Tell(ctx, tx, act, now, district.ID, []actor.Role{actor.UnitLeader, actor.Staff, actor.Reviewer, actor.Consolidator}, about, body); err != nil {
		return err
	}
	for _, u := range communes {
		body := fmt.Sprintf("Từ ngày %s, %s nộp kế hoạch, báo cáo năm %d về %s.", x.From, u.Name, c.Year, district.Name)
		if err := notify.Tell(ctx, tx, act, now, u.ID, []actor.Role{actor.UnitLeader, actor.Staff}, about, body); err != nil {
			return err
		}
	}
	return nil
}

// CountsWhole returns the report period because of which a commune may not join
// on a day: it has opened by then, or by now, and its data runs at least until that
// day, so that the district's own figures are those of its whole area.
func CountsWhole(periods []Period, from viet.Date, now time.Time) (Period, bool) {
	for _, p := range periods {
		opened := p.HasOpened(now) || !from.Before(p.OpensOn)
		if p.Kind == Report && opened && !from.After(p.DataTo) {
			return p, true
		}
	}
	return Period{}, false
}

// refuseCommune refuses a commune that would be counted twice.
func refuseCommune(ctx context.Context, tx pgx.Tx, id ID, from viet.Date, now time.Time) error {
	periods, err := Periods(ctx, tx, id)
	if err != nil {
		return err
	}
	p, counted := CountsWhole(periods, from, now)
	if !counted {
		return nil
	}
	return fault.Refusal{
		Reason: fmt.Sprintf("Kỳ %s mở từ ngày %s. Từ lúc đó số liệu của huyện tính cả địa bàn các xã; thêm cấp xã vào kỳ này thì số liệu bị tính hai lần.", p.Name, p.OpensOn),
		Since:  p.OpensOn.Start(),
		Until:  "hết ngày " + p.DataTo.String() + ", ngày chốt số liệu của kỳ",
		Remedy: "Chọn ngày tham gia sau ngày chốt số liệu; trong kỳ này huyện báo cáo số liệu của cả địa bàn.",
	}
}
