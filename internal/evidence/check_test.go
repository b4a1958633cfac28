package evidence_test

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"danvan/internal/evidence"
	"danvan/internal/fault"
)

// sentence returns what the sender reads about a refused file.
func sentence(t testing.TB, err error) string {
	t.Helper()
	invalid, ok := errors.AsType[fault.Invalid](err)
	if !ok {
		t.Fatalf("got %v, want a refusal", err)
	}
	return invalid[evidence.Field]
}

func check(name string, content []byte) (evidence.Type, error) {
	return evidence.Check(name, bytes.NewReader(content), int64(len(content)))
}

func TestAFileOfEachAcceptedTypeIsRecognised(t *testing.T) {
	t.Parallel()
	contents := map[evidence.Type][]byte{
		evidence.PDF: []byte(pdf), evidence.DOCX: docx(t), evidence.XLSX: xlsx(t),
		evidence.JPEG: jpegFile(t), evidence.PNG: pngFile(t),
	}
	names := map[evidence.Type][]string{
		evidence.PDF: {"a.pdf", "A.PDF"}, evidence.DOCX: {"a.docx"}, evidence.XLSX: {"a.xlsx"},
		evidence.JPEG: {"a.jpg", "a.jpeg", "a.JPG"}, evidence.PNG: {"a.png"},
	}
	for _, want := range evidence.Types {
		for _, name := range names[want] {
			got, err := check(name, contents[want])
			if err != nil || got != want {
				t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
			}
		}
		if want.Word() == "" {
			t.Errorf("%s has no word", want)
		}
	}
}

func TestAWordFileIsRecognisedHoweverItsPartsAreOrdered(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("0123456789abcdef", 1<<10)
	content := zipped(t, entry{"docProps/thumbnail.emf", long}, entry{"customXml/item1.xml", long},
		entry{"word/document.xml", "<w/>"}, contentTypes(wordMain))
	if got, err := check("a.docx", content); err != nil || got != evidence.DOCX {
		t.Errorf("got %q, %v, want %q", got, err, evidence.DOCX)
	}
}

func TestNameAndContentMustAgree(t *testing.T) {
	t.Parallel()
	executable := append([]byte("MZ\x90\x00"), bytes.Repeat([]byte{0}, 200)...)
	for _, c := range []struct {
		name    string
		content []byte
		want    string
	}{
		{"a.pdf", executable, "nội dung không phải PDF"},
		{"a.png", []byte("<html><script>alert(1)</script></html>"), "nội dung không phải ảnh PNG"},
		{"a.jpg", pngFile(t), "là ảnh PNG; đổi đuôi tệp thành .png"},
		{"a.docx", xlsx(t), "là Excel (.xlsx); đổi đuôi tệp thành .xlsx"},
		{"a.pdf", docx(t), "là Word (.docx)"},
		{"a.docx", zipped(t, entry{"x.txt", "x"}), "nội dung không phải Word"},
		{"a.docx", zipped(t, entry{"word/document.xml", "x"}), "nội dung không phải Word"},
		{"a.docx", zipped(t, entry{"META-INF/MANIFEST.MF", "x"}, contentTypes(wordMain)), "nội dung không phải Word"},
		{"a.docx", docx(t)[:100], "bị hỏng"},
		{"a.docx", zipped(t, contentTypes(wordMain), contentTypes(excelMain)), "bị hỏng"},
		{"a.docx", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)), "định dạng cũ hoặc có mật khẩu"},
		{"a.doc", docx(t), "định dạng cũ"},
		{"a.exe", executable, "không thuộc loại nhận được"},
		{"a.pdf.exe", []byte(pdf), "không thuộc loại nhận được"},
		{"a.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"), "không thuộc loại nhận được"},
		{"a.html", []byte("<html>"), "không thuộc loại nhận được"},
		{"pdf", []byte(pdf), "không thuộc loại nhận được"},
		{"a.pdf", nil, "trống"},
	} {
		_, err := check(c.name, c.content)
		if got := sentence(t, err); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want it to say %q", c.name, got, c.want)
		}
	}
}

func TestMacrosAreRefusedWhereverTheyHide(t *testing.T) {
	t.Parallel()
	word := entry{"word/document.xml", "<w/>"}
	override := func(contentType string) string {
		return `<Override PartName="/word/x.bin" ContentType="` + contentType + `"/>`
	}
	for name, content := range map[string][]byte{
		"a.docm": docx(t),
		"b.xlsm": xlsx(t),
		"c.docx": zipped(t, contentTypes(wordMain), word, entry{"word/vbaProject.bin", "x"}),
		"d.docx": zipped(t, contentTypes(wordMain), word, entry{`word\VBAPROJECT.BIN`, "x"}),
		"e.docx": zipped(t, contentTypes("application/vnd.ms-word.document.macroEnabled.main+xml"), word),
		"f.docx": zipped(t, contentTypes(wordMain, override("application/vnd.ms-office.vbaProject")), word, entry{"word/x.bin", "x"}),
		"g.docx": zipped(t, contentTypes(wordMain, override("application/vnd.ms-office.vba&#80;roject")), word),
		"h.xlsx": zipped(t, contentTypes(excelMain, override("application/vnd.ms-excel.macrosheet+xml")), entry{"xl/workbook.xml", "x"}),
		"i.xlsx": zipped(t, contentTypes("application/vnd.ms-excel.sheet.binary.macroEnabled.main"), entry{"xl/workbook.bin", "x"}),
	} {
		_, err := check(name, content)
		if got := sentence(t, err); !strings.Contains(got, "macro") {
			t.Errorf("%s: got %q, want it to speak of macros", name, got)
		}
	}
}

// Not parallel: it measures memory.
func TestHostileArchivesCostLittleTimeAndMemory(t *testing.T) {
	word := entry{"word/document.xml", "<w/>"}
	many := make([]entry, 0, 40_000)
	for i := range 40_000 {
		many = append(many, entry{fmt.Sprintf("word/%d.xml", i), ""})
	}
	for name, content := range map[string][]byte{
		"a document of 1.5 GB":           boast(t, "word/document.xml", 1536<<20, contentTypes(wordMain), word),
		"a list of types of 8 MB":        bomb(t, "[Content_Types].xml", 8<<20, word),
		"a list of contents without end": zipped(t, append(many, contentTypes(wordMain))...),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		began := time.Now()
		_, err := check("a.docx", content)
		took := time.Since(began)
		runtime.ReadMemStats(&after)
		if got := sentence(t, err); !strings.Contains(got, "bị hỏng hoặc có cấu tạo khác thường") {
			t.Errorf("%s: got %q", name, got)
		}
		if got := after.TotalAlloc - before.TotalAlloc; got > 32<<20 {
			t.Errorf("%s took %d MB of memory", name, got>>20)
		}
		// A thousand times what is needed: only inflating it all would take so long.
		if took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func FuzzCheckNeverFailsOtherwiseThanByRefusing(f *testing.F) {
	for _, content := range [][]byte{[]byte(pdf), docx(f), xlsx(f), pngFile(f), jpegFile(f)} {
		for _, name := range []string{"a.pdf", "a.docx", "a.xlsx", "a.jpg", "a.png"} {
			f.Add(name, content)
		}
	}
	f.Fuzz(func(t *testing.T, name string, content []byte) {
		got, err := check(name, content)
		if err == nil && got.Word() == "" {
			t.Errorf("accepted as %q", got)
		}
		if err != nil && sentence(t, err) == "" {
			t.Error("refused without a sentence")
		}
	})
}
