package periods

import (
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// table is the extensions that concern the reader, as a file.
func (v showing) table() sheet.Table {
	t := sheet.Table{Sheet: "Gia hạn", Title: "Gia hạn " + viet.LowerFirst(v.Period.Name), At: v.Now, Fixed: 1,
		Notes:   []string{"Hạn ghi theo lối “trước ngày”: hết ngày liền trước còn trong hạn."},
		Columns: []sheet.Column{{Title: "Đơn vị"}, {Title: "Hạn chung: trước ngày", Kind: sheet.Date}, {Title: "Hạn mới: trước ngày", Kind: sheet.Date}, {Title: "Lý do"}, {Title: "Người cho"}, {Title: "Thời điểm"}, {Title: "Ghi chú"}}}
	for _, g := range v.Extensions {
		note := ""
		if g.Late() {
			note = lateGrant(g)
		}
		if !g.Last {
			note = "Đã thay bằng lần gia hạn sau."
		}
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(unit.Called(g.UnitName)), before(g.Common), before(g.DueBefore),
			sheet.Words(g.Reason), sheet.Words(g.ByName), sheet.Words(viet.Moment(g.At)), sheet.Words(note)})
	}
	return t
}

// before is the day named in "trước ngày", empty for no deadline.
func before(due time.Time) sheet.Value {
	if due.IsZero() {
		return sheet.Value{}
	}
	return sheet.Day(viet.LastDayBefore(due).Next())
}
