package reports

import (
	"net/http"
	"slices"
	"strconv"

	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	reportshow "danvan/web/show/reports"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// writing is the page on which a task is filled in.
type writing struct {
	opened
	section report.Section
	remarks []report.Remark
	doubts  []submission.Doubt // about the figures of this task, with the answers given
	savedAt string
	partly  string          // what was stored and what was not, after a save in part
	taken   string          // what was taken over from the period before and is not stored yet
	took    map[string]bool // the figures of it, by code
}

func (t writing) action() string { return paths.ReportTask(t.base(), t.section.Task) }

// task opens the working copy at the task of the address.
func (p Pages) task(r *http.Request) (writing, error) {
	no, err := paths.Number(r, "task", 0, 99)
	if err != nil {
		return writing{}, err
	}
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return writing{}, err
	}
	return p.at(r, o, no)
}

func (p Pages) at(r *http.Request, o opened, no int) (writing, error) {
	t := writing{opened: o}
	var ok bool
	if t.section, ok = o.content.Section(no); !ok {
		return t, fault.NotFound
	}
	doubts, err := p.Reports.Doubts(r.Context(), o.c, o.content)
	if err != nil {
		return t, err
	}
	for _, d := range doubts {
		if t.rowOf(d) != "" {
			t.doubts = append(t.doubts, d)
		}
	}
	t.savedAt = lastSaved(current.Now(r), t.parts()...)
	return t, nil
}

// parts are everything the form stores.
func (t writing) parts() []submission.Part {
	parts := []submission.Part{t.section.Part}
	for _, r := range answerable(t.section) {
		parts = append(parts, r.Part)
	}
	return parts
}

// rowOf is the figure of this task below which a doubt is asked, the last one it
// is about, or "".
func (t writing) rowOf(d submission.Doubt) string {
	about := t.content.About(d)
	code := ""
	for _, r := range t.section.Rows {
		if slices.Contains(about, r.Code) {
			code = r.Code
		}
	}
	return code
}

// doubtsAt are those asked below a row.
func (t writing) doubtsAt(code string) []submission.Doubt {
	var here []submission.Doubt
	for _, d := range t.doubts {
		if t.rowOf(d) == code {
			here = append(here, d)
		}
	}
	return here
}

// unexplained counts the doubts nobody has answered yet.
func (t writing) unexplained() int {
	n := 0
	for _, d := range t.doubts {
		if d.Answer == "" {
			n++
		}
	}
	return n
}

// TaskForm is the page of a task: its figures, then its words.
func (p Pages) TaskForm(w http.ResponseWriter, r *http.Request) error {
	t, err := p.task(r)
	if err != nil {
		return err
	}
	t = t.carriesFigures(r)
	f := taskForm(t.section, t.doubts)
	said, err := p.carriesWords(r, t.opened, t.section.Part, narrativeFields(t.section.Task), f)
	if err != nil {
		return err
	}
	t.taken = ui.Joined(" ", t.taken, said)
	return p.taskPage(w, r, http.StatusOK, t, f)
}

func (p Pages) taskPage(w http.ResponseWriter, r *http.Request, status int, t writing, f *form.Form) error {
	if t.c.Remarks > 0 {
		all, err := p.Reports.Remarks(r.Context(), t.c, t.content)
		if err != nil {
			return err
		}
		t.remarks = all
	}
	crumb := "Nhiệm vụ " + strconv.Itoa(t.section.Task)
	if t.section.Task == 0 {
		crumb = t.section.Short
	}
	head := ui.Head{Title: titleOf(t.c), Crumbs: crumbs(t.c, ui.Link{Label: crumb}), Meta: meta(t.c, t.window()),
		Actions: ui.ButtonLink(paths.ImportFigures(t.base()), "Nhập bằng Excel", "download", false)}
	page := ui.Page{Head: head, Title: crumb + ", " + viet.LowerFirst(titleOf(t.c))}
	return respond.Page(w, r, status, page, t.form(f))
}

// view is the strip and the remarks of the page.
func (t writing) view() reportshow.View {
	v := t.opened.view()
	v.Remarks, v.Answer = t.remarks, true
	return v
}

// SaveTask takes the post of that page, and of the one that settles a conflict.
func (p Pages) SaveTask(w http.ResponseWriter, r *http.Request) error {
	t, err := p.task(r)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	var edit report.TaskEdit
	if submissions.Settles(f) {
		edit = t.settled(f)
	} else {
		edit = t.edit(f)
	}
	result, err := p.Reports.SaveTask(r.Context(), current.Actor(r), current.Now(r), f.Once(), t.ref, t.section.Task, edit)
	if err != nil {
		return err
	}
	return p.savedTask(w, r, t, f, edit, result)
}

// edit is what can be read of the form.
func (t writing) edit(f *form.Form) report.TaskEdit {
	x := readsFrom(f.Raw(readField))
	key := report.TaskKey(t.section.Task)
	e := report.TaskEdit{
		Narrative: report.Edit{Read: x[key].Read, Seen: x[key].Seen, Values: submissions.Typed(f, narrativeFields(t.section.Task)), Autosave: f.Autosave()},
		Figures:   map[string]report.FigureEdit{}, Answers: map[string]string{},
	}
	for _, r := range answerable(t.section) {
		if values, ok := readFigure(f, r); ok {
			from := x[report.FigureKey(r.Code)]
			e.Figures[r.Code] = report.FigureEdit{Read: from.Read, Seen: from.Seen, Values: values}
		}
	}
	answers := map[string]string{}
	for _, d := range t.doubts {
		answers[d.Code] = d.Answer
	}
	for name := range f.All() {
		code, ok := cutAnswer(name)
		if !ok {
			continue
		}
		if typed := f.Line(name); typed != "" && typed != answers[code] {
			e.Answers[code] = typed
		}
	}
	return e
}

// order is that of the fields on the page, for the summary of mistakes.
func (t writing) order() []string {
	var names []string
	for _, r := range t.section.Rows {
		names = append(names, ownField(r.Code), estimatedField(r.Code), markField(r.Code))
		for _, d := range t.doubtsAt(r.Code) {
			names = append(names, answerPrefix+d.Code)
		}
	}
	for _, field := range narrativeFields(t.section.Task) {
		names = append(names, field.Name)
	}
	return names
}

// labelOf names a field of the form as the reader knows it.
func (t writing) labelOf(name string) string {
	for _, field := range narrativeFields(t.section.Task) {
		if field.Name == name {
			return field.Label
		}
	}
	for _, r := range t.section.Rows {
		if slices.Contains([]string{ownField(r.Code), markField(r.Code), estimatedField(r.Code)}, name) {
			return r.Title()
		}
	}
	return "lời giải thích"
}

// next is where the button that goes on leads, and what it is called.
func (t writing) next() (label, path string) {
	for i, s := range t.content.Tasks {
		if s.Task != t.section.Task {
			continue
		}
		if i+1 == len(t.content.Tasks) {
			return "đánh giá chung", paths.ReportOverall(t.base())
		}
		after := t.content.Tasks[i+1]
		if after.Task == 0 {
			return "nội dung chung", paths.ReportTask(t.base(), 0)
		}
		return "nhiệm vụ " + strconv.Itoa(after.Task), paths.ReportTask(t.base(), after.Task)
	}
	return "", ""
}

// rowFaults are the mistakes in a row, one a field.
func rowFaults(f *form.Form, code string) []string {
	var names []string
	for _, name := range []string{ownField(code), estimatedField(code), markField(code)} {
		if f.Error(name) != "" {
			names = append(names, name)
		}
	}
	return names
}

// isFlag reports whether a figure is answered with yes or no.
func isFlag(r report.Row) bool { return r.Kind == indicator.Flag }
