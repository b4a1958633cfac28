package plan

import (
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// split parts values into what may be stored and what may not, with a sentence
// for each of the latter. Missing fields are no mistake: they block sending, not
// saving. inside is the campaign's active range, both days included; known tells
// which unit slugs exist.
func split(kind submission.PartKind, values submission.Content, inside [2]viet.Date, known map[string]bool) (good submission.Content, bad fault.Invalid) {
	good, bad = submission.Content{}, fault.Invalid{}
	for name, value := range values {
		f, ok := kind.Field(name)
		if !ok || f.Quiet {
			continue // not a field of the form: never stored
		}
		if problem := check(f, value, inside, known); problem != "" {
			bad.Add(name, problem)
			continue
		}
		good[name] = value
	}
	return good, bad
}

func check(f submission.Field, value string, inside [2]viet.Date, known map[string]bool) string {
	if value == "" {
		return ""
	}
	if n := utf8.RuneCountInString(value); n > f.Limit() {
		return fmt.Sprintf("%s dài %s ký tự; rút gọn còn tối đa %s", f.Label, viet.FormatInt(n), viet.FormatInt(f.Limit()))
	}
	switch f.Shape {
	case submission.Time:
		span, err := submission.ParseTime(value)
		if err != nil {
			return "Chọn thời gian thực hiện"
		}
		if span.Kind == viet.SpanDay && (!span.Start.Within(inside[0], inside[1]) || !span.Due.Within(inside[0], inside[1])) {
			return fmt.Sprintf("Thời gian phải nằm trong khoảng %s đến %s", inside[0], inside[1])
		}
		if _, ok := span.Inside(inside[0], inside[1]); !ok {
			return fmt.Sprintf("Thời gian phải nằm trong khoảng %s đến %s", inside[0], inside[1])
		}
	case submission.Choice:
		if _, ok := f.Options[value]; !ok {
			return "Chọn một mục trong danh sách"
		}
	case submission.Units:
		for _, slug := range strings.Split(value, "\n") {
			if !known[slug] {
				return "Chọn đơn vị trong danh sách"
			}
		}
	case submission.Number:
		r, ok := new(big.Rat).SetString(value)
		if !ok {
			return "Chỉ ghi số, ví dụ 10"
		}
		if r.Sign() < 0 {
			return f.Label + " không thể là số âm"
		}
	case submission.Day:
		var d viet.Date
		if err := d.UnmarshalText([]byte(value)); err != nil {
			return "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/11/2022"
		}
	}
	if f.Name == "number" {
		if n, _ := splitNumber(value); n == 0 {
			return "Số văn bản gồm chữ số, có thể kèm chữ cái, ví dụ 15 hoặc 15a"
		}
	}
	return ""
}

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
