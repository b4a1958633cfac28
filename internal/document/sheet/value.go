package sheet

import (
	"math/big"
	"strconv"
	"strings"

	"danvan/internal/viet"
)

// Value is one cell to be written. The zero Value is an empty cell: not
// answered, which is not 0.
type Value struct {
	kind     Kind
	text     string  // as CSV has it; for Text what is shown
	number   float64 // as Excel has it
	decimals int     // of a Number
	exact    bool    // number holds all of text
}

// Words is text. Text nobody typed as a number or formula never becomes one.
func Words(text string) Value { return Value{kind: Text, text: viet.Clean(text)} }

// Count is a whole number.
func Count[T ~int | ~int32 | ~int64](n T) Value {
	return Figure(strconv.FormatInt(int64(n), 10))
}

// significant is how many digits Excel keeps of a number.
const significant = 15

// Figure is a canonical decimal such as "-1234.5", "" for none. Text that is no
// canonical decimal stays text; so does a number with more digits than Excel
// keeps, written out as officials write it.
func Figure(canonical string) Value {
	v, ok := decimal(canonical)
	switch {
	case canonical == "":
		return Value{}
	case !ok:
		return Words(canonical)
	case !v.exact:
		return Words(viet.FormatNumber(canonical))
	}
	return v
}

// Share is num out of den, [viet.NoRatio] when den is zero.
func Share[T ~int | ~int32 | ~int64](num, den T) Value {
	if den == 0 {
		return Words(viet.NoRatio)
	}
	share := big.NewRat(int64(num), int64(den))
	number, _ := share.Float64()
	hundred := share.Mul(share, big.NewRat(100, 1)).FloatString(1)
	return Value{kind: Percent, text: strings.TrimSuffix(hundred, ".0"), number: number, exact: true}
}

// Hundredths is a percentage as the portal keeps it: canonical "12.4" is 12,4%,
// "" is none.
func Hundredths(canonical string) Value {
	v := Figure(canonical)
	if v.kind != Number {
		return v
	}
	// Dividing would leave a tail of digits that the text does not have.
	shifted, err := strconv.ParseFloat(canonical+"e-2", 64)
	if err != nil {
		return Words(canonical)
	}
	v.kind, v.number = Percent, shifted
	return v
}

// Day is a date, no value for no date and for days before Excel's calendar.
func Day(d viet.Date) Value {
	if d.IsZero() {
		return Value{}
	}
	serial := Serial(d)
	if serial < firstSerial {
		return Words(d.String())
	}
	return Value{kind: Date, text: d.ISO(), number: float64(serial), exact: true}
}

func (v Value) empty() bool { return v.text == "" }

// decimal reads a canonical decimal.
func decimal(canonical string) (Value, bool) {
	unsigned := strings.TrimPrefix(canonical, "-")
	whole, fraction, point := strings.Cut(unsigned, ".")
	if !digits(whole) || point && !digits(fraction) || len(whole) > 1 && whole[0] == '0' {
		return Value{}, false
	}
	number, err := strconv.ParseFloat(canonical, 64)
	if err != nil {
		return Value{}, false
	}
	used := len(strings.TrimLeft(whole+fraction, "0"))
	return Value{kind: Number, text: canonical, number: number, decimals: len(fraction), exact: used <= significant}, true
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
