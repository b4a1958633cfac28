package sheet_test

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"danvan/internal/document/sheet"
	"danvan/internal/viet"
)

var noon = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)

// plans is a list as the portal saves them.
func plans() sheet.Table {
	return sheet.Table{
		Sheet: "Kế hoạch", Title: "Kế hoạch năm 2022 của các đơn vị", Notes: []string{"Khối: Sở, ban, ngành"}, At: noon, Fixed: 1,
		Columns: []sheet.Column{
			{Title: "Đơn vị"}, {Title: "Gửi lần đầu", Kind: sheet.Date}, {Group: "Hoạt động", Title: "Hoàn thành", Kind: sheet.Number},
			{Group: "Hoạt động", Title: "Tổng số", Kind: sheet.Number}, {Title: "Tỷ lệ", Kind: sheet.Percent}, {Title: "Kinh phí", Kind: sheet.Number},
		},
		Rows: [][]sheet.Value{
			{sheet.Words("Sở Tư pháp"), sheet.Day(viet.NewDate(2022, 3, 18)), sheet.Count(18), sheet.Count(26), sheet.Share(18, 26), sheet.Figure("1234567.5")},
			{sheet.Words(`=HYPERLINK("http://example.com";"Xem")`), {}, sheet.Words("KTPV"), {}, sheet.Share(0, 0), sheet.Figure("-8")},
			{sheet.Words("- Như trên")},
		},
		Sums: [][]sheet.Value{{sheet.Words("Cộng (2 đơn vị)"), {}, sheet.Count(18), sheet.Count(26), sheet.Share(18, 26)}},
	}
}

func save(t testing.TB, table sheet.Table, f sheet.Format) sheet.File {
	t.Helper()
	file, err := table.File(f)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// excel opens a file with the library, which wrote it.
func excel(t testing.TB, content []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestAWorkbookShowsATableAsAnOfficialReadsIt(t *testing.T) {
	t.Parallel()
	file := save(t, plans(), sheet.XLSX)
	if file.Name != "ke-hoach-nam-2022-cua-cac-don-vi-20221128-0842.xlsx" {
		t.Errorf("name %q", file.Name)
	}
	f := excel(t, file.Content)
	got, err := f.GetRows("Kế hoạch")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Kế hoạch năm 2022 của các đơn vị"}, {"Khối: Sở, ban, ngành"}, {"Số liệu lúc 08:42 ngày 28/11/2022"}, nil,
		{"", "", "Hoạt động"},
		{"Đơn vị", "Gửi lần đầu", "Hoàn thành", "Tổng số", "Tỷ lệ", "Kinh phí"},
		{"Sở Tư pháp", "18/03/2022", "18", "26", "69.2%", "1,234,567.5"},
		{`=HYPERLINK("http://example.com";"Xem")`, "", "KTPV", "", "–", "-8"},
		{"- Như trên"},
		{"Cộng (2 đơn vị)", "", "18", "26", "69.2%"},
	}
	trim := func(rows [][]string) {
		for i, r := range rows {
			for len(r) > 1 && r[len(r)-1] == "" {
				r = r[:len(r)-1]
			}
			rows[i] = r
		}
	}
	trim(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRowsAreAsHighAsTheirTexts(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("Đối thoại trực tiếp với Nhân dân. ", 4)
	table := sheet.Table{Sheet: "S", Columns: []sheet.Column{{Title: "Hoạt động"}, {Title: "Đạt", Kind: sheet.Percent}},
		Rows: [][]sheet.Value{{sheet.Words("Ngắn")}, {sheet.Words(long), sheet.Hundredths("100")}, {sheet.Words("một\nhai\nba")}, {sheet.Words(strings.Repeat(long, 200))}}}
	f := excel(t, save(t, table, sheet.XLSX).Content)
	for row, want := range map[int]float64{4: 15, 5: 60, 6: 45, 7: 405} {
		if got, err := f.GetRowHeight("S", row); err != nil || got != want {
			t.Errorf("row %d is %v points high, want %v (%v)", row, got, want, err)
		}
	}
	if width, err := f.GetColWidth("S", "B"); err != nil || width < 9 {
		t.Errorf("100%% has %v characters (%v)", width, err)
	}
}

func TestValuesOfAWorkbookHaveTypes(t *testing.T) {
	t.Parallel()
	f := excel(t, save(t, plans(), sheet.XLSX).Content)
	for cell, want := range map[string]excelize.CellType{
		"A7": excelize.CellTypeInlineString, "B7": excelize.CellTypeUnset, "C7": excelize.CellTypeUnset, "E7": excelize.CellTypeUnset,
		"A8": excelize.CellTypeInlineString, "C8": excelize.CellTypeInlineString, "A9": excelize.CellTypeInlineString,
	} {
		if got, err := f.GetCellType("Kế hoạch", cell); got != want || err != nil {
			t.Errorf("%s is of type %v, want %v (%v)", cell, got, want, err)
		}
		if formula, err := f.GetCellFormula("Kế hoạch", cell); formula != "" || err != nil {
			t.Errorf("%s has formula %q (%v)", cell, formula, err)
		}
	}
	for cell, want := range map[string]string{"B7": "44638", "C7": "18", "E7": "0.692307692307692", "F7": "1234567.5", "B8": "", "D8": ""} {
		got, err := f.GetCellValue("Kế hoạch", cell, excelize.Options{RawCellValue: true})
		if err != nil || got != want && !strings.HasPrefix(got, want+"3") {
			t.Errorf("%s holds %q, want %q (%v)", cell, got, want, err)
		}
	}
	// What is typed over a text later stays text.
	id, err := f.GetCellStyle("Kế hoạch", "A9")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(id); err != nil || s.NumFmt != 49 {
		t.Errorf("text has format %d, want 49 (%v)", s.NumFmt, err)
	}
}

func TestAWorkbookIsReadyToReadFilterAndPrint(t *testing.T) {
	t.Parallel()
	f := excel(t, save(t, plans(), sheet.XLSX).Content)
	panes, err := f.GetPanes("Kế hoạch")
	if err != nil || !panes.Freeze || panes.YSplit != 6 || panes.XSplit != 1 {
		t.Errorf("panes %+v (%v)", panes, err)
	}
	names := map[string]string{}
	for _, n := range f.GetDefinedName() {
		names[n.Name] = n.RefersTo
	}
	want := map[string]string{"_xlnm._FilterDatabase": "'Kế hoạch'!$A$6:$F$9", "_xlnm.Print_Titles": "'Kế hoạch'!$5:$6"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	page, err := f.GetPageLayout("Kế hoạch")
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("page %+v (%v)", page, err)
	}
	if props, err := f.GetSheetProps("Kế hoạch"); err != nil || !*props.FitToPage {
		t.Errorf("the sheet does not fit the page (%v)", err)
	}
	merged, err := f.GetMergeCells("Kế hoạch")
	if err != nil || len(merged) != 5 || merged[4].GetStartAxis() != "C5" || merged[4].GetEndAxis() != "D5" {
		t.Errorf("merged %v (%v)", merged, err)
	}
	if width, err := f.GetColWidth("Kế hoạch", "A"); err != nil || width < 30 || width > 60 {
		t.Errorf("the first column is %v wide (%v)", width, err)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "Cổng công tác dân vận chính quyền" || props.Created != "2022-11-28T01:42:00Z" || props.Title != plans().Title {
		t.Errorf("properties %+v (%v)", props, err)
	}
}

func TestAWideTableGoesOverSeveralPagesBesideItsFixedColumns(t *testing.T) {
	t.Parallel()
	wide := sheet.Table{Sheet: "Từng đơn vị", Title: "Số liệu từng đơn vị", Fixed: 2, Columns: []sheet.Column{{Title: "Mã"}, {Title: "Chỉ tiêu"}}}
	row := []sheet.Value{sheet.Words("T4.01"), sheet.Words("Số cuộc tiếp công dân định kỳ của lãnh đạo")}
	for range 40 {
		wide.Columns = append(wide.Columns, sheet.Column{Title: "Văn phòng", Kind: sheet.Number})
		row = append(row, sheet.Count(12345))
	}
	wide.Rows = [][]sheet.Value{row}
	f := excel(t, save(t, wide, sheet.XLSX).Content)
	page, err := f.GetPageLayout(wide.Sheet)
	if err != nil || *page.FitToWidth < 2 || *page.FitToWidth > 4 {
		t.Errorf("page %+v (%v)", page, err)
	}
	for _, n := range f.GetDefinedName() {
		if n.Name == "_xlnm.Print_Titles" && n.RefersTo != "'Từng đơn vị'!$A:$B,'Từng đơn vị'!$3:$3" {
			t.Errorf("on each page stands %s", n.RefersTo)
		}
	}
}

func TestTheSameTableGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	for _, f := range sheet.Formats {
		first := save(t, plans(), f)
		for range 3 {
			if again := save(t, plans(), f); !bytes.Equal(first.Content, again.Content) {
				t.Errorf("%s: %d bytes, then others", f, len(first.Content))
			}
		}
	}
	several := func() []byte {
		second, third := plans(), plans()
		second.Sheet, third.Sheet = "Hai", "Ba: [a]/b*?"
		file, err := sheet.Workbook(plans(), second, third)
		if err != nil {
			t.Fatal(err)
		}
		return file.Content
	}
	first := several()
	for range 5 {
		if !bytes.Equal(first, several()) {
			t.Fatal("a workbook of several sheets differs from itself")
		}
	}
	if diff := cmp.Diff([]string{"Kế hoạch", "Hai", "Ba   a  b"}, excel(t, first).GetSheetList()); diff != "" {
		t.Error(diff)
	}
}

func TestCSVIsForOtherPrograms(t *testing.T) {
	t.Parallel()
	file := save(t, plans(), sheet.CSV)
	text, marked := strings.CutPrefix(string(file.Content), "\ufeff")
	if !marked || file.Name != "ke-hoach-nam-2022-cua-cac-don-vi-20221128-0842.csv" || file.Type != "text/csv; charset=utf-8; header=present" {
		t.Errorf("%q, %q, byte order mark %t", file.Name, file.Type, marked)
	}
	got, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"Đơn vị", "Gửi lần đầu", "Hoạt động: Hoàn thành", "Hoạt động: Tổng số", "Tỷ lệ (%)", "Kinh phí"},
		{"Sở Tư pháp", "2022-03-18", "18", "26", "69.2", "1234567.5"},
		{`'=HYPERLINK("http://example.com";"Xem")`, "", "KTPV", "", "–", "-8"},
		{"'- Như trên", "", "", "", "", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNoTextOfACSVIsAFormula(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A", "|calc", " =1+1", "\t=1+1", "'=1+1", `"=1+1`, "\r=1", "=cmd|' /C calc'!A0"} {
		table := sheet.Table{Columns: []sheet.Column{{Title: text}}, Rows: [][]sheet.Value{{sheet.Words(text)}}}
		lines, err := csv.NewReader(bytes.NewReader(save(t, table, sheet.CSV).Content[len("\ufeff"):])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if !strings.HasPrefix(l[0], "'") {
				t.Errorf("%q is written as %q", text, l[0])
			}
		}
	}
	for _, text := range []string{"Sở Tư pháp", "2.1", "a=b", "–", "(=)"} {
		if got := string(save(t, sheet.Table{Rows: [][]sheet.Value{{sheet.Words(text)}}, Columns: []sheet.Column{{}}}, sheet.CSV).Content); strings.Contains(got, "'") {
			t.Errorf("%q is written as %q", text, got)
		}
	}
}

func TestWhatExcelCannotKeepStaysText(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		v    sheet.Value
		want string
	}{
		{sheet.Figure("123456789012345.5"), "123.456.789.012.345,5"},
		{sheet.Figure("1.234,5"), "1.234,5"},
		{sheet.Figure("007"), "007"},
		{sheet.Day(viet.NewDate(1899, 5, 19)), "19/05/1899"},
		{sheet.Share(1, 0), "–"},
	} {
		table := sheet.Table{Sheet: "S", Columns: []sheet.Column{{Title: "x", Kind: sheet.Number}}, Rows: [][]sheet.Value{{c.v}}}
		f := excel(t, save(t, table, sheet.XLSX).Content)
		if kind, err := f.GetCellType("S", "A4"); kind != excelize.CellTypeInlineString || err != nil {
			t.Errorf("%s is of type %v (%v)", c.want, kind, err)
		}
		if got, err := f.GetCellValue("S", "A4"); got != c.want || err != nil {
			t.Errorf("got %q, want %q (%v)", got, c.want, err)
		}
	}
}

func TestAnUnknownFormatIsAnError(t *testing.T) {
	t.Parallel()
	if sheet.Format("pdf").Known() || !sheet.XLSX.Known() || !sheet.CSV.Known() {
		t.Error("formats are not told apart")
	}
	if _, err := plans().File("pdf"); err == nil {
		t.Error("a table was saved in a format nobody knows")
	}
}
