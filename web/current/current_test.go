package current

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/web/form"
	"danvan/web/ui"
)

// visit has a session that keeps one message.
func visit(v Visit) *http.Request {
	kept := ""
	v.PutMessage = func(message string) { kept = message }
	v.PopMessage = func() string { message := kept; kept = ""; return message }
	return With(httptest.NewRequest(http.MethodGet, "/ke-hoach/2022?q=vi", nil), v)
}

func TestAMessageIsShownOnce(t *testing.T) {
	t.Parallel()
	r := visit(Visit{})
	want := ui.Message{Done: "Đã tiếp nhận “Kế hoạch”", More: "lúc 08:41.", Link: ui.Link{Label: "Xem", Path: "/x"}}
	SayMore(r, want)
	if got := Frame(r).Message; got != want {
		t.Errorf("message %+v, want %+v", got, want)
	}
	if got := Frame(r).Message; got != (ui.Message{}) {
		t.Errorf("shown again: %+v", got)
	}
	Say(r, "Đã lưu")
	if got := Frame(r).Message; got != (ui.Message{Done: "Đã lưu"}) {
		t.Errorf("message %+v", got)
	}
}

func TestAPageWithoutSessionHasNoMessage(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	Say(r, "Đã lưu")
	if got := Frame(r); got.Message != (ui.Message{}) || got.SignedIn {
		t.Errorf("frame %+v", got)
	}
	if SignedIn(r) || RequestID(r) != "" {
		t.Error("a request without visit knows somebody")
	}
}

func TestTheFrameTellsWhoAndWhen(t *testing.T) {
	t.Parallel()
	now := time.Date(2022, 11, 28, 8, 0, 0, 0, time.UTC)
	r := visit(Visit{Actor: actor.Actor{Person: 7, Name: "Lê Thị Thanh Trúc"}, Now: now, RequestID: "abc", Frame: ui.Frame{Who: "Lê Thị Thanh Trúc"}})
	r.AddCookie(&http.Cookie{Name: themeCookie, Value: "dark"})
	frame := Frame(r)
	if !frame.SignedIn || !frame.Moment.Equal(now) || frame.Theme != "dark" || frame.Address != "/ke-hoach/2022?q=vi" || frame.Who == "" {
		t.Errorf("frame %+v", frame)
	}
	if Actor(r).Person != 7 || !Now(r).Equal(now) || RequestID(r) != "abc" {
		t.Error("the visit is lost")
	}
}

func TestOnlySignedInRoutesHaveAnActor(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*http.Request{
		"no visit": httptest.NewRequest(http.MethodGet, "/", nil), "nobody signed in": visit(Visit{Now: time.Now()}),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: there is an actor", name)
				}
			}()
			Actor(r)
		}()
	}
}

func TestFormsOfAVisitCarryItsToken(t *testing.T) {
	t.Parallel()
	r := visit(Visit{Token: func() string { return "sealed" }})
	if got := form.TokenFor(r.Context()); got != "sealed" {
		t.Errorf("token %q", got)
	}
	if got := form.TokenFor(visit(Visit{}).Context()); got != "" {
		t.Errorf("a stranger's token %q", got)
	}
}

func TestTheLookIsKeptInTheBrowser(t *testing.T) {
	t.Parallel()
	for chosen, want := range map[string]string{"dark": "dark", "light": "light", "": "", "pink": ""} {
		w := httptest.NewRecorder()
		SetTheme(w, chosen, true)
		cookie := w.Result().Cookies()[0]
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		if cookie.MaxAge > 0 {
			r.AddCookie(cookie)
		}
		if got := Theme(r); got != want {
			t.Errorf("chose %q, shown %q", chosen, got)
		}
		if !cookie.HttpOnly || !cookie.Secure || cookie.SameSite != http.SameSiteLaxMode {
			t.Errorf("cookie %+v", cookie)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.AddCookie(&http.Cookie{Name: themeCookie, Value: `"><script>`})
	if Theme(r) != "" {
		t.Error("a look nobody offers")
	}
}
