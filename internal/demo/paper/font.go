// Package paper draws the evidence of the demonstration: a Vietnamese text as a
// one-page PDF document or as a PNG picture, with nothing but the standard library.
package paper

import (
	_ "embed"
	"encoding/binary"
	"sync"
)

// fontFile is Be Vietnam Pro Regular (SIL Open Font License 1.1, see
// be-vietnam-pro.LICENSE) with the letters of Vietnamese only, cut down and its
// composite glyphs drawn out with fontTools.
//
//go:embed be-vietnam-pro.ttf
var fontFile []byte

// font is what is needed of a TrueType file to set a line of text.
type font struct {
	glyphs  map[rune]int
	widths  []int // by glyph, in thousandths of the size
	outline func(glyph int) []contour
}

// point is a place in thousandths of the size, y upwards.
type point struct {
	x, y    float64
	onCurve bool
}

type contour []point

var regular = sync.OnceValue(func() font {
	table := tables(fontFile)
	number := binary.BigEndian.Uint16
	metrics := int(number(table["hhea"][34:]))
	count := int(number(table["maxp"][4:]))
	f := font{glyphs: characters(table["cmap"]), widths: make([]int, count)}
	for g := range f.widths {
		f.widths[g] = int(number(table["hmtx"][4*min(g, metrics-1):]))
	}
	loca, glyf := table["loca"], table["glyf"]
	f.outline = func(g int) []contour {
		from, to := 2*int(number(loca[2*g:])), 2*int(number(loca[2*g+2:]))
		return contours(glyf[from:to])
	}
	return f
})

// tables finds the tables of the file by name.
func tables(file []byte) map[string][]byte {
	all := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(file[4:])) {
		entry := file[12+16*i:]
		offset, length := binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		all[string(entry[:4])] = file[offset : offset+length]
	}
	return all
}

// characters reads the segments of a cmap of format 4, the only one in the file.
func characters(cmap []byte) map[rune]int {
	number := func(b []byte, i int) int { return int(binary.BigEndian.Uint16(b[i:])) }
	t := cmap[binary.BigEndian.Uint32(cmap[8:]):]
	segments := number(t, 6) / 2
	ends, starts := t[14:], t[16+2*segments:]
	deltas, offsets := t[16+4*segments:], t[16+6*segments:]
	glyphs := map[rune]int{}
	for i := range segments {
		for c := number(starts, 2*i); c <= number(ends, 2*i) && c != 0xFFFF; c++ {
			g := c
			if offset := number(offsets, 2*i); offset != 0 {
				g = number(offsets, 2*i+offset+2*(c-number(starts, 2*i)))
			}
			glyphs[rune(c)] = (g + number(deltas, 2*i)) & 0xFFFF
		}
	}
	return glyphs
}

// contours reads a simple glyph; a blank has none.
func contours(g []byte) []contour {
	if len(g) == 0 {
		return nil
	}
	number := func(i int) int { return int(binary.BigEndian.Uint16(g[i:])) }
	ends := make([]int, number(0))
	for i := range ends {
		ends[i] = number(10+2*i) + 1
	}
	if len(ends) == 0 {
		return nil
	}
	at := 10 + 2*len(ends)
	at += 2 + number(at) // instructions
	points := make([]point, ends[len(ends)-1])
	flags := make([]byte, len(points))
	for i := 0; i < len(flags); i++ {
		flag := g[at]
		at++
		flags[i] = flag
		if flag&8 != 0 { // repeated
			for range g[at] {
				i++
				flags[i] = flag
			}
			at++
		}
	}
	// coordinate reads one axis: short says that a byte follows, same that it is
	// positive or, without a byte, that nothing changes.
	coordinate := func(short, same byte, set func(p *point, v float64)) {
		v := 0
		for i, flag := range flags {
			switch {
			case flag&short != 0 && flag&same != 0:
				v += int(g[at])
				at++
			case flag&short != 0:
				v -= int(g[at])
				at++
			case flag&same == 0:
				v += int(int16(number(at)))
				at += 2
			}
			set(&points[i], float64(v))
		}
	}
	coordinate(2, 16, func(p *point, v float64) { p.x = v })
	coordinate(4, 32, func(p *point, v float64) { p.y = v })
	var all []contour
	from := 0
	for _, to := range ends {
		for i := from; i < to; i++ {
			points[i].onCurve = flags[i]&1 != 0
		}
		all = append(all, contour(points[from:to]))
		from = to
	}
	return all
}

// glyph is the glyph of a character; what the font lacks shows as its box.
func (f font) glyph(r rune) int { return f.glyphs[r] }

// width of a text at a size, in the unit of the size.
func (f font) width(text string, size float64) float64 {
	total := 0
	for _, r := range text {
		total += f.widths[f.glyph(r)]
	}
	return float64(total) * size / 1000
}

// Has reports whether a character can be drawn.
func Has(r rune) bool { return regular().glyph(r) != 0 }
