package pdftext

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// font turns the codes of shown text into characters and tells how wide they are.
type font struct {
	wide   bool // codes of two bytes unless the table says otherwise
	table  *table
	simple [256]string
	widths map[int]float64 // by code, in thousandths of the size
	other  float64         // width of other codes
}

// glyph is one character as it is shown.
type glyph struct {
	letters string  // "" when nothing tells which character it is
	width   float64 // thousandths of the size
}

// font returns the font that a page calls by reference.
func (f *file) font(v any) *font {
	r, shared := v.(ref)
	if known := f.fonts[r]; shared && known != nil {
		return known
	}
	d := f.dict(v)
	made := &font{other: 500, widths: map[int]float64{}}
	if d != nil {
		if d["ToUnicode"] != nil {
			made.table = f.table(d["ToUnicode"])
		}
		if d["Subtype"] == name("Type0") {
			f.composite(made, d)
		} else {
			f.simple(made, d)
		}
	}
	if shared {
		f.fonts[r] = made
	}
	return made
}

// composite reads the widths of a font whose codes have several bytes.
func (f *file) composite(made *font, d dict) {
	made.wide, made.other = true, 1000
	below := f.array(d["DescendantFonts"])
	if len(below) == 0 {
		return
	}
	inner := f.dict(below[0])
	if n, ok := f.resolve(inner["DW"]).(float64); ok {
		made.other = n
	}
	all := f.array(inner["W"])
	for i := 0; i+1 < len(all); {
		first, ok := all[i].(float64)
		if !ok || first < 0 || first > 0xFFFF {
			return
		}
		if list := f.array(all[i+1]); list != nil {
			for k, w := range list[:min(len(list), 0x10000)] {
				made.widths[int(first)+k], _ = f.resolve(w).(float64)
			}
			if !f.count(&f.codes, len(list), maxCodes) {
				return
			}
			i += 2
			continue
		}
		if i+2 >= len(all) {
			return
		}
		last, _ := all[i+1].(float64)
		width, _ := f.resolve(all[i+2]).(float64)
		for k := int(first); k <= int(min(last, 0xFFFF)); k++ {
			made.widths[k] = width
			if !f.count(&f.codes, 1, maxCodes) {
				return
			}
		}
		i += 3
	}
}

// simple reads a font of one-byte codes.
func (f *file) simple(made *font, d dict) {
	for i := range made.simple {
		if r := charmap.Windows1252.DecodeByte(byte(i)); i >= 32 && r != utf8.RuneError {
			made.simple[i] = string(r)
		}
	}
	if encoding := f.dict(d["Encoding"]); encoding != nil {
		at := 0
		for _, v := range f.array(encoding["Differences"]) {
			switch x := f.resolve(v).(type) {
			case float64:
				at = int(min(max(x, 0), 256))
			case name:
				if at < 256 {
					made.simple[at] = lettersOf(x)
				}
				at++
			}
		}
	}
	first, _ := f.resolve(d["FirstChar"]).(float64)
	widths := f.array(d["Widths"])
	for i, w := range widths[:min(len(widths), 256)] {
		made.widths[int(min(max(first, 0), 256))+i], _ = f.resolve(w).(float64)
	}
}

var glyphNames = map[name]string{
	"space": " ", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
	"eight": "8", "nine": "9", "period": ".", "comma": ",", "hyphen": "-", "colon": ":", "semicolon": ";", "slash": "/",
	"parenleft": "(", "parenright": ")", "percent": "%", "quotedbl": "\"", "plus": "+", "endash": "–", "emdash": "—",
	"quotedblleft": "“", "quotedblright": "”", "dcroat": "đ", "Dcroat": "Đ", "ohorn": "ơ", "Ohorn": "Ơ", "uhorn": "ư", "Uhorn": "Ư",
	"abreve": "ă", "Abreve": "Ă",
}

// lettersOf is what a glyph of this name shows, as far as the name says so.
func lettersOf(n name) string {
	s := string(n)
	if known := glyphNames[n]; known != "" {
		return known
	}
	if utf8.RuneCountInString(s) == 1 {
		return s
	}
	for _, prefix := range []string{"uni", "u"} {
		digits, ok := strings.CutPrefix(s, prefix)
		if !ok || len(digits) < 4 || len(digits) > 6 {
			continue
		}
		if n, err := strconv.ParseUint(digits, 16, 32); err == nil && utf8.ValidRune(rune(n)) {
			return string(rune(n))
		}
	}
	return ""
}

// glyphs calls fn for each code of t while it answers true.
func (made *font) glyphs(t text, fn func(glyph) bool) {
	for len(t) > 0 {
		c := made.cut(t)
		t = t[c.length:]
		g := glyph{width: made.other}
		if w, ok := made.widths[c.value]; ok {
			g.width = w
		}
		switch {
		case made.table != nil && made.table.codes[c] != "":
			g.letters = made.table.codes[c]
		case !made.wide && c.value < 256:
			g.letters = made.simple[c.value]
		}
		if !fn(g) {
			return
		}
	}
}

// cut returns the first code of t.
func (made *font) cut(t text) code {
	if !made.wide {
		return code{1, int(t[0])}
	}
	if made.table != nil {
		if c := made.table.next(t); c.length > 0 {
			return c
		}
	}
	n := min(2, len(t))
	return code{n, number(t[:n])}
}
