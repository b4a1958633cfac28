package plan

import (
	"fmt"
	"strings"

	"danvan/internal/submission"
)

// Gaps lists what still blocks sending a plan to the leader.
func Gaps(c Content) []submission.Gap {
	var gaps []submission.Gap
	for _, s := range c.Sections {
		running := 0
		for _, a := range s.Activities {
			if a.Stopped != "" {
				continue
			}
			running++
			gaps = append(gaps, activityGaps(a)...)
		}
		title := fmt.Sprintf("Nhiệm vụ %d. %s", s.Task, s.Short)
		switch {
		case running > 0 && s.Scope != "":
			gaps = append(gaps, submission.Gap{Part: TaskKey(s.Task), Field: "scope", Title: title,
				Message: "Đang có hoạt động mà ghi không thuộc phạm vi hoặc không phát sinh; chỉ giữ một trong hai"})
		case s.Task == 0 || running > 0:
		case s.Scope == "":
			gaps = append(gaps, submission.Gap{Part: TaskKey(s.Task), Title: title,
				Message: "Chưa có hoạt động; thêm hoạt động hoặc ghi không thuộc phạm vi, không phát sinh"})
		case s.Reason == "":
			gaps = append(gaps, submission.Gap{Part: TaskKey(s.Task), Field: "reason", Title: title,
				Message: "Chưa nêu lý do không có hoạt động"})
		}
	}
	return gaps
}

func activityGaps(a Activity) []submission.Gap {
	var gaps []submission.Gap
	title := a.Code + ". " + a.Title
	miss := func(field, message string) {
		gaps = append(gaps, submission.Gap{Part: ActivityKey(a.ID), Field: field, Title: strings.TrimSuffix(title, ". "), Message: message})
	}
	if a.Title == "" {
		miss("title", "Chưa có tên hoạt động")
	}
	if a.Product == "" {
		miss("product", "Chưa ghi sản phẩm")
	}
	if a.Time.IsZero() {
		miss("time", "Chưa chọn thời gian thực hiện")
	}
	if a.Target != "" && a.Unit == "" {
		miss("uom", "Chưa ghi đơn vị tính của số phấn đấu")
	}
	switch {
	case a.Owner == nil:
		miss("owner", "Chưa có người phụ trách")
	case !a.Owner.Active:
		miss("owner", a.Owner.Name+" không còn công tác tại đơn vị; chọn người phụ trách khác")
	}
	return gaps
}

// Found lists what is odd about a plan: asked once, never blocking.
func Found(c Content) []submission.Doubt {
	var review, inspection, exemplar bool
	for _, a := range c.Activities() {
		if a.Stopped != "" {
			continue
		}
		review, inspection, exemplar = review || a.Review, inspection || a.Inspection, exemplar || a.Exemplar
	}
	var found []submission.Doubt
	ask := func(missing bool, code, message string) {
		if missing {
			found = append(found, submission.Doubt{Code: code, Fingerprint: "none", Message: message})
		}
	}
	ask(!review, "no_review", "Kế hoạch chưa có hoạt động sơ kết, tổng kết. Đơn vị thực hiện việc này thế nào?")
	ask(!inspection, "no_inspection", "Kế hoạch chưa có hoạt động kiểm tra, tự kiểm tra. Đơn vị thực hiện việc này thế nào?")
	ask(!exemplar, "no_exemplar", "Kế hoạch chưa có hoạt động Dân vận khéo. Đơn vị thực hiện phong trào này thế nào?")
	return found
}
