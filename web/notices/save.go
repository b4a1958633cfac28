package notices

import (
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/notify"
	"danvan/internal/viet"
)

// table is the notices as a file.
func table(all []notify.Notice, name string, at time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Thông báo", Title: "Thông báo", Notes: []string{"Gửi tới " + name + ", mới nhất ở trên."}, At: at,
		Columns: []sheet.Column{{Title: "Ngày", Kind: sheet.Date}, {Title: "Giờ"}, {Title: "Nội dung"}, {Title: "Đã đọc"}}}
	for _, n := range all {
		read := "chưa đọc"
		if n.ReadAt != nil {
			read = viet.Moment(*n.ReadAt)
		}
		t.Rows = append(t.Rows, []sheet.Value{sheet.Day(viet.DateOf(n.At)), sheet.Words(viet.Clock(n.At)), sheet.Words(n.Body), sheet.Words(read)})
	}
	return t
}
