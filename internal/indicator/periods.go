package indicator

import (
	"math/big"
	"slices"

	"danvan/internal/viet"
)

// PeriodValue is what an answered figure comes to in one period.
type PeriodValue struct {
	From, To   viet.Date // window of the data, both included
	Cumulative bool      // it runs from the start of the campaign's data
	Value      *big.Rat  // nil: answered without a number
}

// covers reports whether p already holds what q says.
func (p PeriodValue) covers(q PeriodValue) bool {
	return !p.To.Before(q.To) && (p.Cumulative || !q.From.Before(p.From))
}

// AcrossPeriods is what the answered periods of one campaign come to together. A
// period inside another, or before the end of a cumulative one, is already in it
// and never added: the year of six months with 10 and twelve with 25 is 25. What
// remains is disjoint and follows the indicator's rule. A ratio has none: see
// [RatioAcrossPeriods].
func (i Indicator) AcrossPeriods(list []PeriodValue) *big.Rat {
	var sum adder
	var out *big.Rat
	for _, p := range disjoint(list) {
		switch i.Periods {
		case SumOfPeriods:
			sum.add(p.Value)
			out = sum.sum()
		case FirstOfPeriods:
			if out == nil && p.Value != nil {
				out = new(big.Rat).Set(p.Value)
			}
		case LastOfPeriods:
			if p.Value != nil {
				out = new(big.Rat).Set(p.Value)
			}
		}
	}
	return out
}

// disjoint leaves out what a longer period covers, and orders the rest by time.
func disjoint(list []PeriodValue) []PeriodValue {
	var out []PeriodValue
	for n, p := range list {
		// Of two that say the same, the first stays.
		inside := false
		for m, q := range list {
			inside = inside || m != n && q.covers(p) && (m < n || !p.covers(q))
		}
		if !inside {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b PeriodValue) int { return a.To.Compare(b.To) })
	return out
}

// RatioAcrossPeriods is a percentage from what numerator and denominator come to
// over the periods in which both are numbers; nums and dens are in the same order
// of periods.
func RatioAcrossPeriods(num, den Indicator, nums, dens []PeriodValue) *big.Rat {
	var n, d []PeriodValue
	for i := range min(len(nums), len(dens)) {
		if nums[i].Value != nil && dens[i].Value != nil {
			n, d = append(n, nums[i]), append(d, dens[i])
		}
	}
	return Percent(num.AcrossPeriods(n), den.AcrossPeriods(d))
}

// Since is what a later cumulative period adds to an earlier one: the second half
// of a year with 25, of which 10 in the first, is 15. Only sums can be told apart
// so; what stands at the end of the later one is its own value.
func (i Indicator) Since(earlier, later *big.Rat) *big.Rat {
	switch {
	case later == nil:
		return nil
	case i.Periods == LastOfPeriods:
		return new(big.Rat).Set(later)
	case i.Periods != SumOfPeriods || earlier == nil:
		return nil
	}
	return new(big.Rat).Sub(later, earlier)
}
