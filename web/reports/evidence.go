package reports

import (
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"

	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// aboutField says what the files prove.
const aboutField = "about"

// maxFiles is how many files are sent at once.
const maxFiles = 10

// proving is the page of a report's evidence.
type proving struct {
	opened
	view reportshow.View
	max  int64 // bytes of one file
}

// Evidence lists the files of a report and takes more.
func (p Pages) Evidence(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	about := r.URL.Query().Get(paths.AboutParam)
	return p.evidencePage(w, r, http.StatusOK, o, form.New(map[string]string{aboutField: about}))
}

func (p Pages) evidencePage(w http.ResponseWriter, r *http.Request, status int, o opened, f *form.Form) error {
	v := proving{opened: o, view: o.view(), max: p.Files.Max()}
	var err error
	if v.view.Remarks, err = p.Reports.Remarks(r.Context(), o.c, o.content); err != nil {
		return err
	}
	v.view.Answer = true
	return respond.Page(w, r, status, ui.Page{Head: head(o.c, "Minh chứng", ui.Link{Label: "Minh chứng"})}, v.body(f))
}

// Attach takes the files.
func (p Pages) Attach(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxFiles*p.Files.Max()+maxPost)
	if err != nil {
		return err
	}
	about := f.Line(aboutField)
	if about == "" {
		f.Fail(aboutField, "Chọn nội dung mà tệp chứng minh")
	}
	chosen := f.Files(evidence.Field)
	switch {
	case len(chosen) == 0:
		f.Fail(evidence.Field, "Chọn tệp")
	case len(chosen) > maxFiles:
		f.Fail(evidence.Field, fmt.Sprintf("Mỗi lần gửi nhiều nhất %d tệp", maxFiles))
	}
	var stored []evidence.File
	if f.OK() {
		stored, err = p.put(r.Context(), chosen)
	}
	if err == nil && f.OK() {
		err = p.Reports.Attach(r.Context(), current.Actor(r), current.Now(r), f.Once(), o.ref, about, stored...)
	}
	if f.Reject(noneOf(chosen, err)) || !f.OK() {
		return p.evidencePage(w, r, http.StatusUnprocessableEntity, o, f)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã thêm "+strconv.Itoa(len(stored))+" tệp minh chứng.")
	return respond.To(w, r, paths.AddEvidence(o.base(), about))
}

// noneOf adds to what is wrong with one of several files that the others were not
// taken either: a browser forgets what was chosen.
func noneOf(chosen []*multipart.FileHeader, err error) error {
	wrong, ok := errors.AsType[fault.Invalid](err)
	if ok && wrong[evidence.Field] != "" && len(chosen) > 1 {
		wrong[evidence.Field] += fmt.Sprintf(". Chưa thêm tệp nào trong %d tệp; chọn lại cả %[1]d tệp", len(chosen))
	}
	return err
}

// put stores the files chosen; what cannot be accepted is the error.
func (p Pages) put(ctx context.Context, chosen []*multipart.FileHeader) ([]evidence.File, error) {
	var stored []evidence.File
	for _, header := range chosen {
		file, err := p.putOne(ctx, header)
		if err != nil {
			return nil, err
		}
		stored = append(stored, file)
	}
	return stored, nil
}

func (p Pages) putOne(ctx context.Context, header *multipart.FileHeader) (evidence.File, error) {
	content, err := header.Open()
	if err != nil {
		return evidence.File{}, err
	}
	defer content.Close()
	return p.Files.Put(ctx, header.Filename, content)
}

// EvidenceFile sends a file to whoever may read what it stands in.
func (p Pages) EvidenceFile(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	id, err := paths.ID(r, "id")
	if err != nil {
		return err
	}
	file, err := p.Reports.File(r.Context(), current.Actor(r), current.Now(r), ref, id)
	if err != nil {
		return err
	}
	content, err := p.Files.Open(r.Context(), file.SHA)
	if err != nil {
		return err
	}
	defer content.Close()
	return respond.Download(w, r, file.Name, string(file.Type), content)
}

// file is the one of the address in the working copy.
func (p Pages) file(r *http.Request) (opened, report.File, error) {
	id, err := paths.ID(r, "id")
	if err != nil {
		return opened{}, report.File{}, err
	}
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return o, report.File{}, err
	}
	for _, f := range o.content.Files {
		if f.ID == id {
			return o, f, nil
		}
	}
	return o, report.File{}, fault.NotFound
}

// DetachForm asks before a file is taken out.
func (p Pages) DetachForm(w http.ResponseWriter, r *http.Request) error {
	o, file, err := p.file(r)
	if err != nil {
		return err
	}
	f := form.New(nil).At(int64(file.Part.Revision))
	page := ui.Page{Head: head(o.c, "Bỏ tệp minh chứng", ui.Link{Label: "Minh chứng", Path: paths.ReportEvidence(o.base())}, ui.Link{Label: "Bỏ tệp"})}
	return respond.Page(w, r, http.StatusOK, page, o.askDetach(file, f))
}

// Detach takes a file out of the working copy.
func (p Pages) Detach(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	id, err := paths.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	if err := p.Reports.Detach(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, id, int(f.Revision())); err != nil {
		return err
	}
	current.Say(r, "Đã bỏ tệp khỏi báo cáo đang soạn. Các lần gửi trước vẫn giữ tệp.")
	return respond.To(w, r, paths.ReportEvidence(paths.Report(ref.Year, ref.Period, ref.Unit)))
}

// subjects are what files may prove: the report, its tasks, and of the task at
// hand its activities and figures too.
func (v proving) subjects(about string) []ui.Option {
	options := []ui.Option{{Value: "", Label: "Chọn…"}, {Value: report.OverallKey, Label: "Báo cáo nói chung"}}
	for _, s := range v.content.Tasks {
		options = append(options, ui.Option{Value: report.TaskKey(s.Task), Label: s.Name()})
		if report.TaskOf(about) != s.Task {
			continue
		}
		for _, a := range s.Activities {
			options = append(options, ui.Option{Value: report.ActivityKey(a.Code), Label: "– Hoạt động " + a.Code + ". " + ui.Short(a.Title, 80)})
		}
		for _, r := range s.Rows {
			if r.Asked {
				options = append(options, ui.Option{Value: report.FigureKey(r.Code), Label: "– Số liệu " + ui.Short(r.Title(), 80)})
			}
		}
	}
	return options
}
