package workbook_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"danvan/internal/document/workbook"
)

// consume reads all there is to read of an upload.
func consume(ctx context.Context, name string, content io.Reader) (cells int, err error) {
	b, err := workbook.Open(ctx, name, content, workbook.Usual)
	if err != nil {
		return 0, err
	}
	for _, s := range b.Sheets() {
		for row, err := range b.Rows(ctx, s) {
			if err != nil {
				return cells, err
			}
			cells += len(row.Cells)
		}
	}
	return cells, nil
}

const (
	damagedFile = "Tệp bị hỏng hoặc có cấu tạo khác thường, không đọc được; mở bằng Excel, lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại"
	heavyFile   = "Tệp chứa quá nhiều dữ liệu so với một biểu nhập; giữ lại đúng biểu cần nộp, xóa trang tính và phần thừa rồi chọn lại"
	macroFile   = "Tệp có macro nên không nhận được; lưu lại dạng Excel Workbook (.xlsx) rồi chọn lại"
)

// macrosByEnding says that what ends in .bin is a project of macros.
var macrosByEnding = strings.Replace(types(excelMain), "<Override", `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override`, 1)

// A workbook whose macros were taken out, the type of their part left behind, has
// none: telling its owner to save it without macros would lead nowhere.
func TestATypeOfMacrosWithoutAPartIsNoMacro(t *testing.T) {
	t.Parallel()
	good := with(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	for what, contents := range map[string]string{"of an ending": macrosByEnding, "of a part": types(excelMain, "application/vnd.ms-office.vbaProject"),
		"of a sheet": types(excelMain, "application/vnd.ms-excel.macrosheet+xml")} {
		b, err := workbook.Open(t.Context(), "a.xlsx", bytes.NewReader(good.but("[Content_Types].xml", contents).zip(t)), workbook.Usual)
		if err != nil || len(b.Sheets()) != 1 {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestWhatIsNoWorkbookIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	good := with(`<row r="1"><c r="A1"><v>1</v></c></row>`)
	utf16 := func(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	locked := good.zip(t)
	r, err := zip.NewReader(bytes.NewReader(locked), int64(len(locked)))
	if err != nil || len(r.File) == 0 {
		t.Fatal(err)
	}
	locked = bytes.ReplaceAll(locked, []byte("PK\x01\x02\x14\x00\x14\x00\x08\x00"), []byte("PK\x01\x02\x14\x00\x14\x00\x09\x00"))
	twice := bytes.ReplaceAll(good.but("xl/styles.xmm", "").zip(t), []byte("styles.xmm"), []byte("styles.xml"))
	for _, c := range []struct {
		what, name string
		content    []byte
		want       string
	}{
		{"no name", "", good.zip(t), "Chọn tệp Excel có đuôi .xlsx"},
		{"macros by name", "a.XLSM", good.zip(t), macroFile},
		{"old by name", "a.xls", good.zip(t), "định dạng Excel cũ (.xls)"},
		{"binary by name", "a.xlsb", good.zip(t), "nhị phân (.xlsb)"},
		{"CSV", "a.csv", []byte("a,b"), "lưu lại dạng Excel Workbook (.xlsx)"},
		{"empty", "a.xlsx", nil, "Tệp trống; chọn tệp khác"},
		{"text", "a.xlsx", []byte("a;b\r\n1;2"), "nội dung không phải Excel"},
		{"page", "a.xlsx", []byte("<html><table><tr><td>1"), "nội dung không phải Excel"},
		{"PDF", "a.xlsx", []byte("%PDF-1.7"), "nội dung là PDF; chọn tệp Excel (.xlsx)"},
		{"old", "a.xlsx", []byte(ole + utf16("Workbook")), "định dạng Excel cũ (.xls)"},
		{"password", "a.xlsx", []byte(ole + utf16("EncryptedPackage")), "Tệp có mật khẩu"},
		{"locked archive", "a.xlsx", locked, "Tệp có mật khẩu"},
		{"no archive", "a.xlsx", []byte("PK\x03\x04"), damagedFile},
		{"cut short", "a.xlsx", good.zip(t)[:700], damagedFile},
		{"archive", "a.xlsx", crafted{"a.txt": "x"}.zip(t), "nội dung là tệp nén"},
		{"open document", "a.xlsx", crafted{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}.zip(t), "nội dung là OpenDocument"},
		{"Word", "a.xlsx", good.but("[Content_Types].xml", types("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")).zip(t), "nội dung là Word"},
		{"binary", "a.xlsx", good.but("[Content_Types].xml", types("application/vnd.ms-excel.sheet.binary.main")).zip(t), "nhị phân (.xlsb)"},
		{"nothing of Excel", "a.xlsx", good.but("[Content_Types].xml", types("application/xml")).zip(t), "nội dung là tệp nén"},
		{"macros by type", "a.xlsx", good.but("[Content_Types].xml", types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")).zip(t), macroFile},
		{"macros by part's type", "a.xlsx", good.but("xl/x", "x").but("[Content_Types].xml", types(excelMain, "application/vnd.ms-office.vbaProject")).zip(t), macroFile},
		{"macros by the type of an ending", "a.xlsx", good.but("xl/du-an.BIN", "x").but("[Content_Types].xml", macrosByEnding).zip(t), macroFile},
		{"macros by part", "a.xlsx", good.but("xl/vbaProject.bin", "x").zip(t), macroFile},
		{"macro sheet", "a.xlsx", good.but("xl/x", "x").but("[Content_Types].xml", types(excelMain, "application/vnd.ms-excel.macrosheet+xml")).zip(t), macroFile},
		{"two main parts", "a.xlsx", good.but("[Content_Types].xml", types(excelMain, excelMain)).zip(t), damagedFile},
		{"a part twice", "a.xlsx", twice, damagedFile},
		{"no sheets", "a.xlsx", good.but("xl/workbook.xml", "<workbook/>").zip(t), damagedFile},
		{"sheet without part", "a.xlsx", good.but("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../etc/passwd"/></Relationships>`).zip(t), damagedFile},
		{"sheet elsewhere", "a.xlsx", good.but("xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="x/worksheet" TargetMode="External" Target="http://example.com/"/></Relationships>`).zip(t), damagedFile},
		{"no XML", "a.xlsx", good.but("xl/worksheets/sheet1.xml", "\x00\x01").zip(t), damagedFile},
		{"half a sheet", "a.xlsx", good.but("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r='1'>").zip(t), damagedFile},
		{"UTF-16", "a.xlsx", good.but("xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData/></worksheet>`).zip(t), damagedFile},
		{"entities", "a.xlsx", good.but("xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>`).zip(t), damagedFile},
		{"comment", "a.xlsx", good.but("xl/worksheets/sheet1.xml", `<worksheet><sheetData><!-- x --></sheetData></worksheet>`).zip(t), damagedFile},
		{"raw section", "a.xlsx", with(`<row><c t="str"><v><![CDATA[x]]></v></c></row>`).zip(t), damagedFile},
		{"instruction", "a.xlsx", with(`<?x x?>`).zip(t), damagedFile},
		{"rows backwards", "a.xlsx", with(`<row r="2"/><row r="1"/>`).zip(t), damagedFile},
		{"row beyond Excel", "a.xlsx", with(`<row r="1048577"/>`).zip(t), damagedFile},
		{"row without number", "a.xlsx", with(`<row r="x"/>`).zip(t), damagedFile},
		{"cells backwards", "a.xlsx", with(`<row r="1"><c r="B1"/><c r="A1"/></row>`).zip(t), damagedFile},
		{"cell of another row", "a.xlsx", with(`<row r="1"><c r="B2"/></row>`).zip(t), damagedFile},
		{"cell beyond Excel", "a.xlsx", with(`<row r="1"><c r="XFE1"><v>1</v></c></row>`).zip(t), damagedFile},
		{"cell outside rows", "a.xlsx", with(`<c><v>1</v></c>`).zip(t), damagedFile},
		{"text that is not there", "a.xlsx", with(`<row><c t="s"><v>2</v></c></row>`).zip(t), damagedFile},
		{"text before the first", "a.xlsx", with(`<row><c t="s"><v>-1</v></c></row>`).zip(t), damagedFile},
		{"no number", "a.xlsx", with(`<row><c><v>một</v></c></row>`).zip(t), damagedFile},
		{"no end of a number", "a.xlsx", with(`<row><c><v>1e999</v></c></row>`).zip(t), damagedFile},
		{"hexadecimal", "a.xlsx", with(`<row><c><v>0x10</v></c></row>`).zip(t), damagedFile},
		{"not a number", "a.xlsx", with(`<row><c><v>NaN</v></c></row>`).zip(t), damagedFile},
		{"unknown kind", "a.xlsx", with(`<row><c t="z"><v>1</v></c></row>`).zip(t), damagedFile},
		{"far column", "a.xlsx", with(`<row r="3"><c r="XFD3"><v>1</v></c></row>`).zip(t), "S!XFD3: Ô nằm ngoài biểu: chỉ đọc 200 cột đầu"},
		{"long text", "a.xlsx", with(`<row><c t="inlineStr"><is><t>` + strings.Repeat("ă", 70_000) + `</t></is></c></row>`).zip(t), damagedFile},
	} {
		_, err := consume(t.Context(), c.name, bytes.NewReader(c.content))
		if err == nil {
			t.Errorf("%s: read", c.what)
			continue
		}
		if got := sentence(t, err); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

func TestAWorkbookOfAnotherProgramIsRead(t *testing.T) {
	t.Parallel()
	c := with(`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c s="1"><v>44895.5</v></c><c t="d"><v>2022-11-30T00:00:00</v></c><c s="9"><v> 1 </v></c><c t="str"><f>A1</f><v>x</v></c></row>` +
		`<row r="1048576"><c r="GR1048576" t="inlineStr"><is><t>cuối</t></is></c></row>`)
	// Prefixes, strokes, capitals and the years of old Macintoshes.
	c["xl/worksheets/sheet1.xml"] = "\ufeff<?xml version='1.0' encoding='utf-8'?>" + strings.NewReplacer("</", "</x:", "<", "<x:").Replace(strings.Replace(c["xl/worksheets/sheet1.xml"], "xmlns=", "xmlns:x=", 1))
	c[`XL\Worksheets\Sheet1.xml`] = c["xl/worksheets/sheet1.xml"]
	delete(c, "xl/worksheets/sheet1.xml")
	c["xl/workbook.xml"] = strings.Replace(c["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="true"/><sheets>`, 1)
	all := rows(t, open(t, c.zip(t)), "S")
	if len(all) != 2 || all[1].No != 1048576 {
		t.Fatalf("rows %+v", all)
	}
	var got []string
	for _, cell := range append(all[0].Cells, all[1].Cells...) {
		text, err := cell.Text()
		if err != nil {
			text = err.Error()
		}
		got = append(got, text)
	}
	want := []string{"một", "hai _x000D_", "S!C1: Ô là giá trị đúng/sai (TRUE, FALSE); ghi lại bằng chữ hoặc số", "S!D1: Ô báo lỗi #N/A; sửa lỗi hoặc xóa nội dung ô",
		"01/12/2026", "30/11/2022", "1", "S!H1: Ô chứa công thức; chép ô rồi dán lại dạng giá trị (Paste Special → Values)", "cuối"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// cost is what reading took.
type cost struct {
	time time.Duration
	peak uint64 // bytes of the heap, above what was there before, garbage too
}

// measure runs f alone: the tests that call it are not parallel.
func measure(f func()) cost {
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // garbage counts: no more than Go lets grow by itself
	runtime.GC()
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	heap := func() uint64 {
		metrics.Read(sample)
		return sample[0].Value.Uint64()
	}
	before, peak := heap(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(500 * time.Microsecond)
		defer tick.Stop()
		for {
			peak = max(peak, heap())
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	}()
	began := time.Now()
	f()
	took := time.Since(began)
	close(stop)
	<-stopped
	return cost{took, peak - min(peak, before)}
}

// What any upload may cost, whatever it is: far above what is measured, far below
// what the files would take when opened as they ask for. Machines that run tests
// are busy, so time is bounded by a deadline nobody meets by chance.
const (
	mostTime   = time.Minute
	mostMemory = 96 << 20
)

// TestHostileFilesCostLittle is not parallel, so that nothing else allocates.
func TestHostileFilesCostLittle(t *testing.T) {
	good := with("")
	const sheet1, head, tail = "xl/worksheets/sheet1.xml", `<worksheet><sheetData>`, `</sheetData></worksheet>`
	same := func(s string) func(int) string { return func(int) string { return s } }
	megabyte := strings.Repeat("a", 1<<20)
	for _, c := range []struct {
		what    string
		content []byte
		want    string // "" is read
	}{
		{"a million rows", swollen(t, good, sheet1, head, 1<<20, same(`<row><c><v>1</v></c></row>`), tail),
			"S: Trang tính có quá 20.000 dòng"},
		{"a million empty rows", swollen(t, good, sheet1, head, 1<<20, same(`<row/>`), tail), "quá 20.000 dòng"},
		{"thousands of cells in the last column", swollen(t, good, sheet1, head, 19_000, func(n int) string { return fmt.Sprintf(`<row r="%d"><c r="XFD%d"><v>1</v></c></row>`, n, n) }, tail),
			"S!XFD1: Ô nằm ngoài biểu"},
		{"a row of every column, again and again", swollen(t, good, sheet1, head, 1000, same(`<row>`+strings.Repeat(`<c/>`, 1000)+`</row>`), tail), heavyFile},
		{"as many cells as may be", swollen(t, good, sheet1, head, 2500, same(`<row>`+strings.Repeat(`<c><v>1</v></c>`, 200)+`</row>`), tail), ""},
		{"as many texts as may be", swollen(t, good, "xl/sharedStrings.xml", `<sst>`, 200_000, func(n int) string {
			return fmt.Sprintf(`<si><t>Hoạt động số %d, thực hiện theo kế hoạch năm</t></si>`, n)
		}, `</sst>`), ""},
		{"millions of texts", swollen(t, good, "xl/sharedStrings.xml", `<sst>`, 5<<20, same(`<si/>`), `</sst>`), heavyFile},
		{"a hundred megabytes of zeros in a sheet", swollen(t, good, sheet1, head+`<row><c><v>`, 100, same(strings.Repeat("0", 1<<20)), `</v></c></row>`+tail), damagedFile},
		{"a hundred megabytes in one text", swollen(t, good, "xl/sharedStrings.xml", `<sst><si><t>`, 100, same(megabyte), `</t></si></sst>`), damagedFile},
		{"a hundred megabytes in one tag", swollen(t, good, sheet1, `<worksheet a="`, 100, same(megabyte), `"/>`), damagedFile},
		{"a hundred megabytes of small runs in one text", swollen(t, good, "xl/sharedStrings.xml", `<sst><si>`, 7<<20, same(`<r><t>aaaa</t></r>`), `</si></sst>`), damagedFile},
		{"a hundred megabytes of blanks between", swollen(t, good, sheet1, `<worksheet>`, 100, same(strings.Repeat(" ", 1<<20)), `</worksheet>`), damagedFile},
		{"endless depth", swollen(t, good, sheet1, `<worksheet>`, 12<<20, same(`<a>`), ``), heavyFile},
		{"endless attributes", swollen(t, good, sheet1, `<worksheet `, 8<<20, same(`a="" `), `/>`), damagedFile},
		{"endless styles", swollen(t, good, "xl/styles.xml", `<styleSheet><cellXfs>`, 5<<20, same(`<xf/>`), `</cellXfs></styleSheet>`), damagedFile},
		{"endless formats", swollen(t, good, "xl/styles.xml", `<styleSheet>`, 1<<20, func(n int) string { return fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="0"/>`, n) }, `</styleSheet>`), damagedFile},
		{"endless sheets", swollen(t, good, "xl/workbook.xml", `<workbook><sheets>`, 1<<20, func(n int) string { return fmt.Sprintf(`<sheet name="S%d" r:id="rId1"/>`, n) }, `</sheets></workbook>`), "quá 50 trang tính"},
		{"endless links", swollen(t, good, "xl/_rels/workbook.xml.rels", `<Relationships>`, 1<<20, func(n int) string { return fmt.Sprintf(`<Relationship Id="r%d" Type="x" Target="y"/>`, n) }, `</Relationships>`), damagedFile},
		{"endless types", swollen(t, good, "[Content_Types].xml", `<Types>`, 1<<20, same(`<Default Extension="x" ContentType="y"/>`), `</Types>`), damagedFile},
		{"tens of thousands of parts", manyParts(t, 40_000), damagedFile},
		{"a file larger than it may be", bytes.Repeat([]byte("PK\x03\x04"), 2<<20), "Tệp lớn hơn 5 MB"},
	} {
		ctx, cancel := context.WithTimeout(t.Context(), mostTime)
		var err error
		spent := measure(func() { _, err = consume(ctx, "a.xlsx", bytes.NewReader(c.content)) })
		cancel()
		t.Logf("%-45s %8d bytes: %8s, %4d MB", c.what, len(c.content), spent.time.Round(time.Millisecond), spent.peak>>20)
		if spent.peak > mostMemory {
			t.Errorf("%s: took %d MB", c.what, spent.peak>>20)
		}
		if c.want == "" {
			if err != nil {
				t.Errorf("%s: %v", c.what, err)
			}
			continue
		}
		if got := sentence(t, err); !strings.Contains(got, c.want) {
			t.Errorf("%s: got %q, want %q", c.what, got, c.want)
		}
	}
}

// manyParts is an archive with a long list of contents.
func manyParts(t testing.TB, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	with("").write(t, w, "")
	for i := range n {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestReadingEndsWithItsTime(t *testing.T) {
	t.Parallel()
	content := swollen(t, with(""), "xl/worksheets/sheet1.xml", `<worksheet><sheetData>`, 19_000, func(int) string { return `<row><c><v>1</v></c></row>` }, `</sheetData></worksheet>`)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	b, err := workbook.Open(ctx, "a.xlsx", bytes.NewReader(content), workbook.Usual)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err = range b.Rows(ctx, "S") {
		if err != nil {
			break
		}
		if n++; n == 100 {
			cancel()
		}
	}
	if !errors.Is(err, context.Canceled) || n >= 19_000 {
		t.Errorf("after %d rows: %v", n, err)
	}
	if _, err := workbook.Open(ctx, "a.xlsx", bytes.NewReader(content), workbook.Usual); !errors.Is(err, context.Canceled) {
		t.Errorf("a book was opened after its time: %v", err)
	}
}
