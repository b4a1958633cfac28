package sheet_test

import (
	"fmt"
	"testing"

	"danvan/internal/document/sheet"
	"danvan/internal/viet"
)

// long is a list of as many rows as a download may have.
func long(rows int) sheet.Table {
	t := sheet.Table{Sheet: "Hoạt động", Title: "Hoạt động năm 2022", At: noon, Columns: []sheet.Column{
		{Title: "Đơn vị"}, {Title: "Nhiệm vụ", Kind: sheet.Number}, {Title: "Mã"}, {Title: "Hoạt động"}, {Title: "Bắt đầu", Kind: sheet.Date},
		{Title: "Hạn", Kind: sheet.Date}, {Title: "Tình trạng"}, {Title: "Đạt", Kind: sheet.Percent}, {Title: "Số đạt", Kind: sheet.Number}, {Title: "Đơn vị tính"}}}
	for i := range rows {
		day := viet.NewDate(2022, 1, 1).AddDays(i % 365)
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words("Sở Tư pháp"), sheet.Count(i % 7), sheet.Words(fmt.Sprintf("%d.%d", i%7, i%30)),
			sheet.Words("Đối thoại trực tiếp với Nhân dân về hòa giải ở cơ sở, trợ giúp pháp lý"), sheet.Day(day), sheet.Day(day.AddDays(30)),
			sheet.Words("Đang thực hiện"), sheet.Hundredths("45.5"), sheet.Figure("1234.5"), sheet.Words("cuộc")})
	}
	return t
}

func BenchmarkSave(b *testing.B) {
	for _, rows := range []int{30, 2_600, 20_000} {
		table := long(rows)
		for _, f := range sheet.Formats {
			b.Run(fmt.Sprintf("%s/%d", f, rows), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					save(b, table, f)
				}
			})
		}
	}
}
