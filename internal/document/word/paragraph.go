package word

import (
	"fmt"
	"strings"
)

// paragraph is one paragraph of one style. Only what a style cannot know is set
// on the paragraph itself.
type paragraph struct {
	style style
	lead  string   // in italics before the text
	text  string   // one line
	broke []string // lines instead of text
	keep  bool     // on the page of what follows
	left  int      // indent in twips
	hang  int      // how far the first line stands out of it, in twips
	after float64  // gap in points where it is not that of the style
	box   int      // a frame so wide, in twips, in a column of room
	room  int
}

func (p paragraph) xml() string {
	var b strings.Builder
	b.Grow(len(p.text) + 160)
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="`)
	b.WriteString(string(p.style))
	b.WriteString(`"/>`)
	if p.keep {
		b.WriteString(`<w:keepNext/>`)
	}
	side := max(0, (p.room-p.box)/2)
	if p.box > 0 {
		color := "000000"
		if p.style == urgency {
			color = "FF0000"
		}
		b.WriteString(`<w:pBdr>`)
		for _, edge := range []string{"top", "left", "bottom", "right"} {
			fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="6" w:space="1" w:color="%s"/>`, edge, color)
		}
		b.WriteString(`</w:pBdr>`)
	}
	if p.after > 0 {
		fmt.Fprintf(&b, `<w:spacing w:after="%d"/>`, twips(p.after))
	}
	switch {
	case p.box > 0:
		fmt.Fprintf(&b, `<w:ind w:left="%[1]d" w:right="%[1]d"/>`, side)
	case p.left > 0:
		fmt.Fprintf(&b, `<w:ind w:left="%d" w:hanging="%d"/>`, p.left, p.hang)
	}
	b.WriteString(`</w:pPr>`)
	if p.lead != "" {
		run(&b, `<w:rPr><w:i/><w:iCs/></w:rPr>`, p.lead)
	}
	for i, line := range p.broke {
		if i > 0 {
			b.WriteString(`<w:r><w:br/></w:r>`)
		}
		run(&b, "", line)
	}
	if p.text != "" {
		run(&b, "", p.text)
	}
	b.WriteString(`</w:p>`)
	return b.String()
}

func run(b *strings.Builder, look, text string) {
	b.WriteString(`<w:r>`)
	b.WriteString(look)
	b.WriteString(`<w:t xml:space="preserve">`)
	b.WriteString(escape(text))
	b.WriteString(`</w:t></w:r>`)
}

// boxed is a framed word in a column so wide.
func boxed(s style, text string, room int) paragraph {
	return paragraph{style: s, text: upper(text), box: min(room, width(upper(text), sizeOf(s))+300), room: room}
}

func (w *Writer) write(p paragraph) { w.put(p.xml()) }

// rule is a line so long under the text before it, in the middle of a column of
// room; both in twips. It is the upper border of a paragraph with nothing in it:
// drawn alike by every program.
func rule(long, room, after int) string {
	side := max(0, (room-long)/2)
	return fmt.Sprintf(`<w:p><w:pPr><w:pStyle w:val="%s"/><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>`+
		`<w:spacing w:before="50" w:after="%d" w:line="60" w:lineRule="exact"/><w:ind w:left="%[3]d" w:right="%[3]d"/></w:pPr></w:p>`, nothing, after, side)
}

// shortRule is four tenths of a line of bold text: between a third and a half.
func shortRule(text string, size float64) int { return width(text, size) * 2 / 5 }

// next begins a paragraph of the body, and ends the one before. Words that announce
// what follows stay on its page.
func (w *Writer) next(s style, lead, text string) {
	w.flush()
	w.last = &paragraph{style: s, lead: lead, text: text, keep: strings.HasSuffix(text, ":")}
}

func (w *Writer) flush() {
	if w.last != nil {
		w.write(*w.last)
		w.last = nil
	}
}

// Ended are the last words of a paper, with "./." in place of any other mark.
func Ended(text string) string { return strings.TrimRight(text, " .;,:") + "./." }

// conclude ends the body as papers end, "./.", and keeps its last paragraph on the
// page of the signature.
func (w *Writer) conclude() {
	if w.last == nil {
		return
	}
	w.last.text = Ended(w.last.text)
	w.last.keep, w.last.after = true, 12
	w.flush()
}
