package ui

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"danvan/web/form"
	"danvan/web/static"
)

// saves is a page with one form that saves by itself, and what it received.
type saves struct {
	*httptest.Server

	mu     sync.Mutex
	posts  []url.Values
	types  []string
	answer func(n int, w http.ResponseWriter)
}

func newSaves(t *testing.T, answer func(n int, w http.ResponseWriter)) *saves {
	s := &saves{answer: answer}
	f := form.New(map[string]string{"ten": "cũ"}).At(7)
	body := around(Form(f, FormOf{Action: "/bieu-mau", Class: "dv-form", Autosave: true}),
		TextField(f, Field{Name: "ten", Label: "Tên"}), NumberField(f, Field{Name: "so", Label: "Số"}),
		SaveBar("", Button{Label: "Lưu", Name: "tiep", Value: "ve"}))
	mux := http.NewServeMux()
	mux.HandleFunc(static.Prefix, static.Handler)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		if err := Document(galleryFrame(), Page{Head: Head{Title: "Biểu mẫu"}}, body).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	mux.HandleFunc("POST /bieu-mau", s.take)
	mux.HandleFunc("GET /xong", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<h1>Xong</h1>") })
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *saves) take(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.posts = append(s.posts, r.PostForm)
	s.types = append(s.types, r.Header.Get("Accept"))
	n := len(s.posts)
	s.mu.Unlock()
	if r.PostForm.Get("_autosave") == "" {
		http.Redirect(w, r, "/xong", http.StatusSeeOther)
		return
	}
	s.answer(n, w)
}

func (s *saves) received() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]url.Values(nil), s.posts...)
}

func answerJSON(w http.ResponseWriter, status int, answer map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

const statusText = `document.querySelector('[data-saved]').innerText`

func TestTypingIsSavedWithoutLosingTheFocus(t *testing.T) {
	t.Parallel()
	s := newSaves(t, func(n int, w http.ResponseWriter) {
		answerJSON(w, http.StatusOK, map[string]any{"ok": true, "revision": 7 + n, "savedAt": "08:4" + string(rune('0'+n))})
	})
	ctx := inBrowser(t)
	do(t, ctx, chromedp.Navigate(s.URL), chromedp.SendKeys(chromedp.CSS(`[name=ten]`), "mới "))
	waitFor(t, ctx, statusText+`.includes('Đã lưu lúc 08:41')`)
	if got := eval[string](t, ctx, `document.activeElement.name`); got != "ten" {
		t.Errorf("the focus is on %q", got)
	}
	do(t, ctx, chromedp.SendKeys(chromedp.CSS(`[name=ten]`), "!"))
	waitFor(t, ctx, statusText+`.includes('Đã lưu lúc 08:42')`)
	posts := s.received()
	if len(posts) != 2 {
		t.Fatalf("%d saves, want 2", len(posts))
	}
	first, second := posts[0], posts[1]
	if first.Get("ten") != "mới cũ" || first.Get("_revision") != "7" || first.Get("_autosave") != "1" || first.Has("tiep") {
		t.Errorf("first save %v", first)
	}
	if second.Get("_revision") != "8" || second.Get("_key") == first.Get("_key") || second.Get("_key") == "" {
		t.Errorf("second save %v after key %s", second, first.Get("_key"))
	}
	if s.types[0] != "application/json" {
		t.Errorf("asks for %q", s.types[0])
	}
	// The ordinary button then posts against the newest revision.
	do(t, ctx, chromedp.Click(chromedp.CSS(`button[name=tiep]`)))
	waitFor(t, ctx, `document.querySelector('h1')?.innerText === 'Xong'`)
	last := s.received()[2]
	if last.Get("_revision") != "9" || last.Has("_autosave") || last.Get("tiep") != "ve" {
		t.Errorf("post %v", last)
	}
}

func TestAFailedSaveIsSeenAndRepeatedWithItsKey(t *testing.T) {
	t.Parallel()
	s := newSaves(t, func(n int, w http.ResponseWriter) {
		if n == 1 {
			answerJSON(w, http.StatusServiceUnavailable, map[string]any{"ok": false, "message": "Cổng tạm thời chưa đọc, ghi được dữ liệu"})
			return
		}
		answerJSON(w, http.StatusOK, map[string]any{"ok": true, "revision": 8, "savedAt": "08:42"})
	})
	ctx := inBrowser(t)
	do(t, ctx, chromedp.Navigate(s.URL), chromedp.SendKeys(chromedp.CSS(`[name=ten]`), "x"))
	waitFor(t, ctx, statusText+`.includes('Chưa lưu được: Cổng tạm thời')`)
	waitFor(t, ctx, statusText+`.includes('Đã lưu lúc 08:42')`)
	posts := s.received()
	if len(posts) != 2 || posts[0].Get("_key") != posts[1].Get("_key") {
		t.Errorf("the same content was sent as %v", posts)
	}
}

func TestWhatWasNotSavedLeadsToItsField(t *testing.T) {
	t.Parallel()
	s := newSaves(t, func(_ int, w http.ResponseWriter) {
		answerJSON(w, http.StatusUnprocessableEntity, map[string]any{
			"ok": false, "revision": 8, "savedAt": "08:42", "faults": map[string]string{"so": "Chỉ ghi số, ví dụ 10"},
		})
	})
	ctx := inBrowser(t)
	do(t, ctx, chromedp.Navigate(s.URL), chromedp.SendKeys(chromedp.CSS(`[name=so]`), "10 vụ"))
	waitFor(t, ctx, statusText+`.includes('Chỉ ghi số, ví dụ 10')`)
	if got := eval[string](t, ctx, `document.querySelector('[data-saved] a').getAttribute('href')`); got != "#so" {
		t.Errorf("the sentence leads to %q", got)
	}
	if got := eval[string](t, ctx, `document.querySelector('[name=so]').value`); got != "10 vụ" {
		t.Errorf("typed text became %q", got)
	}
}

func TestAnotherPersonsSaveStopsAutosave(t *testing.T) {
	t.Parallel()
	s := newSaves(t, func(_ int, w http.ResponseWriter) {
		answerJSON(w, http.StatusConflict, map[string]any{"ok": false, "conflict": true})
	})
	ctx := inBrowser(t)
	do(t, ctx, chromedp.Navigate(s.URL), chromedp.SendKeys(chromedp.CSS(`[name=ten]`), "x"))
	waitFor(t, ctx, statusText+`.includes('có người vừa lưu mục này trước bạn')`)
	do(t, ctx, chromedp.SendKeys(chromedp.CSS(`[name=ten]`), "y"), chromedp.Click(chromedp.CSS(`[data-saved] button`)))
	waitFor(t, ctx, `document.querySelector('h1')?.innerText === 'Xong'`)
	posts := s.received()
	if len(posts) != 2 || posts[1].Get("ten") != "xycũ" || posts[1].Get("_revision") != "7" || posts[1].Has("_autosave") {
		t.Errorf("posts %v", posts)
	}
}

func TestAnExpiredSessionIsSaid(t *testing.T) {
	t.Parallel()
	s := newSaves(t, func(_ int, w http.ResponseWriter) {
		w.Header().Set("Location", "/dang-nhap")
		w.WriteHeader(http.StatusSeeOther)
	})
	ctx := inBrowser(t)
	do(t, ctx, chromedp.Navigate(s.URL), chromedp.SendKeys(chromedp.CSS(`[name=ten]`), "x"))
	waitFor(t, ctx, statusText+`.includes('phiên làm việc đã hết')`)
}

func TestKeysReachSearchAndMoveInAQueue(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc(static.Prefix, static.Handler)
	body := join(text(`<ul data-queue><li><a href="#1">một</a></li><li><a href="#2">hai</a></li></ul>`), Shortcuts())
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		if err := Document(galleryFrame(), Page{Head: Head{Title: "Danh sách"}}, body).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	ctx := inBrowser(t)
	const focused = `document.activeElement.innerText || document.activeElement.name || document.activeElement.tagName`
	press := func(keys string) string {
		do(t, ctx, chromedp.KeyEvent(keys))
		return strings.TrimSpace(eval[string](t, ctx, focused))
	}
	do(t, ctx, chromedp.EmulateViewport(1600, 900), chromedp.Navigate(server.URL))
	for _, step := range []struct{ keys, want string }{
		{"j", "một"}, {"j", "hai"}, {"j", "hai"}, {"k", "một"}, {"/", "q"}, {"j", "q"},
	} {
		if got := press(step.keys); got != step.want {
			t.Errorf("after %q the focus is on %q, want %q", step.keys, got, step.want)
		}
	}
	// The test driver types the slash even where the page has taken the key.
	if got := eval[string](t, ctx, `document.querySelector('[data-search]').value`); strings.TrimPrefix(got, "/") != "j" {
		t.Errorf("typed into the search: %q", got)
	}
	// Switched off, keys do nothing, also on the next page.
	do(t, ctx, chromedp.Click(chromedp.CSS(`[data-keys-switch]`)), chromedp.Navigate(server.URL))
	if got := press("j"); got == "một" {
		t.Error("keys work although they are switched off")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(`[data-keys-switch]`)))
}

func TestAMenuClosesOnEscapeAndElsewhere(t *testing.T) {
	t.Parallel()
	server := galleryServer(t)
	ctx := inBrowser(t)
	const open = `document.querySelector('[data-menu]').open`
	do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+"/bieu-mau"))
	if !eval[bool](t, ctx, `document.activeElement.matches('[data-errors]')`) {
		t.Error("a form with mistakes does not begin at their summary")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(`[data-menu] summary`)))
	if !eval[bool](t, ctx, open) {
		t.Fatal("the menu does not open")
	}
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	if eval[bool](t, ctx, open) {
		t.Error("Escape does not close the menu")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(`[data-menu] summary`)), chromedp.Click(chromedp.CSS(`h1`)))
	if eval[bool](t, ctx, open) {
		t.Error("a click elsewhere does not close the menu")
	}
}
