package pdftext

import "strings"

// matrix maps a place on the page, as a b c d e f of ISO 32000-1, 8.3.3.
type matrix [6]float64

// after is m where the place it maps to is mapped by n.
func (m matrix) after(n matrix) matrix {
	return matrix{m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5]}
}

func (m matrix) shifted(x, y float64) matrix {
	m[4], m[5] = x*m[0]+y*m[2]+m[4], x*m[1]+y*m[3]+m[5]
	return m
}

// writer carries out the operators of a page as far as they show text.
type writer struct {
	file *file
	out  strings.Builder
	state
	saved     []state
	line, now matrix
	row       row
	forms     int    // nesting
	marks     []bool // marked contents open; true: its text was told in words
	told      int    // how many of them are true
}

// state is what q keeps and Q brings back.
type state struct {
	page    matrix // of the place that now is in
	font    *font
	size    float64
	spacing float64 // between characters, Tc
	words   float64 // between words, Tw
	scale   float64 // Tz / 100
	leading float64
}

// pageText returns what a page shows, lines as they are moved to.
func (f *file) pageText(p page) string {
	w := &writer{file: f, state: state{scale: 1, page: matrix{1, 0, 0, 1}}}
	var all []byte
	contents := f.resolve(p.dict["Contents"])
	parts, several := contents.(array)
	if !several {
		parts = array{contents}
	}
	for _, part := range parts {
		if s, ok := f.resolve(part).(stream); ok && f.err == nil {
			all = append(append(all, f.unpack(s)...), '\n')
		}
	}
	w.run(all, f.dict(p.resources))
	w.endRow()
	return w.out.String()
}

// run carries out a content stream.
func (w *writer) run(content []byte, resources dict) {
	l := &lexer{b: content, cost: &w.file.budget, direct: true}
	var operands []any
	for {
		v, ok := l.next()
		if !ok {
			return
		}
		op, isOperator := v.(keyword)
		if !isOperator {
			if len(operands) < 64 {
				operands = append(operands, v)
			}
			continue
		}
		if op == "BI" {
			l.skipPicture()
		} else {
			w.do(op, operands, resources)
		}
		operands = operands[:0]
	}
}

// skipPicture leaves out the bytes of an inline picture.
func (l *lexer) skipPicture() {
	for {
		v, ok := l.next()
		if !ok {
			return
		}
		if v == keyword("ID") {
			break
		}
	}
	for l.at < len(l.b) && l.cost.value() {
		if isSpace(l.b[l.at]) && l.peek(1) == 'E' && l.peek(2) == 'I' && (l.at+3 >= len(l.b) || isSpace(l.peek(3))) {
			l.at += 3
			return
		}
		l.at++
	}
}

func (w *writer) do(op keyword, o []any, resources dict) {
	n := func(i int) float64 {
		if i >= len(o) {
			return 0
		}
		x, _ := o[i].(float64)
		return x
	}
	switch op {
	case "q":
		if len(w.saved) < 1<<12 {
			w.saved = append(w.saved, w.state)
		}
	case "Q":
		if k := len(w.saved); k > 0 {
			w.state, w.saved = w.saved[k-1], w.saved[:k-1]
		}
	case "cm":
		w.page = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}.after(w.page)
	case "BT":
		w.line, w.now = matrix{1, 0, 0, 1}, matrix{1, 0, 0, 1}
	case "Tf":
		if len(o) > 1 {
			called, _ := o[0].(name)
			w.font, w.size = w.file.font(w.file.dict(resources["Font"])[called]), n(1)
		}
	case "Tc":
		w.spacing = n(0)
	case "Tw":
		w.words = n(0)
	case "Tz":
		w.scale = n(0) / 100
	case "TL":
		w.leading = n(0)
	case "Td":
		w.move(n(0), n(1))
	case "TD":
		w.leading = -n(1)
		w.move(n(0), n(1))
	case "T*":
		w.move(0, -w.leading)
	case "Tm":
		w.line = matrix{n(0), n(1), n(2), n(3), n(4), n(5)}
		w.now = w.line
	case "Tj":
		w.showAll(o)
	case "'":
		w.move(0, -w.leading)
		w.showAll(o)
	case "\"":
		w.words, w.spacing = n(0), n(1)
		w.move(0, -w.leading)
		if len(o) > 2 {
			w.showAll(o[2:])
		}
	case "TJ":
		if len(o) > 0 {
			list, _ := o[0].(array)
			w.showAll(list)
		}
	case "BDC", "BMC":
		w.mark(o, resources)
	case "EMC":
		w.unmark()
	case "Do":
		w.form(o, resources)
	}
}

func (w *writer) move(x, y float64) {
	w.line = w.line.shifted(x, y)
	w.now = w.line
}

// showAll shows the texts of a list; numbers in it move what follows.
func (w *writer) showAll(list []any) {
	for _, v := range list {
		switch x := v.(type) {
		case text:
			w.show(x)
		case float64:
			w.now = w.now.shifted(-x/1000*w.size*w.scale, 0)
		}
	}
}

func (w *writer) show(t text) {
	if w.font == nil {
		return
	}
	w.font.glyphs(t, func(g glyph) bool {
		if !w.file.value() {
			return false
		}
		advance := (g.width/1000*w.size + w.spacing) * w.scale
		if g.letters == " " {
			advance += w.words * w.scale
		}
		if w.told == 0 {
			w.place(g.letters)
		}
		w.now = w.now.shifted(advance, 0)
		w.row.reach(w.now.after(w.page))
		return true
	})
}

// mark begins marked content. Where the paper tells its text in words, those are
// taken and what is drawn is not.
func (w *writer) mark(o []any, resources dict) {
	if len(w.marks) >= 1<<12 {
		return
	}
	told := false
	if len(o) > 1 {
		properties := o[1]
		if called, ok := properties.(name); ok {
			properties = w.file.dict(resources["Properties"])[called]
		}
		if actual, ok := w.file.resolve(w.file.dict(properties)["ActualText"]).(text); ok {
			told = true
			if w.told == 0 {
				w.place(textString(actual))
			}
		}
	}
	w.marks = append(w.marks, told)
	if told {
		w.told++
	}
}

func (w *writer) unmark() {
	k := len(w.marks)
	if k == 0 {
		return
	}
	if w.marks[k-1] {
		w.told--
	}
	w.marks = w.marks[:k-1]
}

// textString reads text outside the page: UTF-16 with a mark, else one byte a letter.
func textString(t text) string {
	var b strings.Builder
	if strings.HasPrefix(string(t), "\xFE\xFF") {
		for t = t[2:]; len(t) >= 2; t = t[min(len(t), 2*maxLetters):] {
			b.WriteString(letters(t[:min(len(t), 2*maxLetters)]))
		}
		return b.String()
	}
	for i := range len(t) {
		b.WriteRune(rune(t[i]))
	}
	return b.String()
}

// form shows another content where it is called.
func (w *writer) form(o []any, resources dict) {
	if len(o) == 0 || w.forms >= 8 || w.file.err != nil {
		return
	}
	called, _ := o[0].(name)
	s, ok := w.file.resolve(w.file.dict(resources["XObject"])[called]).(stream)
	if !ok || s.dict["Subtype"] != name("Form") {
		return
	}
	inner := resources
	if own := w.file.dict(s.dict["Resources"]); own != nil {
		inner = own
	}
	state, saved, marks, told := w.state, w.saved, w.marks, w.told
	w.saved, w.marks = nil, nil
	w.forms++
	w.endRow()
	w.run(w.file.unpack(s), inner)
	w.endRow()
	w.forms--
	w.state, w.saved, w.marks, w.told = state, saved, marks, told
}
