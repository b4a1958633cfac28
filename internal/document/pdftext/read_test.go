package pdftext_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"danvan/internal/document/pdftext"
)

// written is a document made of objects, each as it stands in the file.
func written(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	b.WriteString("trailer << /Root 1 0 R >>\n%%EOF\n")
	return b.Bytes()
}

const (
	catalog = "<< /Type /Catalog /Pages 2 0 R >>"
	onePage = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	page    = "<< /Type /Page /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>"
	latin   = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
)

func streamOf(entries string, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(content), content)
}

func deflated(entries string, content []byte) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(content) // memory takes everything
	_ = w.Close()
	return streamOf(entries+" /Filter /FlateDecode", b.String())
}

// showing is a document of one page with this content.
func showing(content string) []byte {
	return written(catalog, onePage, page, streamOf("", content), latin)
}

func read(t testing.TB, content []byte) []string {
	t.Helper()
	pages, err := pdftext.Read(t.Context(), content)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

func TestThePaperOfAnOfficeProgramIsRead(t *testing.T) {
	t.Parallel()
	// Made by LibreOffice Writer: two pages, a number in the top margin, a table.
	content, err := os.ReadFile("testdata/bao-cao.pdf")
	if err != nil {
		t.Fatal(err)
	}
	pages := read(t, content)
	if len(pages) != 2 {
		t.Fatalf("%d pages, want 2", len(pages))
	}
	for i, want := range []string{
		"Sở Tư pháp đã tổ chức quán triệt, triển khai Kế hoạch số 32/KH-UBND\nđến toàn thể công chức",
		"T2.04 Hồ sơ thủ tục\nhành",
	} {
		if !strings.Contains(pages[i], want) {
			t.Errorf("page %d: got %q, want in it %q", i+1, pages[i], want)
		}
	}
	if !strings.HasPrefix(pages[1], "2\n") || !strings.Contains(pages[1], "24.310\n") {
		t.Errorf("second page %q", pages[1])
	}
}

func TestLinesAndGapsComeFromPlaces(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct{ content, want string }{
		"lines":             {"BT /F 10 Tf 0 700 Td (mot) Tj 0 -14 Td (hai) Tj ET", "mot\nhai\n"},
		"leading":           {"BT /F 10 Tf 14 TL 0 700 Td (mot) Tj (hai) ' ET", "mot\nhai\n"},
		"cells":             {"BT /F 10 Tf 0 700 Td (12) Tj 60 0 Td (345) Tj ET", "12 345\n"},
		"kerning":           {"BT /F 10 Tf 0 700 Td [(1) 20 (.1) -30 (80)] TJ ET", "1.180\n"},
		"wide gap":          {"BT /F 10 Tf 0 700 Td [(1) -600 (80)] TJ ET", "1 80\n"},
		"shown later, left": {"BT /F 10 Tf 0 700 Td (a) Tj 10 0 Td (c) Tj -5 0 Td (b) Tj ET", "abc\n"},
		"scaled page":       {"q .5 0 0 .5 0 0 cm BT /F 10 Tf 0 700 Td (a) Tj 0 -14 Td (b) Tj ET Q", "a\nb\n"},
		"matrix":            {"BT /F 1 Tf 10 0 0 10 0 700 Tm (a) Tj 10 0 0 10 0 680 Tm (b) Tj ET", "a\nb\n"},
		"escapes": {`BT /F 10 Tf (\(a\)\134\141\
b) Tj ET`, "(a)\\ab\n"},
		"hexadecimal":        {"BT /F 10 Tf <61 6 2 7> Tj ET", "abp\n"},
		"inline picture":     {"BI /W 1 /H 1 ID \x00(\xFF EI BT /F 10 Tf (a) Tj ET", "a\n"},
		"told in words":      {"BT /F 10 Tf /Span << /ActualText <FEFF1EE7> >> BDC (xyz) Tj EMC 20 0 Td (!) Tj ET", "ủ !\n"},
		"struck twice":       {"BT /F 10 Tf 0 700 Td (a) Tj 0 700 Td ET BT 0.2 700 Td (a) Tj ET", "a\n"},
		"unknown operators":  {"/Foo gs BT /F 10 Tf ] >> (a) Tj nonsense ET", "a\n"},
		"font kept by Q":     {"q BT /F 10 Tf (a) Tj ET Q BT (b) Tj ET", "a\n"},
		"names with escapes": {"BT /#46 10 Tf (a) Tj ET", "a\n"},
	} {
		if got := read(t, showing(c.content)); got[0] != c.want {
			t.Errorf("%s: got %q, want %q", what, got[0], c.want)
		}
	}
}

func TestCodesBecomeLettersByTheFontsTable(t *testing.T) {
	t.Parallel()
	table := "begincodespacerange <0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <1EE7> <0002> <00660069> endbfchar " +
		"2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<1ED9> <1EDB>] endbfrange"
	composite := "<< /Type /Font /Subtype /Type0 /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /W [1 [500 600] 16 18 700] /DW 800 >>] >>"
	got := read(t, written(catalog, onePage, page, streamOf("", "BT /F 10 Tf <0001000200100012 00200021 0099> Tj ET"), composite, deflated("", []byte(table))))
	if got[0] != "ủfiacộớ\n" {
		t.Errorf("composite font: %q", got[0])
	}
	differing := "<< /Type /Font /Subtype /TrueType /FirstChar 65 /Widths [600 600] /Encoding << /Differences [65 /uni1EA1 /dcroat /u1EDB] >> >>"
	got = read(t, written(catalog, onePage, page, streamOf("", "BT /F 10 Tf (ABC\xE1) Tj ET"), differing))
	if got[0] != "ạđớá\n" {
		t.Errorf("simple font: %q", got[0])
	}
}

func TestTheLastWrittenObjectCounts(t *testing.T) {
	t.Parallel()
	signed := append(showing("BT /F 10 Tf (truoc khi ky) Tj ET"), fmt.Appendf(nil, "4 0 obj\n%s\nendobj\ntrailer << /Root 1 0 R >>\n",
		streamOf("", "BT /F 10 Tf (da ky) Tj ET"))...)
	if got := read(t, signed); got[0] != "da ky\n" {
		t.Errorf("got %q", got[0])
	}
}

func TestObjectsInsideStreamsAreFound(t *testing.T) {
	t.Parallel()
	objects := []string{catalog, onePage, page, latin}
	var table, inside string
	for i, o := range objects {
		number := []int{1, 2, 3, 5}[i]
		table += fmt.Sprintf("%d %d ", number, len(inside))
		inside += o + " "
	}
	content := table + inside
	// Each row of 32 bytes is written as its difference to the one above (PNG, up).
	for len(content)%32 != 0 {
		content += " "
	}
	above := make([]byte, 32)
	var predicted []byte
	for row := range strings.SplitSeq(strings.Trim(strings.Join(chunks(content, 32), "\x00"), "\x00"), "\x00") {
		predicted = append(predicted, 2)
		for i := range row {
			predicted = append(predicted, row[i]-above[i])
		}
		above = []byte(row)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "%%PDF-1.7\n9 0 obj\n%s\nendobj\n", deflated(fmt.Sprintf("/Type /ObjStm /N 4 /First %d /DecodeParms << /Predictor 12 /Columns 32 >>", len(table)), predicted))
	fmt.Fprintf(&b, "4 0 obj\n%s\nendobj\n", deflated("", []byte("BT /F 10 Tf (a) Tj ET")))
	if got := read(t, b.Bytes()); got[0] != "a\n" {
		t.Errorf("got %q", got[0])
	}
}

func chunks(s string, n int) []string {
	var all []string
	for ; len(s) > 0; s = s[min(n, len(s)):] {
		all = append(all, s[:min(n, len(s))])
	}
	return all
}

func TestAFormOnAPageIsRead(t *testing.T) {
	t.Parallel()
	form := streamOf("/Subtype /Form /Resources << /Font << /G 5 0 R >> >>", "BT /G 10 Tf (con dau) Tj ET")
	got := read(t, written(catalog, onePage, page, streamOf("", "/X Do BT /F 10 Tf (a) Tj ET"), latin, form))
	if got[0] != "con dau\na\n" {
		t.Errorf("got %q", got[0])
	}
}

func TestAScanHasPagesWithoutText(t *testing.T) {
	t.Parallel()
	picture := streamOf("/Subtype /Image /Filter /DCTDecode /Width 1 /Height 1", "\xFF\xD8\xFF")
	got := read(t, written(catalog, "<< /Type /Pages /Kids [3 0 R 7 0 R] >>", page, streamOf("", "q 500 0 0 700 0 0 cm /X Do Q"), latin, picture, page))
	if len(got) != 2 || got[0] != "" || got[1] != "" {
		t.Errorf("got %q, want two empty pages", got)
	}
}

func TestWhatCannotBeReadSaysWhy(t *testing.T) {
	t.Parallel()
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for what, c := range map[string]struct {
		ctx     context.Context
		content []byte
		want    error
	}{
		"empty":     {t.Context(), nil, pdftext.ErrNoPDF},
		"a word":    {t.Context(), []byte("obj"), pdftext.ErrNoPDF},
		"no pages":  {t.Context(), written(catalog), pdftext.ErrNoPDF},
		"encrypted": {t.Context(), append(showing(""), "trailer << /Encrypt 9 0 R >>"...), pdftext.ErrEncrypted},
		"too long":  {t.Context(), make([]byte, pdftext.MaxSize+1), pdftext.ErrTooLarge},
		"ended":     {ended, showing(strings.Repeat("1 0 0 rg ", 2000)), context.Canceled},
	} {
		if _, err := pdftext.Read(c.ctx, c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", what, err, c.want)
		}
	}
}
