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

func TestComparisonsWithOtherUnitsAreFootnoted(t *testing.T) {
	t.Parallel()
	i := indicator.Indicator{Code: "T4.01", Kind: indicator.Count, Units: indicator.SumOfUnits}
	content := func(of ...string) report.Content {
		r := report.Row{Indicator: i, Asked: true, Previous: &report.Compared{Name: "6 tháng đầu năm 2022", Of: of}, LastYear: &report.Compared{Source: "Báo cáo năm 2021"}}
		return report.Content{Rows: map[string]report.Row{i.Code: r}, Tasks: []report.Section{{Task: 4, Rows: []report.Row{r}}}}
	}
	for note, c := range map[string]report.Content{
		"": content(),
		"¹ Số liệu của UBND xã Vĩnh Tường (trước khi sắp xếp đơn vị).":                       content("UBND xã Vĩnh Tường"),
		"¹ Cộng số liệu của UBND xã Vĩnh Tường, UBND xã Vị Thủy (trước khi sắp xếp đơn vị).": content("UBND xã Vĩnh Tường", "UBND xã Vị Thủy"),
	} {
		x := reportshow.ColumnsOf(c, 2022, "Năm 2022")
		marked := "6 tháng đầu năm 2022"
		if note != "" {
			marked += "¹"
		}
		if x.Note != note || x.Previous != marked || x.LastYear != "Cùng kỳ năm 2021" {
			t.Errorf("got %+v, want the note %q", x, note)
		}
	}
}
