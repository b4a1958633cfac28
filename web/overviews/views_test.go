package overviews

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// read renders a page of the gallery.
func read(t *testing.T, name string) *goquery.Document {
	t.Helper()
	s, ok := gallery()[name]
	if !ok {
		t.Fatalf("there is no page %s", name)
	}
	return render(t, s)
}

func render(t *testing.T, s shown) *goquery.Document {
	t.Helper()
	var b strings.Builder
	if err := ui.Document(sampleFrame("/tong-quan/2022"), s.page, s.body).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// words is the text of a selection, blanks made single.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// cells is the text of a row, its cells apart.
func cells(row *goquery.Selection) string {
	var all []string
	row.Children().Each(func(_ int, c *goquery.Selection) { all = append(all, words(c)) })
	return strings.Join(all, " ")
}

// fraction reads done and total out of "3/5 quá hạn"; nothing counted is 0, 0.
func fraction(t *testing.T, text string) (done, total int) {
	t.Helper()
	first, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	before, after, found := strings.Cut(first, "/")
	if !found {
		return 0, 0
	}
	done, err := strconv.Atoi(before)
	if err != nil {
		t.Fatal(err)
	}
	if total, err = strconv.Atoi(after); err != nil {
		t.Fatal(err)
	}
	return done, total
}

func TestRowsColumnsAndStripAreSumsOfCells(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"tong-quan", "don-vi"} {
		page := read(t, name)
		byTask := map[string][2]int{}
		add := func(key string, text string) {
			done, total := fraction(t, text)
			sum := byTask[key]
			byTask[key] = [2]int{sum[0] + done, sum[1] + total}
		}
		page.Find(".dv-matrix").Each(func(_ int, table *goquery.Selection) {
			columns := map[string][2]int{}
			table.Find("tbody tr").Each(func(_ int, row *goquery.Selection) {
				done, total := 0, 0
				row.Find("td.dv-c").Each(func(_ int, c *goquery.Selection) {
					d, n := fraction(t, words(c))
					done, total = done+d, total+n
					no := c.AttrOr("data-n", "")
					columns[no] = [2]int{columns[no][0] + d, columns[no][1] + n}
					add(no, words(c))
				})
				if d, n := fraction(t, words(row.Find("td.dv-sum"))); d != done || n != total {
					t.Errorf("%s, %s: the row says %d/%d, its cells are %d/%d", name, words(row.Find("th")), d, n, done, total)
				}
			})
			table.Find("tfoot td.dv-c").Each(func(_ int, c *goquery.Selection) {
				d, n := fraction(t, words(c))
				if got := columns[c.AttrOr("data-n", "")]; got != [2]int{d, n} {
					t.Errorf("%s, task %s: the foot says %d/%d, the cells are %v", name, c.AttrOr("data-n", ""), d, n, got)
				}
			})
		})
		if got := page.Find(".dv-strip li").Length(); got != 7 {
			t.Fatalf("%s: the strip has %d tasks", name, got)
		}
		page.Find(".dv-strip li").Each(func(_ int, item *goquery.Selection) {
			no := words(item.Find(".dv-tn"))
			d, n := fraction(t, words(item.Find(".dv-strip-n b")))
			if byTask[no] != [2]int{d, n} {
				t.Errorf("%s, task %s: the strip says %d/%d, the cells are %v", name, no, d, n, byTask[no])
			}
		})
	}
}

func TestEveryCellOpensIntoItsUnitAndTask(t *testing.T) {
	t.Parallel()
	page := read(t, "tong-quan")
	found := page.Find(".dv-matrix tbody td.dv-c")
	if found.Length() < 22*7 {
		t.Fatalf("%d cells", found.Length())
	}
	found.Each(func(_ int, c *goquery.Selection) {
		link, err := url.Parse(c.Find("a").AttrOr("href", "none"))
		if err != nil {
			t.Fatal(err)
		}
		unit, _ := url.Parse(c.Parent().Find("th a").AttrOr("href", ""))
		slug := unit.Path[strings.LastIndex(unit.Path, "/")+1:]
		if q := link.Query(); link.Path != paths.OverviewActivities(2022) || q.Get(unitParam) != slug || q.Get(taskParam) != c.AttrOr("data-n", "") {
			t.Errorf("%s task %s leads to %s", slug, c.AttrOr("data-n", ""), link)
		}
	})
}

func TestColoursComeWithWords(t *testing.T) {
	t.Parallel()
	page := read(t, "tong-quan")
	word := map[string]string{}
	for s, k := range kinds {
		word[string(k)] = lower(s.Word())
	}
	page.Find(".dv-matrix tbody td.dv-c").Each(func(_ int, c *goquery.Selection) {
		kind := ""
		for _, class := range strings.Fields(c.AttrOr("class", "")) {
			if k, ok := strings.CutPrefix(class, "dv-c-"); ok {
				kind = k
			}
		}
		switch text := words(c); {
		case kind == "none" && text != "KTPV":
			t.Errorf("out of scope says %q", text)
		case kind != "none" && (word[kind] == "" || !strings.HasSuffix(text, " "+word[kind]) || c.Find("svg use").Length() != 1):
			t.Errorf("a cell of colour %s says %q, want %q and an icon", kind, text, word[kind])
		}
	})
	for selector, said := range map[string]string{".dv-upd-old": "lâu chưa cập nhật", ".dv-amend": "(đang sửa đổi)", ".dv-c-missing": "Kế hoạch"} {
		found := page.Find(selector)
		if found.Length() == 0 {
			t.Errorf("nothing is %s", selector)
		}
		found.Each(func(_ int, s *goquery.Selection) {
			if !strings.Contains(strings.ToLower(words(s)), strings.ToLower(said)) {
				t.Errorf("%s says %q, want %q in it", selector, words(s), said)
			}
		})
	}
	legend := words(page.Find(".dv-legend").First())
	for _, said := range []string{"Tiến độ do đơn vị tự ghi", "quá hạn", "sắp đến hạn", "chưa thực hiện", "đang thực hiện", "hoàn thành quá hạn", "KTPV", "đang sửa đổi", "phần chung của kế hoạch: 20/26 hoàn thành"} {
		if !strings.Contains(legend, said) {
			t.Errorf("the legend does not say %q: %s", said, legend)
		}
	}
}

func TestNoPageHasStyleOrScriptOfItsOwn(t *testing.T) {
	t.Parallel()
	for name := range gallery() {
		page := read(t, name)
		if n := page.Find("[style], style, script:not([src])").Length(); n > 0 {
			t.Errorf("%s: %d elements with style or script of their own", name, n)
		}
		ids := map[string]bool{}
		page.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			if ids[id] {
				t.Errorf("%s: two elements are called %s", name, id)
			}
			ids[id] = true
		})
		page.Find("[aria-labelledby]").Each(func(_ int, s *goquery.Selection) {
			for _, id := range strings.Fields(s.AttrOr("aria-labelledby", "")) {
				if !ids[id] {
					t.Errorf("%s: nothing is called %s", name, id)
				}
			}
		})
		page.Find("a").Each(func(_ int, a *goquery.Selection) {
			if a.AttrOr("href", "") == "" || words(a) == "" {
				t.Errorf("%s: a link %q without address or words", name, words(a))
			}
		})
	}
}

func TestChartsSayInWordsAndNumbersWhatTheyDraw(t *testing.T) {
	t.Parallel()
	page := read(t, "tong-quan")
	charts := page.Find("svg.dv-chart")
	if charts.Length() != 2 {
		t.Fatalf("%d charts", charts.Length())
	}
	charts.Each(func(_ int, c *goquery.Selection) {
		if words(c.Find("title")) == "" || words(c.Find("desc")) == "" || c.AttrOr("role", "") != "img" {
			t.Errorf("a chart says %q, %q", words(c.Find("title")), words(c.Find("desc")))
		}
	})
	curve := page.Find("section[aria-labelledby=h-curve]")
	if got := words(curve.Find("desc")); got != "25 trên 28 đơn vị đã gửi kế hoạch; 23 đơn vị gửi trước hạn ngày 01/04/2022; lần gửi đầu gần nhất ngày 08/04/2022." {
		t.Errorf("the curve says %q", got)
	}
	if got := cells(curve.Find("table tbody tr").Last()); got != "08/04/2022 1 25" {
		t.Errorf("the table of the curve ends with %q", got)
	}
	months := page.Find("section[aria-labelledby=h-bars] tbody tr")
	if months.Length() != 10 || cells(months.First()) != "3 36 35" || cells(months.Last()) != "12 70 –" {
		t.Errorf("%d months from %q to %q", months.Length(), cells(months.First()), cells(months.Last()))
	}
}

func TestWhatIsOverdueLongestStandsFirst(t *testing.T) {
	t.Parallel()
	page := read(t, "tong-quan")
	last := 1000
	page.Find(".dv-late li b").Each(func(_ int, b *goquery.Selection) {
		days, err := strconv.Atoi(strings.TrimSuffix(words(b), " ngày"))
		if err != nil || days > last {
			t.Errorf("%q after %d days, %v", words(b), last, err)
		}
		last = days
	})
	if last == 1000 {
		t.Error("nothing is overdue")
	}
}

func TestARoomSeesNothingButTheMatrixAndTheWayBack(t *testing.T) {
	t.Parallel()
	page := read(t, "trinh-chieu")
	if !page.Find("body").HasClass("dv-projector") {
		t.Error("the page is not for a projector")
	}
	if back := page.Find(".dv-tabs a:not([aria-current])"); back.AttrOr("href", "") != paths.Overview(2022) || words(back) != "Thoát" {
		t.Errorf("the way back is %q to %q", words(back), back.AttrOr("href", ""))
	}
}

// samples of curves at the edges.
func TestTheCurveStaysInsideItsPicture(t *testing.T) {
	t.Parallel()
	opens, due := viet.NewDate(2022, 2, 28), viet.NewDate(2022, 4, 1)
	for name, c := range map[string]curve{
		"nothing sent":     {Opens: opens, Due: due, Today: viet.NewDate(2022, 3, 10), Expected: 28},
		"first day":        {Opens: opens, Due: due, Today: opens, Expected: 28, Sendings: []sending{{opens, 1}}},
		"before it opens":  {Opens: opens, Due: due, Today: viet.NewDate(2022, 1, 1), Expected: 28},
		"one unit":         {Opens: opens, Due: due, Today: due, Expected: 1, Sendings: []sending{{due.AddDays(-1), 1}}},
		"no units":         {Opens: opens, Due: due, Today: due},
		"much too late":    {Opens: opens, Due: due, Today: viet.NewDate(2022, 11, 28), Expected: 28, Sendings: []sending{{viet.NewDate(2022, 3, 1), 20}, {viet.NewDate(2022, 11, 1), 8}}},
		"no deadline":      {Opens: opens, Today: viet.NewDate(2022, 6, 1), Expected: 102, Sendings: []sending{{viet.NewDate(2022, 3, 1), 100}}},
		"no day, no due":   {},
		"opens and is due": {Opens: due, Due: due, Today: due, Expected: 3},
	} {
		path := strings.NewReplacer("M", " ", "H", " ", "V", " ").Replace(c.line())
		for _, number := range strings.Fields(path) {
			if v, err := strconv.ParseFloat(number, 64); err != nil || v < above || v > right {
				t.Errorf("%s: %s of %s is outside, %v", name, number, c.line(), err)
			}
		}
		if c.dot().Label == "" || len(c.grid()) < 2 || len(c.days()) == 0 || c.said() == "" {
			t.Errorf("%s: %+v", name, c.dot())
		}
	}
}

func TestTheCurveStepsUpOnTheDayOfSending(t *testing.T) {
	t.Parallel()
	c := curve{Opens: viet.NewDate(2022, 3, 1), Due: viet.NewDate(2022, 3, 31), Today: viet.NewDate(2022, 3, 16), Expected: 4,
		Sendings: []sending{{viet.NewDate(2022, 3, 1), 1}, {viet.NewDate(2022, 3, 16), 1}}}
	// 36 days wide: 30 to the deadline and a fifth of them more.
	if got, want := c.line(), "M36 212H36V166H204.3V120H204.3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if d := c.dot(); d.Label != "Đã gửi: 2" || d.X != "204.3" || d.Y != "120" {
		t.Errorf("the dot is %+v", d)
	}
}

func TestWhatWasSentMuchTooLateDoesNotSqueezeTheCurve(t *testing.T) {
	t.Parallel()
	c := curve{Opens: viet.NewDate(2022, 2, 28), Due: viet.NewDate(2022, 4, 1), Today: viet.NewDate(2022, 11, 28), Expected: 28,
		Sendings: []sending{{viet.NewDate(2022, 3, 21), 20}, {viet.NewDate(2022, 4, 20), 2}, {viet.NewDate(2022, 11, 25), 1}}}
	if got := c.until(); got != viet.NewDate(2022, 4, 22) {
		t.Errorf("the picture ends on %s", got)
	}
	if d := c.dot(); d.Label != "Đã gửi: 22" || d.Later != "sau đó: 1" || !strings.Contains(c.said(), "23 trên 28 đơn vị") || !strings.Contains(c.said(), "1 đơn vị gửi sau ngày 22/04/2022") {
		t.Errorf("%s, %s; %s", d.Label, d.Later, c.said())
	}
}

func TestTheGridOfMonthsHoldsTheTallestBar(t *testing.T) {
	t.Parallel()
	for most, want := range map[int]int{0: 1, 1: 1, 3: 1, 4: 2, 80: 30, 90: 30, 91: 40, 700: 250, 20_000: 6667} {
		if step, lines := monthGrid([]month{{Due: most}, {Done: most / 2}}); step != want || lines != 3 {
			t.Errorf("up to %d: %d steps of %d, want 3 of %d", most, lines, step, want)
		}
	}
}

func TestEveryWordOfTheAddressMeansOneThing(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	check := func(word, what string) {
		if other, used := seen[word]; used || word == "" {
			t.Errorf("%q is %s and %s", word, what, other)
		}
		seen[word] = what
	}
	for _, s := range overview.PlanStates {
		check(planStates[s], "state "+string(s))
		if f := filterOf(url.Values{stateParam: {planStates[s]}}); f.State != s || f.Group != "" {
			t.Errorf("%s narrows to %+v", planStates[s], f)
		}
		if looks[s] == "" || s.Word() == "" {
			t.Errorf("%s has no look or no word", s)
		}
	}
	for _, g := range overview.PlanGroups {
		check(planGroups[g], "group "+string(g))
		if f := filterOf(url.Values{stateParam: {planGroups[g]}}); f.Group != g || f.State != "" || groupWords[g] == "" {
			t.Errorf("%s narrows to %+v", planGroups[g], f)
		}
	}
	for _, k := range unit.Kinds {
		check(planKinds[k], "kind "+string(k))
		if f := filterOf(url.Values{kindParam: {planKinds[k]}}); f.Kind != k || kindWords[k] == "" {
			t.Errorf("%s narrows to %+v", planKinds[k], f)
		}
	}
	clear(seen)
	for _, s := range progress.Statuses {
		check(statusWords[s], "status "+string(s))
		if f := activityFilterOf(url.Values{statusParam: {statusWords[s]}}); !slices.Equal(f.Statuses, []progress.Status{s}) || kinds[s] == "" {
			t.Errorf("%s narrows to %+v", statusWords[s], f)
		}
	}
	check(finished, "all that is done")
}

func TestActivitiesAreNarrowedByTheAddress(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"":                            "[] [] 0001 0001 0",
		"nhiem-vu=2":                  "[2] [] 0001 0001 0",
		"nhiem-vu=0":                  "[0] [] 0001 0001 0",
		"nhiem-vu=1-3":                "[1 2 3] [] 0001 0001 0",
		"nhiem-vu=1-999999999":        "[] [] 0001 0001 0",
		"nhiem-vu=hai":                "[] [] 0001 0001 0",
		"tinh-trang=da-xong&trang=3":  "[] [done done_late] 0001 0001 60",
		"tinh-trang=khong-co":         "[] [] 0001 0001 0",
		"thang=2022-09":               "[] [] 2022-09-01 0001 0",
		"thang=13&xong-thang=2022-12": "[] [] 0001 2022-12-01 0",
		"trang=-4":                    "[] [] 0001 0001 0",
	} {
		q, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		f := activityFilterOf(q)
		day := func(d viet.Date) string {
			if d.IsZero() {
				return "0001"
			}
			return d.ISO()
		}
		if got := fmt.Sprint(f.Tasks, f.Statuses, " ", day(f.DueIn), " ", day(f.DoneIn), " ", f.Offset); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

func TestTheListSaysHowLateEachPlanIs(t *testing.T) {
	t.Parallel()
	page := read(t, "ke-hoach")
	var got []string
	page.Find("main tbody tr").Each(func(_ int, row *goquery.Selection) { got = append(got, cells(row)) })
	want := []string{
		"Sở Tư pháp đang sửa đổi Trả lại 18/03/2022 Đúng hạn 18/26",
		"Sở Nội vụ Đã tiếp nhận 21/03/2022 Đúng hạn 20/22",
		"Sở Khoa học và Công nghệ Chưa soạn – Quá hạn 242 ngày –",
		"UBND huyện Phụng Hiệp Đã tiếp nhận 04/04/2022 Chậm 4 ngày 26/32",
		"UBND thành phố Ngã Bảy đang sửa đổi Chờ lãnh đạo duyệt 30/03/2022 Đúng hạn 28/34",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if meta := words(page.Find(".dv-head-meta")); meta != "22/28 kế hoạch đã tiếp nhận, 4 đang sửa đổi" {
		t.Errorf("the head says %q", meta)
	}
	if first := words(page.Find("select[name=trang-thai] option").First()); first != "Tất cả (28)" {
		t.Errorf("the first state is %q", first)
	}
}
