package paper

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// A4 in points.
const (
	pageWidth  = 595.0
	pageHeight = 842.0
	margin     = 72.0
)

// PDF is the sheet as a document with its font inside, its text searchable, of as many
// A4 pages as the text takes. The same sheet gives the same bytes.
func (s Sheet) PDF() []byte {
	body := column{x: margin, y: margin, width: pageWidth - 2*margin}
	body.add(s.Title, 15, 12)
	for paragraph := range strings.SplitSeq(s.Text, "\n") {
		body.add(paragraph, 11.5, 4)
	}
	foot := column{x: margin, y: pageHeight - margin, width: body.width} // below a rule
	foot.add(s.Note, 8.5, 0)

	f := regular()
	used := map[rune]bool{}
	pages := broken(body.lines, pageHeight-margin-8)
	kids := make([]string, len(pages))
	for i := range pages {
		kids[i] = fmt.Sprintf("%d 0 R", pageObject(i))
	}
	const root = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %g %g] /Contents %d 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
	var d document
	d.add("<< /Type /Catalog /Pages 2 0 R /Lang (vi-VN) /ViewerPreferences << /DisplayDocTitle true >> >>")
	d.add(fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages)))
	drawn := make([][]byte, len(pages))
	for i, lines := range pages {
		drawn[i] = written(f, append(lines, foot.lines...), used)
	}
	d.add(fmt.Sprintf(root, pageWidth, pageHeight, pageObject(0)+1))
	d.stream("", drawn[0])
	d.add("<< /Type /Font /Subtype /Type0 /BaseFont /BeVietnamPro-Regular /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 9 0 R >>")
	d.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /BeVietnamPro-Regular /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> " +
		"/FontDescriptor 7 0 R /CIDToGIDMap /Identity /W [0 " + fmt.Sprint(f.widths) + "] >>")
	d.add("<< /Type /FontDescriptor /FontName /BeVietnamPro-Regular /Flags 32 /FontBBox [-600 -300 1400 1200] /ItalicAngle 0 " +
		"/Ascent 1000 /Descent -265 /CapHeight 700 /StemV 80 /FontFile2 8 0 R >>")
	d.stream(fmt.Sprintf("/Length1 %d", len(fontFile)), fontFile)
	d.stream("", toUnicode(f, used))
	for i := range pages[1:] {
		d.add(fmt.Sprintf(root, pageWidth, pageHeight, pageObject(i+1)+1))
		d.stream("", drawn[i+1])
	}
	d.add("<< /Title " + textString(s.Title) + " >>")
	return d.bytes()
}

// pageObject numbers the object of a page; its content is the next one. The first
// stands before the font, the others behind it.
func pageObject(i int) int {
	if i == 0 {
		return 3
	}
	return 8 + 2*i
}

// broken puts lines on pages down to bottom.
func broken(lines []line, bottom float64) [][]line {
	pages := [][]line{nil}
	above := 0.0
	for _, l := range lines {
		if l.y-above > bottom {
			above = l.y - margin - l.size*leading
			pages = append(pages, nil)
		}
		l.y -= above
		last := len(pages) - 1
		pages[last] = append(pages[last], l)
	}
	return pages
}

// written is the content of a page and notes which characters it takes.
func written(f font, lines []line, used map[rune]bool) []byte {
	var page strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&page, "BT /F1 %g Tf %.2f %.2f Td <", l.size, l.x, pageHeight-l.y)
		for _, r := range l.text {
			used[r] = true
			fmt.Fprintf(&page, "%04X", f.glyph(r))
		}
		page.WriteString("> Tj ET\n")
	}
	fmt.Fprintf(&page, "0.6 w %g %g m %g %g l S\n", margin, margin+4, pageWidth-margin, margin+4)
	return []byte(page.String())
}

// toUnicode tells a reader which character each glyph stands for.
func toUnicode(f font, used map[rune]bool) []byte {
	var pairs []string
	for r := range used {
		pairs = append(pairs, fmt.Sprintf("<%04X> <%04X>", f.glyph(r), r)) // no character of the font needs two units
	}
	slices.Sort(pairs)
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n" +
		"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n")
	for some := range slices.Chunk(pairs, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n%s\nendbfchar\n", len(some), strings.Join(some, "\n"))
	}
	b.WriteString("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
	return []byte(b.String())
}

// textString writes text outside the page, in UTF-16.
func textString(text string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}

// document collects the numbered objects of a PDF file.
type document struct {
	buffer  bytes.Buffer
	offsets []int
}

func (d *document) add(object string) {
	if d.buffer.Len() == 0 {
		d.buffer.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") // the second line says that bytes follow
	}
	d.offsets = append(d.offsets, d.buffer.Len())
	fmt.Fprintf(&d.buffer, "%d 0 obj\n%s\nendobj\n", len(d.offsets), object)
}

func (d *document) stream(entries string, content []byte) {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, _ = w.Write(content) // memory takes everything
	_ = w.Close()
	d.add(fmt.Sprintf("<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream", entries, packed.Len(), packed.Bytes()))
}

// bytes ends the file: the places of the objects, the catalogue first, the
// title last.
func (d *document) bytes() []byte {
	table := d.buffer.Len()
	fmt.Fprintf(&d.buffer, "xref\n0 %d\n0000000000 65535 f \n", len(d.offsets)+1)
	for _, at := range d.offsets {
		fmt.Fprintf(&d.buffer, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&d.buffer, "trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n",
		len(d.offsets)+1, len(d.offsets), table)
	return d.buffer.Bytes()
}
