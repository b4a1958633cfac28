package sheet

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"danvan/internal/viet"
)

// look is all that tells one cell of a form from another's.
type look struct {
	part  part
	group bool // a heading across the rows
	kind  Kind // of the column
	fill  bool
}

func (l look) excel() *excelize.Style {
	x := &excelize.Style{Font: &excelize.Font{Family: fontName, Size: fontSize}, NumFmt: textFormat,
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Protection: &excelize.Protection{Locked: !l.fill}}
	switch {
	case l.part == title:
		x.Font.Size, x.Font.Bold = math.Round(fontSize*titleSize), true
		return x
	case l.part == note:
		return x
	case l.part == heading:
		x.Font.Bold = true
		x.Alignment.Horizontal, x.Alignment.Vertical = "center", "center"
		x.Fill = shade("D9D9D9")
	case l.group:
		x.Font.Bold = true
		x.Fill = shade("E7E6E6")
	case !l.fill:
		x.Fill = shade("F2F2F2")
	}
	x.Border = thin
	if l.part != heading {
		x.Alignment.Horizontal = style{column: l.kind}.align()
		x.Alignment.Indent = 1
	}
	return x
}

func shade(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}

// filler writes one form on one sheet.
type filler struct {
	Form
	f     *excelize.File
	name  string
	looks map[look]int
	row   int // the last one written
}

func (w *filler) write() error {
	for _, step := range []func() error{w.layOut, w.writeTop, w.writeRows, w.offer, w.protect} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (w *filler) layOut() error {
	for i, c := range w.Columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := w.f.SetColWidth(w.name, letter, letter, c.Width); err != nil {
			return err
		}
	}
	first, err := excelize.CoordinatesToCellName(w.Fixed+1, w.FirstRow())
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if w.Fixed > 0 {
		pane = "bottomRight"
	}
	paper, orientation, wide, high, fit := 9, "landscape", 1, 0, true
	side, edge, foot := 0.5, 0.7, 0.3 // inches
	for _, err := range []error{
		w.f.SetPanes(w.name, &excelize.Panes{Freeze: true, XSplit: w.Fixed, YSplit: w.headingRow(), TopLeftCell: first, ActivePane: pane}),
		w.f.SetSheetProps(w.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.f.SetPageLayout(w.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}),
		w.f.SetPageMargins(w.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &foot, Footer: &foot}),
		w.f.SetHeaderFooter(w.name, &excelize.HeaderFooterOptions{OddFooter: "&RTrang &P/&N"}),
		w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: w.name, RefersTo: printTitles(w.name, w.headingRow())}),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *filler) writeTop() error {
	whole := 0.0
	for _, c := range w.Columns {
		whole += c.Width
	}
	for i, line := range append([]string{w.Title}, w.Notes...) {
		l, size := look{part: note}, 1.0
		if i == 0 {
			l, size = look{part: title}, titleSize
		}
		lines := math.Ceil(float64(utf8.RuneCountInString(line)) * size / max(whole, 1))
		if err := w.across(line, l, lines*size); err != nil {
			return err
		}
	}
	w.row++
	cells, lines := make([]string, len(w.Columns)), 1
	for i, c := range w.Columns {
		cells[i] = c.Title
		lines = max(lines, linesIn(c.Title, c.Width-1, boldLetter))
	}
	return w.put(cells, lines, func(int) look { return look{part: heading} })
}

// across writes one text over the whole width.
func (w *filler) across(text string, l look, lines float64) error {
	if err := w.put([]string{text}, 1, func(int) look { return l }); err != nil {
		return err
	}
	if err := w.f.SetRowHeight(w.name, w.row, max(lines, 1)*lineHeight); err != nil || len(w.Columns) < 2 {
		return err
	}
	from, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(len(w.Columns), w.row)
	if err != nil {
		return err
	}
	return w.f.MergeCell(w.name, from, to)
}

func (w *filler) writeRows() error {
	for _, row := range w.Rows {
		if row.Heading != "" {
			if err := w.across(row.Heading, look{part: body, group: true}, 1); err != nil {
				return err
			}
			continue
		}
		if err := w.writeRow(row); err != nil {
			return err
		}
	}
	for range w.Spare {
		if err := w.writeRow(Line{}); err != nil {
			return err
		}
	}
	return nil
}

func (w *filler) writeRow(row Line) error {
	lines := 1
	for i, c := range w.Columns {
		if i < len(row.Cells) {
			lines = max(lines, w.linesOf(row.Cells[i], c))
		}
	}
	return w.put(row.Cells, lines, func(i int) look {
		return look{part: body, kind: w.Columns[i].Kind, fill: w.Columns[i].Fill && !row.shut(i)}
	})
}

func (w *filler) linesOf(text string, c Box) int {
	lines := 0
	for line := range strings.SplitSeq(text, "\n") {
		lines += linesIn(line, c.Width-padding, letter)
	}
	return lines
}

// put writes the next row, as high as lines of text.
func (w *filler) put(cells []string, lines int, looks func(column int) look) error {
	w.row++
	for i := range w.Columns {
		at, err := excelize.CoordinatesToCellName(i+1, w.row)
		if err != nil {
			return err
		}
		l := looks(i)
		id, err := w.id(l)
		if err != nil {
			return err
		}
		if err := w.f.SetCellStyle(w.name, at, at, id); err != nil {
			return err
		}
		if i >= len(cells) || cells[i] == "" {
			continue
		}
		if err := w.f.SetCellStr(w.name, at, viet.Clean(cells[i])); err != nil {
			return err
		}
	}
	return w.f.SetRowHeight(w.name, w.row, min(float64(lines), mostLines)*lineHeight)
}

func (w *filler) id(l look) (int, error) {
	if id, made := w.looks[l]; made {
		return id, nil
	}
	id, err := w.f.NewStyle(l.excel())
	if err == nil {
		w.looks[l] = id
	}
	return id, err
}

// protect locks the grey cells. There is no password: this guards against slips of
// the hand, and what comes back is checked anyway.
func (w *filler) protect() error {
	last, err := excelize.ColumnNumberToName(len(w.Columns))
	if err != nil {
		return err
	}
	if err := w.f.AddIgnoredErrors(w.name, "A1:"+last+itoa(max(w.row, 1)), excelize.IgnoredErrorsNumberStoredAsText); err != nil {
		return err
	}
	return w.f.ProtectSheet(w.name, &excelize.SheetProtectionOptions{SelectLockedCells: true, SelectUnlockedCells: true,
		FormatCells: true, FormatColumns: true, FormatRows: true, EditObjects: true, EditScenarios: true})
}
