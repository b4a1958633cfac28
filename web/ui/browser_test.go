package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"danvan/internal/browsertest"
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

// inBrowser holds the tab until the test ends.
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
	ctx, cancel := context.WithTimeout(browser, time.Minute)
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

func TestIconsOfTheSpriteShowUnderTheStrictPolicy(t *testing.T) {
	t.Parallel()
	server := galleryServer(t)
	ctx := inBrowser(t)
	do(t, ctx, chromedp.EmulateViewport(1366, 768), chromedp.Navigate(server.URL+"/danh-sach"))
	// A symbol that is missing, or that the policy refused, has no extent.
	const extent = `(() => { const b = document.querySelector('.dv-st-overdue use').getBBox(); return b.width * b.height })()`
	waitFor(t, ctx, extent+" > 0")
	if n := eval[int](t, ctx, `[...document.querySelectorAll('use')].filter(u => u.checkVisibility() && u.getBBox().width === 0).length`); n > 0 {
		t.Errorf("%d icons show nothing", n)
	}
}

func TestNoPageIsWiderThanAPhone(t *testing.T) {
	t.Parallel()
	server := galleryServer(t)
	ctx := inBrowser(t)
	for name := range gallery() {
		do(t, ctx, chromedp.EmulateViewport(390, 844), chromedp.Navigate(server.URL+"/"+name))
		if width := eval[int](t, ctx, `document.documentElement.scrollWidth`); width > 390 {
			t.Errorf("%s is %d px wide on a phone of 390", name, width)
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
			for _, size := range [][2]int64{{1366, 768}, {390, 844}} {
				do(t, ctx, chromedp.EmulateViewport(size[0], size[1]), chromedp.Navigate(server.URL+"/"+name+"?"+look), chromedp.Sleep(300*time.Millisecond))
				// A window as tall as the page: bars that stick to its edge stand at the end.
				do(t, ctx, chromedp.EmulateViewport(size[0], eval[int64](t, ctx, `document.documentElement.scrollHeight`)))
				picture, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
				if err != nil {
					t.Fatal(err)
				}
				file := filepath.Join(folder, fmt.Sprintf("%s-%d-%s.png", name, size[0], look))
				if err := os.WriteFile(file, picture, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
