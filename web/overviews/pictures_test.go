package overviews

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"danvan/internal/browsertest"
	"danvan/web/static"
	"danvan/web/ui"
)

// shown is a page of the gallery.
type shown struct {
	page ui.Page
	body templ.Component
}

func gallery() map[string]shown {
	whole, own, district := sampleProvince(), sampleOwn(), sampleDistrict()
	list, behind := samplePlans(), sampleActivities()
	projected := whole
	projected.Projecting = true
	return map[string]shown{
		"tong-quan":   {showPage(whole), show(whole)},
		"trinh-chieu": {showPage(projected), show(projected)},
		"don-vi":      {showPage(own), show(own)},
		"huyen":       {showPage(district), show(district)},
		"ke-hoach":    {plansPage(list), plans(list)},
		"hoat-dong":   {activitiesPage(behind), activities(behind)},
		"chua-mo":     {emptyPage(2024), noCampaign(2024, "Kế hoạch")},
	}
}

func sampleFrame(path string) ui.Frame {
	nav := []ui.NavItem{{Label: "Tổng quan", Path: "/tong-quan/2022"}, {Label: "Kế hoạch", Path: "/ke-hoach/2022"}}
	return ui.Frame{SignedIn: true, Who: "Hồ Trung Kiên", WhoUnit: "Lãnh đạo UBND tỉnh", Province: "Tỉnh Hậu Giang",
		Nav: ui.CurrentNav(nav, path), NoticeCount: 3, Moment: sampleNow, Demo: true, Address: path}
}

// policy is as strict as the one the portal is served with.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func galleryServer(t *testing.T) *httptest.Server {
	pages := gallery()
	mux := http.NewServeMux()
	mux.HandleFunc(static.Prefix, static.Handler)
	mux.HandleFunc("/{name}", func(w http.ResponseWriter, r *http.Request) {
		s, ok := pages[r.PathValue("name")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		frame := sampleFrame("/tong-quan/2022")
		frame.Theme = "light"
		if r.URL.RawQuery == "dark" {
			frame.Theme = "dark"
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		if err := ui.Document(frame, s.page, s.body).Render(r.Context(), w); err != nil {
			t.Error(err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// One browser serves all tests of this package; its one tab is used in turn.
var (
	startOnce   sync.Once
	browser     context.Context
	stopBrowser = func() {}
	tab         sync.Mutex
)

func TestMain(m *testing.M) {
	code := m.Run()
	stopBrowser()
	os.Exit(code)
}

func inBrowser(t *testing.T) context.Context {
	t.Helper()
	tab.Lock()
	t.Cleanup(tab.Unlock)
	startOnce.Do(func() {
		var err error
		if browser, stopBrowser, err = browsertest.Start(); err != nil {
			t.Fatal(err)
		}
	})
	ctx, cancel := context.WithTimeout(browser, 3*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func eval[T any](t *testing.T, ctx context.Context, script string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return value
}

// printed is the page on paper, on the sheet its style sheet asks for.
func printed(t *testing.T, ctx context.Context) []byte {
	t.Helper()
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

func TestNoPageIsWiderThanAPhone(t *testing.T) {
	t.Parallel()
	server := galleryServer(t)
	ctx := inBrowser(t)
	for name := range gallery() {
		do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(server.URL+"/"+name))
		if got := eval[int64](t, ctx, `document.documentElement.scrollWidth`); got > 390 {
			t.Errorf("%s is %d px wide on a phone of 390", name, got)
		}
	}
}

func TestARoomSeesEveryUnitAtOnce(t *testing.T) {
	t.Parallel()
	server := galleryServer(t)
	ctx := inBrowser(t)
	do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+"/trinh-chieu"))
	const lowest = `Math.max(...[...document.querySelectorAll('.dv-matrix tr')].map(r => r.getBoundingClientRect().bottom))`
	if got := eval[float64](t, ctx, lowest); got > 768 {
		t.Errorf("the last row ends at %.0f of 768 px", got)
	}
	if got := eval[int](t, ctx, `document.querySelectorAll('.dv-matrix tbody tr').length`); got != 28 {
		t.Errorf("%d units", got)
	}
}

var (
	pdfSheet  = regexp.MustCompile(`/Type\s*/Page[^s]`)
	landscape = regexp.MustCompile(`/MediaBox\s*\[0 0 84[12][.0-9]* 59[45][.0-9]*\]`)
)

func TestTheMatrixPrintsOnOneA4Landscape(t *testing.T) {
	t.Parallel()
	server := galleryServer(t)
	ctx := inBrowser(t)
	for name, want := range map[string]int{"trinh-chieu": 1, "tong-quan": 2} { // the charts stand on the second
		do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+"/"+name))
		pdf := printed(t, ctx)
		if got := len(pdfSheet.FindAll(pdf, -1)); got != want || len(landscape.FindAll(pdf, -1)) != want {
			t.Errorf("%s takes %d sheets, %d of them A4 landscape; want %d", name, got, len(landscape.FindAll(pdf, -1)), want)
		}
	}
}

// TestTakePictures writes the gallery to $DANVAN_SHOTS, for looking at.
func TestTakePictures(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("DANVAN_SHOTS")
	if folder == "" {
		t.Skip("set DANVAN_SHOTS to a folder to take pictures")
	}
	server := galleryServer(t)
	ctx := inBrowser(t)
	for name := range gallery() {
		for _, look := range []string{"light", "dark"} {
			for _, size := range [][2]int64{{1366, 768}, {390, 844}, {1920, 1080}} {
				if size[0] == 1920 && look == "dark" {
					continue
				}
				do(t, ctx, chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(server.URL+"/"+name+"?"+look), chromedp.Sleep(300*time.Millisecond))
				if name != "trinh-chieu" {
					do(t, ctx, chromedp.EmulateViewport(size[0], max(size[1], eval[int64](t, ctx, `document.documentElement.scrollHeight`))))
				}
				picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
				if err != nil {
					t.Fatal(err)
				}
				write(t, folder, fmt.Sprintf("%s-%d-%s.png", name, size[0], look), picture)
			}
		}
		do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+"/"+name))
		write(t, folder, name+".pdf", printed(t, ctx))
	}
}

func write(t *testing.T, folder, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
		t.Fatal(err)
	}
}
