package meeting

import (
	"cmp"
	"math/big"
	"slices"

	"danvan/internal/overview"
)

// What makes a figure worth talking about.
const (
	notableShare = 20 // percent by which it moved against the same period last year
	leastNumber  = 10 // of the larger of the two: of few, a share says little
	// MostNotable is how many of them a meeting has the time for.
	MostNotable = 14
)

// Notable are the figures that moved most against the same period last year, the
// greatest move first. Of a ratio the move is in percentage points.
func (p Pack) Notable() []overview.FigureLine {
	type moved struct {
		line overview.FigureLine
		by   *big.Rat // without its sign
	}
	var found []moved
	for _, l := range p.Figures.Lines {
		by, ok := movedBy(l)
		if ok && by.Cmp(big.NewRat(notableShare, 1)) >= 0 {
			found = append(found, moved{l, by})
		}
	}
	slices.SortStableFunc(found, func(a, b moved) int { return cmp.Or(b.by.Cmp(a.by), cmp.Compare(a.line.Code, b.line.Code)) })
	lines := make([]overview.FigureLine, 0, MostNotable)
	for _, m := range found[:min(len(found), MostNotable)] {
		lines = append(lines, m.line)
	}
	return lines
}

func movedBy(l overview.FigureLine) (*big.Rat, bool) {
	if !l.Typed() {
		points := l.LastYear.Points()
		if points == nil {
			return nil, false
		}
		return points.Abs(points), true
	}
	least := big.NewRat(leastNumber, 1)
	if l.LastYear.Now == nil || l.LastYear.Value == nil || l.LastYear.Now.Cmp(least) < 0 && l.LastYear.Value.Cmp(least) < 0 {
		return nil, false
	}
	by, ok := l.LastYear.Change()
	if !ok {
		return nil, false
	}
	return new(big.Rat).Abs(by), true
}
