package sheet

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// writeTop writes title and notes across the table. Excel makes no row of merged
// cells high enough by itself.
func (w *writer) writeTop() error {
	whole := 0.0
	for _, width := range w.widths {
		whole += width
	}
	for i, line := range w.top() {
		look, size := style{part: note}, 1.0
		if i == 0 {
			look, size = style{part: title}, titleSize
		}
		id, err := w.styles.id(look)
		if err != nil {
			return err
		}
		lines := math.Ceil(float64(utf8.RuneCountInString(line)) * size / max(whole, 1))
		if err := w.put([]any{excelize.Cell{StyleID: id, Value: Words(line).text}}, max(lines, 1)*size); err != nil {
			return err
		}
		if err := w.merge(1, len(w.Columns)); err != nil {
			return err
		}
	}
	return nil
}

func (w *writer) writeHeadings() error {
	id, err := w.styles.id(style{part: heading})
	if err != nil {
		return err
	}
	if w.grouped() {
		if err := w.writeGroups(id); err != nil {
			return err
		}
	}
	cells := make([]any, len(w.Columns))
	for i, c := range w.Columns {
		cells[i] = excelize.Cell{StyleID: id, Value: Words(c.Title).text}
	}
	return w.put(cells, float64(w.headingLines()))
}

// writeGroups writes each group above its columns.
func (w *writer) writeGroups(id int) error {
	cells := make([]any, len(w.Columns))
	for i, c := range w.Columns {
		cells[i] = excelize.Cell{StyleID: id, Value: Words(c.Group).text}
		if i > 0 && c.Group == w.Columns[i-1].Group {
			cells[i] = excelize.Cell{StyleID: id}
		}
	}
	if err := w.put(cells, float64(w.groupLines())); err != nil {
		return err
	}
	first := 0
	for i := range w.Columns {
		if w.Columns[i].Group != w.Columns[first].Group {
			first = i
		}
		if last := i == len(w.Columns)-1 || w.Columns[i+1].Group != w.Columns[i].Group; last && w.Columns[i].Group != "" {
			if err := w.merge(first+1, i+1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) writeRows() error {
	cells := make([]any, len(w.Columns))
	for _, group := range []struct {
		rows [][]Value
		part part
	}{{w.Rows, body}, {w.Sums, sum}} {
		for _, row := range group.rows {
			lines := 1
			for i, c := range w.Columns {
				var v Value
				if i < len(row) {
					v = row[i]
				}
				cell, err := w.cell(v, c, group.part)
				if err != nil {
					return err
				}
				cells[i], lines = cell, max(lines, w.linesOf(v, i))
			}
			if err := w.put(cells, min(float64(lines), mostLines)); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostLines is as high as Excel makes a row.
const mostLines = excelize.MaxRowHeight / lineHeight

// linesOf is how many lines a value takes in its column. Not every program makes
// rows as high as they need to be.
func (w *writer) linesOf(v Value, column int) int {
	if v.kind != Text {
		return 1
	}
	lines := 0
	for line := range strings.SplitSeq(v.text, "\n") {
		lines += linesIn(line, w.widths[column]-padding, letter)
	}
	return lines
}

func (w *writer) cell(v Value, c Column, p part) (excelize.Cell, error) {
	look := style{part: p, kind: v.kind, column: c.Kind}
	cell := excelize.Cell{}
	switch {
	case v.empty():
		look.kind = c.Kind
	case v.kind == Text:
		cell.Value = v.text
	case v.kind == Number:
		look.decimals = min(v.decimals, mostDecimals)
		cell.Value = v.number
	default:
		cell.Value = v.number
	}
	var err error
	cell.StyleID, err = w.styles.id(look)
	return cell, err
}
