package consolidations

import (
	"strconv"

	"danvan/internal/consolidation"
	"danvan/internal/indicator"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// figures are the totals of one task with what each unit contributes.
type figures struct {
	base   string
	ground consolidation.Ground
	task   int // 0: the common part
	frozen bool
	was    map[string]string // what a figure was when frozen, or is now that it is frozen
	says   string
	lines  []figureLine
}

// figureLine is one indicator as the page words it.
type figureLine struct {
	Code, Name, Measure    string
	Path                   string // of its breakdown
	Value, From, Estimated string
	Then, Words            string
	Was                    string // "lúc phát hành: 2.470", "" where nothing has changed
	Parts                  []figurePart
}

// figurePart is what one unit contributes.
type figurePart struct {
	Short, Path, Text string
	Number            bool
}

const noSum = "không cộng"

// words tells the figures of the task.
func (v figures) words() []figureLine {
	var lines []figureLine
	g := v.ground
	for _, l := range g.LinesOf(v.task) {
		row := figureLine{Code: l.Code, Name: l.Name, Measure: l.Measure, Path: breakdownPath(g, l.Code), Value: valueOf(l),
			From: strconv.Itoa(l.Numbers) + "/" + strconv.Itoa(l.Of) + " đơn vị", Estimated: viet.FormatNumber(l.Estimated), Then: l.Same.Text, Words: l.Same.Words}
		if l.Kind == indicator.Flag {
			row.Measure = "đơn vị trả lời “có”"
		}
		if was := v.was[l.Code]; was != "" {
			row.Was = v.wasWord() + was
		}
		for _, c := range l.Cells {
			row.Parts = append(row.Parts, partOf(g, l.Code, c))
		}
		lines = append(lines, row)
	}
	return lines
}

func (v figures) wasWord() string {
	if v.frozen {
		return "nay là "
	}
	return "khi phát hành: "
}

func valueOf(l consolidation.Line) string {
	if l.Text == "" && l.Across == indicator.NoneOfUnits {
		return noSum
	}
	return orDots(l.Text)
}

func orDots(text string) string {
	if text == "" {
		return "…"
	}
	return text
}

func partOf(g consolidation.Ground, code string, c consolidation.Cell) figurePart {
	p := figurePart{Short: shortOf(g, c.Unit), Text: c.Text, Number: c.Value != ""}
	if c.Version > 0 {
		p.Path = sendingPath(g, c.Unit, c.Version) + "#" + paths.FigureAnchor(code)
	}
	if p.Text == "" {
		p.Text = "chưa trả lời"
		if c.Version == 0 {
			p.Text = "chưa có báo cáo được tiếp nhận"
		}
	}
	return p
}

// shortOf is how a sentence calls a unit of the ground.
func shortOf(g consolidation.Ground, slug string) string {
	if s, ok := g.UnitStatus(slug); ok {
		return s.Short
	}
	if v, ok := g.Version(slug); ok {
		return v.Short
	}
	return slug
}

// sendingPath is the address of a sending of a unit's report.
func sendingPath(g consolidation.Ground, slug string, no int) string {
	return paths.Version(paths.Report(g.Year, g.Period.Slug, slug), no)
}

func (v figures) title() string {
	if t, ok := v.ground.Task(v.task); ok {
		return t.Short
	}
	return "Dân vận khéo và nội dung chung"
}

func (v figures) counted() string { return strconv.Itoa(len(v.lines)) + " chỉ tiêu" }

func (v figures) strip() []ui.StripItem {
	var items []ui.StripItem
	for _, t := range v.ground.Tasks {
		items = append(items, ui.StripItem{No: t.No, Title: t.Short, Path: paths.TaskFigures(v.base, t.No), Current: v.task == t.No,
			Left: strconv.Itoa(len(v.ground.LinesOf(t.No))), Plain: "chỉ tiêu", Right: changedWord(v.changes(t.No)), Tone: changedTone(v.changes(t.No))})
	}
	return append(items, ui.StripItem{Title: "Dân vận khéo, nội dung chung", Path: paths.TaskFigures(v.base, 0), Current: v.task == 0,
		Left: strconv.Itoa(len(v.ground.LinesOf(0))), Plain: "chỉ tiêu"})
}

// changes counts the figures of a task that are not as they were.
func (v figures) changes(task int) int {
	n := 0
	for _, l := range v.ground.LinesOf(task) {
		if v.was[l.Code] != "" {
			n++
		}
	}
	return n
}

func changedWord(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n) + " đã đổi"
}

func changedTone(n int) ui.Tone {
	if n == 0 {
		return ui.Quiet
	}
	return ui.Bad
}
