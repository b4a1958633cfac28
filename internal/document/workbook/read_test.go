package workbook_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"danvan/internal/document/sheet"
	"danvan/internal/document/workbook"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// open opens a file that has to be readable.
func open(t testing.TB, content []byte) *workbook.Book {
	t.Helper()
	b, err := workbook.Open(t.Context(), "so-lieu.xlsx", bytes.NewReader(content), workbook.Usual)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// list is a table of the portal's.
func list(name string, rows int) sheet.Table {
	t := sheet.Table{Sheet: name, Title: "Hoạt động năm 2022", Columns: []sheet.Column{{Title: "Mã"}, {Title: "Hoạt động"},
		{Title: "Hạn", Kind: sheet.Date}, {Title: "Đạt", Kind: sheet.Percent}, {Title: "Số đạt", Kind: sheet.Number}, {Title: "Đơn vị tính"}}}
	for i := range rows {
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(fmt.Sprintf("%d.%d", i%7, i%30)), sheet.Words("Đối thoại trực tiếp với Nhân dân về hòa giải ở cơ sở"),
			sheet.Day(viet.NewDate(2022, 1, 1).AddDays(i % 365)), sheet.Hundredths("45.5"), sheet.Count(i), sheet.Words("cuộc")})
	}
	return t
}

// rows reads a sheet to its end.
func rows(t testing.TB, b *workbook.Book, name string) []workbook.Row {
	t.Helper()
	var all []workbook.Row
	for r, err := range b.Rows(t.Context(), name) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// typed makes a workbook as Excel leaves it after somebody filled it in.
func typed(t testing.TB, fill func(f *excelize.File, set func(cell string, value any, format string))) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "Số liệu"); err != nil {
		t.Fatal(err)
	}
	fill(f, func(cell string, value any, format string) {
		t.Helper()
		if err := f.SetCellValue("Số liệu", cell, value); err != nil {
			t.Fatal(err)
		}
		if format == "" {
			return
		}
		id, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err == nil {
			err = f.SetCellStyle("Số liệu", cell, cell, id)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestCellsAreReadAsTheyWereTyped(t *testing.T) {
	t.Parallel()
	day := viet.NewDate(2022, 11, 30)
	cases := []struct {
		value  any
		format string
		text   string
		number any // a canonical decimal, or a part of the fault
		day    any
	}{
		{"1.234", "", "1.234", "1234", "Ghi ngày theo dạng"},
		{1.234, "", "1.234", "1.234", "Ô là số 1,234, cần ghi ngày"},
		{1234, "#,##0", "1234", "1234", "Ô là số 1.234"},
		{"1.234,5", "@", "1.234,5", "1234.5", "Ghi ngày theo dạng"},
		{"1,234", "", "1,234", "1.234", "Ghi ngày"},
		{" 12 ", "", "12", "12", "Ghi ngày"},
		{0, "", "0", "0", "Ô là số 0"},
		{-0.0000001, "", "-0.0000001", "6 chữ số sau dấu phẩy", "Ô là số"},
		{0.1 + 0.2, "", "0.3", "0.3", "Ô là số 0,3"},
		{1e20, "", "100000000000000000000", "15 chữ số trước dấu phẩy", "Ô là số"},
		{123456789012345.0, "0", "123456789012345", "123456789012345", "Ô là số"},
		{0.124, "0.0%", "0.124", "định dạng phần trăm", "Ô là số 0,124"},
		{day.Start(), "dd/mm/yyyy", "30/11/2022", "Ô là ngày 30/11/2022, cần ghi số", day},
		{time.Date(2022, 11, 30, 23, 59, 0, 0, time.UTC), "[$-42A]dd\\/mm\\/yyyy\\ hh:mm;@", "30/11/2022", "Ô là ngày 30/11/2022", day},
		{"30/11/2022", "", "30/11/2022", "Chỉ ghi số", day},
		{"30-11-2022", "", "30-11-2022", "Số chưa đúng cách ghi", day},
		{"31/11/2022", "", "31/11/2022", "Chỉ ghi số", "không có trong lịch"},
		{44895, "", "44895", "44895", "Ô là số 44.895, cần ghi ngày"},
		{44895, `#,##0 "đồng"`, "44895", "44895", "Ô là số"},
		{0.5, "dd/mm/yyyy", "0.5", "Ô là ngày 0.5", "không phải một ngày"},
		{60, "dd/mm/yyyy", "60", "Ô là ngày", "không phải một ngày"},
		{5e9, "dd/mm/yyyy", "5000000000", "Ô là ngày", "không phải một ngày"},
		{true, "", "giá trị đúng/sai", "giá trị đúng/sai", "giá trị đúng/sai"},
		{"KTPV", "", "KTPV", "Chỉ ghi số, không kèm chữ", "Ghi ngày"},
		{"Nguyễn\u00a0Văn\u200b A", "", "Nguyễn Văn A", "Chỉ ghi số", "Ghi ngày"},
		{"dòng một\ndòng hai", "", "dòng một\ndòng hai", "Chỉ ghi số", "Ghi ngày"},
	}
	b := open(t, typed(t, func(_ *excelize.File, set func(string, any, string)) {
		for i, c := range cases {
			set(fmt.Sprintf("D%d", i+1), c.value, c.format)
		}
	}))
	all := rows(t, b, "Số liệu")
	if len(all) != len(cases) {
		t.Fatalf("%d rows, want %d", len(all), len(cases))
	}
	for i, c := range cases {
		cell := all[i].Cell(4)
		text, err := cell.Text()
		agree(t, cell, "text", c.text, text, err)
		number, err := cell.Number()
		agree(t, cell, "number", c.number, number, err)
		day, err := cell.Day()
		agree(t, cell, "day", c.day, day, err)
	}
}

// agree compares what was read with what is wanted, or the words of a fault, which
// has to name the cell.
func agree(t *testing.T, c workbook.Cell, what string, want, got any, err error) {
	t.Helper()
	if err != nil {
		words, isText := want.(string)
		if !isText || !strings.Contains(err.Error(), words) || !strings.HasPrefix(err.Error(), c.Address()+": ") {
			t.Errorf("%s, %s: got error %q, want %v", c.Address(), what, err, want)
		}
		return
	}
	if got != want {
		t.Errorf("%s, %s: got %q, want %v", c.Address(), what, got, want)
	}
}

func TestPercentagesAreReadAsHundredths(t *testing.T) {
	t.Parallel()
	b := open(t, typed(t, func(_ *excelize.File, set func(string, any, string)) {
		set("A1", 0.124, "0.0%")
		set("A2", 12.4, "")
		set("A3", "12,4%", "")
		set("A4", "12,4", "")
		set("A5", 0.07*100, "0.00")
		set("A6", "nửa", "")
	}))
	var got []string
	for _, r := range rows(t, b, "Số liệu") {
		p, err := r.Cell(1).Percent()
		if err != nil {
			p = err.Error()
		}
		got = append(got, p)
	}
	want := []string{"12.4", "12.4", "12.4", "12.4", "7", "Số liệu!A6: Chỉ ghi số, không kèm chữ hoặc đơn vị tính, ví dụ 1.234"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCountsAreWhole(t *testing.T) {
	t.Parallel()
	b := open(t, typed(t, func(_ *excelize.File, set func(string, any, string)) {
		set("A1", 1234, "")
		set("A2", "1.234", "")
		set("A3", 12.5, "")
	}))
	all := rows(t, b, "Số liệu")
	for i := range 2 {
		if n, err := all[i].Cell(1).Whole(); n != 1234 || err != nil {
			t.Errorf("got %d (%v), want 1234", n, err)
		}
	}
	if _, err := all[2].Cell(1).Whole(); err == nil || err.Error() != "Số liệu!A3: Chỉ ghi số nguyên, không ghi phần thập phân" {
		t.Errorf("12,5 is a count: %v", err)
	}
}

func TestFormulasAreRefusedWhereTheyStand(t *testing.T) {
	t.Parallel()
	b := open(t, typed(t, func(f *excelize.File, set func(string, any, string)) {
		set("A1", "Sở Tư pháp", "")
		set("B1", 12, "")
		if err := f.SetCellFormula("Số liệu", "C1", "=B1*2"); err != nil {
			t.Fatal(err)
		}
	}))
	cell := rows(t, b, "Số liệu")[0].Cell(3)
	if cell.Blank() {
		t.Error("a formula is taken for a blank")
	}
	const want = "Số liệu!C1: Ô chứa công thức; chép ô rồi dán lại dạng giá trị (Paste Special → Values)"
	_, err := cell.Number()
	_, err2 := cell.Text()
	_, err3 := cell.Day()
	_, err4 := cell.Percent()
	for _, err := range []error{err, err2, err3, err4} {
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	f, ok := errors.AsType[workbook.Fault](err)
	if diff := cmp.Diff(workbook.Fault{Sheet: "Số liệu", Row: 1, Column: 3, Message: strings.TrimPrefix(want, "Số liệu!C1: ")}, f); !ok || diff != "" {
		t.Error(diff)
	}
}

func TestMergedCellsAndEmptyRowsAreTolerated(t *testing.T) {
	t.Parallel()
	b := open(t, typed(t, func(f *excelize.File, set func(string, any, string)) {
		set("A1", "Biểu số liệu", "")
		if err := f.MergeCell("Số liệu", "A1", "F2"); err != nil {
			t.Fatal(err)
		}
		set("XFD5", nil, "0.0") // looks, holds nothing
		set("B9", 7, "")
		set("C9", "   ", "")
		set("C30000", nil, "0.0")
	}))
	all := rows(t, b, "Số liệu")
	var got []string
	for _, r := range all {
		for _, c := range r.Cells {
			text, err := c.Text()
			got = append(got, fmt.Sprint(c.Address(), "=", text, err))
		}
	}
	if diff := cmp.Diff([]string{"Số liệu!A1=Biểu số liệu<nil>", "Số liệu!B9=7<nil>"}, got); diff != "" {
		t.Error(diff)
	}
	blank := all[1].Cell(3)
	if !blank.Blank() || blank.Address() != "Số liệu!C9" {
		t.Errorf("%+v is no blank", blank)
	}
	if _, err := blank.Number(); err == nil || err.Error() != "Số liệu!C9: Chưa ghi số" {
		t.Errorf("a blank is a number: %v", err)
	}
}

// TestAFileSavedByLibreOfficeIsRead reads testdata/libreoffice.xlsx: a workbook
// that LibreOffice 7 opened and saved again.
func TestAFileSavedByLibreOfficeIsRead(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/libreoffice.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	all := rows(t, open(t, content), "Số liệu")
	if len(all) != 3 {
		t.Fatalf("%d rows, want 3", len(all))
	}
	text, err := all[0].Cell(1).Text()
	agree(t, all[0].Cell(1), "text", "Sở Tư pháp", text, err)
	typed, err := all[0].Cell(2).Number()
	agree(t, all[0].Cell(2), "number typed as text", "1234", typed, err)
	figure, err := all[0].Cell(3).Number()
	agree(t, all[0].Cell(3), "number", "1234.5", figure, err)
	day, err := all[0].Cell(4).Day()
	agree(t, all[0].Cell(4), "day", viet.NewDate(2022, 11, 30), day, err)
	percent, err := all[0].Cell(5).Percent()
	agree(t, all[0].Cell(5), "percent", "12.4", percent, err)
	lines, err := all[1].Cell(1).Text()
	agree(t, all[1].Cell(1), "lines", "dòng một\ndòng hai", lines, err)
	_, err = all[1].Cell(3).Number()
	agree(t, all[1].Cell(3), "formula", "Ô chứa công thức", "", err)
	merged, err := all[2].Cell(1).Text()
	agree(t, all[2].Cell(1), "merged", "gộp", merged, err)
}

func TestSheetsAreFoundByName(t *testing.T) {
	t.Parallel()
	file, err := sheet.Workbook(list("Kế hoạch", 3), list("Hướng dẫn", 3))
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, file.Content)
	if diff := cmp.Diff([]string{"Kế hoạch", "Hướng dẫn"}, b.Sheets()); diff != "" {
		t.Error(diff)
	}
	for _, err := range b.Rows(t.Context(), "Số liệu") {
		if err == nil || err.Error() != "Số liệu: Không có trang tính này trong tệp; tải lại biểu mẫu và giữ nguyên tên trang tính" {
			t.Errorf("got %v", err)
		}
	}
	n := 0
	for range b.Rows(t.Context(), "Hướng dẫn") {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d rows before the end, want 2", n)
	}
}

func TestFaultsNameTheirPlace(t *testing.T) {
	t.Parallel()
	row := workbook.Row{Sheet: "Số liệu", No: 12}
	for want, err := range map[string]error{
		"Số liệu, dòng 12: Thừa dòng": row.Fault("Thừa dòng"),
		"Số liệu!AA12: Thừa":          row.Cell(27).Fault("Thừa"),
		"Số liệu: Thừa":               workbook.Fault{Sheet: "Số liệu", Message: "Thừa"},
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	}
}

// sentence is what the sender of a refused file reads.
func sentence(t testing.TB, err error) string {
	t.Helper()
	if f, ok := errors.AsType[workbook.Fault](err); ok {
		return f.Error()
	}
	invalid, ok := errors.AsType[fault.Invalid](err)
	if !ok || len(invalid) != 1 || invalid[workbook.Field] == "" {
		t.Fatalf("%v is no sentence for the sender", err)
	}
	return invalid[workbook.Field]
}

func BenchmarkRead(b *testing.B) {
	for _, rows := range []int{30, 2_600, 19_900} {
		file, err := list("S", rows).File(sheet.XLSX)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if cells, err := consume(b.Context(), "a.xlsx", file.Reader()); err != nil || cells < rows*6 {
					b.Fatal(cells, err)
				}
			}
		})
	}
}
