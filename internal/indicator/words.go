package indicator

import (
	"math/big"

	"danvan/internal/viet"
)

// Brief is the mark in place of a number: "không phát sinh", "KTPV"; "" for a
// number and for a gap.
func (m Mark) Brief() string {
	switch m {
	case Nil:
		return "không phát sinh"
	case NotApplicable:
		return "KTPV"
	}
	return ""
}

// Words is what one unit comes to, as it is read: "1.234", "86,4%", "có". More
// than one yes among those below it is how many; "" is no number.
func (i Indicator) Words(r *big.Rat) string {
	switch {
	case r == nil:
		return ""
	case !i.Typed():
		return viet.FormatRat(r, 1) + "%"
	case i.Kind == Flag && r.Sign() == 0:
		return "không"
	case i.Kind == Flag && r.Cmp(big.NewRat(1, 1)) == 0:
		return "có"
	}
	return viet.FormatNumber(Text(r))
}

// SumWords is what several units come to: a yes is how many say so, and a mean has
// two decimals. "" is no number.
func (i Indicator) SumWords(r *big.Rat) string {
	if i.Kind == Flag {
		i.Kind = Count
	}
	return i.Words(i.Rounded(r))
}

// Rounded is a mean of units with two decimals; what adds up keeps those it has.
func (i Indicator) Rounded(r *big.Rat) *big.Rat {
	if r == nil || i.Units != MeanOfUnits {
		return r
	}
	return ParseAmount(r.FloatString(2))
}

// Moved says what a figure changed by in sentences: "tăng 12,4%", "không thay đổi".
func Moved(by *big.Rat, unit string) string {
	word := "tăng "
	switch by.Sign() {
	case 0:
		return "không thay đổi"
	case -1:
		word = "giảm "
	}
	size := viet.FormatRat(new(big.Rat).Abs(by), 1)
	if size == "0,0" {
		size = "dưới 0,1"
	}
	return word + size + unit
}
