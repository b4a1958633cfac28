package viet

import (
	"fmt"
	"strings"
)

// FormatDocumentNumber writes the number of a document as Nghị định
// 30/2020/NĐ-CP, Phụ lục I wants it: number 5, no suffix and symbol "BC-STP" give
// "05/BC-STP"; with suffix "a", "05a/BC-STP". A number of 0 is a document not
// numbered yet and leaves room to write: "     /BC-STP".
func FormatDocumentNumber(number int, suffix, symbol string) string {
	if number <= 0 {
		return strings.Repeat(" ", roomForNumber) + "/" + symbol
	}
	return fmt.Sprintf("%02d%s/%s", number, suffix, symbol)
}

const roomForNumber = 5

// listLetters are the letters of điểm (Nghị định 30/2020/NĐ-CP): the alphabet
// without ă, â, ê, ô, ơ, ư.
const listLetters = "abcdđeghiklmnopqrstuvxy"

// ListLetter is the nth letter of a list, from 1: a b c d đ e g … After y come
// two letters: aa, ab …; nothing before 1.
func ListLetter(n int) string {
	letters := []rune(listLetters)
	var label []rune
	for n > 0 {
		n--
		label = append([]rune{letters[n%len(letters)]}, label...)
		n /= len(letters)
	}
	return string(label)
}

// Roman writes n from 1 to 3999 in Roman numerals (parts, annexes, quarters);
// outside that range it gives Arabic digits.
func Roman(n int) string {
	if n < 1 || n > 3999 {
		return fmt.Sprint(n)
	}
	var b strings.Builder
	for _, numeral := range romanNumerals {
		for n >= numeral.value {
			b.WriteString(numeral.sign)
			n -= numeral.value
		}
	}
	return b.String()
}

var romanNumerals = [...]struct {
	value int
	sign  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
	{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}
