package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"danvan/internal/viet"
)

// site is what the properties of a file say it comes from.
const site = "Cổng công tác dân vận chính quyền"

func (t Table) xlsx() ([]byte, error) { return workbook(t) }

// Workbook makes one Excel file of several tables, a sheet each. It is named after
// the first.
func Workbook(tables ...Table) (File, error) {
	content, err := workbook(tables...)
	if err != nil {
		return File{}, fmt.Errorf("save %d tables: %w", len(tables), err)
	}
	return File{Name: tables[0].name() + "." + string(XLSX), Type: contentTypes[XLSX], Content: content}, nil
}

func workbook(tables ...Table) ([]byte, error) {
	if len(tables) == 0 {
		return nil, fmt.Errorf("a workbook without sheets")
	}
	f := excelize.NewFile()
	defer f.Close() // removes temporary files; what was written stays
	if err := describe(f, tables[0]); err != nil {
		return nil, err
	}
	styles := styles{f: f, ids: map[style]int{}}
	for i, t := range tables {
		name := sheetName(t.Sheet)
		err := f.SetSheetName("Sheet1", name)
		if i > 0 {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return nil, err
		}
		s := writer{Table: t, f: f, name: name, styles: &styles}
		if err := s.write(); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	content, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return settle(content.Bytes())
}

// describe replaces what the library says of itself.
func describe(f *excelize.File, t Table) error {
	at := t.At.UTC().Format(time.RFC3339)
	err := f.SetDocProps(&excelize.DocProperties{Title: t.Title, Creator: site, LastModifiedBy: site, Language: "vi-VN", Created: at, Modified: at})
	if err != nil {
		return err
	}
	if err := f.SetAppProps(&excelize.AppProperties{Application: "danvan"}); err != nil {
		return err
	}
	return f.SetDefaultFont(fontName)
}

// sheetName leaves out what Excel allows in no name of a sheet.
func sheetName(name string) string {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]`, r) {
			return ' '
		}
		return r
	}, viet.CleanLine(name))
	runes := []rune(strings.Trim(name, " '"))
	return strings.TrimSpace(string(runes[:min(len(runes), excelize.MaxSheetNameLength)]))
}

// settle puts the parts of an archive into one order, the list of contents first,
// where programs that tell files by their first bytes look for it.
func settle(archive []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return strings.Compare(place(a.Name), place(b.Name)) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range r.File {
		if err := w.Copy(part); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

func place(part string) string {
	if part == "[Content_Types].xml" {
		return ""
	}
	return part
}

// writer puts one table on one sheet.
type writer struct {
	Table
	f      *excelize.File
	name   string
	styles *styles
	out    *excelize.StreamWriter
	widths []float64
	row    int // the last one written
}

func (w *writer) write() error {
	w.widths = w.Table.widths()
	if err := w.layOut(); err != nil {
		return err
	}
	var err error
	if w.out, err = w.f.NewStreamWriter(w.name); err != nil {
		return err
	}
	// The library writes columns in the order opposite to that in which they are
	// set; programs want them from left to right.
	for i, width := range slices.Backward(w.widths) {
		if err := w.out.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for _, step := range []func() error{w.freeze, w.writeTop, w.writeHeadings, w.writeRows} {
		if err := step(); err != nil {
			return err
		}
	}
	return w.out.Flush()
}

// top is the lines above the headings.
func (t Table) top() []string {
	lines := append([]string{t.Title}, t.Notes...)
	if !t.At.IsZero() {
		lines = append(lines, "Số liệu lúc "+viet.Moment(t.At))
	}
	return append(lines, "")
}

// headings are the first and the last row of them.
func (t Table) headings() (first, last int) {
	first = len(t.top()) + 1
	last = first
	if t.grouped() {
		last++
	}
	return first, last
}

// legible is how wide the columns of one page may be together: A4 lying, printed at 60
// of 100.
const legible = 240

// layOut sets what stands before and after the cells: A4 lying, as wide as one page or
// as many as it takes to be read, the headings and fixed columns on each; filters, over
// the rows alone.
func (w *writer) layOut() error {
	paper, orientation, wide, high, fit := 9, "landscape", w.pagesWide(), 0, true
	first, last := w.headings()
	right, err := excelize.ColumnNumberToName(max(len(w.Columns), 1))
	if err != nil {
		return err
	}
	side, edge, foot := 0.5, 0.7, 0.3 // inches
	for _, err := range []error{
		// First: it forgets what the sheet was told before.
		w.f.AutoFilter(w.name, fmt.Sprintf("A%d:%s%d", last, right, last+len(w.Rows)), nil),
		w.f.SetSheetProps(w.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		w.f.SetPageLayout(w.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high}),
		w.f.SetPageMargins(w.name, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &edge, Bottom: &edge, Header: &foot, Footer: &foot}),
		w.f.SetHeaderFooter(w.name, &excelize.HeaderFooterOptions{OddFooter: "&RTrang &P/&N"}),
		w.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: w.name, RefersTo: w.repeated(first, last)}),
		// Codes such as 2.1 are words: Excel need not doubt each of them.
		w.f.AddIgnoredErrors(w.name, fmt.Sprintf("A1:%s%d", right, last+len(w.Rows)+len(w.Sums)), excelize.IgnoredErrorsNumberStoredAsText),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// pagesWide is over how many pages a row goes.
func (w *writer) pagesWide() int {
	var fixed, rest float64
	for i, width := range w.widths {
		if i < w.Fixed {
			fixed += width
		} else {
			rest += width
		}
	}
	if fixed+rest <= legible || fixed >= legible/2 {
		return 1
	}
	return int(math.Ceil(rest / (legible - fixed)))
}

// repeated names what is printed on every page: the rows of the headings, and the fixed
// columns where a row goes over several.
func (w *writer) repeated(first, last int) string {
	sheet := "'" + strings.ReplaceAll(w.name, "'", "''") + "'!"
	rows := fmt.Sprintf("%s$%d:$%d", sheet, first, last)
	right, err := excelize.ColumnNumberToName(w.Fixed)
	if err != nil || w.pagesWide() == 1 {
		return rows // without fixed columns there is no name for the last of them
	}
	return sheet + "$A:$" + right + "," + rows
}

func (w *writer) freeze() error {
	_, last := w.headings()
	cell, err := excelize.CoordinatesToCellName(w.Fixed+1, last+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if w.Fixed > 0 {
		pane = "bottomRight"
	}
	return w.out.SetPanes(&excelize.Panes{Freeze: true, XSplit: w.Fixed, YSplit: last, TopLeftCell: cell, ActivePane: pane})
}

// put writes the next row, as high as lines of text.
func (w *writer) put(cells []any, lines float64) error {
	w.row++
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.out.SetRow(at, cells, excelize.RowOpts{Height: lines * lineHeight})
}

// merge makes one cell of those from column first to last in the current row.
func (w *writer) merge(first, last int) error {
	if last <= first {
		return nil
	}
	from, err := excelize.CoordinatesToCellName(first, w.row)
	if err != nil {
		return err
	}
	to, err := excelize.CoordinatesToCellName(last, w.row)
	if err != nil {
		return err
	}
	return w.out.MergeCell(from, to)
}
