package viet

import (
	"math/big"
	"strconv"
	"strings"
)

const (
	// maxWhole and maxFraction keep figures inside Postgres numeric(21,6).
	maxWhole    = 15
	maxFraction = 6
	maxTyped    = 64 // bytes
	groupSize   = 3
)

const (
	hintNumber  ParseError = "Số chưa đúng cách ghi: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân, ví dụ 1.234 hoặc 1.234,5"
	hintBlank   ParseError = "Chưa ghi số"
	hintLong    ParseError = "Số quá dài: nhiều nhất 15 chữ số trước dấu phẩy và 6 chữ số sau dấu phẩy"
	hintLetters ParseError = "Chỉ ghi số, không kèm chữ hoặc đơn vị tính, ví dụ 1.234"
	hintPercent ParseError = "Chỉ ghi số, không ghi ký hiệu %, ví dụ 12,4"
	hintPlus    ParseError = "Không ghi dấu + trước số, ví dụ 1.234"
	hintSpaces  ParseError = "Không để dấu cách trong số: ngăn hàng nghìn bằng dấu chấm, ví dụ 1.234"
	hintCommas  ParseError = "Ngăn hàng nghìn bằng dấu chấm, chỉ dùng một dấu phẩy cho phần thập phân, ví dụ 1.234.567,8"
	hintGroups  ParseError = "Dấu chấm ngăn từng nhóm đúng ba chữ số, ví dụ 1.234.567; phần thập phân ghi sau dấu phẩy, ví dụ 8,5"
	hintWhole   ParseError = "Chỉ ghi số nguyên; hàng nghìn ngăn bằng dấu chấm, ví dụ 1.234"
)

// ParseNumber reads a number typed the Vietnamese way and returns its canonical
// decimal form: "1.234,50" gives "1234.5", "-0" gives "0". A dot separates
// thousands when every group after it has exactly three digits ("1.234" is
// 1234), and the decimals when it is the only one and one or two digits follow
// ("8.5"). Whatever else could mean two things is a [ParseError]. Negative
// numbers are read; refusing them is the caller's rule. So is a blank field:
// blank is an answer of its own, and here an error.
func ParseNumber(text string) (string, error) {
	if len(text) > maxTyped {
		return "", hintLong
	}
	typed := strings.TrimSpace(strings.Map(halfWidth, text))
	if typed == "" {
		return "", hintBlank
	}
	if err := checkCharacters(typed); err != nil {
		return "", err
	}
	unsigned, negative := strings.CutPrefix(typed, "-")
	if strings.Contains(unsigned, "-") {
		return "", hintNumber
	}
	whole, fraction, err := splitNumber(unsigned)
	if err != nil {
		return "", err
	}
	return canonical(negative, whole, fraction)
}

// ParseWhole is [ParseNumber] for counts: a number with decimals other than
// zero is refused.
func ParseWhole(text string) (int64, error) {
	number, err := ParseNumber(text)
	if err != nil {
		return 0, err
	}
	whole, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return 0, hintWhole
	}
	return whole, nil
}

func checkCharacters(typed string) error {
	if strings.HasSuffix(typed, "%") {
		return hintPercent
	}
	if strings.HasPrefix(typed, "+") {
		return hintPlus
	}
	spaced := false
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',', r == '-':
		case r == ' ', r == '\u00a0', r == '\u202f', r == '\t':
			spaced = true
		default:
			return hintLetters
		}
	}
	if spaced {
		return hintSpaces
	}
	return nil
}

// splitNumber returns the digits before and after the decimal mark.
func splitNumber(unsigned string) (whole, fraction string, err error) {
	whole, fraction, comma := strings.Cut(unsigned, ",")
	if strings.Contains(fraction, ",") {
		return "", "", hintCommas
	}
	if comma && (fraction == "" || strings.Contains(fraction, ".")) {
		return "", "", hintNumber
	}
	groups := strings.Split(whole, ".")
	for _, group := range groups {
		if group == "" {
			return "", "", hintNumber
		}
	}
	if len(groups) == 1 {
		return whole, fraction, nil
	}
	if areThousands(groups) {
		return strings.Join(groups, ""), fraction, nil
	}
	if len(groups) == 2 && !comma && len(groups[1]) < groupSize {
		return groups[0], groups[1], nil
	}
	return "", "", hintGroups
}

// areThousands refuses a first group that begins with zero: "0.125" is nobody's
// thousand, and reading it as a decimal would be a guess.
func areThousands(groups []string) bool {
	if len(groups[0]) > groupSize || groups[0][0] == '0' {
		return false
	}
	for _, group := range groups[1:] {
		if len(group) != groupSize {
			return false
		}
	}
	return true
}

func canonical(negative bool, whole, fraction string) (string, error) {
	whole = strings.TrimLeft(whole, "0")
	fraction = strings.TrimRight(fraction, "0")
	if len(whole) > maxWhole || len(fraction) > maxFraction {
		return "", hintLong
	}
	if whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	if negative && whole != "0" {
		whole = "-" + whole
	}
	return whole, nil
}

// FormatNumber writes a decimal such as "-1234.50" as "-1.234,5". Text that is
// not a plain decimal comes back unchanged.
func FormatNumber(decimal string) string {
	unsigned, negative := strings.CutPrefix(decimal, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	if !areDigits(whole) || fraction != "" && !areDigits(fraction) {
		return decimal
	}
	shown := groupThousands(whole)
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		shown += "," + fraction
	}
	if negative {
		shown = "-" + shown
	}
	return shown
}

// WithUnit writes what a shown number counts behind it: "40 cuộc", "85%".
func WithUnit(shown, unit string) string {
	switch unit {
	case "":
		return shown
	case "%":
		return shown + unit
	}
	return shown + " " + unit
}

// FormatInt writes a count: 1234 is "1.234".
func FormatInt[T ~int | ~int32 | ~int64](n T) string {
	return FormatNumber(strconv.FormatInt(int64(n), 10))
}

// FormatRat writes r with exactly the given number of decimals, rounded half
// up (away from zero): 1234.125 with two decimals is "1.234,13".
func FormatRat(r *big.Rat, decimals int) string {
	rounded := r.FloatString(decimals)
	unsigned, negative := strings.CutPrefix(rounded, "-")
	whole, fraction, _ := strings.Cut(unsigned, ".")
	shown := groupThousands(whole)
	if fraction != "" {
		shown += "," + fraction
	}
	if negative && strings.Trim(unsigned, "0.") != "" {
		shown = "-" + shown
	}
	return shown
}

// NoRatio stands where a ratio has no denominator.
const NoRatio = "–"

// Percent writes num out of den as "12,4%": one decimal, half up, [NoRatio]
// when den is zero.
func Percent[T ~int | ~int32 | ~int64](num, den T) string {
	return PercentRat(new(big.Rat).SetInt64(int64(num)), new(big.Rat).SetInt64(int64(den)))
}

// PercentRat is [Percent] for figures with decimals.
func PercentRat(num, den *big.Rat) string {
	if den.Sign() == 0 {
		return NoRatio
	}
	share := new(big.Rat).Quo(num, den)
	return FormatRat(share.Mul(share, big.NewRat(100, 1)), 1) + "%"
}

func areDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

func groupThousands(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%groupSize == 0 {
			b.WriteByte('.')
		}
		b.WriteRune(r)
	}
	return b.String()
}
