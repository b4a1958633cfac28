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
	"danvan/web/respond"
)

const explanationTitle = "Giải trình"

// ExplainForm asks for the answer to a question about what was sent, or for a
// better one.
func (h Pages) ExplainForm(w http.ResponseWriter, r *http.Request) error {
	m, q, err := h.question(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.GiveExplanation, m.Case, current.Now(r)).Err(); err != nil {
		return m.refuse(w, r, err)
	}
	f := form.New(map[string]string{"answer": q.Answer}).At(int64(q.AnswerRev))
	return m.page(w, r, http.StatusOK, explanationTitle, explanation(m, q, f))
}

// Explain stores the answer. Somebody else's newer one is shown beside it.
func (h Pages) Explain(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	m, q, err := h.question(r)
	if err != nil {
		return err
	}
	err = h.Desk.Explain(r.Context(), current.Actor(r), current.Now(r), f.Once(), m.Case.Ref(), q.ID, int(f.Revision()), f.Text("answer"))
	var clash *submission.Conflict
	switch {
	case err == nil:
		current.Say(r, "Đã gửi giải trình")
		return respond.To(w, r, m.Base())
	case errors.As(err, &clash):
		f.Fail("answer", clash.TheirName+" đã giải trình lúc "+viet.Moment(clash.TheirAt)+": “"+clash.Theirs["answer"]+"”. Ghép nội dung nếu cần rồi gửi lại; bản trước vẫn còn trong diễn biến")
		f.At(int64(clash.Revision)).Renew()
		return m.page(w, r, http.StatusConflict, explanationTitle, explanation(m, q, f))
	case f.Reject(err):
		return m.page(w, r, http.StatusUnprocessableEntity, explanationTitle, explanation(m, q, f))
	}
	return err
}

// question returns the open question of the address; one that was closed, and
// anybody else's, does not exist.
func (h Pages) question(r *http.Request) (moment, submission.Question, error) {
	m, err := h.own(r)
	if err != nil {
		return m, submission.Question{}, err
	}
	id, err := strconv.ParseInt(chi.URLParam(r, "id"), 10, 64)
	if err != nil {
		return m, submission.Question{}, fault.NotFound
	}
	for _, q := range m.Case.Questions {
		if q.ID == id {
			return m, q, nil
		}
	}
	return m, submission.Question{}, fault.NotFound
}
