package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"danvan/internal/document/word"
	"danvan/internal/progress"
	"danvan/internal/report"
	"danvan/internal/viet"
)

const reportName = "Báo cáo"

// Report writes a unit's report for a period, with its figures and its table of Dân
// vận khéo behind.
func Report(out io.Writer, f Filed, c report.Content) error {
	s, period := f.Setting, viet.LowerFirst(f.Case.PeriodName)
	subject := about(reportName, c.Reference.Subject, report.Subject(period))
	annexes := 1
	if len(c.Exemplars) > 0 {
		annexes = 2
	}
	w := word.New(out, word.Properties{Title: reportName + " " + viet.LowerFirst(subject), Author: s.Name, Annexes: annexes})
	head := s.letterhead(reportName, "BC", c.Reference)
	head.Draft = f.Version == nil
	w.Letterhead(head)
	w.Title(reportName, subject)
	w.To(s.To)
	w.Paragraph(fmt.Sprintf("Căn cứ %s, %s báo cáo kết quả thực hiện công tác dân vận chính quyền %s như sau:", s.Directive, s.Name, period))
	w.Section("Kết quả thực hiện")
	for _, section := range c.Tasks {
		if section.Task > 0 {
			w.Clause(strings.TrimRight(section.Title, "."))
			outcome(w, section)
		}
	}
	exemplary(w, c, annexes)
	w.Section("Đánh giá chung")
	for _, field := range [][2]string{{"Ưu điểm", "strengths"}, {"Hạn chế", "shortcomings"}, {"Nguyên nhân", "causes"}} {
		w.Clause(field[0])
		prose(w, c.Overall.Content[field[1]])
	}
	w.Section("Phương hướng, nhiệm vụ thời gian tới")
	prose(w, c.Next.Content["steps"])
	w.Section("Kiến nghị, đề xuất")
	proposals(w, c)
	w.Paragraph(fmt.Sprintf("Trên đây là báo cáo kết quả thực hiện công tác dân vận chính quyền %s của %s, kính gửi %s tổng hợp.", period, s.Name, s.To))
	w.Signature(s.signature(c.Reference, "Như trên"))
	figuresAnnex(w, f, c)
	if len(c.Exemplars) > 0 {
		exemplarsAnnex(w, c)
	}
	origins(w, f, c)
	return w.Close()
}

// outcome is how a task went.
func outcome(w *word.Writer, s report.Section) {
	if s.Status() == report.NotApplicable {
		w.Paragraph("Nhiệm vụ không thuộc phạm vi của cơ quan.")
		if text := s.Part.Content["result"]; text != "" {
			w.Paragraph(text)
		}
		return
	}
	level := missing
	if s.Status() != "" {
		level = viet.LowerFirst(s.Status().Word())
	}
	w.Led("Mức độ thực hiện:", sentence(level+activities(s)))
	prose(w, s.Part.Content["result"])
	if text := s.Part.Content["shortcoming"]; text != "" {
		w.Led("Tồn tại, hạn chế:", text)
	}
	if text := s.Part.Content["cause"]; text != "" {
		w.Led("Nguyên nhân:", text)
	}
}

// activities says how many of the plan's activities under a task are done.
func activities(s report.Section) string {
	done, all := 0, 0
	for _, a := range s.Activities {
		switch a.Status {
		case progress.Cancelled:
			continue
		case progress.Done, progress.DoneLate:
			done++
		}
		all++
	}
	if all == 0 {
		return ""
	}
	return fmt.Sprintf(" (hoàn thành %d/%d hoạt động theo kế hoạch)", done, all)
}

// exemplary is the clause of the common part, behind those of the tasks.
func exemplary(w *word.Writer, c report.Content, annexes int) {
	w.Clause("Phong trào thi đua “Dân vận khéo”; sơ kết, tổng kết; kiểm tra, tự kiểm tra")
	if common, ok := c.Section(0); ok {
		if text := common.Part.Content["result"]; text != "" || len(c.Exemplars) == 0 {
			prose(w, text)
		}
		if text := common.Part.Content["shortcoming"]; text != "" {
			w.Led("Tồn tại, hạn chế:", text)
		}
		if text := common.Part.Content["cause"]; text != "" {
			w.Led("Nguyên nhân:", text)
		}
	}
	if n := len(c.Exemplars); n > 0 {
		w.Paragraph(fmt.Sprintf("Có %s mô hình “Dân vận khéo” được báo cáo trong kỳ (Phụ lục %s).", viet.FormatInt(n), viet.Roman(annexes)))
	}
}

func proposals(w *word.Writer, c report.Content) {
	if len(c.Proposals) == 0 {
		w.Paragraph("Không có kiến nghị, đề xuất.")
	}
	for _, p := range c.Proposals {
		body := p.Body
		if strings.TrimSpace(body) == "" {
			body = missing
		}
		w.Item(sentence(body))
		if p.Receiver != "" {
			w.Led("Nơi giải quyết:", sentence(p.Receiver))
		}
	}
}

var exemplarColumns = []word.Column{
	{Title: "TT", Share: 4, Align: word.Center}, {Title: "Tên mô hình", Share: 24}, {Title: "Lĩnh vực", Share: 13}, {Title: "Tập thể, cá nhân", Share: 16},
	{Title: "Kết quả", Share: 33}, {Title: "Đã công nhận", Share: 10, Align: word.Center},
}

func exemplarsAnnex(w *word.Writer, c report.Content) {
	w.Annex("Mô hình “Dân vận khéo”", true)
	kind, _ := report.Schema.Of("exemplar") // the schema is fixed
	said := func(field, value string) string {
		f, _ := kind.Field(field)
		return f.Options[value]
	}
	w.Table(exemplarColumns, func(yield func(word.Row) bool) {
		for i, x := range c.Exemplars {
			cells := []string{strconv.Itoa(i + 1), x.Name, said("field", x.Field), x.Holder, x.Result, said("level", x.Level)}
			for j, text := range cells {
				if text == "" {
					cells[j] = missing
				}
			}
			if !yield(word.Row{Cells: cells}) {
				return
			}
		}
	})
}

// origins say where figures and words come from.
func origins(w *word.Writer, f Filed, c report.Content) {
	for _, s := range c.Tasks {
		w.Origin(f.origin(report.TaskKey(s.Task)))
		for _, r := range s.Rows {
			if r.Asked {
				w.Origin(f.origin(report.FigureKey(r.Code)))
			}
			if r.Below == nil {
				continue
			}
			for _, from := range r.Below.Sources {
				w.Origin(word.Origin{Place: report.FigureKey(r.Code), Unit: from.Unit, Filed: f.filed(), Version: from.No})
			}
		}
	}
}
