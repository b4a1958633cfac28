package plans

import (
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/ui"
)

// Fields of the form that writes to the log.
const (
	asOfField     = "as_of"
	percentField  = "percent"
	valueField    = "value"
	noteField     = "note"
	replacesField = "replaces"
	keepField     = "keep"
	correctParam  = "dinh-chinh" // of the address: the entry to correct
)

var progressOrder = []string{asOfField, percentField, valueField, noteField, evidence.Field}

// Places on the page of an activity: its log, and the form that adds to it.
const (
	logID     = "nhat-ky"
	logFormID = "tien-do" // of the form that adds to it
)

// standings says how each activity in force stands today; nil while no plan is
// in force or its progress is not for the reader.
func (p Pages) standings(ctx context.Context, now time.Time, page plan.Page) (map[plan.ActivityID]planshow.Standing, error) {
	if !page.Sight.InForce {
		return nil, nil
	}
	list, err := p.Progress.Standings(ctx, now, page.Case)
	return planshow.StandingsOf(list, viet.DateOf(now)), err
}

// mayLog reports whether the reader may write to the log now.
func (v reading) mayLog() bool {
	return v.may[submission.LogProgress].Allowed && v.book.Closed == nil
}

// corrected is the entry that the form corrects.
func (v reading) corrected(f *form.Form) (progress.Entry, bool) {
	for _, e := range v.book.Entries {
		if f.Raw(replacesField) == strconv.FormatInt(int64(e.ID), 10) {
			return e, true
		}
	}
	return progress.Entry{}, false
}

// logForm is a blank entry of today.
func (v reading) logForm() *form.Form {
	return form.New(map[string]string{asOfField: viet.DateOf(v.now).String()})
}

// correctionForm shows an entry to be corrected.
func correctionForm(e progress.Entry) *form.Form {
	f := form.New(map[string]string{
		asOfField: e.AsOf.String(), percentField: viet.FormatNumber(e.Percent), valueField: viet.FormatNumber(e.Value),
		noteField: e.Note, replacesField: strconv.FormatInt(int64(e.ID), 10),
	})
	for _, file := range e.Files {
		f.Put(keepField, append(f.Values(keepField), file.SHA.String())...)
	}
	return f
}

// ProgressForm writes one more entry to the log, or corrects one.
func (p Pages) ProgressForm(w http.ResponseWriter, r *http.Request) error {
	v, err := p.logbook(r)
	if err != nil {
		return err
	}
	f := v.logForm()
	if id := r.URL.Query().Get(correctParam); id != "" {
		f.Put(replacesField, id)
		e, ok := v.corrected(f)
		if !ok {
			return fault.NotFound
		}
		if !e.Counts() {
			return fault.Refusal{Reason: "Lần ghi này đã được đính chính.", Remedy: "Chọn lần ghi thay cho nó trong nhật ký tiến độ."}
		}
		f = correctionForm(e)
	}
	return v.logPage(w, r, http.StatusOK, f, p.Files)
}

// logbook is the activity of the address whose log the reader may write to.
func (p Pages) logbook(r *http.Request) (reading, error) {
	ref, err := refOf(r)
	if err != nil {
		return reading{}, err
	}
	code, err := codeOf(r)
	if err != nil {
		return reading{}, err
	}
	v, err := p.reading(r, current.Actor(r), ref, code)
	if err != nil {
		return v, err
	}
	if err := v.may[submission.LogProgress].Err(); err != nil {
		return v, err
	}
	if v.book.Closed != nil {
		return v, *v.book.Closed
	}
	return v, nil
}

func (v reading) logPage(w http.ResponseWriter, r *http.Request, status int, f *form.Form, files *evidence.Store) error {
	title := "Ghi tiến độ hoạt động " + v.activity.Code
	if f.Raw(replacesField) != "" {
		title = "Đính chính tiến độ hoạt động " + v.activity.Code
	}
	head := ui.Head{Title: title, Meta: text(v.activity.Name()), Crumbs: crumbs(v.Case,
		ui.Link{Label: "Hoạt động " + v.activity.Code, Path: paths.Activity(v.Case.Year, v.Case.UnitSlug, v.activity.Code)}, ui.Link{Label: "Tiến độ"})}
	return respond.Page(w, r, status, ui.Page{Head: head}, v.logBody(f, files.Max()))
}

// maxFiles is how many files one entry takes; the service says so too.
const maxFiles = 10

// LogProgress takes the post of an entry.
func (p Pages) LogProgress(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxFiles*p.Files.Max()+maxPost)
	if err != nil {
		return err
	}
	v, err := p.logbook(r)
	if err != nil {
		return err
	}
	draft := progress.Draft{AsOf: f.Date(asOfField), Percent: f.Number(percentField), Value: f.Number(valueField), Note: f.Text(noteField),
		Replaces: progress.EntryID(f.ID(replacesField))}
	for _, text := range f.Values(keepField) {
		sha, err := evidence.ParseSHA(text)
		if err != nil {
			return fault.NotFound
		}
		draft.Keep = append(draft.Keep, sha)
	}
	if len(f.Files(evidence.Field)) > maxFiles {
		f.Fail(evidence.Field, fmt.Sprintf("Mỗi lần ghi đính kèm nhiều nhất %d tệp", maxFiles))
	}
	if f.OK() {
		draft.Files, err = p.put(r.Context(), f)
	}
	if f.Reject(err) || !f.OK() {
		// What cannot be read or received hides nothing of what is wrong with the rest.
		f.Reject(v.book.Mistakes(draft, viet.DateOf(current.Now(r))))
		return v.logPage(w, r, http.StatusUnprocessableEntity, f, p.Files)
	}
	if err == nil {
		_, err = p.Progress.Log(r.Context(), current.Actor(r), current.Now(r), f.Once(), v.Case.Ref(), v.activity.Code, draft)
	}
	if f.Reject(err) {
		return v.logPage(w, r, http.StatusUnprocessableEntity, f, p.Files)
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã ghi tiến độ hoạt động "+v.activity.Code+".")
	return respond.To(w, r, paths.Activity(v.Case.Year, v.Case.UnitSlug, v.activity.Code)+"#"+logID)
}

// put stores the files chosen; what cannot be accepted, of all of them, is the error.
func (p Pages) put(ctx context.Context, f *form.Form) ([]evidence.File, error) {
	var stored []evidence.File
	var refused []string
	for _, header := range f.Files(evidence.Field) {
		file, err := p.putOne(ctx, header)
		if bad, ok := errors.AsType[fault.Invalid](err); ok {
			refused = append(refused, bad[evidence.Field])
			continue
		}
		if err != nil {
			return nil, err
		}
		stored = append(stored, file)
	}
	if len(refused) > 0 {
		return nil, fault.Invalid{evidence.Field: strings.Join(refused, ". ")}
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

// ProgressFile sends a file of the log to whoever may read the log.
func (p Pages) ProgressFile(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	code, err := codeOf(r)
	if err != nil {
		return err
	}
	entry, err := paths.ID(r, "entry")
	if err != nil {
		return err
	}
	sha, err := evidence.ParseSHA(chi.URLParam(r, "sum"))
	if err != nil {
		return fault.NotFound
	}
	c, err := p.Plans.Case(r.Context(), current.Actor(r), current.Now(r), ref)
	if err != nil {
		return err
	}
	if !submission.See(current.Actor(r), c).InForce {
		return fault.NotFound
	}
	book, err := p.Progress.Book(r.Context(), c, code)
	if err != nil {
		return err
	}
	file, err := book.File(progress.EntryID(entry), sha)
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
