package indicator

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/unit"
)

// useNote is an indicator as a campaign asks for it, in the audit.
type useNote struct {
	Indicator string      `json:"indicator"`
	Kinds     []unit.Kind `json:"kinds"` // none: not asked for
}

// appliesNote is whether a unit is asked for an indicator, in the audit.
type appliesNote struct {
	Indicator string `json:"indicator"`
	Unit      string `json:"unit"`
	Applies   bool   `json:"applies"`
}

// SwitchOn makes a campaign ask units of some kinds for an indicator; without
// kinds, those of its definition. What it is worked out from must be asked for
// too. Switching on again sets other kinds, as long as no figure in force is of
// one that would go.
func SwitchOn(ctx context.Context, db database.DB, act actor.Actor, now time.Time, campaign int64, code string, kinds ...unit.Kind) error {
	err := manage(ctx, db, act, campaign, code, func(tx pgx.Tx, u Use, as string) error {
		if len(kinds) == 0 {
			kinds = u.Indicator.Kinds
		}
		kinds = ordered(kinds)
		for _, kind := range kinds {
			if !slices.Contains(filing, kind) {
				return fault.Invalid{"kinds": kind.Word() + " không nộp báo cáo"}
			}
		}
		if slices.Equal(kinds, ordered(u.Kinds)) {
			return nil
		}
		if err := partsAreOn(ctx, tx, campaign, u.Indicator); err != nil {
			return err
		}
		gone := slices.DeleteFunc(slices.Clone(u.Kinds), func(k unit.Kind) bool { return slices.Contains(kinds, k) })
		if err := noFigures(ctx, tx, campaign, u.ID, gone); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			insert into indicator_use (campaign_id, indicator_id, kinds)
			values (@campaign, @indicator, @kinds)
			on conflict (campaign_id, indicator_id) do update
			set kinds = excluded.kinds`,
			database.Args{"campaign": campaign, "indicator": u.ID, "kinds": kinds}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(campaign), Action: "indicator_switched_on", Authority: as,
			Before: useNote{u.Code, u.Kinds}, After: useNote{u.Code, kinds},
		})
	})
	if err != nil {
		return fmt.Errorf("switch on %s in campaign %d: %w", code, campaign, err)
	}
	return nil
}

// SwitchOff makes a campaign ask for an indicator no more. It is refused once a
// figure of it is in force, and while a ratio that is asked for needs it.
func SwitchOff(ctx context.Context, db database.DB, act actor.Actor, now time.Time, campaign int64, code string) error {
	err := manage(ctx, db, act, campaign, code, func(tx pgx.Tx, u Use, as string) error {
		if len(u.Kinds) == 0 {
			return nil
		}
		if err := nothingNeeds(ctx, tx, campaign, u.Indicator); err != nil {
			return err
		}
		if err := noFigures(ctx, tx, campaign, u.ID, filing); err != nil {
			return err
		}
		if err := database.Change(ctx, tx, `
			delete from indicator_use
			where campaign_id = @campaign and indicator_id = @indicator`,
			database.Args{"campaign": campaign, "indicator": u.ID}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(campaign), Action: "indicator_switched_off", Authority: as,
			Before: useNote{u.Code, u.Kinds}, After: useNote{Indicator: u.Code},
		})
	})
	if err != nil {
		return fmt.Errorf("switch off %s in campaign %d: %w", code, campaign, err)
	}
	return nil
}

// SetApplies says whether one unit of the roster (slug) is asked for an indicator
// in use, whatever is asked of its kind.
func SetApplies(ctx context.Context, db database.DB, act actor.Actor, now time.Time, campaign int64, code, slug string, applies bool) error {
	err := manage(ctx, db, act, campaign, code, func(tx pgx.Tx, u Use, as string) error {
		if len(u.Kinds) == 0 {
			return fault.NotFound
		}
		if !u.Typed() {
			return fault.Invalid{"indicator": "Chỉ tiêu " + u.Code + " được tính từ " + u.Numerator + " và " + u.Denominator + "; đặt phạm vi cho hai chỉ tiêu đó"}
		}
		row, err := seatOf(ctx, tx, campaign, u.ID, slug)
		if err != nil {
			return err
		}
		byKind := slices.Contains(u.Kinds, row.Kind)
		was := byKind
		if row.Applies != nil {
			was = *row.Applies
		}
		if was == applies {
			return nil
		}
		if !applies && row.Answered {
			return inForce(u.Code)
		}
		// Without an exception the kind decides.
		if err := setException(ctx, tx, campaign, u.ID, row.Unit, applies, applies != byKind); err != nil {
			return err
		}
		return audit.Record(ctx, tx, act, now, audit.Entry{
			Subject: subject(campaign), Action: "indicator_applies_set", Authority: as,
			Before: appliesNote{u.Code, slug, was}, After: appliesNote{u.Code, slug, applies},
		})
	})
	if err != nil {
		return fmt.Errorf("set whether %s applies to %s in campaign %d: %w", code, slug, campaign, err)
	}
	return nil
}

func subject(campaign int64) string { return fmt.Sprintf("campaign/%d", campaign) }

func ordered(kinds []unit.Kind) []unit.Kind {
	return slices.DeleteFunc(slices.Clone(unit.Kinds), func(k unit.Kind) bool { return !slices.Contains(kinds, k) })
}

// manage locks the campaign until fn is done, which gets the indicator as the
// campaign asks for it and the role in which act may change that.
func manage(ctx context.Context, db database.DB, act actor.Actor, campaign int64, code string, fn func(tx pgx.Tx, u Use, as string) error) error {
	return database.InTx(ctx, db, func(tx pgx.Tx) error {
		lead, err := database.Value[actor.UnitID](ctx, tx, `
			select lead_unit
			from campaign
			where id = @id
			for update`,
			database.Args{"id": campaign})
		if err != nil {
			return err
		}
		as, err := authority(act, lead)
		if err != nil {
			return err
		}
		line, err := database.One[useLine](ctx, tx, definitions+`
			where i.code = @code`,
			database.Args{"campaign": campaign, "code": code})
		if err != nil {
			return err
		}
		return fn(tx, line.use(), as)
	})
}

// authority returns the role in which act may say what is asked: consolidator of
// the lead unit, administrator, or the portal itself ("").
func authority(act actor.Actor, lead actor.UnitID) (string, error) {
	switch {
	case act.Is(lead, actor.Consolidator):
		return string(actor.Consolidator), nil
	case act.Has(actor.Admin):
		return string(actor.Admin), nil
	case act.IsSystem():
		return "", nil
	}
	return "", fault.Refusal{
		Reason: "Chỉ chuyên viên tổng hợp của đơn vị chủ trì hoặc người quản trị được thay đổi chỉ tiêu số liệu.",
		Remedy: "Gửi đề nghị, nêu rõ lý do, tới đơn vị chủ trì.",
	}
}

func partsAreOn(ctx context.Context, tx pgx.Tx, campaign int64, i Indicator) error {
	if i.Typed() {
		return nil
	}
	parts := []string{i.Numerator, i.Denominator}
	on, err := database.Values[string](ctx, tx, `
		select i.code
		from indicator_use use
		join indicator i on i.id = use.indicator_id
		where use.campaign_id = @campaign and i.code = any(@codes::text[])`,
		database.Args{"campaign": campaign, "codes": parts})
	if err != nil {
		return err
	}
	for _, code := range parts {
		if !slices.Contains(on, code) {
			return fault.Refusal{
				Reason: "Chỉ tiêu " + i.Code + " được tính từ " + code + ", mà năm này chưa dùng chỉ tiêu đó.",
				Remedy: "Đưa chỉ tiêu " + code + " vào sử dụng trước.",
			}
		}
	}
	return nil
}

func nothingNeeds(ctx context.Context, tx pgx.Tx, campaign int64, i Indicator) error {
	ratios, err := database.Values[string](ctx, tx, `
		select i.code
		from indicator_use use
		join indicator i on i.id = use.indicator_id
		where use.campaign_id = @campaign and @id in (i.numerator, i.denominator)
		order by i.code`,
		database.Args{"campaign": campaign, "id": i.ID})
	if err != nil || len(ratios) == 0 {
		return err
	}
	return fault.Refusal{
		Reason: "Chỉ tiêu " + strings.Join(ratios, ", ") + " đang dùng được tính từ " + i.Code + ".",
		Remedy: "Ngừng dùng " + strings.Join(ratios, ", ") + " trước.",
	}
}

// noFigures refuses when a unit of one of kinds has a figure in force.
func noFigures(ctx context.Context, tx pgx.Tx, campaign int64, id ID, kinds []unit.Kind) error {
	code, err := database.Values[string](ctx, tx, `
		select i.code
		from figure_fact f
		join period p on p.id = f.period_id
		join indicator i on i.id = f.indicator_id
		join roster r on r.campaign_id = p.campaign_id and r.unit_id = f.unit_id
		join unit_version v on v.id = r.unit_version_id
		where p.campaign_id = @campaign and f.indicator_id = @id and v.kind = any(@kinds::text[])
		limit 1`,
		database.Args{"campaign": campaign, "id": id, "kinds": append([]unit.Kind{}, kinds...)})
	if err != nil || len(code) == 0 {
		return err
	}
	return inForce(code[0])
}

func inForce(code string) error {
	return fault.Refusal{
		Reason: "Đã có báo cáo được tiếp nhận mang số liệu của chỉ tiêu " + code + ", nên không ngừng dùng được nữa.",
		Remedy: "Số liệu đã tiếp nhận được giữ nguyên; chỉ tiêu có thể ngừng dùng từ năm kế hoạch sau.",
	}
}

// seat is a unit of the roster, and what was set for it.
type seat struct {
	Unit     actor.UnitID
	Kind     unit.Kind
	Applies  *bool
	Answered bool // a figure is in force
}

func seatOf(ctx context.Context, tx pgx.Tx, campaign int64, id ID, slug string) (seat, error) {
	return database.One[seat](ctx, tx, `
		select r.unit_id as unit, v.kind, own.applies,
		       exists (select
		               from figure_fact f
		               join period p on p.id = f.period_id
		               where p.campaign_id = r.campaign_id and f.unit_id = r.unit_id and f.indicator_id = @indicator) as answered
		from roster r
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		left join indicator_unit own on own.campaign_id = r.campaign_id and own.unit_id = r.unit_id and own.indicator_id = @indicator
		where r.campaign_id = @campaign and u.slug = @slug`,
		database.Args{"campaign": campaign, "indicator": id, "slug": slug})
}

func setException(ctx context.Context, tx pgx.Tx, campaign int64, id ID, u actor.UnitID, applies, keep bool) error {
	args := database.Args{"campaign": campaign, "indicator": id, "unit": u}
	if !keep {
		_, err := database.Exec(ctx, tx, `
			delete from indicator_unit
			where campaign_id = @campaign and indicator_id = @indicator and unit_id = @unit`, args)
		return err
	}
	args["applies"] = applies
	_, err := database.Exec(ctx, tx, `
		insert into indicator_unit (campaign_id, indicator_id, unit_id, applies)
		values (@campaign, @indicator, @unit, @applies)
		on conflict (campaign_id, indicator_id, unit_id) do update
		set applies = excluded.applies`, args)
	return err
}
