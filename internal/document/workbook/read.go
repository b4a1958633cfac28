// Package workbook reads the Excel files people upload, whatever they hold, at a
// bounded cost, and names every cell it has something to say about. What the
// cells mean is for importers to know.
package workbook

import (
	"context"
	"errors"
	"iter"
	"slices"
)

// Row is a row of an upload in which something is written.
type Row struct {
	Sheet string
	No    int
	Cells []Cell // those in which something is written, from left to right
}

// Cell is the cell in a column, counted from 1; a blank one where nothing is
// written.
func (r Row) Cell(column int) Cell {
	i, found := slices.BinarySearchFunc(r.Cells, column, func(c Cell, column int) int { return c.Column - column })
	if !found {
		return Cell{Sheet: r.Sheet, Row: r.No, Column: column}
	}
	return r.Cells[i]
}

// Fault says what is wrong with the row as a whole.
func (r Row) Fault(message string) error { return Fault{Sheet: r.Sheet, Row: r.No, Message: message} }

// Rows reads a sheet row by row, leaving out empty rows. What cannot be read any
// further ends it with an error, [fault.Invalid] or a [Fault]; so does a sheet
// that is not there. Merged cells are the first of them and blanks.
//
// The library's own reader is not used: it hands over text alone, so that 1.234
// typed as text, which is 1234, looks like the number 1,234, and formulas look
// like values.
func (b *Book) Rows(ctx context.Context, sheet string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		i := slices.IndexFunc(b.sheets, func(s sheetPart) bool { return s.name == sheet })
		if i < 0 {
			yield(Row{}, Fault{Sheet: sheet, Message: "Không có trang tính này trong tệp; tải lại biểu mẫu và giữ nguyên tên trang tính"})
			return
		}
		p, err := b.part(ctx, b.sheets[i].path)
		if err != nil {
			yield(Row{}, settled(ctx, err))
			return
		}
		s := scan{book: b, row: Row{Sheet: sheet}, yield: yield}
		err = p.each(s.start, s.end, s.chars)
		if err == nil && !s.ended {
			err = damaged()
		}
		if err != nil && !errors.Is(err, errStopped) {
			yield(Row{}, settled(ctx, err))
		}
	}
}
