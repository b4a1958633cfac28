package plan

import (
	"strconv"
	"strings"

	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Schema lists what a plan is made of, in reading order.
var Schema = submission.Schema{
	{Prefix: ReferenceKey, Label: "Văn bản", Fields: []submission.Field{
		{Name: "number", Label: "Số", Max: 10},
		{Name: "symbol", Label: "Ký hiệu", Max: 40},
		{Name: "issued_on", Label: "Ngày ban hành", Shape: submission.Day},
		{Name: "subject", Label: "Trích yếu", Shape: submission.Prose, Max: 500},
		{Name: "signer", Label: "Người ký", Max: 100},
		{Name: "capacity", Label: "Quyền hạn, chức vụ của người ký", Max: 200},
	}},
	{Prefix: "task", Label: "Nhiệm vụ", Fields: []submission.Field{
		{Name: "scope", Label: "Phạm vi", Shape: submission.Choice, Options: map[string]string{
			ScopeNone: "Không thuộc phạm vi", ScopeNil: "Không phát sinh"}},
		{Name: "reason", Label: "Lý do", Shape: submission.Prose, Max: 1000},
	}},
	{Prefix: "activity", Label: "Hoạt động", Fields: []submission.Field{
		{Name: "title", Label: "Tên hoạt động", Shape: submission.Prose, Max: 500},
		{Name: "product", Label: "Sản phẩm", Shape: submission.Prose, Max: 500},
		{Name: "description", Label: "Nội dung thực hiện", Shape: submission.Prose, Max: 5000},
		{Name: "time", Label: "Thời gian thực hiện", Shape: submission.Time},
		{Name: "section", Label: "Phòng chủ trì", Max: 200},
		{Name: "partners", Label: "Đơn vị phối hợp", Shape: submission.Units, Max: 5000},
		{Name: "partners_other", Label: "Đơn vị phối hợp khác", Shape: submission.Prose, Max: 1000},
		{Name: "uom", Label: "Đơn vị tính", Max: 60},
		{Name: "baseline", Label: "Số đầu kỳ", Shape: submission.Number},
		{Name: "target", Label: "Số phấn đấu", Shape: submission.Number},
		{Name: "evidence", Label: "Minh chứng khi hoàn thành", Shape: submission.Tick},
		{Name: "mark_review", Label: "Sơ kết, tổng kết", Shape: submission.Tick},
		{Name: "mark_inspection", Label: "Kiểm tra, tự kiểm tra", Shape: submission.Tick},
		{Name: "mark_exemplar", Label: "Dân vận khéo", Shape: submission.Tick},
		{Name: "stopped", Label: "Dừng thực hiện", Shape: submission.Prose, Max: 1000},
		{Name: "task", Label: "Nhiệm vụ", Quiet: true},
		{Name: "code", Label: "Mã", Quiet: true},
		{Name: "position", Label: "Thứ tự", Quiet: true},
	}},
}

// referenceFrom reads the document reference; what is not yet filled in is zero.
func referenceFrom(c submission.Content) submission.Reference {
	number, suffix := splitNumber(c["number"])
	var on viet.Date
	_ = on.UnmarshalText([]byte(c["issued_on"])) // checked when saved; empty is no day
	return submission.Reference{Number: number, Suffix: suffix, Symbol: c["symbol"], IssuedOn: on,
		Subject: c["subject"], Signer: c["signer"], Capacity: c["capacity"]}
}

// splitNumber parts "15a" into 15 and "a"; 0 says that it is no number.
func splitNumber(text string) (number int, suffix string) {
	digits := strings.TrimRightFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return 0, ""
	}
	return n, text[len(digits):]
}
