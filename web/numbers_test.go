package web_test

import (
	"net/http"
	"regexp"
	"slices"
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

var (
	// countedRows is a number of rows, "5" or "92/112".
	countedRows = regexp.MustCompile(`\d[\d.]*(?:/\d[\d.]*)?`)
	// named is a number that is a name.
	named = regexp.MustCompile(`6 tháng|năm \d{4}`)
	// listsRows is the addresses of lists.
	listsRows = regexp.MustCompile(`^/(tong-quan/\d+/hoat-dong|ke-hoach/\d+|bao-cao/\d+/[^/]+|kien-nghi/\d+|y-kien/\d+)(\?|$)`)
)

// TestEveryNumberOfAnOverviewOpensIntoItsRows follows every link of the overviews
// that says a number: it says one only, and the list it opens has as many rows. Of
// "3/5" the titles and measures mean the 3, the matrix and the strip the 5.
func TestEveryNumberOfAnOverviewOpensIntoItsRows(t *testing.T) {
	t.Parallel()
	s := newStage(t, keepingPlans(t, demotest.New(t)))
	text := func(e *goquery.Selection) string { return strings.Join(strings.Fields(e.Text()), " ") }
	all := 0
	for who, pages := range map[string][]string{
		"ubnd.lanhdao":         {"/tong-quan/2022", "/tong-quan/2022/6-thang", "/tong-quan/2022/nam", "/ke-hoach/2022"},
		"snv.tonghop":          {"/tong-quan/2022", "/tong-quan/2022?noi-nhan=h-vi-thuy"},
		"h-vi-thuy.thamdinh":   {"/tong-quan/2022", "/ke-hoach/2022"},
		"stp.chuyenvien":       {"/tong-quan/2022", "/tong-quan/2022/nam", "/ke-hoach/2022"},
		"h-vi-thuy.chuyenvien": {"/tong-quan/2022"},
	} {
		for _, from := range pages {
			main := s.ask(who, from).want(http.StatusOK).page.Find("main")
			followed := 0
			main.Find("a[href]").Each(func(_ int, a *goquery.Selection) {
				to := a.AttrOr("href", "")
				said := a.Clone()
				said.Find(".dv-tn, .dv-strip-t, .visually-hidden").Remove()
				numbers := countedRows.FindAllString(named.ReplaceAllString(text(said), ""), -1)
				if !listsRows.MatchString(to) || len(numbers) == 0 || a.Closest(".dv-head, .dv-tabs, .dv-pager").Length() > 0 {
					return
				}
				if len(numbers) > 1 {
					t.Errorf("%s as %q: %q is several numbers and opens one list", from, who, text(said))
				}
				first, last, both := strings.Cut(numbers[0], "/")
				if both && a.Closest("h1, .dv-measures, .dv-counts").Length() == 0 {
					first = last
				}
				listed := "0"
				if all := countedRows.FindAllString(text(s.ask(who, to).want(http.StatusOK).page.Find(".dv-pager > span")), -1); len(all) > 0 {
					listed = all[len(all)-1]
				}
				if listed != first {
					t.Errorf("%s as %q: %q opens %s of %s rows", from, who, text(said), to, listed)
				}
				followed++
			})
			// What is said in so many words is said by a link, or by the rows below it.
			main.Find("h1, .dv-strip li, .dv-late h3, .dv-cols .dv-h").Each(func(_ int, e *goquery.Selection) {
				rows := e.Parent().Find(".dv-inline li").Length()
				e = e.Clone()
				linked := e.Find("a").Length() > 0 && e.Is(".dv-h")
				e.Find(".dv-tn, a").Remove()
				for _, number := range countedRows.FindAllString(named.ReplaceAllString(text(e), ""), -1) {
					if !linked && number != strconv.Itoa(rows) {
						t.Errorf("%s as %q: %q opens nothing", from, who, text(e))
					}
				}
			})
			all += followed
		}
	}
	if all < 500 {
		t.Errorf("%d numbers only", all)
	}
}

func atoi(t *testing.T, number string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.ReplaceAll(number, ".", ""))
	must(t, err)
	return n
}

// TestTheWorkOfADayAndTheOverviewAgreeOnWhoHasNotSent: who was received and sent
// back is to send again, and is not among them.
func TestTheWorkOfADayAndTheOverviewAgreeOnWhoHasNotSent(t *testing.T) {
	t.Parallel()
	s := newStage(t, keepingPlans(t, demotest.New(t)))
	text := func(e *goquery.Selection) string { return strings.Join(strings.Fields(e.Text()), " ") }
	const who = "snv.tonghop"
	home := s.ask(who, "/").want(http.StatusOK).page
	for period, overview := range map[string]string{"ke-hoach": "/tong-quan/2022", "6-thang": "/tong-quan/2022/6-thang", "nam": "/tong-quan/2022/nam"} {
		owing := home.Find(`[aria-labelledby="h-chua-gui-` + period + `"]`)
		here := countedRows.FindString(text(owing.Find(".dv-h > :not(h2)")))
		page := s.ask(who, overview).want(http.StatusOK).page
		there := countedRows.FindString(text(page.Find("#h-chua")))
		if here == "" || here != there {
			t.Errorf("%s: %q have not sent by the work of the day, %q by the overview", period, here, there)
		}
		named := text(page.Find("section[aria-labelledby=h-chua] .dv-inline"))
		owing.Find("li .dv-due-what a").Each(func(_ int, a *goquery.Selection) {
			name, _, _ := strings.Cut(text(a), ":")
			if !strings.Contains(named, name) {
				t.Errorf("%s: the overview does not name %s: %s", period, name, named)
			}
		})
		if all := owing.Find(".dv-h a").AttrOr("href", ""); all != "" {
			if got := countedRows.FindAllString(text(s.ask(who, all).want(http.StatusOK).page.Find(".dv-pager > span")), -1); got[len(got)-1] != here {
				t.Errorf("%s: %s lists %v, want %s", period, all, got, here)
			}
		}
	}
	if got := text(home.Find(`[aria-labelledby="h-gui-lai-ke-hoach"]`)); !strings.Contains(got, "Ban Quản lý các khu công nghiệp tỉnh") {
		t.Errorf("to send again: %q", got)
	}
}

// TestTheStripOfAReportSaysWhatItsTableSays task by task, the common part too.
func TestTheStripOfAReportSaysWhatItsTableSays(t *testing.T) {
	t.Parallel()
	s := newStage(t, keepingPlans(t, demotest.New(t)))
	for who, report := range map[string]string{"stp.chuyenvien": "/bao-cao/2022/nam/stp", "skhcn.chuyenvien": "/bao-cao/2022/nam/skhcn"} {
		page := s.ask(who, report).want(http.StatusOK).page
		shares := func(found *goquery.Selection) (all []string) {
			found.Each(func(_ int, e *goquery.Selection) {
				if n := regexp.MustCompile(`\d+/\d+`).FindString(e.Text()); n != "" {
					all = append(all, n)
				}
			})
			return all
		}
		strip, table := shares(page.Find(".dv-strip-n b")), shares(page.Find("main table").First().Find("td"))
		if len(strip) < 8 || !slices.Equal(strip, table) {
			t.Errorf("%s: the strip says %q, the table %q", report, strip, table)
		}
	}
}

func TestAnAddressWithoutAYearLeadsToTheYearThatIsOn(t *testing.T) {
	t.Parallel()
	s := newStage(t, keepingPlans(t, demotest.New(t)))
	for _, all := range []string{"/tong-quan", "/ke-hoach", "/bao-cao", "/kien-nghi", "/y-kien", "/tong-hop"} {
		if to := s.ask("snv.tonghop", all).want(http.StatusSeeOther).rec.Header().Get("Location"); to != all+"/2022" {
			t.Errorf("%s leads to %s", all, to)
		}
	}
}
