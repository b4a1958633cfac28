package overviews

import (
	"cmp"
	"math/big"
	"slices"
	"strconv"

	"danvan/internal/indicator"
	"danvan/internal/viet"
)

// unitBars is the figures of units beside those of a year before, the
// largest first.
type unitBars struct {
	Bars  []unitBar
	Left  int // units with a number for which there is no room
	Units int // that have both
}

// unitBar is one unit in the picture.
type unitBar struct {
	Label      string
	Now, Then  string // as they are read
	Base, Text string // coordinates: of the first bar, and of the words
	Second     string
	NowW       string // "" without a number
	ThenW      string
	NowEnd     string // where the number stands
	ThenEnd    string
}

// The picture of a unitBars, in its own units.
const (
	barsLeft, barsRight = 128.0, 384.0
	barHeight, barPitch = 11.0, 34.0
	mostBars            = 12
)

// comparisonOf draws what units of the scope one sees by name have in either year.
func comparisonOf(v breakdown) unitBars {
	var c unitBars
	if !v.All || v.Line.Kind == indicator.Flag {
		return c
	}
	rows := slices.DeleteFunc(slices.Clone(v.Rows), func(r unitPart) bool { return r.UnitFigure.Value == nil && r.UnitFigure.LastYear == nil })
	for _, r := range rows {
		if r.UnitFigure.Value != nil && r.UnitFigure.LastYear != nil {
			c.Units++
		}
	}
	if c.Units == 0 {
		return unitBars{}
	}
	most := new(big.Rat)
	for _, r := range rows {
		for _, n := range []*big.Rat{r.UnitFigure.Value, r.UnitFigure.LastYear} {
			if n != nil && n.Cmp(most) > 0 {
				most = n
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b unitPart) int {
		return cmp.Or(order(b.UnitFigure.Value, a.UnitFigure.Value), order(b.UnitFigure.LastYear, a.UnitFigure.LastYear))
	})
	if len(rows) > mostBars {
		c.Left, rows = len(rows)-mostBars, rows[:mostBars]
	}
	for i, r := range rows {
		top := barPitch * float64(i)
		bar := unitBar{Label: r.Short, Now: r.Value.Text, Then: r.LastYear.Text, Base: coordinate(top + 2), Second: coordinate(top + 2 + barHeight + 2), Text: coordinate(top + 18)}
		bar.NowW, bar.NowEnd = barWidth(r.UnitFigure.Value, most)
		bar.ThenW, bar.ThenEnd = barWidth(r.UnitFigure.LastYear, most)
		c.Bars = append(c.Bars, bar)
	}
	return c
}

// order compares numbers of which there may be none; none is the least.
func order(a, b *big.Rat) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return -1
	case b == nil:
		return 1
	}
	return a.Cmp(b)
}

func barWidth(n, most *big.Rat) (width, end string) {
	if n == nil {
		return "", ""
	}
	share := 0.0
	if most.Sign() > 0 && n.Sign() > 0 {
		share, _ = new(big.Rat).Quo(n, most).Float64()
	}
	w := max((barsRight-barsLeft)*share, 1) // 0 is a number, and is seen
	return coordinate(w), coordinate(barsLeft + w + 5)
}

// box is the viewBox of the picture.
func (c unitBars) box() string { return "0 0 448 " + strconv.Itoa(len(c.Bars)*int(barPitch)) }

// below is where the second number's words stand.
func (b unitBar) baseline(second bool) string {
	y, _ := strconv.ParseFloat(b.Base, 64)
	if second {
		y += barHeight + 2
	}
	return coordinate(y + barHeight - 1)
}

func (v breakdown) compared() string {
	text := unitsText(v.Chart.Units) + " có số liệu cả hai năm"
	if v.Chart.Left > 0 {
		text += "; hình vẽ " + viet.FormatInt(len(v.Chart.Bars)) + " đơn vị có số lớn nhất"
	}
	return text
}

// said is what the picture shows, in words.
func (v breakdown) said() string {
	if s := v.since(); s != "" {
		return v.Line.Name + ". " + v.compared() + ". " + s
	}
	return v.Line.Name + ". " + v.compared() + "."
}
