package steps

import (
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// SignedForm asks for the signed paper of a version.
func (h Pages) SignedForm(w http.ResponseWriter, r *http.Request) error {
	c, no, err := h.version(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.AttachSigned, c, current.Now(r)).Err(); err != nil {
		return err
	}
	return respond.Page(w, r, http.StatusOK, page("Đính kèm bản ký", c), signedForm(c, no, h.Files.Max(), form.New(nil)))
}

// AttachSigned keeps the signed paper of a version.
func (h Pages) AttachSigned(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, h.Files.Max()+maxBody)
	if err != nil {
		return err
	}
	c, no, err := h.version(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.AttachSigned, c, current.Now(r)).Err(); err != nil {
		return err
	}
	if err := h.attach(r, f, c, no); err != nil {
		return err
	}
	if !f.OK() {
		return respond.Page(w, r, http.StatusUnprocessableEntity, page("Đính kèm bản ký", c), signedForm(c, no, h.Files.Max(), f))
	}
	current.Say(r, "Đã đính kèm bản ký của lần gửi "+strconv.Itoa(no))
	return respond.To(w, r, paths.Plan(c.Year, c.UnitSlug))
}

// attach stores the file; what the reader can mend is noted on the form.
func (h Pages) attach(r *http.Request, f *form.Form, c submission.Case, no int) error {
	header := f.File("file")
	if header == nil {
		f.Fail("file", "Chọn tệp bản ký")
		return nil
	}
	file, err := header.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	err = h.Plans.AttachSigned(r.Context(), h.Files, current.Actor(r), current.Now(r), once(f), c.Ref(), no, header.Filename, file)
	if f.Reject(err) {
		return nil
	}
	return err
}

// SignedFile sends a signed paper to whoever may read its version.
func (h Pages) SignedFile(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	no, errNo := strconv.Atoi(chi.URLParam(r, "no"))
	id, errID := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if errNo != nil || errID != nil {
		return fault.NotFound
	}
	paper, err := h.Plans.Signed(r.Context(), current.Actor(r), current.Now(r), ref, no, id)
	if err != nil {
		return err
	}
	file, err := h.Files.Open(r.Context(), paper.SHA)
	if err != nil {
		return err
	}
	defer file.Close()
	return respond.Download(w, r, paper.Name, paper.Type, file)
}

// version returns the case and the number of a version that exists.
func (h Pages) version(r *http.Request) (submission.Case, int, error) {
	c, _, err := h.load(r)
	if err != nil {
		return c, 0, err
	}
	no, err := strconv.Atoi(chi.URLParam(r, "no"))
	if err != nil || no < 1 || c.Last == nil || no > c.Last.No {
		return c, 0, fault.NotFound
	}
	return c, no, nil
}
