package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-chi/chi/v5"

	"danvan/internal/demo/demotest"
)

// TestNoLinkLeadsNowhere follows what every page of the route table offers: who is
// shown a link may go there and finds the place on the page it names, and every
// form posts to a route. Of many links of one kind the first few are followed.
func TestNoLinkLeadsNowhere(t *testing.T) {
	t.Parallel()
	s := newStage(t, keepingPlans(t, demotest.New(t)))
	const few = 4
	followed := map[string]int{} // by person, page and route
	gone := map[string]bool{}    // by person and address
	for _, route := range slices.Sorted(maps.Keys(looks)) {
		for _, l := range looks[route] {
			from := s.place(l.path)
			s.ask(l.who, from).page.Find("a[href], form").Each(func(_ int, e *goquery.Selection) {
				method, to := http.MethodGet, e.AttrOr("href", "")
				if goquery.NodeName(e) == "form" {
					to = e.AttrOr("action", from)
					if strings.EqualFold(e.AttrOr("method", ""), "post") {
						method = http.MethodPost
					}
				}
				address, err := url.Parse(to)
				if err == nil && address.Scheme == "otpauth" { // opens the app on a phone
					return
				}
				if err != nil || address.Host != "" || address.Path == "" && address.Fragment == "" {
					t.Errorf("%s as %q leads to %q", from, l.who, to)
					return
				}
				if address.Path == "" { // on the same page: the look at pages checks those
					return
				}
				found := chi.NewRouteContext()
				if !s.router.Match(found, method, address.Path) {
					t.Errorf("%s as %q leads to %s %s: no such route", from, l.who, method, to)
					return
				}
				kind := l.who + " " + from + " " + found.RoutePattern()
				if followed[kind]++; method == http.MethodPost || followed[kind] > few || gone[l.who+" "+to] {
					return
				}
				gone[l.who+" "+to] = true
				res := s.ask(l.who, address.RequestURI())
				for hops := 0; hops < 2 && res.rec.Code == http.StatusSeeOther; hops++ { // whose first page is another
					res = s.ask(l.who, res.rec.Header().Get("Location"))
				}
				if goquery.NodeName(e) == "form" && res.rec.Code == http.StatusUnprocessableEntity { // it asks to choose
					return
				}
				if res.rec.Code != http.StatusOK {
					t.Errorf("%s as %q leads to %s: status %d", from, l.who, to, res.rec.Code)
					return
				}
				if address.Fragment != "" && res.page != nil && res.page.Find(`[id="`+address.Fragment+`"]`).Length() == 0 {
					t.Errorf("%s as %q leads to %s: nothing there has that id", from, l.who, to)
				}
			})
		}
	}
	if len(gone) < 100 {
		t.Errorf("only %d links were followed", len(gone))
	}
}
