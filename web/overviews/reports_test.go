package overviews

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// newList is a world in which Sở Khoa học và Công nghệ has not begun its report.
func newList(t *testing.T) *world {
	t.Helper()
	w := newReports(t)
	w.exec(`insert into submission (period_id, unit_id, state, state_at) values (6, NO * 1000 + 4, 'draft', '2022-11-15T00:00+07');`)
	return w
}

func TestTheYearLeadsToThePeriodThatMattersNow(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Staff, stp)
	for day, want := range map[string]string{"2022-03-10": "6-thang", "2022-06-15": "6-thang", "2022-11-14": "6-thang", "2022-11-28": "nam"} {
		at, err := time.ParseInLocation("2006-01-02", day, viet.Location)
		if err != nil {
			t.Fatal(err)
		}
		w.now = at.Add(8 * time.Hour)
		if got := w.fetch(act, paths.ReportsOfYear(2022)).Header().Get("Location"); got != paths.Reports(2022, want) {
			t.Errorf("on %s to %s, want %s", day, got, want)
		}
	}
	if none := words(w.page(act, paths.ReportsOfYear(2031)).Find("main")); !strings.Contains(none, "chưa có kỳ báo cáo") {
		t.Errorf("a year without a period says %q", none)
	}
	if _, status := w.ask(w.actor(actor.Observer, mttq), paths.ReportsOfYear(2022)); status != http.StatusNotFound {
		t.Errorf("status %d for a partner, want 404", status)
	}
}

func TestTheListOfReportsSaysWhoHasSentAndWhoIsLate(t *testing.T) {
	t.Parallel()
	w := newList(t)
	act := w.actor(actor.Consolidator, snv)
	page := w.page(act, paths.Reports(2022, "nam"))
	if meta, want := words(page.Find(".dv-head-meta")), "6/7 đơn vị đã gửi; 6 báo cáo đã tiếp nhận. Chốt số liệu ngày 30/11/2022."; meta != want {
		t.Errorf("the head says %q, want %q", meta, want)
	}
	want := [][]string{
		{"Sở Nội vụ", "Đã tiếp nhận", "01/12/2022", "Đúng hạn", "Lần gửi 1"},
		{"Sở Tư pháp", "Đã tiếp nhận", "04/12/2022", "Đúng hạn", "Lần gửi 1"},
		{"Sở Y tế", "Đã tiếp nhận", "05/12/2022", "Chậm 1 ngày", "Lần gửi 1"},
		{"Sở Khoa học và Công nghệ", "Chưa soạn", "–", "Quá hạn 3 ngày", "–"},
		{"UBND huyện Vị Thủy", "Đã tiếp nhận", "02/12/2022", "Đúng hạn", "Lần gửi 1"},
		{"UBND huyện Long Mỹ", "Đã tiếp nhận", "02/12/2022", "Đúng hạn", "Lần gửi 1"},
		{"UBND xã Vị Đông", "Đã tiếp nhận", "30/11/2022", "Đúng hạn", "Lần gửi 1"},
	}
	if diff := cmp.Diff(want, figureRows(page, "main tbody tr")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := page.Find(".dv-tabs a").Length(); got != 2 {
		t.Errorf("%d periods to switch between, want 2", got)
	}
	w.now = time.Date(2022, time.November, 28, 8, 0, 0, 0, viet.Location)
	if soon := figureRows(w.page(act, paths.Reports(2022, "nam")+"?trang-thai=chua-soan"), "main tbody tr"); soon[0][3] != "Còn 6 ngày" {
		t.Errorf("six days before its last one: %q", soon)
	}
}

func TestTheListOfReportsIsNarrowedAndSorted(t *testing.T) {
	t.Parallel()
	w := newList(t)
	act := w.actor(actor.Consolidator, snv)
	for query, want := range map[string]string{
		"?q=vi+thuy":                        "UBND huyện Vị Thủy",
		"?khoi=cap-huyen":                   "UBND huyện Vị Thủy; UBND huyện Long Mỹ",
		"?cham=1&sap-xep=-han":              "Sở Khoa học và Công nghệ; Sở Y tế",
		"?trang-thai=da-gui":                "",
		"?khoi=so-ban-nganh&sap-xep=don-vi": "Sở Khoa học và Công nghệ; Sở Nội vụ; Sở Tư pháp; Sở Y tế",
	} {
		page := w.page(act, paths.Reports(2022, "nam")+query)
		var names []string
		for _, row := range figureRows(page, "main tbody tr") {
			names = append(names, row[0])
		}
		if got := strings.Join(names, "; "); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
		if want == "" && !strings.Contains(words(page.Find("main")), "Không có đơn vị nào khớp bộ lọc.") {
			t.Errorf("%s: nothing says why the list is empty", query)
		}
	}
	for _, address := range []string{paths.Reports(2022, "nam") + "?trang=9", paths.Reports(2022, "thang-13")} {
		if _, status := w.ask(act, address); status != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", address, status)
		}
	}
}

func TestTheListOfReportsIsSavedAsItIsSeen(t *testing.T) {
	t.Parallel()
	w := newList(t)
	act := w.actor(actor.Consolidator, snv)
	page := w.page(act, paths.Reports(2022, "nam")+"?cham=1")
	head, rows := w.grid(act, page.Find(".dv-download a").First().AttrOr("href", ""), "Báo cáo", 5)
	if diff := cmp.Diff([]string{"Báo cáo năm 2022 của các đơn vị", "2 đơn vị, lọc theo: chỉ đơn vị chậm", "Số liệu lúc " + viet.Moment(w.now)}, head); diff != "" {
		t.Errorf("head (-want +got):\n%s", diff)
	}
	want := [][]string{
		{"Đơn vị", "Khối", "Trạng thái", "Đang sửa đổi", "Gửi lần đầu", "Ngày cuối của hạn", "So với hạn", "Số ngày chậm", "Lần gửi có hiệu lực"},
		{"Sở Y tế", "Sở, ban, ngành", "Đã tiếp nhận", "", "@05/12/2022", "@04/12/2022", "Chậm 1 ngày", "#1", "#1"},
		{"Sở Khoa học và Công nghệ", "Sở, ban, ngành", "Chưa soạn", "", "", "@04/12/2022", "Quá hạn 3 ngày", "#3"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	text := strings.TrimPrefix(w.fetch(act, paths.Reports(2022, "nam")+"?trang=7&dang=csv").Body.String(), "\ufeff")
	if lines, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil || len(lines) != 8 {
		t.Errorf("%d lines, %v; want the heading and all seven, whatever the page", len(lines), err)
	}
}

func TestEachListsTheReportsThatAreTheirs(t *testing.T) {
	t.Parallel()
	w := newList(t)
	for what, x := range map[string]struct {
		act  actor.Actor
		want int
	}{
		"staff": {w.actor(actor.Staff, stp), 1}, "a reviewer of a district": {w.actor(actor.Reviewer, viThuy), 1},
		"leadership": {w.actor(actor.Leadership, ubnd), 7}, "administrator": {w.actor(actor.Admin, ubnd), 7},
	} {
		if rows := w.page(x.act, paths.Reports(2022, "nam")).Find("main tbody tr").Length(); rows != x.want {
			t.Errorf("%s: %d reports, want %d", what, rows, x.want)
		}
		text := strings.TrimPrefix(w.fetch(x.act, paths.Reports(2022, "nam")+"?dang=csv").Body.String(), "\ufeff")
		if lines, err := csv.NewReader(strings.NewReader(text)).ReadAll(); err != nil || len(lines) != x.want+1 {
			t.Errorf("%s: %d lines saved, want %d and the heading (%v)", what, len(lines), x.want, err)
		}
	}
	if rec := w.fetch(w.actor(actor.Observer, mttq), paths.Reports(2022, "nam")+"?dang=xlsx"); rec.Code != http.StatusNotFound {
		t.Errorf("status %d for a partner, want 404", rec.Code)
	}
}

func TestTheMatrixShowsWhereTheReportsStand(t *testing.T) {
	t.Parallel()
	w := newList(t)
	w.exec(`update submission set state = 'returned' where period_id = 6 and unit_id = NO * 1000 + 2;`) // being amended
	act := w.actor(actor.Leadership, ubnd)
	page := w.page(act, paths.Overview(2022))
	if head := words(page.Find(".dv-matrix thead .dv-rep").First()); head != "BC" {
		t.Fatalf("the column is called %q", head)
	}
	for unit, want := range map[string]string{"snv": "accepted đã tiếp nhận", "stp": "accepted đã tiếp nhận, đang sửa đổi", "skhcn": "none chưa soạn"} {
		path := paths.Report(2022, "nam", w.slug(unit))
		link := page.Find(".dv-matrix .dv-rep a[href='" + path + "']")
		class, word, _ := strings.Cut(want, " ")
		if link.Length() != 1 || !link.Parent().HasClass("dv-rep-"+class) || words(link) != "Báo cáo: "+word {
			t.Errorf("%s: %d links, %q, want %s", unit, link.Length(), words(link), want)
		}
	}
	if legend := words(page.Find(".dv-legend")); !strings.Contains(legend, "“BC”: báo cáo năm 2022") {
		t.Errorf("the legend says %q", legend)
	}
	_, rows := w.grid(act, paths.Overview(2022)+"?dang=xlsx", "Tổng quan", 6)
	if last := rows[1][len(rows[1])-1]; last != "Báo cáo năm 2022" {
		t.Errorf("the file's last column is %q", last)
	}
	for _, row := range rows {
		if row[0] == "Sở Khoa học và Công nghệ" && row[len(row)-1] != "Chưa soạn" {
			t.Errorf("the file says of it %q", row)
		}
	}
	// Staff see their own alone, and before any period opened there is no column.
	own := w.page(w.actor(actor.Staff, stp), paths.Overview(2022))
	if n := own.Find(".dv-rep a").Length(); n != 1 {
		t.Errorf("staff see %d reports, want their own", n)
	}
	w.now = time.Date(2022, time.May, 2, 8, 0, 0, 0, viet.Location)
	if n := w.page(act, paths.Overview(2022)).Find(".dv-rep").Length(); n > 0 {
		t.Errorf("%d cells of reports before any period opened", n)
	}
}
