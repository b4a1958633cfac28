package reviews

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"danvan/internal/plan"
	"danvan/internal/submission"
	planshow "danvan/web/show/plans"
	"danvan/web/ui"
)

// planContent is a plan as its reviewer reads it.
type planContent struct {
	plan.Content
	names  map[string]string // of partner units, by slug
	doubts []submission.Doubt
}

func (p planContent) holds() string { return fmt.Sprintf("%d hoạt động", len(p.Activities())) }

func (p planContent) oddities() []submission.Doubt { return p.doubts }

func (p planContent) sections(v reading) templ.Component { return planSections(v, p) }

func (p planContent) title(string) string { return "" } // activities are known by what was said about them

func (p planContent) strip(v reading) []ui.StripItem {
	var items []ui.StripItem
	for _, s := range p.Sections {
		if s.Task == 0 {
			continue
		}
		item := ui.StripItem{No: s.Task, Title: s.Short, Path: "#nv" + strconv.Itoa(s.Task),
			Plain: strconv.Itoa(len(s.Activities)) + " hoạt động"}
		if len(s.Activities) == 0 {
			item.Plain = scopeWord(s)
		}
		if v.Changes.known() {
			item.Plain = "không đổi"
			if n := p.changedIn(v, s); n > 0 {
				item.Left, item.Plain = strconv.Itoa(n), "thay đổi"
			}
		}
		if open := v.openOn(p.keysOf(s)...); open > 0 {
			item.Right, item.Tone = strconv.Itoa(open)+" góp ý", ui.Ask
		}
		items = append(items, item)
	}
	return items
}

// line is what an activity says under one label.
type line struct{ Label, Text string }

// lines are what an activity says, those things together that are read together.
func (p planContent) lines(a plan.Activity) []line {
	var out []line
	add := func(label, text string) {
		if text != "" {
			out = append(out, line{label, text})
		}
	}
	partners := submission.Field{Shape: submission.Units}.Show(strings.Join(a.Partners, "\n"), p.names)
	add("Sản phẩm", a.Product)
	add("Nội dung", a.Description)
	add("Chỉ tiêu", planshow.Measure(a))
	add("Phối hợp", strings.Join(nonEmpty(append([]string{partners}, a.OtherPartners...)...), "; "))
	add("Đánh dấu", strings.Join(marks(a), "; "))
	add("Dừng thực hiện", a.Stopped)
	return out
}

// summary is when, by whom and in which section, in one line.
func summary(a plan.Activity) string {
	when := a.Time.Label()
	if when == "" {
		when = "chưa ghi thời gian"
	}
	return strings.Join(nonEmpty(when, owner(a), a.Section), " · ")
}

func marks(a plan.Activity) []string {
	var out []string
	for _, m := range []struct {
		on   bool
		word string
	}{{a.Evidence, "cần minh chứng"}, {a.Review, "sơ kết, tổng kết"}, {a.Inspection, "kiểm tra, tự kiểm tra"}, {a.Exemplar, "Dân vận khéo"}} {
		if m.on {
			out = append(out, m.word)
		}
	}
	return out
}

func nonEmpty(texts ...string) []string {
	return slices.DeleteFunc(texts, func(t string) bool { return t == "" })
}

// owner says who is in charge, as frozen with the version.
func owner(a plan.Activity) string {
	said := "chưa có người phụ trách"
	if a.Owner != nil {
		said = a.Owner.Name
	}
	if a.Deputy != nil {
		said += "; thay thế: " + a.Deputy.Name
	}
	return said
}

func scopeWord(s plan.Section) string {
	switch s.Scope {
	case plan.ScopeNone:
		return "Không thuộc phạm vi"
	case plan.ScopeNil:
		return "Không phát sinh"
	}
	return "Chưa có hoạt động"
}

func activityCount(s plan.Section) string {
	if len(s.Activities) == 0 {
		return ""
	}
	return strconv.Itoa(len(s.Activities)) + " hoạt động"
}
