package web_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/web"
)

func TestASessionLivesBehindAHashAndAStrictCookie(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		secure bool
		name   string
	}{{true, "__Host-danvan"}, {false, "danvan"}} {
		db := dbtest.Tx(t)
		s := web.Sessions(db, time.Hour, tt.secure)
		w := httptest.NewRecorder()
		s.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.Put(r.Context(), "person", int64(7))
		})).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		cookies := w.Result().Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%d cookies", len(cookies))
		}
		c := cookies[0]
		if c.Name != tt.name || c.Secure != tt.secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.SameSite != http.SameSiteLaxMode || c.MaxAge != 0 {
			t.Errorf("cookie %s", c)
		}
		stored, err := database.Values[string](t.Context(), db, `select token from sessions`, nil)
		if err != nil || len(stored) != 1 || strings.Contains(stored[0], c.Value) {
			t.Errorf("stored %q for %q, %v", stored, c.Value, err)
		}
		ctx, err := s.Load(t.Context(), c.Value)
		if err != nil || s.GetInt64(ctx, "person") != 7 {
			t.Errorf("the session is lost: %v", err)
		}
		if ctx, err = s.Load(t.Context(), stored[0]); err != nil || s.GetInt64(ctx, "person") != 0 {
			t.Errorf("what is stored opens a session: %v", err)
		}
	}
}
