package bench

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"danvan/internal/demo"
	"danvan/web/paths"
)

// TestTakePicture writes the picture of the README from the demonstration:
// make picture. Without a file to write to there is nothing to do.
func TestTakePicture(t *testing.T) {
	file := os.Getenv("DANVAN_PICTURE")
	if file == "" {
		t.Skip("no DANVAN_PICTURE to write to")
	}
	x := newBed(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.UserDataDir(t.TempDir()))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(ctx)
	defer cancel()
	ctx, done := context.WithTimeout(ctx, time.Minute)
	defer done()
	must(t, chromedp.Do(ctx,
		chromedp.EmulateViewport(1366, 768),
		chromedp.Navigate(x.site.URL+paths.SignIn),
		chromedp.SendKeys(chromedp.CSS("[name=username]"), "ubnd.lanhdao"),
		chromedp.SendKeys(chromedp.CSS("[name=password]"), demo.Password+"\r"),
		chromedp.WaitVisible(chromedp.CSS(".dv-matrix")),
		chromedp.Navigate(x.site.URL+paths.Overview(demo.Start.Year())),
		chromedp.Sleep(500*time.Millisecond)))
	height, err := chromedp.Run(ctx, chromedp.Evaluate[int64](`Math.ceil(document.querySelector(".dv-legend").getBoundingClientRect().bottom) + 8`))
	must(t, err)
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(1366, height)))
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	must(t, err)
	must(t, os.WriteFile(file, picture, 0o644))
}
