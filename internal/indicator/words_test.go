package indicator_test

import (
	"math/big"
	"testing"

	"danvan/internal/indicator"
)

func TestFiguresAreReadInOneWay(t *testing.T) {
	t.Parallel()
	count, flag, ratio := indicator.Indicator{Kind: indicator.Count}, indicator.Indicator{Kind: indicator.Flag}, indicator.Indicator{Kind: indicator.Derived}
	mean := indicator.Indicator{Kind: indicator.Amount, Units: indicator.MeanOfUnits}
	for _, test := range []struct {
		i         indicator.Indicator
		value     *big.Rat
		one, many string
	}{
		{count, nil, "", ""},
		{count, big.NewRat(1234, 1), "1.234", "1.234"},
		{count, big.NewRat(0, 1), "0", "0"},
		{ratio, big.NewRat(86449, 1000), "86,4%", "86,4%"},
		{flag, big.NewRat(1, 1), "có", "1"},
		{flag, big.NewRat(0, 1), "không", "0"},
		{flag, big.NewRat(3, 1), "3", "3"},
		{mean, big.NewRat(17, 8), "2,125", "2,13"},
	} {
		if got := test.i.Words(test.value); got != test.one {
			t.Errorf("%s %v of one unit is %q, want %q", test.i.Kind, test.value, got, test.one)
		}
		if got := test.i.SumWords(test.value); got != test.many {
			t.Errorf("%s %v of several is %q, want %q", test.i.Kind, test.value, got, test.many)
		}
	}
	for _, test := range []struct {
		by   *big.Rat
		want string
	}{
		{big.NewRat(124, 10), "tăng 12,4%"}, {big.NewRat(-3, 1), "giảm 3,0%"}, {big.NewRat(1, 100), "tăng dưới 0,1%"}, {new(big.Rat), "không thay đổi"},
	} {
		if got := indicator.Moved(test.by, "%"); got != test.want {
			t.Errorf("by %v: %q, want %q", test.by, got, test.want)
		}
	}
	for mark, want := range map[indicator.Mark]string{indicator.Blank: "", indicator.Number: "", indicator.Nil: "không phát sinh", indicator.NotApplicable: "KTPV"} {
		if got := mark.Brief(); got != want {
			t.Errorf("%q is %q, want %q", mark, got, want)
		}
	}
}
