package steps

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// AnswerForm shows a remark and the unit's answer to it.
func (h Pages) AnswerForm(w http.ResponseWriter, r *http.Request) error {
	m, about, err := h.note(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.Answer, m.Case, current.Now(r)).Err(); err != nil {
		return err
	}
	f := form.New(map[string]string{"answer": about.Answer}).At(int64(about.AnswerRev))
	return m.page(w, r, http.StatusOK, answerTitle, answer(m, about, f))
}

// Answer stores the answer.
func (h Pages) Answer(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	m, about, err := h.note(r)
	if err != nil {
		return err
	}
	err = h.Desk.AnswerRemark(r.Context(), current.Actor(r), current.Now(r), f.Once(), m.Case.Ref(), about.ID, int(f.Revision()), f.Text("answer"))
	return m.answered(w, r, f, err, told{answerTitle, "Đã lưu trả lời góp ý", "trả lời"}, answer(m, about, f))
}

// told is what is said about a text with which the unit answers.
type told struct {
	title string
	done  string // once it is stored
	deed  string // of somebody else who was faster
}

// answered ends the post of an answer: err is how storing it went, page asks for
// it. Somebody else's newer one is shown beside it.
func (m moment) answered(w http.ResponseWriter, r *http.Request, f *form.Form, err error, say told, page templ.Component) error {
	var clash *submission.Conflict
	switch {
	case err == nil:
		current.Say(r, say.done)
		return respond.To(w, r, m.Base())
	case errors.As(err, &clash):
		f.Fail("answer", clash.TheirName+" đã "+say.deed+" lúc "+viet.Moment(clash.TheirAt)+": “"+clash.Theirs["answer"]+"”. Ghép nội dung nếu cần rồi gửi lại; bản trước vẫn được lưu")
		f.At(int64(clash.Revision)).Renew()
		return m.page(w, r, http.StatusConflict, say.title, page)
	case f.Reject(err):
		return m.page(w, r, http.StatusUnprocessableEntity, say.title, page)
	}
	return err
}

const (
	answerTitle  = "Trả lời góp ý"
	explainTitle = "Giải thích"
)

// remark is a remark to answer, and what it is about.
type remark struct {
	submission.Note
	lead string
	mend ui.Link // where that is written; none for the whole, and for what is gone
}

// note returns the remark of the address; drafts and others' do not exist.
func (h Pages) note(r *http.Request) (moment, remark, error) {
	m, err := h.own(r)
	if err != nil {
		return m, remark{}, err
	}
	id, err := paths.ID(r, "id")
	if err != nil {
		return m, remark{}, err
	}
	notes, err := h.Desk.Notes(r.Context(), m.Case)
	if err != nil {
		return m, remark{}, err
	}
	for _, n := range notes {
		if n.ID == id && n.Open() {
			about, err := h.about(r, m, n)
			return m, about, err
		}
	}
	return m, remark{}, fault.NotFound
}

// about finds what n is on, as it stands now.
func (h Pages) about(r *http.Request, m moment, n submission.Note) (remark, error) {
	about := remark{Note: n, lead: submissions.RemarkLead(h.Desk.Schema(), n)}
	if m.mend == nil || n.PartKey == "" {
		return about, nil
	}
	part, err := h.Desk.Part(r.Context(), m.Case, n.PartKey)
	if errors.Is(err, fault.NotFound) {
		return about, nil
	}
	about.mend = m.mend(m.Case, part)
	return about, err
}

// own is load for what exists only for the unit itself.
func (h Pages) own(r *http.Request) (moment, error) {
	m, err := h.load(r)
	if err == nil && !submission.See(current.Actor(r), m.Case).Working {
		err = fault.NotFound
	}
	return m, err
}

// DoubtForm asks for the explanation of something odd.
func (h Pages) DoubtForm(w http.ResponseWriter, r *http.Request) error {
	m, doubt, err := h.doubt(r)
	if err != nil {
		return err
	}
	if err := submission.Decide(current.Actor(r), submission.Edit, m.Case, current.Now(r)).Err(); err != nil {
		return err
	}
	return m.page(w, r, http.StatusOK, explainTitle, explain(m, doubt, form.New(map[string]string{"answer": doubt.Answer})))
}

// Doubt stores the explanation.
func (h Pages) Doubt(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	m, doubt, err := h.doubt(r)
	if err != nil {
		return err
	}
	err = h.Desk.AnswerDoubt(r.Context(), current.Actor(r), current.Now(r), f.Once(), m.Case.Ref(), doubt.Code, f.Text("answer"))
	return m.answered(w, r, f, err, told{explainTitle, "Đã lưu lời giải thích", "giải thích"}, explain(m, doubt, f))
}

func (h Pages) doubt(r *http.Request) (moment, submission.Doubt, error) {
	m, err := h.own(r)
	if err != nil {
		return m, submission.Doubt{}, err
	}
	code, err := url.PathUnescape(chi.URLParam(r, "code")) // codes may hold a colon
	if err != nil {
		return m, submission.Doubt{}, fault.NotFound
	}
	for _, d := range m.Weight.Doubts {
		if d.Code == code {
			return m, d, nil
		}
	}
	return m, submission.Doubt{}, fault.NotFound
}
