package reports

import (
	"strings"
	"testing"
	"time"

	"danvan/web/paths"
)

var list = paths.Reports(2022, "nam")

func TestTheYearLeadsToThePeriodThatMattersNow(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for on, want := range map[time.Time]string{
		midyear: "6-thang", yearEnd: "nam", midyear.AddDate(0, -3, 0): "6-thang", yearEnd.AddDate(0, 0, -14): "6-thang"} {
		p.now = on
		if got := p.get("tu", paths.ReportsOfYear(2022)).want(303).to; got != paths.Reports(2022, want) {
			t.Errorf("on %s to %s, want %s", on.Format("02/01"), got, want)
		}
	}
	p.get("tu", paths.ReportsOfYear(2031)).want(200).says("main", "chưa có kỳ báo cáo")
	p.get("mattran", paths.ReportsOfYear(2022)).want(404)
}

func TestTheListSaysWhoHasSentAndWhoIsLate(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, nil)
	p.submit(stp)
	p.accept(stp)
	page := p.get("tong", list).want(200)
	page.says(".dv-head-meta", "1/28 đơn vị đã gửi; 1 báo cáo đã tiếp nhận. Chốt số liệu ngày 30/11/2022.")
	page.says("tbody", "Sở Tư pháp Đã tiếp nhận28/11/2022Đúng hạnLần gửi 1")
	page.says("tbody", "Sở Y tế Chưa soạn–Còn 6 ngày–")
	page.says(".dv-pager", "28 đơn vị")
	if got := page.Find(".dv-tabs a").Length(); got != 2 {
		t.Errorf("%d periods to switch between, want 2", got)
	}
	p.now = time.Date(2022, time.December, 7, 9, 0, 0, 0, p.now.Location())
	late := p.get("tong", list+"?cham=1&sap-xep=-han").want(200)
	late.says("tbody", "Quá hạn 3 ngày")
	if strings.Contains(late.Find("tbody").Text(), "Sở Tư pháp") {
		t.Error("who was in time is listed as late")
	}
}

func TestTheListIsNarrowedAndSorted(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, nil)
	if got := p.get("tong", list+"?q=vi+thuy").want(200).Find("tbody tr").Length(); got != 1 {
		t.Errorf("%d units are called vi thuy", got)
	}
	if got := p.get("tong", list+"?khoi=cap-huyen").want(200).Find("tbody tr").Length(); got != 8 {
		t.Errorf("%d districts, want 8", got)
	}
	p.get("tong", list+"?trang-thai=nhap").says("tbody", "Sở Tư pháp")
	p.get("tong", list+"?trang-thai=da-gui").says("main", "Không có đơn vị nào khớp bộ lọc.")
	if first := strings.TrimSpace(p.get("tong", list+"?sap-xep=don-vi").Find("tbody th").First().Text()); first != "Ban Dân tộc tỉnh" {
		t.Errorf("by name it begins with %q", first)
	}
	p.get("tong", list+"?trang=9").want(404)
}

func TestEachListsWhatIsTheirs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for who, want := range map[string]int{"truc": 1, "tu": 28, "tong": 28, "chutich": 28, "quantri": 28, "huyen": 1} {
		if got := p.get(who, list).want(200).Find("tbody tr").Length(); got != want {
			t.Errorf("%s sees %d reports, want %d", who, got, want)
		}
	}
	p.get("mattran", list).want(404)
	p.get("tu", paths.Reports(2022, "thang-13")).want(404)
}
