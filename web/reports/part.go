package reports

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"danvan/internal/actor"
	"danvan/internal/post"
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

// piece is a part of a report with a form of its own: an assessment, a proposal, a
// line of the Dân vận khéo table.
type piece struct {
	opened
	prefix  string // of the part's key
	title   string
	crumbs  []ui.Link
	part    submission.Part
	no      int // of a proposal or a line, 0 for a new one
	action  string
	back    string // where to go after saving, and what the button calls it
	backTo  string
	another string // the form of one more, "" = there is only one
	drop    string // the page that takes it out, "" = nothing does
	shown   func(x piece, f *form.Form) templ.Component
	save    saver
	add     saver // of a new one
	// suggested is what the reference most likely says where nobody has written yet.
	suggested submission.Content
	savedAt   string
	partly    string
	taken     string // what was taken over from the report before and is not stored yet
	alone     bool   // nothing else of the report can be written now
}

type saver func(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e report.Edit) (report.Result, error)

func (x piece) kind() submission.PartKind {
	kind, _ := report.Schema.Of(x.prefix) // the schema is fixed
	return kind
}

func (x piece) isNew() bool { return x.add != nil }

// draftField names a new piece before it has a number, so that it is made once;
// thenAnother goes on to the next one.
const (
	draftField  = "draft"
	thenAnother = "another"
)

// form shows the part as it is saved.
func (x piece) form() *form.Form {
	f := submissions.FilledFrom(form.New(nil), x.part.Revision, x.part.Content)
	if x.suggested != nil {
		return submissions.ReferenceForm(f, x.part.Content, x.suggested)
	}
	x.put(f, x.part.Content, x.order())
	if x.isNew() {
		f.Put(draftField, f.Key())
	}
	return f
}

func (x piece) put(f *form.Form, content submission.Content, names []string) {
	submissions.Show(f, x.kind(), content, names)
}

// order is that of the fields on the page.
func (x piece) order() []string { return submissions.Names(x.kind()) }

func (x piece) labelOf(name string) string { return submissions.LabelOf(x.kind())(name) }

func (x piece) page(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	return respond.Page(w, r, status, ui.Page{Head: head(x.c, x.title, x.crumbs...)}, x.shown(x, f))
}

// savePiece stores what is valid of the post and shows the rest again.
func (p Pages) savePiece(w http.ResponseWriter, r *http.Request, x piece) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	e := report.Edit{Read: int(f.Revision()), Seen: f.Digest(), Autosave: f.Autosave()}
	if submissions.Settles(f) {
		s := submissions.Settle(f, x.kind())
		e.Values, e.Read, e.Seen, e.Forgone = s.Values, s.Read, s.Seen, s.Forgone
	} else {
		e.Values = submissions.Typed(f, x.kind().Fields)
		for _, name := range submissions.Overtaken(f, x.part.Content, x.suggested) {
			delete(e.Values, name)
		}
	}
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	if x.isNew() {
		return p.addPiece(w, r, x, f, e)
	}
	result, err := x.save(ctx, act, now, f.Once(), x.ref, e)
	if conflict, ok := errors.AsType[*submission.Conflict](err); ok {
		return x.conflicted(w, r, f, e, conflict)
	}
	if err != nil {
		return err
	}
	if submissions.Settles(f) {
		x.put(f, result.Content.With(e.Values), x.order())
	}
	return p.savedPiece(w, r, x, f, result)
}

// addPiece makes one piece out of a form however often and with whatever changes
// it is sent: the page saves it by itself while it has no address yet.
func (p Pages) addPiece(w http.ResponseWriter, r *http.Request, x piece, f *form.Form, e report.Edit) error {
	ctx, act, now := r.Context(), current.Actor(r), current.Now(r)
	key := f.Raw(draftField)
	if len(key) < 16 || len(key) > 64 {
		key = f.Key()
	}
	result, err := x.add(ctx, act, now, post.Once{Key: key, Body: []byte(draftField)}, x.ref, e)
	if f.Reject(err) || !f.OK() && err == nil && result.Code == "" {
		if f.Autosave() {
			return respond.Autosaved(w, r, respond.Saved{Message: "chưa có nội dung nào", Faults: f.Errors})
		}
		return x.page(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	y, err := p.pieceOf(r, x.prefix, result.Code)
	if err != nil {
		return err
	}
	if result.Revision == 0 { // made by an earlier copy of this form: now it is an edit of what that left
		e.Read = 1
		result, err = y.save(ctx, act, now, f.Once(), y.ref, e)
		if conflict, ok := errors.AsType[*submission.Conflict](err); ok {
			return y.conflicted(w, r, f, e, conflict)
		}
		if err != nil {
			return err
		}
	}
	y.another = x.another
	return p.savedPiece(w, r, y, f, result)
}

func (x piece) conflicted(w http.ResponseWriter, r *http.Request, f *form.Form, e report.Edit, conflict *submission.Conflict) error {
	if f.Autosave() {
		return respond.Autosaved(w, r, respond.Saved{Conflict: true, Location: x.action})
	}
	of := submissions.ConflictOf{Kind: x.kind(), Conflict: conflict, Read: e.Read, What: viet.LowerFirst(x.title), About: x.c.UnitName,
		Action: x.action, Later: x.back, Now: current.Now(r), Forgone: e.Forgone}
	typed := f
	if !submissions.Settles(f) {
		typed = nil
	}
	shown := of.Form(typed)
	page := ui.Page{Head: ui.Head{Title: of.Title(), Crumbs: crumbs(x.c, x.crumbs...), Meta: words(titleOf(x.c))}, Errors: !shown.OK()}
	return respond.Page(w, r, http.StatusConflict, page, submissions.ConflictPage(of, shown))
}

func (p Pages) savedPiece(w http.ResponseWriter, r *http.Request, x piece, f *form.Form, result report.Result) error {
	f.Reject(result.Faults.OrNil())
	x.put(f, result.Content, result.Merged)
	submissions.FilledFrom(f, result.Revision, result.Content)
	now := current.Now(r)
	switch {
	case f.Autosave():
		answer := respond.Saved{OK: f.OK(), Revision: f.Read(), Key: f.Renew().Key(), SavedAt: viet.Clock(now), Faults: f.Errors}
		answer.Merged = submissions.Merged(f, result.Merged)
		if f.Has(draftField) {
			answer.Location = x.action
		}
		return respond.Autosaved(w, r, answer)
	case !f.OK():
		x.c.Begun = x.c.Begun || result.Revision > 0
		x.savedAt = viet.Recent(result.At, now)
		x.partly = submissions.Partly(f, x.savedAt, x.order(), x.labelOf)
		return x.page(w, r, http.StatusUnprocessableEntity, f.Renew())
	}
	current.Say(r, "Đã lưu "+viet.LowerFirst(x.title)+".")
	if x.another != "" && f.Raw(thenField) == thenAnother {
		return respond.To(w, r, x.another)
	}
	return respond.To(w, r, x.back)
}

// OverallForm is the form of the overall assessment.
func (p Pages) OverallForm(w http.ResponseWriter, r *http.Request) error {
	return p.showPiece(w, r, report.OverallKey)
}

// SaveOverall takes its post.
func (p Pages) SaveOverall(w http.ResponseWriter, r *http.Request) error {
	return p.takePiece(w, r, report.OverallKey)
}

// NextForm is the form of what is to be done next.
func (p Pages) NextForm(w http.ResponseWriter, r *http.Request) error {
	return p.showPiece(w, r, report.NextKey)
}

// SaveNext takes its post.
func (p Pages) SaveNext(w http.ResponseWriter, r *http.Request) error {
	return p.takePiece(w, r, report.NextKey)
}

// ReferenceForm is the form of number, symbol, date, subject and signer.
func (p Pages) ReferenceForm(w http.ResponseWriter, r *http.Request) error {
	return p.showPiece(w, r, submission.ReferenceKey)
}

// SaveReference takes its post.
func (p Pages) SaveReference(w http.ResponseWriter, r *http.Request) error {
	return p.takePiece(w, r, submission.ReferenceKey)
}

func (p Pages) showPiece(w http.ResponseWriter, r *http.Request, prefix string) error {
	x, err := p.pieceOf(r, prefix, "")
	if err != nil {
		return err
	}
	f := x.form()
	if x.taken, err = p.carriesWords(r, x.opened, x.part, x.kind().Fields, f); err != nil {
		return err
	}
	return x.page(w, r, http.StatusOK, f)
}

func (p Pages) takePiece(w http.ResponseWriter, r *http.Request, prefix string) error {
	x, err := p.pieceOf(r, prefix, "")
	if err != nil {
		return err
	}
	return p.savePiece(w, r, x)
}

// pieceOf opens the working copy at one of its pieces; no is the number of a
// proposal or a line, "" for what there is one of.
func (p Pages) pieceOf(r *http.Request, prefix, no string) (piece, error) {
	action := submission.Edit
	if prefix == submission.ReferenceKey {
		action = submission.EditReference // also while the leader reads
	}
	o, err := p.open(r, action)
	if err != nil {
		return piece{}, err
	}
	base := o.base()
	x := piece{opened: o, prefix: prefix, back: base, backTo: "Lưu, về báo cáo",
		alone: !submission.Decide(current.Actor(r), submission.Edit, o.c, current.Now(r)).Allowed}
	switch prefix {
	case report.OverallKey:
		x.title, x.part, x.action, x.shown, x.save = "Đánh giá chung", o.content.Overall, paths.ReportOverall(base), overallForm, p.Reports.SaveOverall
		x.back, x.backTo = paths.ReportNext(base), "Lưu, sang phương hướng"
	case report.NextKey:
		x.title, x.part, x.action, x.shown, x.save = "Phương hướng, nhiệm vụ", o.content.Next, paths.ReportNext(base), nextForm, p.Reports.SaveNext
	case submission.ReferenceKey:
		x.title, x.part, x.action, x.shown, x.save = "Thông tin văn bản", o.content.RefPart, paths.Reference(base), referenceForm, p.Reports.SaveReference
		x.suggested = p.Reports.Suggested(o.c)
	default:
		x, err = p.item(x, no)
		x.savedAt = lastSaved(current.Now(r), x.part)
		return x, err
	}
	x.crumbs = []ui.Link{{Label: x.title}}
	x.savedAt = lastSaved(current.Now(r), x.part)
	return x, nil
}
