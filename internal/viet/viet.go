// Package viet reads and writes text the way Vietnamese offices do: numbers,
// dates, spans of time, names, document numbers, matching and order. It knows
// nothing of the portal's records and never reads the clock.
package viet

// ParseError is a Vietnamese sentence that says what cannot be read and how to
// write it instead, ready to stand beside the field.
type ParseError string

func (e ParseError) Error() string { return string(e) }

// halfWidth narrows the full-width forms some input methods leave behind and
// the mathematical minus sign. Nothing else is translated: NFKC would turn
// "10²" into 102.
func halfWidth(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - '！' + '!'
	case r == '−':
		return '-'
	}
	return r
}
