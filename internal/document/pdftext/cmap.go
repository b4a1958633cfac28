package pdftext

import (
	"unicode/utf16"
	"unicode/utf8"
)

// table tells the characters of codes: a ToUnicode CMap (ISO 32000-1, 9.10.3).
type table struct {
	spaces []codespace
	codes  map[code]string
}

type code struct{ length, value int }

type codespace struct {
	length    int
	low, high int
}

// maxLetters is how many UTF-16 units one code may stand for: ligatures have four.
const maxLetters = 16

func (f *file) table(v any) *table {
	s, ok := f.resolve(v).(stream)
	if !ok {
		return nil
	}
	m := &table{codes: map[code]string{}}
	l := f.lexer(place{in: f.unpack(s)})
	l.direct = true
	for {
		v, ok := l.next()
		if !ok {
			return m
		}
		switch v {
		case keyword("begincodespacerange"):
			m.ranges(l)
		case keyword("beginbfchar"):
			f.bfchar(m, l)
		case keyword("beginbfrange"):
			f.bfrange(m, l)
		}
	}
}

func (m *table) ranges(l *lexer) {
	for {
		low, ok := l.text()
		high, ok2 := l.text()
		if !ok || !ok2 || len(m.spaces) >= 64 {
			return
		}
		if n := len(low); n > 0 && n <= 4 && n == len(high) {
			m.spaces = append(m.spaces, codespace{n, number(low), number(high)})
		}
	}
}

// text returns the next value, false when it is no text.
func (l *lexer) text() (text, bool) {
	v, ok := l.next()
	t, isText := v.(text)
	return t, ok && isText
}

func (f *file) bfchar(m *table, l *lexer) {
	for {
		from, ok := l.text()
		if !ok {
			return
		}
		to, _ := l.text()
		if !f.learn(m, len(from), number(from), letters(to)) {
			return
		}
	}
}

func (f *file) bfrange(m *table, l *lexer) {
	for {
		low, ok := l.text()
		high, ok2 := l.text()
		if !ok || !ok2 {
			return
		}
		to, _ := l.next()
		from := number(low)
		count := min(number(high)-from, 0xFFFF) + 1
		switch x := to.(type) {
		case array:
			for i, one := range x[:min(len(x), max(count, 0))] {
				t, _ := one.(text)
				if !f.learn(m, len(low), from+i, letters(t)) {
					return
				}
			}
		case text:
			first, size := utf8.DecodeLastRuneInString(letters(x))
			stem := letters(x)[:len(letters(x))-size]
			for i := range count {
				if !f.learn(m, len(low), from+i, stem+string(first+rune(i))) {
					return
				}
			}
		}
	}
}

func (f *file) learn(m *table, length, value int, letters string) bool {
	if letters != "" && length > 0 && length <= 4 {
		m.codes[code{length, value}] = letters
	}
	return f.count(&f.codes, 1, maxCodes)
}

// number is a code as a number; longer than four bytes is no code.
func number(t text) int {
	n := 0
	for i := range min(len(t), 4) {
		n = n<<8 | int(t[i])
	}
	return n
}

// letters reads UTF-16, most significant byte first.
func letters(t text) string {
	units := make([]uint16, min(len(t)/2, maxLetters))
	for i := range units {
		units[i] = uint16(t[2*i])<<8 | uint16(t[2*i+1])
	}
	if len(t) == 1 {
		units = []uint16{uint16(t[0])}
	}
	return string(utf16.Decode(units))
}

// next cuts one code off t by the ranges of the map.
func (m *table) next(t text) code {
	for length := 1; length <= min(4, len(t)); length++ {
		value := number(t[:length])
		for _, s := range m.spaces {
			if s.length == length && inside(value, s) {
				return code{length, value}
			}
		}
	}
	return code{}
}

// inside compares byte by byte, as codespaces are defined.
func inside(value int, s codespace) bool {
	for shift := 0; shift < 8*s.length; shift += 8 {
		b := value >> shift & 0xFF
		if b < s.low>>shift&0xFF || b > s.high>>shift&0xFF {
			return false
		}
	}
	return true
}
