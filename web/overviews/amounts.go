package overviews

import (
	"cmp"
	"math/big"

	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/viet"
	reportshow "danvan/web/show/reports"
)

// least is of how many units a number is told to those who may not see them by
// name: of fewer, one could work out what another one said.
const least = 5

const (
	hidden    = "…"
	hiddenWhy = "“…”: số chung chỉ nêu khi có ít nhất 5 đơn vị có số liệu, để không lộ số liệu của từng đơn vị."
)

// hides says whether what n units come to is kept from who looks at a scope.
func hides(s overview.Scope, n int) bool { return !s.All && n > 0 && n < least }

// value is a number as it stands on a page, or the words in its place.
type value struct {
	Text  string
	Path  string // where somebody typed it, or what it is made of
	Quiet bool   // words or a dash
	Gap   bool   // an answer that is owed
	Small string // behind it
}

// nothing stands where there is no number.
var nothing = value{Text: viet.NoRatio, Quiet: true}

// sumText is what several units come to: "1.234", "86,4%"; "–" for none.
func sumText(i indicator.Indicator, r *big.Rat) string { return cmp.Or(i.SumWords(r), viet.NoRatio) }

// sumValue is what a scope comes to, or why that is no number.
func sumValue(i indicator.Indicator, s indicator.Sum, path string) value {
	v := value{Text: sumText(i, s.Value), Path: path, Quiet: true}
	switch {
	case i.Units == indicator.NoneOfUnits:
		v.Text = "không cộng"
	case s.Value != nil:
		v.Quiet = false
	case s.Numbers == 0 && s.Nils > 0:
		v.Text = "không phát sinh"
	case s.Numbers == 0 && s.NotApplicable > 0 && s.NotApplicable == s.Expected:
		v.Text = "KTPV"
	}
	return v
}

// sumUnit is what a total is counted in: of yes and no, units.
func sumUnit(i indicator.Indicator) string {
	if i.Units == indicator.CountTrue {
		return "đơn vị trả lời “có”"
	}
	return i.Unit
}

// meanText is what a total comes to for each unit with a number.
func meanText(l overview.FigureLine) string {
	mean := l.Mean()
	if mean == nil {
		return viet.NoRatio
	}
	return viet.FormatNumber(indicator.Text(indicator.ParseAmount(mean.FloatString(1))))
}

// unitText is what one unit comes to, with what lies below it.
func unitText(i indicator.Indicator, u overview.UnitFigure, r *big.Rat) string {
	if i.Kind == indicator.Flag && u.Figure.Below != nil {
		i.Kind = indicator.Count // how many say yes
	}
	return reportshow.Amount(i, r)
}

// answered is what a unit said of an indicator, number or words.
func answered(i indicator.Indicator, u overview.UnitFigure, f indicator.Figure) value {
	text, number := reportshow.Own(i, f)
	switch {
	case text != "":
		return value{Text: text, Quiet: !number}
	case u.No == 0:
		return nothing
	}
	return value{Text: "chưa trả lời", Gap: true}
}

// unitValue is what a unit's figure comes to, else what it answered.
func unitValue(i indicator.Indicator, u overview.UnitFigure) value {
	switch {
	case u.Value != nil:
		return value{Text: unitText(i, u, u.Value)}
	case !i.Typed():
		return nothing
	}
	return answered(i, u, u.Figure)
}

// change is what a number changed by since the same period last year.
type change struct {
	By   string // "+9", "" without anything to compare with
	Rate string // "+17,0%", "điểm %"; "–" from 0
	Note string // of how many units, where not all could be compared
}

func changeOf(i indicator.Indicator, now, before *big.Rat) change {
	if now == nil || before == nil {
		return change{}
	}
	d := reportshow.Compare(report.Row{Indicator: i, Value: now, LastYear: &report.Compared{Value: before}})
	if d.By == viet.NoRatio {
		return change{}
	}
	return change{By: d.By, Rate: d.Rate}
}

// sumChange compares totals: of yes and no, how many say yes.
func sumChange(i indicator.Indicator, now, before *big.Rat) change {
	if i.Kind == indicator.Flag {
		i.Kind = indicator.Count
	}
	return changeOf(i, now, before)
}
