package steps

import (
	"errors"
	"net/http"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/show/submissions"
)

// sending is one of the two ways in which a version leaves the unit.
type sending struct {
	action submission.Action
	path   func(base string) string
	button string
}

var (
	signOff = sending{submission.SignOff, paths.SignOff, "Duyệt, gửi"}
	submit  = sending{submission.SubmitDirect, paths.Submit, "Gửi"}
)

func (s sending) title(c submission.Case) string { return s.button + " " + c.Kind.Noun() }

// SignOffForm shows the document reference to complete before signing off.
func (h Pages) SignOffForm(w http.ResponseWriter, r *http.Request) error {
	return h.sendingForm(w, r, signOff)
}

// SignOff (duyệt, gửi) sends a frozen version on the leader's authority.
func (h Pages) SignOff(w http.ResponseWriter, r *http.Request) error { return h.send(w, r, signOff) }

// SubmitForm is the same where no one stands in between.
func (h Pages) SubmitForm(w http.ResponseWriter, r *http.Request) error {
	return h.sendingForm(w, r, submit)
}

// Submit (gửi trực tiếp) sends a frozen version.
func (h Pages) Submit(w http.ResponseWriter, r *http.Request) error { return h.send(w, r, submit) }

func (h Pages) sendingForm(w http.ResponseWriter, r *http.Request, s sending) error {
	m, err := h.load(r)
	if err != nil {
		return err
	}
	m.Case.NoReference = false // it is what the form asks for
	if err := submission.Decide(current.Actor(r), s.action, m.Case, current.Now(r)).Err(); err != nil {
		return m.refuse(w, r, err)
	}
	f := submissions.ReferenceForm(form.New(nil), m.Weight.Reference.Content, h.Desk.Suggested(m.Case)).At(int64(m.Weight.Reference.Revision)).AtSubmission(int64(m.Case.Revision))
	return h.showSending(w, r, http.StatusOK, s, m, f)
}

func (h Pages) showSending(w http.ResponseWriter, r *http.Request, status int, s sending, m moment, f *form.Form) error {
	return m.page(w, r, status, s.title(m.Case), sendOff(s, m, h.Desk.Letters(), f))
}

func (h Pages) send(w http.ResponseWriter, r *http.Request, s sending) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	ref, err := h.Matter.refOf(r)
	if err != nil {
		return err
	}
	values := submissions.Typed(f, submission.ReferenceKind.Fields)
	if !f.OK() {
		// What cannot be read hides nothing of what is wrong with the rest.
		m, err := h.load(r)
		if err != nil {
			return err
		}
		f.Reject(h.Desk.Mistakes(m.Case, current.Now(r), values).OrNil())
		return h.showSending(w, r, http.StatusUnprocessableEntity, s, m, f)
	}
	sig := submission.Signature{Read: int(f.Submission()), RefRead: int(f.Revision()), Reference: values}
	if s.action == submission.SignOff {
		err = h.Desk.SignOff(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, sig)
	} else {
		err = h.Desk.Submit(r.Context(), current.Actor(r), current.Now(r), f.Once(), ref, sig)
	}
	if err == nil {
		current.Say(r, "Đã gửi "+h.Desk.Kind().Noun())
		return respond.To(w, r, h.Matter.base(ref))
	}
	var changed *submission.Conflict
	if errors.Is(err, fault.Conflict) && !errors.As(err, &changed) || changed != nil {
		return h.changedMeanwhile(w, r, s, f)
	}
	if !f.Reject(err) {
		return err
	}
	return h.sendingAgain(w, r, s, f)
}

// sendingAgain shows the form with what is wrong with it.
func (h Pages) sendingAgain(w http.ResponseWriter, r *http.Request, s sending, f *form.Form) error {
	m, err := h.load(r)
	if err != nil {
		return err
	}
	return h.showSending(w, r, http.StatusUnprocessableEntity, s, m, f)
}

// changedMeanwhile shows the form again with what was typed: the content moved on
// since the page was opened, and must be read again before it is signed.
func (h Pages) changedMeanwhile(w http.ResponseWriter, r *http.Request, s sending, f *form.Form) error {
	m, err := h.load(r)
	if err != nil {
		return err
	}
	m.Case.NoReference = false
	if err := submission.Decide(current.Actor(r), s.action, m.Case, current.Now(r)).Err(); err != nil {
		return err
	}
	for _, name := range submissions.Overtaken(f, m.Weight.Reference.Content, h.Desk.Suggested(m.Case)) {
		f.Put(name, m.Weight.Reference.Content[name])
	}
	noun := m.Case.Kind.Noun()
	f.Fail("", viet.UpperFirst(noun)+" đã thay đổi lúc "+viet.Recent(m.Case.StateAt, current.Now(r))+" hoặc sau đó, khi bạn đang mở trang này. Đọc lại "+noun+" rồi bấm gửi lần nữa; nội dung bạn ghi vẫn còn ở đây.")
	f.At(int64(m.Weight.Reference.Revision)).AtSubmission(int64(m.Case.Revision)).Renew()
	return h.showSending(w, r, http.StatusConflict, s, m, f)
}
