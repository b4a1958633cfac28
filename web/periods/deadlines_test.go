package periods

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/campaign"
	"danvan/internal/unit"
)

const (
	nam     = "/bao-cao/2022/nam/thoi-han"
	plans   = "/ke-hoach/2022/thoi-han"
	waiting = "Chờ số liệu của các Phòng Tư pháp"
)

func wantTexts(t *testing.T, where, got string, wants ...string) {
	t.Helper()
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("%s says %q, want %q", where, got, want)
		}
	}
}

func TestThePageSaysWhenAPeriodOpensUntilWhenItRunsAndByWhenToFile(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "28/11/2022 08:00:00")
	page := p.get("truc", nam)
	wantTexts(t, "the page", page.text("main"), "Thời hạn báo cáo năm 2022", "Đang mở", "thứ Ba, 15/11/2022",
		"từ 15/12/2021 đến hết 30/11/2022", "Chưa đặt. Sau hạn vẫn gửi được",
		"trước ngày 05/12/2022, còn 6 ngày", "hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022",
		"UBND xã, phường, thị trấn (0)trước ngày 03/12/2022, còn 4 ngày",
		"Sở Tư pháp: còn 6 ngày. Hạn chung: trước ngày 05/12/2022", "chuyên viên tổng hợp của Sở Nội vụ")
	if n := page.Find(".dv-head .btn").Length(); n != 0 {
		t.Errorf("staff are offered %d buttons", n)
	}
	wantTexts(t, "the plan period", p.get("truc", plans).text("main"), "Thời hạn kế hoạch năm 2022", "trước ngày 01/04/2022, quá 242 ngày")
}

func TestWhoSeesThePeriodReadsItAndWhoManagesItChangesIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "08/11/2022 08:00:00")
	forms := []string{nam + "/sua", nam + "/gia-han", nam + "/dong-ky", plans + "/sua", plans + "/gia-han", plans + "/dong-ky"}
	const district = "/bao-cao/2022/nam/cap-xa/h-vi-thuy"
	for who, want := range map[string]struct{ read, change int }{
		"truc": {200, 403}, "dong": {200, 403}, "kieu": {200, 403}, "mai": {200, 403}, "tu": {200, 403}, "chutich": {200, 403},
		"ngan": {200, 200}, "quantri": {200, 200}, "mattran": {404, 404},
	} {
		for _, path := range []string{nam, plans, "/bao-cao/2022/nam/cap-xa"} {
			if got := p.get(who, path).status; got != want.read {
				t.Errorf("%s reads %s: %d, want %d", who, path, got, want.read)
			}
		}
		for _, path := range append(forms, district) {
			page := p.get(who, path)
			if page.status != want.change {
				t.Errorf("%s opens %s: %d, want %d", who, path, page.status, want.change)
			}
			if want.change == http.StatusForbidden {
				wantTexts(t, who+" at "+path, page.text("main"), "Sở Nội vụ")
			}
		}
	}
	for _, path := range []string{"/bao-cao/2021/nam/thoi-han", "/bao-cao/2022/quy-1/thoi-han", "/bao-cao/2022/ke-hoach/thoi-han",
		"/bao-cao/x/nam/thoi-han", "/bao-cao/2022/tu-danh-gia/cap-xa", "/bao-cao/2022/nam/cap-xa/stp"} {
		if got := p.get("ngan", path).status; got != http.StatusNotFound {
			t.Errorf("%s: %d, want not found", path, got)
		}
	}
}

func TestAnExtensionIsListedWithReasonByWhomAndWhen(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "01/12/2022 09:15:00")
	if got := p.fill("ngan", nam+"/gia-han", "unit", "stp", "due_before", "10/12/2022", "reason", waiting); got.status != http.StatusSeeOther || got.to != nam {
		t.Fatalf("answered %d to %s: %s", got.status, got.to, got.text("main"))
	}
	wantTexts(t, "afterwards", p.get("ngan", nam).text("main"),
		"Đã gia hạn cho Sở Tư pháp: trước ngày 10/12/2022",
		"Sở Tư pháp: trước ngày 10/12/2022 (hạn cuối: hết thứ Sáu 09/12/2022)",
		"Lý do: "+waiting+". Châu Thị Bích Ngân cho lúc 09:15 ngày 01/12/2022.")

	// After the common deadline it changes lateness only with its reason.
	p.now = at("06/12/2022 08:00:00")
	wantTexts(t, "the form", p.get("ngan", nam+"/gia-han").text("main"), "Hạn chung đã qua", "kèm lý do", "Sở Tư pháp (đã gia hạn: trước ngày 10/12/2022)")
	p.fill("ngan", nam+"/gia-han", "unit", "stp", "due_before", "13/12/2022", "reason", "Bão số 9 làm mất điện toàn tỉnh.")
	wantTexts(t, "the unit", p.get("truc", nam).text("main"),
		"Sở Tư pháp: còn 6 ngày. Được gia hạn: trước ngày 13/12/2022", "sau khi hết hạn chung, lúc 08:00 ngày 06/12/2022. Lý do: Bão số 9 làm mất điện toàn tỉnh. Hạn chung: trước ngày 05/12/2022.",
		"Gia hạn sau khi hết hạn chung (trước ngày 05/12/2022): đúng hạn hay chậm xét theo hạn mới và luôn kèm lý do này.",
		"trước ngày 10/12/2022 (hạn cuối: hết thứ Sáu 09/12/2022) – đã thay bằng lần gia hạn sau")

	// It is the business of the unit and of those above it.
	for who, seen := range map[string]bool{"ngan": true, "tu": true, "chutich": true, "quantri": true, "truc": true, "dong": false, "kieu": false, "mai": false} {
		if got := strings.Contains(p.get(who, nam).text("main"), "Bão số 9"); got != seen {
			t.Errorf("%s sees the extension of Sở Tư pháp: %t, want %t", who, got, seen)
		}
	}
}

func TestWhatIsWrongIsSaidBesideEachFieldAndNothingTypedIsLost(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "01/12/2022 09:15:00")
	for path, tt := range map[string]struct {
		typed []string
		want  map[string]string // field to sentence
	}{
		nam + "/gia-han": {[]string{"unit", "khong-co", "due_before", "12/13/2022", "reason", "ngắn"},
			map[string]string{"unit": "Chọn đơn vị", "due_before": "không có trong lịch", "reason": "ít nhất 10 ký tự"}},
		nam + "/sua": {[]string{"due-department", "mai", "due-commune", "30/11/2022"},
			map[string]string{"due-department": "ngày/tháng/năm", "due-commune": "ít nhất một ngày làm việc"}},
		nam + "/dong-ky": {[]string{"on", "30/11/2022", "reason", ""},
			map[string]string{"on": "phải sau hôm nay", "reason": "Nêu lý do"}},
	} {
		page := p.fill("ngan", path, tt.typed...)
		if page.status != http.StatusUnprocessableEntity || page.Find("[data-errors] li").Length() != len(tt.want) {
			t.Errorf("%s answered %d: %s", path, page.status, page.text("[data-errors]"))
		}
		for field, want := range tt.want {
			wantTexts(t, path+" at "+field, page.text("#"+field+"-loi"), want)
		}
		for i := 0; i < len(tt.typed); i += 2 {
			x := page.Find("[name=\"" + tt.typed[i] + "\"]")
			if got := x.AttrOr("value", strings.TrimSpace(x.Text())); got != tt.typed[i+1] && goquery.NodeName(x) != "select" {
				t.Errorf("%s: %s shows %q, want %q as typed", path, tt.typed[i], got, tt.typed[i+1])
			}
		}
	}
	period, err := campaign.PeriodBySlug(t.Context(), p.db, 2022, "nam")
	p.must(err)
	if events, err := campaign.History(t.Context(), p.db, period); err != nil || len(events) != 0 {
		t.Errorf("stored %v, %v", events, err)
	}
}

func TestAFormSentTwiceChangesOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "01/12/2022 09:15:00")
	values := p.filled("ngan", nam+"/gia-han", "unit", "stp", "due_before", "10/12/2022", "reason", waiting)
	for range 2 {
		if got := p.post("ngan", nam+"/gia-han", values); got.status != http.StatusSeeOther {
			t.Fatalf("answered %d", got.status)
		}
	}
	if n := p.get("ngan", nam).Find(".dv-refs li").Length(); n != 1 {
		t.Errorf("%d extensions, want 1", n)
	}
}

func TestTwoWhoMoveTheSameDeadlineAreToldOfOneAnother(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "16/11/2022 08:00:00")
	first := p.filled("ngan", nam+"/sua", "due-district", "07/12/2022")
	second := p.filled("quantri", nam+"/sua", "due-district", "08/12/2022", "due-department", "06/12/2022")
	if got := p.post("ngan", nam+"/sua", first); got.status != http.StatusSeeOther {
		t.Fatalf("the first: %d", got.status)
	}
	page := p.post("quantri", nam+"/sua", second)
	if page.status != http.StatusUnprocessableEntity {
		t.Fatalf("the second: %d", page.status)
	}
	wantTexts(t, "the second form", page.text("#due-district-loi"), "Người khác vừa đặt hạn này là trước ngày 07/12/2022")
	wantTexts(t, "its hint", page.text("#due-district-goi-y"), "Đang là trước ngày 07/12/2022")
	// Sent again as it stands it is a decision.
	again := second
	again.Set("read-district", page.Find(`[name="read-district"]`).AttrOr("value", ""))
	again.Set("_key", page.Find(`[name="_key"]`).AttrOr("value", ""))
	if got := p.post("quantri", nam+"/sua", again); got.status != http.StatusSeeOther {
		t.Fatalf("again: %d: %s", got.status, got.text("[data-errors]"))
	}
	period, err := campaign.PeriodBySlug(t.Context(), p.db, 2022, "nam")
	p.must(err)
	if got := period.DueOn(unit.District).String() + " " + period.DueOn(unit.Department).String(); got != "08/12/2022 06/12/2022" {
		t.Errorf("got %s", got)
	}
	wantTexts(t, "the history", p.get("truc", nam).text(".dv-tl"),
		"Châu Thị Bích Ngân đổi hạn của UBND huyện, thị xã, thành phố từ trước ngày 05/12/2022 sang trước ngày 07/12/2022",
		"Mai Quốc Trị đổi hạn của sở, ban, ngành tỉnh từ trước ngày 05/12/2022 sang trước ngày 06/12/2022")
}

func TestAPeriodIsClosedNowOrOnADayAndOpenedAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t, "19/12/2022 08:00:00")
	p.fill("ngan", nam+"/dong-ky", "on", "20/12/2022", "reason", "Tổng hợp báo cáo năm")
	wantTexts(t, "before it closes", p.get("truc", nam).text("main"), "Đang mở", "đóng 00:00 ngày 20/12/2022", "Lý do: Tổng hợp báo cáo năm.")
	wantTexts(t, "the form to set it anew", p.get("ngan", nam+"/dong-ky").text("textarea"), "Tổng hợp báo cáo năm")

	p.now = at("20/12/2022 00:00:00")
	page := p.get("truc", nam)
	wantTexts(t, "the lock", page.text(".dv-lock"), "Kỳ đã đóng", "Tổng hợp báo cáo năm", "Châu Thị Bích Ngân", "00:00 ngày 20/12/2022", "Sở Nội vụ")
	wantTexts(t, "more time in a closed period", p.get("ngan", nam+"/gia-han").text("main"), "gia hạn không mở lại kỳ")
	if got := p.get("ngan", nam+"/mo-lai-ky").text("h1"); got != "Mở lại kỳ" {
		t.Errorf("got %q", got)
	}
	p.fill("ngan", nam+"/mo-lai-ky", "reason", "Còn hai đơn vị chưa gửi")
	wantTexts(t, "open again", p.get("truc", nam).text("main"), "Đang mở", "bỏ việc đóng kỳ (00:00 ngày 20/12/2022). Lý do: Còn hai đơn vị chưa gửi.")
	p.fill("ngan", nam+"/dong-ky", "reason", "Đã đủ báo cáo các đơn vị")
	wantTexts(t, "closed at once", p.get("truc", nam).text("main"), "Đã đóng", "từ 00:00 ngày 20/12/2022")
}
