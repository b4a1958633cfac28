// Package campaign keeps a directive's year: its tasks, its periods with their
// deadlines, and the roster of units that file in it. What the units file is not
// its business.
package campaign

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// ID identifies a campaign. People name it by its year.
type ID int64

// Campaign is one directive for one year.
type Campaign struct {
	ID            ID
	Year          int
	LeadID        unit.ID // consolidates; the roll-up stops there
	LeadSlug      string
	LeadName      string // as on the first day of the campaign
	LeadShort     string
	Directive     string // "Kế hoạch số 32/KH-UBND ngày 28/02/2022 …"
	ActiveFrom    viet.Date
	ActiveTo      viet.Date // last day
	TasksFrozenAt *time.Time
}

const columns = `
	c.id, c.year, c.lead_unit as lead_id, lu.slug as lead_slug, lv.name as lead_name, lv.short as lead_short,
	c.directive, lower(c.active) as active_from, upper(c.active) - 1 as active_to, c.tasks_frozen_at
	from campaign c
	join unit lu on lu.id = c.lead_unit
	join unit_version lv on lv.unit_id = c.lead_unit and lv.valid @> lower(c.active)`

// ByYear returns the campaign of a year, or [fault.NotFound].
func ByYear(ctx context.Context, db database.DB, year int) (Campaign, error) {
	c, err := database.One[Campaign](ctx, db, `
		select `+columns+`
		where c.year = @year`,
		database.Args{"year": year})
	if err != nil {
		return c, fmt.Errorf("campaign %d: %w", year, err)
	}
	return c, nil
}

func byID(ctx context.Context, db database.DB, id ID) (Campaign, error) {
	return database.One[Campaign](ctx, db, `
		select `+columns+`
		where c.id = @id`,
		database.Args{"id": id})
}

// Current returns the campaign people work in at a moment: the last that has
// begun, else the first to come; [fault.NotFound] where there is none.
func Current(ctx context.Context, db database.DB, now time.Time) (Campaign, error) {
	c, err := database.One[Campaign](ctx, db, `
		select `+columns+`
		order by lower(c.active) > @today::date, abs(lower(c.active) - @today::date)
		limit 1`,
		database.Args{"today": viet.DateOf(now)})
	if err != nil {
		return c, fmt.Errorf("current campaign: %w", err)
	}
	return c, nil
}

// All returns every campaign, the newest first.
func All(ctx context.Context, db database.DB) ([]Campaign, error) {
	list, err := database.All[Campaign](ctx, db, `
		select `+columns+`
		order by c.year desc`, nil)
	if err != nil {
		return nil, fmt.Errorf("list campaigns: %w", err)
	}
	return list, nil
}

func (c Campaign) subject() string { return fmt.Sprintf("campaign/%d", c.ID) }

// authority returns the role in which act may manage the campaign: consolidator
// of its lead unit, administrator, or the portal itself ("").
func (c Campaign) authority(act actor.Actor) (string, error) {
	switch {
	case act.Is(c.LeadID, actor.Consolidator):
		return string(actor.Consolidator), nil
	case act.Has(actor.Admin):
		return string(actor.Admin), nil
	case act.IsSystem():
		return "", nil
	}
	return "", fault.Refusal{
		Reason: "Chỉ chuyên viên tổng hợp của " + c.LeadName + " hoặc người quản trị được làm việc này.",
		Remedy: "Gửi đề nghị, nêu rõ lý do, tới " + c.LeadName + ".",
	}
}

// MayManage returns nil for those who manage the campaign, its periods and its
// roster, else the [fault.Refusal] that names who does.
func (c Campaign) MayManage(act actor.Actor) error {
	_, err := c.authority(act)
	return err
}

const (
	minReason = 10   // characters
	maxReason = 2000 // characters
)

// cleanReason cleans a typed reason and complains in bad about one that is none.
func cleanReason(typed string, bad fault.Invalid) string {
	reason := viet.Clean(typed)
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		bad.Add("reason", "Nêu lý do")
	case n < minReason:
		bad.Add("reason", "Lý do cần ít nhất 10 ký tự")
	case n > maxReason:
		bad.Add("reason", "Lý do dài quá 2.000 ký tự")
	}
	return reason
}
