package word_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode"

	"danvan/internal/document/word"
)

var update = flag.Bool("update-golden", false, "write testdata anew")

func TestTheSameCallsGiveTheSameBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(specimen(t), specimen(t)) {
		t.Error("two writings differ")
	}
	z, err := zip.NewReader(bytes.NewReader(specimen(t)), int64(len(specimen(t))))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if got := f.Modified.UTC().Format("2006-01-02"); got != "1980-01-01" {
			t.Errorf("%s is of %s", f.Name, got)
		}
	}
	if first := z.File[0].Name; first != "[Content_Types].xml" {
		t.Errorf("the file begins with %s", first)
	}
}

func TestThePaperIsAsItWas(t *testing.T) {
	t.Parallel()
	golden(t, "specimen.xml", parts(t, specimen(t))["word/document.xml"])
	golden(t, "letter.xml", parts(t, letter(t))["word/document.xml"])
}

// golden compares a document, a paragraph or row on each line, with testdata.
func golden(t *testing.T, name, document string) {
	t.Helper()
	got := strings.NewReplacer("</w:p>", "</w:p>\n", "</w:tr>", "</w:tr>\n", "<w:tbl>", "\n<w:tbl>").Replace(document)
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	for i := range is {
		if i >= len(was) || is[i] != was[i] {
			t.Fatalf("%s differs in line %d:\n%s", name, i+1, is[i])
		}
	}
	if len(is) != len(was) {
		t.Errorf("%s has %d lines, want %d", name, len(is), len(was))
	}
}

func TestWhereThingsComeFromTravelsInside(t *testing.T) {
	t.Parallel()
	got := parts(t, specimen(t))["customXml/item1.xml"]
	if want := `<origin place="T4.01" unit="snnptnt" filed="report/2022/nam" version="2" sha256="ab12"/>`; !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if strings.Contains(parts(t, specimen(t))["word/document.xml"], "ab12") {
		t.Error("it is printed")
	}
}

func TestAnnexesNotWrittenAreAnError(t *testing.T) {
	t.Parallel()
	w := word.New(io.Discard, word.Properties{Annexes: 1})
	if err := w.Close(); err == nil {
		t.Error("one annex was announced, none written, and nobody says so")
	}
}

type full struct{ left int }

var errFull = errors.New("disk full")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestAFullDiskIsSaid(t *testing.T) {
	t.Parallel()
	for _, room := range []int{0, 100, 3000, 6000} {
		w := word.New(&full{left: room}, word.Properties{})
		for i := range 20_000 {
			w.Paragraph(fmt.Sprint("Đoạn ", i, strings.Repeat(" chữ", i%17)))
		}
		if err := w.Close(); !errors.Is(err, errFull) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}

// FuzzText puts any text into every place that takes text: the file stays one that
// can be read, and says what was put in.
func FuzzText(f *testing.F) {
	for _, text := range []string{"Sở Tư pháp", "", "a\x00b\x1f\x7f\u0085c", `</w:t><w:t>&amp;"'<![CDATA[`, "\xff\xfe", "\ufffe\uffff\ufdd0", strings.Repeat("dài", 3000),
		strings.Repeat("a b ", 400), "một\r\nhai\n\n\nba\tbốn", "\u202eđảo", "]]>", "\xe1\xbb0", "%s%d%!", "🌾 lúa", strings.Repeat("́", 500)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b bytes.Buffer
		w := word.New(&b, word.Properties{Title: text, Author: text, Contact: text, Annexes: 1})
		w.Letterhead(word.Letterhead{Parent: text, Issuer: []string{text, text}, Number: text, About: text, Place: text, Date: text, Urgency: text, Circulation: text, Name: text, Draft: true})
		w.Title(text, text)
		w.To(text)
		w.To(text, text)
		w.Basis(text)
		w.Chapter(text, text)
		w.Section(text)
		w.Clause(text)
		w.Item(text)
		w.Point(text)
		w.Led(text, text)
		w.Paragraph("[" + text + "]")
		w.Signature(word.Signature{Recipients: []string{text}, Typist: text, Capacity: []string{text}, Signer: text})
		w.Annex(text, true)
		w.Table([]word.Column{{Title: text, Share: -1}, {Title: text}}, slices.Values([]word.Row{{Cells: []string{text, text, text}}, {Heading: text}, {Cells: []string{text}}}))
		w.Origin(word.Origin{Place: text, Unit: text, Filed: text, SHA256: text})
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		for name, part := range parts(t, b.Bytes()) {
			if _, err := said(part); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		got, _ := said(parts(t, b.Bytes())["word/document.xml"]) // just read
		if want := letters("[" + text); !strings.Contains(letters(got), want) {
			t.Errorf("%q is not in it", text)
		}
	})
}

// said is the text of an XML part, which must be well formed.
func said(part string) (string, error) {
	var b strings.Builder
	for d := xml.NewDecoder(strings.NewReader(part)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return "", err
		}
		if text, is := token.(xml.CharData); is {
			b.Write(text)
		}
	}
}

// letters leaves what a printed text must keep.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Noncharacter_Code_Point, r) || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, string([]rune(text))) // one U+FFFD for each byte that cannot be read
}

// TestOfficeProgramsOpenIt renders the specimen where LibreOffice is installed.
func TestOfficeProgramsOpenIt(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "specimen.docx")
	if err := os.WriteFile(path, specimen(t), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "txt:Text", "--outdir", dir, path)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "specimen.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "đ) Tổ chức 12 hội nghị", "tổng hợp./.", "Phụ lục II", "1.234"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

// BenchmarkProvince writes a report with annexes of 102 units: a row for each
// figure of each unit. The bars are 2 seconds and 64 MB.
func BenchmarkProvince(b *testing.B) {
	for b.Loop() {
		var size counted
		var highest uint64
		w := word.New(&size, word.Properties{Title: "Báo cáo", Annexes: 102})
		w.Letterhead(word.Letterhead{Parent: "UBND tỉnh Hậu Giang", Issuer: []string{"Sở Nội vụ"}, Number: "05/BC-SNV", Place: "Hậu Giang", Date: "ngày 05 tháng 12 năm 2022"})
		w.Title("Báo cáo", "Kết quả thực hiện công tác dân vận chính quyền năm 2022")
		for range 300 {
			w.Paragraph(strings.Repeat("Các cơ quan, đơn vị đã tổ chức thực hiện nghiêm túc nhiệm vụ được giao. ", 12))
		}
		w.Signature(word.Signature{Recipients: []string{"Lưu: VT"}, Capacity: []string{"Giám đốc"}, Signer: "Mai Phước Lộc"})
		columns := []word.Column{{Title: "TT", Share: 1}, {Title: "Chỉ tiêu", Share: 8}, {Title: "Đơn vị tính", Share: 2}, {Title: "Năm 2022", Share: 2}, {Title: "Năm 2021", Share: 2}, {Title: "Tăng, giảm", Share: 2}}
		for unit := range 102 {
			w.Annex(fmt.Sprint("Số liệu của đơn vị ", unit), true)
			w.Table(columns, func(yield func(word.Row) bool) {
				for i := range 130 {
					if !yield(word.Row{Cells: []string{fmt.Sprintf("T%d.%02d", i%8, i), "Số cuộc đối thoại trực tiếp giữa người đứng đầu cơ quan với Nhân dân", "cuộc", "1.234", "1.100", "+12,2%"}}) {
						return
					}
				}
			})
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			highest = max(highest, m.HeapInuse)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(highest)/(1<<20), "MB-heap")
		b.ReportMetric(float64(size)/(1<<20), "MB-file")
	}
}

type counted int

func (c *counted) Write(p []byte) (int, error) {
	*c += counted(len(p))
	return len(p), nil
}
