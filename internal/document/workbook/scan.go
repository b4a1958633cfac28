package workbook

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/viet"
)

// errStopped says that the reader of the rows has had enough.
var errStopped = errors.New("reader of rows stopped")

// Excel's own bounds.
const (
	mostRows    = 1 << 20
	mostColumns = 1 << 14
)

// scan makes rows of the elements of a sheet (ECMA-376 part 1, 18.3.1).
type scan struct {
	book  *Book
	yield func(Row, error) bool
	row   Row  // the one being read
	rows  int  // begun
	cell  Cell // the one being read
	kind  string
	value []byte
	inRow bool
	inC   bool
	inV   bool
	text  text
	ended bool
}

func (s *scan) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		return s.startRow(e)
	case "c":
		return s.startCell(e)
	case "f":
		s.cell.formula = s.inC
	case "v":
		s.inV = s.inC
	default:
		s.text.start(e.Name.Local)
	}
	return nil
}

func (s *scan) startRow(e xml.StartElement) error {
	if s.rows++; s.rows > s.book.limits.Rows {
		return Fault{Sheet: s.row.Sheet, Message: "Trang tính có quá " + viet.FormatInt(s.book.limits.Rows) + " dòng; xóa các dòng thừa rồi chọn lại tệp"}
	}
	no := s.row.No + 1
	if r := attr(e, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < no {
			return damaged()
		}
		no = n
	}
	if no > mostRows || s.inRow {
		return damaged()
	}
	s.inRow, s.row.No, s.row.Cells = true, no, nil
	s.cell = Cell{Sheet: s.row.Sheet, Row: no}
	return nil
}

func (s *scan) startCell(e xml.StartElement) error {
	if s.book.cells--; s.book.cells < 0 {
		return refuse(refusedHeavy)
	}
	if !s.inRow || s.inC {
		return damaged()
	}
	column := s.cell.Column + 1
	if r := attr(e, "r"); r != "" {
		c, row := coordinates(r)
		if c < column || row != s.row.No {
			return damaged()
		}
		column = c
	}
	if column > mostColumns {
		return damaged()
	}
	s.inC = true
	s.cell = Cell{Sheet: s.row.Sheet, Row: s.row.No, Column: column, from1904: s.book.from1904}
	if n, err := strconv.Atoi(attr(e, "s")); err == nil && n >= 0 && n < len(s.book.formats) {
		s.cell.format = s.book.formats[n]
	}
	s.kind, s.value = attr(e, "t"), s.value[:0]
	return nil
}

// coordinates reads "D12", 0 and 0 for what is none.
func coordinates(ref string) (column, row int) {
	letters := strings.TrimRight(ref, "0123456789")
	if len(letters) == 0 || len(letters) > 3 || len(ref)-len(letters) > 7 {
		return 0, 0
	}
	for _, l := range []byte(letters) {
		if l < 'A' || l > 'Z' {
			return 0, 0
		}
		column = column*26 + int(l-'A') + 1
	}
	row, err := strconv.Atoi(ref[len(letters):])
	if err != nil {
		return 0, 0
	}
	return column, row
}

func (s *scan) chars(run []byte) error {
	if !s.inV {
		return s.text.add(run)
	}
	if s.value = append(s.value, run...); len(s.value) > longestText {
		return damaged()
	}
	return nil
}

func (s *scan) end(name string) error {
	switch name {
	case "v":
		s.inV = false
	case "c":
		return s.endCell()
	case "row":
		return s.endRow()
	case "sheetData":
		s.ended = true
		return io.EOF
	default:
		s.text.end(name)
	}
	return nil
}

func (s *scan) endRow() error {
	if !s.inRow || s.inC {
		return damaged()
	}
	s.inRow = false
	if len(s.row.Cells) > 0 && !s.yield(s.row, nil) {
		return errStopped
	}
	return nil
}

func (s *scan) endCell() error {
	if !s.inC {
		return damaged()
	}
	s.inC = false
	if err := s.fill(); err != nil {
		return err
	}
	if s.cell.Blank() {
		return nil
	}
	if most := s.book.limits.Columns; s.cell.Column > most {
		return s.cell.Fault(fmt.Sprintf("Ô nằm ngoài biểu: chỉ đọc %d cột đầu; xóa nội dung ở các cột thừa rồi chọn lại tệp", most))
	}
	s.row.Cells = append(s.row.Cells, s.cell)
	return nil
}

// fill puts what was gathered into the cell.
func (s *scan) fill() error {
	inline, value := s.text.take(), strings.TrimSpace(string(s.value))
	c := &s.cell
	switch s.kind {
	case "inlineStr":
		c.holds, c.text = words, inline
	case "str":
		c.holds, c.text = words, viet.Clean(unescape(string(s.value)))
	case "s":
		if value == "" {
			return nil
		}
		i, err := strconv.Atoi(value)
		if err != nil || i < 0 || i >= len(s.book.texts) {
			return damaged()
		}
		c.holds, c.text = words, s.book.texts[i]
	case "b":
		c.holds, c.text = truthValue, value
	case "e":
		c.holds, c.text = mistake, viet.CleanLine(value)
	case "d":
		return s.fillDate(value)
	case "", "n":
		c.holds, c.text = number, value
		if value != "" && !isNumber(value) {
			return damaged()
		}
	default:
		return damaged()
	}
	if c.text == "" {
		c.holds = nothing
	}
	return nil
}

// fillDate reads a day as strict workbooks have it, "2022-11-28T00:00:00".
func (s *scan) fillDate(value string) error {
	const day = len(time.DateOnly)
	t, err := time.Parse(time.DateOnly, value[:min(len(value), day)])
	if err != nil {
		return damaged()
	}
	c := &s.cell
	c.holds, c.format, c.from1904 = number, dated, false
	c.text = strconv.Itoa(sheet.Serial(viet.NewDate(t.Date())))
	return nil
}

// isNumber says whether text is a number as XML writes it.
func isNumber(text string) bool {
	if len(text) > 64 || strings.Trim(text, "0123456789+-.eE") != "" {
		return false
	}
	v, err := strconv.ParseFloat(text, 64)
	return err == nil && !math.IsInf(v, 0)
}
