package overview

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/indicator"
	"danvan/internal/unit"
)

// FigureBoard is what the figures of a period come to for the units that report
// to one receiver, each by the rule of its indicator. A unit's figure has in it
// what lies below the unit: nothing is counted twice.
type FigureBoard struct {
	Reports
	Lines []FigureLine // what the campaign asks for, by task, the common part last

	units []reporter
}

// FigureLine is one indicator over the scope.
type FigureLine struct {
	indicator.Indicator
	Asked     []unit.Kind // of which kinds of unit the campaign asks it
	Sum       indicator.Sum
	Estimated *big.Rat // the part of Sum that units say is estimated, nil: none
	LastYear  Compared
	Previous  Compared
	Added     *big.Rat // to the previous period, by the units of Previous; nil: cannot be told apart
}

// Compared is the same figure in another period. Like is compared with like: both
// numbers are over the units that have one in either period.
type Compared struct {
	Value *big.Rat // then; nil: there is nothing to compare with
	Now   *big.Rat
	Units int
}

// Change is by how many percent it changed; a ratio changes by [Compared.Points].
func (c Compared) Change() (*big.Rat, bool) { return indicator.Change(c.Now, c.Value) }

// Points is by how much it changed, nil where there is nothing to compare.
func (c Compared) Points() *big.Rat {
	if c.Now == nil || c.Value == nil {
		return nil
	}
	return new(big.Rat).Sub(c.Now, c.Value)
}

// Mean is what a total comes to for each unit with a number: all that a unit sees
// of the others. Only of what adds up.
func (l FigureLine) Mean() *big.Rat {
	if l.Units != indicator.SumOfUnits || l.Sum.Value == nil {
		return nil
	}
	return new(big.Rat).Quo(l.Sum.Value, big.NewRat(int64(l.Sum.Numbers), 1))
}

// Figures returns what the figures of a period come to for the units reporting to
// receiver (slug; "" is the one nearest to act), in four statements. What act may
// not see, and a period in which no reports are filed, is [danvan/internal/fault.NotFound].
func Figures(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period, receiver string) (FigureBoard, error) {
	b, err := figuresOf(ctx, db, act, now, year, period, receiver, "")
	if err != nil {
		return b, fmt.Errorf("figures of %d/%s: %w", year, period, err)
	}
	return b, nil
}

// figuresOf loads every line, or with a code that alone, with what it is made of.
func figuresOf(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period, receiver, code string) (FigureBoard, error) {
	var b FigureBoard
	var err error
	if b.Reports, err = reportsOf(ctx, db, act, year, period, receiver); err != nil {
		return b, err
	}
	uses, err := indicator.InUse(ctx, db, int64(b.Campaign))
	if err != nil {
		return b, err
	}
	if code != "" {
		uses = slices.DeleteFunc(uses, func(u indicator.Use) bool { return u.Code != code })
	}
	var codes []string
	for _, u := range uses {
		codes = append(codes, parts(u.Indicator)...)
	}
	if b.units, err = reportersOf(ctx, db, b.Reports, now, codes, code); err != nil {
		return b, err
	}
	for _, u := range uses {
		b.Lines = append(b.Lines, b.line(u))
	}
	return b, nil
}

// parts are the codes of what somebody types for an indicator.
func parts(i indicator.Indicator) []string {
	if i.Typed() {
		return []string{i.Code}
	}
	return []string{i.Numerator, i.Denominator}
}

// line adds up one indicator.
func (b FigureBoard) line(u indicator.Use) FigureLine {
	l := FigureLine{Indicator: u.Indicator, Asked: u.Kinds}
	codes := parts(u.Indicator)
	var now, before, last table
	for _, one := range b.units {
		if !one.counts(codes...) {
			continue
		}
		now.add(one, codes, cell.figure)
		before.add(one, codes, func(c cell) indicator.Figure { return then(c.Before) })
		last.add(one, codes, func(c cell) indicator.Figure { return then(c.Last) })
		if c := one.Figures[u.Code]; c.Estimated != "" {
			l.Estimated = sum(l.Estimated, indicator.ParseAmount(c.Estimated))
		}
	}
	l.Sum = now.sum(u.Indicator)
	l.LastYear, l.Previous = now.against(last, u.Indicator), now.against(before, u.Indicator)
	if b.Period.Cumulative && b.Previous.Cumulative {
		l.Added = u.Since(l.Previous.Value, l.Previous.Now)
	}
	return l
}

func sum(a, b *big.Rat) *big.Rat {
	if a == nil {
		a = new(big.Rat)
	}
	return new(big.Rat).Add(a, b)
}

// table holds the figures of units, in one row for each part of an indicator.
type table struct {
	rows  [2][]indicator.Figure
	units int
}

func (t *table) add(u reporter, codes []string, figure func(cell) indicator.Figure) {
	for i, code := range codes {
		t.rows[i] = append(t.rows[i], figure(u.Figures[code]))
	}
	t.units++
}

func (t table) sum(i indicator.Indicator) indicator.Sum {
	if i.Typed() {
		return i.Across(t.rows[0], t.units)
	}
	return indicator.Ratio(t.rows[0], t.rows[1], t.units)
}

// against compares with another period, over the units with a number in both.
func (t table) against(o table, i indicator.Indicator) Compared {
	var a, b table
	n := len(parts(i))
	for u := range t.units {
		both := true
		for row := range n {
			both = both && t.rows[row][u].Total() != nil && o.rows[row][u].Total() != nil
		}
		if !both {
			continue
		}
		for row := range n {
			a.rows[row], b.rows[row] = append(a.rows[row], t.rows[row][u]), append(b.rows[row], o.rows[row][u])
		}
		a.units++
		b.units++
	}
	return Compared{Value: b.sum(i).Value, Now: a.sum(i).Value, Units: a.units}
}

// Line returns the line of an indicator.
func (b FigureBoard) Line(code string) (FigureLine, bool) {
	i := slices.IndexFunc(b.Lines, func(l FigureLine) bool { return l.Code == code })
	if i < 0 {
		return FigureLine{}, false
	}
	return b.Lines[i], true
}
