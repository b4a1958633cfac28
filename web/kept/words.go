package kept

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/consolidation"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// places name what was posted to, by the end of the address.
var places = []struct{ end, label string }{
	{"/thoi-han/sua", "hạn gửi chung"}, {"/gia-han", "gia hạn cho đơn vị"}, {"/dong-ky", "đóng kỳ"}, {"/mo-lai-ky", "mở lại kỳ"},
	{"/sua", "sửa hoạt động"}, {"/hoat-dong", newActivity}, {"/tien-do", "tiến độ hoạt động"},
	{"/phan-cong", "phân công hoạt động"}, {"/dung", "dừng hoạt động"}, {"/xoa", "xóa hoạt động"}, {"/doi-cho", "đổi thứ tự hoạt động"},
	{"/van-ban", "thông tin văn bản"}, {"/duyet", "duyệt, gửi kế hoạch"}, {"/gui", "gửi kế hoạch"}, {"/trinh", "trình kế hoạch"},
	{"/chuyen-lai", "chuyển lại kế hoạch"}, {"/de-nghi-mo-lai", "đề nghị mở lại"}, {"/tra-lai", "trả lại hồ sơ"},
	{"/so-lieu/nhap", "nhập số liệu từ Excel"}, {"/so-lieu-nam-truoc/nhap", "nhập số liệu năm trước từ Excel"}, {"/hoat-dong/nhap", "nhập hoạt động từ Excel"},
	{"/tiep-nhan", "tiếp nhận hồ sơ"}, {"/gop-y", "góp ý"}, {"/mo-lai", "mở lại hồ sơ"}, {"/rut-hieu-luc", "rút hiệu lực"},
	{"/danh-gia-chung", "đánh giá chung"}, {"/phuong-huong", "phương hướng"}, {"/giai-trinh", "yêu cầu giải trình"}, {"/phat-hanh", "phát hành"},
}

const newActivity = "hoạt động mới"

// taskWords is a task by its number; 0 is what is common to all.
func taskWords(no string) string {
	if no == "0" {
		return "Nội dung chung"
	}
	return "Nhiệm vụ " + no
}

// label says what a post of values to path was about, so that its author recognises
// it.
func label(path string, values url.Values) string {
	said := "biểu mẫu"
	for _, p := range places {
		if strings.HasSuffix(path, p.end) {
			said = p.label
			break
		}
	}
	parts := strings.Split(strings.Trim(path, "/"), "/")
	whole := parts[0] // the kind of what it belongs to
	if i := slices.Index(parts, "nhiem-vu"); i >= 0 && whole == "bao-cao" && i+1 < len(parts) {
		said = "báo cáo nhiệm vụ " + parts[i+1]
	} else if i >= 0 && i+1 < len(parts) {
		said = "phạm vi nhiệm vụ " + parts[i+1]
	}
	if strings.Contains(path, "/cap-xa/") {
		said = "đưa cấp xã vào danh sách nộp"
	}
	if strings.Contains(path, "/gop-y/") {
		said = "trả lời góp ý"
	}
	if strings.Contains(path, "/noi-dung/") {
		said = "nội dung báo cáo tổng hợp"
	}
	switch whole {
	case "bao-cao":
		said = strings.Replace(said, "kế hoạch", "báo cáo", 1)
	case "tong-hop":
		said = strings.Replace(said, "kế hoạch", "báo cáo tổng hợp", 1)
	}
	if task := values.Get(plan.TaskField); said == newActivity && task != "" {
		return said + ", " + viet.LowerFirst(taskWords(task))
	}
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

// extra names the fields that are no part of a schema, and the one that is called
// otherwise in every part of a consolidated report.
var extra = map[string]string{
	"text": "Nội dung", "reason": "Lý do", "answer": "Trả lời", "body": "Nội dung", "note": "Ghi chú", "as_of": "Ngày", "question": "Nội dung cần giải trình",
	"percent": "Phần trăm", "value": "Số đã thực hiện", "unit": "Đơn vị", "units": "Đơn vị", "due_before": "Hạn mới", "on": "Từ ngày",
	"from": "Từ ngày", "plans_before": "Hạn gửi kế hoạch",
}

// schemaAt is of what a post to path was part.
func schemaAt(path string) workingcopy.Schema {
	switch {
	case strings.HasPrefix(path, "/tong-hop/"):
		return consolidation.Schema
	case strings.Contains(path, "/bao-cao/"):
		return report.Schema
	}
	return plan.Schema
}

// Places behind those of the schema.
const (
	afterText = 500
	atTheEnd  = 1000
)

// line is one typed field for reading.
type line struct{ Label, Text string }

// readable are the typed texts of a post to path that a person can recognise, in the
// order of the schema; what the form carries for itself is left out. names are what
// units are called, by slug.
func readable(path string, values url.Values, names map[string]string) []line {
	type placed struct {
		line
		place int
	}
	schema := schemaAt(path)
	var out []placed
	add := func(place int, label, text string) {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, placed{line{label, text}, place})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		text := strings.Join(values[name], ", ")
		if l, ok := fromFile(schema, name, text); ok {
			add(0, l.Label, l.Text)
			continue
		}
		if code, ok := strings.CutSuffix(name, ".own"); ok {
			add(afterText, "Số liệu "+code, amount(values, code))
			continue
		}
		if code, ok := strings.CutSuffix(name, ".mark"); ok && !values.Has(code+".own") {
			add(afterText, "Số liệu "+code, amount(values, code))
			continue
		}
		field, place := fieldOf(schema, name)
		switch {
		case name == plan.TaskField: // of a new activity; those there are keep theirs
			add(0, "Thuộc", taskWords(text))
		case place < 0:
			add(atTheEnd, extra[name], text)
		case field.Quiet:
		case field.Shape == workingcopy.Time:
			add(place, field.Label, span(path, values))
		default:
			add(place, field.Label, written(field, values[name], names))
		}
	}
	slices.SortStableFunc(out, func(a, b placed) int { return cmp.Compare(a.place, b.place) })
	lines := make([]line, 0, len(out))
	for _, p := range out {
		if p.Label != "" {
			lines = append(lines, p.line)
		}
	}
	return lines
}

// fieldOf finds a field by its name on a form, and its place in the schema from 1;
// -1: there is none.
func fieldOf(schema workingcopy.Schema, name string) (workingcopy.Field, int) {
	for i, kind := range schema {
		for j, f := range kind.Fields {
			if f.Name == name && name != "text" {
				return f, 1 + 20*i + j
			}
		}
	}
	return workingcopy.Field{}, -1
}

// slugsIn are the units that a post to path names.
func slugsIn(path string, values url.Values) []string {
	var slugs []string
	for name, all := range values {
		if f, place := fieldOf(schemaAt(path), name); place > 0 && f.Shape == workingcopy.Units {
			slugs = append(slugs, all...)
		}
	}
	return slugs
}

// written is a typed value as people read it. Numbers and days stay as typed: they
// need not be right.
func written(f workingcopy.Field, all []string, names map[string]string) string {
	typed := strings.Join(all, ", ")
	switch f.Shape {
	case workingcopy.Units:
		return f.Show(strings.Join(all, "\n"), names)
	case workingcopy.Tick:
		if typed == "" || typed == "0" {
			return "không"
		}
		return f.Show(typed, nil)
	case workingcopy.Choice:
		return f.Show(typed, nil)
	}
	return typed
}

// amount is a figure as it stood on the form.
func amount(values url.Values, code string) string {
	own, mark := strings.TrimSpace(values.Get(code+".own")), values.Get(code+".mark")
	kind, _ := report.Schema.Of("figure/" + code)
	if f, ok := kind.Field("mark"); ok && mark != "" {
		return f.Show(mark, nil)
	}
	if estimated := strings.TrimSpace(values.Get(code + ".estimated")); own != "" && estimated != "" {
		return own + ", trong đó ước " + estimated
	}
	return own
}

// span is the time of an activity, which a form asks for in several fields.
func span(path string, values url.Values) string {
	kind := viet.SpanKind(values.Get("time"))
	if kind == viet.SpanDay {
		return strings.Trim(values.Get("starts_on")+" – "+values.Get("due_on"), " –")
	}
	year := 0
	if parts := strings.Split(strings.Trim(path, "/"), "/"); len(parts) > 1 {
		year, _ = strconv.Atoi(parts[1]) // 0: not shown
	}
	which := 1
	if kind != viet.SpanYear {
		which, _ = strconv.Atoi(values.Get(string(kind))) // 0: not chosen
	}
	s, ok := viet.SpanOf(kind, year, which)
	if !ok {
		return ""
	}
	return s.Label()
}
