package reviews

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

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

func (p reportContent) unitNames() map[string]string { return nil }

func (p reportContent) sections(v reading) templ.Component { return reportSections(v, p) }

// title names a part that is no longer there; numbers are never given again.
func (p reportContent) title(key string) string {
	prefix, code, _ := strings.Cut(key, "/")
	switch prefix {
	case "figure", "below", "ratio":
		return "Số liệu " + code
	case "proposal":
		return "Kiến nghị " + code
	case "exemplar":
		return "Mô hình Dân vận khéo " + code
	case "file":
		return "Minh chứng"
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
	if r.Below != nil {
		said = append(said, "cả đơn vị trực thuộc: "+reportshow.Total(r))
	}
	if columns.Previous != "" {
		text, _ := reportshow.OfPeriod(r.Indicator, r.Previous)
		said = append(said, columns.Previous+": "+text)
	}
	text, _ := reportshow.OfPeriod(r.Indicator, r.LastYear)
	said = append(said, columns.LastYear+": "+text)
	if d := reportshow.Compare(r); d.Rate == "điểm %" {
		said = append(said, "chênh lệch "+d.By+" "+d.Rate)
	} else if d.Rate != "" {
		said = append(said, "chênh lệch "+d.By+" ("+d.Rate+")")
	}
	return strings.Join(said, " · ")
}

func (p reportContent) columns() reportshow.Columns {
	return reportshow.ColumnsOf(p.Content, p.view.Case.Year, p.view.Case.PeriodName)
}

// figureOptions are the figures of tables on which one may remark.
func figureOptions(tables ...report.Section) []ui.Option {
	var options []ui.Option
	for _, r := range rowsOf(tables) {
		options = append(options, ui.Option{Value: partOf(r), Label: r.Title()})
	}
	return options
}

func rowsOf(tables []report.Section) []report.Row {
	var rows []report.Row
	for _, s := range tables {
		rows = append(rows, s.Rows...)
	}
	return rows
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
