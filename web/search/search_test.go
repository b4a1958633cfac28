package search

import (
	"bytes"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/document/workbook"
	"danvan/internal/search"
	"danvan/internal/viet"
)

func TestWhatWasFoundIsSavedAsItIsSeen(t *testing.T) {
	t.Parallel()
	at := time.Date(2022, time.November, 28, 8, 0, 0, 0, viet.Location)
	hits := []search.Hit{
		{Kind: search.Report, Year: 2022, UnitName: "Sở Tư pháp", Title: "Năm 2022", Total: 4},
		{Kind: search.Activity, Year: 2022, UnitName: "Sở Tư pháp", Code: "4.3", Title: "=Tập huấn hòa giải", Product: "08 lớp", Total: 4},
		{Kind: search.Proposal, Year: 2022, UnitName: "Sở Tư pháp", Period: "nam", No: 2, Title: "Bố trí kinh phí hòa giải.", Source: "Năm 2022", Total: 4},
		{Kind: search.Direction, Year: 2022, UnitName: "Sở Tư pháp", No: 7, Title: "Khẩn trương.", Source: "coordination", Total: 4},
	}
	file, err := table(" hòa giải", hits, at).File("xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var bytesOf bytes.Buffer
	if _, err := bytesOf.ReadFrom(file.Reader()); err != nil {
		t.Fatal(err)
	}
	b, err := workbook.Open(t.Context(), "a.xlsx", &bytesOf, workbook.Usual)
	if err != nil {
		t.Fatal(err)
	}
	var got [][]string
	for row, err := range b.Rows(t.Context(), "Tìm kiếm") {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			text, err := c.Text()
			if err != nil {
				t.Fatal(err)
			}
			cells = append(cells, text)
		}
		got = append(got, cells)
	}
	want := [][]string{{"Loại", "Năm", "Đơn vị", "Mã, số", "Nội dung", "Sản phẩm"},
		{"Báo cáo", "2022", "Sở Tư pháp", "Năm 2022"},
		{"Hoạt động", "2022", "Sở Tư pháp", "4.3", "=Tập huấn hòa giải", "08 lớp"},
		{"Kiến nghị", "2022", "Sở Tư pháp", "kiến nghị 2, báo cáo năm 2022", "Bố trí kinh phí hòa giải."},
		{"Ý kiến", "2022", "Sở Tư pháp", "ý kiến phối hợp số 7", "Khẩn trương."}}
	if len(got) < len(want) {
		t.Fatalf("%d rows: %q", len(got), got)
	}
	if diff := cmp.Diff(want, got[len(got)-len(want):]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
