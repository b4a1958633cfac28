package overviews

import (
	"math/big"
	"slices"
	"strconv"

	"danvan/internal/indicator"
	"danvan/internal/viet"
)

// unitBars is the figures of units beside those of a year before, the largest
// first.
type unitBars struct {
	Bars  []unitBar
	Left  int // units for which there is no room
	Units int // with a number in both years
}

// unitBar is one unit in the picture.
type unitBar struct {
	Label     string
	LabelY    string
	Now, Then lyingBar
}

// lyingBar is one number in the picture.
type lyingBar struct {
	Text         string
	Y, Width     string
	TextX, TextY string
}

// The picture, in its own units.
const (
	barsLeft, barsRight = 150.0, 388.0
	barHeight, barPitch = 15.0, 42.0
	mostBars            = 12
)

// comparisonOf draws the units one sees by name that have a number in both years.
func comparisonOf(v breakdown) unitBars {
	var c unitBars
	if !v.All || v.Line.Kind == indicator.Flag {
		return c
	}
	rows := slices.DeleteFunc(slices.Clone(v.Rows), func(r unitPart) bool { return r.UnitFigure.Value == nil || r.UnitFigure.LastYear == nil })
	c.Units = len(rows)
	most := new(big.Rat)
	for _, r := range rows {
		for _, n := range []*big.Rat{r.UnitFigure.Value, r.UnitFigure.LastYear} {
			if n.Cmp(most) > 0 {
				most = n
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b unitPart) int { return b.UnitFigure.Value.Cmp(a.UnitFigure.Value) })
	if len(rows) > mostBars {
		c.Left, rows = len(rows)-mostBars, rows[:mostBars]
	}
	for i, r := range rows {
		top := barPitch * float64(i)
		c.Bars = append(c.Bars, unitBar{Label: r.Short, LabelY: coordinate(top + 27),
			Now:  lying(r.Value.Text, r.UnitFigure.Value, most, top+6),
			Then: lying(r.LastYear.Text, r.UnitFigure.LastYear, most, top+8+barHeight)})
	}
	return c
}

// lying is the bar of n, as long as it is a share of the most.
func lying(text string, n, most *big.Rat, y float64) lyingBar {
	share := 0.0
	if most.Sign() > 0 && n.Sign() > 0 {
		share, _ = new(big.Rat).Quo(n, most).Float64()
	}
	width := max((barsRight-barsLeft)*share, 1) // 0 is a number, and is seen
	return lyingBar{Text: text, Y: coordinate(y), Width: coordinate(width), TextX: coordinate(barsLeft + width + 5), TextY: coordinate(y + barHeight - 2)}
}

// box is the viewBox of the picture.
func (c unitBars) box() string { return "0 0 448 " + strconv.Itoa(len(c.Bars)*int(barPitch)+4) }

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
