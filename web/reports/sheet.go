package reports

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	"danvan/internal/document/exchange"
	"danvan/internal/document/workbook"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	sheetshow "danvan/web/show/sheets"
	"danvan/web/ui"
)

// maxUpload is the largest post with a form in bytes: somewhat more than a workbook
// may have, so that one slightly too large is told so on the page.
var maxUpload = workbook.Usual.File + maxPost

// rowField is a whole figure as one field: number, mark and estimate make sense
// together only, see [pack].
const rowField = "row"

const importTitle = "Nhập số liệu từ Excel"

// FigureSheet is the figures as an Excel form to be filled in.
func (p Pages) FigureSheet(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	file, err := report.FigureForm(current.Now(r), o.c, o.content)
	if err != nil {
		return err
	}
	return respond.Download(w, r, file.Name, file.Type, file.Reader())
}

// importing is the page on which the form comes back.
type importing struct{ opened }

func (x importing) choosing(mistakes []sheetshow.Mistake) sheetshow.Choosing {
	return sheetshow.Choosing{Action: paths.ImportFigures(x.base()), Form: ui.Link{Label: "Tải biểu mẫu Excel", Path: paths.FigureSheet(x.base())},
		Fill: "Chỉ ghi vào ô trắng, số kiểu 1.234,5; ô đã điền sẵn thì xem lại. Không có số thì chọn “Không phát sinh” hoặc “Không thuộc phạm vi”. Ô không sửa thì số đang lưu giữ nguyên.",
		Back: ui.Link{Label: "Về báo cáo", Path: x.base()}, Mistakes: mistakes}
}

// ImportForm asks for the file.
func (p Pages) ImportForm(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	return importing{o}.page(w, r, http.StatusOK, nil, form.New(nil))
}

func (x importing) page(w http.ResponseWriter, r *http.Request, status int, mistakes []sheetshow.Mistake, f *form.Form) error {
	return respond.Page(w, r, status, ui.Page{Head: head(x.c, importTitle, ui.Link{Label: importTitle})}, x.choosing(mistakes).Body(f))
}

// Import takes the file and shows what it changes; it takes the post of that page
// too, and does it.
func (p Pages) Import(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxUpload)
	if err != nil {
		return err
	}
	x := importing{o}
	if sheetshow.Posted(f) {
		return p.importFigures(w, r, x, f)
	}
	written, mistakes, err := readUpload(f, func(name string, file io.Reader) ([]report.Written, error) {
		return report.ReadFigures(r.Context(), o.c, o.content, name, file)
	})
	if err != nil {
		return err
	}
	if !f.OK() || len(mistakes) > 0 {
		return x.page(w, r, http.StatusUnprocessableEntity, mistakes, f.Renew())
	}
	var lines []sheetshow.Line
	for _, x := range written {
		lines = append(lines, sheetshow.LineOf(x.Code, rowOf(x.Was), rowOf(x.Is), []string{rowField}))
	}
	return x.preview(w, r, http.StatusOK, lines, nil)
}

// rowOf is a figure as a line has it.
func rowOf(c submission.Content) submission.Content { return submission.Content{rowField: pack(c)} }

// readUpload reads the file of a post. What is wrong with it as a whole is noted in
// f, what is wrong in its boxes comes back.
func readUpload(f *form.Form, read func(name string, file io.Reader) ([]report.Written, error)) ([]report.Written, []sheetshow.Mistake, error) {
	header := f.File(workbook.Field)
	if header == nil {
		f.Fail(workbook.Field, "Chọn tệp Excel đã ghi")
		return nil, nil, nil
	}
	file, err := header.Open()
	if err != nil {
		return nil, nil, err
	}
	defer file.Close()
	written, err := read(header.Filename, file)
	if faults, ok := errors.AsType[exchange.Faults](err); ok {
		return nil, sheetshow.Mistakes(faults), nil
	}
	if f.Reject(err) {
		return nil, nil, nil
	}
	return written, nil, err
}

// preview shows what lines change of what is saved now. typed is the post that the
// page answers.
func (x importing) preview(w http.ResponseWriter, r *http.Request, status int, lines []sheetshow.Line, typed *form.Form) error {
	preview := sheetshow.Preview{Action: paths.ImportFigures(x.base()), Again: paths.ImportFigures(x.base()), Things: "số liệu",
		Back: ui.Link{Label: "Không ghi, về báo cáo", Path: x.base()},
		Why:  "Ô không sửa thì số đang lưu giữ nguyên. Số bị thay vẫn còn trong lịch sử soạn thảo."}
	for _, s := range x.content.Tasks {
		group := sheetshow.Group{Title: s.Name()}
		for _, row := range answerable(s) {
			i := slices.IndexFunc(lines, func(l sheetshow.Line) bool { return l.Key == row.Code })
			if i < 0 {
				continue
			}
			line := lines[i].Against(row.Part.Revision, rowOf(row.Part.Content), submission.Digest(row.Part.Content))
			for _, field := range line.Fields {
				label := row.Title()
				if row.Offer != nil && field.Is == pack(row.Opens()) {
					label += " (điền sẵn)"
				}
				group.Rows = append(group.Rows, sheetshow.Row{Line: line, Field: field, Label: label, At: savedAt(row.Part),
					Show: func(packed string) string { return rowWords(row, unpack(packed)) }})
			}
			if len(line.Fields) > 0 {
				preview.Lines = append(preview.Lines, line)
			}
		}
		preview.Groups = append(preview.Groups, group)
	}
	preview.Number = len(preview.Lines)
	f := preview.Form(typed)
	page := ui.Page{Head: head(x.c, "Xem trước số liệu từ Excel", ui.Link{Label: importTitle, Path: paths.ImportFigures(x.base())}, ui.Link{Label: "Xem trước"}), Errors: !f.OK()}
	return respond.Page(w, r, status, page, preview.Body(f))
}

// savedAt is when a part was saved, "" for never.
func savedAt(p submission.Part) string {
	if p.SavedAt.IsZero() {
		return ""
	}
	return "lúc " + viet.Moment(p.SavedAt)
}

// importFigures stores what the page of the preview confirms, all of it or none.
func (p Pages) importFigures(w http.ResponseWriter, r *http.Request, x importing, f *form.Form) error {
	lines := sheetshow.Take(f)
	settled := sheetshow.Settle(f, lines)
	if !f.OK() {
		return x.preview(w, r, http.StatusUnprocessableEntity, lines, f)
	}
	edits := map[string]report.FigureEdit{}
	for _, l := range settled {
		edits[l.Key] = report.FigureEdit{Read: l.Read, Seen: l.Seen, Values: unpack(l.Values()[rowField])}
	}
	result, err := p.Reports.SaveFigures(r.Context(), current.Actor(r), current.Now(r), f.Once(), x.ref, edits)
	if _, invalid := errors.AsType[fault.Invalid](err); invalid {
		return x.page(w, r, http.StatusUnprocessableEntity, x.mistakes(result.Faults), form.New(nil))
	}
	if _, overtaken := errors.AsType[*submission.Conflict](err); overtaken {
		if x.opened, err = p.again(r, x.opened); err != nil {
			return err
		}
		return x.preview(w, r, http.StatusConflict, lines, f)
	}
	if err != nil {
		return err
	}
	message, err := p.imported(r, x, len(settled))
	if err != nil {
		return err
	}
	current.SayMore(r, message)
	return respond.To(w, r, x.base())
}

// imported says what was done, and what is odd about it.
func (p Pages) imported(r *http.Request, x importing, n int) (ui.Message, error) {
	message := ui.Message{Done: "Đã ghi " + viet.FormatInt(n) + " số liệu từ tệp Excel."}
	if n == 0 {
		message.Done = "Giữ nguyên số liệu đang lưu, không ghi gì từ tệp Excel."
	}
	after, err := p.again(r, x.opened)
	if err != nil {
		return message, err
	}
	doubts, err := p.Reports.Doubts(r.Context(), after.c, after.content)
	if err != nil {
		return message, err
	}
	open := 0
	for _, d := range doubts {
		if d.Answer == "" {
			open++
		}
	}
	if open > 0 {
		message.More = viet.FormatInt(open) + " số liệu nên giải thích."
		message.Link = ui.Link{Label: "Xem và giải thích", Path: paths.CheckReport(x.base())}
	}
	return message, nil
}

// mistakes are what cannot be stored, by figure: the file is no longer there to
// name its cells.
func (x importing) mistakes(faults fault.Invalid) []sheetshow.Mistake {
	var list []sheetshow.Mistake
	for _, name := range slices.Sorted(maps.Keys(faults)) {
		code := name
		if i := strings.LastIndex(name, "."); i > 0 {
			code = name[:i]
		}
		place := "Chỉ tiêu " + code
		if row, ok := x.content.Rows[code]; ok {
			place = row.Title()
		}
		list = append(list, sheetshow.Mistake{Place: place, Text: viet.LowerFirst(faults[name])})
	}
	return list
}
