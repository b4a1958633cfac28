// Package planshow draws the content of a plan: its seven tasks as a strip and
// as sections with their activities, and the facts of the document. It handles no
// requests and decides nothing.
package planshow

import (
	"strconv"
	"strings"

	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// Standing is how an activity stands today.
type Standing struct {
	Kind ui.Kind
	Word string // "Hoàn thành", "Còn 4 ngày", "Quá hạn 13 ngày"
	Note string // what was reached, e.g. "đến 31/10/2022: 54%"; may be empty
}

func (s Standing) done() bool { return s.Kind == ui.Done || s.Kind == ui.Late }

// View says what surrounds the content: whose plan it is, and what is known and
// allowed beside it. Maps may be nil.
type View struct {
	Year      int
	Unit      string // slug
	Standings map[plan.ActivityID]Standing
	Remarks   []plan.Remark
	Gaps      []submission.Gap
	By        string // short name of the unit whose people made the remarks
	Edit      bool   // shows what adds and mends
	Assign    bool   // gaps in charge can be mended though nothing else can
	Answer    bool
	MarkNew   bool // marks activities that stand in no version yet
	Frozen    bool // a version: activities have no page of their own
}

func (v View) counted() bool { return v.Standings != nil }

// RowID is the id of an activity on a page, to lead to it.
func RowID(code string) string { return "hd-" + strings.ReplaceAll(code, ".", "-") }

// SectionID is the id of a task's section.
func SectionID(no int) string { return "nv" + strconv.Itoa(no) }

// TaskName is how a task is called where its number does not stand beside it.
func TaskName(s plan.Section) string {
	if s.Task == 0 {
		return s.Short
	}
	return "Nhiệm vụ " + strconv.Itoa(s.Task) + ". " + s.Short
}

// ScopeWord is "Không thuộc phạm vi" or "Không phát sinh", empty for neither.
func ScopeWord(scope string) string {
	kind, _ := plan.Schema.Of(plan.TaskKey(0))
	field, _ := kind.Field("scope")
	return field.Options[scope]
}

// Measure is what an activity is to reach, "từ 54 đến 100 vụ", empty without a
// target.
func Measure(a plan.Activity) string {
	if a.Target == "" {
		return ""
	}
	said := viet.FormatNumber(a.Target)
	if a.Baseline != "" && a.Baseline != "0" {
		said = "từ " + viet.FormatNumber(a.Baseline) + " đến " + said
	}
	return viet.WithUnit(said, a.Unit)
}

// remarksOn are the remarks on one part; those on a vanished part are told apart.
func (v View) remarksOn(key string) []plan.Remark {
	var out []plan.Remark
	for _, r := range v.Remarks {
		if r.PartKey == key && !r.Gone {
			out = append(out, r)
		}
	}
	return out
}

// remarksOfSection are those on the task itself and on parts that vanished from it.
func (v View) remarksOfSection(no int) []plan.Remark {
	var out []plan.Remark
	for _, r := range v.Remarks {
		if r.Task == no && (r.Gone || r.PartKey == plan.TaskKey(no)) {
			out = append(out, r)
		}
	}
	return out
}

// remarksOfWhole are those on the plan as a whole and on its document.
func (v View) remarksOfWhole() []plan.Remark {
	var out []plan.Remark
	for _, r := range v.Remarks {
		if r.Task == plan.Whole {
			out = append(out, r)
		}
	}
	return out
}

func (v View) answerLink(r plan.Remark) ui.Link {
	if !v.Answer {
		return ui.Link{}
	}
	label := "Trả lời, sửa"
	if r.Answer != "" {
		label = "Sửa câu trả lời"
	}
	return ui.Link{Label: label, Path: paths.Remark(paths.Plan(v.Year, v.Unit), r.ID)}
}

// gap returns what is missing in a field of a part.
func (v View) gap(key, field string) (submission.Gap, bool) {
	for _, g := range v.Gaps {
		if g.Part == key && g.Field == field {
			return g, true
		}
	}
	return submission.Gap{}, false
}

// mend is where a gap of an activity is mended, empty when the reader may not.
func (v View) mend(a plan.Activity, field string) string {
	switch {
	case v.Edit:
		return paths.EditActivity(v.Year, v.Unit, a.Code) + "#" + ui.FieldID(field)
	case v.Assign && field == "owner":
		return paths.AssignActivity(v.Year, v.Unit, a.Code) + "#" + ui.FieldID(field)
	}
	return ""
}

// tally counts a section.
type tally struct {
	total, done, soon, overdue int
	fresh                      int // not sent or not in force yet; in total before anything is
	segments                   []ui.Segment
}

// order of the parts of a bar.
var fills = []ui.Kind{ui.Done, ui.Late, ui.Going, ui.Idle, ui.Soon, ui.Overdue}

func (v View) tally(s plan.Section) tally {
	var t tally
	count := map[ui.Kind]int{}
	for _, a := range s.Activities {
		st, inForce := v.Standings[a.ID]
		if a.Stopped == "" && (v.MarkNew && !a.Sent || v.counted() && !inForce) {
			t.fresh++
		}
		// Once a plan is in force, what it holds counts, here as everywhere: what is
		// added or stopped takes effect with the amendment.
		switch {
		case v.counted() && (!inForce || st.Kind == ui.Cancelled), !v.counted() && a.Stopped != "":
			continue
		}
		t.total++
		count[st.Kind]++
		if st.done() {
			t.done++
		}
	}
	t.soon, t.overdue = count[ui.Soon], count[ui.Overdue]
	if v.counted() {
		for _, k := range fills {
			t.segments = append(t.segments, ui.Segment{Fill: k, Count: count[k]})
		}
	}
	return t
}

// Strip is the row of the seven tasks. Section 0 stands below them only.
func (v View) Strip(sections []plan.Section) []ui.StripItem {
	var items []ui.StripItem
	for _, s := range sections {
		if s.Task == 0 {
			continue
		}
		t := v.tally(s)
		item := ui.StripItem{No: s.Task, Title: s.Short, Path: "#" + SectionID(s.Task), Bar: t.segments}
		item.Left, item.Plain = strconv.Itoa(t.total), "hoạt động"
		if v.counted() {
			item.Left, item.Plain = strconv.Itoa(t.done)+"/"+strconv.Itoa(t.total), ""
		}
		switch {
		case t.overdue > 0:
			item.Right, item.Tone = viet.FormatInt(t.overdue)+" quá hạn", ui.Bad
		case t.soon > 0:
			item.Right = viet.FormatInt(t.soon) + " sắp đến hạn"
		case t.fresh > 0:
			item.Right = viet.FormatInt(t.fresh) + " mới"
		}
		if t.total == 0 && t.fresh == 0 {
			item.Left, item.Plain, item.Bar, item.Right = "–", "", nil, viet.LowerFirst(ScopeWord(s.Scope))
			if s.Scope == plan.ScopeNone {
				item.Left, item.Means, item.Right = "KTPV", ScopeWord(s.Scope), ""
			}
		}
		items = append(items, item)
	}
	return items
}

// right is what stands at the end of a section's head.
func (v View) right(s plan.Section) string {
	t := v.tally(s)
	switch {
	case t.total == 0 && t.fresh == 0:
		return ""
	case v.counted() && t.fresh > 0:
		return strconv.Itoa(t.done) + "/" + strconv.Itoa(t.total) + " hoàn thành; " + strconv.Itoa(t.fresh) + " mới, chưa có hiệu lực"
	case v.counted():
		return strconv.Itoa(t.done) + "/" + strconv.Itoa(t.total) + " hoàn thành"
	}
	return strconv.Itoa(t.total) + " hoạt động"
}

// When is the time of an activity as a table shows it.
func When(a plan.Activity) string { return a.Time.Label() }

func ownerName(a plan.Activity) string {
	if a.Owner == nil {
		return ""
	}
	return a.Owner.Name
}
