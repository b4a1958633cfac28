package workbook_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/internal/document/sheet"
	"danvan/internal/document/workbook"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// small keeps a fuzzer quick.
var small = workbook.Limits{File: 1 << 20, Opened: 1 << 20, Sheets: 5, Rows: 1000, Columns: 50, Cells: 10_000, Strings: 1000}

// readWhole reads an upload by every method and fails for whatever is neither
// content nor a refusal.
func readWhole(t *testing.T, content []byte) {
	t.Helper()
	refused := func(err error) bool {
		if err == nil {
			return false
		}
		_, invalid := errors.AsType[fault.Invalid](err)
		f, atCell := errors.AsType[workbook.Fault](err)
		if !invalid && (!atCell || f.Place() == "" && f.Sheet != "" || f.Message == "") {
			t.Fatalf("not a refusal: %v", err)
		}
		return true
	}
	b, err := workbook.Open(t.Context(), "a.xlsx", bytes.NewReader(content), small)
	if refused(err) {
		return
	}
	for _, name := range b.Sheets() {
		last := 0
		for row, err := range b.Rows(t.Context(), name) {
			if refused(err) {
				break
			}
			if row.No <= last || len(row.Cells) == 0 {
				t.Fatalf("row %d after %d has %d cells", row.No, last, len(row.Cells))
			}
			last = row.No
			for i, c := range row.Cells {
				if c.Blank() || c.Row != row.No || c.Column > small.Columns || i > 0 && c.Column <= row.Cells[i-1].Column {
					t.Fatalf("%+v in row %d", c, row.No)
				}
				readCell(t, c, refused)
			}
		}
	}
}

func readCell(t *testing.T, c workbook.Cell, refused func(error) bool) {
	t.Helper()
	text, err := c.Text()
	if !refused(err) && viet.Clean(text) != text {
		t.Fatalf("%s says %q", c.Address(), text)
	}
	for _, read := range []func() (string, error){c.Number, c.Percent} {
		if n, err := read(); !refused(err) && viet.FormatNumber(n) == n && strings.Trim(n, "0123456789") != "" && n[0] != '-' {
			t.Fatalf("%s is the number %q", c.Address(), n)
		}
	}
	if d, err := c.Day(); !refused(err) && d.IsZero() {
		t.Fatalf("%s is no day, and no fault", c.Address())
	}
	_, err = c.Whole()
	refused(err)
}

func FuzzAnyFileIsReadOrRefused(f *testing.F) {
	f.Add(with(`<row r="1"><c r="A1"><v>1</v></c></row>`).zip(f))
	f.Add([]byte("%PDF-1.7"))
	f.Fuzz(func(t *testing.T, content []byte) { readWhole(t, content) })
}

// FuzzAnyPartIsReadOrRefused reaches what bytes of an archive never do.
func FuzzAnyPartIsReadOrRefused(f *testing.F) {
	good := with(`<row r="1"><c r="A1"><v>1</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><t>x</t></is></c><c s="1"><v>44895</v></c><c t="str"><f>A1</f><v>x</v></c><c t="e"><v>#N/A</v></c></row>`)
	names := []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
	for i, name := range names {
		f.Add(uint8(i), good[name])
	}
	f.Add(uint8(2), `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-42A]dd\/mm\/yyyy;@"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, which uint8, content string) {
		readWhole(t, good.but(names[int(which)%len(names)], content).zip(t))
	})
}

// TestWhatIsWrittenIsReadBack writes any table and reads it again.
func TestWhatIsWrittenIsReadBack(t *testing.T) {
	t.Parallel()
	kinds := []sheet.Kind{sheet.Text, sheet.Number, sheet.Percent, sheet.Date}
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.SliceOfN(rapid.SampledFrom(kinds), 1, 8).Draw(t, "kinds")
		table := sheet.Table{Sheet: "Số liệu", Title: rapid.String().Draw(t, "title")}
		for range columns {
			table.Columns = append(table.Columns, sheet.Column{Title: "Cột", Group: rapid.SampledFrom([]string{"", "Nhóm"}).Draw(t, "group")})
		}
		for i, k := range columns {
			table.Columns[i].Kind = k
		}
		var want [][]string
		for range rapid.IntRange(0, 20).Draw(t, "rows") {
			var values []sheet.Value
			var texts []string
			for _, k := range columns {
				v, text := drawn(t, k)
				values, texts = append(values, v), append(texts, text)
			}
			table.Rows, want = append(table.Rows, values), append(want, texts)
		}
		file, err := table.File(sheet.XLSX)
		if err != nil {
			t.Fatal(err)
		}
		b, err := workbook.Open(t.Context(), file.Name, file.Reader(), workbook.Usual)
		if err != nil {
			t.Fatal(err)
		}
		top := 3
		for _, c := range table.Columns {
			if c.Group != "" {
				top = 4
			}
		}
		got := make([][]string, len(want))
		for i := range got {
			got[i] = make([]string, len(columns))
		}
		for row, err := range b.Rows(t.Context(), "Số liệu") {
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range row.Cells {
				if row.No > top {
					got[row.No-top-1][c.Column-1] = read(t, c, columns[c.Column-1])
				}
			}
		}
		if diff := cmp.Diff(want, got); diff != "" && len(want) > 0 {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

// drawn is any value of a column and how it is read back.
func drawn(t *rapid.T, k sheet.Kind) (sheet.Value, string) {
	switch k {
	case sheet.Number, sheet.Percent:
		text := rapid.OneOf(rapid.Just(""), rapid.StringMatching(`-?[1-9][0-9]{0,8}(\.[0-9]{0,4}[1-9])?`), rapid.Just("0")).Draw(t, "number")
		if k == sheet.Percent {
			return sheet.Hundredths(text), text
		}
		return sheet.Figure(text), text
	case sheet.Date:
		day := viet.NewDate(1900, 3, 1).AddDays(rapid.IntRange(-1, 100_000).Draw(t, "day"))
		if day.Year() == 1900 && day.Month() < 3 { // none
			return sheet.Day(viet.Date{}), ""
		}
		return sheet.Day(day), day.String()
	}
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"=1+1", "_x0041_", "_x005F_", "_x005F_x0041_", "2.10", " a\r\nb\tc ", "<b>&amp;", "đ\u200bă", "30/11/2022", "\x00\x1f\ufffe"})).Draw(t, "text")
	return sheet.Words(text), viet.Clean(text)
}

func read(t *rapid.T, c workbook.Cell, k sheet.Kind) string {
	var text string
	var err error
	switch k {
	case sheet.Number:
		text, err = c.Number()
	case sheet.Percent:
		text, err = c.Percent()
	case sheet.Date:
		day, problem := c.Day()
		text, err = day.String(), problem
	default:
		text, err = c.Text()
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}
