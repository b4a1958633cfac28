package periods

import (
	"net/http"
	"testing"

	"danvan/internal/campaign"
)

const (
	below   = "/bao-cao/2022/nam/cap-xa"
	viThuy  = below + "/h-vi-thuy"
	viThang = "xa-vi-thang-h-vi-thuy"
)

func TestCommunesAreSwitchedOnBeforeThePeriodOpens(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "08/11/2022 09:20:00")
	wantTexts(t, "the list", p.get("ngan", below).text("main"), "Muộn nhất ngày 14/11/2022", "Huyện Vị Thủy: 0 trong 10 đơn vị cấp xã")
	if n := p.get("kieu", below).Find(".dv-refs a").Length(); n != 0 {
		t.Errorf("the district itself is offered %d forms", n)
	}
	if n := p.get("ngan", viThuy).Find(`[name="units"][checked]`).Length(); n != 10 {
		t.Errorf("%d communes are ticked, want all 10", n)
	}
	got := p.fill("ngan", viThuy, "units", viThang+",thi-tran-nang-mau-h-vi-thuy", "from", "10/11/2022", "plans_before", "16/12/2022",
		"reason", "Huyện đề nghị thí điểm")
	if got.status != http.StatusSeeOther || got.to != below {
		t.Fatalf("answered %d to %s: %s", got.status, got.to, got.text("[data-errors]"))
	}
	wantTexts(t, "afterwards", p.get("ngan", below).text("main"), "Đã đưa 2 đơn vị cấp xã của UBND huyện Vị Thủy vào danh sách nộp từ ngày 10/11/2022",
		"Huyện Vị Thủy: 2 trong 10 đơn vị cấp xã", "Xã Vị Thắng từ 10/11/2022; Thị trấn Nàng Mau từ 10/11/2022.")
	wantTexts(t, "the deadlines", p.get("mai", nam).text("main"), "2 đơn vị cấp xã của 1 huyện, thị xã, thành phố nộp về cấp huyện")
	p.now = at("11/11/2022 08:00:00")
	wantTexts(t, "the commune", p.get("mai", nam).text("main"), "UBND xã Vị Thắng: còn 21 ngày. Hạn chung: trước ngày 03/12/2022")
	wantTexts(t, "its plan", p.get("mai", plans).text("main"), "UBND xã Vị Thắng: còn 34 ngày. Được gia hạn: trước ngày 16/12/2022")
	wantTexts(t, "its district", p.get("kieu", plans).text("main"), "UBND xã Vị Thắng: trước ngày 16/12/2022")
	if n := p.get("ngan", viThuy).Find(`[name="units"]`).Length(); n != 8 {
		t.Errorf("%d communes are left to add, want 8", n)
	}
}

func TestOnceThePeriodHasOpenedNoCommuneIsAdded(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "14/11/2022 23:59:59")
	values := p.filled("ngan", viThuy, "reason", "Huyện đề nghị thí điểm")
	p.now = at("15/11/2022 00:00:00")
	page := p.post("ngan", viThuy, values)
	if page.status != http.StatusForbidden {
		t.Errorf("answered %d", page.status)
	}
	wantTexts(t, "the refusal", page.text("main"), "Kỳ này đã mở", "tính hai lần", "trước khi kỳ báo cáo sau mở")
	wantTexts(t, "the list", p.get("ngan", below).text(".dv-lock"), "Không đưa thêm cấp xã vào kỳ này được nữa", "thứ Ba 15/11/2022")
	if n := p.get("ngan", below).Find(".dv-refs a").Length(); n != 0 {
		t.Errorf("%d forms are offered", n)
	}
	members, err := campaign.Roster(t.Context(), p.db, p.year.ID, campaign.RosterFilter{})
	if err != nil || len(members) != 28 {
		t.Errorf("%d units, %v, want 28", len(members), err)
	}
}

func TestMistakesInSwitchingOnAreSaid(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "08/11/2022 09:20:00")
	values := p.filled("ngan", viThuy, "from", "15/11/2022", "plans_before", "1/4", "reason", "ngắn")
	values.Del("units")
	page := p.post("ngan", viThuy, values)
	if page.status != http.StatusUnprocessableEntity {
		t.Fatalf("answered %d", page.status)
	}
	for field, want := range map[string]string{"units": "Chọn ít nhất một", "from": "trước ngày mở kỳ (15/11/2022)", "plans_before": "ngày/tháng/năm", "reason": "ít nhất 10 ký tự"} {
		wantTexts(t, field, page.text("#"+field+"-loi"), want)
	}
}
