package plans

import (
	"errors"
	"net/http"
	"slices"

	"danvan/internal/document/exchange"
	"danvan/internal/document/workbook"
	"danvan/internal/plan"
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
var maxUpload = workbook.Usual.File + 2<<20

const importTitle = "Nhập hoạt động từ Excel"

// importing is the page on which the form of activities comes back.
type importing struct {
	opened
	bulk plan.Bulk
}

func (p Pages) bulk(r *http.Request) (importing, error) {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return importing{}, err
	}
	b, err := p.Plans.Bulk(r.Context(), current.Now(r), o.c, o.content)
	return importing{o, b}, err
}

// ActivitySheet is the activities as an Excel form to be filled in.
func (p Pages) ActivitySheet(w http.ResponseWriter, r *http.Request) error {
	x, err := p.bulk(r)
	if err != nil {
		return err
	}
	file, err := x.bulk.Form(current.Now(r))
	if err != nil {
		return err
	}
	return respond.Download(w, r, file.Name, file.Type, file.Reader())
}

// ImportForm asks for the file.
func (p Pages) ImportForm(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	return importing{opened: o}.page(w, r, http.StatusOK, nil, form.New(nil))
}

func (x importing) action() string { return paths.ImportActivities(x.ref.Year, x.ref.Unit) }

func (x importing) base() string { return paths.Plan(x.ref.Year, x.ref.Unit) }

func (x importing) page(w http.ResponseWriter, r *http.Request, status int, mistakes []sheetshow.Mistake, f *form.Form) error {
	page := sheetshow.Choosing{Action: x.action(), Form: ui.Link{Label: "Tải biểu mẫu Excel", Path: paths.ActivitySheet(x.ref.Year, x.ref.Unit)},
		Fill: "Sửa hoạt động ngay tại dòng của hoạt động; thêm hoạt động ở dòng trống, cột Mã để trống. Ô không sửa thì nội dung đang lưu giữ nguyên; biểu không xóa hoạt động nào.",
		Back: ui.Link{Label: "Về kế hoạch", Path: x.base()}, Mistakes: mistakes}
	return respond.Page(w, r, status, ui.Page{Head: head(x.c, importTitle, importTitle)}, page.Body(f))
}

// Import takes the file and shows what it changes; it takes the post of that page
// too, and does it.
func (p Pages) Import(w http.ResponseWriter, r *http.Request) error {
	x, err := p.bulk(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxUpload)
	if err != nil {
		return err
	}
	if sheetshow.Posted(f) {
		return p.importActivities(w, r, x, f)
	}
	written, mistakes, err := x.read(r, f)
	if err != nil {
		return err
	}
	if !f.OK() || len(mistakes) > 0 {
		return x.page(w, r, http.StatusUnprocessableEntity, mistakes, f.Renew())
	}
	var lines []sheetshow.Line
	for _, a := range written {
		lines = append(lines, sheetshow.LineOf(a.Key, a.Was, a.Is, x.fields()))
	}
	return x.preview(w, r, http.StatusOK, lines, nil)
}

// fields are those of a row, as they are shown.
func (x importing) fields() []string { return append([]string{plan.TaskField}, plan.SheetFields()...) }

// read reads the file of a post. What is wrong with it as a whole is noted in f,
// what is wrong in its boxes comes back.
func (x importing) read(r *http.Request, f *form.Form) ([]plan.Written, []sheetshow.Mistake, error) {
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
	written, err := x.bulk.Read(r.Context(), header.Filename, file)
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
	preview := sheetshow.Preview{Action: x.action(), Again: x.action(), Things: "hoạt động", Short: true, Back: ui.Link{Label: "Không ghi, về kế hoạch", Path: x.base()},
		Why: "Ô không sửa thì nội dung đang lưu giữ nguyên. Nội dung bị thay vẫn còn trong lịch sử soạn thảo."}
	for _, l := range x.inOrder(lines) {
		a, stands := x.content.Activity(l.Key)
		if !stands && !isNew(l) {
			continue // forged, or deleted this moment: the next post says so
		}
		now, seen := submission.Content(nil), ""
		if stands {
			now, seen = a.Saved(), submission.Digest(a.Content)
		}
		line := l.Against(a.Revision, now, seen)
		if len(line.Fields) == 0 {
			continue
		}
		preview.Lines = append(preview.Lines, line)
		preview.Groups = append(preview.Groups, x.group(a, line))
	}
	preview.Number = len(preview.Lines)
	f := preview.Form(typed)
	h := head(x.c, "Xem trước hoạt động từ Excel", "Xem trước")
	return respond.Page(w, r, status, ui.Page{Head: h, Errors: !f.OK()}, preview.Body(f))
}

// group is what a line changes of an activity, field by field.
func (x importing) group(a plan.Activity, line sheetshow.Line) sheetshow.Group {
	g := sheetshow.Group{Title: a.Name()}
	what := "Hoạt động " + a.Code + ": "
	if a.Code == "" {
		g = sheetshow.Group{Title: line.Values()["title"], Tag: "thêm mới", New: true}
	}
	for _, name := range x.fields() {
		for _, field := range line.Fields {
			if field.Name != name || g.New && name == "title" { // its heading
				continue
			}
			row := sheetshow.Row{Line: line, Field: field, Label: labelOf(name), Show: func(text string) string { return x.bulk.Show(name, text) }}
			row.What, _ = activityKind().Field(name)
			if field.Clash {
				row.Label = what + viet.LowerFirst(row.Label)
			}
			if !a.SavedAt.IsZero() {
				row.At = "lúc " + viet.Moment(a.SavedAt)
			}
			g.Rows = append(g.Rows, row)
		}
	}
	return g
}

// labelOf names a field of the form of an activity.
func labelOf(name string) string {
	if field, ok := activityKind().Field(name); ok && name != plan.TaskField {
		return field.Label
	}
	return fieldLabels[name]
}

func isNew(l sheetshow.Line) bool {
	_, is := plan.NewRow(l.Key)
	return is
}

// inOrder puts lines in the order of the plan, new activities last in that of the
// file.
func (x importing) inOrder(lines []sheetshow.Line) []sheetshow.Line {
	place := map[string]int{}
	for i, a := range x.content.Activities() {
		place[a.Code] = i
	}
	at := func(l sheetshow.Line) int {
		if row, isNew := plan.NewRow(l.Key); isNew {
			return len(place) + row
		}
		return place[l.Key]
	}
	sorted := slices.Clone(lines)
	slices.SortStableFunc(sorted, func(a, b sheetshow.Line) int { return at(a) - at(b) })
	return sorted
}
