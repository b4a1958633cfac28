package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestColoursJudgedBeforeHideNoFault shows pages in pairs: what was judged on the
// first must not hide the fault of the second.
func TestColoursJudgedBeforeHideNoFault(t *testing.T) {
	t.Parallel()
	const contrast, link = "color-contrast", "link-in-text-block"
	pairs := []struct{ what, first, second, want string }{
		{"the phone alone", `<p>Chữ</p>`, `<style>@media (width < 600px) { p { color: #999 } }</style><p>Chữ</p>`, "light, 390 px: " + contrast},
		{"the dark alone", `<p>Chữ</p>`, `<style>[data-theme=dark] p { color: #999 }</style><p>Chữ</p>`, "dark, 1366 px: " + contrast},
		{"the dark of a phone alone", `<p>Chữ</p>`, `<style>@media (width < 600px) { [data-theme=dark] p { color: #999 } }</style><p>Chữ</p>`, "dark, 390 px: " + contrast},
		{"another ground", `<p>Chữ</p>`, `<div style="background:#222"><p>Chữ</p></div>`, contrast},
		{"a thinner letter", `<p style="color:#777;font:bold 20px sans-serif">Chữ</p>`, `<p style="color:#777;font:20px sans-serif">Chữ</p>`, contrast},
		{"a text that juts out of its ground", `<div style="background:#000"><p style="color:#eee">Chữ</p></div>`,
			`<div style="background:#000;height:20px"><p style="color:#eee;padding-top:60px">Chữ</p></div>`, contrast},
		{"a text moved off its ground", `<div style="background:#000"><b style="color:#eee">Chữ</b></div>`,
			`<div style="background:#000;height:30px"><b style="color:#eee;position:absolute;top:300px">Chữ</b></div>`, contrast},
		{"a text pulled over another ground", `<p>Chữ</p>`, `<div style="background:#222;height:60px"></div><p style="margin-top:-50px">Chữ</p>`, contrast},
		{"a text that was hidden", `<p style="position:absolute;overflow:hidden;width:1px;height:1px;clip-path:inset(50%);color:#999">Chữ</p>`, `<p style="color:#999">Chữ</p>`, contrast},
		{"a text that was clipped", `<div style="overflow:hidden;height:40px"><p style="color:#999;margin-top:80px">Chữ</p></div>`, `<p style="color:#999">Chữ</p>`, contrast},
		{"a text one has to scroll to", `<p>Chữ</p>`, `<div style="overflow-x:auto;width:100px"><p style="width:600px;padding-left:300px;color:#999">Chữ</p></div>`, contrast},
		{"a label that was nobody's to fill in", `<label style="color:#999">Chữ <input disabled></label>`, `<label style="color:#999">Chữ <input></label>`, contrast},
		{"a link that stood alone", `<p><a href="/" style="color:#111;text-decoration:none">Chữ</a></p>`,
			`<p>Một câu dài có một <a href="/" style="color:#111;text-decoration:none">Chữ</a> ở giữa.</p>`, link},
		{"a link in words of another colour", `<p>Một câu dài có một <a href="/" style="color:#767676;text-decoration:none">Chữ</a> ở giữa.</p>`,
			`<p style="color:#666">Một câu dài có một <a href="/" style="color:#767676;text-decoration:none">Chữ</a> ở giữa.</p>`, link},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n, second int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d/%d", &n, &second); err != nil {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, planted([]string{pairs[n].first, pairs[n].second}[second]))
	}))
	t.Cleanup(server.Close)
	x := newExaminer(t, server.URL, nil)
	for n, pair := range pairs {
		x.judged = &judged{names: map[string]bool{}}
		x.faults(fmt.Sprintf("/%d/0", n))
		if faults := strings.Join(x.faults(fmt.Sprintf("/%d/1", n)), "\n"); !strings.Contains(faults, pair.want) {
			t.Errorf("%s: nobody notices %s in\n%s", pair.what, pair.want, faults)
		}
	}
}

// planted is a page without fault but for what is planted in it.
func planted(body string) string {
	return `<!doctype html><html lang="vi"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trang</title><body style="background:#fff"><main><h1>Trang</h1>` +
		body + `</main>`
}

// ready makes axe judge colours only of what is marked as not judged before, and room
// only of targets not seen to have it, and keep no source of what is in order.
const ready = `axe.configure({noHtml: true, rules: [
	{id: 'color-contrast', selector: '[data-unjudged]'},
	{id: 'link-in-text-block', selector: 'a[href][data-unjudged], [role=link][data-unjudged]'},
	{id: 'target-size', selector: ':not([data-roomy])'},
]}); true`

// colours names the colours in which each text of the page is seen: everything of it
// and of what it stands in that a contrast is judged by. What was judged once in a
// look, on whatever page and at whatever width, is not judged again: that took half
// the time of the whole look. The page's coloured then holds an element of each name.
//
// A text is seen on its nearest ancestor that paints, unless something on the way was
// moved out of its place or the text juts out: then classes tell where it is seen. In
// what scrolls nothing juts out, and what is cut off nobody sees.
const colours = `(() => {
	const grounds = new Map();
	const ground = (e) => {
		if (!e) return {name: ''};
		let known = grounds.get(e);
		if (known) return known;
		const s = getComputedStyle(e), under = ground(e.parentElement);
		const paint = s.backgroundColor + s.backgroundImage;
		const moved = s.position !== 'static' || s.float !== 'none' || s.transform !== 'none' || s.margin.includes('-') ? s.position + e.className : '';
		const idle = e.disabled || e.ariaDisabled === 'true' || e.inert || e.control?.matches(':disabled') || false;
		const blend = s.opacity + s.mixBlendMode + s.filter;
		known = {s, name: under.name, painter: under.painter, held: under.held, clip: under.clip};
		if (s.position === 'fixed') known.clip = null;
		if (s.position === 'absolute') known.clip = under.held?.clip;
		const scrolls = /auto|scroll/.test(s.overflow);
		if (scrolls) known.clip = known.painter = null;
		else if (s.overflow !== 'visible' && e !== document.body) known.clip = within(e.getBoundingClientRect(), known.clip);
		if (s.position !== 'static') known.held = known;
		const paints = paint !== 'rgba(0, 0, 0, 0)none';
		if (paints && !scrolls) known.painter = e;
		if (paints || moved || idle || blend !== '1normalnone') known.name = hash([under.name, paint, moved, idle, blend].join());
		grounds.set(e, known);
		return known;
	};
	const text = (s) => [s.color, s.fontSize, s.fontWeight, s.fontStyle, s.fontFamily, s.textShadow, s.webkitTextStroke, s.textDecorationLine, s.borderBottom];
	// beside is the text that a link stands in the middle of.
	const beside = (e) => {
		let block = e.parentElement;
		while (ground(block).s.display.startsWith('inline')) block = block.parentElement;
		let words = block.textContent.trim().length;
		for (const a of block.querySelectorAll('a')) words -= a.textContent.trim().length;
		return words > 0 ? [ground(block).name, text(ground(block).s)] : '';
	};
	const within = (a, b) => b ? {left: Math.max(a.left, b.left), right: Math.min(a.right, b.right), top: Math.max(a.top, b.top), bottom: Math.min(a.bottom, b.bottom)} : a;
	const range = document.createRange();
	const box = (e, texts) => {
		if (texts.length === 0) return e.getBoundingClientRect();
		const boxes = texts.map((n) => (range.selectNodeContents(n), range.getBoundingClientRect()));
		return boxes.reduce((a, b) => ({left: Math.min(a.left, b.left), right: Math.max(a.right, b.right), top: Math.min(a.top, b.top), bottom: Math.max(a.bottom, b.bottom)}));
	};
	const juts = (e, a, painter) => {
		if (!painter || painter === document.body) return '';
		const b = painter.getBoundingClientRect();
		return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1 ? e.className + painter.className + location : '';
	};
	const hash = (words) => {
		let a = 0xdeadbeef, b = 0x41c6ce57;
		for (let i = 0; i < words.length; i++) {
			a = Math.imul(a ^ words.charCodeAt(i), 2654435761);
			b = Math.imul(b ^ words.charCodeAt(i), 1597334677);
		}
		return (a >>> 0).toString(36) + (b >>> 0).toString(36);
	};
	const own = (e) => [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== '');
	window.coloured = new Map();
	for (const e of document.body.querySelectorAll('*')) {
		const texts = own(e);
		if (texts.length === 0 && !e.matches('input, select, textarea') || !e.checkVisibility({visibilityProperty: true})) continue;
		const {s, name, painter, clip} = ground(e), seen = within(box(e, texts), clip);
		if (seen.right - seen.left <= 1 || seen.bottom - seen.top <= 1) continue;
		const key = hash([name, text(s), e.localName === 'a' && beside(e), juts(e, seen, painter)].join());
		if (!coloured.has(key)) coloured.set(key, e);
	}
	return [...coloured.keys()];
})()`

// judged holds what was judged already, in each look.
type judged struct {
	sync.Mutex
	names map[string]bool
}

// add remembers names and returns those that are new.
func (j *judged) add(look string, names []string) []string {
	j.Lock()
	defer j.Unlock()
	return slices.DeleteFunc(names, func(name string) bool {
		name = look + " " + name
		known := j.names[name]
		j.names[name] = true
		return known
	})
}
