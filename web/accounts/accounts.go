// Package accounts serves signing in and out and one's own account, and guards
// every page that asks for somebody signed in.
package accounts

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/go-chi/chi/v5/middleware"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/web/paths"
)

// Pages serves the pages of signing in and of one's own account.
type Pages struct {
	DB       database.DB
	Sessions *scs.SessionManager
	Limits   account.Limits
	Machine  func() time.Time // the machine's clock: time.Now but in tests
	Now      func() time.Time // business time
	Secure   bool             // reached over TLS
	// About says what the sign-in page tells of the portal.
	About func(ctx context.Context, now time.Time) (About, error)
	Demo  *Demo // nil in earnest
}

// About is what stands beside the sign-in form. What is empty is left out.
type About struct {
	Province string   // "Tỉnh Hậu Giang"
	Tasks    []string // short titles in order, the first being number 1
	Source   string   // "Theo Kế hoạch số …"
}

// Demo lets everybody try the demonstration.
type Demo struct {
	Password string // of all
	Accounts []DemoAccount
}

// DemoAccount is one to try.
type DemoAccount struct {
	Username string
	Can      string // "lập kế hoạch, cập nhật tiến độ của Sở Tư pháp"
}

// What a session holds: ids only. Everything else is read with each request.
const (
	sessionKey = "session" // of account.Session
	personKey  = "person"
	messageKey = "message"
)

const maxPost = 16 << 10 // bytes; the longest field is a password

func held(ctx context.Context, s *scs.SessionManager) (session string, person actor.PersonID) {
	return s.GetString(ctx, sessionKey), actor.PersonID(s.GetInt64(ctx, personKey))
}

// from is the address a request comes from: as the configured middleware found
// it behind proxies, else that of the connection.
func from(r *http.Request) string {
	if ip := middleware.GetClientIP(r.Context()); ip != "" {
		return ip
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}

// local returns address if it leads to a page of this portal that makes sense
// after signing in, else the first page. Nothing is trusted that any browser
// could read as another site.
func local(address string) string {
	if len(address) > 2000 || !strings.HasPrefix(address, "/") || strings.HasPrefix(address, "//") {
		return paths.Home
	}
	for _, r := range address {
		if r == '\\' || r < ' ' || r == 0x7f {
			return paths.Home
		}
	}
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || strings.HasPrefix(u.Path, "//") || strings.Contains(u.Path, `\`) {
		return paths.Home
	}
	if u.Path == paths.SignIn || u.Path == paths.SignOut {
		return paths.Home
	}
	return address
}
