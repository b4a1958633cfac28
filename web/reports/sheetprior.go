package reports

import (
	"errors"
	"io"
	"net/http"
	"slices"

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

// PriorSheet is last year's figures as an Excel form to be filled in.
func (p Pages) PriorSheet(w http.ResponseWriter, r *http.Request) error {
	v, err := p.recall(r)
	if err != nil {
		return err
	}
	file, err := report.PriorForm(current.Now(r), v.c, v.content, v.known)
	if err != nil {
		return err
	}
	return respond.Download(w, r, file.Name, file.Type, file.Reader())
}

// ImportPriorForm asks for the file.
func (p Pages) ImportPriorForm(w http.ResponseWriter, r *http.Request) error {
	v, err := p.recall(r)
	if err != nil {
		return err
	}
	return v.choose(w, r, http.StatusOK, nil, form.New(nil))
}

func (v recalling) choose(w http.ResponseWriter, r *http.Request, status int, mistakes []sheetshow.Mistake, f *form.Form) error {
	page := sheetshow.Choosing{Action: paths.ImportPrior(v.base()), Form: ui.Link{Label: "Tải biểu mẫu Excel", Path: paths.PriorSheet(v.base())},
		Fill: "Ghi đúng số đã báo cáo năm trước và nguồn của số đó; không có số thì để trống. Ô không sửa thì giữ nguyên.",
		Back: ui.Link{Label: "Về số liệu năm trước", Path: v.action()}, Mistakes: mistakes}
	return respond.Page(w, r, status, ui.Page{Head: v.importHead(r, "Nhập "+viet.LowerFirst(v.title())+" từ Excel")}, page.Body(f))
}

func (v recalling) importHead(r *http.Request, title string) ui.Head {
	return ui.Head{Title: title, Meta: words(titleOf(v.c)),
		Crumbs: v.crumbs(r, ui.Link{Label: v.title(), Path: v.action()}, ui.Link{Label: "Nhập từ Excel"})}
}

// ImportPrior is [Pages.Import] for last year's figures.
func (p Pages) ImportPrior(w http.ResponseWriter, r *http.Request) error {
	v, err := p.recall(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxUpload)
	if err != nil {
		return err
	}
	if sheetshow.Posted(f) {
		return p.importPrior(w, r, v, f)
	}
	written, mistakes, err := readUpload(f, func(name string, file io.Reader) ([]report.Written, error) {
		return report.ReadPrior(r.Context(), v.c, v.content, name, file)
	})
	if err != nil {
		return err
	}
	if !f.OK() || len(mistakes) > 0 {
		return v.choose(w, r, http.StatusUnprocessableEntity, mistakes, f.Renew())
	}
	var lines []sheetshow.Line
	for _, x := range written {
		lines = append(lines, sheetshow.LineOf(x.Code, x.Was, x.Is, []string{"value", "source"}))
	}
	return v.preview(w, r, http.StatusOK, lines, nil)
}

func (v recalling) preview(w http.ResponseWriter, r *http.Request, status int, lines []sheetshow.Line, typed *form.Form) error {
	preview := sheetshow.Preview{Action: paths.ImportPrior(v.base()), Again: paths.ImportPrior(v.base()), Things: "ô",
		Back: ui.Link{Label: "Không ghi", Path: v.action()}, Why: "Ô không sửa thì số đang lưu giữ nguyên."}
	for _, s := range v.tasks() {
		group := sheetshow.Group{Title: s.Name()}
		for _, row := range s.Rows {
			i := slices.IndexFunc(lines, func(l sheetshow.Line) bool { return l.Key == row.Code })
			if i < 0 {
				continue
			}
			line := lines[i].Against(0, v.known[row.Code].Words(), "")
			for _, field := range line.Fields {
				group.Rows = append(group.Rows, v.changed(row, line, field))
			}
			if len(line.Fields) > 0 {
				preview.Lines = append(preview.Lines, line)
			}
		}
		preview.Groups = append(preview.Groups, group)
	}
	preview.Number = sheetshow.Count(preview.Lines)
	f := preview.Form(typed)
	return respond.Page(w, r, status, ui.Page{Head: v.importHead(r, "Xem trước "+viet.LowerFirst(v.title())), Errors: !f.OK()}, preview.Body(f))
}

func (v recalling) changed(row report.Row, line sheetshow.Line, field sheetshow.Field) sheetshow.Row {
	r := sheetshow.Row{Line: line, Field: field, Label: row.Title(), Show: func(text string) string { return text }}
	if is := v.known[row.Code]; !is.At.IsZero() {
		r.At = is.ByName + ", " + viet.Moment(is.At)
	}
	if field.Name == "value" {
		r.Show = func(text string) string { return rowWords(row, submission.Content{"own": text}) }
		return r
	}
	r.Label += ": nguồn số liệu"
	return r
}

func (p Pages) importPrior(w http.ResponseWriter, r *http.Request, v recalling, f *form.Form) error {
	lines := sheetshow.Take(f)
	settled := sheetshow.Settle(f, lines)
	if !f.OK() {
		return v.preview(w, r, http.StatusUnprocessableEntity, lines, f)
	}
	edits := map[string]report.PriorEdit{}
	for _, l := range settled {
		is := v.known[l.Key]
		e := report.PriorEdit{Was: is.Value, Value: is.Value, Source: is.Source}
		for _, x := range l.Fields {
			switch x.Name {
			case "value":
				e.Was, e.Value = x.Was, x.Is
			case "source":
				e.Source = x.Is
			}
		}
		edits[l.Key] = e
	}
	err := p.Reports.ImportPrior(r.Context(), current.Actor(r), current.Now(r), f.Once(), v.ref, edits)
	if bad, invalid := errors.AsType[fault.Invalid](err); invalid {
		return v.choose(w, r, http.StatusUnprocessableEntity, importing{v.opened}.mistakes(bad), form.New(nil))
	}
	if errors.Is(err, fault.Conflict) {
		if v, err = p.recall(r); err != nil {
			return err
		}
		return v.preview(w, r, http.StatusConflict, lines, f)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã ghi "+viet.LowerFirst(v.title())+" từ tệp Excel: "+viet.FormatInt(sheetshow.Count(settled))+" ô.")
	return respond.To(w, r, v.action())
}
