package overview

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
)

// Breakdown is what one total is made of.
type Breakdown struct {
	Reports
	Line    FigureLine
	Units   []UnitFigure // those one may see by name, in roster order: asked, or with a figure
	Missing []ReportRow  // of those: the ones without a report in force

	board FigureBoard // with this line alone
}

// UnitFigure is one unit's part of a total.
type UnitFigure struct {
	ReportRow
	Asked       bool             // by the campaign
	Figure      indicator.Figure // of what somebody types
	Numerator   indicator.Figure // of what is worked out
	Denominator indicator.Figure
	Value       *big.Rat // with what lies below, or the ratio; nil: no number
	Below       []Source // the sendings that what lies below was taken from
	Before      *big.Rat // in the previous period
	LastYear    *big.Rat // a year before
	LastNo      int      // the sending that says so, 0 = it was typed in afterwards
	LastFrom    string   // where what was typed in comes from
	BeforeOf    []string // the units that it follows whose sum Before is, by name; none: its own
	LastOf      []string // those of LastYear
}

// Change is by how many percent the unit's figure differs from that of a year before.
func (u UnitFigure) Change() (*big.Rat, bool) { return indicator.Change(u.Value, u.LastYear) }

// Source is a sending of a unit below that a figure was taken from.
type Source struct {
	Unit  string // slug
	Name  string
	Short string
	No    int
	Valid bool     // it is in force still
	Value *big.Rat // nil: it says no number
}

// FigureByUnit returns what the total of an indicator is made of, in four
// statements; receiver as in [Figures]. What act may not see, and what the
// campaign does not ask for, is [fault.NotFound].
func FigureByUnit(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period, receiver, code string) (Breakdown, error) {
	b, err := figuresOf(ctx, db, act, now, year, period, receiver, code)
	if err == nil && (code == "" || len(b.Lines) == 0) {
		err = fault.NotFound
	}
	if err != nil {
		return Breakdown{}, fmt.Errorf("figure %s of %d/%s: %w", code, year, period, err)
	}
	d := Breakdown{Reports: b.Reports, Line: b.Lines[0], board: b}
	parts := b.parts[code]
	for _, u := range b.units {
		if !b.Names(u.ID) || !u.counts(parts) {
			continue
		}
		one := u.unitFigure(d.Line.Indicator, parts)
		d.Units = append(d.Units, one)
		if one.No == 0 {
			d.Missing = append(d.Missing, one.ReportRow)
		}
	}
	return d, nil
}

// UnitFigure is a unit's part of the line of an indicator. It is found of units one
// may see by name, where the campaign asks for it or the unit has a figure all the
// same. What lies below comes without its sources.
func (b FigureBoard) UnitFigure(id actor.UnitID, code string) (UnitFigure, bool) {
	i := slices.IndexFunc(b.units, func(u reporter) bool { return u.ID == id })
	line, found := b.Line(code)
	parts := b.parts[code]
	if i < 0 || !found || !b.Names(id) || !b.units[i].counts(parts) {
		return UnitFigure{}, false
	}
	return b.units[i].unitFigure(line.Indicator, parts), true
}

// unitFigure is the unit's part of what is made of parts: of one that is typed, or
// of numerator and denominator.
func (u reporter) unitFigure(i indicator.Indicator, parts []indicator.Use) UnitFigure {
	before, last := u.earlier(previousPeriod, i, parts), u.earlier(yearBefore, i, parts)
	f := UnitFigure{ReportRow: u.row(), Asked: true, Before: before.value, BeforeOf: before.of,
		LastYear: last.value, LastNo: last.no, LastFrom: last.from, LastOf: last.of}
	for _, part := range parts {
		f.Asked = f.Asked && u.isAsked(part)
	}
	if len(parts) == 2 {
		num, den := parts[0].ID, parts[1].ID
		f.Numerator, f.Denominator = u.figure(num), u.figure(den)
		f.Value = indicator.Percent(f.Numerator.Total(), f.Denominator.Total())
		return f
	}
	id := parts[0].ID
	f.Figure = u.figure(id)
	f.Value = f.Figure.Total()
	for _, s := range u.Sources {
		said := indicator.Figure{Mark: indicator.Number, Own: indicator.ParseAmount(s.Own), Below: indicator.ParseAmount(s.Below)}
		f.Below = append(f.Below, Source{Unit: s.Unit, Name: s.Name, Short: s.Short, No: s.No, Valid: s.Valid, Value: said.Total()})
	}
	return f
}
