package steps

import (
	"net/http"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
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

// Explain stores the answer.
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
	return m.answered(w, r, f, err, told{explanationTitle, "Đã gửi giải trình", "giải trình"}, explanation(m, q, f))
}

// question returns the open question of the address; one that was closed, and
// anybody else's, does not exist.
func (h Pages) question(r *http.Request) (moment, submission.Question, error) {
	m, err := h.own(r)
	if err != nil {
		return m, submission.Question{}, err
	}
	id, err := paths.ID(r, "id")
	if err != nil {
		return m, submission.Question{}, err
	}
	for _, q := range m.Case.Questions {
		if q.ID == id {
			return m, q, nil
		}
	}
	return m, submission.Question{}, fault.NotFound
}
