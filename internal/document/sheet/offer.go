package sheet

import (
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const (
	offerTitle = "Chọn trong danh sách"
	offerError = "Ô này chỉ nhận một mục trong danh sách, hoặc để trống."
)

// offer puts lists and hints on the boxes; boxes below one another that offer the
// same have them together.
func (w *filler) offer() error {
	for i, c := range w.Columns {
		if !c.Fill {
			continue
		}
		first, rows := w.FirstRow(), len(w.Rows)+w.Spare
		for from := 0; from < rows; {
			offer, fill := w.offered(i, from)
			to := from + 1
			for to < rows {
				next, also := w.offered(i, to)
				if also != fill || !slices.Equal(next, offer) {
					break
				}
				to++
			}
			if fill {
				if err := w.offerTo(c, offer, i+1, first+from, first+to-1); err != nil {
					return err
				}
			}
			from = to
		}
	}
	return nil
}

// offered is the list of one box; fill is false where there is nothing to fill in.
func (w *filler) offered(column, row int) (list []string, fill bool) {
	if row >= len(w.Rows) {
		return w.Columns[column].Offer, true
	}
	x := w.Rows[row]
	if own, has := x.Offer[column]; has {
		return own, true
	}
	return w.Columns[column].Offer, !x.shut(column)
}

func (x Line) shut(column int) bool {
	return x.Locked || x.Heading != "" || slices.Contains(x.Shut, column)
}

func (w *filler) offerTo(c Box, list []string, column, first, last int) error {
	if len(list) == 0 && c.From == "" && c.Hint == "" {
		return nil
	}
	letter, err := excelize.ColumnNumberToName(column)
	if err != nil {
		return err
	}
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(letter + itoa(first) + ":" + letter + itoa(last))
	switch {
	case len(list) > 0:
		if err := dv.SetDropList(list); err != nil {
			return err
		}
	case c.From != "":
		dv.SetSqrefDropList(c.From)
	}
	if !c.Free && (len(list) > 0 || c.From != "") {
		dv.SetError(excelize.DataValidationErrorStyleStop, offerTitle, offerError)
	}
	if c.Hint != "" {
		dv.SetInput(c.Title, c.Hint)
	}
	return w.f.AddDataValidation(w.name, dv)
}

func itoa(n int) string { return strconv.Itoa(n) }

// printTitles is the row that is printed on top of every page.
func printTitles(sheet string, row int) string {
	return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!$" + itoa(row) + ":$" + itoa(row)
}
