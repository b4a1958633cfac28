package content

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"danvan/internal/viet"
)

// read appends a T for every row of the table to rows.
func read[T any](name string, rows *[]T, decode func(*row) T) error {
	source, err := tables.Open(name)
	if err != nil {
		return err
	}
	defer source.Close()
	lines := csv.NewReader(source)
	header, err := lines.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		r := row{cells: map[string]string{}}
		for i, column := range header {
			r.cells[column] = cells[i]
		}
		*rows = append(*rows, decode(&r))
		if r.err != nil {
			line, _ := lines.FieldPos(0)
			return fmt.Errorf("%s: line %d: %w", name, line, r.err)
		}
	}
}

// row reads the cells of one line by column and keeps the first fault, so that
// a decoder can be one expression.
type row struct {
	cells map[string]string
	err   error
}

func (r *row) fault(column string, err error) {
	if r.err == nil && err != nil {
		r.err = fmt.Errorf("%s: %w", column, err)
	}
}

func (r *row) text(column string) string {
	cell, ok := r.cells[column]
	if !ok {
		r.fault(column, errors.New("no such column"))
	}
	return cell
}

func (r *row) list(column string) []string {
	cell := r.text(column)
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ";")
}

func (r *row) number(column string) int {
	cell := r.text(column)
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	r.fault(column, err)
	return n
}

func (r *row) flag(column string) bool { return r.number(column) == 1 }

func (r *row) date(column string) viet.Date {
	cell := r.text(column)
	if cell == "" {
		return viet.Date{}
	}
	day, err := viet.ParseDate(cell)
	r.fault(column, err)
	return day
}

func (r *row) moment(column string) time.Time {
	cell := r.text(column)
	if cell == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", cell, viet.Location)
	r.fault(column, err)
	return t
}

func (r *row) span() viet.Span {
	switch kind := viet.SpanKind(r.text("time_kind")); kind {
	case "":
		return viet.Span{}
	case viet.SpanDay:
		span, err := viet.SpanOfDays(r.date("time_start"), r.date("time_value"))
		r.fault("time_value", err)
		return span
	default:
		value := r.number("time_value")
		if kind == viet.SpanYear {
			value = 1
		}
		span, ok := viet.SpanOf(kind, Year, value)
		if !ok {
			r.fault("time_value", errors.New("no such span in a year"))
		}
		return span
	}
}

func (r *row) document() Document {
	return Document{Number: r.text("number"), Symbol: r.text("symbol"), IssuedOn: r.date("issued_on"),
		Signer: r.text("signer"), Capacity: r.text("capacity"), Subject: r.text("subject")}
}
