package steps

import (
	"errors"
	"net/http"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// sending is one of the two ways in which a version leaves the unit.
type sending struct {
	action submission.Action
	path   func(year int, unit string) string
	title  string
	button string
}

var (
	signOff = sending{submission.SignOff, paths.SignOffPlan, "Duyệt, gửi kế hoạch", "Duyệt, gửi"}
	submit  = sending{submission.SubmitDirect, paths.SubmitPlan, "Gửi kế hoạch", "Gửi"}
)

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
	c, content, err := h.load(r)
	if err != nil {
		return err
	}
	c.NoReference = false // it is what the form asks for
	if err := submission.Decide(current.Actor(r), s.action, c, current.Now(r)).Err(); err != nil {
		return err
	}
	f := form.New(shown(content.RefPart.Content, c)).
		At(int64(content.RefPart.Revision)).AtSubmission(int64(c.Revision))
	return h.showSending(w, r, http.StatusOK, s, c, content, f)
}

// shown fills the form with what is known: the symbol follows from the unit.
func shown(content submission.Content, c submission.Case) map[string]string {
	values := map[string]string{
		"number": content["number"], "symbol": content["symbol"], "subject": content["subject"],
		"signer": content["signer"], "capacity": content["capacity"],
	}
	kind, _ := plan.Schema.Of(plan.ReferenceKey) // the schema is fixed
	on, _ := kind.Field("issued_on")
	values["issued_on"] = on.Show(content["issued_on"], nil)
	if values["symbol"] == "" && c.Symbol != "" {
		values["symbol"] = "KH-" + c.Symbol
	}
	return values
}

func (h Pages) showSending(w http.ResponseWriter, r *http.Request, status int, s sending, c submission.Case, content plan.Content, f *form.Form) error {
	doubts, err := h.Plans.Doubts(r.Context(), c, content)
	if err != nil {
		return err
	}
	return respond.Page(w, r, status, page(s.title, c), sendOff(s, c, content, doubts, f))
}

func (h Pages) send(w http.ResponseWriter, r *http.Request, s sending) error {
	f, err := form.Parse(r, maxBody)
	if err != nil {
		return err
	}
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	values := submission.Content{
		"number": f.Line("number"), "symbol": f.Line("symbol"), "subject": f.Text("subject"),
		"signer": f.Line("signer"), "capacity": f.Text("capacity"), "issued_on": isoOf(f.Date("issued_on")),
	}
	if f.OK() {
		sig := plan.Signature{Read: int(f.Submission()), RefRead: int(f.Revision()), Reference: values}
		if s.action == submission.SignOff {
			err = h.Plans.SignOff(r.Context(), current.Actor(r), current.Now(r), once(f), ref, sig)
		} else {
			err = h.Plans.Submit(r.Context(), current.Actor(r), current.Now(r), once(f), ref, sig)
		}
		if err == nil {
			current.Say(r, "Đã gửi kế hoạch")
			return respond.To(w, r, paths.Plan(ref.Year, ref.Unit))
		}
		var changed *submission.Conflict
		if errors.Is(err, fault.Conflict) && !errors.As(err, &changed) || changed != nil {
			return h.changedMeanwhile(w, r, s, f)
		}
		if !f.Reject(err) {
			return err
		}
	}
	c, content, err := h.load(r)
	if err != nil {
		return err
	}
	return h.showSending(w, r, http.StatusUnprocessableEntity, s, c, content, f)
}

// changedMeanwhile shows the form again with what was typed: the plan moved on
// since the page was opened, and must be read again before it is signed.
func (h Pages) changedMeanwhile(w http.ResponseWriter, r *http.Request, s sending, f *form.Form) error {
	c, content, err := h.load(r)
	if err != nil {
		return err
	}
	c.NoReference = false
	if err := submission.Decide(current.Actor(r), s.action, c, current.Now(r)).Err(); err != nil {
		return err
	}
	f.Fail("", "Kế hoạch đã thay đổi lúc "+viet.Clock(c.StateAt)+" hoặc sau đó, khi bạn đang mở trang này. Đọc lại kế hoạch rồi bấm gửi lần nữa; nội dung bạn ghi vẫn còn ở đây.")
	f.At(int64(content.RefPart.Revision)).AtSubmission(int64(c.Revision)).Renew()
	return h.showSending(w, r, http.StatusConflict, s, c, content, f)
}

func isoOf(d viet.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.ISO()
}
