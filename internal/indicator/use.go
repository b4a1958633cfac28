package indicator

import (
	"context"
	"fmt"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/unit"
)

// Use is an indicator a campaign asks for, and of which kinds of unit.
type Use struct {
	Indicator
	Kinds []unit.Kind
}

// useLine is a [Use] as it is selected.
type useLine struct {
	ID          ID
	Code        string
	Task        int
	Name        string
	Unit        string
	Kind        Kind
	Units       AcrossUnits
	Periods     AcrossPeriods
	Numerator   string
	Denominator string
	Parent      string
	Kinds       []unit.Kind
	Core        bool
	Guide       string
	Asked       []unit.Kind // by the campaign, none: not at all
}

const definitions = `
	select i.id, i.code, i.task_no as task, i.name, i.uom as unit, i.kind, i.across_units as units, i.across_periods as periods,
	       coalesce(n.code, '') as numerator, coalesce(d.code, '') as denominator, coalesce(p.code, '') as parent,
	       i.kinds, i.core, i.guide, coalesce(use.kinds, '{}') as asked
	from indicator i
	left join indicator n on n.id = i.numerator
	left join indicator d on d.id = i.denominator
	left join indicator p on p.id = i.parent
	left join indicator_use use on use.indicator_id = i.id and use.campaign_id = @campaign `

// inOrder is by task, the common part last, and then as the definitions stand.
const inOrder = `
	order by i.task_no = 0, i.task_no, i.code`

func (l useLine) use() Use {
	return Use{Kinds: l.Asked, Indicator: Indicator{
		ID: l.ID, Code: l.Code, Task: l.Task, Name: l.Name, Unit: l.Unit, Kind: l.Kind, Units: l.Units, Periods: l.Periods,
		Numerator: l.Numerator, Denominator: l.Denominator, Parent: l.Parent, Kinds: l.Kinds, Core: l.Core, Guide: l.Guide,
	}}
}

func uses(lines []useLine) []Use {
	list := make([]Use, len(lines))
	for i, l := range lines {
		list[i] = l.use()
	}
	return list
}

// All returns every definition in order, with the kinds of unit a campaign asks
// it of: none where it does not.
func All(ctx context.Context, db database.DB, campaign int64) ([]Use, error) {
	lines, err := database.All[useLine](ctx, db, definitions+inOrder, database.Args{"campaign": campaign})
	if err != nil {
		return nil, fmt.Errorf("indicators: %w", err)
	}
	return uses(lines), nil
}

// InUse returns what a campaign asks for: by task, the common part last.
func InUse(ctx context.Context, db database.DB, campaign int64) ([]Use, error) {
	lines, err := database.All[useLine](ctx, db, definitions+`
		where use.campaign_id is not null`+inOrder,
		database.Args{"campaign": campaign})
	if err != nil {
		return nil, fmt.Errorf("indicators of campaign %d: %w", campaign, err)
	}
	return uses(lines), nil
}

// For returns what one unit of a kind is asked for, in the order of [InUse]: what
// is asked of its kind, but for what was set for the unit itself ([SetApplies]).
// Ratios are there where both of their parts are.
func For(ctx context.Context, db database.DB, campaign int64, u actor.UnitID, kind unit.Kind) ([]Indicator, error) {
	asked, _, err := Parted(ctx, db, campaign, u, kind)
	return asked, err
}

// Parted returns every definition in order, parted into what one unit of a kind is
// asked for ([For]) and the others.
func Parted(ctx context.Context, db database.DB, campaign int64, u actor.UnitID, kind unit.Kind) (asked, others []Indicator, err error) {
	lines, err := database.All[partedLine](ctx, db, `
		select d.*, use.campaign_id is not null and coalesce(own.applies, @kind = any(use.kinds)) as applies
		from (`+definitions+`) d
		left join indicator_use use on use.campaign_id = @campaign and use.indicator_id = d.id
		left join indicator_unit own on own.campaign_id = use.campaign_id and own.indicator_id = use.indicator_id and own.unit_id = @unit
		order by d.task = 0, d.task, d.code`,
		database.Args{"campaign": campaign, "unit": u, "kind": kind})
	if err != nil {
		return nil, nil, fmt.Errorf("indicators of unit %d in campaign %d: %w", u, campaign, err)
	}
	applies := map[string]bool{}
	for _, l := range lines {
		applies[l.Code] = l.Applies
	}
	for _, l := range lines {
		if l.Kind == Derived && len(l.Asked) > 0 {
			l.Applies = applies[l.Numerator] && applies[l.Denominator]
		}
		if l.Applies {
			asked = append(asked, l.use().Indicator)
		} else {
			others = append(others, l.use().Indicator)
		}
	}
	return asked, others, nil
}

type partedLine struct {
	useLine
	Applies bool
}
