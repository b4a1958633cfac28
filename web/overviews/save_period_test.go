package overviews

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/web/paths"
)

func TestThePeriodIsSavedAsNumbers(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Leadership, ubnd)
	link := w.page(act, paths.PeriodOverview(2022, "nam")).Find(".dv-download a").First().AttrOr("href", "")
	_, rows := w.grid(act, link, "Số liệu", 6)
	want := [][]string{
		{"Mã", "Chỉ tiêu", "Đơn vị tính", "Năm 2022", "Số đơn vị có số liệu", "Số đơn vị phải trả lời", "Trong đó ước", "6 tháng đầu năm 2022", "Cùng kỳ năm 2021", "Năm 2022, của đơn vị so được", "Thay đổi so với cùng kỳ", "Số đơn vị so được"},
		{"T4.01", "Số lượt tiếp công dân", "lượt", "#1309.5", "#4", "#6", "#300", "#20", "#1045", "#1309.5", "0.25311005", "#4"},
	}
	if diff := cmp.Diff(want, [][]string{rows[0], line(rows, "T4.01")}); diff != "" {
		t.Error(diff)
	}
	if got := strings.Join(line(rows, "T2.01"), "|"); got != "T2.01|Số thủ tục hành chính thuộc thẩm quyền giải quyết|TTHC|không cộng|#2|#6||||||#0" {
		t.Errorf("what does not add up is %s", got)
	}
	_, rows = w.grid(act, link, "Theo đơn vị", 5)
	want = [][]string{
		{"", "", "", "Sở, ban, ngành", "", "", "", "UBND cấp huyện"},
		{"Mã", "Chỉ tiêu", "Đơn vị tính", "Nội vụ", "Tư pháp", "Y tế", "KH&CN", "H. Vị Thủy", "H. Long Mỹ"},
		{"T4.01", "Số lượt tiếp công dân", "lượt", "#1250.5", "#0", "không phát sinh", "", "#52", "#7"},
		{"T2.04", "Số hồ sơ TTHC đã giải quyết", "hồ sơ", "#100", "#200", "KTPV", "", "#400"},
	}
	if diff := cmp.Diff(want, [][]string{rows[0], rows[1], line(rows, "T4.01"), line(rows, "T2.04")}); diff != "" {
		t.Error(diff)
	}
	_, rows = w.grid(act, link, "Kết quả nhiệm vụ", 5)
	if diff := cmp.Diff([]string{"#2", "Cải cách hành chính", "#0", "#2", "#1", "#2", "#0", "#0"}, rows[2]); diff != "" {
		t.Error(diff)
	}
	_, rows = w.grid(act, link, "Gửi báo cáo", 10)
	if diff := cmp.Diff([]string{"Sở Y tế", "Sở, ban, ngành", "Đã tiếp nhận", "@05/12/2022", "#1", "Không thuộc phạm vi", "Đúng tiến độ"}, line(rows, "Sở Y tế")); diff != "" {
		t.Error(diff)
	}
}

// line is the row that begins with a word.
func line(rows [][]string, first string) []string {
	for _, r := range rows {
		if r[0] == first {
			return r
		}
	}
	return nil
}

func TestABreakdownIsSavedAsItIsSorted(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	act := w.actor(actor.Leadership, ubnd)
	link := w.page(act, paths.FigureBreakdown(2022, "nam", "T4.01")+"?sap-xep=-gia-tri").Find(".dv-download a").First().AttrOr("href", "")
	_, rows := w.grid(act, link, "T4.01", 5)
	want := [][]string{
		{"Đơn vị", "Khối", "Báo cáo", "Của riêng đơn vị", "Đơn vị trực thuộc", "Năm 2022", "Trong đó ước", "6 tháng đầu năm 2022", "Cùng kỳ năm 2021", "Nguồn cùng kỳ", "Thay đổi"},
		{"Sở Nội vụ", "Sở, ban, ngành", "Đã tiếp nhận", "#1250.5", "", "#1250.5", "#300", "#4", "#1000", "Báo cáo năm 2021", "0.2505"},
		{"Ủy ban nhân dân huyện Vị Thủy", "UBND cấp huyện", "Đã tiếp nhận", "#20", "#32", "#52", "", "#16", "#40", "lần gửi 1", "30%"},
		{"Ủy ban nhân dân huyện Long Mỹ", "UBND cấp huyện", "Đã tiếp nhận", "#7", "", "#7", "", "", "#0", "Báo cáo năm 2021"},
		{"Sở Tư pháp", "Sở, ban, ngành", "Đã tiếp nhận", "#0", "", "#0", "", "", "#5", "Báo cáo năm 2021", "-100%"},
		{"Sở Y tế", "Sở, ban, ngành", "Đã tiếp nhận", "Không phát sinh"},
		{"Sở Khoa học và Công nghệ", "Sở, ban, ngành", "Chưa soạn"},
		{"Cộng", "", "", "", "", "#1309.5"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Error(diff)
	}
}

func TestNobodySavesMoreOfAPeriodThanTheySee(t *testing.T) {
	t.Parallel()
	w := newReports(t)
	own := w.actor(actor.Staff, stp)
	for _, address := range []string{paths.PeriodOverview(2022, "nam"), paths.FigureBreakdown(2022, "nam", "T4.01"), paths.FigureBreakdown(2022, "nam", "T2.07"), paths.TaskOutcomes(2022, "nam", 1)} {
		rec := w.fetch(own, at(address, "dang", "csv"))
		if rec.Code != http.StatusOK {
			t.Fatalf("%s: status %d", address, rec.Code)
		}
		for _, secret := range append([]string{"1309.5", "1250.5", "1045", "700", "450", "85.13"}, others...) {
			if strings.Contains(rec.Body.String(), secret) {
				t.Errorf("%s tells %s:\n%s", address, secret, rec.Body)
			}
		}
	}
	for _, sheet := range []string{"Số liệu", "Kết quả nhiệm vụ"} {
		_, rows := w.grid(own, paths.PeriodOverview(2022, "nam")+"?dang=xlsx", sheet, 0)
		for _, row := range rows {
			for _, secret := range append([]string{"#1309.5", "#700", "#450"}, others...) {
				if strings.Contains(strings.Join(row, "|"), secret) {
					t.Errorf("the sheet %s tells %s: %q", sheet, secret, row)
				}
			}
		}
	}
}
