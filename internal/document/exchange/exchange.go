// Package exchange sends the portal's own Excel forms out and knows them again when
// they come back filled in. What the boxes mean is for importers to know.
package exchange

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/document/workbook"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// About says what a form is: for what, of whom, of when.
type About struct {
	Kind       string // one word, the same for ever: "figures"
	Called     string // in the middle of a sentence: "số liệu báo cáo"
	Unit       string // slug
	UnitName   string
	Year       int
	Period     string // slug
	PeriodName string
}

// Kept is what the rows of a form said when it went out: by the row's key, then by
// field, as the portal keeps it. What is the same when the form comes back was not
// touched.
type Kept map[string]map[string]string

// format is the first box of the stamp: what a form of another release says there
// is not guessed at.
const format = "danvan 1"

// File makes the file of a form, which knows what it is and what it said.
func File(at time.Time, about About, kept Kept, forms ...sheet.Form) (sheet.File, error) {
	stamp := [][]string{
		{format, about.Kind, about.Called},
		{strconv.Itoa(about.Year), about.Period, about.PeriodName, about.Unit, about.UnitName},
	}
	for _, key := range slices.Sorted(maps.Keys(kept)) {
		said, err := json.Marshal(kept[key])
		if err != nil {
			return sheet.File{}, fmt.Errorf("keep row %s: %w", key, err)
		}
		stamp = append(stamp, []string{key, string(said)})
	}
	return sheet.Fill(at, stamp, forms...)
}

// Upload is a form that came back.
type Upload struct {
	Kept Kept
	book *workbook.Book
}

// Open opens an upload that has to be the form about want. Any other file is
// refused with a sentence for the sender, [fault.Invalid] under [workbook.Field].
func Open(ctx context.Context, name string, content io.Reader, want About) (*Upload, error) {
	book, err := workbook.Open(ctx, name, content, workbook.Usual)
	if err != nil {
		return nil, err
	}
	stamp, err := readStamp(ctx, book, want)
	if err != nil {
		return nil, err
	}
	if err := stamp.about.refuse(want); err != nil {
		return nil, err
	}
	return &Upload{Kept: stamp.kept, book: book}, nil
}

func refuse(sentence string) error { return fault.Invalid{workbook.Field: sentence} }

// foreign is the answer to what the portal did not make.
func foreign(want About) error {
	return refuse("Tệp không phải biểu mẫu " + want.Called + " tải từ hệ thống. Tải biểu mẫu, ghi vào đó rồi chọn tệp đó")
}

// refuse says which form this is when it is not the wanted one.
func (a About) refuse(want About) error {
	switch {
	case a.Kind != want.Kind:
		return refuse("Tệp là biểu mẫu " + a.Called + "; ở đây nhận biểu mẫu " + want.Called)
	case a.Unit != want.Unit:
		return refuse("Tệp là biểu mẫu của " + a.UnitName + "; ở đây nhận biểu mẫu của " + want.UnitName)
	case a.Year != want.Year || a.Period != want.Period:
		return refuse("Tệp là biểu mẫu của " + a.when() + "; ở đây nhận biểu mẫu của " + want.when())
	}
	return nil
}

func (a About) when() string { return viet.LowerFirst(a.PeriodName) }

type stamped struct {
	about About
	kept  Kept
}

func readStamp(ctx context.Context, book *workbook.Book, want About) (stamped, error) {
	if !slices.Contains(book.Sheets(), sheet.Stamp) {
		return stamped{}, foreign(want)
	}
	x := stamped{kept: Kept{}}
	lines := 0
	for row, err := range book.Rows(ctx, sheet.Stamp) {
		if err != nil {
			return stamped{}, err
		}
		said := texts(row)
		switch lines++; lines {
		case 1:
			if said[0] != format {
				return stamped{}, foreign(want)
			}
			x.about.Kind, x.about.Called = said[1], said[2]
		case 2:
			year, err := strconv.Atoi(said[0])
			if err != nil {
				return stamped{}, foreign(want)
			}
			x.about.Year, x.about.Period, x.about.PeriodName, x.about.Unit, x.about.UnitName = year, said[1], said[2], said[3], said[4]
		default:
			fields := map[string]string{}
			if json.Unmarshal([]byte(said[1]), &fields) != nil {
				return stamped{}, foreign(want)
			}
			x.kept[said[0]] = fields
		}
	}
	if lines < 2 {
		return stamped{}, foreign(want)
	}
	return x, nil
}

// texts are the first boxes of a row of the stamp; what nobody writes there reads
// as nothing.
func texts(row workbook.Row) (said [5]string) {
	for i := range said {
		said[i], _ = row.Cell(i + 1).Text() // a formula or a fault is no stamp
	}
	return said
}

// Rows are the rows below the headings of one of the form's sheets. A sheet on which
// the headings up to the last box to be filled in are no longer those of form is
// refused: its columns may have moved.
func (u *Upload) Rows(ctx context.Context, form sheet.Form) ([]workbook.Row, error) {
	var rows []workbook.Row
	found := false
	for row, err := range u.book.Rows(ctx, form.Sheet) {
		switch {
		case err != nil:
			return nil, err
		case found:
			rows = append(rows, row)
		default:
			found = heads(row, form)
		}
	}
	if !found {
		return nil, refuse("Trang tính “" + form.Sheet + "” không còn đúng các cột của biểu mẫu. Tải biểu mẫu mới, chép nội dung sang rồi chọn lại")
	}
	return rows, nil
}

func heads(row workbook.Row, form sheet.Form) bool {
	last := 0
	for i, c := range form.Columns {
		if c.Fill {
			last = i
		}
	}
	for i, c := range form.Columns[:last+1] {
		title, err := row.Cell(i + 1).Text()
		if err != nil || !strings.EqualFold(viet.CleanLine(title), viet.CleanLine(c.Title)) {
			return false
		}
	}
	return true
}
