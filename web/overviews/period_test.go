package overviews

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/web/paths"
)

// figureRows are the figures of a page, cell by cell.
func figureRows(page *goquery.Document, table string) [][]string {
	var rows [][]string
	page.Find(table).Each(func(_ int, r *goquery.Selection) {
		var cells []string
		r.Children().Each(func(_ int, c *goquery.Selection) { cells = append(cells, words(c)) })
		rows = append(rows, cells)
	})
	return rows
}

func TestAPeriodSaysWhatItFound(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.PeriodOverview(2022, "nam"))
	for selector, want := range map[string]string{
		"h1":             "5/6 đơn vị đã gửi báo cáo năm, 1 đơn vị quá hạn chưa gửi",
		".dv-finding p":  "Hạn: trước ngày 05/12/2022, quá 3 ngày. Số liệu lúc 08:00. Tính lại từ dữ kiện",
		".dv-measures":   "Phải gửi 6 Đã nhận 5/6 Nhận đúng hạn 4/6 Đã tiếp nhận 5/6 Tiếp nhận đúng hạn 4/6",
		".dv-glance nav": "Kế hoạch Báo cáo 6 tháng Báo cáo năm",
		"#h-chua":        "1 đơn vị chưa gửi báo cáo",
		".dv-inline":     "Sở Khoa học và Công nghệ",
		"#h-so":          "Số liệu từ 15/12/2021 đến 30/11/2022",
		"desc#cd":        "5 trên 6 đơn vị đã gửi báo cáo năm 2022; 4 đơn vị gửi trước hạn ngày 05/12/2022; lần gửi đầu gần nhất ngày 05/12/2022.",
		"#h-kq + span":   "theo 5 báo cáo đang có hiệu lực",
	} {
		if got := words(page.Find(selector)); squeeze(got) != squeeze(want) {
			t.Errorf("%s: got %q, want %q", selector, got, want)
		}
	}
	want := [][]string{
		{"Sở, ban, ngành", "4", "3/4 75,0%", "2/4 50,0%", "3/4 75,0%", "2/4 50,0%"},
		{"UBND cấp huyện", "2", "2/2 100,0%", "2/2 100,0%", "2/2 100,0%", "2/2 100,0%"},
	}
	if diff := cmp.Diff(want, figureRows(page, "section[aria-labelledby=h-chua] .dv-figs tbody tr")); diff != "" {
		t.Error(diff)
	}
	want = [][]string{
		{"1Lãnh đạo", "3", "1", "0", "0", "0", "1"},
		{"2Cải cách hành chính", "0", "2", "1", "2", "0", "0"},
		{"3Quy chế dân chủ", "0", "2", "0", "0", "1", "1"},
	}
	if diff := cmp.Diff(want, figureRows(page, "section[aria-labelledby=h-kq] tbody tr")); diff != "" {
		t.Error(diff)
	}
}

func TestFiguresOfAPeriodAreTotalsBesideThoseOfOtherTimes(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.PeriodOverview(2022, "nam"))
	want := [][]string{
		{"Đã ban hành kế hoạch thực hiện công tác dân vận chính quyền năm đơn vị trả lời “có”", "5", "5/6 đơn vị", "", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Số thủ tục hành chính thuộc thẩm quyền giải quyết TTHC", "không cộng", "2/6 đơn vị", "", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Số hồ sơ TTHC đã giải quyết hồ sơ", "700", "3/5 đơn vị", "", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Trong đó: giải quyết trước hạn và đúng hạn hồ sơ", "450", "2/5 đơn vị", "", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn %", "90,0%", "2/5 đơn vị", "", "–", "–", "chưa có số liệu cùng kỳ"},
		// 1250,5 + 0 + 20 + 32 + 7. In 2021: 1000, 5, 40 by its report, 0; in the first half 4 and 16.
		{"Số lượt tiếp công dân lượt", "1.309,5", "4/6 đơn vị", "300", "20 của 2 đơn vị", "1.045", "+264,5 +25,3%"},
		{"Điểm tự đánh giá công tác dân vận năm điểm", "85,13", "2/6 đơn vị", "", "–", "–", "chưa có số liệu cùng kỳ"},
	}
	if diff := cmp.Diff(want, figureRows(page, ".dv-sec tbody tr")); diff != "" {
		t.Error(diff)
	}
	if heads := words(page.Find("#nv4 thead, #nv0 thead").First()); squeeze(heads) != squeeze("Chỉ tiêu, đơn vị tính Năm 2022 Từ trong đó ước 6 tháng đầu năm 2022 Cùng kỳ năm 2021 Chênh lệch so với cùng kỳ") {
		t.Errorf("the columns are %q", heads)
	}
	if anchor := page.Find("#figure-T4\\.01 th a").AttrOr("href", ""); anchor != paths.FigureBreakdown(2022, "nam", "T4.01")+"?noi-nhan=snv-2022" {
		t.Errorf("the total opens into %s", anchor)
	}
}

func TestEveryNumberOfAPeriodOpensIntoItsRows(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Reviewer, snv)
	page := w.page(act, paths.PeriodOverview(2022, "nam"))
	page.Find(".dv-measures a, section[aria-labelledby=h-chua] td a").Each(func(_ int, a *goquery.Selection) {
		link, err := url.Parse(a.AttrOr("href", ""))
		if err != nil || link.Path != paths.Reports(2022, "nam") || link.Query().Get(receiverParam) != "snv-2022" || link.Query().Get(stateParam) == "" {
			t.Errorf("%s opens into %s", words(a), link)
		}
	})
	kinds := page.Find("section[aria-labelledby=h-chua] tbody tr").Last().Find("a").Last().AttrOr("href", "")
	if want := paths.Reports(2022, "nam") + "?trang-thai=hieu-luc-dung-han&khoi=cap-huyen&noi-nhan=snv-2022"; kinds != want {
		t.Errorf("the districts on time open into %s, want %s", kinds, want)
	}
	opened := 0
	page.Find("section[aria-labelledby=h-kq] td a").Each(func(_ int, a *goquery.Selection) {
		opened++
		want, _ := strconv.Atoi(words(a))
		rows := w.page(act, a.AttrOr("href", "")).Find("main tbody tr").Length()
		if rows != want {
			t.Errorf("%s lists %d units, want %d", a.AttrOr("href", ""), rows, want)
		}
	})
	page.Find(".dv-sec td:nth-child(2) a").Each(func(_ int, a *goquery.Selection) {
		opened++
		total := w.page(act, a.AttrOr("href", "")).Find("tfoot td b")
		if words(total) != words(a) {
			t.Errorf("%s comes to %q, want %q", a.AttrOr("href", ""), words(total), words(a))
		}
	})
	if opened != 9+7 {
		t.Errorf("%d numbers were opened", opened)
	}
}

func TestATotalOpensIntoWhatEachUnitSaid(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Leadership, ubnd)
	page := w.page(act, paths.FigureBreakdown(2022, "nam", "T4.01"))
	if got := words(page.Find("h1")); got != "Số lượt tiếp công dân: 1.309,5 lượt" {
		t.Errorf("the title is %q", got)
	}
	if got, want := words(page.Find(".dv-head-meta")), "Báo cáo năm 2022, toàn tỉnh. Từ 4/6 đơn vị, trong đó ước 300. Cùng kỳ 1.045, tăng 25,3% (4 đơn vị có số liệu cả hai năm). Thêm 1.282,5 kể từ kỳ 6 tháng đầu năm 2022.Tính lại từ dữ kiện"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want := [][]string{
		{"Sở Nội vụ lần gửi 1", "1.250,5", "–", "1.250,5", "300", "4", "1.000 Báo cáo năm 2021", "+250,5 +25,1%"},
		{"Sở Tư pháp lần gửi 1", "0", "–", "0", "", "–", "5 Báo cáo năm 2021", "−5 −100,0%"},
		{"Sở Y tế lần gửi 1", "không phát sinh", "–", "không phát sinh", "", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Sở Khoa học và Công nghệ chưa soạn", "–", "–", "–", "", "–", "–", "chưa có số liệu cùng kỳ"},
		{"UBND huyện Vị Thủy lần gửi 1", "20", "32 từ 1 đơn vịXã Vị Đông, lần gửi 1: 32", "52", "", "16", "40 lần gửi 1", "+12 +30,0%"},
		{"UBND huyện Long Mỹ lần gửi 1", "7", "–", "7", "", "–", "0 Báo cáo năm 2021", "+7 –"},
	}
	if diff := cmp.Diff(want, figureRows(page, ".dv-units tbody tr")); diff != "" {
		t.Error(diff)
	}
	foot := [][]string{{"Cộng từ 4/6 đơn vị", "", "", "1.309,5", "300", "20 của 2 đơn vị có số cả hai kỳ", "1.045 của 4 đơn vị có số cả hai kỳ", "+264,5 +25,3%"}}
	if diff := cmp.Diff(foot, figureRows(page, ".dv-units tfoot tr")); diff != "" {
		t.Error(diff)
	}
	version := paths.Version(paths.Report(2022, "nam", "h-vi-thuy-2022"), 1) + "#figure-T4.01"
	links := map[string]int{}
	page.Find(".dv-units a").Each(func(_ int, a *goquery.Selection) { links[a.AttrOr("href", "")]++ })
	for address, n := range map[string]int{version: 3, paths.Version(paths.Report(2022, "nam", "xa-vi-dong-2022"), 1) + "#figure-T4.01": 1,
		paths.Version(paths.Report(2021, "nam", "h-vi-thuy-2022"), 1) + "#figure-T4.01": 1} {
		if links[address] != n {
			t.Errorf("%d links to %s, want %d", links[address], address, n)
		}
	}
	if got := words(page.Find("#h-thieu")) + ": " + words(page.Find(".dv-h-st, .dv-inline")); squeeze(got) != squeeze("1 đơn vị chưa có báo cáo có hiệu lực: Chưa soạn 1 đơn vị Sở Khoa học và Công nghệ") {
		t.Errorf("missing: %q", got)
	}
	if got := page.Find(".dv-chart-units text.dv-chart-y"); got.Length() != 4 || words(got.First()) != "Nội vụ" || words(page.Find("#ud")) == "" {
		t.Errorf("%d bars from %q", got.Length(), words(got.First()))
	}
}

func TestARatioOpensIntoItsParts(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.FigureBreakdown(2022, "nam", "T2.07"))
	want := [][]string{
		{"Sở Nội vụ lần gửi 1", "90", "100", "90,0%", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Sở Tư pháp lần gửi 1", "không phát sinh", "200", "–", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Sở Y tế lần gửi 1", "KTPV", "KTPV", "–", "–", "–", "chưa có số liệu cùng kỳ"},
		{"Sở Khoa học và Công nghệ chưa soạn", "–", "–", "–", "–", "–", "chưa có số liệu cùng kỳ"},
		{"UBND huyện Vị Thủy lần gửi 1", "360", "400", "90,0%", "–", "–", "chưa có số liệu cùng kỳ"},
		{"UBND huyện Long Mỹ lần gửi 1", "chưa trả lời", "chưa trả lời", "–", "–", "–", "chưa có số liệu cùng kỳ"},
	}
	if diff := cmp.Diff(want, figureRows(page, ".dv-units tbody tr")); diff != "" {
		t.Error(diff)
	}
	if part := page.Find(".dv-units tbody td").First().Find("a").AttrOr("href", ""); !strings.HasSuffix(part, "#figure-T2.05") {
		t.Errorf("the numerator leads to %s", part)
	}
	if got := words(page.Find(".dv-rule")); got != "Tính lại từ tử số T2.05 và mẫu số T2.04, chỉ của đơn vị có đủ cả hai số." {
		t.Errorf("the rule is %q", got)
	}
}

func TestUnitsOfATotalAreSorted(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	for by, want := range map[string]string{
		"": "1 2 3 4 5 6", "don-vi": "1 2 3 4 5 6", "-don-vi": "6 5 4 3 2 1", "gia-tri": "2 6 5 1 3 4", "-gia-tri": "1 5 6 2 3 4", "cung-ky": "6 2 5 1 3 4",
		"-ky-truoc": "5 1 2 3 4 6", "chenh-lech": "2 1 5 3 4 6", "khong-co": "1 2 3 4 5 6",
	} {
		page := w.page(w.actor(actor.Leadership, ubnd), at(paths.FigureBreakdown(2022, "nam", "T4.01"), paths.SortParam, by))
		names := []string{"Sở Nội vụ", "Sở Tư pháp", "Sở Y tế", "Sở Khoa học và Công nghệ", "UBND huyện Vị Thủy", "UBND huyện Long Mỹ"}
		var order []string
		page.Find(".dv-units tbody th > a").Each(func(_ int, a *goquery.Selection) {
			for i, name := range names {
				if words(a) == name {
					order = append(order, strconv.Itoa(i+1))
				}
			}
		})
		if got := strings.Join(order, " "); got != want {
			t.Errorf("by %q: %s, want %s", by, got, want)
		}
	}
}

func TestWhoSeesThePagesOfAPeriod(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	for _, test := range []struct {
		who  string
		act  actor.Actor
		want int
	}{
		{"leadership", w.actor(actor.Leadership, ubnd), http.StatusOK}, {"reviewer", w.actor(actor.Reviewer, snv), http.StatusOK},
		{"district", w.actor(actor.Reviewer, viThuy), http.StatusOK}, {"staff", w.actor(actor.Staff, syt), http.StatusOK},
		{"admin", w.actor(actor.Admin, snv), http.StatusNotFound}, {"observer", w.actor(actor.Observer, mttq), http.StatusNotFound},
		{"reviewer of nobody", w.actor(actor.Reviewer, longMy), http.StatusNotFound},
	} {
		for _, address := range []string{paths.PeriodOverview(2022, "nam"), paths.TaskOutcomes(2022, "nam", 1), paths.FigureBreakdown(2022, "nam", "T4.01")} {
			if _, status := w.ask(test.act, address); status != test.want {
				t.Errorf("%s, %s: status %d, want %d", test.who, address, status, test.want)
			}
		}
	}
	for _, address := range []string{paths.PeriodOverview(2022, "quy-1"), paths.PeriodOverview(2022, "ke-hoach"), paths.PeriodOverview(2020, "nam"), "/tong-quan/hai/nam",
		paths.TaskOutcomes(2022, "nam", 9), "/tong-quan/2022/nam/nhiem-vu/hai", paths.FigureBreakdown(2022, "nam", "T9.99"), paths.FigureBreakdown(2022, "nam", "T4.02")} {
		if _, status := w.ask(w.actor(actor.Leadership, ubnd), address); status != http.StatusNotFound {
			t.Errorf("%s: status %d", address, status)
		}
	}
}

func TestAPeriodTakesFewStatements(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	for name, act := range map[string]actor.Actor{"leadership": w.actor(actor.Leadership, ubnd), "staff": w.actor(actor.Staff, stp)} {
		for address, want := range map[string]int{paths.PeriodOverview(2022, "nam"): 5, paths.PeriodOverview(2022, "nam") + "?tinh-lai=1": 7, // one asks for the consolidated report
			paths.FigureBreakdown(2022, "nam", "T4.01"): 4, paths.FigureBreakdown(2022, "nam", "T4.01") + "?tinh-lai=1": 5, paths.TaskOutcomes(2022, "nam", 1): 3} {
			w.page(act, address)
			if w.n != want {
				t.Errorf("%s, %s: %d statements, want %d", name, address, w.n, want)
			}
		}
	}
}
