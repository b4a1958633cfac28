package overview

import (
	"context"
	"fmt"
	"math/big"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// RecountFigures works out every total of a board again, and the figure of every
// unit one may see by name: in Go, from the frozen content of the versions in
// force, without a look at the facts. What lies below a unit is part of what was
// frozen.
func RecountFigures(ctx context.Context, db database.DB, b FigureBoard) (Recounted, error) {
	var found Recounted
	reports, err := figureWitnesses(ctx, db, b)
	if err != nil {
		return found, fmt.Errorf("recount figures of %d/%s: %w", b.Year, b.Period.Slug, err)
	}
	for _, l := range b.Lines {
		parts := b.parts[l.Code]
		var all table
		var estimated *big.Rat
		for _, u := range b.units {
			frozen := reports[u.ID]
			if !u.counts(parts) && !frozen.answer(parts) {
				continue
			}
			for i, part := range parts {
				all.rows[i] = append(all.rows[i], frozen[part.Code])
			}
			all.units++
			estimated = sum(estimated, frozen[l.Code].Estimated)
			for _, part := range parts {
				if b.Names(u.ID) && (l.Typed() || len(b.Lines) == 1) { // else what it is worked out from has lines of its own
					found.compare(Difference{Unit: u.Unit, Short: u.Short, Code: part.Code,
						Shown: figureWords(u.figure(part.ID)), Counted: figureWords(frozen[part.Code])})
				}
			}
		}
		found.compare(Difference{Code: l.Code, Shown: sumWords(l.Sum, l.Estimated), Counted: sumWords(all.sum(l.Indicator), estimated)})
	}
	return found, nil
}

// RecountFigure is [RecountFigures] for one total and the figures it is made of.
func RecountFigure(ctx context.Context, db database.DB, b Breakdown) (Recounted, error) {
	return RecountFigures(ctx, db, b.board)
}

// frozenFigures are the answers of a report in force as it was frozen, by code.
type frozenFigures map[string]indicator.Figure

func figureWitnesses(ctx context.Context, db database.DB, b FigureBoard) (map[actor.UnitID]frozenFigures, error) {
	type line struct {
		ID     actor.UnitID
		Frozen submission.Frozen
	}
	lines, err := database.All[line](ctx, db, `
		select r.unit_id as id, convert_from(y.content, 'utf8')::json as frozen
		from roster r
		join submission x on x.period_id = @period and x.unit_id = r.unit_id
		join version y on y.id = x.in_force
		where r.campaign_id = @campaign and r.reports_to = @receiver`,
		database.Args{"period": b.Period.ID, "campaign": b.Campaign, "receiver": b.Receiver.ID})
	if err != nil {
		return nil, err
	}
	all := map[actor.UnitID]frozenFigures{}
	for _, l := range lines {
		all[l.ID] = figuresIn(l.Frozen)
	}
	return all, nil
}

func figuresIn(frozen submission.Frozen) frozenFigures {
	figures := frozenFigures{}
	for _, p := range frozen.Parts {
		if code, ok := strings.CutPrefix(p.Key, "figure/"); ok {
			f := indicator.Figure{Mark: indicator.Mark(p.Content["mark"]), Own: indicator.ParseAmount(p.Content["own"])}
			if f.Own != nil {
				f.Mark, f.Estimated = indicator.Number, indicator.ParseAmount(p.Content["estimated"])
			}
			figures[code] = f
		}
	}
	for _, p := range frozen.Computed {
		if code, ok := strings.CutPrefix(p.Key, "below/"); ok {
			f := figures[code]
			if !f.Answered() { // the unit was not asked itself
				f.Mark = indicator.NotApplicable
			}
			f.Below = indicator.ParseAmount(p.Content["value"])
			figures[code] = f
		}
	}
	return figures
}

func (figures frozenFigures) answer(parts []indicator.Use) bool {
	for _, part := range parts {
		if !figures[part.Code].Answered() {
			return false
		}
	}
	return true
}

// figureWords spells an answer out.
func figureWords(f indicator.Figure) string {
	words := []string{f.Mark.Word()}
	if f.Mark == indicator.Number {
		words[0] = amountWords(f.Own)
	}
	if f.Estimated != nil {
		words = append(words, "trong đó ước "+amountWords(f.Estimated))
	}
	if f.Below != nil {
		words = append(words, "đơn vị trực thuộc "+amountWords(f.Below))
	}
	return strings.Join(words, ", ")
}

// sumWords spells a total out.
func sumWords(s indicator.Sum, estimated *big.Rat) string {
	words := fmt.Sprintf("%s từ %d/%d đơn vị", amountWords(s.Value), s.Numbers, s.Of())
	if estimated != nil {
		words += ", trong đó ước " + amountWords(estimated)
	}
	return words
}

func amountWords(r *big.Rat) string {
	if r == nil {
		return viet.NoRatio
	}
	return viet.FormatNumber(indicator.Text(r))
}
