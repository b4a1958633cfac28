package reports

import (
	"net/http"
	"strconv"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// recalling is the page on which last year's figures are typed in.
type recalling struct {
	opened
	known  map[string]report.PriorFigure
	partly string
}

func valueField(code string) string  { return report.FieldOf(code, "value") }
func sourceField(code string) string { return report.FieldOf(code, "source") }
func wasField(code string) string    { return report.FieldOf(code, "was") }

// recall opens the page for whoever may type those figures in.
func (p Pages) recall(r *http.Request) (recalling, error) {
	ref, err := refOf(r)
	if err != nil {
		return recalling{}, err
	}
	act, now := current.Actor(r), current.Now(r)
	c, err := p.Reports.Case(r.Context(), act, now, ref)
	if err != nil {
		return recalling{}, err
	}
	if err := report.DecidePrior(act, c).Err(); err != nil {
		return recalling{}, err
	}
	v := recalling{opened: opened{ref: ref, c: c}}
	if v.content, err = p.Reports.Working(r.Context(), now, c); err != nil {
		return recalling{}, err
	}
	v.known, err = report.Prior(r.Context(), p.DB, c.Unit, c.Year-1, c.Period)
	return v, err
}

// rows are the figures that can be typed in, by task.
func (v recalling) tasks() []report.Section {
	var tasks []report.Section
	for _, s := range v.content.Tasks {
		if s.Rows = answerable(s); len(s.Rows) > 0 {
			tasks = append(tasks, s)
		}
	}
	return tasks
}

func (v recalling) form() *form.Form {
	f := form.New(nil)
	for _, s := range v.tasks() {
		for _, r := range s.Rows {
			is := v.known[r.Code]
			f.Put(valueField(r.Code), viet.FormatNumber(is.Value)).Put(sourceField(r.Code), is.Source).Put(wasField(r.Code), is.Value)
		}
	}
	return f
}

// PriorForm is the form of last year's figures for the same period.
func (p Pages) PriorForm(w http.ResponseWriter, r *http.Request) error {
	v, err := p.recall(r)
	if err != nil {
		return err
	}
	return v.page(w, r, http.StatusOK, v.form())
}

func (v recalling) title() string {
	return "Số liệu cùng kỳ năm " + strconv.Itoa(v.c.Year-1)
}

func (v recalling) page(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	h := ui.Head{Title: v.title(), Crumbs: v.crumbs(r, ui.Link{Label: v.title()}), Meta: words(titleOf(v.c)),
		Actions: ui.ButtonLink(paths.ImportPrior(v.backPath()), "Nhập bằng Excel", "download", false)}
	return respond.Page(w, r, status, ui.Page{Head: h}, v.body(f))
}

// crumbs lead to the overview only whom it is for: administrators write last
// year's figures too.
func (v recalling) crumbs(r *http.Request, last ...ui.Link) []ui.Link {
	links := crumbs(v.c, last...)
	if !submission.See(current.Actor(r), v.c).InForce {
		links[0].Path = ""
	}
	return links
}

// SavePrior takes its post.
func (p Pages) SavePrior(w http.ResponseWriter, r *http.Request) error {
	v, err := p.recall(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	edits := map[string]report.PriorEdit{}
	var order []string
	for _, s := range v.tasks() {
		for _, row := range s.Rows {
			order = append(order, valueField(row.Code), sourceField(row.Code))
			if !f.Has(valueField(row.Code)) {
				continue
			}
			e := report.PriorEdit{Was: f.Line(wasField(row.Code)), Value: f.Number(valueField(row.Code)), Source: f.Line(sourceField(row.Code))}
			if f.Error(valueField(row.Code)) == "" {
				edits[row.Code] = e
			}
		}
	}
	bad, err := p.Reports.SavePrior(r.Context(), current.Actor(r), current.Now(r), f.Once(), v.ref, edits)
	if err != nil {
		return err
	}
	f.Reject(bad.OrNil())
	if f.OK() {
		current.Say(r, "Đã lưu "+viet.LowerFirst(v.title())+".")
		return respond.To(w, r, v.base())
	}
	if v, err = p.recall(r); err != nil { // what was stored is what the rows now start from
		return err
	}
	for _, s := range v.tasks() {
		for _, row := range s.Rows {
			f.Put(wasField(row.Code), v.known[row.Code].Value)
		}
	}
	v.partly = submissions.Partly(f, viet.Clock(current.Now(r)), order, v.labelOf)
	return v.page(w, r, http.StatusUnprocessableEntity, f.Renew())
}

func (v recalling) labelOf(name string) string {
	for _, s := range v.tasks() {
		for _, r := range s.Rows {
			if name == valueField(r.Code) || name == sourceField(r.Code) {
				return r.Title()
			}
		}
	}
	return ""
}

// reported says that last year's report itself is compared with, where there is one.
func reported(r report.Row) bool { return r.LastYear != nil && r.LastYear.No > 0 }

// backPath is where the page leads without saving: the report.
func (v recalling) backPath() string { return paths.Report(v.ref.Year, v.ref.Period, v.ref.Unit) }
