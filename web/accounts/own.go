package accounts

import (
	"net/http"
	"time"

	"github.com/go-chi/chi/v5"

	"danvan/internal/account"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// ownView is what the page of one's own account shows.
type ownView struct {
	Person      account.Person
	Signed      account.Signed
	Memberships []account.Membership
	Sessions    []account.Session
	Theme       string
	Machine     time.Time
}

// Show shows one's own account.
func (h Pages) Show(w http.ResponseWriter, r *http.Request) error {
	act, machine := current.Actor(r), h.Machine()
	person, err := account.ByID(r.Context(), h.DB, act.Person)
	if err != nil {
		return err
	}
	memberships, err := account.Memberships(r.Context(), h.DB, act.Person, viet.DateOf(current.Now(r)))
	if err != nil {
		return err
	}
	sessions, err := account.Sessions(r.Context(), h.DB, act.Person, h.Limits, machine)
	if err != nil {
		return err
	}
	view := ownView{
		Person: person, Signed: Signed(r), Memberships: memberships, Sessions: sessions,
		Theme: current.Theme(r), Machine: machine,
	}
	page := ui.Page{Head: ui.Head{Title: "Tài khoản"}}
	return respond.Page(w, r, http.StatusOK, page, own(view, form.New(map[string]string{"giao-dien": view.Theme})))
}

// EndSession ends another session of one's own.
func (h Pages) EndSession(w http.ResponseWriter, r *http.Request) error {
	err := account.EndSession(r.Context(), h.DB, current.Actor(r), chi.URLParam(r, "session"), h.Machine(), current.Now(r))
	if err != nil {
		return err
	}
	current.Say(r, "Đã kết thúc phiên làm việc.")
	return respond.To(w, r, paths.Account)
}

// EndOtherSessions ends every session of one's own but this one.
func (h Pages) EndOtherSessions(w http.ResponseWriter, r *http.Request) error {
	err := account.EndOtherSessions(r.Context(), h.DB, current.Actor(r), Signed(r).Session, h.Machine(), current.Now(r))
	if err != nil {
		return err
	}
	current.Say(r, "Đã kết thúc mọi phiên làm việc khác.")
	return respond.To(w, r, paths.Account)
}

// Theme keeps the look chosen for this browser.
func (h Pages) Theme(w http.ResponseWriter, r *http.Request) error {
	return respond.ChooseTheme(h.Secure)(w, r)
}

// others are the sessions that can be ended here.
func (v ownView) others() bool { return len(v.Sessions) > 1 }

func (v ownView) here(s account.Session) bool { return s.ID == v.Signed.Session }

// lastUse says when a session was used, to the minute.
func (v ownView) lastUse(s account.Session) string {
	if v.here(s) || v.Machine.Sub(s.SeenAt) < 2*time.Minute {
		return "Đang dùng"
	}
	return viet.Moment(s.SeenAt)
}

func until(m account.Membership) string {
	if m.Last().IsZero() {
		return "chưa xác định"
	}
	return m.Last().String()
}

func orNone(text string) string {
	if text == "" {
		return "chưa ghi"
	}
	return text
}
