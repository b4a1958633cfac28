package accounts

import (
	"net/http"
	"strings"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// enrolView is what the page shows that sets a second factor up.
type enrolView struct {
	Forced bool
	Secret string
	Link   string
	Code   qrCode
}

// groups is the secret in groups of four, for typing.
func (v enrolView) groups() string {
	var b strings.Builder
	for i, r := range v.Secret {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// SecondFactorForm shows a new secret to set up, or that there is one.
func (h Pages) SecondFactorForm(w http.ResponseWriter, r *http.Request) error {
	if Signed(r).HasTOTP {
		return h.showRemove(w, r, http.StatusOK, form.New(nil))
	}
	return h.showEnrol(w, r, http.StatusOK, form.New(nil))
}

// SecondFactor stores the second factor once a code proves it.
func (h Pages) SecondFactor(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	signed := Signed(r)
	err = account.Enrol(r.Context(), h.DB, current.Actor(r), signed.Session, f.Raw("secret"), f.Line("code"), h.Machine(), current.Now(r))
	if err != nil {
		if !f.Reject(err) {
			return err
		}
		return h.showEnrol(w, r, http.StatusUnprocessableEntity, f)
	}
	current.SayMore(r, ui.Message{Done: "Đã bật xác thực hai lớp.", More: "Mọi phiên khác của tài khoản đã kết thúc."})
	if signed.NeedsTOTP {
		return respond.To(w, r, paths.Home)
	}
	return respond.To(w, r, paths.Account)
}

// RemoveSecondFactor switches the second factor off against the password.
func (h Pages) RemoveSecondFactor(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	err = account.RemoveSecondFactor(r.Context(), h.DB, current.Actor(r), f.Secret("password"), h.Machine(), current.Now(r))
	if err != nil {
		if !f.Reject(err) {
			return err
		}
		return h.showRemove(w, r, http.StatusUnprocessableEntity, f)
	}
	current.Say(r, "Đã tắt xác thực hai lớp.")
	return respond.To(w, r, paths.Account)
}

// showEnrol keeps a secret that was shown before: the telephone may hold it.
func (h Pages) showEnrol(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	person, err := account.ByID(r.Context(), h.DB, current.Actor(r).Person)
	if err != nil {
		return err
	}
	enrolment, ok := account.Again(person.Username, f.Raw("secret"))
	if !ok {
		if enrolment, err = account.NewEnrolment(person.Username); err != nil {
			return err
		}
	}
	code, err := newQRCode(enrolment.Link)
	if err != nil {
		return err
	}
	view := enrolView{Forced: Signed(r).NeedsTOTP, Secret: enrolment.Secret, Link: enrolment.Link, Code: code}
	page := ui.Page{Head: ui.Head{Title: "Bật xác thực hai lớp", Crumbs: crumbs(r, "Xác thực hai lớp")}}
	return respond.Page(w, r, status, page, enrol(view, f))
}

func (h Pages) showRemove(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	page := ui.Page{Head: ui.Head{Title: "Xác thực hai lớp", Crumbs: crumbs(r, "Xác thực hai lớp")}}
	return respond.Page(w, r, status, page, remove(current.Actor(r).Has(actor.Admin), f))
}
