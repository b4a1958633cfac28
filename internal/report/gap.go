package report

import (
	"fmt"

	"danvan/internal/submission"
)

// Gaps lists what still blocks sending a report to the leader.
func Gaps(c Content) []submission.Gap {
	var gaps []submission.Gap
	miss := func(key, field, title, message string) {
		gaps = append(gaps, submission.Gap{Part: key, Field: field, Title: title, Message: message})
	}
	for _, s := range c.Tasks {
		title := s.Name()
		if s.Task != 0 && s.Status() == "" {
			miss(TaskKey(s.Task), "status", title, "Chưa chọn mức độ thực hiện")
		}
		if s.Status() != NotApplicable && s.Part.Content["result"] == "" {
			miss(TaskKey(s.Task), "result", title, "Chưa ghi kết quả")
		}
		for _, r := range s.Rows {
			if r.Asked && r.Typed() && !r.Figure.Answered() {
				miss(FigureKey(r.Code), "own", r.Title(), "Chưa có số liệu; ghi số, hoặc chọn không phát sinh, không thuộc phạm vi")
			}
		}
	}
	if c.Overall.Content["strengths"] == "" {
		miss(OverallKey, "strengths", "Đánh giá chung", "Chưa ghi ưu điểm")
	}
	if c.Next.Content["steps"] == "" {
		miss(NextKey, "steps", "Phương hướng", "Chưa ghi phương hướng, nhiệm vụ")
	}
	for _, p := range c.Proposals {
		if p.Body == "" {
			miss(p.Part.Key, "body", p.Title(), "Chưa ghi nội dung; ghi nội dung hoặc xóa kiến nghị")
		}
	}
	for _, x := range c.Exemplars {
		if x.Name == "" {
			miss(x.Part.Key, "name", x.Title(), "Chưa ghi tên mô hình; ghi tên hoặc xóa dòng này")
		}
	}
	return gaps
}

// Name is how a task is called where its number does not stand beside it.
func (s Section) Name() string {
	if s.Task == 0 {
		return s.Short
	}
	return fmt.Sprintf("Nhiệm vụ %d. %s", s.Task, s.Short)
}

// Title is the code with the name of the figure.
func (r Row) Title() string { return r.Code + ". " + r.Name }

// Title names the proposal among those of its report.
func (p Proposal) Title() string { return fmt.Sprintf("Kiến nghị %d", p.No) }

// Title names the line among those of its report.
func (x Exemplar) Title() string {
	if x.Name == "" {
		return fmt.Sprintf("Mô hình Dân vận khéo %d", x.No)
	}
	return x.Name
}
