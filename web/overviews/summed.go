package overviews

import (
	"context"
	"errors"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/web/paths"
	"danvan/web/ui"
)

// summed leads to the consolidated report that a unit makes of a period, nothing for
// who may not see it.
func (h Pages) summed(ctx context.Context, act actor.Actor, now time.Time, year int, period, unit string) (ui.Link, error) {
	c, err := consolidation.NewService(h.DB, nil, nil).Case(ctx, act, now, consolidation.Ref{Year: year, Period: period, Unit: unit})
	if errors.Is(err, fault.NotFound) || err == nil && !leads(act, c) {
		return ui.Link{}, nil
	}
	return summedLink(c), err
}

// allSummed leads from the list of reports to what was made of them: to the report
// itself, or to the choice of several.
func (h Pages) allSummed(ctx context.Context, act actor.Actor, now time.Time, year int, period string) (ui.Link, error) {
	if !act.Has(actor.Leadership, actor.Consolidator, actor.Reviewer) {
		return ui.Link{}, nil
	}
	list, err := consolidation.NewService(h.DB, nil, nil).List(ctx, act, now, year, period)
	if errors.Is(err, fault.NotFound) {
		return ui.Link{}, nil
	}
	list = slices.DeleteFunc(list, func(c consolidation.Case) bool { return !leads(act, c) })
	switch {
	case err != nil || len(list) == 0:
		return ui.Link{}, err
	case len(list) == 1:
		return summedLink(list[0]), nil
	}
	return ui.Link{Label: "Báo cáo tổng hợp", Path: paths.Consolidations(year, period)}, nil
}

// leads reports whether there is something to lead to: nobody but who begins it looks
// at a consolidation that nobody has begun.
func leads(act actor.Actor, c consolidation.Case) bool {
	return c.Begun() || act.Is(c.Unit, actor.Consolidator)
}

// summedLink calls an issued report by its number.
func summedLink(c consolidation.Case) ui.Link {
	l := ui.Link{Label: "Báo cáo tổng hợp", Path: paths.Consolidation(c.Year, c.Period, c.UnitSlug)}
	if c.Issue != nil {
		l.Label += " số " + c.Issue.Reference.String()
	}
	return l
}
