package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"danvan/internal/account"
	"danvan/internal/demo/demotest"
)

// commune is one of the two of huyện Vị Thủy that file in the demonstration.
const commune = "xa-vi-thang-h-vi-thuy"

// TestADistrictDecidesOnThePlanOfItsCommune follows the plan of a commune to its
// district, back, and into force.
func TestADistrictDecidesOnThePlanOfItsCommune(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	const (
		staff, leader = commune + ".chuyenvien", commune + ".lanhdao"
		judge, own    = "h-vi-thuy.thamdinh", "/ke-hoach/2022/" + commune
		review        = "/tham-dinh" + own
	)
	// fill sends the form of a page as it stands, but for the pairs.
	fill := func(who, page, action string, pairs ...string) *response {
		t.Helper()
		values := s.ask(who, page).want(http.StatusOK).filled(action)
		for name, v := range pairsOf(pairs...) {
			values[name] = v
		}
		return s.send(who, action, values)
	}
	s.ask(judge, "/").want(http.StatusOK).says("Đơn vị mới tham gia, chưa gửi", "UBND xã Vị Thắng: kế hoạch năm 2022", "trước ngày 16/12/2022")
	s.ask(judge, "/tham-dinh").want(http.StatusOK).says("1 hồ sơ chờ tiếp nhận", "UBND xã Vị Thắng: báo cáo năm 2022")

	author, err := account.ByUsername(t.Context(), s.db, staff)
	must(t, err)
	fill(staff, own+"/hoat-dong/moi?nhiem-vu=1", own+"/hoat-dong", "task", "1", "title", "Đối thoại với Nhân dân ấp 12", "product", "02 cuộc đối thoại",
		"time", "year", "owner", strconv.FormatInt(int64(author.ID), 10)).want(http.StatusSeeOther)
	for _, task := range []string{"2", "3", "4", "5", "6", "7"} {
		scope := own + "/nhiem-vu/" + task
		fill(staff, scope, scope, "scope", "nil", "reason", "Không phát sinh tại xã.").want(http.StatusSeeOther)
	}
	send := func(number string) {
		t.Helper()
		fill(staff, own+"/trinh", own+"/trinh").want(http.StatusSeeOther)
		fill(leader, own+"/duyet", own+"/duyet", "number", number, "symbol", "KH-UBND", "issued_on", "28/11/2022", "subject", "Kế hoạch năm 2022",
			"signer", "Phạm Đắc Lợi", "capacity", "KT. CHỦ TỊCH, PHÓ CHỦ TỊCH").want(http.StatusSeeOther)
	}
	send("41")
	s.ask(staff, own).says("Hồ sơ đã gửi, đang chờ UBND huyện Vị Thủy tiếp nhận")

	// It waits at the district, and nowhere else.
	s.ask(judge, "/tham-dinh").want(http.StatusOK).says("2 hồ sơ chờ tiếp nhận", "UBND xã Vị Thắng: kế hoạch năm 2022")
	s.ask(judge, "/").says("xã Vị Thắng")
	if text := s.ask("snv.thamdinh", "/tham-dinh").page.Text(); strings.Contains(text, "Vị Thắng") {
		t.Error("the plan of a commune waits at Sở Nội vụ")
	}
	for who, want := range map[string]int{"snv.thamdinh": http.StatusForbidden, "snv.tonghop": http.StatusForbidden, "h-vi-thuy.chuyenvien": http.StatusNotFound,
		"stp.chuyenvien": http.StatusNotFound, "tp-vi-thanh.lanhdao": http.StatusNotFound} {
		if got := s.send(who, review+"/tiep-nhan", url.Values{"version": {"1"}, "read": {"1"}}).rec.Code; got != want {
			t.Errorf("%s accepts: %d, want %d", who, got, want)
		}
	}

	// Returned with a remark, answered, sent again, accepted.
	s.ask(judge, review).want(http.StatusOK).says("Đối thoại với Nhân dân ấp 12")
	s.send(judge, review+"/gop-y", pairsOf("version", "1", "part", "", "field", "", "body", "Ghi rõ tháng thực hiện.")).want(http.StatusSeeOther)
	s.send(judge, review+"/tra-lai", pairsOf("version", "1", "reason", "Chưa rõ thời gian thực hiện")).want(http.StatusSeeOther)
	s.ask(staff, "/").says("Chưa rõ thời gian thực hiện")
	answer := own + "/gop-y/" + s.one(`select max(id)::text from remark`)
	fill(staff, answer, answer, "answer", "Đã ghi trong văn bản").want(http.StatusSeeOther)
	send("42")
	s.ask(judge, review).want(http.StatusOK)
	fill(judge, review, review+"/tiep-nhan", "read", "1").want(http.StatusSeeOther)
	s.ask(staff, own).says("Đã tiếp nhận")

	// Its own people, the district and those above the district see it in force.
	for who, want := range map[string]int{staff: 200, judge: 200, "snv.thamdinh": 200, "ubnd.lanhdao": 200, "stp.chuyenvien": 404, "tp-vi-thanh.chuyenvien": 404} {
		if got := s.ask(who, own).rec.Code; got != want {
			t.Errorf("%s reads the plan: %d, want %d", who, got, want)
		}
	}
	// The district's matrix holds it, the province's does not; whoever sees all
	// chooses between them.
	const board = "/tong-quan/2022"
	s.ask(judge, board).want(http.StatusOK).says("UBND cấp xã (2)", "Xã Vị Thắng", "Thị trấn Nàng Mau", "Chưa soạn kế hoạch")
	s.ask("ubnd.lanhdao", board+"?noi-nhan=h-vi-thuy").want(http.StatusOK).says("Xã Vị Thắng")
	s.ask("snv.tonghop", board+"?noi-nhan=h-vi-thuy").want(http.StatusOK).says("Xã Vị Thắng")
	province := s.ask("ubnd.lanhdao", board).want(http.StatusOK)
	if text := province.page.Find("main").Text(); strings.Contains(text, "Vị Thắng") {
		t.Error("the province counts a commune beside its district")
	}
	province.says("25/28 đơn vị đã gửi kế hoạch")
	for who, want := range map[string]int{"stp.chuyenvien": http.StatusNotFound, "tp-vi-thanh.chuyenvien": http.StatusNotFound} {
		if got := s.ask(who, board+"?noi-nhan=h-vi-thuy").rec.Code; got != want {
			t.Errorf("%s opens the district's board: %d, want %d", who, got, want)
		}
	}
}
