package reportshow_test

import (
	"math/big"
	"testing"

	"danvan/internal/indicator"
	"danvan/internal/report"
	reportshow "danvan/web/show/reports"
)

func TestADifferenceIsRoundedOnceFromTheExactNumbers(t *testing.T) {
	t.Parallel()
	ratio := indicator.Indicator{Kind: indicator.Derived, Units: indicator.RatioOfUnits}
	count := indicator.Indicator{Kind: indicator.Count, Units: indicator.SumOfUnits}
	mean := indicator.Indicator{Kind: indicator.Score, Units: indicator.MeanOfUnits}
	for _, c := range []struct {
		what        string
		of          indicator.Indicator
		now, before *big.Rat
		want        reportshow.Difference
	}{
		{"ratios shown as 66,7% and 66,6%", ratio, big.NewRat(200, 3), big.NewRat(6664, 100), reportshow.Difference{By: "0", Rate: "điểm %"}},
		{"ratios shown as 50,1% and 50,1%", ratio, big.NewRat(50149, 1000), big.NewRat(50051, 1000), reportshow.Difference{By: "+0,1", Rate: "điểm %"}},
		{"a half, down", ratio, big.NewRat(50, 1), big.NewRat(5005, 100), reportshow.Difference{By: "−0,1", Rate: "điểm %"}},
		{"counts", count, big.NewRat(86, 1), big.NewRat(104, 1), reportshow.Difference{By: "−18", Rate: "−17,3%"}},
		{"from nothing", count, big.NewRat(2, 1), new(big.Rat), reportshow.Difference{By: "+2", Rate: "–"}},
		{"means of 85,13 and 84,67", mean, big.NewRat(8513, 100), big.NewRat(254, 3), reportshow.Difference{By: "+0,46", Rate: "+0,5%"}},
	} {
		row := report.Row{Indicator: c.of, Value: c.now, LastYear: &report.Compared{Value: c.before}}
		if got := reportshow.Compare(row); got != c.want {
			t.Errorf("%s: got %+v, want %+v", c.what, got, c.want)
		}
	}
}
