package workbook_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"io"
	"maps"
	"slices"
	"testing"
)

// crafted is a workbook made by hand, part by part.
type crafted map[string]string

const (
	spreadsheet = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	excelMain   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
)

func types(main string, more ...string) string {
	list := `<?xml version="1.0" encoding="UTF-8"?><Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + main + `"/>`
	for _, m := range more {
		list += `<Override PartName="/xl/x" ContentType="` + m + `"/>`
	}
	return list + `</Types>`
}

// with is a workbook whose only sheet, "S", has these rows.
func with(sheetData string) crafted {
	return crafted{
		"[Content_Types].xml":        types(excelMain),
		"xl/workbook.xml":            `<workbook ` + spreadsheet + `><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/><Relationship Id="rId3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml":       `<sst><si><t>một</t></si><si><r><t>h</t></r><rPh><t>x</t></rPh><r><t xml:space="preserve">ai _x005F_x000D_</t></r></si></sst>`,
		"xl/styles.xml":              `<styleSheet><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   `<worksheet ` + spreadsheet + `><sheetData>` + sheetData + `</sheetData></worksheet>`,
	}
}

// but replaces one part.
func (c crafted) but(name, content string) crafted {
	c = maps.Clone(c)
	c[name] = content
	return c
}

func (c crafted) zip(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	c.write(t, w, "")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// write puts every part but one into an archive.
func (c crafted) write(t testing.TB, w *zip.Writer, but string) {
	t.Helper()
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if name == but {
			continue
		}
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, c[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// swollen is a workbook one part of which is head, then so many pieces, then tail.
// Small as a file, large once opened.
func swollen(t testing.TB, c crafted, name, head string, pieces int, piece func(n int) string, tail string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestSpeed) })
	c.write(t, w, name)
	f, err := w.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	text := bufio.NewWriterSize(f, 1<<16) // its errors come with Flush
	_, _ = text.WriteString(head)
	for n := range pieces {
		_, _ = text.WriteString(piece(n + 1))
	}
	_, _ = text.WriteString(tail)
	if err := text.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
