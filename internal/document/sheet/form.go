package sheet

import (
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// Form is a sheet that goes out to be filled in and comes back: what may be
// written over is white, everything else grey and locked. Its boxes are text, so
// that no program makes a date of 1/2 or a decimal of 1.234 on the way.
type Form struct {
	Sheet   string // name of the sheet, at most 31 characters
	Title   string
	Notes   []string // lines below the title
	Columns []Box
	Rows    []Line
	Spare   int // empty rows below, to be filled in too
	Fixed   int // columns that stay in sight when scrolling to the right
}

// Box is a column of a form.
type Box struct {
	Title string
	Width float64  // characters
	Kind  Kind     // numbers stand to the right
	Fill  bool     // may be written over
	Offer []string // to choose from
	// From is where a list too long for Offer stands: column and rows of another
	// sheet of the same file, see [Place].
	From string
	Free bool   // something else than the offered may be written too
	Hint string // shown beside the box while it is filled in
}

// Line is a row of a form, or a heading across it.
type Line struct {
	Heading string
	Cells   []string         // as long as Columns or shorter; nothing typed becomes a formula
	Locked  bool             // shown, not filled in
	Offer   map[int][]string // instead of that of the column, by its index
	Shut    []int            // indexes of columns that this row does not fill in
}

// Stamp is a hidden sheet that says what a file is, whoever opens it.
const Stamp = "danvan"

// Fill makes one file of several sheets to be filled in, the first one in sight,
// named after its title and the moment. stamp lies on the hidden sheet [Stamp].
// The same forms always give the same bytes.
func Fill(at time.Time, stamp [][]string, forms ...Form) (File, error) {
	name := Table{Title: forms[0].Title, At: at}.name() + "." + string(XLSX)
	content, err := fill(at, stamp, forms)
	if err != nil {
		return File{}, fmt.Errorf("make form %q: %w", forms[0].Title, err)
	}
	return File{Name: name, Type: contentTypes[XLSX], Content: content}, nil
}

func fill(at time.Time, stamp [][]string, forms []Form) ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close() // removes temporary files; what was written stays
	if err := describe(f, Table{Title: forms[0].Title, At: at}); err != nil {
		return nil, err
	}
	looks := map[look]int{}
	for i, form := range forms {
		name := sheetName(form.Sheet)
		err := f.SetSheetName("Sheet1", name)
		if i > 0 {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return nil, err
		}
		w := filler{Form: form, f: f, name: name, looks: looks}
		if err := w.write(); err != nil {
			return nil, fmt.Errorf("sheet %q: %w", name, err)
		}
	}
	if err := putStamp(f, stamp); err != nil {
		return nil, err
	}
	content, err := f.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return settle(content.Bytes())
}

func putStamp(f *excelize.File, stamp [][]string) error {
	if _, err := f.NewSheet(Stamp); err != nil {
		return err
	}
	for i, line := range stamp {
		for j, text := range line {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellStr(Stamp, cell, text); err != nil {
				return err
			}
		}
	}
	// Out of the list of hidden sheets too, which people look through.
	return f.SetSheetVisible(Stamp, false, true)
}

// Place is where rows first to last of a column stand, for [Box.From].
func Place(sheet string, column, first, last int) string {
	letter, err := excelize.ColumnNumberToName(column)
	if err != nil {
		panic(err) // columns are counted from 1
	}
	return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheetName(sheet), letter, first, letter, max(first, last))
}

// FirstRow is the row of the sheet in which the first of the form's rows stands.
func (x Form) FirstRow() int { return x.headingRow() + 1 }

func (x Form) headingRow() int { return len(x.Notes) + 3 }
