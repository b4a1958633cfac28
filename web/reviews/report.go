package reviews

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// reportContent is a report as its reviewer reads it.
type reportContent struct {
	report.Content
	view   reportshow.View
	doubts []submission.Doubt
}

func (p reportContent) holds() string {
	answered, asked := 0, 0
	for _, s := range p.Tasks {
		a, n := s.Answered()
		answered, asked = answered+a, asked+n
	}
	said := fmt.Sprintf("%d/%d số liệu có trả lời", answered, asked)
	if n := len(p.doubts); n > 0 {
		explained := 0
		for _, d := range p.doubts {
			if d.Answer != "" {
				explained++
			}
		}
		said += fmt.Sprintf("; %d điều nên giải thích, đơn vị đã giải thích %d", n, explained)
	}
	return said
}

func (p reportContent) news(v reading) string {
	if !v.Changes.known() {
		return ""
	}
	n := p.changedOfWhole(v)
	for _, s := range p.Tasks {
		n += p.changedIn(v, s)
	}
	if n == 0 {
		return fmt.Sprintf("không có gì thay đổi so với lần gửi %d", v.Changes.No)
	}
	return fmt.Sprintf("%d mục thay đổi so với lần gửi %d, nhiệm vụ không đổi đã gấp lại", n, v.Changes.No)
}

func (p reportContent) sections(v reading) templ.Component { return reportSections(v, p) }

// title names a part of which there may be several at one place.
func (p reportContent) title(key string) string {
	prefix, code, _ := strings.Cut(key, "/")
	switch prefix {
	case "figure", "below", "ratio":
		if r, ok := p.Rows[code]; ok {
			return r.Title()
		}
	}
	return ""
}

// oddities are the doubts that stand at no figure.
func (p reportContent) oddities() []submission.Doubt {
	var out []submission.Doubt
	for _, d := range p.doubts {
		if p.placeOf(d) == "" {
			out = append(out, d)
		}
	}
	return out
}

// placeOf is the code of the figure at which a doubt stands, the last it names.
func (p reportContent) placeOf(d submission.Doubt) string {
	about := p.About(d)
	for i := len(about) - 1; i >= 0; i-- {
		if _, ok := p.Rows[about[i]]; ok {
			return about[i]
		}
	}
	return ""
}

func (p reportContent) doubtsAt(code string) []submission.Doubt {
	var out []submission.Doubt
	for _, d := range p.doubts {
		if p.placeOf(d) == code {
			out = append(out, d)
		}
	}
	return out
}

// partOf is the part of the version that holds a figure: typed, worked out from
// others, or summed up from below.
func partOf(r report.Row) string {
	switch {
	case !r.Typed():
		return "ratio/" + r.Code
	case !r.Asked:
		return "below/" + r.Code
	}
	return report.FigureKey(r.Code)
}

// keysOf are the parts of a section on which one may remark.
func keysOf(s report.Section) []string {
	keys := []string{report.TaskKey(s.Task)}
	for _, r := range s.Rows {
		keys = append(keys, partOf(r))
	}
	for _, f := range s.Files {
		keys = append(keys, f.Part.Key)
	}
	return keys
}

// figureText is a figure as one reads it, whatever it is: a number with what lies
// below it, a mark, or blank.
func figureText(i indicator.Indicator, own, below, ratio submission.Content) string {
	if !i.Typed() {
		return reportshow.Amount(i, indicator.ParseAmount(ratio["value"]))
	}
	f := report.FigureFrom(own)
	f.Below = indicator.ParseAmount(below["value"])
	text, _ := reportshow.Own(i, f)
	if f.Below != nil {
		text = reportshow.Amount(i, f.Total())
	}
	if text == "" {
		return "để trống"
	}
	if f.Estimated != nil {
		text += " (trong đó ước " + reportshow.Amount(i, f.Estimated) + ")"
	}
	return text
}

// figureWas and figureIs are a figure in the sending before and in this one.
func (x changes) figureWas(r report.Row) string { return figureIn(r, x.was) }
func (x changes) figureIs(r report.Row) string  { return figureIn(r, x.is) }

func figureIn(r report.Row, parts map[string]submission.Content) string {
	return figureText(r.Indicator, parts[report.FigureKey(r.Code)], parts["below/"+r.Code], parts["ratio/"+r.Code])
}

func (x changes) figure(r report.Row) bool {
	return x.known() && x.figureWas(r) != x.figureIs(r)
}

// changedIn counts what is not as it was in a section.
func (p reportContent) changedIn(v reading, s report.Section) int {
	n := v.Changes.count(report.TaskKey(s.Task))
	for _, r := range s.Rows {
		if v.Changes.figure(r) {
			n++
		}
	}
	for _, f := range s.Files {
		n += min(1, v.Changes.count(f.Part.Key))
	}
	return n + len(p.filesGone(v, s.Task))
}

// changedOfWhole counts it in what belongs to no task.
func (p reportContent) changedOfWhole(v reading) int {
	n := v.Changes.count(report.OverallKey) + v.Changes.count(report.NextKey) +
		len(v.Changes.gone("proposal")) + len(v.Changes.gone("exemplar")) + len(p.filesGone(v, report.Whole))
	for _, x := range p.Proposals {
		n += min(1, v.Changes.count(x.Part.Key))
	}
	for _, x := range p.Exemplars {
		n += min(1, v.Changes.count(x.Part.Key))
	}
	for _, f := range p.filesOfWhole() {
		n += min(1, v.Changes.count(f.Part.Key))
	}
	return n
}

// filesGone are the parts of files of a task that were sent before and are no
// longer there.
func (p reportContent) filesGone(v reading, task int) []string {
	var keys []string
	for _, key := range v.Changes.gone("file") {
		if report.TaskOf(v.Changes.before(key, "about")) == task {
			keys = append(keys, key)
		}
	}
	return keys
}

func (p reportContent) filesOfWhole() []report.File {
	var rest []report.File
	for _, f := range p.Files {
		if f.Task() == report.Whole {
			rest = append(rest, f)
		}
	}
	return rest
}

// same reports whether a section holds nothing that was not read before.
func (p reportContent) same(v reading, s report.Section) bool {
	if !v.Changes.known() || p.changedIn(v, s) > 0 || len(v.notesOn(keysOf(s)...)) > 0 {
		return false
	}
	for _, r := range s.Rows {
		if len(p.doubtsAt(r.Code)) > 0 {
			return false
		}
	}
	return true
}

// apart parts the rows of a section into those to be read one by one and those
// that are as they were; before the first decision every row is in the table.
func (p reportContent) apart(v reading, s report.Section) (read []report.Row, table report.Section) {
	if !v.Changes.known() {
		return nil, s
	}
	table = s
	table.Rows = nil
	for _, r := range s.Rows {
		if v.Changes.figure(r) || len(v.notesOn(partOf(r))) > 0 || len(p.doubtsAt(r.Code)) > 0 {
			read = append(read, r)
		} else {
			table.Rows = append(table.Rows, r)
		}
	}
	return read, table
}

// tableView draws what was said about a figure below it.
func (p reportContent) tableView(v reading) reportshow.View {
	view := p.view
	view.Under = func(r report.Row) templ.Component {
		if len(p.doubtsAt(r.Code))+len(v.notesOn(partOf(r))) == 0 {
			return nil
		}
		return underFigure(v, p, r)
	}
	return view
}

// compared is a figure beside those of other periods, in one line.
func (p reportContent) compared(r report.Row) string {
	columns := p.columns()
	var said []string
	if columns.Previous != "" {
		text, _ := reportshow.OfPeriod(r.Indicator, r.Previous)
		said = append(said, columns.Previous+": "+text)
	}
	text, _ := reportshow.OfPeriod(r.Indicator, r.LastYear)
	said = append(said, columns.LastYear+": "+text)
	if d := reportshow.Compare(r); d.Rate != "" {
		said = append(said, "chênh lệch "+strings.TrimSpace(d.By+" "+d.Rate))
	}
	return strings.Join(said, " · ")
}

func (p reportContent) columns() reportshow.Columns {
	return reportshow.ColumnsOf(p.Content, p.view.Case.Year, p.view.Case.PeriodName)
}

// figureOptions are the figures of a section on which one may remark.
func figureOptions(s report.Section) []ui.Option {
	var options []ui.Option
	for _, r := range s.Rows {
		options = append(options, ui.Option{Value: partOf(r), Label: r.Title()})
	}
	return options
}

func (p reportContent) strip(v reading) []ui.StripItem {
	var items []ui.StripItem
	for _, s := range p.Tasks {
		if s.Task == 0 {
			continue
		}
		item := ui.StripItem{No: s.Task, Title: s.Short, Path: "#" + reportshow.SectionID(s.Task), Plain: viet.FormatInt(len(s.Rows)) + " số liệu"}
		if v.Changes.known() {
			item.Plain = "không đổi"
			if n := p.changedIn(v, s); n > 0 {
				item.Left, item.Plain = strconv.Itoa(n), "thay đổi"
			}
		}
		if open := v.openOn(keysOf(s)...); open > 0 {
			item.Right, item.Tone = strconv.Itoa(open)+" góp ý", ui.Ask
		}
		items = append(items, item)
	}
	rest := ui.StripItem{Title: "Nội dung chung, đánh giá, kiến nghị", Path: "#" + reportshow.SectionID(0)}
	if v.Changes.known() {
		rest.Plain = "không đổi"
		if n := p.changedOfWhole(v); n > 0 {
			rest.Left, rest.Plain = strconv.Itoa(n), "thay đổi"
		}
	}
	return append(items, rest)
}

// filePath leads to the file itself.
func (p reportContent) filePath(f report.File) string { return paths.EvidenceFile(p.view.Base, f.ID) }
