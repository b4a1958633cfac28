package submissions

import (
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/viet"
)

// HistoryTable is [History] as a file: one row a field that changed. title names the
// page and about whose it is.
func HistoryTable(title, about string, rows []Replaced, names map[string]string, at time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Lịch sử soạn thảo", Title: title, Notes: []string{about, "Nội dung trước và sau mỗi lần thay đổi, mới nhất ở trên. Chỉ người của đơn vị xem được."}, At: at,
		Columns: []sheet.Column{{Title: "Thời điểm"}, {Title: "Người"}, {Title: "Việc"}, {Title: "Phần"}, {Title: "Mục"}, {Title: "Trước"}, {Title: "Sau"}}}
	for _, r := range rows {
		head := []sheet.Value{sheet.Words(viet.Moment(r.ReplacedAt)), sheet.Words(r.ReplacedName), sheet.Words(whyWords[r.Why]), sheet.Words(r.Title)}
		changes := r.changes()
		if len(changes) == 0 {
			t.Rows = append(t.Rows, append(head, sheet.Words("thứ tự")))
		}
		for _, f := range changes {
			row := append([]sheet.Value{}, head...)
			t.Rows = append(t.Rows, append(row, sheet.Words(f.Label), sheet.Words(f.Show(r.Content[f.Name], names)), sheet.Words(f.Show(r.Next[f.Name], names))))
		}
	}
	return t
}
