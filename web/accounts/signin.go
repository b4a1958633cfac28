package accounts

import (
	"errors"
	"net/http"
	"strings"

	"danvan/internal/account"
	"danvan/web/current"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// codeCookie remembers that this browser signs in with a second factor, so that
// its field stands on the page at once.
const codeCookie = "danvan_ma"

// signInView is what the sign-in page shows.
type signInView struct {
	About    About
	Demo     *Demo
	Next     string
	AskCode  bool
	Left     bool // just signed out
	Returned bool // sent here from another page
}

// SignInForm shows the form, and who is signed in already the page wanted.
func (h Pages) SignInForm(w http.ResponseWriter, r *http.Request) error {
	next := local(r.URL.Query().Get(paths.NextParam))
	if current.SignedIn(r) {
		return respond.To(w, r, next)
	}
	view := signInView{
		Next: next, AskCode: hasCodeCookie(r),
		Left: r.URL.Query().Has(leftParam), Returned: next != paths.Home,
	}
	return h.showSignIn(w, r, http.StatusOK, view, form.New(nil))
}

// SignIn opens a session and goes on to the page wanted.
func (h Pages) SignIn(w http.ResponseWriter, r *http.Request) error {
	f, err := form.Parse(r, maxPost)
	if err != nil {
		return err
	}
	next := local(f.Raw(paths.NextParam))
	opened, err := account.SignIn(r.Context(), h.DB, account.Attempt{
		Username: f.Line("username"),
		Password: f.Secret("password"),
		Code:     f.Line("code"),
		From:     from(r),
		Agent:    r.UserAgent(),
	}, h.Limits, h.Machine(), h.Now())
	if err != nil {
		if !f.Reject(err) {
			return err
		}
		view := signInView{Next: next, AskCode: f.Error("code") != "" || f.Has("code")}
		return h.showSignIn(w, r, http.StatusUnprocessableEntity, view, f)
	}
	if err := h.open(r, opened); err != nil {
		return err
	}
	if opened.SecondFactor {
		http.SetCookie(w, &http.Cookie{Name: codeCookie, Value: "1", Path: paths.SignIn, MaxAge: 365 * 24 * 60 * 60,
			Secure: h.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	return respond.To(w, r, next)
}

// open puts a new session behind a new cookie: one that somebody else knew
// before is worth nothing after. Whoever was signed in here is signed out.
func (h Pages) open(r *http.Request, opened account.Opened) error {
	if before := Signed(r); before.SessionOpen {
		if err := account.SignOut(r.Context(), h.DB, before.Actor, before.Session, h.Machine(), h.Now()); err != nil {
			return err
		}
	}
	if err := h.Sessions.Clear(r.Context()); err != nil {
		return err
	}
	if err := h.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	h.Sessions.Put(r.Context(), sessionKey, opened.Session)
	h.Sessions.Put(r.Context(), personKey, int64(opened.Person))
	return nil
}

const leftParam = "da-dang-xuat"

// SignOut ends the session. Who is not signed in any more gets there too.
func (h Pages) SignOut(w http.ResponseWriter, r *http.Request) error {
	if signed := Signed(r); signed.SessionOpen {
		if err := account.SignOut(r.Context(), h.DB, signed.Actor, signed.Session, h.Machine(), h.Now()); err != nil {
			return err
		}
	}
	if err := h.Sessions.Destroy(r.Context()); err != nil {
		return err
	}
	return respond.To(w, r, paths.SignIn+"?"+leftParam+"=1")
}

func (h Pages) showSignIn(w http.ResponseWriter, r *http.Request, status int, view signInView, f *form.Form) error {
	about, err := h.About(r.Context(), h.Now())
	if err != nil {
		return err
	}
	view.About, view.Demo = about, h.Demo
	return respond.Page(w, r, status, ui.Page{Title: "Đăng nhập", Gate: true}, signIn(view, f))
}

func hasCodeCookie(r *http.Request) bool {
	_, err := r.Cookie(codeCookie)
	return !errors.Is(err, http.ErrNoCookie)
}

// usernames lists the accounts to try, in a sentence.
func (d Demo) usernames() string {
	names := make([]string, len(d.Accounts))
	for i, a := range d.Accounts {
		names[i] = a.Username
	}
	return strings.Join(names, ", ")
}
