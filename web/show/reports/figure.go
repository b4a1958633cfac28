package reportshow

import (
	"cmp"
	"math/big"
	"strconv"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/viet"
)

// dash stands where there is nothing to show or to compare.
const dash = "–"

// Amount is a number of an indicator as it is read: "1.234", "86,4%", "có".
func Amount(i indicator.Indicator, r *big.Rat) string { return cmp.Or(i.Words(r), dash) }

// Total is what a figure comes to with what lies below. Where each answers yes or
// no it is a number of units, never a word.
func Total(r report.Row) string {
	if r.Kind == indicator.Flag && r.Below != nil {
		return unitsWith(r.Value)
	}
	return Amount(r.Indicator, r.Value)
}

// unitsWith is how many units answer yes.
func unitsWith(r *big.Rat) string {
	if r == nil {
		return dash
	}
	return viet.FormatNumber(indicator.Text(r)) + " đơn vị có"
}

// Own is what the unit itself answered, in words where it is no number.
func Own(i indicator.Indicator, f indicator.Figure) (text string, number bool) {
	if f.Mark == indicator.Number {
		return Amount(i, f.Own), true
	}
	return f.Mark.Brief(), false
}

// OfPeriod is the figure of a compared period.
func OfPeriod(i indicator.Indicator, x *report.Compared) (text string, number bool) {
	if x == nil {
		return dash, false
	}
	if x.Value != nil {
		if i.Kind == indicator.Flag && x.Value.Cmp(big.NewRat(1, 1)) > 0 {
			return unitsWith(x.Value), true
		}
		return Amount(i, x.Value), true
	}
	if text, _ := Own(i, x.Figure); text != "" {
		return text, false
	}
	return dash, false
}

// Difference is what a figure changed by against another period. It is rounded
// once, half up, from the exact numbers: of two ratios shown as 66,7% and 66,6% it
// may well be 0.
type Difference struct {
	By   string // "−18", "+3,1"; [dash] for none
	Rate string // "−17,3%", "điểm %", or ""
}

// Compare says what row changed by since last year.
func Compare(r report.Row) Difference {
	if r.LastYear == nil {
		return Difference{By: dash}
	}
	return compare(r.Indicator, r.Value, r.LastYear.Value)
}

func compare(i indicator.Indicator, now, before *big.Rat) Difference {
	if now == nil || before == nil || i.Kind == indicator.Flag {
		return Difference{By: dash}
	}
	by := new(big.Rat).Sub(now, before)
	if !i.Typed() {
		return Difference{By: signed(viet.FormatRat(by, 1)), Rate: "điểm %"}
	}
	d := Difference{By: signed(viet.FormatNumber(indicator.Text(meanOf(i, by)))), Rate: dash}
	if change, ok := indicator.Change(now, before); ok {
		d.Rate = signed(viet.FormatRat(change, 1)) + "%"
	}
	return d
}

// meanOf is a number with the two decimals a mean is shown with; what adds up
// keeps those it has.
func meanOf(i indicator.Indicator, r *big.Rat) *big.Rat {
	if i.Units != indicator.MeanOfUnits {
		return r
	}
	return indicator.ParseAmount(r.FloatString(2))
}

// signed puts + before what grew, and a minus of the width of a figure before
// what shrank.
func signed(number string) string {
	switch {
	case strings.HasPrefix(number, "-"):
		return "−" + number[1:]
	case strings.Trim(number, "0,.") == "":
		return "0"
	}
	return "+" + number
}

// Columns say which columns the figures of a report want.
type Columns struct {
	Below    bool   // some figures have a part from the units below
	Now      string // "Năm 2022"
	Previous string // the period before, "" where no figure has one
	LastYear string // "Cùng kỳ năm 2021"
	Note     string // whose figures are compared with where they are not the unit's own, marked ¹ above
}

// ColumnsOf chooses the columns for the figures of a report for a period.
func ColumnsOf(c report.Content, year int, period string) Columns {
	x := Columns{Now: period, Below: c.Reporters > 0, LastYear: "Cùng kỳ năm " + strconv.Itoa(year-1)}
	var followed [2]bool
	for _, r := range c.Rows {
		if r.Previous != nil {
			x.Previous = r.Previous.Name
			followed[0] = followed[0] || len(r.Previous.Of) > 0
		}
		if r.LastYear != nil {
			followed[1] = followed[1] || len(r.LastYear.Of) > 0
		}
		if r.Below != nil {
			x.Below = true
		}
	}
	if followed[0] {
		x.Previous += "¹"
	}
	if followed[1] {
		x.LastYear += "¹"
	}
	if names := c.Followed(); len(names) > 0 {
		x.Note = "¹ " + report.Following(names) + " (trước khi sắp xếp đơn vị)."
	}
	return x
}

// width is the class of a column with a period's figures: where there are many, they
// leave the names room.
func (x Columns) width() string {
	if x.Below {
		return "dv-w-est"
	}
	return "dv-w-was"
}

// count is how many columns there are beside the name of the figure.
func (x Columns) count() int {
	n := 3
	if x.Below {
		n += 2
	}
	if x.Previous != "" {
		n++
	}
	return n
}
