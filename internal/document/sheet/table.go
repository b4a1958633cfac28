// Package sheet writes tables as Excel and CSV, typed and ready to print. What
// the columns mean is for others to know; package workbook reads what comes back.
package sheet

import (
	"strings"
	"time"
)

// Kind is what the values of a column are.
type Kind int

const (
	Text    Kind = iota // words, never a formula
	Number              // counts and figures, with as many decimals as each has
	Percent             // shares, shown with one decimal
	Date                // days of the calendar, shown as dd/mm/yyyy
)

// Table is a list to be saved. The same table always gives the same bytes.
type Table struct {
	Sheet   string // name of the sheet, at most 31 characters: "Kế hoạch"
	Title   string
	Notes   []string  // lines below the title: whose, which, how to read it
	At      time.Time // when the values were true
	Columns []Column
	Rows    [][]Value // as long as Columns or shorter
	Sums    [][]Value // below the rows, apart from them: no filter hides these, CSV leaves them out
	Fixed   int       // columns that stay in sight when scrolling to the right
}

// Column says what stands in one column. Neighbours of one Group share a heading
// above their own. A Text may stand in a column of any kind, in place of a value
// that is none: "KTPV".
type Column struct {
	Group string
	Title string
	Kind  Kind
}

// heading names a column where there is one line for it.
func (c Column) heading() string {
	parts := []string{c.Title}
	if c.Group != "" {
		parts = []string{c.Group, c.Title}
	}
	heading := strings.Join(parts, ": ")
	if c.Kind == Percent {
		heading += " (%)"
	}
	return heading
}

// grouped says whether some column has a heading above its own.
func (t Table) grouped() bool {
	for _, c := range t.Columns {
		if c.Group != "" {
			return true
		}
	}
	return false
}
