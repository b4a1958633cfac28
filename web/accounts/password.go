package accounts

import (
	"net/http"

	"danvan/internal/account"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// PasswordForm asks for a new password.
func (h Pages) PasswordForm(w http.ResponseWriter, r *http.Request) error {
	return h.showPassword(w, r, http.StatusOK, form.New(nil))
}

// Password gives the signed-in person a new password and this session a
// new cookie.
func (h Pages) Password(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	signed := Signed(r)
	err = account.ChangePassword(r.Context(), h.DB, current.Actor(r), signed.Session,
		f.Secret("old"), f.Secret("new"), f.Secret("again"), h.Machine(), current.Now(r))
	if err != nil {
		if !f.Reject(err) {
			return err
		}
		return h.showPassword(w, r, http.StatusUnprocessableEntity, f)
	}
	if err := h.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	current.SayMore(r, ui.Message{Done: "Đã đổi mật khẩu.", More: "Mọi phiên khác của tài khoản đã kết thúc."})
	if signed.MustChange {
		return respond.To(w, r, paths.Home)
	}
	return respond.To(w, r, paths.Account)
}

func (h Pages) showPassword(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	person, err := account.ByID(r.Context(), h.DB, current.Actor(r).Person)
	if err != nil {
		return err
	}
	page := ui.Page{Head: ui.Head{Title: "Đổi mật khẩu", Crumbs: crumbs(r, "Đổi mật khẩu")}}
	return respond.Page(w, r, status, page, password(person.Username, Signed(r).MustChange, f))
}

// crumbs lead back to the account, for those who may go there already.
func crumbs(r *http.Request, here string) []ui.Link {
	if signed := Signed(r); signed.MustChange || signed.NeedsTOTP {
		return nil
	}
	return []ui.Link{{Label: "Tài khoản", Path: paths.Account}, {Label: here}}
}
