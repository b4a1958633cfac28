package web

import (
	"context"
	"log/slog"
	"net/http"
	"regexp"
	"time"

	"github.com/go-chi/chi/v5/middleware"

	"danvan/internal/fault"
	"danvan/web/respond"
)

// policy lets a page load nothing from elsewhere and run or style nothing inline.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers go with every response.
func (s *site) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		if s.config.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// How long a request may work. A page can be asked for again at once, and its
// reader has left long before a minute is over; what was typed gets every chance
// to be stored. A file is read from its store while it is sent over a slow line.
// Uploads are read within the server's own timeouts before the work begins.
const (
	patienceToShow  = 15 * time.Second
	patienceToStore = 60 * time.Second
	patienceToSend  = 2 * time.Minute
)

// aFile is the address of an answer that is a file.
var aFile = regexp.MustCompile(`/(ban-ky|tien-do)/.`)

func patience(r *http.Request) time.Duration {
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		return patienceToStore
	case aFile.MatchString(r.URL.Path):
		return patienceToSend
	}
	return patienceToShow
}

// deadline ends work that nobody waits for any more.
func (s *site) deadline(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), patience(r))
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// clientAddress believes X-Forwarded-For only from the proxies of the settings.
func (s *site) clientAddress(next http.Handler) http.Handler {
	if len(s.config.TrustedProxies) == 0 {
		return middleware.ClientIPFromRemoteAddr(next)
	}
	prefixes := make([]string, len(s.config.TrustedProxies))
	for i, p := range s.config.TrustedProxies {
		prefixes[i] = p.String()
	}
	return middleware.ClientIPFromXFF(prefixes...)(next)
}

// crossOrigin rejects posts that other sites make on a user's behalf.
func crossOrigin() func(http.Handler) http.Handler {
	p := http.NewCrossOriginProtection()
	p.SetDenyHandler(respond.Handler(func(http.ResponseWriter, *http.Request) error { return fault.Forbidden }))
	return p.Handler
}

// alive says that the process answers.
func alive(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) }

// ready says whether the portal can work: database reachable and migrated.
func (s *site) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
	defer cancel()
	if err := s.config.Ready(ctx); err != nil {
		slog.WarnContext(ctx, "not ready", "err", err)
		http.Error(w, "not ready", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ready\n"))
}
