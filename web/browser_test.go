package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"danvan/internal/browsertest"
)

// One browser serves the package. Every reader has a profile of their own in it,
// so that several people are signed in at once and tests run side by side.
var (
	browser      context.Context
	stopBrowser  = func() {}
	startBrowser sync.Once
)

func TestMain(m *testing.M) {
	code := m.Run()
	stopBrowser()
	os.Exit(code)
}

// reader is a person at a browser. What is to be pressed or filled in is named
// by the words on the page, so that a page nobody could use fails the test.
type reader struct {
	t    testing.TB
	ctx  context.Context
	base string // address of the portal
	name string
}

// patient is how long a page may take on a busy machine.
const patient = 30 * time.Second

// newReader opens a window of 1366 × 768 on the portal at base.
func newReader(t testing.TB, base, name string, scripts bool) *reader {
	t.Helper()
	startBrowser.Do(func() {
		var err error
		if browser, stopBrowser, err = browsertest.Start(); err != nil {
			t.Fatal(err)
		}
	})
	ctx, closeTab := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	t.Cleanup(closeTab)
	r := &reader{t: t, ctx: ctx, base: base, name: name}
	// Neither must the first run of a tab.
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(1366, 768), chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		// What glides cannot be aimed at: this reader asks for no motion.
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}})
		if err != nil {
			return err
		}
		_, err = chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
		return err
	})))
	return r
}

func (r *reader) do(steps ...chromedp.Action[chromedp.Void]) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(r.ctx, 3*patient)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.t.Fatalf("%s: %v", r.name, err)
	}
}

// ask evaluates a script for the test: that works even where the page's own
// scripts are switched off.
func asked[T any](r *reader, script string) (T, error) {
	ctx, cancel := context.WithTimeout(r.ctx, patient)
	defer cancel()
	return chromedp.Run(ctx, chromedp.Evaluate[T](script))
}

func eval[T any](r *reader, script string) T {
	r.t.Helper()
	v, err := asked[T](r, script)
	if err != nil {
		r.t.Fatalf("%s: %s: %v", r.name, script, err)
	}
	return v
}

// waits until a script is true, also across a change of page.
func (r *reader) waits(script, what string) {
	r.t.Helper()
	for deadline := time.Now().Add(patient); ; time.Sleep(20 * time.Millisecond) {
		if ok, err := asked[bool](r, "Boolean("+script+")"); err == nil && ok {
			return
		}
		if time.Now().After(deadline) {
			r.t.Fatalf("%s never saw %s on\n%s", r.name, what, r.page())
		}
	}
}

// page is what the page says, for messages: its beginning and its end.
func (r *reader) page() string {
	text, err := asked[string](r, `location.pathname + location.search + '\n' + (document.querySelector('main') ?? document.body).innerText`)
	if err != nil {
		return err.Error()
	}
	const most = 800 // characters of each
	if runes := []rune(text); len(runes) > 2*most {
		return string(runes[:most]) + "\n …\n" + string(runes[len(runes)-most:])
	}
	return text
}

// open types an address.
func (r *reader) open(path string) {
	r.t.Helper()
	r.do(chromedp.Navigate(r.base + path))
	r.waits(settled, path)
}

// settled is a page that moves no more: until its fonts are there, what one aims
// at may step aside.
const settled = `document.readyState === 'complete' && document.fonts.status === 'loaded'`

// leave does what leads to another page and waits until that is there.
func (r *reader) leave(how func(), to string) {
	r.t.Helper()
	eval[bool](r, `window.left = true`)
	how()
	r.waits(`!window.left && `+settled, to)
}

func (r *reader) at() string {
	r.t.Helper()
	return eval[string](r, `location.pathname`)
}

// says checks that the page shows texts, in whatever lines.
func (r *reader) says(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		r.waits(fmt.Sprintf(`document.body?.innerText.replace(/\s+/g, ' ').includes(%s)`, quote(text)), quote(text))
	}
}

func (r *reader) silent(texts ...string) {
	r.t.Helper()
	for _, text := range texts {
		if eval[bool](r, fmt.Sprintf(`document.body.innerText.replace(/\s+/g, ' ').includes(%s)`, quote(text))) {
			r.t.Fatalf("%s reads %q on\n%s", r.name, text, r.page())
		}
	}
}

// follow presses a link or a button and waits for the page it leads to.
func (r *reader) follow(words string, near ...string) {
	r.t.Helper()
	r.leave(func() { r.press(words, near...) }, "what follows "+quote(words))
}

// press clicks a link, a button or the title of something folded. near picks one
// of several with the same words: the one closest to those other words.
func (r *reader) press(words string, near ...string) {
	r.t.Helper()
	r.click("pressed", words, near...)
}

// fill types text into a field, in place of what stood there.
func (r *reader) fill(label, text string, near ...string) {
	r.t.Helper()
	r.click("field", label, near...)
	r.do(chromedp.KeyEvent("a", chromedp.KeyModifiers(chromedp.ModifierCtrl)), r.insert(text))
	if got := eval[string](r, `document.activeElement.value`); got != text {
		r.t.Fatalf("%s typed %q into %s, it holds %q", r.name, text, label, got)
	}
}

// write types on at the place where the cursor is, as with an input method for
// Vietnamese: whole words arrive.
func (r *reader) insert(text string) chromedp.Action[chromedp.Void] {
	if text == "" {
		return chromedp.KeyEvent(kb.Backspace)
	}
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
}

// choose picks an answer of a closed list with the keys.
func (r *reader) choose(label, answer string) {
	r.t.Helper()
	r.find("field", label)
	steps := eval[int](r, fmt.Sprintf(`(() => {
		window.found.focus();
		return [...window.found.options].findIndex((o) => o.label.replace(/\s+/g, ' ').trim() === %s);
	})()`, quote(answer)))
	if steps < 0 {
		r.t.Fatalf("%s: %s has no answer %q on\n%s", r.name, label, answer, r.page())
	}
	r.do(chromedp.KeyEvent(kb.Home + strings.Repeat(kb.ArrowDown, steps)))
	if got := eval[string](r, `window.found.selectedOptions[0].label.replace(/\s+/g, ' ').trim()`); got != answer {
		r.t.Fatalf("%s chose %q, %s says %q", r.name, answer, label, got)
	}
}

// tick clicks a box or a round answer by its words.
func (r *reader) tick(words string, near ...string) {
	r.t.Helper()
	r.click("answer", words, near...)
}

// spot is where something stands in the window.
type spot struct {
	Found   int
	X, Y    float64
	Covered string
	Offered []string
}

// find looks for what a person would look for and brings it into the window.
func (r *reader) find(kind, words string, near ...string) spot {
	r.t.Helper()
	other := strings.Join(near, " ")
	script := fmt.Sprintf("(%s)(%s, %s, %s)", finder, quote(kind), quote(words), quote(other))
	at := eval[spot](r, script)
	for deadline := time.Now().Add(patient / 4); at.Found == 0 && time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		at = eval[spot](r, script)
	}
	switch {
	case at.Found == 0:
		r.t.Fatalf("%s finds no %s %q near %q; there are\n%s\non\n%s", r.name, kind, words, other, strings.Join(at.Offered, " | "), r.page())
	case at.Found > 1:
		r.t.Fatalf("%s finds %d of %s %q near %q on\n%s", r.name, at.Found, kind, words, other, r.page())
	case at.Covered != "":
		r.t.Fatalf("%s cannot reach %q: it lies under %s", r.name, words, at.Covered)
	}
	return at
}

// click moves the mouse there and presses once the page has noticed: a page still
// moves while its fonts load, and right after scrolling believes to be elsewhere.
func (r *reader) click(kind, words string, near ...string) {
	r.t.Helper()
	at := r.find(kind, words, near...)
	for deadline := time.Now().Add(patient / 4); time.Now().Before(deadline); at = r.find(kind, words, near...) {
		r.do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X, at.Y))
		if eval[bool](r, `window.found.matches(':hover')`) {
			r.do(chromedp.MouseClickXY(at.X, at.Y))
			return
		}
	}
	r.t.Fatalf("%s points at %q, and the page does not notice", r.name, words)
}

func quote(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings always have a form in JSON
	}
	return string(b)
}

// finder finds one thing by kind and words, closest to other words when given.
const finder = `(kind, words, near) => {
	const plain = (s) => (s ?? '').replace(/\s+/g, ' ').trim();
	const seen = (e) => e && e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
	const texts = {
		pressed: () => [...document.querySelectorAll('a[href], button, summary')].map((e) => [e, plain(e.innerText)]),
		field: () => [...document.querySelectorAll('label')].map((e) => [e.control, plain(e.innerText)]),
		answer: () => [...document.querySelectorAll('label')].filter((e) => /^(checkbox|radio)$/.test(e.control?.type)).map((e) => [e.control, plain(e.innerText)]),
	};
	const all = texts[kind]().filter(([e]) => seen(e));
	let hits = all.filter(([, text]) => text === words);
	if (hits.length === 0) hits = all.filter(([, text]) => text.startsWith(words));
	if (near !== '' && hits.length > 0) {
		const way = (e) => {
			let steps = 0;
			for (; e && !plain(e.innerText).includes(near); e = e.parentElement) steps++;
			return e ? steps : Infinity;
		};
		const ways = hits.map(([e]) => way(e));
		const least = Math.min(...ways);
		hits = hits.filter((_, i) => ways[i] === least && least < Infinity);
	}
	// Several links to one place are as good as one.
	const places = new Set(hits.map(([e]) => e.href ?? e));
	if (places.size === 1) hits = hits.slice(0, 1);
	if (hits.length !== 1) return {Found: hits.length, Offered: all.map(([, text]) => text)};
	const e = window.found = hits[0][0];
	e.scrollIntoView({block: 'center', behavior: 'instant'});
	const box = [...e.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0];
	const at = {Found: 1, X: box.x + box.width / 2, Y: box.y + box.height / 2};
	const top = document.elementFromPoint(at.X, at.Y);
	if (!e.contains(top)) at.Covered = top?.outerHTML.slice(0, 200) ?? 'nothing: it is outside the window';
	return at;
}`
