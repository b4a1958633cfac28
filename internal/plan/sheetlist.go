package plan

import (
	"strconv"

	"danvan/internal/document/sheet"
	"danvan/internal/viet"
)

// Columns of the sheet of lists.
const (
	listTasks = iota + 1
	listTimes
	listPeople
	listPartners
)

// times are the times of a year that have names.
func times(year int) []string {
	var labels []string
	for _, kind := range []viet.SpanKind{viet.SpanYear, viet.SpanHalf, viet.SpanQuarter, viet.SpanMonth} {
		for n := 1; n <= kind.Values(); n++ {
			if span, ok := viet.SpanOf(kind, year, n); ok {
				labels = append(labels, span.Label())
			}
		}
	}
	return labels
}

func (b Bulk) place(column, rows int) string {
	first := sheet.Form{Notes: b.listNotes()}.FirstRow()
	return sheet.Place(listSheet, column, first, first+rows-1)
}

func (b Bulk) listNotes() []string {
	return []string{"Để chọn và để chép sang trang tính “" + activitySheet + "”; ghi vào đây không được nhập."}
}

func (b Bulk) lists() sheet.Form {
	form := sheet.Form{Sheet: listSheet, Title: "Danh mục", Notes: b.listNotes(),
		Columns: []sheet.Box{{Title: "Nhiệm vụ", Width: 52}, {Title: "Thời gian", Width: 20}, {Title: "Người của đơn vị", Width: 28}, {Title: "Đơn vị phối hợp", Width: 48}}}
	columns := [][]string{nil, times(b.Case.Year), nil, nil}
	for _, s := range b.Content.Sections {
		columns[listTasks-1] = append(columns[listTasks-1], strconv.Itoa(s.Task)+". "+s.Short)
	}
	for _, m := range b.Members {
		columns[listPeople-1] = append(columns[listPeople-1], m.Name)
	}
	for _, u := range b.Partners {
		columns[listPartners-1] = append(columns[listPartners-1], b.Names[u.Slug])
	}
	for i := range max(len(columns[0]), len(columns[1]), len(columns[2]), len(columns[3])) {
		line := sheet.Line{Locked: true}
		for _, column := range columns {
			cell := ""
			if i < len(column) {
				cell = column[i]
			}
			line.Cells = append(line.Cells, cell)
		}
		form.Rows = append(form.Rows, line)
	}
	return form
}

func (b Bulk) guide() sheet.Form {
	form := sheet.Form{Sheet: "Hướng dẫn", Title: "Cách ghi biểu hoạt động", Columns: []sheet.Box{{Title: "Mục", Width: 24}, {Title: "Cách ghi", Width: 100}}}
	for _, l := range [][]string{
		{"Sửa hoạt động đã có", "Sửa ngay tại dòng của hoạt động; không sửa cột Mã và cột Nhiệm vụ. Ô không sửa thì nội dung đang lưu giữ nguyên; xóa nội dung ô là xóa nội dung đang lưu."},
		{"Thêm hoạt động", "Ghi ở dòng trống, cột Mã để trống, cột Nhiệm vụ ghi số từ 1 đến 7 (0 là nội dung chung). Hệ thống đặt mã khi ghi."},
		{"Thời gian", "Ghi một trong các kiểu: Tháng 3; Quý II; 6 tháng đầu năm; Thường xuyên; 15/03/2022; 01/12/2022–10/12/2022."},
		{"Người phụ trách", "Họ tên người của đơn vị, chọn trong danh sách. Hai người trùng họ tên thì chọn trên trang của hoạt động."},
		{"Đơn vị phối hợp", "Tên như trong trang tính “" + listSheet + "”; nhiều đơn vị cách nhau bằng dấu chấm phẩy (;). Nơi không có trong danh mục ghi ở cột “Đơn vị phối hợp khác”."},
		{"Số đầu kỳ, số phấn đấu", "Số ghi kiểu 1.234,5; đơn vị tính ghi ở cột riêng. Không ghi công thức."},
		{"Các cột đánh dấu", "Ghi “Có” hoặc để trống: cần minh chứng khi hoàn thành; sơ kết, tổng kết; kiểm tra, tự kiểm tra; Dân vận khéo."},
		{"Xóa, dừng, đổi thứ tự", "Làm trên trang của kế hoạch. Bỏ một dòng khỏi biểu không xóa hoạt động."},
		{"Nhập lại vào kế hoạch", "Lưu tệp dạng Excel Workbook (.xlsx), mở kế hoạch trên hệ thống, chọn “Nhập hoạt động từ Excel”. Mỗi lần nhập nên tải biểu mới."},
	} {
		form.Rows = append(form.Rows, sheet.Line{Locked: true, Cells: l})
	}
	return form
}
