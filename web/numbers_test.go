package web_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/demo/demotest"
)

// TestEveryNumberOfAPeriodLeadsToWhatSomebodyTyped follows the numbers of a report
// period down: measures to as many reports, statuses to as many units, totals to
// what they are made of, and the figure of each unit to its place in the sending.
func TestEveryNumberOfAPeriodLeadsToWhatSomebodyTyped(t *testing.T) {
	t.Parallel()
	s := newStage(t, keepingPlans(t, demotest.New(t)))
	text := func(e *goquery.Selection) string { return strings.Join(strings.Fields(e.Text()), " ") }
	typed := 0
	for _, who := range []string{"ubnd.lanhdao", "snv.tonghop", "h-vi-thuy.thamdinh"} {
		page := s.ask(who, "/tong-quan/2022/nam").want(http.StatusOK).page
		page.Find(".dv-measures a, section[aria-labelledby=h-chua] td a").Each(func(_ int, a *goquery.Selection) {
			number, _, _ := strings.Cut(text(a), "/")
			list := s.ask(who, a.AttrOr("href", "")).want(http.StatusOK).page
			says := text(list.Find(".dv-pager > span"))
			if number == "0" {
				says = number + " đơn vị"
			}
			if list.Find("main tbody tr").Length() != atoi(t, number) || says != number+" đơn vị" {
				t.Errorf("%s: %s lists %d and says %q, want %s", who, a.AttrOr("href", ""), list.Find("main tbody tr").Length(), says, number)
			}
		})
		page.Find("section[aria-labelledby=h-kq] td a").Each(func(_ int, a *goquery.Selection) {
			if n := s.ask(who, a.AttrOr("href", "")).want(http.StatusOK).page.Find("main tbody tr").Length(); strconv.Itoa(n) != text(a) {
				t.Errorf("%s: %s lists %d, want %s", who, a.AttrOr("href", ""), n, text(a))
			}
		})
		for _, code := range []string{"T4.01", "T2.05", "T2.07", "T1.01", "T3.13"} {
			total := page.Find(`[id="figure-` + code + `"] td a`).First()
			if total.Length() == 0 {
				continue // not asked below a district
			}
			of := s.ask(who, total.AttrOr("href", "")).want(http.StatusOK).page
			if got := text(of.Find(".dv-units tfoot td b")); got != text(total) {
				t.Errorf("%s, %s: the units come to %s, the total is %s", who, code, got, text(total))
			}
			of.Find(".dv-units tbody td > b > a").Each(func(_ int, a *goquery.Selection) {
				path, anchor, _ := strings.Cut(a.AttrOr("href", ""), "#")
				place := s.ask(who, path).want(http.StatusOK).page.Find(`[id="` + anchor + `"]`)
				said := place.Children().FilterFunction(func(_ int, cell *goquery.Selection) bool {
					return strings.HasPrefix(text(cell)+" ", text(a)+" ")
				})
				if said.Length() == 0 {
					t.Errorf("%s: %s says %q, the breakdown %s", who, a.AttrOr("href", ""), text(place), text(a))
				}
				typed++
			})
		}
	}
	if typed < 30 {
		t.Errorf("only %d figures were followed", typed)
	}
}

func atoi(t *testing.T, number string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(number, ".", ""))
	must(t, err)
	return n
}
