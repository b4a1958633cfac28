package workbook

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"

	"danvan/internal/document/sheet"
	"danvan/internal/viet"
)

// Fault is what is wrong with one cell, a row (Column 0) or a sheet (Row 0): a
// sentence for who filled it in.
type Fault struct {
	Sheet   string
	Row     int
	Column  int
	Message string
}

// Place is "Số liệu!D12", "Số liệu, dòng 12" or "Số liệu".
func (f Fault) Place() string {
	switch {
	case f.Row == 0:
		return f.Sheet
	case f.Column == 0:
		return fmt.Sprintf("%s, dòng %d", f.Sheet, f.Row)
	}
	return address(f.Sheet, f.Row, f.Column)
}

func (f Fault) Error() string { return f.Place() + ": " + f.Message }

func address(name string, row, column int) string {
	letters := ""
	for n := column; n > 0; n = (n - 1) / 26 {
		letters = string(rune('A'+(n-1)%26)) + letters
	}
	return name + "!" + letters + strconv.Itoa(row)
}

// content is what a cell holds.
type content uint8

const (
	nothing content = iota
	words
	number
	truthValue
	mistake // #N/A and the like
)

// Cell is one cell of an upload. What it means is read by the method for what is
// expected there; each refuses, with a [Fault], what would be a guess.
type Cell struct {
	Sheet    string
	Row      int
	Column   int // from 1
	holds    content
	formula  bool
	format   format
	from1904 bool
	text     string // as the file has it
}

// Address is "Số liệu!D12".
func (c Cell) Address() string { return address(c.Sheet, c.Row, c.Column) }

// Blank says that nothing is written there: not answered, which is not 0.
func (c Cell) Blank() bool { return c.holds == nothing && !c.formula }

// Fault says what is wrong with the cell.
func (c Cell) Fault(message string) error {
	return Fault{Sheet: c.Sheet, Row: c.Row, Column: c.Column, Message: message}
}

const (
	hintFormula = "Ô chứa công thức; chép ô rồi dán lại dạng giá trị (Paste Special → Values)"
	hintMistake = "Ô báo lỗi %s; sửa lỗi hoặc xóa nội dung ô"
	hintDate    = "Ô là ngày %s, cần ghi số; Excel có thể đã đổi số thành ngày: đặt định dạng ô là Text rồi ghi lại"
	hintPercent = "Ô có định dạng phần trăm, cần ghi số; đặt định dạng ô là General rồi ghi lại"
	hintNumber  = "Ô là số %s, cần ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/11/2022"
	hintNoDate  = "Ô có định dạng ngày nhưng giá trị không phải một ngày; ghi lại theo dạng ngày/tháng/năm, ví dụ 30/11/2022"
	hintTruth   = "Ô là giá trị đúng/sai (TRUE, FALSE); ghi lại bằng chữ hoặc số"
	hintPlaces  = "Số quá dài: nhiều nhất 15 chữ số trước dấu phẩy và 6 chữ số sau dấu phẩy"
)

// plainly refuses what stands for something else than what was typed. Formulas
// are never read: the value a file carries for them is whatever the program that
// saved it left there.
func (c Cell) plainly() error {
	switch {
	case c.formula:
		return c.Fault(hintFormula)
	case c.holds == mistake:
		return c.Fault(fmt.Sprintf(hintMistake, c.text))
	case c.holds == truthValue:
		return c.Fault(hintTruth)
	}
	return nil
}

// Text is what the cell says, "" for a blank one; a number as it would be typed
// without separators, a date as dd/mm/yyyy.
func (c Cell) Text() (string, error) {
	if err := c.plainly(); err != nil {
		return "", err
	}
	if c.holds != number {
		return c.text, nil
	}
	if d := c.date(); !d.IsZero() {
		return d.String(), nil
	}
	return decimalOf(c.value()), nil
}

// Number is a canonical decimal, as of [viet.ParseNumber], from a number or from
// text typed the Vietnamese way. Blank is an answer of its own, and here a fault.
func (c Cell) Number() (string, error) {
	if err := c.plainly(); err != nil {
		return "", err
	}
	switch {
	case c.holds == number && c.format == dated:
		shown := c.text
		if d := c.date(); !d.IsZero() {
			shown = d.String()
		}
		return "", c.Fault(fmt.Sprintf(hintDate, shown))
	case c.holds == number && c.format == hundredths:
		return "", c.Fault(hintPercent)
	case c.holds == number:
		return c.parsed(decimalOf(c.value()))
	}
	typed, err := viet.ParseNumber(c.text)
	if err != nil {
		return "", c.Fault(err.Error())
	}
	return typed, nil
}

// Percent is [Cell.Number] of hundredths: "12.4" for 12,4 and for a cell that
// shows 12,4%.
func (c Cell) Percent() (string, error) {
	if c.plainly() == nil && c.holds == number && c.format == hundredths {
		return c.parsed(decimalOf(c.value() * 100))
	}
	if c.holds == words {
		c.text = strings.TrimSpace(strings.TrimSuffix(c.text, "%"))
	}
	return c.Number()
}

// Whole is [Cell.Number] for counts.
func (c Cell) Whole() (int64, error) {
	canonical, err := c.Number()
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseInt(canonical, 10, 64)
	if err != nil {
		return 0, c.Fault("Chỉ ghi số nguyên, không ghi phần thập phân")
	}
	return n, nil
}

// Day is a date, from a cell that shows one or from text as of [viet.ParseDate].
// A bare number is refused: 2022 would be a day of 1905.
func (c Cell) Day() (viet.Date, error) {
	if err := c.plainly(); err != nil {
		return viet.Date{}, err
	}
	if c.holds != number {
		d, err := viet.ParseDate(c.text)
		if err != nil {
			return viet.Date{}, c.Fault(err.Error())
		}
		return d, nil
	}
	if c.format != dated {
		return viet.Date{}, c.Fault(fmt.Sprintf(hintNumber, viet.FormatNumber(decimalOf(c.value()))))
	}
	d := c.date()
	if d.IsZero() {
		return viet.Date{}, c.Fault(hintNoDate)
	}
	return d, nil
}

// macintosh is how far behind books count that begin in 1904.
const macintosh = 1462

// date is the day the cell shows, if it shows one.
func (c Cell) date() viet.Date {
	if c.holds != number || c.format != dated {
		return viet.Date{}
	}
	serial := c.value()
	if c.from1904 {
		serial += macintosh
	}
	return sheet.DayOf(serial)
}

// value is the number of a cell; the reader let no other text pass for one.
func (c Cell) value() float64 {
	v, _ := strconv.ParseFloat(c.text, 64)
	return v
}

// parsed checks that a decimal is one the portal keeps.
func (c Cell) parsed(decimal string) (string, error) {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	if strings.ContainsAny(decimal, "e") || len(whole) > significant || len(fraction) > 6 {
		return "", c.Fault(hintPlaces)
	}
	return decimal, nil
}

// significant is how many digits Excel shows of a number.
const significant = 15

// decimalOf writes a number with the digits Excel shows of it: 0.1+0.2 is "0.3".
func decimalOf(v float64) string {
	text := strconv.FormatFloat(v, 'e', significant-1, 64)
	if v == 0 || math.Abs(v) >= 1e30 || math.Abs(v) < 1e-30 {
		return strconv.FormatFloat(v+0, 'g', -1, 64)
	}
	rounded, ok := new(big.Rat).SetString(text)
	if !ok {
		return text
	}
	return strings.TrimSuffix(strings.TrimRight(rounded.FloatString(50), "0"), ".")
}
