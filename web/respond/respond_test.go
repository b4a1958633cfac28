package respond

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/ui"
)

func request(signedIn bool) *http.Request {
	v := current.Visit{Now: time.Date(2022, 11, 28, 1, 42, 0, 0, time.UTC), RequestID: "yc-42"}
	if signedIn {
		v.Actor = actor.Actor{Person: 7, Name: "Lê Thị Thanh Trúc"}
		v.Frame = ui.Frame{Who: "Lê Thị Thanh Trúc", Nav: []ui.NavItem{{Label: "Kế hoạch", Path: "/ke-hoach"}}}
	}
	return current.With(httptest.NewRequest(http.MethodGet, "/ke-hoach/2022", nil), v)
}

func failing(err error) Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func serve(h http.Handler, r *http.Request) (*httptest.ResponseRecorder, *goquery.Document) {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		panic(err) // any bytes parse as HTML
	}
	return w, doc
}

// Not parallel: it reads the log, which is one for the program.
func TestEveryFailureHasItsPage(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	for _, test := range []struct {
		err    error
		status int
		title  string
		logged string // level
	}{
		{fmt.Errorf("read plan: %w", fault.NotFound), 404, "Không tìm thấy trang này", "INFO"},
		{fault.Forbidden, 403, "Bạn không có quyền thực hiện việc này", "INFO"},
		{fault.Refusal{Reason: "Kỳ báo cáo đã đóng"}, 403, "Chưa thực hiện được việc này", "INFO"},
		{fault.Conflict, 409, "Có người đã thay đổi nội dung này trước bạn", "INFO"},
		{fault.Invalid{"q": "Từ khóa quá dài"}, 422, "Nội dung gửi lên chưa đúng", "INFO"},
		{&http.MaxBytesError{Limit: 1}, 413, "Nội dung gửi lên quá lớn", "INFO"},
		{fmt.Errorf("list: %w", io.ErrUnexpectedEOF), 503, "Cổng tạm thời chưa đọc, ghi được dữ liệu", "ERROR"},
		{fmt.Errorf("list: %w", context.DeadlineExceeded), 503, "Cổng tạm thời chưa đọc, ghi được dữ liệu", "ERROR"},
		{errors.New("bug"), 500, "Hệ thống gặp lỗi", "ERROR"},
	} {
		for _, signedIn := range []bool{true, false} {
			log.Reset()
			w, doc := serve(failing(test.err), request(signedIn))
			if w.Code != test.status || doc.Find("h1").Text() != test.title {
				t.Errorf("%v: %d %q, want %d %q", test.err, w.Code, doc.Find("h1").Text(), test.status, test.title)
			}
			if got := doc.Find(".dv-nav").Length() == 1; got != signedIn {
				t.Errorf("%v: navigation %t, signed in %t", test.err, got, signedIn)
			}
			if doc.Find("main a").Length() == 0 {
				t.Errorf("%v: the page leads nowhere", test.err)
			}
			var entry struct{ Level, Request, Path, Err string }
			if err := json.Unmarshal(log.Bytes(), &entry); err != nil {
				t.Fatalf("log %q: %v", log.String(), err)
			}
			if entry.Level != test.logged || entry.Request != "yc-42" || entry.Path != "/ke-hoach/2022" {
				t.Errorf("%v: log %+v", test.err, entry)
			}
			if (entry.Err != "") != (test.logged == "ERROR") {
				t.Errorf("%v: the log says %q", test.err, entry.Err)
			}
		}
	}
}

func TestARefusalSaysWhyByWhomAndWhatToDo(t *testing.T) {
	t.Parallel()
	refusal := fault.Refusal{Reason: "Báo cáo đã được tiếp nhận", By: "Huỳnh Thị Cẩm Tú, Sở Nội vụ",
		Since: time.Date(2022, 6, 24, 7, 5, 0, 0, time.UTC), Until: "Đến khi Sở Nội vụ mở lại", Remedy: "Gửi đề nghị mở lại"}
	_, doc := serve(failing(fmt.Errorf("save: %w", refusal)), request(true))
	lock := strings.Join(strings.Fields(doc.Find(".dv-lock").Text()), " ")
	for _, want := range []string{refusal.Reason, refusal.By, "14:05, thứ Sáu 24/06/2022", refusal.Until, refusal.Remedy} {
		if strings.Count(lock, want) != 1 {
			t.Errorf("%q stands %d times in %q", want, strings.Count(lock, want), lock)
		}
	}
}

func TestMistakesOutsideAFormAreListed(t *testing.T) {
	t.Parallel()
	_, doc := serve(failing(fault.Invalid{"b": "Câu hai", "a": "Câu một", "c": "Câu một"}), request(true))
	var got []string
	doc.Find("main li").Each(func(_ int, s *goquery.Selection) { got = append(got, s.Text()) })
	if strings.Join(got, "|") != "Câu hai|Câu một" {
		t.Errorf("listed %q", got)
	}
}

func TestThePagesOwnScriptGetsJSON(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err  error
		want Saved
	}{
		{fault.Conflict, Saved{Conflict: true, Message: "Có người đã thay đổi nội dung này trước bạn"}},
		{fault.Refusal{Reason: "Kỳ báo cáo đã đóng"}, Saved{Message: "Kỳ báo cáo đã đóng"}},
		{fault.Invalid{"so": "Chỉ ghi số"}, Saved{Message: "Nội dung gửi lên chưa đúng", Faults: map[string]string{"so": "Chỉ ghi số"}}},
		{errors.New("bug"), Saved{Message: "Hệ thống gặp lỗi"}},
	} {
		r := request(true)
		r.Header.Set("Accept", "application/json")
		w, _ := serve(failing(test.err), r)
		var got Saved
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatalf("%v: %v", test.err, err)
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%v: %+v, want %+v", test.err, got, test.want)
		}
	}
}

// The names are those autosave.js reads.
func TestTheAnswerToAutosaveKeepsItsNames(t *testing.T) {
	t.Parallel()
	full := Saved{true, "8:ab", "k", "08:42", map[string]string{"so": "sai"}, map[string][]string{"ten": {"mới"}}, true, "/x", "vì sao"}
	for _, test := range []struct {
		saved  Saved
		status int
		body   string
	}{
		{full, 409, `{"ok":true,"revision":"8:ab","key":"k","savedAt":"08:42","faults":{"so":"sai"},"merged":{"ten":["mới"]},"conflict":true,"location":"/x","message":"vì sao"}`},
		{Saved{OK: true, SavedAt: "08:42"}, 200, `{"ok":true,"savedAt":"08:42"}`},
		{Saved{}, 422, `{"ok":false}`},
	} {
		w := httptest.NewRecorder()
		if err := Autosaved(w, request(true), test.saved); err != nil {
			t.Fatal(err)
		}
		if w.Code != test.status || w.Body.String() != test.body {
			t.Errorf("%d %s, want %d %s", w.Code, w.Body, test.status, test.body)
		}
	}
}

func TestHalfAPageIsNeverSent(t *testing.T) {
	t.Parallel()
	broken := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "<p>nửa trang</p>")
		return errors.New("broken view")
	})
	w, doc := serve(Handler(func(w http.ResponseWriter, r *http.Request) error {
		return Page(w, r, http.StatusOK, ui.Page{Head: ui.Head{Title: "Trang"}}, broken)
	}), request(true))
	if w.Code != 500 || strings.Contains(w.Body.String(), "nửa trang") || doc.Find("h1").Text() != "Hệ thống gặp lỗi" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(doc.Find("main").Text(), "yc-42") {
		t.Error("the page does not name the request")
	}
}

func TestAPageWithMistakesSaysSoInItsTitle(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]string{422: "Lỗi: Sửa", 200: "Sửa"} {
		w, doc := serve(Handler(func(w http.ResponseWriter, r *http.Request) error {
			return Page(w, r, status, ui.Page{Head: ui.Head{Title: "Sửa"}}, templ.NopComponent)
		}), request(true))
		if !strings.HasPrefix(doc.Find("title").Text(), want+" –") {
			t.Errorf("%d: title %q", status, doc.Find("title").Text())
		}
		if w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v", w.Header())
		}
	}
}

func TestAPanicIsAnsweredAndLogged(t *testing.T) {
	t.Parallel()
	h := Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("bug") }))
	w, doc := serve(h, request(true))
	if w.Code != 500 || doc.Find("h1").Text() != "Hệ thống gặp lỗi" || strings.Contains(w.Body.String(), "goroutine") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("an aborted response is answered")
		}
	}()
	serve(Recover(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })), request(true))
}

func TestNothingIsAnsweredToABrowserThatWentAway(t *testing.T) {
	t.Parallel()
	r := request(true)
	ctx, cancel := context.WithCancel(r.Context())
	cancel()
	w, _ := serve(failing(fmt.Errorf("list: %w", context.Canceled)), r.WithContext(ctx))
	if w.Body.Len() > 0 {
		t.Error("a page for nobody")
	}
	if w, _ := serve(failing(context.Canceled), r); w.Code != 500 {
		t.Errorf("a query of ours that was cancelled: %d", w.Code)
	}
}

func TestDownloadsAreSavedAndNeverRun(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"bao-cao.docx":        `attachment; filename="bao-cao.docx"; filename*=UTF-8''bao-cao.docx`,
		"Kế hoạch 2022.docx":  `attachment; filename="K_ ho_ch 2022.docx"; filename*=UTF-8''K%E1%BA%BF%20ho%E1%BA%A1ch%202022.docx`,
		"a\"b\r\nX: y/..\\%1": `attachment; filename="a_b__X: y_..__1"; filename*=UTF-8''a%22b%0D%0AX%3A%20y%2F..%5C%251`,
	} {
		w := httptest.NewRecorder()
		if err := Download(w, request(true), name, "text/html", strings.NewReader("0123456789")); err != nil {
			t.Fatal(err)
		}
		if got := w.Header().Get("Content-Disposition"); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
		}
		if !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "sandbox") || w.Header().Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v", w.Header())
		}
		if w.Body.String() != "0123456789" {
			t.Errorf("content %q", w.Body)
		}
	}
	r := request(true)
	r.Header.Set("Range", "bytes=2-4")
	w := httptest.NewRecorder()
	if err := Download(w, r, "a", "", strings.NewReader("0123456789")); err != nil || w.Code != 206 || w.Body.String() != "234" {
		t.Errorf("a piece: %d %q %v", w.Code, w.Body, err)
	}
}

func TestAStreamThatBreaksIsBrokenOff(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() != http.ErrAbortHandler {
			t.Error("half a file passes for a whole one")
		}
	}()
	half := io.MultiReader(strings.NewReader("nửa"), failingReader{})
	_ = Download(httptest.NewRecorder(), request(true), "a", "", half)
}

type failingReader struct{}

func (failingReader) Read([]byte) (int, error) { return 0, errors.New("broken disk") }

func TestChoosingALookComesBackToThePortal(t *testing.T) {
	t.Parallel()
	for back, want := range map[string]string{
		"/ke-hoach/2022?q=vi": "/ke-hoach/2022?q=vi", "//evil.test/": paths.Home, "https://evil.test": paths.Home, `/\evil.test`: paths.Home, "": paths.Home, "/a\nb": paths.Home,
	} {
		body := url.Values{"giao-dien": {"dark"}, "ve": {back}}.Encode()
		r := httptest.NewRequest(http.MethodPost, paths.Theme, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w, _ := serve(ChooseTheme(false), r)
		if w.Code != http.StatusSeeOther || w.Header().Get("Location") != want {
			t.Errorf("back to %q: %d %q, want %q", back, w.Code, w.Header().Get("Location"), want)
		}
		if !strings.Contains(w.Header().Get("Set-Cookie"), "dark") {
			t.Error("the choice is lost")
		}
	}
}
