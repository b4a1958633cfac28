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
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Joining is a unit that joins a roster.
type Joining struct {
	Unit         string    // slug
	ReportsTo    string    // slug of a unit of the roster
	From         viet.Date // inside the campaign's active time
	Reason       string
	DirectSubmit bool
}

// rosterNote is a roster row in the audit.
type rosterNote struct {
	Unit         string    `json:"unit"`
	ReportsTo    string    `json:"reports_to"`
	JoinedOn     viet.Date `json:"joined_on"`
	LeftOn       viet.Date `json:"left_on"`
	Reason       string    `json:"reason"`
	DirectSubmit bool      `json:"direct_submit"`
}

func (m Member) note() rosterNote {
	return rosterNote{m.Slug, m.ReportsToSlug, m.JoinedOn, m.LeftOn, m.Reason, m.DirectSubmit}
}

// JoinRoster adds a unit at the end of the roster under the name it has on its
// first day there. A commune joins before the report period opens, or after its data
// ended: see [SwitchCommunesOn].
func JoinRoster(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, j Joining) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		c, as, err := managed(ctx, tx, act, id)
		if err != nil {
			return err
		}
		bad := fault.Invalid{}
		if !j.From.Within(c.ActiveFrom, c.ActiveTo) {
			bad.Add("from", "Ngày tham gia phải trong khoảng "+c.ActiveFrom.String()+" đến "+c.ActiveTo.String())
		}
		reason := cleanReason(j.Reason, bad)
		if err := bad.OrNil(); err != nil {
			return err
		}
		u, err := unit.BySlug(ctx, tx, j.Unit, j.From)
		if errors.Is(err, fault.NotFound) {
			return fault.Invalid{"unit": "Đơn vị không tồn tại vào ngày " + j.From.String()}
		}
		if err != nil {
			return err
		}
		if u.Kind == unit.Commune {
			if err := refuseCommune(ctx, tx, id, j.From, now); err != nil {
				return err
			}
		}
		receiver, err := RosterUnit(ctx, tx, id, j.ReportsTo)
		if errors.Is(err, fault.NotFound) || err == nil && !receiver.PresentOn(j.From) {
			return fault.Invalid{"reports_to": "Đơn vị nhận báo cáo không có trong danh sách vào ngày " + j.From.String()}
		}
		if err != nil {
			return err
		}
		err = database.InTx(ctx, tx, func(tx pgx.Tx) error {
			return database.Change(ctx, tx, `
				insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid, reason, direct_submit)
				select @campaign, @unit, @version, @reports_to, max(position) + 1, daterange(@from::date, null), @reason, @direct
				from roster
				where campaign_id = @campaign`,
				database.Args{"campaign": id, "unit": u.ID, "version": u.VersionID, "reports_to": receiver.ID,
					"from": j.From, "reason": reason, "direct": j.DirectSubmit})
		})
		if database.Violates(err, "roster_pkey") {
			return fault.Invalid{"unit": u.Name + " đã có trong danh sách năm " + fmt.Sprint(c.Year)}
		}
		if err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: c.subject(), Action: "roster_joined", Authority: as,
			After: rosterNote{u.Slug, receiver.Slug, j.From, viet.Date{}, reason, j.DirectSubmit},
		})
	})
	if err != nil {
		return fmt.Errorf("join roster of campaign %d: %w", id, err)
	}
	return nil
}

// LeaveRoster takes a unit off the roster from a day on. What it filed stays its
// own. Units that report to it must have left by then.
func LeaveRoster(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, slug string, on viet.Date, reason string) error {
	return editRoster(ctx, db, act, now, id, slug, "roster_left", func(tx pgx.Tx, c Campaign, m *Member) error {
		bad := fault.Invalid{}
		if !m.LeftOn.IsZero() {
			bad.Add("unit", m.Name+" đã rời danh sách từ ngày "+m.LeftOn.String())
		}
		if !on.After(m.JoinedOn) || on.After(c.ActiveTo) {
			bad.Add("on", "Ngày rời danh sách phải sau "+m.JoinedOn.String()+" và không sau "+c.ActiveTo.String())
		}
		reason := cleanReason(reason, bad)
		if err := bad.OrNil(); err != nil {
			return err
		}
		below, err := database.Value[int](ctx, tx, `
			select count(*)
			from roster
			where campaign_id = @id
			  and reports_to = @unit
			  and unit_id <> @unit
			  and (upper_inf(valid) or upper(valid) > @on::date)`,
			database.Args{"id": id, "unit": m.ID, "on": on})
		if err != nil {
			return err
		}
		if below > 0 {
			return fault.Invalid{"unit": fmt.Sprintf("Còn %d đơn vị báo cáo về %s vào ngày này", below, m.Name)}
		}
		m.LeftOn = on
		if m.Reason != "" {
			reason = m.Reason + "\n" + reason
		}
		m.Reason = reason
		return nil
	})
}

// SetDirectSubmit says whether the unit's staff may submit without its leader.
func SetDirectSubmit(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, slug string, allow bool) error {
	return editRoster(ctx, db, act, now, id, slug, "direct_submit_set", func(_ pgx.Tx, _ Campaign, m *Member) error {
		m.DirectSubmit = allow
		return nil
	})
}

func editRoster(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id ID, slug, action string, edit func(pgx.Tx, Campaign, *Member) error) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		c, as, err := managed(ctx, tx, act, id)
		if err != nil {
			return err
		}
		m, err := RosterUnit(ctx, tx, id, slug)
		if err != nil {
			return err
		}
		before := m.note()
		if err := edit(tx, c, &m); err != nil {
			return err
		}
		if m.note() == before {
			return nil
		}
		if err := database.Change(ctx, tx, `
			update roster
			set valid = daterange(lower(valid), @left_on::date), reason = @reason, direct_submit = @direct
			where campaign_id = @id and unit_id = @unit`,
			database.Args{"id": id, "unit": m.ID, "left_on": m.LeftOn, "reason": m.Reason, "direct": m.DirectSubmit}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: c.subject(), Action: action, Authority: as, Before: before, After: m.note(),
		})
	})
	if err != nil {
		return fmt.Errorf("%s %s in campaign %d: %w", action, slug, id, err)
	}
	return nil
}
