package reviews

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	reportshow "danvan/web/show/reports"
)

func (p reportContent) news(v reading) string {
	if !v.Changes.known() {
		return ""
	}
	n, lower := p.changedOfWhole(v), 0
	for _, s := range p.Tasks {
		n, lower = n+p.changedIn(v, s), lower+p.lowerIn(v, s)
	}
	said := fmt.Sprintf("%d mục thay đổi so với lần gửi %d, phần không đổi đã gấp lại", n, v.Changes.No)
	if n == 0 {
		said = fmt.Sprintf("không có gì thay đổi so với lần gửi %d", v.Changes.No)
	}
	if lower > 0 {
		said += fmt.Sprintf("; %d số liệu chỉ đổi phần của đơn vị trực thuộc", lower)
	}
	return said
}

// figureWas and figureIs are a figure in the sending before and in this one: what
// the unit itself answered, or the ratio.
func (x changes) figureWas(r report.Row) string { return figureIn(r, x.was) }
func (x changes) figureIs(r report.Row) string  { return figureIn(r, x.is) }

func figureIn(r report.Row, parts map[string]submission.Content) string {
	if !r.Typed() {
		return reportshow.Amount(r.Indicator, indicator.ParseAmount(parts["ratio/"+r.Code]["value"]))
	}
	f := report.FigureFrom(parts[report.FigureKey(r.Code)])
	text, _ := reportshow.Own(r.Indicator, f)
	if text == "" {
		return "để trống"
	}
	if f.Estimated != nil {
		text += " (trong đó ước " + reportshow.Amount(r.Indicator, f.Estimated) + ")"
	}
	return text
}

// figure reports whether the unit changed a figure, or what a ratio is made of.
func (x changes) figure(r report.Row) bool {
	if r.Typed() {
		return x.count(report.FigureKey(r.Code)) > 0
	}
	return x.count("ratio/"+r.Code) > 0 && x.count(report.FigureKey(r.Numerator))+x.count(report.FigureKey(r.Denominator)) > 0
}

// lower reports whether a figure changed by what lies below the unit alone.
func (x changes) lower(r report.Row) bool {
	was, is := x.was["below/"+r.Code]["value"], x.is["below/"+r.Code]["value"]
	return x.known() && !x.figure(r) && (was != is || x.count("ratio/"+r.Code) > 0)
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

// lowerIn counts the figures of a section that changed by what lies below alone.
func (p reportContent) lowerIn(v reading, s report.Section) int {
	n := 0
	for _, r := range s.Rows {
		if v.Changes.lower(r) {
			n++
		}
	}
	return n
}

// same reports whether the unit changed nothing in a section, and nothing is odd
// or was said about it.
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

func (p reportContent) sameWords(v reading, s report.Section) string {
	if n := p.lowerIn(v, s); n > 0 {
		return strconv.Itoa(n) + " số liệu chỉ đổi phần của đơn vị trực thuộc"
	}
	return "không đổi so với lần gửi " + strconv.Itoa(v.Changes.No)
}

// inHeading reports whether the heading says a field already: what a task came to,
// what an exemplar is called. What changed is said where it stands.
func (v reading) inHeading(key string, f submission.Field) bool {
	prefix, _, _ := strings.Cut(key, "/")
	heading := map[string]string{"task": "status", "exemplar": "name"}[prefix]
	if v.Changes.known() && v.Changes.before(key, f.Name) != v.Changes.is[key][f.Name] {
		return false
	}
	return f.Name == heading
}

// apart parts the rows of a section into those to be read one by one, those that
// changed by what lies below alone, and those that are as they were; before the
// first decision every row is in the last table.
func (p reportContent) apart(v reading, s report.Section) (read []report.Row, lower, rest report.Section) {
	if !v.Changes.known() {
		return nil, lower, s
	}
	lower, rest = s, s
	lower.Rows, rest.Rows = nil, nil
	for _, r := range s.Rows {
		switch {
		case v.Changes.figure(r), len(v.notesOn(partOf(r))) > 0, len(p.doubtsAt(r.Code)) > 0:
			read = append(read, r)
		case v.Changes.lower(r):
			lower.Rows = append(lower.Rows, r)
		default:
			rest.Rows = append(rest.Rows, r)
		}
	}
	return read, lower, rest
}

func (p reportContent) proposalKeys() []string {
	var keys []string
	for _, x := range p.Proposals {
		keys = append(keys, x.Part.Key)
	}
	return keys
}

func (p reportContent) exemplarKeys() []string {
	var keys []string
	for _, x := range p.Exemplars {
		keys = append(keys, x.Part.Key)
	}
	return keys
}

// sameFiles reports whether the files that belong to no task are as they were.
func (p reportContent) sameFiles(v reading) bool {
	for _, f := range p.filesOfWhole() {
		if !v.unchanged(f.Part.Key) {
			return false
		}
	}
	return v.Changes.known() && len(p.filesGone(v, report.Whole)) == 0
}
