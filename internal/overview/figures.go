package overview

import (
	"cmp"
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
	kin   [][]int                    // places in units of those that are compared together
	parts map[string][]indicator.Use // of each line: what somebody types for it
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
// numbers are over the units that have one in either period, a unit that follows
// others beside what those had.
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

// figuresOf loads every line, or with a code that alone.
func figuresOf(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, period, receiver, code string) (FigureBoard, error) {
	b := FigureBoard{parts: map[string][]indicator.Use{}}
	var err error
	if b.Reports, err = reportsOf(ctx, db, act, year, period, receiver); err != nil {
		return b, err
	}
	uses, err := indicator.InUse(ctx, db, int64(b.Campaign))
	if err != nil {
		return b, err
	}
	byCode := map[string]indicator.Use{}
	for _, u := range uses {
		byCode[u.Code] = u
	}
	if code != "" {
		uses = slices.DeleteFunc(uses, func(u indicator.Use) bool { return u.Code != code })
	}
	var needed []indicator.ID
	for _, u := range uses {
		b.parts[u.Code] = []indicator.Use{u}
		if !u.Typed() {
			b.parts[u.Code] = []indicator.Use{byCode[u.Numerator], byCode[u.Denominator]}
		}
		for _, part := range b.parts[u.Code] {
			needed = append(needed, part.ID)
		}
	}
	if b.units, err = reportersOf(ctx, db, b.Reports, now, needed, code); err != nil {
		return b, err
	}
	b.kin = kindred(b.units)
	for _, u := range uses {
		b.Lines = append(b.Lines, b.line(u))
	}
	return b, nil
}

// line adds up one indicator.
func (b FigureBoard) line(u indicator.Use) FigureLine {
	l := FigureLine{Indicator: u.Indicator, Asked: u.Kinds}
	parts := b.parts[u.Code]
	var now table
	var before, last versus
	for _, places := range b.kin {
		var together []reporter
		for _, place := range places {
			one := b.units[place]
			if !one.counts(parts) {
				continue
			}
			together = append(together, one)
			now.add(parts, func(part indicator.Use) indicator.Figure { return one.figure(part.ID) })
			l.Estimated = sum(l.Estimated, one.figure(u.ID).Estimated)
		}
		before.add(previousPeriod, parts, together)
		last.add(yearBefore, parts, together)
	}
	l.Sum = now.sum(u.Indicator)
	l.LastYear, l.Previous = last.compared(u.Indicator), before.compared(u.Indicator)
	if b.Period.Cumulative && b.Previous.Cumulative {
		l.Added = u.Since(l.Previous.Value, l.Previous.Now)
	}
	return l
}

// sum adds what are numbers; nil when neither is.
func sum(a, b *big.Rat) *big.Rat {
	if a == nil || b == nil {
		return cmp.Or(a, b)
	}
	return new(big.Rat).Add(a, b)
}

// table holds the figures of units, in one row for each part of an indicator.
type table struct {
	rows  [2][]indicator.Figure
	units int
}

func (t *table) add(parts []indicator.Use, figure func(indicator.Use) indicator.Figure) {
	for i, part := range parts {
		t.rows[i] = append(t.rows[i], figure(part))
	}
	t.units++
}

func (t *table) append(o table) {
	for i := range t.rows {
		t.rows[i] = append(t.rows[i], o.rows[i]...)
	}
	t.units += o.units
}

// numbers counts the units with a number in every part.
func (t table) numbers() int {
	n := 0
	for u := range t.units {
		if !slices.ContainsFunc(t.rows[:], func(row []indicator.Figure) bool { return len(row) > u && row[u].Total() == nil }) {
			n++
		}
	}
	return n
}

// gap reports whether somebody has not answered a part.
func (t table) gap() bool {
	return slices.ContainsFunc(t.rows[:], func(row []indicator.Figure) bool {
		return slices.ContainsFunc(row, func(f indicator.Figure) bool { return !f.Answered() })
	})
}

func (t table) sum(i indicator.Indicator) indicator.Sum {
	if i.Typed() {
		return i.Across(t.rows[0], t.units)
	}
	return indicator.Ratio(t.rows[0], t.rows[1], t.units)
}

// Line returns the line of an indicator.
func (b FigureBoard) Line(code string) (FigureLine, bool) {
	i := slices.IndexFunc(b.Lines, func(l FigureLine) bool { return l.Code == code })
	if i < 0 {
		return FigureLine{}, false
	}
	return b.Lines[i], true
}
