// Package word writes the papers of Vietnamese offices as Word documents in the
// form of Nghị định 30/2020/NĐ-CP, Phụ lục I. It knows how a paper looks, not what
// it is about.
package word

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"time"

	"danvan/internal/viet"
)

// Type is the content type of a Word document.
const Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// Properties of a paper that must be known before its first line.
type Properties struct {
	Title   string // as programs list the file
	Author  string // the issuing body
	Annexes int    // how many follow; two or more are numbered
	Contact string // at the foot of the first page, "" for none
}

// Writer writes one paper from top to bottom: letterhead, title, body, signature,
// annexes. It keeps nothing but the last paragraph, so that a long paper takes no
// more memory than a short one; the same calls give the same bytes. The first
// error stops it and comes back from [Writer.Close].
type Writer struct {
	zip   *zip.Writer
	xml   *bufio.Writer // word/document.xml
	about Properties
	err   error

	last    *paragraph // of the body: its end depends on what follows
	section int        // numbers given last, 0: none
	clause  int
	point   int
	annex   int
	wide    bool   // the current section of pages
	line    string // "Báo cáo số 05/BC-STP ngày …", to which annexes belong
	origins []Origin
}

// New begins a paper on out.
func New(out io.Writer, about Properties) *Writer {
	w := &Writer{zip: zip.NewWriter(out), about: about}
	for _, p := range w.before() {
		w.part(p.name, p.xml)
	}
	if w.err != nil {
		return w
	}
	document, err := w.create("word/document.xml")
	if err != nil {
		w.err = err
		return w
	}
	w.xml = bufio.NewWriterSize(document, 32<<10)
	w.put(declaration, `<w:document `, namespaces, `><w:body>`)
	return w
}

// Close ends the paper. It is not signed by closing: what was not written is not
// in it.
func (w *Writer) Close() error {
	w.flush()
	if w.err == nil && w.annex != w.about.Annexes {
		w.err = fmt.Errorf("word: %d annexes were announced, %d written", w.about.Annexes, w.annex)
	}
	if w.xml != nil {
		w.put(w.pages(), `</w:body></w:document>`)
		w.err = errors.Join(w.err, w.xml.Flush())
	}
	w.part("customXml/item1.xml", provenance(w.origins))
	return errors.Join(w.err, w.zip.Close())
}

// epoch is the date of every file in the archive: the earliest that the format
// can say.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

func (w *Writer) create(name string) (io.Writer, error) {
	return w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: epoch})
}

func (w *Writer) part(name, xml string) {
	if w.err != nil {
		return
	}
	part, err := w.create(name)
	if err == nil {
		_, err = io.WriteString(part, xml)
	}
	w.err = err
}

// put writes XML as it is.
func (w *Writer) put(xml ...string) {
	if w.err != nil {
		return
	}
	for _, s := range xml {
		_, w.err = w.xml.WriteString(s) // bufio keeps its first error
	}
}

func (w *Writer) putf(format string, a ...any) { w.put(fmt.Sprintf(format, a...)) }

// Lengths in twips, a twentieth of a point. The margins are those of Phụ lục I:
// top 25 mm, right 20, bottom 20, left 35.
const (
	pageShort    = 11906 // A4: 210 mm
	pageLong     = 16838 // 297 mm
	marginTop    = 1417
	marginRight  = 1134
	marginBottom = 1134
	marginLeft   = 1984
	headerAt     = 680 // the page number stands in the top margin
	footerAt     = 454
)

// TextWidth is the width of a line in twips, on an upright page or a wide one.
func textWidth(wide bool) int {
	if wide {
		return pageLong - marginLeft - marginRight
	}
	return pageShort - marginLeft - marginRight
}

// pages are the properties of the section that ends here. The body and each annex
// number their own pages, and none shows the first number.
func (w *Writer) pages() string {
	width, height, turned := pageShort, pageLong, ""
	if w.wide {
		width, height, turned = pageLong, pageShort, ` w:orient="landscape"`
	}
	foot := ""
	if w.about.Contact != "" {
		foot = `<w:footerReference w:type="first" r:id="rIdContact"/>`
		if w.annex > 0 {
			foot = `<w:footerReference w:type="first" r:id="rIdNoFooter"/>` // else it repeats on every annex
		}
	}
	return fmt.Sprintf(`<w:sectPr><w:headerReference w:type="default" r:id="rIdPageNumber"/>%s`+
		`<w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`+
		`<w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>`,
		foot, width, height, turned, marginTop, marginRight, marginBottom, marginLeft, headerAt, footerAt)
}

// Attached is the line under the title of an annex: whose it is.
func Attached(paper string) string { return "(Kèm theo " + paper + ")" }

// Annex begins an annex on a page of its own, a wide page for wide tables.
func (w *Writer) Annex(title string, wide bool) {
	w.flush()
	w.put(`<w:p><w:pPr><w:pStyle w:val="`, string(nothing), `"/>`, w.pages(), `</w:pPr></w:p>`)
	w.annex++
	w.wide = wide
	w.section, w.clause, w.point = 0, 0, 0
	label := "Phụ lục"
	if w.about.Annexes > 1 {
		label += " " + viet.Roman(w.annex)
	}
	w.write(paragraph{style: annexLabel, text: label})
	room := textWidth(wide)
	w.write(paragraph{style: annexTitle, broke: balance(upper(title), sizeOf(annexTitle), room)})
	w.write(paragraph{style: annexOf, broke: balance(Attached(w.line), sizeOf(annexOf), room)})
}
