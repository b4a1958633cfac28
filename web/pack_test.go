package web_test

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"danvan/internal/demo/demotest"
)

const packPage = sumAt + "/hop.html"

func init() {
	pageless[packPage] = "a file to keep"
	asks["GET "+packPage] = ask{of: reportRef, params: atSum()}
}

// TestThePackIsReadWithoutPortalOrNetwork opens the file from the disk, offline.
func TestThePackIsReadWithoutPortalOrNetwork(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	got := s.ask("ubnd.lanhdao", "/tong-hop/2022/nam/snv/hop.html").want(http.StatusOK)
	header := got.rec.Header()
	if !strings.HasPrefix(header.Get("Content-Disposition"), `attachment; filename="hop-nam-2022-so-noi-vu-20221128-0842.html"`) ||
		!strings.HasPrefix(header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("served as %v", header)
	}
	file := filepath.Join(t.TempDir(), "hop.html")
	must(t, os.WriteFile(file, got.rec.Body.Bytes(), 0o600))

	r := newReader(t, "file://"+file, "whoever has the file", false)
	var mu sync.Mutex
	var asked []string
	must(t, chromedp.Listen(r.ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, "data:") {
				asked = append(asked, e.Request.URL)
			}
		case *network.EventLoadingFailed:
			asked = append(asked, "failed: "+e.ErrorText)
		}
	}))
	r.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Offline: true, DownloadThroughput: -1, UploadThroughput: -1}}})
		return err
	}))
	r.open("")
	r.says("Tài liệu họp: công tác dân vận chính quyền năm 2022", "Số liệu lúc 08:42 ngày 28/11/2022", "17/28 đơn vị đã gửi báo cáo",
		"Khó khăn, vướng mắc đơn vị nêu", "Kiến nghị, đề xuất của đơn vị", "Hoạt động quá hạn", "Phụ lục. Toàn bộ số liệu")
	mu.Lock()
	if len(asked) != 1 || asked[0] != "file://"+file {
		t.Errorf("opening it asked for %q, want the file alone", asked)
	}
	mu.Unlock()
	if wide := eval[bool](r, `document.documentElement.scrollWidth > innerWidth`); wide {
		t.Error("it is wider than the window")
	}
	if drawn := eval[bool](r, `getComputedStyle(document.body).fontFamily.includes('Be Vietnam Pro') && document.fonts.check('600 16px "Be Vietnam Pro"', 'ộ')`); !drawn {
		t.Error("its font is not inside it")
	}
	if empty := eval[int](r, `[...document.querySelectorAll('use')].filter(u => !document.querySelector(u.getAttribute('href'))).length`); empty > 0 {
		t.Errorf("%d icons are not inside it", empty)
	}
}

// TestThePackIsForThoseWhoSitAtTheTable asks as everybody else.
func TestThePackIsForThoseWhoSitAtTheTable(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	for who, want := range map[string]int{
		"snv.tonghop": http.StatusOK, "snv.thamdinh": http.StatusOK, "bdv.theodoi": http.StatusOK,
		"stp.chuyenvien": http.StatusNotFound, "h-vi-thuy.thamdinh": http.StatusNotFound, "quantri": http.StatusNotFound, "mttq.phoihop": http.StatusNotFound,
	} {
		s.ask(who, "/tong-hop/2022/nam/snv/hop.html").want(want)
	}
	s.ask("h-vi-thuy.thamdinh", "/tong-hop/2022/nam/h-vi-thuy/hop.html").want(http.StatusOK)
	s.ask("snv.tonghop", "/tong-hop/2022/nam/stp/hop.html").want(http.StatusNotFound)
	s.ask("snv.tonghop", "/tong-hop/2022/thang-13/snv/hop.html").want(http.StatusNotFound)
}
