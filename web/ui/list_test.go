package ui

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
)

func TestTheOrderOfAListTurnsRound(t *testing.T) {
	t.Parallel()
	u := &url.URL{Path: "/ke-hoach/2022", RawQuery: "q=vi&trang=3"}
	for _, test := range []struct{ by, key, sort, path string }{
		{"ten", "ten", "ascending", "/ke-hoach/2022?q=vi&sap-xep=-ten"},
		{"-ten", "ten", "descending", "/ke-hoach/2022?q=vi&sap-xep=ten"},
		{"ten", "gui", "", "/ke-hoach/2022?q=vi&sap-xep=gui"},
	} {
		doc := page(t, join(text("<table><tr>"), SortHeader(Sort{u, test.by}, test.key, "Đơn vị", ""), text("</tr></table>")))
		head := doc.Find("th")
		if got := attr(head, "aria-sort"); got != test.sort {
			t.Errorf("by %s, column %s: aria-sort %q, want %q", test.by, test.key, got, test.sort)
		}
		if got := attr(head.Find("a"), "href"); got != test.path {
			t.Errorf("by %s, column %s: %q, want %q", test.by, test.key, got, test.path)
		}
	}
}

func TestThePagerLeavesOutWhatIsFar(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		page, total int
		want        []int
		words       string
	}{
		{1, 0, []int{1}, "0 đơn vị"},
		{1, 28, []int{1}, "28 đơn vị"},
		{1, 31, []int{1, 2}, "1–30 trong 31 đơn vị"},
		{2, 31, []int{1, 2}, "31–31 trong 31 đơn vị"},
		{5, 300, []int{1, 0, 4, 5, 6, 0, 10}, "121–150 trong 300 đơn vị"},
		{10, 1290, []int{1, 0, 9, 10, 11, 0, 43}, "271–300 trong 1.290 đơn vị"},
	} {
		p := Pages{URL: &url.URL{Path: "/x"}, Page: test.page, Size: 30, Total: test.total, Noun: "đơn vị"}
		if got := p.shown(); !reflect.DeepEqual(got, test.want) {
			t.Errorf("page %d of %d rows: %v, want %v", test.page, test.total, got, test.want)
		}
		if got := p.extent(); got != test.words {
			t.Errorf("page %d of %d rows: %q, want %q", test.page, test.total, got, test.words)
		}
	}
}

func TestThePagerLeadsToItsNeighbours(t *testing.T) {
	t.Parallel()
	u := &url.URL{Path: "/x", RawQuery: "q=a&trang=2"}
	doc := page(t, Pager(Pages{URL: u, Page: 2, Size: 10, Total: 25, Noun: "việc"}))
	if got := attr(doc.Find("[rel=prev]"), "href"); got != "/x?q=a" {
		t.Errorf("previous %q", got)
	}
	if got := attr(doc.Find("[rel=next]"), "href"); got != "/x?q=a&trang=3" {
		t.Errorf("next %q", got)
	}
	if got := strings.TrimSpace(doc.Find("[aria-current=page]").Text()); got != "Trang 2" {
		t.Errorf("current %q", got)
	}
}

func TestFiltersKeepTheOrderAndCanBeDropped(t *testing.T) {
	t.Parallel()
	doc := page(t, Filter(&url.URL{Path: "/x", RawQuery: "q=a&sap-xep=-ten&trang=3"}, "Lọc"))
	if got := attr(doc.Find("[type=hidden]"), "value"); got != "-ten" {
		t.Errorf("order %q", got)
	}
	if got := attr(doc.Find(".dv-filter-off"), "href"); got != "/x?sap-xep=-ten" {
		t.Errorf("without filters %q", got)
	}
	plain := page(t, Filter(&url.URL{Path: "/x", RawQuery: "q=&trang=3"}, "Lọc"))
	if plain.Find(".dv-filter-off").Length() > 0 {
		t.Error("there is nothing to drop")
	}
}

func TestBarsAddUp(t *testing.T) {
	t.Parallel()
	parts := layOut([]Segment{{Fill: Done, Count: 101}, {Fill: Late}, {Fill: Going, Count: 1}, {Fill: Overdue, Count: 20}})
	want := []drawnPart{{Done, "0", "100.024"}, {Going, "101", "1"}, {Overdue, "102", "20"}}
	if !reflect.DeepEqual(parts, want) {
		t.Errorf("parts %v, want %v", parts, want)
	}
	if got := render(t, Bar()); got != "" {
		t.Errorf("a bar of nothing: %s", got)
	}
	if got := render(t, Share(3, 0)); got != "" {
		t.Errorf("a share of nothing: %s", got)
	}
}

func TestThePlaceWithTheLongestAddressIsCurrent(t *testing.T) {
	t.Parallel()
	nav := []NavItem{{Path: "/"}, {Path: "/ke-hoach"}, {Path: "/ke-hoach/2022"}, {Path: "/bao-cao"}}
	for path, want := range map[string]int{
		"/": 0, "/ke-hoach/2022": 2, "/ke-hoach/2022/stp": 2, "/ke-hoach/2021": 1, "/ke-hoach-khac": -1, "/tim-kiem": -1,
	} {
		got := -1
		for i, item := range CurrentNav(nav, path) {
			if item.Current {
				if got >= 0 {
					t.Errorf("%s: two places are current", path)
				}
				got = i
			}
		}
		if got != want {
			t.Errorf("%s: place %d, want %d", path, got, want)
		}
	}
	if nav[2].Current {
		t.Error("the navigation handed in is changed")
	}
}
