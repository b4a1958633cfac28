package partners

import (
	"strconv"
	"time"

	"danvan/internal/agenda"
	"danvan/internal/document/sheet"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// cardTable is the cards as a table: nothing of a plan that they do not show.
func cardTable(p agenda.Partnered, year int, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Phối hợp", Title: title(p) + " năm " + strconv.Itoa(year), Notes: []string{"Tiến độ do đơn vị chủ trì tự ghi."}, At: now,
		Columns: []sheet.Column{{Title: "Đơn vị chủ trì"}, {Title: "Mã"}, {Title: "Hoạt động"}, {Title: "Sản phẩm"}, {Title: "Phòng chủ trì"}, {Title: "Thời gian"},
			{Title: "Bắt đầu", Kind: sheet.Date}, {Title: "Hạn", Kind: sheet.Date}, {Title: "Tình trạng"}, {Title: "Số ngày quá hạn", Kind: sheet.Number},
			{Title: "Cập nhật lần cuối", Kind: sheet.Date}}}
	for _, c := range p.Cards {
		row := []sheet.Value{sheet.Words(c.UnitName), sheet.Words(c.Code), sheet.Words(c.Title), sheet.Words(c.Product), sheet.Words(c.Section), sheet.Words(c.Span().Label()),
			sheet.Day(c.StartOn), sheet.Day(c.DueOn), sheet.Words(c.Status.Word()), {}, sheet.Day(c.AsOf)}
		if c.Status == progress.Overdue {
			row[9] = sheet.Count(c.DueOn.DaysUntil(viet.DateOf(now)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
