package campaign

import (
	"context"
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

type (
	// PeriodID identifies a period. People name it by year and slug.
	PeriodID int64
	// Kind says what is filed in a period.
	Kind string
)

const (
	Plan       Kind = "plan"
	Report     Kind = "report"
	Evaluation Kind = "evaluation"
)

// Kinds lists every kind in the order of the year.
var Kinds = []Kind{Plan, Report, Evaluation}

// Period is a time in which every unit of the roster files one thing.
type Period struct {
	ID         PeriodID
	CampaignID ID
	Year       int
	Kind       Kind
	Slug       string
	Name       string
	OpensOn    viet.Date
	DataFrom   viet.Date // window of the data, reports only
	DataTo     viet.Date // last day: chốt số liệu
	Cumulative bool      // figures run from the start of the campaign's data
	TruesUp    PeriodID  // 0: none
	ClosedAt   *time.Time
	ClosedWhy  string
	Due        map[unit.Kind]time.Time // exclusive; extensions not counted
}

// HasOpened reports whether filing has begun.
func (p Period) HasOpened(now time.Time) bool { return !viet.DateOf(now).Before(p.OpensOn) }

// IsClosed reports whether filing has ended.
func (p Period) IsClosed(now time.Time) bool { return p.ClosedAt != nil && !now.Before(*p.ClosedAt) }

const periods = `
	select p.id, p.campaign_id, c.year, p.kind, p.slug, p.name, p.opens_on, lower(p.data) as data_from,
	       upper(p.data) - 1 as data_to, p.cumulative, coalesce(p.trues_up, 0) as trues_up, p.closed_at, p.closed_why,
	       coalesce((select json_object_agg(d.unit_kind, d.due_before) from deadline d where d.period_id = p.id), '{}') as due
	from period p
	join campaign c on c.id = p.campaign_id `

// Periods returns the periods of a campaign by opening day.
func Periods(ctx context.Context, db database.DB, id ID) ([]Period, error) {
	list, err := database.All[Period](ctx, db, periods+`
		where p.campaign_id = @id
		order by p.opens_on, array_position(array['plan', 'report', 'evaluation'], p.kind), p.id`,
		database.Args{"id": id})
	if err != nil {
		return nil, fmt.Errorf("periods of campaign %d: %w", id, err)
	}
	return list, nil
}

// PeriodBySlug returns a period of a year's campaign, or [fault.NotFound].
func PeriodBySlug(ctx context.Context, db database.DB, year int, slug string) (Period, error) {
	p, err := database.One[Period](ctx, db, periods+`
		where c.year = @year and p.slug = @slug`,
		database.Args{"year": year, "slug": slug})
	if err != nil {
		return p, fmt.Errorf("period %d/%s: %w", year, slug, err)
	}
	return p, nil
}

// PlanPeriod returns the period of a year in which plans are filed, or
// [fault.NotFound].
func PlanPeriod(ctx context.Context, db database.DB, year int) (Period, error) {
	p, err := database.One[Period](ctx, db, periods+`
		where c.year = @year and p.kind = 'plan'`,
		database.Args{"year": year})
	if err != nil {
		return p, fmt.Errorf("plan period of %d: %w", year, err)
	}
	return p, nil
}

func periodByID(ctx context.Context, db database.DB, id PeriodID) (Period, error) {
	return database.One[Period](ctx, db, periods+`
		where p.id = @id`,
		database.Args{"id": id})
}

func (p Period) subject() string { return fmt.Sprintf("period/%d", p.ID) }

// address is what messages about the period are filed under.
func (p Period) address() string { return fmt.Sprintf("period/%d/%s", p.Year, p.Slug) }

// managedPeriod returns the period, its campaign locked until tx ends, and the
// role in which act may manage them.
func managedPeriod(ctx context.Context, tx pgx.Tx, act actor.Actor, id PeriodID) (Period, string, error) {
	p, err := periodByID(ctx, tx, id)
	if err != nil {
		return p, "", err
	}
	_, as, err := managed(ctx, tx, act, p.CampaignID)
	if err != nil {
		return p, "", err
	}
	// Read again: the last writer may have committed while this one waited.
	p, err = periodByID(ctx, tx, id)
	return p, as, err
}

// closing is the end of a period in the audit.
type closing struct {
	ClosedAt *time.Time `json:"closed_at"`
	Reason   string     `json:"reason"`
}

// Close ends filing at the beginning of a day, or at once when there is none
// given. A closing that still lies ahead may be set anew.
func Close(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id PeriodID, on viet.Date, reason string) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		p, as, err := managedPeriod(ctx, tx, act, id)
		if err != nil {
			return err
		}
		if p.IsClosed(now) {
			return fault.Refusal{Reason: "Kỳ này đã đóng. " + p.ClosedWhy, Since: *p.ClosedAt, Remedy: "Mở lại kỳ nếu cần đặt thời điểm khác."}
		}
		at := now
		bad := fault.Invalid{}
		if !on.IsZero() {
			at = on.Start()
			if at.Before(now) {
				bad.Add("on", "Ngày đóng kỳ phải sau hôm nay; để trống nếu đóng ngay")
			}
		}
		reason := cleanReason(reason, bad)
		if err := bad.OrNil(); err != nil {
			return err
		}
		return setClosing(ctx, tx, act, now, p, as, "closed", closing{&at, reason})
	})
	if err != nil {
		return fmt.Errorf("close period %d: %w", id, err)
	}
	return nil
}

// Reopen undoes [Close], also one that still lies ahead.
func Reopen(ctx context.Context, db database.DB, act actor.Actor, now time.Time, id PeriodID, reason string) error {
	err := database.InTx(ctx, db, func(tx pgx.Tx) error {
		p, as, err := managedPeriod(ctx, tx, act, id)
		if err != nil {
			return err
		}
		if p.ClosedAt == nil {
			return fault.Conflict
		}
		bad := fault.Invalid{}
		reason := cleanReason(reason, bad)
		if err := bad.OrNil(); err != nil {
			return err
		}
		return setClosing(ctx, tx, act, now, p, as, "reopened", closing{nil, reason})
	})
	if err != nil {
		return fmt.Errorf("reopen period %d: %w", id, err)
	}
	return nil
}

func setClosing(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, p Period, as, action string, c closing) error {
	why := c.Reason
	if c.ClosedAt == nil {
		why = ""
	}
	if err := database.Change(ctx, tx, `
		update period
		set closed_at = @at, closed_why = @why
		where id = @id`,
		database.Args{"id": p.ID, "at": c.ClosedAt, "why": why}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, act, now, audit.Entry{
		Subject: p.subject(), Action: action, Authority: as,
		Before: closing{p.ClosedAt, p.ClosedWhy}, After: c,
	})
}
