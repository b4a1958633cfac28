package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold is the form in which texts are matched in memory: lower case, without
// tones and marks (đ is d), blanks collapsed. Where the tone mark stands no
// longer matters, "Thuỷ" and "Thủy" are both "thuy".
func Fold(text string) string {
	// Twice decomposed: lowering may compose anew, decomposing may bring capitals.
	text = strings.ToLower(norm.NFKD.String(strings.ToValidUTF8(text, "\ufffd")))
	text = strings.Map(base, norm.NFKD.String(text))
	return strings.Join(strings.Fields(text), " ")
}

// base drops marks and what cannot be seen. Eth and d with hook are what some
// keyboards and scanners make of đ.
func base(r rune) rune {
	switch {
	case r < utf8.RuneSelf && !unicode.IsControl(r):
		return r
	case unicode.IsSpace(r):
		return ' '
	case r == 'đ', r == 'ð', r == 'ɖ':
		return 'd'
	case unicode.Is(unicode.M, r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
		return -1
	}
	return r
}

// Contains says whether text holds what someone looks for, without regard to
// case, tones and marks. Looking for nothing finds everything.
func Contains(text, sought string) bool {
	return strings.Contains(Fold(text), Fold(sought))
}
