package paper

import (
	"fmt"
	"io"
	"strings"

	"danvan/internal/document/word"
	"danvan/internal/plan"
	"danvan/internal/viet"
)

const planName = "Kế hoạch"

// Plan writes a unit's plan. partners are the names of the units it names, by slug.
func Plan(out io.Writer, f Filed, c plan.Content, partners map[string]string) error {
	s := f.Setting
	subject := about(planName, c.Reference.Subject, plan.Subject(s.Year))
	w := word.New(out, word.Properties{Title: planName + " " + viet.LowerFirst(subject), Author: s.Name, Annexes: 1})
	head := s.letterhead(planName, "KH", c.Reference)
	head.Draft = f.Version == nil
	w.Letterhead(head)
	w.Title(planName, subject)
	w.Paragraph(fmt.Sprintf("Căn cứ %s, %s xây dựng Kế hoạch với các nội dung như sau:", s.Directive, s.Name))
	planAim(w, s)
	w.Section("Nội dung thực hiện")
	for _, section := range c.Sections {
		if section.Task > 0 || len(section.Activities) > 0 {
			planTask(w, section)
		}
	}
	planOrganisation(w, s, c)
	w.Signature(s.signature(c.Reference, s.To, "Các phòng, đơn vị trực thuộc"))
	w.Annex(fmt.Sprintf("Phân công thực hiện kế hoạch công tác dân vận chính quyền năm %d", s.Year), true)
	w.Table(planColumns, func(yield func(word.Row) bool) { planRows(c, partners, yield) })
	for _, a := range c.Activities() {
		w.Origin(f.origin("activity/" + a.Code))
	}
	return w.Close()
}

// planAim is the same in every plan: what the directive wants of it.
func planAim(w *word.Writer, s Setting) {
	w.Section("Mục đích, yêu cầu")
	w.Clause("Mục đích")
	w.Paragraph(fmt.Sprintf("Tổ chức thực hiện đầy đủ, kịp thời các nhiệm vụ công tác dân vận chính quyền và quy chế dân chủ ở cơ sở năm %d thuộc chức năng, nhiệm vụ của cơ quan.", s.Year))
	w.Clause("Yêu cầu")
	w.Paragraph("Mỗi nhiệm vụ có hoạt động, sản phẩm, thời gian và người chịu trách nhiệm cụ thể; tiến độ được cập nhật, kết quả được báo cáo theo các kỳ báo cáo trong năm.")
}

func planTask(w *word.Writer, section plan.Section) {
	w.Clause(strings.TrimRight(section.Title, "."))
	for _, x := range section.Supplements {
		w.Led(x.Lead()+":", x.Body)
	}
	switch section.Scope {
	case plan.ScopeNone:
		w.Paragraph("Nhiệm vụ không thuộc phạm vi của cơ quan. " + sentence(viet.UpperFirst(section.Reason)))
	case plan.ScopeNil:
		w.Paragraph("Không phát sinh trong năm. " + sentence(viet.UpperFirst(section.Reason)))
	}
	if section.Scope == "" && len(section.Activities) == 0 {
		w.Paragraph(missing)
	}
	for _, a := range section.Activities {
		text := a.Title
		if text == "" {
			text = missing
		}
		if a.Stopped != "" {
			text = strings.TrimRight(text, ".") + " (dừng thực hiện: " + strings.TrimRight(viet.LowerFirst(a.Stopped), ".") + ")"
		}
		w.Point(sentence(text))
		if a.Description != "" && a.Stopped == "" {
			w.Paragraph(a.Description)
		}
	}
}

// planOrganisation says which office answers for which activities.
func planOrganisation(w *word.Writer, s Setting, c plan.Content) {
	w.Section("Tổ chức thực hiện")
	var offices []string
	codes := map[string][]string{}
	for _, a := range c.Activities() {
		if a.Section == "" || a.Stopped != "" {
			continue
		}
		if codes[a.Section] == nil {
			offices = append(offices, a.Section)
		}
		codes[a.Section] = append(codes[a.Section], a.Code)
	}
	for _, office := range offices {
		w.Item(viet.UpperFirst(office) + " chủ trì, phối hợp thực hiện các hoạt động có mã " + strings.Join(codes[office], ", ") + " tại Phụ lục kèm theo Kế hoạch này.")
	}
	w.Item("Các phòng, đơn vị được phân công cập nhật tiến độ thực hiện, báo cáo kết quả đúng các kỳ báo cáo trong năm; khó khăn, vướng mắc phản ánh kịp thời để được xem xét, giải quyết.")
	w.Paragraph(fmt.Sprintf("Trên đây là Kế hoạch công tác dân vận chính quyền năm %d của %s; đề nghị các phòng, đơn vị tổ chức thực hiện.", s.Year, s.Name))
}

var planColumns = []word.Column{
	{Title: "Mã", Share: 5, Align: word.Center}, {Title: "Hoạt động", Share: 28}, {Title: "Sản phẩm", Share: 17}, {Title: "Chủ trì, phụ trách", Share: 15},
	{Title: "Phối hợp", Share: 15}, {Title: "Thời gian", Share: 11, Align: word.Center}, {Title: "Mục tiêu", Share: 9},
}

func planRows(c plan.Content, partners map[string]string, yield func(word.Row) bool) {
	for _, section := range c.Sections {
		if len(section.Activities) == 0 {
			continue
		}
		if !yield(word.Row{Heading: numbered(section.Task, section.Short)}) {
			return
		}
		for _, a := range section.Activities {
			cells := []string{a.Code, a.Title, a.Product, inCharge(a), partnersOf(a, partners), a.Time.Label(), target(a)}
			if a.Stopped != "" {
				cells[1] += "\nDừng thực hiện"
			}
			for i, text := range cells[:len(cells)-1] {
				if text == "" && i != 4 { // nobody has to help
					cells[i] = missing
				}
			}
			if !yield(word.Row{Cells: cells}) {
				return
			}
		}
	}
}

// numbered heads the rows of a task; the common part has no number.
func numbered(task int, short string) string {
	if task == 0 {
		return short
	}
	return fmt.Sprintf("%d. %s", task, short)
}

func inCharge(a plan.Activity) string {
	var all []string
	if a.Section != "" {
		all = append(all, a.Section)
	}
	if a.Owner != nil {
		all = append(all, a.Owner.Name)
	}
	if a.Deputy != nil {
		all = append(all, a.Deputy.Name)
	}
	return strings.Join(all, "\n")
}

func partnersOf(a plan.Activity, names map[string]string) string {
	var all []string
	for _, slug := range a.Partners {
		if names[slug] != "" {
			all = append(all, names[slug])
		}
	}
	return strings.Join(append(all, a.OtherPartners...), "; ")
}

// target is what an activity wants to reach: "từ 40 đến 60 cuộc", "60%".
func target(a plan.Activity) string {
	if a.Target == "" {
		return ""
	}
	words := viet.FormatNumber(a.Target)
	if a.Baseline != "" && a.Baseline != "0" {
		words = "từ " + viet.FormatNumber(a.Baseline) + " đến " + words
	}
	if a.Unit == "%" {
		return words + "%"
	}
	return strings.TrimSpace(words + " " + a.Unit)
}
