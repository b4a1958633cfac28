package word

import (
	"fmt"
	"iter"
	"strings"
)

// Align is where the text of a column stands.
type Align int

const (
	Left Align = iota
	Center
	Right
)

var cellStyles = [...]style{Left: cellLeft, Center: cellCenter, Right: cellRight}

// Column is one column of a table.
type Column struct {
	Title string
	Share int // of the width, in relation to the other columns
	Align Align
}

// Row is one row of a table: cells, or one heading across all columns.
type Row struct {
	Cells   []string // lines of a cell are kept
	Heading string
}

// Table writes a table with borders as wide as the page. Its first row is repeated
// on every page, and no row is torn apart.
func (w *Writer) Table(columns []Column, rows iter.Seq[Row]) {
	w.flush()
	all := spread(columns, textWidth(w.wide))
	w.put(tableStart(true, all...))
	w.put(`<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range columns {
		w.put(tableCell(columnHead, all[i], 1, true, false, c.Title))
	}
	w.put(`</w:tr>`)
	var held []Row // the last ones stay together: none stands alone on a page
	for row := range rows {
		if w.err != nil {
			return
		}
		if held = append(held, row); len(held) > together {
			w.row(columns, all, held[0], false)
			held = held[1:]
		}
	}
	for i, row := range held {
		w.row(columns, all, row, i < len(held)-1)
	}
	w.put(`</w:tbl>`)
	w.write(paragraph{style: nothing, after: 6}) // two tables in a row would become one
}

// together is how many rows at the end of a table are on one page.
const together = 3

// row writes a row; keep: on the page of the next one.
func (w *Writer) row(columns []Column, wide []int, row Row, keep bool) {
	w.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
	if row.Heading != "" {
		total := 0
		for _, one := range wide {
			total += one
		}
		w.put(tableCell(cellHead, total, len(wide), false, keep, row.Heading))
	} else {
		for i, c := range columns {
			text := ""
			if i < len(row.Cells) {
				text = row.Cells[i]
			}
			w.put(tableCell(cellStyles[c.Align], wide[i], 1, false, keep, text))
		}
	}
	w.put(`</w:tr>`)
}

// Note writes what explains a table, below it.
func (w *Writer) Note(text string) {
	w.flush()
	w.write(paragraph{style: tableNote, text: text})
}

// spread parts the width of the page by the shares of the columns.
func spread(columns []Column, room int) []int {
	shares, given := 0, 0
	for _, c := range columns {
		shares += max(1, c.Share)
	}
	all := make([]int, len(columns))
	for i, c := range columns {
		all[i] = room * max(1, c.Share) / max(1, shares)
		given += all[i]
	}
	if len(all) > 0 {
		all[len(all)-1] += room - given
	}
	return all
}

func tableStart(borders bool, columns ...int) string {
	total, grid := 0, ""
	for _, c := range columns {
		total += c
		grid += fmt.Sprintf(`<w:gridCol w:w="%d"/>`, c)
	}
	edges, side := "", 0
	if borders {
		side = 70
		for _, edge := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
			edges += fmt.Sprintf(`<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, edge)
		}
		edges = `<w:tblBorders>` + edges + `</w:tblBorders>`
	}
	return fmt.Sprintf(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>%s<w:tblLayout w:type="fixed"/>`+
		`<w:tblCellMar><w:left w:w="%[3]d" w:type="dxa"/><w:right w:w="%[3]d" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>%[4]s</w:tblGrid>`,
		total, edges, side, grid)
}

func tableCell(s style, wide, span int, middle, keep bool, text string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, wide)
	if span > 1 {
		fmt.Fprintf(&b, `<w:gridSpan w:val="%d"/>`, span)
	}
	if middle {
		b.WriteString(`<w:vAlign w:val="center"/>`)
	}
	b.WriteString(`</w:tcPr>`)
	all := lines(text)
	if len(all) == 0 {
		all = []string{""}
	}
	for _, line := range all {
		b.WriteString(paragraph{style: s, text: line, keep: keep}.xml())
	}
	b.WriteString(`</w:tc>`)
	return b.String()
}
