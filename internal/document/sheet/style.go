package sheet

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// fontName is the font of official documents (Nghị định 30/2020/NĐ-CP).
const (
	fontName   = "Times New Roman"
	fontSize   = 11
	titleSize  = 1.3 // of fontSize
	lineHeight = 15  // points
)

// mostDecimals is what Excel shows of a number.
const mostDecimals = 15

// part is a place on the sheet.
type part int

const (
	title part = iota
	note
	heading
	body
	sum
)

// style is all that tells the look of one cell from another's.
type style struct {
	part     part
	kind     Kind // of the value
	column   Kind // where it stands
	decimals int
}

// styles makes each look once.
type styles struct {
	f   *excelize.File
	ids map[style]int
}

func (s *styles) id(look style) (int, error) {
	if id, made := s.ids[look]; made {
		return id, nil
	}
	id, err := s.f.NewStyle(look.excel())
	if err != nil {
		return 0, err
	}
	s.ids[look] = id
	return id, nil
}

func (s style) excel() *excelize.Style {
	x := &excelize.Style{Font: &excelize.Font{Family: fontName, Size: fontSize}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}
	switch s.part {
	case title:
		x.Font.Size, x.Font.Bold = math.Round(fontSize*titleSize), true
		return x
	case note:
		x.Font.Italic = true
		return x
	case heading:
		x.Font.Bold = true
		x.Alignment.Horizontal, x.Alignment.Vertical = "center", "center"
		x.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E7E6E6"}}
	case sum:
		x.Font.Bold = true
	}
	x.Border = thin
	if s.part == heading {
		return x
	}
	x.Alignment.Horizontal = s.align()
	if x.Alignment.Horizontal != "center" {
		x.Alignment.Indent = 1
	}
	if format := s.format(); format != "" {
		x.CustomNumFmt = &format
		return x
	}
	x.NumFmt = textFormat
	return x
}

// textFormat is Excel's number for "@": what is typed over the cell later stays
// text too, even "=1+1".
const textFormat = 49

// format shows numbers the way the reader's computer is set: 1.234,5 where it is
// set to Vietnamese.
func (s style) format() string {
	switch s.kind {
	case Number:
		if s.decimals == 0 {
			return "#,##0"
		}
		return "#,##0." + strings.Repeat("0", s.decimals)
	case Percent:
		return "0.0%"
	case Date:
		return "dd/mm/yyyy"
	}
	return ""
}

// align puts words to the left, days into the middle, numbers and what stands in
// their place to the right.
func (s style) align() string {
	switch s.column {
	case Text:
		return "left"
	case Date:
		return "center"
	}
	return "right"
}

var thin = func() (all []excelize.Border) {
	for _, side := range []string{"left", "top", "right", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: "A6A6A6", Style: 1})
	}
	return all
}()

const (
	widest  = 40 // characters; longer texts take several lines
	arrow   = 3  // what the button of the filter takes of a heading
	padding = 3
)

// narrowest is the least width of a column of a kind.
var narrowest = map[Kind]float64{Text: 8, Number: 7, Percent: 9, Date: 12}

// widths are wide enough for the longest value of each column and for every word
// of its heading, within reason.
func (t Table) widths() []float64 {
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		widths[i] = narrowest[c.Kind]
		for _, word := range strings.Fields(c.Title) {
			widths[i] = max(widths[i], float64(utf8.RuneCountInString(word)+arrow))
		}
	}
	for _, rows := range [][][]Value{t.Rows, t.Sums} {
		for _, row := range rows {
			for i := range min(len(row), len(widths)) {
				widths[i] = max(widths[i], min(row[i].width(), widest))
			}
		}
	}
	return widths
}

// width is how many characters a value takes, as it is shown.
func (v Value) width() float64 {
	if v.kind == Percent {
		return float64(len("100.0%") + padding)
	}
	if v.kind == Number { // and its separators
		return float64(len(v.text)) + float64(len(v.text)/3) + padding
	}
	if v.kind != Text {
		return 0
	}
	longest := 0
	for line := range strings.SplitSeq(v.text, "\n") {
		longest = max(longest, utf8.RuneCountInString(line))
	}
	return float64(longest) + padding
}

// headingLines is how many lines the headings take in their columns.
func (w *writer) headingLines() int {
	most := 1
	for i, width := range w.widths {
		most = max(most, linesIn(w.Columns[i].Title, width-1, boldLetter))
	}
	return most
}

func (w *writer) groupLines() int {
	most, room := 1, 0.0
	for i, c := range w.Columns {
		if i > 0 && c.Group != w.Columns[i-1].Group {
			room = 0
		}
		room += w.widths[i]
		if i == len(w.Columns)-1 || w.Columns[i+1].Group != c.Group {
			most = max(most, linesIn(c.Group, room, boldLetter))
		}
	}
	return most
}

// Widths are measured in digits; letters of a text take this much of one.
const (
	letter     = 0.95
	boldLetter = 1.1
)

// linesIn is how many lines words take.
func linesIn(text string, width, letter float64) int {
	lines, used := 1, 0.0
	for _, word := range strings.Fields(text) {
		length := float64(utf8.RuneCountInString(word)) * letter
		if used > 0 && used+1+length > width {
			lines, used = lines+1, 0
		}
		if used > 0 {
			used++
		}
		used += length
		lines += int(math.Max(0, math.Ceil(length/width)-1))
	}
	return lines
}
