// Package browsertest starts the browser that tests look at pages with.
package browsertest

import (
	"context"
	"os/exec"

	"github.com/chromedp/chromedp"
)

// Start starts a browser without windows that asks nobody for anything but its
// pages. Every tab is made from its context; stop ends it.
func Start() (browser context.Context, stop func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		// Tabs of one address would otherwise share one process, and wait for each other.
		chromedp.Flag("process-per-tab", true))
	// As Debian names the browser that has no windows at all: a journey takes about
	// half of what it takes in one that only hides them.
	if shell, err := exec.LookPath("chromium-headless-shell"); err == nil {
		options = append(options, chromedp.ExecPath(shell))
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	browser, stopTab := chromedp.NewContext(allocator)
	stop = func() { stopTab(); stopAllocator() }
	// The first run starts the browser and must have no deadline.
	if err := chromedp.Do(browser); err != nil {
		stop()
		return nil, func() {}, err
	}
	return browser, stop, nil
}
