package web_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestCrampedTargetsAreNoticed plants targets that are too small for where they lie, or
// covered by others: what is passed over before axe looks must hide none of them.
func TestCrampedTargetsAreNoticed(t *testing.T) {
	t.Parallel()
	button := func(style string) string {
		return `<button style="all:unset;display:block;width:80px;` + style + `">Nút</button>`
	}
	pages := []struct {
		what, body string
		cramped    bool
	}{
		{"two small ones at once", button("height:18px") + button("height:18px"), true},
		{"a small one beside a large one", button("height:16px") + button("height:60px"), true},
		{"one under another", button("height:40px") + button("height:40px;position:relative;margin-top:-28px"), true},
		{"small ones on a phone", `<style>@media (width < 600px) { button { height: 14px !important } }</style>` + button("height:40px") + button("height:40px"), true},
		{"two large ones", button("height:40px") + button("height:40px"), false},
		{"two small ones apart", button("height:18px;margin:8px 0") + button("height:18px"), false},
		{"a link of two lines", `<a href="/" style="display:block;width:60px">Hoạt động của đơn vị</a>`, false},
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err != nil {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, planted(pages[n].body))
	}))
	t.Cleanup(server.Close)
	x := newExaminer(t, server.URL, &judged{names: map[string]bool{}})
	for n, page := range pages {
		faults := strings.Join(x.faults(fmt.Sprintf("/%d", n)), "\n")
		if found := strings.Contains(faults, "target-size"); found != page.cramped {
			t.Errorf("%s: found cramped: %t, in\n%s", page.what, found, faults)
		}
		if left := eval[int](x.reader, cramped); !page.cramped && left != 0 {
			t.Errorf("%s: %d are left for axe, which needs as long for one as for a whole page", page.what, left)
		}
	}
}

// cramped marks the targets that have room by WCAG 2.2, 2.5.8: 24 by 24 px at their
// middle that reach into no other, or so much around it. It counts those that may have
// none: axe judges them, and to learn what lies where takes it longer, for a single one,
// than all other rules.
const cramped = `(() => {
	const least = 24, half = least / 2;
	const targets = [];
	for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary, iframe, audio, video, [tabindex], [contenteditable], [role]')) {
		delete e.dataset.roomy;
		const box = e.getBoundingClientRect();
		if (box.width === 0 || box.height === 0 || !e.checkVisibility({visibilityProperty: true})) continue;
		const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
		// A text of several lines may be short where its middle is: all of it has to be free.
		const middle = e.getClientRects().length > 1 ? box : {left: x - half, right: x + half, top: y - half, bottom: y + half};
		targets.push({e, box, x, y, middle, small: box.width < least || box.height < least});
	}
	const meet = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
	const away = (at, box) => Math.hypot(Math.max(box.left - at.x, 0, at.x - box.right), Math.max(box.top - at.y, 0, at.y - box.bottom));
	let left = 0;
	for (const one of targets) {
		const crowds = (other) => other !== one && !other.e.contains(one.e) && (!one.small ? meet(one.middle, other.box)
			: away(one, other.box) < half || other.small && Math.hypot(one.x - other.x, one.y - other.y) < least);
		if (targets.some(crowds)) left++;
		else one.e.dataset.roomy = '';
	}
	return left;
})()`
