// Package reportshow draws the content of a report: its tasks as a strip and as
// sections with figures and words, and what belongs to no task. It handles no
// requests and decides nothing.
package reportshow

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/web/paths"
	"danvan/web/ui"
)

// View says what surrounds the content: whose report it is, and what is known and
// allowed beside it.
type View struct {
	Case    submission.Case
	Base    string // address of the report
	Remarks []report.Remark
	Gaps    []submission.Gap // of the working copy
	Answer  bool             // remarks can be answered
	Working bool             // the working copy; else a version
	Ledger  bool             // what is shown is in force: its proposals stand in the ledger
	// Under draws what stands below a figure in place of the remarks on it; nil for
	// nothing.
	Under func(report.Row) templ.Component
}

// SectionID is the id of a task's section.
func SectionID(no int) string { return "nv" + strconv.Itoa(no) }

// Ids of the sections that belong to no task.
const (
	OverallID   = "danh-gia"
	NextID      = "phuong-huong"
	ProposalsID = "kien-nghi"
	ExemplarsID = "dan-van-kheo"
	FilesID     = "minh-chung"
)

// Whole is the task of gaps and remarks that belong to none.
const Whole = report.Whole

// GapsOf are what is missing in a task.
func GapsOf(gaps []submission.Gap, task int) []submission.Gap {
	return gapsWhere(gaps, func(g submission.Gap) bool { return report.TaskOf(g.Part) == task })
}

// GapsIn are what is missing in a part, or in the parts under a prefix.
func GapsIn(gaps []submission.Gap, key string) []submission.Gap {
	return gapsWhere(gaps, func(g submission.Gap) bool { return g.Part == key || strings.HasPrefix(g.Part, key+"/") })
}

func gapsWhere(gaps []submission.Gap, fits func(submission.Gap) bool) []submission.Gap {
	var out []submission.Gap
	for _, g := range gaps {
		if fits(g) {
			out = append(out, g)
		}
	}
	return out
}

// Strip is the row of the tasks with how many figures each has, and what belongs
// to no task behind them. current is the task of the page, [Whole] for the rest of
// the report and no task at all for the report itself; faults are mistakes on the
// form of that task. Without edit the strip leads to the sections of the page.
func (v View) Strip(c report.Content, current, faults int, edit bool) []ui.StripItem {
	var items []ui.StripItem
	for _, s := range c.Tasks {
		if s.Task == 0 {
			continue
		}
		item := ui.StripItem{No: s.Task, Title: s.Short, Path: "#" + SectionID(s.Task), Current: s.Task == current}
		if edit {
			item.Path = paths.ReportTask(v.Base, s.Task)
		}
		answered, asked := s.Answered()
		item.Left = strconv.Itoa(answered) + "/" + strconv.Itoa(asked)
		switch {
		case s.Task == current && faults > 0:
			item.Right, item.Tone = strconv.Itoa(faults)+" lỗi", ui.Bad
		case !v.Working:
			item.Right = ""
		case len(GapsOf(v.Gaps, s.Task)) == 0:
			item.Right, item.Tone = "đủ", ui.Good
		default:
			item.Right = "còn thiếu"
		}
		if s.Status() == report.NotApplicable && asked == 0 {
			item.Left, item.Means = "KTPV", report.NotApplicable.Word()
		}
		items = append(items, item)
	}
	return append(items, v.rest(c, current, faults, edit))
}

// rest is the end of the strip: the common part, the assessment and what comes next.
func (v View) rest(c report.Content, current, faults int, edit bool) ui.StripItem {
	item := ui.StripItem{Title: "Nội dung chung, đánh giá, phương hướng", Path: "#" + SectionID(0), Current: current == 0 || current == Whole}
	if edit {
		item.Path = paths.ReportTask(v.Base, 0)
	}
	if !v.Working {
		return item
	}
	parts := [][]submission.Gap{GapsIn(v.Gaps, report.OverallKey), GapsIn(v.Gaps, report.NextKey)}
	if s, ok := c.Section(0); ok {
		parts = append(parts, GapsOf(v.Gaps, 0))
		if answered, asked := s.Answered(); asked > 0 { // figures, as of every other task
			item.Left = strconv.Itoa(answered) + "/" + strconv.Itoa(asked)
		}
	}
	done := 0
	for _, gaps := range parts {
		if len(gaps) == 0 {
			done++
		}
	}
	switch {
	case item.Current && faults > 0:
		item.Right, item.Tone = strconv.Itoa(faults)+" lỗi", ui.Bad
	case done == len(parts):
		item.Right, item.Tone = "đủ", ui.Good
	default:
		item.Right = "còn thiếu"
	}
	return item
}

// None is no task at all, for the strip of the report's own page.
const None = -2

// remarksOf are those shown at a task, those on one of its figures apart.
func (v View) remarksOf(task int) []report.Remark {
	var out []report.Remark
	for _, r := range v.Remarks {
		if r.Task == task && (r.Gone || !strings.HasPrefix(r.PartKey, "figure/")) {
			out = append(out, r)
		}
	}
	return out
}

// RemarksOn are the remarks on one part that still stands.
func (v View) RemarksOn(key string) []report.Remark {
	var out []report.Remark
	for _, r := range v.Remarks {
		if r.PartKey == key && !r.Gone {
			out = append(out, r)
		}
	}
	return out
}

// remarksOfWhole are those that have no section of their own.
func (v View) remarksOfWhole() []report.Remark {
	var out []report.Remark
	for _, r := range v.Remarks {
		if r.Task == Whole && (r.Gone || !placed(r.PartKey)) {
			out = append(out, r)
		}
	}
	return out
}

// placed reports whether a part that belongs to no task has a section.
func placed(key string) bool {
	prefix, _, _ := strings.Cut(key, "/")
	switch prefix {
	case report.OverallKey, report.NextKey, "proposal", "exemplar", "file":
		return true
	}
	return false
}

// AnswerLink leads to where a remark is answered, nowhere for who may not.
func (v View) AnswerLink(r report.Remark) ui.Link {
	if !v.Answer {
		return ui.Link{}
	}
	label := "Trả lời, sửa"
	if r.Answer != "" {
		label = "Sửa câu trả lời"
	}
	return ui.Link{Label: label, Path: paths.Remark(v.Base, r.ID)}
}

func lead(r report.Remark) string {
	switch {
	case r.Gone:
		return "Góp ý về mục đã bỏ (" + r.Title + ")."
	case r.Title != "":
		return "Góp ý về “" + r.Title + "”."
	}
	return "Góp ý."
}

// AboutWords say what a piece of evidence proves.
func AboutWords(c report.Content, about string) string {
	prefix, rest, _ := strings.Cut(about, "/")
	switch prefix {
	case report.OverallKey:
		return "Báo cáo nói chung"
	case "figure":
		if r, ok := c.Rows[rest]; ok {
			return "Số liệu " + r.Title()
		}
		return "Số liệu " + rest
	}
	for _, s := range c.Tasks {
		if report.TaskKey(s.Task) == about {
			return s.Name()
		}
		for _, a := range s.Activities {
			if report.ActivityKey(a.Code) == about {
				return "Hoạt động " + a.Code + ". " + a.Title
			}
		}
	}
	if prefix == "activity" {
		return "Hoạt động " + rest
	}
	return "Nội dung đã bỏ khỏi báo cáo"
}
