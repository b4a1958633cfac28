package web

import (
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"danvan/internal/account"
	"danvan/internal/database"
	"danvan/web/respond"
)

// Sessions keeps sessions in Postgres under a hash of each cookie, for life at
// most. How long one may be idle and whether it was ended is asked with every
// request (account.Load), so that a session costs no write per request. secure
// says that the portal is reached over TLS.
//
// A changed session is stored when the response begins: pages are rendered in
// full before that.
func Sessions(db database.DB, life time.Duration, secure bool) *scs.SessionManager {
	s := scs.New()
	s.Store = account.Tokens{DB: db} // account.DeleteExpired clears it
	s.HashTokenInStore = true
	s.Lifetime = life
	s.ErrorFunc = respond.Error
	s.Cookie.Name = "danvan"
	if secure {
		s.Cookie.Name = "__Host-danvan"
	}
	s.Cookie.Secure = secure
	s.Cookie.HttpOnly = true
	s.Cookie.Path = "/"
	s.Cookie.SameSite = http.SameSiteLaxMode
	s.Cookie.Persist = false // offices share machines: closing the browser signs out
	return s
}
