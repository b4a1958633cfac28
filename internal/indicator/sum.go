package indicator

import (
	"math/big"
)

// Sum is what the figures of a scope come to, and from how many units. A unit
// stands in one of Numbers, Nils and NotApplicable, or has no figure yet.
type Sum struct {
	Value         *big.Rat // nil: there is no number ("–")
	Answered      int      // units that gave an answer for themselves
	Numbers       int      // units with a number, which Value is made of
	Nils          int      // without a number: nothing arose
	NotApplicable int      // without a number: not applicable
	Expected      int      // units of the scope
}

// Of is N in "từ n/N đơn vị", of which Numbers is n.
func (s Sum) Of() int { return s.Expected - s.NotApplicable }

// count puts a unit where it belongs.
func (s *Sum) count(m Mark, number bool) {
	switch {
	case number:
		s.Numbers++
	case m == Nil:
		s.Nils++
	case m == NotApplicable:
		s.NotApplicable++
	}
}

// Across is what figures, one for each unit that reports directly, come to by
// the indicator's own rule; expected is how many units should have one. Blank,
// nothing arose and not applicable are never counted as 0. What never adds up
// across units has no value, and neither has a ratio: see [Ratio].
func (i Indicator) Across(figures []Figure, expected int) Sum {
	s := Sum{Expected: expected}
	var all adder
	for _, f := range figures {
		if f.Answered() {
			s.Answered++
		}
		total := f.Total()
		if i.Units == CountTrue {
			total = plus(yes(f), f.Below)
		}
		s.count(f.Mark, total != nil)
		switch i.Units {
		case SumOfUnits, CountTrue, MeanOfUnits:
			all.add(total)
		}
	}
	s.Value = all.sum()
	if i.Units == MeanOfUnits && s.Value != nil {
		s.Value.Quo(s.Value, whole(s.Numbers))
	}
	return s
}

// yes is 1 for a unit that answered yes, 0 for no, nil without an answer.
func yes(f Figure) *big.Rat {
	if f.Mark != Number || f.Own == nil {
		return nil
	}
	return whole(f.Own.Sign())
}

// adder adds up many numbers; nearly all of them are whole and small, and kept
// apart for that.
type adder struct {
	whole int64
	rest  *big.Rat
	any   bool
}

// small bounds what is added as a machine number: a billion of them would fit.
const small = 1 << 32

func (a *adder) add(r *big.Rat) {
	if r == nil {
		return
	}
	a.any = true
	if n := r.Num(); r.IsInt() && n.IsInt64() && n.Int64() < small && n.Int64() > -small {
		a.whole += n.Int64()
		return
	}
	a.rest = plus(a.rest, r)
}

// sum is a number of its own, nil when nothing was added.
func (a *adder) sum() *big.Rat {
	if !a.any {
		return nil
	}
	sum := new(big.Rat).SetInt64(a.whole)
	if a.rest != nil {
		sum.Add(sum, a.rest)
	}
	return sum
}

func whole(n int) *big.Rat { return new(big.Rat).SetInt64(int64(n)) }

// Ratio is a percentage over the units for which both are numbers; num and den
// are in the same order of units. Without a denominator, or with 0, there is no
// value.
func Ratio(num, den []Figure, expected int) Sum {
	s := Sum{Expected: expected}
	var n, d adder
	for i := range min(len(num), len(den)) {
		if num[i].Answered() && den[i].Answered() {
			s.Answered++
		}
		a, b := num[i].Total(), den[i].Total()
		s.count(both(num[i].Mark, den[i].Mark), a != nil && b != nil)
		if a != nil && b != nil {
			n.add(a)
			d.add(b)
		}
	}
	s.Value = Percent(n.sum(), d.sum())
	return s
}

// both is how a pair of figures that are not both numbers counts.
func both(num, den Mark) Mark {
	switch {
	case num == NotApplicable || den == NotApplicable:
		return NotApplicable
	case num == Blank || den == Blank:
		return Blank
	}
	return Nil
}

// Percent is 100 × num ÷ den, nil when one is no number or den is 0.
func Percent(num, den *big.Rat) *big.Rat {
	if num == nil || den == nil || den.Sign() == 0 {
		return nil
	}
	share := new(big.Rat).Quo(num, den)
	return share.Mul(share, hundred)
}

var hundred = big.NewRat(100, 1)

// Change is by how many percent now is more (less: negative) than before. From
// nothing or from 0 there is no percentage.
func Change(now, before *big.Rat) (percent *big.Rat, ok bool) {
	if now == nil || before == nil || before.Sign() == 0 {
		return nil, false
	}
	return Percent(new(big.Rat).Sub(now, before), new(big.Rat).Abs(before)), true
}
