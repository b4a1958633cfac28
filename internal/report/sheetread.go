package report

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"

	"danvan/internal/document/exchange"
	"danvan/internal/document/sheet"
	"danvan/internal/document/workbook"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Written is a row of a form that somebody changed.
type Written struct {
	Code string
	Was  submission.Content // what the row said when the form went out
	Is   submission.Content // every field of the row, canonical
}

// ReadFigures reads a form of figures that came back for the report of c. Rows
// nobody touched are left out, but for those that were offered and are still without
// an answer: whoever sends the form in takes them, as who saves the page does. What cannot be taken is [fault.Invalid] for the file
// as a whole, or [exchange.Faults] for its boxes; then nothing of it is returned.
func ReadFigures(ctx context.Context, c submission.Case, content Content, name string, file io.Reader) ([]Written, error) {
	return readForm(ctx, name, file, aboutFigures(c), content, content.figureForm(c), reading{
		fields: map[string]int{"own": ownColumn, "estimated": estimatedColumn, "mark": markColumn}, read: readFigureRow,
		check: func(i indicator.Indicator, is submission.Content) map[string]string {
			_, bad := checkFigure(i, is, nil)
			return bad
		}})
}

// reading is how the rows of a form are read.
type reading struct {
	fields map[string]int // to the columns in which they are filled in
	read   func(row workbook.Row, i indicator.Indicator, faults *exchange.Faults) submission.Content
	check  func(i indicator.Indicator, is submission.Content) map[string]string // what is wrong, by field
}

func readForm(ctx context.Context, name string, file io.Reader, about exchange.About, content Content, form sheet.Form, x reading) ([]Written, error) {
	upload, err := exchange.Open(ctx, name, file, about)
	if err != nil {
		return nil, err
	}
	rows, err := upload.Rows(ctx, form)
	if wrong := (exchange.Faults)(nil); !wrong.Note(err) && len(wrong) > 0 {
		return nil, wrong.OrNil()
	}
	if err != nil {
		return nil, err
	}
	var written []Written
	var faults exchange.Faults
	seen := map[string]int{}
	for _, row := range rows {
		i, ok := x.rowOf(row, content, seen, &faults)
		if !ok {
			continue
		}
		before := len(faults)
		is := x.read(row, i, &faults)
		was := submission.Content(upload.Kept[i.Code])
		if was[offeredMark] != "" {
			delete(was, offeredMark)
			if is.Equal(was.With(nil)) && content.Rows[i.Code].Figure.Answered() {
				continue // somebody answered since, and nobody wrote here
			}
			was = submission.Content{}
		}
		if len(faults) > before || is.Equal(was.With(nil)) {
			continue
		}
		for field, sentence := range x.check(i, is) {
			faults.Note(row.Cell(x.fields[field]).Fault(sentence))
		}
		written = append(written, Written{Code: i.Code, Was: was, Is: is})
	}
	if err := faults.OrNil(); err != nil {
		return nil, err
	}
	return written, nil
}

var codePattern = regexp.MustCompile(`^[A-Z][0-9]+\.[0-9]+$`)

// rowOf finds the indicator that a row answers; ok is false for headings and rows
// nobody has to fill in.
func (x reading) rowOf(row workbook.Row, content Content, seen map[string]int, faults *exchange.Faults) (i indicator.Indicator, ok bool) {
	code, err := row.Cell(codeColumn).Text()
	code = strings.ToUpper(viet.CleanLine(code))
	if err != nil || !codePattern.MatchString(code) {
		if x.filled(row) {
			faults.Note(row.Fault("Dòng này không có mã chỉ tiêu ở cột A nên không biết ghi vào đâu; ghi số vào đúng dòng của chỉ tiêu"))
		}
		return i, false
	}
	r, known := content.Rows[code]
	switch {
	case known && !r.Typed():
		return i, false
	case (!known || !r.Asked) && x.filled(row):
		faults.Note(row.Cell(codeColumn).Fault("Đơn vị không phải báo cáo chỉ tiêu " + code + "; xóa nội dung đã ghi ở dòng này"))
		return i, false
	case !known || !r.Asked:
		return i, false
	case seen[code] > 0:
		faults.Note(row.Cell(codeColumn).Fault(fmt.Sprintf("Chỉ tiêu %s đã có ở dòng %d; giữ lại một dòng", code, seen[code])))
		return i, false
	}
	seen[code] = row.No
	return r.Indicator, true
}

// filled reports whether something stands in a box of the row.
func (x reading) filled(row workbook.Row) bool {
	for _, column := range x.fields {
		if !row.Cell(column).Blank() {
			return true
		}
	}
	return false
}

func readFigureRow(row workbook.Row, i indicator.Indicator, faults *exchange.Faults) submission.Content {
	is := submission.Content{"mark": "", "estimated": ""}
	own, estimated := row.Cell(ownColumn), row.Cell(estimatedColumn)
	is["own"] = readAmount(own, i, "chọn ở cột “Không có số”", faults)
	if !estimated.Blank() {
		number, err := estimated.Number()
		faults.Note(err)
		is["estimated"] = number
	}
	cell := row.Cell(markColumn)
	text, err := cell.Text()
	if !faults.Note(err) || viet.CleanLine(text) == "" {
		return is
	}
	mark, ok := markOf(text)
	if !ok {
		faults.Note(cell.Fault("Chọn “" + strings.Join(markWords(), "” hoặc “") + "”, hoặc để trống"))
	}
	is["mark"] = string(mark)
	return is
}

// readAmount reads the box of a number; a flag may be answered in words. instead
// says what to do where there is no number.
func readAmount(cell workbook.Cell, i indicator.Indicator, instead string, faults *exchange.Faults) string {
	if cell.Blank() {
		return ""
	}
	text, err := cell.Text()
	if err == nil {
		if _, is := markOf(text); is {
			faults.Note(cell.Fault("Ô này chỉ ghi số; không có số thì " + instead))
			return ""
		}
		if i.Kind == indicator.Flag {
			switch viet.Fold(viet.CleanLine(text)) {
			case viet.Fold(yes):
				return "1"
			case viet.Fold(no):
				return "0"
			}
		}
	}
	number, err := cell.Number()
	faults.Note(err)
	return number
}

func markOf(text string) (indicator.Mark, bool) {
	for _, m := range marksOffered {
		if viet.Fold(viet.CleanLine(text)) == viet.Fold(m.Word()) {
			return m, true
		}
	}
	return "", false
}
