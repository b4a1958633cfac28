package steps

import (
	"io"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/signed"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/signings"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// SignedForm asks for the signed paper of a version.
func (h Pages) SignedForm(w http.ResponseWriter, r *http.Request) error {
	m, no, err := h.version(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.AttachSigned, m.Case, current.Now(r)).Err(); err != nil {
		return err
	}
	return m.page(w, r, http.StatusOK, signings.AttachTitle, signedForm(m, no, h.Files.Max(), form.New(nil)))
}

// AttachSigned keeps the signed paper of a version.
func (h Pages) AttachSigned(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, h.Files.Max()+maxBody)
	if err != nil {
		return err
	}
	m, no, err := h.version(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.AttachSigned, m.Case, current.Now(r)).Err(); err != nil {
		return err
	}
	if err := h.attach(r, f, m.Case, no); err != nil {
		return err
	}
	if !f.OK() {
		return m.page(w, r, http.StatusUnprocessableEntity, signings.AttachTitle, signedForm(m, no, h.Files.Max(), f))
	}
	current.Say(r, "Đã đính kèm bản ký của lần gửi "+strconv.Itoa(no))
	return respond.To(w, r, m.Base())
}

// attach stores the file; what the reader can mend is noted on the form.
func (h Pages) attach(r *http.Request, f *form.Form, c submission.Case, no int) error {
	return signings.Take(f, func(name string, file io.Reader) error {
		return h.Desk.AttachSigned(r.Context(), h.Files, current.Actor(r), current.Now(r), f.Once(), c.Ref(), no, name, file)
	})
}

// SignedFile sends a signed paper to whoever may read its version.
func (h Pages) SignedFile(w http.ResponseWriter, r *http.Request) error {
	ref, no, id, err := h.signedRef(r)
	if err != nil {
		return err
	}
	paper, err := h.Desk.Signed(r.Context(), current.Actor(r), current.Now(r), ref, no, id)
	if err != nil {
		return err
	}
	return signings.Send(w, r, h.Files, paper.SHA, paper.Name, paper.Type)
}

// SignedComparison says what a signed paper and its version came to, as it was kept
// or compared anew.
func (h Pages) SignedComparison(w http.ResponseWriter, r *http.Request) error {
	ref, no, id, err := h.signedRef(r)
	if err != nil {
		return err
	}
	paper, anew, err := signings.Chosen(r, func() (submission.SignedPaper, error) {
		return h.Desk.Signed(r.Context(), current.Actor(r), current.Now(r), ref, no, id)
	}, func() (submission.SignedPaper, signed.Comparison, error) {
		return h.Desk.CompareSigned(r.Context(), h.Files, current.Actor(r), current.Now(r), ref, no, id)
	})
	if err != nil {
		return err
	}
	base, c := h.Matter.base(ref), paper.Case
	v := signings.Comparison{What: submissions.Sending(no), Name: paper.Name, At: paper.At, SHA: paper.SHA, Frozen: paper.VersionSHA, Kept: paper.Compared, Anew: anew,
		Again: paths.With(r.URL, signings.AnewParam, "1"), File: paths.SignedFile(base, no, id), Back: paths.Version(base, no)}
	crumbs := append(h.Matter.crumbs(c), ui.Link{Label: unit.Called(c.UnitName), Path: base},
		ui.Link{Label: "Lần gửi " + strconv.Itoa(no), Path: v.Back}, ui.Link{Label: signings.Title})
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: signings.Title, Crumbs: crumbs}}, v.Page())
}

// signedRef reads the address of a signed paper.
func (h Pages) signedRef(r *http.Request) (ref submission.Ref, no int, id int64, err error) {
	if ref, err = h.Matter.refOf(r); err != nil {
		return ref, 0, 0, err
	}
	no, errNo := strconv.Atoi(chi.URLParam(r, "no"))
	if errNo != nil {
		return ref, 0, 0, fault.NotFound
	}
	id, err = paths.ID(r, "id")
	return ref, no, id, err
}

// version returns the submission and the number of a version that exists.
func (h Pages) version(r *http.Request) (moment, int, error) {
	m, err := h.load(r)
	if err != nil {
		return m, 0, err
	}
	no, err := strconv.Atoi(chi.URLParam(r, "no"))
	if err != nil || no < 1 || m.Case.Last == nil || no > m.Case.Last.No {
		return m, 0, fault.NotFound
	}
	return m, no, nil
}
