package reportshow

import (
	"math/big"
	"testing"

	"danvan/internal/indicator"
	"danvan/internal/report"
)

func TestWhereUnitsBelowAnswerYesTheTotalCountsUnits(t *testing.T) {
	t.Parallel()
	flag := indicator.Indicator{Code: "T1.01", Kind: indicator.Flag}
	below := func(n int64) *report.Below { return &report.Below{Value: big.NewRat(n, 1)} }
	for name, tt := range map[string]struct {
		row  report.Row
		want string
	}{
		"a district with a commune":             {report.Row{Indicator: flag, Value: big.NewRat(2, 1), Below: below(1)}, "2 đơn vị có"},
		"only a commune answers yes":            {report.Row{Indicator: flag, Value: big.NewRat(1, 1), Below: below(1)}, "1 đơn vị có"},
		"nobody does":                           {report.Row{Indicator: flag, Value: new(big.Rat), Below: below(0)}, "0 đơn vị có"},
		"a unit without any below":              {report.Row{Indicator: flag, Value: big.NewRat(1, 1)}, "có"},
		"a count with a part from the communes": {report.Row{Indicator: indicator.Indicator{Kind: indicator.Count}, Value: big.NewRat(12, 1), Below: below(3)}, "12"},
	} {
		if got := Total(tt.row); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
	if got, _ := OfPeriod(flag, &report.Compared{Value: big.NewRat(3, 1)}); got != "3 đơn vị có" {
		t.Errorf("another period: %q", got)
	}
}
