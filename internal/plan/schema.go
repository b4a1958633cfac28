package plan

import "danvan/internal/submission"

// Schema lists what a plan is made of, in reading order.
var Schema = submission.Schema{
	submission.ReferenceKind,
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
