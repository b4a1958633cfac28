package plans

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"danvan/internal/browsertest"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/static"
)

// One browser serves the package; its tests share one tab and run in turn.
var (
	browser     context.Context
	stopBrowser = func() {}
	startOnce   sync.Once
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
	ctx, cancel := context.WithTimeout(browser, 4*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
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

// waitFor waits until a script is true.
func waitFor(t *testing.T, ctx context.Context, script string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if eval[bool](t, ctx, "Boolean("+script+")") {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("never came true: %s\n%s", script, eval[string](t, ctx, "document.body.innerText"))
		}
	}
}

// serve serves the pages to a browser; the query may say who asks, and how the
// page is to look.
func (p *portal) serve() *httptest.Server {
	p.t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if len(r.URL.Path) > len(static.Prefix) && r.URL.Path[:len(static.Prefix)] == static.Prefix {
			static.Handler(w, r)
			return
		}
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'")
		act, ok := p.people[r.URL.Query().Get("ai")]
		if !ok {
			act = p.people["truc"]
		}
		if look := r.URL.Query().Get("look"); look != "" {
			r.AddCookie(&http.Cookie{Name: "danvan_theme", Value: look})
		}
		frame := frameOf(act)
		frame.Demo, frame.WhoUnit, frame.Moment = true, "Sở Tư pháp", p.now
		p.router.ServeHTTP(w, current.With(r, current.Visit{Actor: act, Now: p.now, Frame: frame}))
	}))
	p.t.Cleanup(server.Close)
	return server
}

func TestTypingSavesByItselfAndGivesANewActivityItsAddress(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	server := p.serve()
	ctx := inBrowser(t)
	do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+paths.NewActivity(2022, "stp", 4)))
	if eval[int](t, ctx, `[...document.querySelectorAll('[data-shown-when]')].filter(e => !e.hidden).length`) != 0 {
		t.Error("fields of the time show before one says how it is given")
	}
	eval[bool](t, ctx, `(() => { const t = document.getElementById('title'); t.focus(); t.value = 'Đối thoại';
		t.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	waitFor(t, ctx, `document.querySelector('[data-saved]').textContent.includes('Đã lưu lúc')`)
	if got := eval[string](t, ctx, `location.pathname`); got != editPath("4.1") {
		t.Errorf("the page is at %s", got)
	}
	if got := eval[string](t, ctx, `document.activeElement.id`); got != "title" {
		t.Errorf("the focus went to %q", got)
	}
	p.now = p.now.Add(time.Minute)
	theirs := editForm(p, "gam", "4.1")
	theirs.Set("product", "03 cuộc")
	p.post("gam", editPath("4.1"), theirs).want(303)
	eval[bool](t, ctx, `(() => { const k = document.getElementById('time'); k.value = 'month'; k.dispatchEvent(new Event('change', {bubbles: true}));
		const m = document.getElementById('month'); m.value = '3'; m.dispatchEvent(new Event('change', {bubbles: true})); return !m.closest('[data-shown-when]').hidden })()`)
	waitFor(t, ctx, `document.getElementById('product').value === '03 cuộc'`)
	if a := p.stored("4.1"); a.Title != "Đối thoại" || a.Content["time"] != "2022/month/3" || a.Product != "03 cuộc" || p.count() != 1 {
		t.Errorf("stored %v in %d activities", a.Content, p.count())
	}
}

// year brings a plan to 28/11/2022: accepted, amended, returned with remarks.
func (p *portal) year() {
	p.t.Helper()
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.now = p.now.Add(72 * time.Hour)
	p.accept(1)
	p.now = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)
	p.log("1.1", viet.NewDate(2022, 3, 20), "100", "Đã ban hành")
	p.log("2.1", viet.NewDate(2022, 8, 1), "100", "Xong sau quý II")
	p.log("3.1", viet.NewDate(2022, 4, 10), "100", "")
	p.log("4.1", viet.NewDate(2022, 10, 31), "54", "Đã tiếp 22 kỳ.\nMột kỳ chuyển sang tháng 11 do bão.")
}

func (p *portal) returned() {
	p.t.Helper()
	p.must(p.plans.Amend(p.t.Context(), p.people["truc"], p.now, post.Once{}, stp))
	code := p.add(6, submission.Content{"title": "Phối hợp với Cục Thi hành án dân sự tỉnh vận động đương sự tự nguyện thi hành án", "product": "10 vụ việc", "time": "2022/month/12"})
	p.assign(code, "oanh")
	p.sendToLeader()
	p.signOff()
	p.sendBack(2, "4.2", "Ghi rõ thành phần dự, cơ quan phối hợp và sản phẩm sau đối thoại (thông báo kết luận).")
	p.assign(code, "nhut")
	_, err := p.plans.Assign(p.t.Context(), p.people["truc"], p.now.Add(time.Second), post.Once{}, stp, code,
		plan.Charge{Was: p.people["nhut"].Person}, plan.Charge{})
	p.must(err)
}

// TestTakePictures writes the pages to $DANVAN_SHOTS, for looking at.
func TestTakePictures(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("DANVAN_SHOTS")
	if folder == "" {
		t.Skip("set DANVAN_SHOTS to a folder to take pictures")
	}
	p := newPortal(t)
	server := p.serve()
	ctx := inBrowser(t)
	looks := func(name string, open func(look string)) {
		for _, size := range [][2]int64{{1366, 768}, {390, 844}} {
			for _, look := range []string{"light", "dark"} {
				do(t, ctx, chromedp.EmulateViewport(size[0], size[1]))
				open(look)
				do(t, ctx, chromedp.Sleep(250*time.Millisecond))
				if width := eval[int](t, ctx, `document.documentElement.scrollWidth`); width > int(size[0]) {
					t.Errorf("%s is %d px wide on a screen of %d", name, width, size[0])
				}
				picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
				p.must(err)
				p.must(os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, size[0], look)), picture, 0o644))
			}
		}
	}
	shoot := func(name, who, path string) {
		looks(name, func(look string) {
			do(t, ctx, chromedp.Navigate(server.URL+path+"?ai="+who+"&look="+look))
		})
	}
	// sent posts a form after meanwhile, with some fields changed.
	sent := func(name, code, change string, meanwhile func()) {
		looks(name, func(look string) {
			do(t, ctx, chromedp.Navigate(server.URL+editPath(code)+"?look="+look))
			meanwhile()
			eval[bool](t, ctx, `(() => { const f = document.querySelector('form[data-autosave]'); f.action += '?look=`+look+`'; const e = f.elements; `+change+`; f.submit(); return true })()`)
			waitFor(t, ctx, `document.querySelector('.dv-errors, .dv-merge')`)
		})
	}
	shoot("chua-soan", "truc", page)
	p.year()
	shoot("co-hieu-luc", "truc", page)
	shoot("co-hieu-luc-lanhdao", "chutich", page)
	shoot("hoat-dong", "truc", paths.Activity(2022, "stp", "4.1"))
	p.returned()
	shoot("tra-lai", "truc", page)
	shoot("sua", "truc", editPath("6.1"))
	sent("loi", "6.1", `e.time.value = 'day'; e.due_on.value = '31/11/2022'; e.target.value = '10 vụ'`, func() {})
	n := 0
	sent("xung-dot", "4.2", `e.due_on.value = '05/12/2022'; e.description.value = 'Đối thoại về hộ tịch, trợ giúp pháp lý tại huyện Long Mỹ.'; e.product.value = '02 cuộc; 02 thông báo'`, func() {
		n++
		theirs := editForm(p, "gam", "4.2")
		theirs.Set("due_on", fmt.Sprintf("%d/12/2022", 10+n))
		theirs.Set("description", fmt.Sprintf("Đối thoại về hộ tịch tại 02 địa bàn; mời %d đại biểu Mặt trận.", n))
		theirs.Set("section", fmt.Sprintf("Phòng %d", n))
		p.post("gam", editPath("4.2"), theirs).want(303)
	})
	shoot("pham-vi", "truc", paths.PlanScope(2022, "stp", 6))
	shoot("van-ban", "truc", paths.Reference(paths.Plan(2022, "stp")))
	shoot("lich-su", "truc", paths.History(paths.Plan(2022, "stp"), ""))
	shoot("lan-gui", "truc", paths.Version(paths.Plan(2022, "stp"), 2))
	shoot("dung", "truc", paths.StopActivity(2022, "stp", "4.2"))
	do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+page))
	paper, err := chromedp.Run(ctx, func(ctx context.Context, target *chromedp.Target) ([]byte, error) {
		result, err := cdp.Call(ctx, target, cdppage.PrintToPDF, cdppage.PrintToPDFParams{PreferCSSPageSize: new(true)})
		return result.Data, err
	})
	p.must(err)
	p.must(os.WriteFile(filepath.Join(folder, "tra-lai.pdf"), paper, 0o644))
	p.now = p.now.Add(time.Minute)
	p.assign("6.1", "nhut")
	p.must(p.plans.AnswerRemark(t.Context(), p.people["truc"], p.now, post.Once{}, stp, 1, 1, "Đã ghi rõ thành phần dự."))
	p.sendToLeader()
	shoot("khoa", "truc", page)
}
