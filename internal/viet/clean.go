package viet

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", "\n", "\u2028", "\n", "\u2029", "\n")

// Clean is applied to everything people type, before it is checked or stored:
// composed (NFC) so that equal words are equal bytes, line ends as \n, blanks at
// the ends of the text and of each line dropped, no-break spaces and tabs as
// spaces, and nothing that is invisible or that Postgres and Word refuse.
// Bytes that are no UTF-8 become U+FFFD, so that the loss is seen.
func Clean(text string) string {
	text = lineEnds.Replace(strings.ToValidUTF8(text, "\ufffd"))
	text = norm.NFC.String(strings.Map(printable, text))
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRightFunc(line, unicode.IsSpace)
	}
	return strings.TrimFunc(strings.Join(lines, "\n"), unicode.IsSpace)
}

// CleanLine is [Clean] for fields of one line: every run of blanks and line ends
// becomes one space.
func CleanLine(text string) string {
	return strings.Join(strings.Fields(Clean(text)), " ")
}

// printable keeps what a reader can see. Direction marks go because they can
// make a name look like another; joiners stay, some scripts need them.
func printable(r rune) rune {
	switch {
	case r == '\n':
		return r
	case r == '\t', r == '\u00a0', r == '\u202f':
		return ' '
	case unicode.IsControl(r),
		r == '\u00ad', r == '\u200b', r == '\u2060', r == '\ufeff',
		unicode.Is(unicode.Bidi_Control, r),
		unicode.Is(unicode.Noncharacter_Code_Point, r):
		return -1
	}
	return r
}
