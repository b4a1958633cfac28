package kept

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"danvan/internal/plan"
	"danvan/internal/post"
)

// places name what was posted to, by the end of the address.
var places = []struct{ end, label string }{
	{"/thoi-han/sua", "hạn gửi chung"}, {"/gia-han", "gia hạn cho đơn vị"}, {"/dong-ky", "đóng kỳ"}, {"/mo-lai-ky", "mở lại kỳ"},
	{"/sua", "sửa hoạt động"}, {"/hoat-dong", "hoạt động mới"}, {"/tien-do", "tiến độ hoạt động"},
	{"/phan-cong", "phân công hoạt động"}, {"/dung", "dừng hoạt động"}, {"/xoa", "xóa hoạt động"}, {"/doi-cho", "đổi thứ tự hoạt động"},
	{"/van-ban", "thông tin văn bản"}, {"/duyet", "duyệt, gửi kế hoạch"}, {"/gui", "gửi kế hoạch"}, {"/trinh", "trình kế hoạch"},
	{"/chuyen-lai", "chuyển lại kế hoạch"}, {"/de-nghi-mo-lai", "đề nghị mở lại"}, {"/tra-lai", "trả lại hồ sơ"},
	{"/so-lieu/nhap", "nhập số liệu từ Excel"}, {"/so-lieu-nam-truoc/nhap", "nhập số liệu năm trước từ Excel"}, {"/hoat-dong/nhap", "nhập hoạt động từ Excel"},
	{"/tiep-nhan", "tiếp nhận hồ sơ"}, {"/gop-y", "góp ý"}, {"/mo-lai", "mở lại hồ sơ"}, {"/rut-hieu-luc", "rút hiệu lực"},
}

// label says what a post was about, so that its author recognises it.
func label(path string) string {
	said := "biểu mẫu"
	for _, p := range places {
		if strings.HasSuffix(path, p.end) {
			said = p.label
			break
		}
	}
	if strings.Contains(path, "/nhiem-vu/") {
		said = "phạm vi nhiệm vụ"
	}
	if strings.Contains(path, "/cap-xa/") {
		said = "đưa cấp xã vào danh sách nộp"
	}
	if strings.Contains(path, "/gop-y/") {
		said = "trả lời góp ý"
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	for i, p := range parts {
		if p == "hoat-dong" && i+1 < len(parts) && parts[i+1] != "nhap" {
			return said + " " + parts[i+1]
		}
	}
	return said
}

var whys = map[post.Why]string{
	post.NoSession:  "Biểu mẫu gửi khi phiên làm việc đã hết hạn.",
	post.LostRights: "Biểu mẫu gửi khi việc này không còn thực hiện được.",
	post.PutOff:     "Biểu mẫu gửi khi người khác đã lưu nội dung mới hơn.",
	post.Failed:     "Biểu mẫu gửi khi cổng không ghi được dữ liệu.",
}

// extra names the fields that are no part of a plan's schema.
var extra = map[string]string{
	"reason": "Lý do", "answer": "Trả lời", "body": "Góp ý", "note": "Ghi chú", "as_of": "Ngày",
	"percent": "Phần trăm", "value": "Số đã thực hiện", "unit": "Đơn vị", "units": "Đơn vị", "due_before": "Hạn mới", "on": "Từ ngày",
	"from": "Từ ngày", "plans_before": "Hạn gửi kế hoạch",
}

// line is one typed field for reading.
type line struct{ Label, Text string }

// readable are the typed texts a person can recognise; what the form carries
// for itself is left out.
func readable(values url.Values) []line {
	var out []line
	for _, name := range slices.Sorted(maps.Keys(values)) {
		text := strings.Join(values[name], ", ")
		if l, ok := fromFile(name, text); ok {
			out = append(out, l)
			continue
		}
		if said := fieldLabel(name); said != "" && text != "" {
			out = append(out, line{said, text})
		}
	}
	return out
}

func fieldLabel(name string) string {
	if said := extra[name]; said != "" {
		return said
	}
	for _, kind := range plan.Schema {
		if f, ok := kind.Field(name); ok && !f.Quiet {
			return f.Label
		}
	}
	return ""
}
