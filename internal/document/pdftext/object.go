package pdftext

import (
	"bytes"
	"strconv"
)

// The values of a document: nil, bool, float64, text, name, array, dict, ref, and
// keyword, which stands for an operator on a page.
type (
	name    string
	text    string // bytes as they were written
	keyword string
	array   []any
	dict    map[name]any
	ref     struct{ number, generation int }
)

// lexer reads values from b.
type lexer struct {
	b      []byte
	at     int
	cost   *budget
	held   int  // values of the object being read
	direct bool // no references: a page's content has none
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func isDelimiter(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (l *lexer) skip() {
	for l.at < len(l.b) {
		switch c := l.b[l.at]; {
		case isSpace(c):
			l.at++
		case c == '%':
			for l.at < len(l.b) && l.b[l.at] != '\n' && l.b[l.at] != '\r' {
				l.at++
			}
		default:
			return
		}
	}
}

// next returns the next value; false at the end or where nothing can be read.
func (l *lexer) next() (any, bool) {
	from := l.at
	l.held = 0
	v, ok := l.value(0)
	return v, l.cost.count(&l.cost.scanned, l.at-from, maxScanned) && ok
}

// integer returns the next value, a whole number from 0; false for anything else.
func (l *lexer) integer() (int, bool) {
	v, ok := l.next()
	n, isNumber := v.(float64)
	return int(n), ok && isNumber && n >= 0 && n < 1<<31
}

func (l *lexer) value(depth int) (any, bool) {
	l.skip()
	l.held++
	if l.at >= len(l.b) || depth > maxNesting || l.held > maxHeld || !l.cost.value() {
		return nil, false
	}
	switch c := l.b[l.at]; {
	case c == '/':
		l.at++
		return l.name(), true
	case c == '(':
		l.at++
		return l.literal(), true
	case c == '<' && l.peek(1) == '<':
		l.at += 2
		return l.dict(depth), true
	case c == '<':
		l.at++
		return l.hex(), true
	case c == '[':
		l.at++
		return l.array(depth), true
	case isDigit(c) || c == '+' || c == '-' || c == '.':
		return l.number(), true
	case isDelimiter(c): // one that ends something, or that nothing begins with
		l.at++
		return keyword(c), true
	}
	return l.word(), true
}

func (l *lexer) peek(n int) byte {
	if l.at+n < len(l.b) {
		return l.b[l.at+n]
	}
	return 0
}

// run returns the bytes up to the next space or delimiter.
func (l *lexer) run() []byte {
	from := l.at
	for l.at < len(l.b) && !isSpace(l.b[l.at]) && !isDelimiter(l.b[l.at]) {
		l.at++
	}
	return l.b[from:l.at]
}

func (l *lexer) name() name {
	raw := l.run()
	if bytes.IndexByte(raw, '#') < 0 {
		return name(raw)
	}
	var out []byte
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) {
			if n, err := strconv.ParseUint(string(raw[i+1:i+3]), 16, 8); err == nil {
				out = append(out, byte(n))
				i += 2
				continue
			}
		}
		out = append(out, raw[i])
	}
	return name(out)
}

func (l *lexer) word() any {
	switch w := string(l.run()); w {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	default:
		return keyword(w)
	}
}

// number reads a number, or the reference that it begins.
func (l *lexer) number() any {
	raw := l.run()
	n, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return 0.0 // "--5" and the like: as other readers take it
	}
	if l.direct || !isDigit(raw[0]) || n != float64(int(n)) {
		return n
	}
	back := l.at
	l.skip()
	from := l.at
	for l.at < len(l.b) && isDigit(l.b[l.at]) && l.at-from < 6 {
		l.at++
	}
	generation, err := strconv.Atoi(string(l.b[from:l.at]))
	l.skip()
	if err == nil && l.peek(0) == 'R' && (l.at+1 == len(l.b) || isSpace(l.peek(1)) || isDelimiter(l.peek(1))) {
		l.at++
		return ref{int(n), generation}
	}
	l.at = back
	return n
}

func (l *lexer) array(depth int) array {
	var a array
	for {
		v, ok := l.value(depth + 1)
		if !ok || v == keyword("]") {
			return a
		}
		if k, stray := v.(keyword); stray && (k == "endobj" || k == "stream") {
			return a
		}
		a = append(a, v)
	}
}

func (l *lexer) dict(depth int) dict {
	d := dict{}
	for {
		k, ok := l.value(depth + 1)
		if !ok {
			return d
		}
		if k == keyword(">") {
			if l.peek(0) == '>' {
				l.at++
			}
			return d
		}
		key, isName := k.(name)
		if !isName {
			if w, stray := k.(keyword); stray && (w == "endobj" || w == "stream") {
				return d
			}
			continue
		}
		v, ok := l.value(depth + 1)
		if !ok {
			return d
		}
		if v == keyword(">") {
			l.at-- // a key without a value ends the dictionary
			continue
		}
		d[key] = v
	}
}

func (l *lexer) hex() text {
	var out []byte
	high := -1
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		if c == '>' {
			break
		}
		n := hexDigit(c)
		if n < 0 {
			continue
		}
		if high < 0 {
			high = n
			continue
		}
		out = append(out, byte(high<<4|n))
		high = -1
	}
	if high >= 0 {
		out = append(out, byte(high<<4))
	}
	return text(out)
}

func hexDigit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

var escapes = map[byte]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

func (l *lexer) literal() text {
	var out []byte
	open := 1
	for l.at < len(l.b) {
		c := l.b[l.at]
		l.at++
		switch c {
		case '(':
			open++
		case ')':
			if open--; open == 0 {
				return text(out)
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	return text(out)
}

func (l *lexer) escape(out []byte) []byte {
	if l.at >= len(l.b) {
		return out
	}
	c := l.b[l.at]
	l.at++
	switch {
	case escapes[c] != 0:
		return append(out, escapes[c])
	case c == '\r':
		if l.peek(0) == '\n' {
			l.at++
		}
		return out
	case c == '\n':
		return out
	case c < '0' || c > '7':
		return append(out, c)
	}
	n := int(c - '0')
	for i := 0; i < 2 && l.peek(0) >= '0' && l.peek(0) <= '7'; i++ {
		n = n<<3 | int(l.peek(0)-'0')
		l.at++
	}
	return append(out, byte(n))
}
