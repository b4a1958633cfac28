package steps

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// AnswerForm shows a remark and the unit's answer to it.
func (h Pages) AnswerForm(w http.ResponseWriter, r *http.Request) error {
	c, note, err := h.note(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.Answer, c, current.Now(r)).Err(); err != nil {
		return err
	}
	f := form.New(map[string]string{"answer": note.Answer}).At(int64(note.AnswerRev))
	return respond.Page(w, r, http.StatusOK, page("Trả lời góp ý", c), answer(c, note, f))
}

// Answer stores the answer. Somebody else's newer one is shown beside it.
func (h Pages) Answer(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	c, note, err := h.note(r)
	if err != nil {
		return err
	}
	err = h.Plans.AnswerRemark(r.Context(), current.Actor(r), current.Now(r), once(f), c.Ref(), note.ID, int(f.Revision()), f.Text("answer"))
	var clash *submission.Conflict
	switch {
	case err == nil:
		current.Say(r, "Đã lưu trả lời góp ý")
		return respond.To(w, r, paths.Plan(c.Year, c.UnitSlug))
	case errors.As(err, &clash):
		f.Fail("answer", clash.TheirName+" đã trả lời lúc "+viet.Moment(clash.TheirAt)+": “"+clash.Theirs["answer"]+"”. Ghép nội dung nếu cần rồi lưu lại; bản trước vẫn còn trong lịch sử")
		f.At(int64(clash.Revision)).Renew()
		return respond.Page(w, r, http.StatusConflict, page("Trả lời góp ý", c), answer(c, note, f))
	case f.Reject(err):
		return respond.Page(w, r, http.StatusUnprocessableEntity, page("Trả lời góp ý", c), answer(c, note, f))
	}
	return err
}

// note returns the remark of the address; drafts and others' do not exist.
func (h Pages) note(r *http.Request) (submission.Case, submission.Note, error) {
	c, _, err := h.load(r)
	if err != nil {
		return c, submission.Note{}, err
	}
	if !submission.See(current.Actor(r), c).Working {
		return c, submission.Note{}, fault.NotFound
	}
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return c, submission.Note{}, fault.NotFound
	}
	notes, err := h.Plans.Notes(r.Context(), c)
	if err != nil {
		return c, submission.Note{}, err
	}
	for _, n := range notes {
		if n.ID == id && n.Open() {
			return c, n, nil
		}
	}
	return c, submission.Note{}, fault.NotFound
}

// DoubtForm asks for the explanation of something odd.
func (h Pages) DoubtForm(w http.ResponseWriter, r *http.Request) error {
	c, doubt, err := h.doubt(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.Edit, c, current.Now(r)).Err(); err != nil {
		return err
	}
	return respond.Page(w, r, http.StatusOK, page("Giải thích", c), explain(c, doubt, form.New(map[string]string{"answer": doubt.Answer})))
}

// Doubt stores the explanation.
func (h Pages) Doubt(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	c, doubt, err := h.doubt(r)
	if err != nil {
		return err
	}
	err = h.Plans.AnswerDoubt(r.Context(), current.Actor(r), current.Now(r), once(f), c.Ref(), doubt.Code, f.Text("answer"))
	if f.Reject(err) {
		return respond.Page(w, r, http.StatusUnprocessableEntity, page("Giải thích", c), explain(c, doubt, f))
	}
	if err != nil {
		return err
	}
	current.Say(r, "Đã lưu lời giải thích")
	return respond.To(w, r, paths.Plan(c.Year, c.UnitSlug))
}

func (h Pages) doubt(r *http.Request) (submission.Case, submission.Doubt, error) {
	c, content, err := h.load(r)
	if err != nil {
		return c, submission.Doubt{}, err
	}
	if !submission.See(current.Actor(r), c).Working {
		return c, submission.Doubt{}, fault.NotFound
	}
	all, err := h.Plans.Doubts(r.Context(), c, content)
	if err != nil {
		return c, submission.Doubt{}, err
	}
	for _, d := range all {
		if d.Code == chi.URLParam(r, "code") {
			return c, d, nil
		}
	}
	return c, submission.Doubt{}, fault.NotFound
}
