package web_test

import (
	"context"
	_ "embed"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"danvan/internal/demo/demotest"
)

// axe is axe-core 4.14.1, of the Mozilla Public License 2.0 beside it.
//
//go:embed testdata/axe.min.js
var axe string

// phone and desk are the widths pages are made for.
const (
	desk  = 1366
	phone = 390
)

// lookOnlyAt shortens the look while a page is being made.
var lookOnlyAt = flag.String("look-only-at", "", "look only at pages whose route holds this, and at no refusals")

// TestEveryPageIsAccessibleAndSound looks at every page of the route table, and
// at what forms, conflicts and refusals answer, on a desk and on a phone, light
// and dark.
func TestEveryPageIsAccessibleAndSound(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	var pages []shownPage
	for _, route := range slices.Sorted(maps.Keys(looks)) {
		if !strings.Contains(route, *lookOnlyAt) {
			continue
		}
		for _, l := range looks[route] {
			pages = append(pages, shownPage{l.who, s.place(l.path), s.ask(l.who, s.place(l.path)).want(http.StatusOK).rec})
		}
	}
	if *lookOnlyAt == "" {
		pages = append(pages, s.answers()...)
	}
	lookAt(t, pages, s.router)
}

// lookAt looks at pages as they were answered, from one origin with the styles of
// the portal.
func lookAt(t *testing.T, pages []shownPage, portal http.Handler) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/trang/%d", &n); err != nil || n >= len(pages) {
			portal.ServeHTTP(w, r)
			return
		}
		for name, values := range pages[n].rec.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(pages[n].rec.Code)
		_, _ = w.Write(pages[n].rec.Body.Bytes())
	}))
	t.Cleanup(server.Close)

	seen := &judged{names: map[string]bool{}}
	for half := range 2 { // one core each
		t.Run(fmt.Sprintf("half %d", half+1), func(t *testing.T) {
			t.Parallel()
			x := newExaminer(t, server.URL, seen)
			for n := half; n < len(pages); n += 2 {
				for _, fault := range x.faults(fmt.Sprintf("/trang/%d", n)) {
					t.Errorf("%s as %q: %s", pages[n].path, pages[n].who, fault)
				}
			}
		})
	}
}

// TestTheLookAtPagesSeesFaults holds the looking itself to account.
func TestTheLookAtPagesSeesFaults(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `<!doctype html><html lang="en"><title>x</title><p style="color:#999">Error</p><p id="a"></p><p id="a"></p>
			<a href="#b">b</a><button></button><div><h1>x</h1><h1>y</h1><script>1</script><a href="/c">c</a> <img src="/d"></div>`)
	}))
	t.Cleanup(server.Close)
	x := newExaminer(t, server.URL, &judged{names: map[string]bool{}})
	x.open("/")
	faults := strings.Join(eval[[]string](x.reader, sound), "\n")
	for _, want := range []string{"language is en", "2 headings", "inline style", "inline script", "no name", "the id a", "nothing on this page", "no Vietnamese: Error"} {
		if !strings.Contains(faults, want) {
			t.Errorf("nobody notices: %s in\n%s", want, faults)
		}
	}
	for look, wants := range map[string][]string{"light": {"image-alt", "button-name", "landmark-one-main", "color-contrast"}, "dark": {"color-contrast"}} {
		faults := strings.Join(x.violations(look), "\n")
		for _, want := range wants {
			if !strings.Contains(faults, want) {
				t.Errorf("%s: axe does not notice %s in\n%s", look, want, faults)
			}
		}
	}
	// Colours are judged once, and again where anything behind them is another.
	const contrast = "color-contrast"
	if faults := strings.Join(x.violations("dark"), "\n"); strings.Contains(faults, contrast) {
		t.Errorf("the same colours are judged twice:\n%s", faults)
	}
	for _, change := range []string{`backgroundColor = '#ccc'`, `fontSize = '9px'`, `opacity = '.9'`} {
		eval[string](x.reader, `document.body.style.`+change)
		if faults := strings.Join(x.violations("dark"), "\n"); !strings.Contains(faults, contrast) {
			t.Errorf("nobody judges colours again after %s", change)
		}
	}
}

// TestAPageWrittenIntoAWindowIsAsIfOpened holds [examiner.show] to account: scripts run
// again on each page, and nothing of the page before is left.
func TestAPageWrittenIntoAWindowIsAsIfOpened(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/page.js":
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = io.WriteString(w, `document.body.append(' ran at ' + location.pathname);
				document.addEventListener('click', () => document.body.append(' clicked at ' + document.title));`)
		case "/red.css":
			w.Header().Set("Content-Type", "text/css")
			_, _ = io.WriteString(w, `p { color: rgb(255, 0, 0) }`)
		default:
			title := strings.TrimPrefix(r.URL.Path, "/")
			_, _ = fmt.Fprintf(w, `<!doctype html><html lang="vi"><meta charset="utf-8"><title>%s</title><link rel="stylesheet" href="/%s.css"><script type="module" src="/page.js"></script><body><p>%s`, title, title, title)
		}
	}))
	t.Cleanup(server.Close)
	x := newExaminer(t, server.URL, nil)
	for _, page := range []struct{ title, colour string }{{"red", "rgb(255, 0, 0)"}, {"plain", "rgb(0, 0, 0)"}, {"red", "rgb(255, 0, 0)"}} {
		x.show("/" + page.title)
		want := fmt.Sprintf("%[1]s ran at /%[1]s clicked at %[1]s, %s, CSS1Compat", page.title, page.colour)
		got := eval[string](x.reader, `(document.body.click(), document.body.textContent + ', ' + getComputedStyle(document.querySelector('p')).color + ', ' + document.compatMode)`)
		if got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// shownPage is a page as somebody was answered.
type shownPage struct {
	who, path string
	rec       *httptest.ResponseRecorder
}

// examiner looks at pages, and knows what was judged before.
type examiner struct {
	*reader
	judged *judged
	opened bool // whether the window has a page
}

// newExaminer opens a window in which axe is at home.
func newExaminer(t testing.TB, base string, judged *judged) *examiner {
	t.Helper()
	x := &examiner{reader: newReader(t, base, "axe", true), judged: judged}
	x.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: axe + ready})
		return err
	}))
	return x
}

// faults lists whatever is wrong with a page. What somebody has to unfold is looked
// at unfolded. Light and dark are one document: in the dark only colours are judged
// again.
func (x *examiner) faults(address string) []string {
	x.t.Helper()
	x.do(chromedp.EmulateViewport(desk, 768, small))
	x.show(address)
	found := eval[[]string](x.reader, sound)
	eval[bool](x.reader, unfold)
	for _, width := range []int64{desk, phone} {
		// A window as tall as the page: bars that stick to its edge cover nothing.
		x.do(chromedp.EmulateViewport(width, 768, small))
		x.do(chromedp.EmulateViewport(width, eval[int64](x.reader, `document.documentElement.scrollHeight`), small))
		if wide := eval[int64](x.reader, `document.documentElement.scrollWidth`); wide > width {
			found = append(found, fmt.Sprintf("%d px wide in a window of %d", wide, width))
		}
		for _, look := range []string{"light", "dark"} {
			for _, fault := range x.violations(look) {
				found = append(found, fmt.Sprintf("%s, %d px: %s", look, width, fault))
			}
		}
	}
	return found
}

// show writes a page into the window where axe is at home already, as if it had been
// opened there. With a new window for each page, axe would be read anew and run as cold
// code: that took a third of the whole look.
func (x *examiner) show(address string) {
	x.t.Helper()
	if !x.opened {
		x.do(chromedp.Navigate(x.base + address))
		x.opened = true
	}
	ctx, cancel := context.WithTimeout(x.ctx, 3*patient)
	defer cancel()
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(async () => {
		const page = await (await fetch(`+quote(address)+`)).text();
		history.replaceState(null, '', `+quote(address)+`);
		document.open();
		const loaded = new Promise((done) => window.addEventListener('load', done, {once: true}));
		// A module runs once for each address.
		document.write(page.replaceAll(/(<script type="module" src="[^"?]*)"/g, '$1?' + performance.now() + '"'));
		document.close();
		await loaded;
		return true;
	})()`, chromedp.EvalAwaitPromise)); err != nil {
		x.t.Fatalf("%s: %v", address, err)
	}
}

// small draws a page small, which changes nothing of its layout: nobody looks at
// the pixels, and to draw them takes a tenth of the whole look.
func small(metrics *emulation.SetDeviceMetricsOverrideParams, _ *emulation.SetTouchEmulationEnabledParams) {
	metrics.Scale = 0.05
}

// unfold opens what is folded but the menu, which lies over the page, and ends
// every transition at once.
const unfold = `(() => {
	const still = new CSSStyleSheet();
	still.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important }');
	document.adoptedStyleSheets = [still];
	for (const folded of document.querySelectorAll('details:not([data-menu])')) folded.open = true;
	return true;
})()`

// violations asks axe what breaks WCAG 2.2 A and AA or its best practices. Only a
// trial rule, which none of these is, would read the style sheets beforehand.
func (x *examiner) violations(look string) []string {
	x.t.Helper()
	keys := eval[[]string](x.reader, `(() => { document.documentElement.dataset.theme = `+quote(look)+`; return `+colours+` })()`)
	fresh := x.judged.add(look, keys)
	only := `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}`
	if look == "dark" {
		if len(fresh) == 0 {
			return nil
		}
		only = `{type: 'rule', values: ['color-contrast', 'link-in-text-block']}`
	} else {
		eval[int](x.reader, cramped)
	}
	ctx, cancel := context.WithTimeout(x.ctx, 3*patient)
	defer cancel()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(async () => {
		const fresh = `+quote(fresh)+`.map((key) => coloured.get(key));
		for (const e of fresh) e.dataset.unjudged = '';
		const {violations} = await axe.run({runOnly: `+only+`, resultTypes: ['violations'], preload: {assets: ['media']}});
		for (const e of fresh) delete e.dataset.unjudged;
		return violations.flatMap((v) => v.nodes.map((n) => v.id + ' (' + v.help + ') at ' + n.target.join(' ') + ': ' + document.querySelector(n.target[0])?.outerHTML.slice(0, 300) + '\n' + n.failureSummary));
	})()`, chromedp.EvalAwaitPromise))
	if err != nil {
		x.t.Fatalf("axe: %v", err)
	}
	return found
}

// sound lists what no page of the portal may do.
const sound = `(() => {
	const faults = [];
	const show = (e) => e.outerHTML.slice(0, 160);
	const say = (words, elements) => { for (const e of elements) faults.push(words + ': ' + show(e)); };
	const all = [...document.querySelectorAll('*')];
	if (document.documentElement.lang !== 'vi') faults.push('its language is ' + document.documentElement.lang);
	if (document.title.trim() === '') faults.push('it has no title');
	const heads = document.querySelectorAll('h1');
	if (heads.length !== 1) faults.push(heads.length + ' headings h1');
	say('an inline style', all.filter((e) => e.hasAttribute('style') || e.localName === 'style'));
	say('an inline script', all.filter((e) => e.localName === 'script' && !e.src || [...e.attributes].some((a) => /^on/i.test(a.name))));
	say('no name', [...document.querySelectorAll('a[href], button, summary')].filter((e) => (e.textContent + (e.getAttribute('aria-label') ?? '')).trim() === ''));
	const ids = all.map((e) => e.id).filter(Boolean);
	for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push('two elements with the id ' + id);
	say('leads to nothing on this page', [...document.querySelectorAll('a[href^="#"]')].filter((e) => !document.getElementById(decodeURIComponent(e.hash.slice(1)))));
	for (const attribute of ['aria-describedby', 'aria-labelledby', 'aria-controls', 'for']) {
		say('names an element that is not there', all.filter((e) => (e.getAttribute(attribute) ?? '').split(/\s+/).filter(Boolean).some((id) => !document.getElementById(id))));
	}
	const words = document.body.innerText.match(/.{0,40}(\b(Submit|Error|Choose|Invalid|undefined|null|NaN|nil|true|false)\b|%!|&amp;|&lt;).{0,40}/);
	if (words) faults.push('no Vietnamese: ' + words[0]);
	return faults;
})()`
