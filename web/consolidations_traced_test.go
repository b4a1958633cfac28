package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/demo/demotest"
)

// TestWhoSignsTheConsolidatedReportGoesToAllItIsMadeOf follows every link of what
// the leader signs, before and after a unit has replaced what was summed up.
func TestWhoSignsTheConsolidatedReportGoesToAllItIsMadeOf(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	const who, filed = "snv.lanhdao", "/bao-cao/2022/nam/skhdt"
	s.posts("snv.tonghop", sumPage+"/trinh").to(sumPage)
	s.follow(who, filed+"/lan-gui/1", sumPage, sumPage+"/duyet", sumPage+"/xem-truoc", sumPage+"/so-lieu")

	s.posts("skhdt.chuyenvien", filed+"/sua-doi").want(http.StatusSeeOther)
	s.posts("skhdt.lanhdao", filed+"/gui").want(http.StatusSeeOther)
	s.ask(who, filed+"/lan-gui/2").want(http.StatusNotFound) // not in force
	s.send("snv.thamdinh2", "/tham-dinh"+filed+"/tiep-nhan", pairsOf("version", "2", "read", "1")).want(http.StatusSeeOther)
	s.ask(who, sumPage).want(http.StatusOK).says("Đã thay đổi sau khi chốt")
	s.follow(who, filed+"/lan-gui/1", sumPage, sumPage+"/xem-truoc", sumPage+"/so-lieu")
	s.ask(who, filed+"/lan-gui/2").want(http.StatusOK)
	s.ask(who, "/tham-dinh"+filed).want(http.StatusNotFound) // whoever signs does not review
}

// follow asks for all that pages lead to; among is one of the addresses.
func (s *stage) follow(who, among string, pages ...string) {
	s.t.Helper()
	seen := map[string]bool{}
	for _, from := range pages {
		s.ask(who, from).want(http.StatusOK).page.Find("main a[href]").Each(func(_ int, a *goquery.Selection) {
			to, _, _ := strings.Cut(a.AttrOr("href", ""), "#")
			if to == "" || seen[to] {
				return
			}
			seen[to] = true
			if code := s.ask(who, to).rec.Code; code != http.StatusOK && code != http.StatusSeeOther {
				s.t.Errorf("%s leads %s to %s: status %d", from, who, to, code)
			}
		})
	}
	if !seen[among] || len(seen) < 40 {
		s.t.Errorf("%d addresses, %s among them: %v", len(seen), among, seen[among])
	}
}
