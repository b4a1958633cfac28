package overviews

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/web/paths"
)

// others are the names that nobody of Sở Tư pháp reads.
var others = []string{"Nội vụ", "Y tế", "KH&CN", "Khoa học", "Long Mỹ", "Vị Thủy", "Vị Đông"}

func TestAUnitSeesItsOwnFiguresBesideTotalsWithoutNames(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Staff, stp)
	page := w.page(act, paths.PeriodOverview(2022, "nam"))
	if got := words(page.Find("h1")); got != "Sở Tư pháp: báo cáo năm 2022 đã tiếp nhận (lần gửi 1)" {
		t.Errorf("it finds %q", got)
	}
	if got := words(page.Find(".dv-measures")); squeeze(got) != squeeze("Phải gửi 6 toàn tỉnh Đã nhận 5/6 toàn tỉnh Nhận đúng hạn 4/6 toàn tỉnh Đã tiếp nhận 5/6 toàn tỉnh Tiếp nhận đúng hạn 4/6 toàn tỉnh") || page.Find(".dv-measures a").Length() != 0 {
		t.Errorf("measures: %s, %d links", got, page.Find(".dv-measures a").Length())
	}
	want := [][]string{
		{"1Lãnh đạo", "Hoàn thành tốt", "3", "1", "0", "0", "0", "1"},
		{"2Cải cách hành chính", "Hoàn thành", "0", "2", "1", "2", "0", "0"},
		{"3Quy chế dân chủ", "Không thuộc phạm vi", "0", "2", "0", "0", "1", "1"},
	}
	if diff := cmp.Diff(want, figureRows(page, "section[aria-labelledby=h-kq] tbody tr")); diff != "" {
		t.Error(diff)
	}
	want = [][]string{
		{"Đã ban hành kế hoạch thực hiện công tác dân vận chính quyền năm có/không", "không", "", "–", "–", "chưa có số liệu cùng kỳ", "5 từ 5/6 đơn vị", "–"},
		{"Số thủ tục hành chính thuộc thẩm quyền giải quyết TTHC", "120", "", "–", "–", "chưa có số liệu cùng kỳ", "không cộng từ 2/6 đơn vị", "–"},
		{"Số hồ sơ TTHC đã giải quyết hồ sơ", "200", "", "–", "–", "chưa có số liệu cùng kỳ", "… từ 3/5 đơn vị", "…"},
		{"Trong đó: giải quyết trước hạn và đúng hạn hồ sơ", "không phát sinh", "", "–", "–", "chưa có số liệu cùng kỳ", "… từ 2/5 đơn vị", "…"},
		{"Tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn %", "–", "", "–", "–", "chưa có số liệu cùng kỳ", "… từ 2/5 đơn vị", "…"},
		{"Số lượt tiếp công dân lượt", "0", "", "–", "5", "−5 −100,0%", "… từ 4/6 đơn vị", "…"},
		{"Điểm tự đánh giá công tác dân vận năm điểm", "90", "", "–", "–", "chưa có số liệu cùng kỳ", "… từ 2/6 đơn vị", "…"},
	}
	if diff := cmp.Diff(want, figureRows(page, ".dv-sec tbody tr")); diff != "" {
		t.Error(diff)
	}
	if got := words(page.Find(".dv-legend")); !strings.Contains(got, "ít nhất 5 đơn vị") {
		t.Errorf("nobody says why: %s", got)
	}
	for _, address := range []string{paths.PeriodOverview(2022, "nam"), paths.TaskOutcomes(2022, "nam", 1), paths.FigureBreakdown(2022, "nam", "T4.01"), paths.FigureBreakdown(2022, "nam", "T2.07")} {
		text := words(w.page(act, address).Find("main"))
		for _, other := range others {
			if strings.Contains(text, other) {
				t.Errorf("%s names %s", address, other)
			}
		}
		for _, secret := range []string{"1.309,5", "1.250,5", "1.045", "700", "450", "85,13"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %s", address, secret)
			}
		}
	}
}

func TestATotalOfEnoughUnitsIsToldToEachOfThem(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	w.exec(`update figure_fact set mark = 'number', own = 1 where mark = 'nil' and indicator_id = (select id from indicator where code = 'T4.01')`)
	act := w.actor(actor.Staff, stp)
	rows := figureRows(w.page(act, paths.FigureBreakdown(2022, "nam", "T4.01")), ".dv-units tr")
	want := [][]string{
		{"Đơn vị", "Năm 2022", "trong đó ước", "6 tháng đầu năm 2022", "Cùng kỳ năm 2021", "Chênh lệch so với cùng kỳ"},
		{"Sở Tư pháp lần gửi 1", "0", "", "–", "5 Báo cáo năm 2021", "−5 −100,0%"},
		{"Toàn tỉnh từ 5/6 đơn vị", "1.310,5", "", "", "", ""},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
	if got := words(w.page(act, paths.FigureBreakdown(2022, "nam", "T4.01")).Find(".dv-legend")); !strings.Contains(got, "Bình quân: 262,1.") {
		t.Errorf("the mean: %s", got)
	}
	// Below a district there are two communes: what both say is each one's secret.
	if rows := figureRows(w.page(w.actor(actor.Staff, viDong), paths.FigureBreakdown(2022, "nam", "T4.01")), ".dv-units tfoot tr"); rows[0][1] != hidden {
		t.Errorf("a commune reads %q", rows)
	}
	if rows := figureRows(w.page(w.actor(actor.Reviewer, viThuy), paths.FigureBreakdown(2022, "nam", "T4.01")), ".dv-units tfoot tr"); rows[0][1] != "32" {
		t.Errorf("their district reads %q", rows)
	}
}

func TestHowFewReportsSayATaskWentIsNotToldToUnits(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	w.exec(`update submission set in_force = null, state = 'returned' where id in (select s.id from submission s where s.period_id = 6 and s.unit_id = NO * 1000 + 1);
		delete from report_task_fact where unit_id = NO * 1000 + 1`)
	page := w.page(w.actor(actor.Staff, stp), paths.PeriodOverview(2022, "nam"))
	if rows := figureRows(page, "section[aria-labelledby=h-kq] tbody tr"); rows[0][1] != "Hoàn thành tốt" || rows[0][2] != hidden || rows[2][7] != hidden {
		t.Errorf("%q", rows)
	}
	if got := words(page.Find(".dv-strip b")); got != "………" {
		t.Errorf("the strip says %q", got)
	}
	if rows := figureRows(w.page(w.actor(actor.Leadership, ubnd), paths.PeriodOverview(2022, "nam")), "section[aria-labelledby=h-kq] tbody tr"); rows[0][1] != "2" {
		t.Errorf("the leadership reads %q", rows)
	}
}

func TestOnesOwnTwoUnitsStandSideBySide(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Staff, stp)
	act.Memberships = append(act.Memberships, w.actor(actor.Staff, syt).Memberships...)
	page := w.page(act, paths.PeriodOverview(2022, "nam"))
	rows := figureRows(page, "#nv2 tr")
	want := [][]string{
		{"Chỉ tiêu, đơn vị tính", "Sở Tư pháp", "Sở Y tế", "Toàn tỉnh", "Bình quân"},
		{"Số thủ tục hành chính thuộc thẩm quyền giải quyết TTHC", "120", "chưa trả lời", "không cộng từ 2/6 đơn vị", "–"},
		{"Số hồ sơ TTHC đã giải quyết hồ sơ", "200", "KTPV", "… từ 3/5 đơn vị", "…"},
	}
	if diff := cmp.Diff(want, rows[:3]); diff != "" {
		t.Error(diff)
	}
}

func TestBeforeAnyReportIsAcceptedAPeriodSaysSo(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	w.exec(`insert into period (id, campaign_id, kind, slug, name, opens_on, data, cumulative) overriding system value
		values (8, NO, 'report', 'nam-chinh-thuc', 'Năm 2022 chính thức', '2022-12-20', '[2021-12-15,2022-12-15)', true)`)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.PeriodOverview(2022, "nam-chinh-thuc"))
	if got := words(page.Find("h1")); got != "Kỳ báo cáo năm 2022 chính thức mở từ ngày 20/12/2022" {
		t.Errorf("it finds %q", got)
	}
	if got := words(page.Find("section[aria-labelledby=h-kq]")); !strings.Contains(got, "Chưa có báo cáo nào được tiếp nhận.") || page.Find(".dv-sec").Length() != 0 {
		t.Errorf("it says %q", got)
	}
	if got := words(page.Find(".dv-glance nav [aria-current]")); got != "Báo cáo năm 2022 chính thức" {
		t.Errorf("one is at %q", got)
	}
	own := w.page(w.actor(actor.Staff, stp), paths.PeriodOverview(2022, "nam-chinh-thuc"))
	if got := words(own.Find("h1")); got != "Sở Tư pháp: báo cáo năm 2022 chính thức chưa soạn" {
		t.Errorf("a unit reads %q", got)
	}
}

func TestPlansAndPeriodsLeadToEachOther(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	tabs := w.page(w.actor(actor.Leadership, ubnd), paths.Overview(2022)).Find(".dv-glance nav a")
	if words(tabs) != "Kế hoạch Báo cáo 6 tháng Báo cáo năm" {
		t.Errorf("the plans lead to %q", words(tabs))
	}
	if got := tabs.Last().AttrOr("href", ""); got != paths.PeriodOverview(2022, "nam")+"?noi-nhan=snv-2022" {
		t.Errorf("to %s", got)
	}
	back := w.page(w.actor(actor.Staff, stp), paths.PeriodOverview(2022, "nam")).Find(".dv-glance nav a").First()
	if back.AttrOr("href", "") != paths.Overview(2022) {
		t.Errorf("back to %s", back.AttrOr("href", ""))
	}
	if _, status := w.ask(w.actor(actor.Staff, stp), paths.PeriodOverview(2022, "nam")+"?noi-nhan=h-vi-thuy-2022"); status != http.StatusNotFound {
		t.Errorf("the communes of a district: status %d", status)
	}
}
