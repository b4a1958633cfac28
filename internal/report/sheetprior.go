package report

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/document/exchange"
	"danvan/internal/document/sheet"
	"danvan/internal/document/workbook"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Columns of the form of last year's figures, after code, name and unit of measure.
const (
	priorColumn  = ownColumn
	sourceColumn = ownColumn + 1
)

func aboutPrior(c submission.Case) exchange.About {
	return exchange.About{Kind: "prior-figures", Called: fmt.Sprintf("số liệu cùng kỳ năm %d", c.Year-1), Unit: c.UnitSlug, UnitName: c.UnitName,
		Year: c.Year, Period: c.Period, PeriodName: c.PeriodName}
}

// Words are a figure of last year as a form has it.
func (f PriorFigure) Words() submission.Content {
	return submission.Content{"value": f.Value, "source": f.Source}
}

// PriorForm is an Excel form of the figures of the year before c, for the same
// period; known are those typed in already.
func PriorForm(now time.Time, c submission.Case, content Content, known map[string]PriorFigure) (sheet.File, error) {
	kept := exchange.Kept{}
	for _, r := range content.asked() {
		if r.Typed() {
			kept[r.Code] = known[r.Code].Words()
		}
	}
	return exchange.File(now, aboutPrior(c), kept, content.priorForm(c, known), guide("Cách ghi số liệu năm trước", [][2]string{
		{"Dùng để làm gì", "So sánh với cùng kỳ khi hệ thống chưa có báo cáo của năm trước. Ghi đúng số đã báo cáo khi đó; không có số thì để trống."},
		{"Số", "Số ghi kiểu 1.234,5: dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân. Không ghi đơn vị tính, không ghi công thức."},
		{"Nguồn số liệu", "Văn bản có số này, ví dụ: Báo cáo số 210/BC-STP ngày 02/12/2021."},
		{"Nhập lại", "Lưu tệp dạng Excel Workbook (.xlsx), mở mục “Số liệu năm trước” của báo cáo, chọn “Nhập từ Excel”. Ô không sửa thì giữ nguyên; hệ thống cho xem trước rồi mới ghi."},
	}))
}

func (c Content) priorForm(of submission.Case, known map[string]PriorFigure) sheet.Form {
	form := sheet.Form{
		Sheet: figureSheet, Title: fmt.Sprintf("Số liệu cùng kỳ năm %d của %s", of.Year-1, of.UnitName), Fixed: nameColumn,
		Notes: []string{"Để so sánh với báo cáo " + viet.LowerFirst(of.PeriodName) + ". Chỉ ghi vào ô trắng; không có số thì để trống. Số ghi kiểu 1.234,5, không ghi đơn vị tính."},
		Columns: []sheet.Box{{Title: "Mã", Width: 8}, {Title: "Chỉ tiêu", Width: 60}, {Title: "Đơn vị tính", Width: 14},
			{Title: fmt.Sprintf("Năm %d", of.Year-1), Width: 16, Kind: sheet.Number, Fill: true},
			{Title: "Nguồn số liệu", Width: 44, Fill: true, Hint: "Văn bản có số này, ví dụ: Báo cáo số 210/BC-STP ngày 02/12/2021"}},
	}
	for _, s := range c.Tasks {
		var lines []sheet.Line
		for _, r := range s.Rows {
			if !r.Asked || !r.Typed() {
				continue
			}
			is := known[r.Code]
			line := sheet.Line{Cells: []string{r.Code, r.Name, r.Unit, typedWords(r.Indicator, is.Value), is.Source}}
			if r.Kind == indicator.Flag {
				line.Offer = map[int][]string{priorColumn - 1: {yes, no}}
			}
			lines = append(lines, line)
		}
		if len(lines) > 0 {
			form.Rows = append(append(form.Rows, sheet.Line{Heading: s.Name()}), lines...)
		}
	}
	return form
}

// ReadPrior is [ReadFigures] for the form of last year's figures; the fields of a
// row are value and source.
func ReadPrior(ctx context.Context, c submission.Case, content Content, name string, file io.Reader) ([]Written, error) {
	return readForm(ctx, name, file, aboutPrior(c), content, content.priorForm(c, nil), reading{
		fields: map[string]int{"value": priorColumn, "source": sourceColumn}, read: readPriorRow,
		check: func(i indicator.Indicator, is submission.Content) map[string]string {
			_, bad := checkPrior([]indicator.Indicator{i}, nil, map[string]PriorEdit{i.Code: {Value: is["value"], Source: is["source"]}})
			wrong := map[string]string{}
			for _, field := range []string{"value", "source"} {
				if sentence := bad[FieldOf(i.Code, field)]; sentence != "" {
					wrong[field] = sentence
				}
			}
			if is["value"] == "" && is["source"] != "" {
				wrong["value"] = "Có nguồn mà chưa có số; ghi số, hoặc xóa cả nguồn"
			}
			return wrong
		}})
}

func readPriorRow(row workbook.Row, i indicator.Indicator, faults *exchange.Faults) submission.Content {
	is := submission.Content{"value": readAmount(row.Cell(priorColumn), i, "để trống", faults)}
	source, err := row.Cell(sourceColumn).Text()
	faults.Note(err)
	is["source"] = viet.CleanLine(source)
	return is
}

// ImportPrior is [Service.SavePrior] for what a file brings in: all of it, or with
// the first mistake none. Where somebody else changed a number since it is
// [fault.Conflict].
func (s *Service) ImportPrior(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, edits map[string]PriorEdit) error {
	_, err := s.Change(ctx, act, now, once, ref, "import last year's figures of", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := DecidePrior(act, *c).Err(); err != nil {
			return "", err
		}
		asked, err := indicator.For(ctx, tx, c.Campaign, c.Unit, unit.Kind(c.UnitKind))
		if err != nil {
			return "", err
		}
		stored, err := Prior(ctx, tx, c.Unit, c.Year-1, c.Period)
		if err != nil {
			return "", err
		}
		for code, e := range edits {
			if is := stored[code].Value; is != e.Was && is != e.Value {
				return "", fault.Conflict
			}
		}
		good, bad := checkPrior(asked, stored, edits)
		if len(bad) > 0 {
			return "", bad
		}
		if len(good) == 0 {
			return "saved", nil
		}
		return "saved", PutPrior(ctx, tx, act, now, c.Unit, c.UnitSlug, c.Year-1, c.Period, good)
	})
	return err
}
