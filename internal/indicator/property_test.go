package indicator_test

import (
	"flag"
	"math/big"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/internal/indicator"
	"danvan/internal/viet"
)

// TestMain keeps a failure of a property from leaving a file in the tree; it
// prints its seed.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("rapid.nofailfile", "true"); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// number is a figure as people report them: often whole, sometimes 0, at times
// with decimals or very large.
var number = rapid.Custom(func(t *rapid.T) *big.Rat {
	most := rapid.SampledFrom([]int64{100, 1_000_000, 999_999_999_999_999}).Draw(t, "most")
	return big.NewRat(rapid.Int64Range(0, most).Draw(t, "n"), rapid.SampledFrom([]int64{1, 1, 1, 10, 100}).Draw(t, "d"))
})

// own is what one unit answers for itself.
var own = rapid.Custom(func(t *rapid.T) indicator.Figure {
	f := indicator.Figure{Mark: rapid.SampledFrom(append(indicator.Marks, indicator.Number, indicator.Number)).Draw(t, "mark")}
	if f.Mark == indicator.Number {
		f.Own = number.Draw(t, "own")
	}
	return f
})

var answer = rapid.Custom(func(t *rapid.T) indicator.Figure {
	f := own.Draw(t, "own")
	if rapid.Bool().Draw(t, "has below") {
		f.Below = number.Draw(t, "below")
	}
	return f
})

func value(r *big.Rat) string {
	if r == nil {
		return "none"
	}
	return r.RatString()
}

// Whatever district a commune stands under, and however many levels there are,
// the province comes to what all units counted themselves.
func TestSumOfUnitsIsTheProvince(t *testing.T) {
	t.Parallel()
	i := indicator.Indicator{Units: indicator.SumOfUnits}
	rapid.Check(t, func(t *rapid.T) {
		everybody := rapid.SliceOfN(own, 1, 60).Draw(t, "units")
		var want *big.Rat
		for _, f := range everybody {
			if f.Own != nil {
				if want == nil {
					want = new(big.Rat)
				}
				want.Add(want, f.Own)
			}
		}
		level := everybody
		for range rapid.IntRange(0, 3).Draw(t, "levels between") {
			var above []indicator.Figure
			for len(level) > 0 {
				n := rapid.IntRange(1, len(level)).Draw(t, "report to one")
				f := own.Draw(t, "receiver")
				if f.Own != nil {
					if want == nil {
						want = new(big.Rat)
					}
					want.Add(want, f.Own)
				}
				f.Below = i.Across(level[:n], n).Value
				above, level = append(above, f), level[n:]
			}
			level = above
		}
		if got := i.Across(level, len(level)).Value; value(got) != value(want) {
			t.Fatalf("got %s, want %s", value(got), value(want))
		}
	})
}

func TestWhatIsNoNumberChangesNoValue(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i := indicator.Indicator{Units: rapid.SampledFrom([]indicator.AcrossUnits{indicator.SumOfUnits, indicator.MeanOfUnits, indicator.CountTrue}).Draw(t, "rule")}
		list := rapid.SliceOf(answer).Draw(t, "figures")
		before := i.Across(list, 100)
		mark := rapid.SampledFrom([]indicator.Mark{indicator.Blank, indicator.Nil, indicator.NotApplicable}).Draw(t, "mark")
		after := i.Across(slices.Insert(slices.Clone(list), rapid.IntRange(0, len(list)).Draw(t, "place"), indicator.Figure{Mark: mark}), 100)
		if value(before.Value) != value(after.Value) || before.Numbers != after.Numbers {
			t.Fatalf("%q made %s from %d into %s from %d", mark, value(before.Value), before.Numbers, value(after.Value), after.Numbers)
		}
		left := 0
		if mark == indicator.NotApplicable {
			left = 1
		}
		if after.Of() != before.Of()-left {
			t.Fatalf("%q made N %d into %d", mark, before.Of(), after.Of())
		}
		if (before.Value == nil) != (before.Numbers == 0) {
			t.Fatalf("%s from %d numbers", value(before.Value), before.Numbers)
		}
		// A 0 is a number: it counts as one more and changes no sum.
		zero := i.Across(append(slices.Clone(list), indicator.Figure{Mark: indicator.Number, Own: new(big.Rat)}), 100)
		if zero.Numbers != before.Numbers+1 || i.Units != indicator.MeanOfUnits && before.Value != nil && zero.Value.Cmp(before.Value) != 0 {
			t.Fatalf("0 made %s from %d into %s from %d", value(before.Value), before.Numbers, value(zero.Value), zero.Numbers)
		}
	})
}

func TestOrderOfUnitsChangesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		i := indicator.Indicator{Units: rapid.SampledFrom([]indicator.AcrossUnits{indicator.SumOfUnits, indicator.MeanOfUnits, indicator.CountTrue, indicator.NoneOfUnits}).Draw(t, "rule")}
		list := rapid.SliceOf(answer).Draw(t, "figures")
		a, b := i.Across(list, 50), i.Across(rapid.Permutation(list).Draw(t, "other order"), 50)
		if value(a.Value) != value(b.Value) || a.Numbers != b.Numbers || a.Nils != b.Nils || a.Answered != b.Answered || a.Of() != b.Of() {
			t.Fatalf("%+v, %+v", a, b)
		}
	})
}

func TestRatioIsThatOfItsParts(t *testing.T) {
	t.Parallel()
	sum := indicator.Indicator{Units: indicator.SumOfUnits}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "units")
		num, den := rapid.SliceOfN(answer, n, n).Draw(t, "num"), rapid.SliceOfN(answer, n, n).Draw(t, "den")
		var nums, dens []indicator.Figure
		for i := range n {
			if num[i].Total() != nil && den[i].Total() != nil {
				nums, dens = append(nums, num[i]), append(dens, den[i])
			}
		}
		got := indicator.Ratio(num, den, n)
		want := indicator.Percent(sum.Across(nums, n).Value, sum.Across(dens, n).Value)
		if value(got.Value) != value(want) || got.Numbers != len(nums) {
			t.Fatalf("got %s from %d, want %s from %d", value(got.Value), got.Numbers, value(want), len(nums))
		}
		if got.Numbers+got.Nils > got.Of() {
			t.Fatalf("%d with a number and %d without, of %d", got.Numbers, got.Nils, got.Of())
		}
	})
}

// Whether a year was reported by months, by cumulative periods or by both, it
// comes to the same, and what cumulative periods add to each other is what the
// months say.
func TestCumulativePeriodsAreNeverAdded(t *testing.T) {
	t.Parallel()
	i := indicator.Indicator{Periods: indicator.SumOfPeriods}
	start := viet.NewDate(2021, time.December, 15)
	rapid.Check(t, func(t *rapid.T) {
		var months, cumulative []indicator.PeriodValue
		total, from := new(big.Rat), start
		for range rapid.IntRange(1, 12).Draw(t, "months") {
			to, v := from.AddDays(rapid.IntRange(27, 30).Draw(t, "days")), number.Draw(t, "value")
			total.Add(total, v)
			months = append(months, indicator.PeriodValue{From: from, To: to, Value: v})
			cumulative = append(cumulative, indicator.PeriodValue{From: start, To: to, Cumulative: rapid.Bool().Draw(t, "marked"), Value: new(big.Rat).Set(total)})
			from = to.AddDays(1)
		}
		for n, c := range cumulative[1:] {
			if got := i.Since(cumulative[n].Value, c.Value); value(got) != value(months[n+1].Value) {
				t.Fatalf("month %d: got %s, want %s", n+2, value(got), value(months[n+1].Value))
			}
		}
		both := slices.Concat(months, rapid.SliceOfNDistinct(rapid.SampledFrom(cumulative), 0, len(cumulative),
			func(p indicator.PeriodValue) viet.Date { return p.To }).Draw(t, "cumulative"))
		for _, list := range [][]indicator.PeriodValue{months, cumulative, rapid.Permutation(both).Draw(t, "both")} {
			if got := i.AcrossPeriods(list); value(got) != value(total) {
				t.Fatalf("got %s, want %s", value(got), value(total))
			}
		}
	})
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := big.NewRat(rapid.Int64().Draw(t, "n"), 1_000_000)
		if got := indicator.ParseAmount(indicator.Text(r)); got == nil || got.Cmp(r) != 0 {
			t.Fatalf("%s was read back as %s", indicator.Text(r), value(got))
		}
	})
}
