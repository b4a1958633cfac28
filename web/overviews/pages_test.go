package overviews

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/actor"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// rowsOf is how many rows a list says it has, "1–30 trong 45 đơn vị" or "5 đơn vị",
// and how many it shows.
func rowsOf(t *testing.T, page *goquery.Document) (says, shows int) {
	t.Helper()
	fields := strings.Fields(words(page.Find(".dv-pager > span")))
	for i, f := range fields {
		if n, err := strconv.Atoi(strings.ReplaceAll(f, ".", "")); err == nil {
			says = n
		} else if i == 0 && !strings.Contains(f, "–") {
			t.Errorf("the list says %q", fields)
		}
	}
	return says, page.Find("main table tbody tr").Length()
}

func TestEveryNumberOpensIntoAsManyRows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, act := range map[string]actor.Actor{"leadership": w.actor(actor.Leadership, ubnd), "staff": w.actor(actor.Staff, stp), "district": w.actor(actor.Reviewer, viThuy)} {
		page := w.page(act, paths.Overview(w.year))
		opened := 0
		open := func(what, number string, link *goquery.Selection) {
			t.Helper()
			opened++
			want, err := strconv.Atoi(number)
			if err != nil {
				t.Fatalf("%s, %s: %q is no number", name, what, number)
			}
			says, shows := rowsOf(t, w.page(act, link.AttrOr("href", "")))
			if says != want || shows != want {
				t.Errorf("%s, %s: the number is %d, %s lists %d and says %d", name, what, want, link.AttrOr("href", ""), shows, says)
			}
		}
		page.Find(".dv-measures > div").Each(func(_ int, m *goquery.Selection) {
			number, _, _ := strings.Cut(words(m.Find("a")), "/")
			open(words(m.Find("dt")), number, m.Find("a"))
		})
		total := func(text string) string {
			_, total, _ := strings.Cut(strings.Fields(text)[0], "/")
			return total
		}
		first := func(a *goquery.Selection) string {
			number, _, _ := strings.Cut(strings.Fields(words(a))[0], "/")
			return number
		}
		page.Find("h1 a").Each(func(_ int, a *goquery.Selection) { open("title", first(a), a) })
		page.Find(".dv-strip li a").Each(func(_ int, a *goquery.Selection) {
			if a.HasClass("dv-strip-r") {
				open("strip, overdue", first(a), a)
			} else if text := words(a.Find("b")); text != "–" {
				open("strip", total(text), a)
			}
		})
		page.Find(".dv-matrix td.dv-c a, .dv-matrix td.dv-sum a").Each(func(_ int, a *goquery.Selection) {
			if strings.Contains(words(a), "/") {
				open(words(a.Closest("tr").Find("th")), total(words(a)), a)
			}
		})
		page.Find("#h-late a").Each(func(_ int, a *goquery.Selection) {
			open("late", strings.Fields(words(a))[2], a)
		})
		page.Find("section[aria-labelledby=h-curve] td a").Each(func(_ int, a *goquery.Selection) { open("curve", words(a), a) })
		page.Find("section[aria-labelledby=h-bars] td a").Each(func(_ int, a *goquery.Selection) { open("month", words(a), a) })
		page.Find(".dv-legend a:not(.dv-recount)").Each(func(_ int, a *goquery.Selection) {
			if strings.Contains(words(a), "/") {
				open("common part", total(words(a)), a)
			} else {
				open("common part, overdue", first(a), a)
			}
		})
		for _, said := range []string{"h1", ".dv-strip li", ".dv-strip a:not(.dv-strip-r)", ".dv-legend"} {
			page.Find(said).Each(func(_ int, s *goquery.Selection) {
				s = s.Clone()
				s.Find(".dv-tn, .dv-strip-t, .dv-strip-n b, .dv-strip-r, h1 a, a[href]").Remove()
				if text := words(s); strings.ContainsAny(text, "0123456789") {
					t.Errorf("%s, %s: %q opens nothing of its own", name, said, text)
				}
			})
		}
		if opened < 12 {
			t.Errorf("%s: %d numbers only", name, opened)
		}
	}
}

func TestTheProvinceSaysWhatItFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.Overview(w.year))
	for selector, want := range map[string]string{
		"h1":                        "4/6 đơn vị đã gửi kế hoạch, 1 đơn vị có việc quá hạn",
		".dv-finding p":             "Hạn: trước ngày 01/04/2022, quá 242 ngày. Số liệu lúc 08:42.",
		"#h-chua":                   "2 đơn vị chưa gửi kế hoạch",
		".dv-banks > table caption": "Sở, ban, ngành: hoạt động hoàn thành trên tổng số, theo từng nhiệm vụ",
		".dv-h-st":                  "Chưa soạn1 đơn vị Chờ lãnh đạo duyệt1 đơn vị",
		"desc#cd":                   "4 trên 6 đơn vị đã gửi kế hoạch; 3 đơn vị gửi trước hạn ngày 01/04/2022; lần gửi đầu gần nhất ngày 04/04/2022.",
	} {
		if got := words(page.Find(selector)); got != want && strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s: got %q, want %q", selector, got, want)
		}
	}
	var rows []string
	page.Find(".dv-matrix tr").Each(func(_ int, r *goquery.Selection) {
		r.Find(".dv-wide-only").Remove()
		rows = append(rows, strings.Join(strings.Fields(cells(r)), " "))
	})
	want := []string{
		"Sở, ban, ngành (4) 1 2 3 Cộng Cập nhật",
		"Sở Nội vụ 2/2 hoàn thành quá hạn 0/1 đang thực hiện 0/1 sắp đến hạn 2/4 15/11",
		"Sở Tư pháp (đang sửa đổi) 1/1 hoàn thành 0/1 quá hạn KTPV 1/2 01/10",
		"Sở Y tế Kế hoạch đã gửi, chờ tiếp nhận –",
		"Sở Khoa học và Công nghệ Chưa soạn kế hoạch –",
		"Cộng 3/3 0/2 0/1 3/6",
		"UBND cấp huyện (2) 1 2 3 Cộng Cập nhật",
		"UBND huyện Vị Thủy Kế hoạch chờ lãnh đạo duyệt –",
		"UBND huyện Long Mỹ 0/1 chưa thực hiện 0/1 sắp đến hạn KPS 0/2 01/09 lâu chưa cập nhật",
		"Cộng 0/1 0/1 – 0/2",
	}
	if !slices.Equal(rows, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(rows, "\n"), strings.Join(want, "\n"))
	}
	var late []string
	page.Find(".dv-late li").Each(func(_ int, l *goquery.Selection) { late = append(late, cells(l)) })
	if want := []string{"Tư pháp C Việc 0.1 58 ngày", "Tư pháp 2 Việc 2.1 28 ngày"}; !slices.Equal(late, want) {
		t.Errorf("late: got %q, want %q", late, want)
	}
	if tabs := words(page.Find("nav[aria-label='Phạm vi'] a")); tabs != "Toàn tỉnh H. Vị Thủy" {
		t.Errorf("one may choose among %q", tabs)
	}
}

func TestADistrictSeesItsCommunes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.page(w.actor(actor.Reviewer, viThuy), paths.Overview(w.year))
	if got := words(page.Find("h1")); got != "1/2 đơn vị đã gửi kế hoạch, 1 đơn vị có việc quá hạn" {
		t.Errorf("it finds %q", got)
	}
	if got := words(page.Find(".dv-crumbs")); !strings.Contains(got, "Tổng quan các đơn vị gửi về H. Vị Thủy") {
		t.Errorf("it is at %q", got)
	}
	if text := words(page.Find("main")); strings.Contains(text, "Tư pháp") || !strings.Contains(text, "Xã Vị Đông") {
		t.Error("it names a department, or no commune")
	}
}

func TestAUnitSeesItsOwnRowBesideAveragesWithoutNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.page(w.actor(actor.UnitLeader, stp), paths.Overview(w.year))
	if got := words(page.Find("h1")); got != "Sở Tư pháp: 1/3 hoạt động hoàn thành, 2 việc quá hạn" {
		t.Errorf("it finds %q", got)
	}
	text := words(page.Find("main"))
	for _, other := range []string{"Nội vụ", "Y tế", "KH&CN", "Khoa học", "Long Mỹ", "Vị Thủy", "Vị Đông"} {
		if strings.Contains(text, other) {
			t.Errorf("it names %s", other)
		}
	}
	if rows := page.Find(".dv-matrix tbody tr").Length(); rows != 1 {
		t.Errorf("%d rows", rows)
	}
	var compared []string
	page.Find("section[aria-labelledby=h-ss] tbody tr").Each(func(_ int, r *goquery.Selection) { compared = append(compared, cells(r)) })
	// Of snv, stp and h-long-my: 3 of 4 done, 0 of 3, 0 of 1.
	if want := []string{"1 Lãnh đạo 100,0% 75,0%", "2 Cải cách hành chính 0,0% 0,0%", "3 Quy chế dân chủ – 0,0%"}; !slices.EqualFunc(compared, want, func(a, b string) bool { return squeeze(a) == squeeze(b) }) {
		t.Errorf("compared: %q", compared)
	}
	if got := words(page.Find(".dv-measures")); squeeze(got) != squeeze("Hoàn thành 1/3 bình quân: 40,0% Quá hạn 2 bình quân: 0,7 Sắp đến hạn 0 bình quân: 0,7 Đang thực hiện 0 bình quân: 0,3 Chưa thực hiện 0 bình quân: 0,3") {
		t.Errorf("measures: %s", got)
	}
	if _, status := w.ask(w.actor(actor.UnitLeader, stp), paths.OverviewActivities(w.year)+"?don-vi="+w.slug("snv")); status != http.StatusNotFound {
		t.Errorf("the activities of another unit: status %d", status)
	}
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestWhoSeesWhichPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const yes, no = http.StatusOK, http.StatusNotFound
	for _, test := range []struct {
		who                        string
		act                        actor.Actor
		overview, activities, list int
		plans                      int // listed
	}{
		{"leadership", w.actor(actor.Leadership, ubnd), yes, yes, yes, 8},
		{"reviewer", w.actor(actor.Reviewer, snv), yes, yes, yes, 8},
		{"consolidator", w.actor(actor.Consolidator, snv), yes, yes, yes, 8},
		{"district", w.actor(actor.Reviewer, viThuy), yes, yes, yes, 2},
		{"staff", w.actor(actor.Staff, syt), yes, yes, yes, 1},
		{"leader", w.actor(actor.UnitLeader, viTan), yes, yes, yes, 1},
		{"admin", w.actor(actor.Admin, snv), no, no, yes, 8},
		{"observer", w.actor(actor.Observer, mttq), no, no, no, 0},
		{"staff of no plan", w.actor(actor.Staff, mttq), yes, no, yes, 0},
		{"reviewer of nobody", w.actor(actor.Reviewer, longMy), yes, no, yes, 0},
		{"nobody", actor.Actor{Person: 1}, no, no, no, 0},
	} {
		for _, ask := range []struct {
			address string
			want    int
		}{{paths.Overview(w.year), test.overview}, {paths.OverviewActivities(w.year), test.activities}, {paths.Plans(w.year), test.list}} {
			page, status := w.ask(test.act, ask.address)
			if status != ask.want {
				t.Errorf("%s, %s: status %d, want %d", test.who, ask.address, status, ask.want)
			}
			if ask.address == paths.Plans(w.year) && page.Find("main tbody tr").Length() != test.plans {
				t.Errorf("%s sees %d plans, want %d", test.who, page.Find("main tbody tr").Length(), test.plans)
			}
		}
	}
}

func TestAnAdministratorSeesStatesWithoutProgress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.page(w.actor(actor.Admin, snv), paths.Plans(w.year))
	if text := words(page.Find("main")); strings.Contains(text, "Hoàn thành") || !strings.Contains(text, "Đã tiếp nhận") {
		t.Error("an administrator sees progress, or no states")
	}
	if page.Find(".dv-crumbs a").Length() != 0 {
		t.Error("an administrator is led to the overview")
	}
}

func TestPagesTakeFewStatements(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, act := range map[string]actor.Actor{"leadership": w.actor(actor.Leadership, ubnd), "staff": w.actor(actor.Staff, stp)} {
		of := map[string]int{paths.Overview(w.year): 4, paths.OverviewActivities(w.year): 3, paths.Plans(w.year): 3} // nothing remembered
		if name == "leadership" {
			of[paths.Overview(w.year)] += 2 // what waits for an answer: a list of each kind
		}
		for address, most := range of {
			w.page(act, address)
			if w.n > most {
				t.Errorf("%s, %s: %d statements, want %d", name, address, w.n, most)
			}
		}
	}
}

func TestWithoutACampaignThePagesSayWhoOpensIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, address := range []string{paths.Overview(2100), paths.Plans(2100)} {
		page := w.page(w.actor(actor.Leadership, ubnd), address)
		if text := words(page.Find(".dv-empty")); !strings.Contains(text, "Chưa mở năm kế hoạch 2100.") || !strings.Contains(text, "mở năm kế hoạch.") {
			t.Errorf("%s says %q", address, text)
		}
	}
	for _, address := range []string{"/tong-quan/1999", "/tong-quan/hai", "/ke-hoach/20222", "/tong-quan/2100/hoat-dong"} {
		if _, status := w.ask(w.actor(actor.Leadership, ubnd), address); status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, status)
		}
	}
}

func TestWhoReceivesNothingIsToldSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Reviewer, longMy)
	page := w.page(act, paths.Overview(w.year))
	if text := words(page.Find(".dv-empty")); !strings.Contains(text, "không có đơn vị nào gửi kế hoạch về đơn vị của bạn") || page.Find(".dv-matrix").Length() != 0 {
		t.Errorf("it says %q", text)
	}
	if _, status := w.ask(act, paths.Overview(w.year)+"?noi-nhan="+w.slug("snv")); status != http.StatusNotFound {
		t.Errorf("another receiver: status %d", status)
	}
}

func TestBeforeAnythingWasSentThePagesSaySo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	// A year of its own whose period opens tomorrow, with one unit.
	year := w.year + 50
	sql := strings.NewReplacer("YEAR", strconv.Itoa(year), "NO", strconv.Itoa(w.year)).Replace(`
		insert into campaign (id, year, lead_unit, directive, active) overriding system value
		    values (YEAR, YEAR, NO * 1000 + 1, 'Kế hoạch', '[2022-01-01,2022-12-31]');
		insert into task (campaign_id, no, short, title) values (YEAR, 1, 'Lãnh đạo', 'Lãnh đạo'), (YEAR, 2, 'Cải cách', 'Cải cách');
		insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		    values (YEAR, NO * 1000 + 2, NO * 1000 + 2, NO * 1000 + 1, 1, '[2022-01-01,)');
		insert into period (id, campaign_id, kind, slug, name, opens_on) overriding system value
		    values (YEAR, YEAR, 'plan', 'ke-hoach', 'Kế hoạch', '2022-11-29');`)
	if _, err := w.db.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	act := w.actor(actor.Leadership, ubnd)
	page := w.page(act, paths.Overview(year))
	if got := words(page.Find("h1")); got != "0/1 đơn vị đã gửi kế hoạch" {
		t.Errorf("it finds %q", got)
	}
	if got := words(page.Find(".dv-matrix tbody")); !strings.Contains(got, "Chưa soạn kế hoạch") || page.Find(".dv-miss-returned").Length() != 0 {
		t.Errorf("before the deadline the row says %q", got)
	}
	if got := words(page.Find("section[aria-labelledby=h-bars]")); !strings.Contains(got, "Chưa có hoạt động nào") {
		t.Errorf("the months say %q", got)
	}
	if got := words(w.page(act, paths.Plans(year)).Find(".dv-empty")); !strings.Contains(got, "mở từ ngày 29/11/2022") {
		t.Errorf("the list says %q", got)
	}
	if got := words(w.page(act, paths.OverviewActivities(year)).Find(".dv-empty")); !strings.Contains(got, "Không có hoạt động nào") {
		t.Errorf("the activities say %q", got)
	}
}

func TestTheDeadlineIsToldBeforeAndAfter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, test := range []struct {
		now  time.Time
		want string
	}{
		{time.Date(2022, 3, 28, 8, 0, 0, 0, viet.Location), "Hạn: trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022), còn 3 ngày. Số liệu lúc 08:00."},
		{time.Date(2022, 3, 31, 23, 59, 0, 0, viet.Location), "Hạn: trước ngày 01/04/2022, hôm nay là ngày cuối. Số liệu lúc 23:59."},
		{time.Date(2022, 4, 1, 0, 0, 0, 0, viet.Location), "Hạn: trước ngày 01/04/2022, quá 1 ngày. Số liệu lúc 00:00."},
	} {
		w.now = test.now
		if got := words(w.page(w.actor(actor.Leadership, ubnd), paths.Overview(w.year)).Find(".dv-finding p")); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestTheLastWorkingDayIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, sql := range []string{
		`update deadline set due_before = '2022-12-05 00:00+07' where period_id = @year`,
		`insert into holiday (day, name, kind) values ('2022-12-02', 'Nghỉ bù', 'off') on conflict do nothing`,
	} {
		if _, err := w.db.Exec(t.Context(), strings.ReplaceAll(sql, "@year", strconv.Itoa(w.year))); err != nil {
			t.Fatal(err)
		}
	}
	const want = "Hạn: trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Năm 01/12/2022), còn 6 ngày."
	if got := words(w.page(w.actor(actor.Leadership, ubnd), paths.Overview(w.year)).Find(".dv-finding p")); !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheActivitiesOfATaskStandUnderItsTextAndWhatWasAddedToIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.db.Exec(t.Context(), `
		insert into task_supplement (campaign_id, task_no, on_date, body, basis)
		values ($1, 2, '2022-05-02', 'Bổ sung thủ tục về đất đai.', 'Công văn số 512/UBND-NC')`, w.year); err != nil {
		t.Fatal(err)
	}
	act := w.actor(actor.Leadership, ubnd)
	var got []string
	w.page(act, paths.OverviewActivities(w.year)+"?nhiem-vu=2").Find(".dv-task p").Each(func(_ int, p *goquery.Selection) { got = append(got, words(p)) })
	if want := "Cải cách hành chính | Bổ sung ngày 02/05/2022 theo Công văn số 512/UBND-NC: Bổ sung thủ tục về đất đai."; strings.Join(got, " | ") != want {
		t.Errorf("task 2 says %q, want %q", got, want)
	}
	if got := words(w.page(act, paths.OverviewActivities(w.year)+"?nhiem-vu=1").Find(".dv-task")); got != "Lãnh đạo" {
		t.Errorf("task 1 says %q", got)
	}
	if n := w.page(act, paths.OverviewActivities(w.year)).Find(".dv-task").Length(); n != 0 {
		t.Errorf("%d tasks stand over all activities", n)
	}
}

func TestFiltersStayInTheAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Reviewer, snv)
	page := w.page(act, paths.Plans(w.year)+"?q=vi&trang-thai=nhap&khoi=cap-xa&cham=1&sap-xep=-gui")
	if got := page.Find("main input[name=q]").AttrOr("value", ""); got != "vi" {
		t.Errorf("the search says %q", got)
	}
	if got := page.Find("select[name=trang-thai] option[selected]").AttrOr("value", ""); got != "nhap" {
		t.Errorf("the state is %q", got)
	}
	if got := page.Find("select[name=khoi] option[selected]").AttrOr("value", ""); got != "cap-xa" {
		t.Errorf("the kind is %q", got)
	}
	if _, checked := page.Find("input[name=cham]").Attr("checked"); !checked || page.Find("input[name=sap-xep]").AttrOr("value", "") != "-gui" {
		t.Error("what is late, or the order, is lost")
	}
	page = w.page(act, paths.OverviewActivities(w.year)+"?don-vi="+w.slug("stp")+"&nhiem-vu=2&tinh-trang=qua-han&sap-xep=han")
	if got := page.Find("input[name=don-vi]").AttrOr("value", ""); got != w.slug("stp") {
		t.Errorf("the unit is %q", got)
	}
	if got := words(page.Find("h1")); got != "1 hoạt động quá hạn" {
		t.Errorf("the title is %q", got)
	}
	if got := words(page.Find(".dv-head-meta")); got != "Sở Tư pháp. Nhiệm vụ 2. Cải cách hành chính" {
		t.Errorf("the head says %q", got)
	}
	if got := cells(page.Find("tbody tr")); squeeze(got) != squeeze("2.1. Việc 2.1 đến 01/10/2022: 80% Sở Tư pháp 31/10/2022 Quá hạn 28 ngày") {
		t.Errorf("the row says %q", got)
	}
	if got := page.Find("tbody th a").AttrOr("href", ""); got != paths.Activity(w.year, w.slug("stp"), "2.1") {
		t.Errorf("it leads to %s", got)
	}
	if got := page.Find("th[aria-sort=ascending]"); words(got) != "Hạn" {
		t.Errorf("sorted by %q", words(got))
	}
}

func TestAPageBeyondTheLastIsNotFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, address := range []string{paths.Plans(w.year), paths.OverviewActivities(w.year)} {
		if _, status := w.ask(w.actor(actor.Leadership, ubnd), address+"?trang=9"); status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, status)
		}
	}
}

func TestThePresentationIsTheSamePage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.Overview(w.year))
	link := page.Find(".dv-actions a.btn").AttrOr("href", "")
	shown := w.page(w.actor(actor.Leadership, ubnd), link)
	if !shown.Find("body").HasClass("dv-projector") || !shown.Find("body").HasClass("dv-landscape") || words(shown.Find(".dv-matrix").First()) != words(page.Find(".dv-matrix").First()) {
		t.Errorf("%s shows something else", link)
	}
}
