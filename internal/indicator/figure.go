package indicator

import (
	"math/big"
	"strconv"
	"strings"
)

// Mark says how a figure was answered. Blank, the number 0, nothing arose and
// not applicable are four different things.
type Mark string

const (
	Blank         Mark = ""               // not answered: a gap, counts nowhere
	Number        Mark = "number"         // 0 too
	Nil           Mark = "nil"            // answered, adds nothing
	NotApplicable Mark = "not_applicable" // answered, leaves the denominator of "n/N đơn vị"
)

// Marks lists every mark.
var Marks = []Mark{Blank, Number, Nil, NotApplicable}

var markWords = map[Mark]string{
	Blank:         "Trống",
	Number:        "Có số liệu",
	Nil:           "Không phát sinh",
	NotApplicable: "Không thuộc phạm vi",
}

// Word is the mark as users read it.
func (m Mark) Word() string { return markWords[m] }

// Figure is one unit's answer to one indicator in one period.
type Figure struct {
	Mark      Mark
	Own       *big.Rat // what the unit itself counted; only with Number
	Below     *big.Rat // what those reporting to it counted, nil = none
	Estimated *big.Rat // trong đó ước: inside Own, nil = none
}

// Total is own and below together, nil when neither is a number. It may be one of
// them, and is not to be changed.
func (f Figure) Total() *big.Rat {
	own := f.Own
	if f.Mark != Number {
		own = nil
	}
	return plus(own, f.Below)
}

// Answered reports whether the unit gave an answer for itself.
func (f Figure) Answered() bool { return f.Mark != Blank }

// plus adds what are numbers; nil only when neither is.
func plus(a, b *big.Rat) *big.Rat {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return new(big.Rat).Add(a, b)
}

// decimals is how many a stored number has at most, as in [viet.ParseNumber].
const decimals = 6

// ParseAmount reads a number as Postgres and [viet.ParseNumber] write it ("1234.5").
// Whatever else, "" included, is no number: nil.
func ParseAmount(text string) *big.Rat {
	digits, dots := strings.TrimPrefix(text, "-"), 0
	for _, r := range digits {
		switch {
		case r == '.':
			dots++
		case r < '0' || r > '9':
			return nil
		}
	}
	if digits == "" || digits[0] == '.' || strings.HasSuffix(digits, ".") || dots > 1 || len(digits) > maxDigits {
		return nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return new(big.Rat).SetInt64(n) // a page reads thousands, nearly all of them whole
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		return nil
	}
	return r
}

// maxDigits bounds what is read at all; no figure comes near.
const maxDigits = 64

// Text writes a number in that form, rounded half up to six decimals; "" for nil.
func Text(r *big.Rat) string {
	if r == nil {
		return ""
	}
	text := r.FloatString(decimals)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	if text == "-0" {
		return "0"
	}
	return text
}
