package accounts

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5/middleware"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	"danvan/web/ui"
)

// Guard stands before the pages: it finds out who asks and gives each request
// its visit.
type Guard struct {
	DB       database.DB
	Sessions *scs.SessionManager
	Limits   account.Limits
	Machine  func() time.Time
	Now      func() time.Time
	// Counts are read with whoever is signed in, see [account.Visit].
	Counts []string
	// Frame makes what surrounds the pages of somebody, or of nobody when
	// nothing is signed in.
	Frame func(r *http.Request, s account.Signed) ui.Frame
	// Seal makes the token of the forms on the page at path; may be nil.
	Seal func(person actor.PersonID, path string, machine time.Time) string
	// OnLostPost may keep a post that came without a session and answer it;
	// false leaves the answer to the guard. It is not asked about forms with
	// passwords. May be nil.
	OnLostPost func(w http.ResponseWriter, r *http.Request) bool
}

type signedKey struct{}

// Signed returns who is signed in, as the guard loaded it: the zero Signed when
// nobody is.
func Signed(r *http.Request) account.Signed {
	s, _ := r.Context().Value(signedKey{}).(account.Signed)
	return s
}

// Anyone lets everybody through. Who is signed in shows in the frame all the same.
func (g Guard) Anyone(next http.Handler) http.Handler {
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		signed, err := g.load(r)
		if err != nil {
			return err
		}
		next.ServeHTTP(w, g.visit(r, signed))
		return nil
	})
}

// SignedIn lets through who is signed in and asks all others to do so. Who still
// has a password given by somebody else, or administers without a second factor,
// must mend that first.
func (g Guard) SignedIn(next http.Handler) http.Handler {
	return respond.Handler(func(w http.ResponseWriter, r *http.Request) error {
		signed, err := g.load(r)
		if err != nil {
			return err
		}
		r = g.visit(r, signed)
		if !signed.SessionOpen {
			return g.askToSignIn(w, r)
		}
		if to := mustFirst(signed, r.URL.Path); to != "" {
			return respond.To(w, r, to)
		}
		if err := signed.Seen(r.Context(), g.DB, g.Machine()); err != nil {
			return err
		}
		next.ServeHTTP(w, r)
		return nil
	})
}

func (g Guard) load(r *http.Request) (account.Signed, error) {
	session, person := held(r.Context(), g.Sessions)
	if session == "" || person == 0 {
		return account.Signed{}, nil
	}
	signed, err := account.Load(r.Context(), g.DB, account.Visit{
		Session: session, Person: person, Machine: g.Machine(), Today: viet.DateOf(g.Now()),
		Limits: g.Limits, Counts: g.Counts,
	})
	signed.Actor.From = from(r)
	return signed, err
}

func (g Guard) visit(r *http.Request, signed account.Signed) *http.Request {
	visit := current.Visit{
		Actor: signed.Actor, Now: g.Now(), RequestID: middleware.GetReqID(r.Context()), Frame: g.Frame(r, signed),
		PutMessage: func(message string) { g.Sessions.Put(r.Context(), messageKey, message) },
		PopMessage: func() string { return g.Sessions.PopString(r.Context(), messageKey) },
	}
	if signed.SessionOpen && g.Seal != nil {
		path := r.URL.Path
		visit.Token = func() string { return g.Seal(signed.Actor.Person, path, g.Machine()) }
	}
	r = current.With(r, visit)
	return r.WithContext(context.WithValue(r.Context(), signedKey{}, signed))
}

// askToSignIn remembers where somebody wanted to go, but not what was posted:
// that is for OnLostPost.
func (g Guard) askToSignIn(w http.ResponseWriter, r *http.Request) error {
	next := ""
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		next = r.URL.RequestURI()
	} else if ours(r.URL.Path) {
		next = paths.Account
	} else if g.OnLostPost != nil && g.OnLostPost(w, r) {
		return nil
	}
	// What is left of a session that is over must not be carried into the next.
	if session, _ := held(r.Context(), g.Sessions); session != "" {
		if err := g.Sessions.Destroy(r.Context()); err != nil {
			return err
		}
	}
	if respond.WantsJSON(r) {
		return respond.Autosaved(w, r, respond.Saved{
			Message:  "Phiên làm việc đã kết thúc. Mở trang đăng nhập ở một thẻ khác, đăng nhập rồi lưu lại",
			Location: paths.SignIn,
		})
	}
	return respond.To(w, r, paths.SignInTo(next))
}

// ours reports whether a path belongs to this package, whose forms carry secrets.
func ours(path string) bool {
	return path == paths.SignIn || path == paths.Account || strings.HasPrefix(path, paths.Account+"/")
}

// mustFirst is where somebody has to go before anything else, "" for nowhere.
func mustFirst(s account.Signed, path string) string {
	to := ""
	switch {
	case s.MustChange:
		to = paths.Password
	case s.NeedsTOTP:
		to = paths.SecondFactor
	}
	if path == to || path == paths.SignOut || path == paths.Theme {
		return ""
	}
	return to
}
