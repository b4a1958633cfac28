package report

import (
	"danvan/internal/indicator"
	"danvan/internal/progress"
	"danvan/internal/submission"
)

// Status is how a task went, as the unit says.
type Status string

const (
	Good          Status = "good"
	Done          Status = "done"
	OnTime        Status = "on_time"
	Slow          Status = "slow"
	NotBegun      Status = "not_begun"
	NotApplicable Status = "not_applicable"
)

// Statuses lists every status in the order in which it is offered.
var Statuses = []Status{Good, Done, OnTime, Slow, NotBegun, NotApplicable}

var statusWords = map[Status]string{
	Good:          "Hoàn thành tốt",
	Done:          "Hoàn thành",
	OnTime:        "Đúng tiến độ",
	Slow:          "Chậm tiến độ",
	NotBegun:      "Chưa thực hiện",
	NotApplicable: "Không thuộc phạm vi",
}

// Word is the status as users read it, everywhere.
func (s Status) Word() string { return statusWords[s] }

// Fields of an exemplar: lĩnh vực.
const (
	Economy = "economy"
	Society = "society"
	Defence = "defence"
	System  = "system"
)

// ExemplarFields lists the fields of exemplars in order.
var ExemplarFields = []string{Economy, Society, Defence, System}

// Levels that recognised an exemplar.
const (
	LevelNone     = "none"
	LevelCommune  = "commune"
	LevelDistrict = "district"
	LevelProvince = "province"
)

// Levels lists the levels of recognition from the lowest.
var Levels = []string{LevelNone, LevelCommune, LevelDistrict, LevelProvince}

var (
	fieldWords = map[string]string{
		Economy: "Kinh tế", Society: "Văn hóa – xã hội", Defence: "Quốc phòng – an ninh", System: "Xây dựng hệ thống chính trị",
	}
	levelWords = map[string]string{
		LevelNone: "Chưa công nhận", LevelCommune: "Cấp xã", LevelDistrict: "Cấp huyện", LevelProvince: "Cấp tỉnh",
	}
)

func statusOptions() map[string]string {
	options := map[string]string{}
	for _, s := range Statuses {
		options[string(s)] = s.Word()
	}
	return options
}

func activityStatuses() map[string]string {
	options := map[string]string{}
	for _, s := range progress.Statuses {
		options[string(s)] = s.Word()
	}
	return options
}

// marksCompared are the answers that a figure of another period may have.
func marksCompared() map[string]string {
	return map[string]string{
		string(indicator.Number):        "Có số liệu",
		string(indicator.Nil):           indicator.Nil.Word(),
		string(indicator.NotApplicable): indicator.NotApplicable.Word(),
	}
}

// Schema lists what a report is made of, in reading order. The kinds below,
// ratio, last, before and activity are computed: they stand in versions only.
var Schema = submission.Schema{
	submission.ReferenceKind,
	{Prefix: "task", Label: "Nhiệm vụ", Fields: []submission.Field{
		{Name: "status", Label: "Mức độ thực hiện", Shape: submission.Choice, Options: statusOptions()},
		{Name: "result", Label: "Kết quả", Shape: submission.Prose},
		{Name: "shortcoming", Label: "Tồn tại, hạn chế", Shape: submission.Prose},
		{Name: "cause", Label: "Nguyên nhân", Shape: submission.Prose},
	}},
	{Prefix: "figure", Label: "Số liệu", Fields: []submission.Field{
		{Name: "own", Label: "Số liệu", Shape: submission.Number},
		{Name: "mark", Label: "Không có số liệu", Shape: submission.Choice, Options: map[string]string{
			string(indicator.Nil):           indicator.Nil.Word(),
			string(indicator.NotApplicable): indicator.NotApplicable.Word()}},
		{Name: "estimated", Label: "Trong đó ước", Shape: submission.Number},
	}},
	{Prefix: "below", Label: "Số liệu của đơn vị trực thuộc", Fields: []submission.Field{
		{Name: "value", Label: "Số liệu", Shape: submission.Number},
		{Name: "sources", Label: "Tổng hợp từ", Shape: submission.Prose},
	}},
	{Prefix: "ratio", Label: "Tỷ lệ", Fields: []submission.Field{
		{Name: "value", Label: "Tỷ lệ (%)", Shape: submission.Number},
	}},
	{Prefix: "last", Label: "Cùng kỳ năm trước", Fields: []submission.Field{
		{Name: "value", Label: "Số liệu", Shape: submission.Number},
		{Name: "mark", Label: "Không có số liệu", Shape: submission.Choice, Options: marksCompared()},
		{Name: "no", Label: "Lần gửi"},
		{Name: "name", Label: "Kỳ báo cáo"},
		{Name: "source", Label: "Nguồn"},
		{Name: "of", Label: "Số liệu của", Shape: submission.Prose},
	}},
	{Prefix: "before", Label: "Kỳ trước", Fields: []submission.Field{
		{Name: "value", Label: "Số liệu", Shape: submission.Number},
		{Name: "own", Label: "Của riêng đơn vị", Shape: submission.Number},
		{Name: "mark", Label: "Không có số liệu", Shape: submission.Choice, Options: marksCompared()},
		{Name: "no", Label: "Lần gửi"},
		{Name: "name", Label: "Kỳ báo cáo"},
		{Name: "period", Label: "Mã kỳ", Quiet: true},
		{Name: "source", Label: "Nguồn"},
		{Name: "of", Label: "Số liệu của", Shape: submission.Prose},
	}},
	{Prefix: "activity", Label: "Hoạt động theo kế hoạch", Fields: []submission.Field{
		{Name: "title", Label: "Tên hoạt động", Shape: submission.Prose},
		{Name: "status", Label: "Tình trạng", Shape: submission.Choice, Options: activityStatuses()},
		{Name: "as_of", Label: "Tính đến ngày", Shape: submission.Day},
		{Name: "percent", Label: "Tỷ lệ hoàn thành (%)", Shape: submission.Number},
		{Name: "value", Label: "Đã thực hiện", Shape: submission.Number},
		{Name: "target", Label: "Số phấn đấu", Shape: submission.Number},
		{Name: "uom", Label: "Đơn vị tính"},
	}},
	{Prefix: OverallKey, Label: "Đánh giá chung", Fields: []submission.Field{
		{Name: "strengths", Label: "Ưu điểm", Shape: submission.Prose},
		{Name: "shortcomings", Label: "Hạn chế", Shape: submission.Prose},
		{Name: "causes", Label: "Nguyên nhân", Shape: submission.Prose},
	}},
	{Prefix: NextKey, Label: "Phương hướng", Fields: []submission.Field{
		{Name: "steps", Label: "Phương hướng, nhiệm vụ", Shape: submission.Prose},
	}},
	{Prefix: "proposal", Label: "Kiến nghị", Fields: []submission.Field{
		{Name: "body", Label: "Nội dung kiến nghị", Shape: submission.Prose, Max: 5000},
		{Name: "receiver", Label: "Nơi giải quyết", Max: 300},
	}},
	{Prefix: "exemplar", Label: "Mô hình Dân vận khéo", Fields: []submission.Field{
		{Name: "name", Label: "Tên mô hình", Shape: submission.Prose, Max: 500},
		{Name: "field", Label: "Lĩnh vực", Shape: submission.Choice, Options: fieldWords},
		{Name: "holder", Label: "Tập thể, cá nhân", Max: 300},
		{Name: "result", Label: "Kết quả", Shape: submission.Prose, Max: 5000},
		{Name: "level", Label: "Đã công nhận", Shape: submission.Choice, Options: levelWords},
	}},
	{Prefix: "file", Label: "Minh chứng", Fields: []submission.Field{
		{Name: "name", Label: "Tên tệp"},
		{Name: "about", Label: "Chứng minh cho"},
		{Name: "sha", Label: "SHA-256", Quiet: true},
		{Name: "size", Label: "Dung lượng", Quiet: true},
	}},
}
