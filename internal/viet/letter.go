package viet

import (
	"unicode"
	"unicode/utf8"
)

// UpperFirst begins a sentence with words that may also stand inside one.
func UpperFirst(s string) string { return first(s, unicode.ToUpper) }

// LowerFirst lets a title stand inside a sentence; "UBND" stays as it is.
func LowerFirst(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	if second, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsUpper(second) {
		return s
	}
	return first(s, unicode.ToLower)
}

func first(s string, change func(rune) rune) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(change(r)) + s[size:]
}
