package evidence_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"
)

// The smallest honest files of each kind, and hostile ones.

const pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

const (
	wordMain  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	excelMain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
)

type entry struct{ name, content string }

func contentTypes(main string, more ...string) entry {
	xml := `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Override PartName="/main.xml" ContentType="` + main + `"/>`
	for _, m := range more {
		xml += m
	}
	return entry{"[Content_Types].xml", xml + `</Types>`}
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	return zippedTo(t, &b, zip.NewWriter(&b), entries)
}

func zippedTo(t testing.TB, b *bytes.Buffer, w *zip.Writer, entries []entry) []byte {
	t.Helper()
	for _, e := range entries {
		method := zip.Deflate
		if e.content == "" {
			method = zip.Store // a compressor for each of many empty members takes a minute
		}
		f, err := w.CreateHeader(&zip.FileHeader{Name: e.name, Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func docx(t testing.TB) []byte {
	return zipped(t, contentTypes(wordMain), entry{"word/document.xml", "<w/>"})
}

func xlsx(t testing.TB) []byte {
	return zipped(t, contentTypes(excelMain), entry{"xl/workbook.xml", "<x/>"})
}

func pngFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bomb is an archive with one more member, of so many blanks: it shrinks a
// thousandfold.
func bomb(t testing.TB, name string, size int, rest ...entry) []byte {
	return zipped(t, append(rest, entry{name, strings.Repeat(" ", size)})...)
}

// boast is an archive with one more member that says it is this large.
func boast(t testing.TB, name string, size uint64, rest ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if _, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, UncompressedSize64: size}); err != nil {
		t.Fatal(err)
	}
	return zippedTo(t, &b, w, rest)
}
