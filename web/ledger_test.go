package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/database"
)

// yearEndPortal is the portal at the end of the year, with the report of Sở Tư
// pháp accepted; its proposal stands in the ledger.
func yearEndPortal(t testing.TB) *portal {
	t.Helper()
	w := freshWorld(t)
	w.bring(t, "accepted")
	w.bringReport(t, "accepted")
	p := newPortal(t, w)
	p.now = yearEnd
	return p
}

// with returns values with some fields replaced.
func with(values url.Values, pairs ...string) url.Values {
	for i := 0; i+1 < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return values
}

// faulty are the fields a form that came back marks, in order.
func faulty(r *response) string {
	var names []string
	r.page.Find("[aria-invalid=true]").Each(func(_ int, s *goquery.Selection) { names = append(names, s.AttrOr("name", "")) })
	return strings.Join(names, " ")
}

// leads reports whether a page has a link.
func leads(r *response, path string) bool { return r.page.Find("a[href='"+path+"']").Length() > 0 }

func TestAProposalIsAssignedAnsweredAndReadByItsUnit(t *testing.T) {
	t.Parallel()
	p := yearEndPortal(t)
	const entry = "/kien-nghi/2022/nam/stp/1"
	for _, who := range []string{"own-staff", "reviewer", "leadership"} {
		if !leads(p.as(who).get("/bao-cao/2022/nam/stp").want(http.StatusOK), entry) {
			t.Errorf("the report in force does not lead %s to the ledger", who)
		}
	}
	p.as("reviewer")
	home := p.get("/").want(http.StatusOK).says("Kiến nghị quá hạn, chưa phân công", "Sở Tư pháp: kiến nghị 1")
	if !leads(home, entry+"/phan-cong") {
		t.Error("Việc của tôi does not lead to the assignment")
	}
	p.get("/kien-nghi/2022").want(http.StatusOK).says("1 kiến nghị: 1 chưa phân công", "Bố trí kinh phí hòa giải ở cơ sở.")
	p.get(entry + "/tra-loi").want(http.StatusForbidden).says("chưa được phân công nơi giải quyết")

	// What cannot be accepted comes back as it was typed.
	form := p.get(entry + "/phan-cong").want(http.StatusOK).filled(entry + "/phan-cong")
	back := p.post(entry+"/phan-cong", with(form, "receiver", "khac", "other", "Kho bạc Nhà nước tỉnh", "due_on", "31/02/2023")).want(http.StatusUnprocessableEntity)
	back.says("Ngày 31/02/2023 không có trong lịch")
	if got := back.filled(entry + "/phan-cong"); faulty(back) != "due_on" || got.Get("other") != "Kho bạc Nhà nước tỉnh" || got.Get("due_on") != "31/02/2023" {
		t.Errorf("came back marking %q with %v", faulty(back), got)
	}
	if got := faulty(p.post(entry+"/phan-cong", with(form, "receiver", "", "other", "", "due_on", "")).want(http.StatusUnprocessableEntity)); got != "receiver due_on" {
		t.Errorf("nothing filled in marks %q", got)
	}
	good := with(form, "receiver", "khac", "other", "Kho bạc Nhà nước tỉnh", "due_on", "15/12/2022")
	p.post(entry+"/phan-cong", good).to(entry)
	p.post(entry+"/phan-cong", good).to(entry) // sent twice
	p.get(entry).want(http.StatusOK).says("Đang giải quyết", "Kho bạc Nhà nước tỉnh giải quyết, hạn trả lời thứ Năm, 15/12/2022")
	if n := p.count(t, `select count(*) from audit where subject like 'proposal/%' and action = 'assigned'`); n != 1 {
		t.Errorf("assigned %d times", n)
	}

	// Somebody else was faster: nothing typed is lost, and the next try goes through.
	stale := p.get(entry + "/tra-loi").want(http.StatusOK).filled(entry + "/tra-loi")
	p.as("consolidator").post(entry+"/phan-cong", with(p.get(entry+"/phan-cong").filled(entry+"/phan-cong"), "receiver", "stc", "other", "")).to(entry)
	back = p.as("reviewer").post(entry+"/tra-loi", with(stale, "answer", "Đã bố trí 156 triệu đồng.\nPhần còn lại cân đối sau.", "paper", "Công văn số 12/STC")).want(http.StatusUnprocessableEntity)
	back.says("Kiến nghị vừa thay đổi sau khi bạn mở trang này", "Sở Tài chính")
	again := back.filled(entry + "/tra-loi")
	if again.Get("answer") != "Đã bố trí 156 triệu đồng.\nPhần còn lại cân đối sau." || again.Get("paper") != "Công văn số 12/STC" {
		t.Errorf("came back with %v", again)
	}
	p.post(entry+"/tra-loi", again).to(entry)

	p.as("own-staff").get(entry).want(http.StatusOK).says("Đã trả lời", "Phần còn lại cân đối sau.", "Công văn số 12/STC", "Vào sổ khi Sở Nội vụ tiếp nhận lần gửi 1")
	notices := p.get("/thong-bao").want(http.StatusOK)
	if !leads(notices, entry) {
		t.Error("the unit's notice does not lead to the answer")
	}
	p.get(entry + "/tra-loi").want(http.StatusForbidden)
	for _, other := range []string{"other-staff", "other-leader", "partner", "admin", "below-reviewer", "nobody"} {
		p.as(other).get(entry).want(http.StatusNotFound)
	}
	p.as("other-staff").get("/kien-nghi/2022").want(http.StatusOK).says("Chưa có kiến nghị nào.")
	p.as("leadership").get("/kien-nghi/2022?tinh-trang=da-tra-loi&q=hoa+giai").want(http.StatusOK).says("1 kiến nghị")
	p.get("/kien-nghi/2022?trang=2").want(http.StatusNotFound)
	for format, kind := range map[string]string{"xlsx": "spreadsheetml", "csv": "text/csv"} {
		if got := p.get("/kien-nghi/2022?dang=" + format).want(http.StatusOK).rec.Header().Get("Content-Type"); !strings.Contains(got, kind) {
			t.Errorf("%s is %q", format, got)
		}
	}

	p.as("reviewer").post(entry+"/mo-lai", with(p.get(entry+"/mo-lai").filled(entry+"/mo-lai"), "reason", "Sai")).want(http.StatusUnprocessableEntity).says("Lý do cần ít nhất 10 ký tự")
	p.post(entry+"/mo-lai", with(p.get(entry+"/mo-lai").filled(entry+"/mo-lai"), "reason", "Trả lời nhầm kiến nghị khác")).to(entry)
	p.now = yearEnd.AddDate(0, 1, 0)
	p.as("leadership").get("/tong-quan/2022").want(http.StatusOK).says("1 kiến nghị của đơn vị quá hạn trả lời", "Bố trí kinh phí hòa giải ở cơ sở.")
}

func (p *portal) count(t testing.TB, sql string) int {
	t.Helper()
	n, err := database.Value[int](t.Context(), p.world.db, sql, nil)
	must(t, err)
	return n
}

func TestADirectionIsGivenAnsweredAndClosed(t *testing.T) {
	t.Parallel()
	p := yearEndPortal(t)
	const give, one = "/y-kien/2022/moi?don-vi=stp", "/y-kien/2022/1"
	p.as("leadership")
	for _, from := range []struct{ page, form string }{
		{"/ke-hoach/2022/stp", give},
		{"/bao-cao/2022/nam/stp", give + "&ve=bao-cao-nam"},
		{"/ke-hoach/2022/stp/hoat-dong/1.1", give + "&ve=hoat-dong-1.1"},
		{"/tong-quan/2022", "/y-kien/2022/moi"},
	} {
		if !leads(p.get(from.page).want(http.StatusOK), from.form) {
			t.Errorf("%s does not lead to %s", from.page, from.form)
		}
	}
	form := p.get(give + "&ve=hoat-dong-1.1").want(http.StatusOK).filled(give)
	if form.Get("about") != "hoat-dong-1.1" || form.Get("unit") != "stp" {
		t.Errorf("the form is about %v", form)
	}
	back := p.post(give, with(form, "body", "Làm\ngấp", "due_on", "hôm nay")).want(http.StatusUnprocessableEntity)
	if got := back.filled(give); faulty(back) != "body due_on" || got.Get("body") != "Làm\ngấp" || got.Get("due_on") != "hôm nay" {
		t.Errorf("came back marking %q with %v", faulty(back), got)
	}
	// An unreadable day alone gives nothing either.
	p.post(give, with(form, "body", "Khẩn trương tổ chức đối thoại.", "due_on", "hôm nay")).want(http.StatusUnprocessableEntity)
	if n := p.count(t, `select count(*) from direction`); n != 0 {
		t.Fatalf("%d directions were given by forms with mistakes", n)
	}
	good := with(form, "body", "Khẩn trương tổ chức đối thoại.", "due_on", "05/12/2022")
	p.post(give, good).to(one)
	p.post(give, good).to(one) // sent twice
	if n := p.count(t, `select count(*) from direction`); n != 1 {
		t.Errorf("%d directions, want 1", n)
	}
	p.get(one).want(http.StatusOK).says("Ý kiến chỉ đạo số 1", "Chờ Sở Tư pháp trả lời, hạn thứ Hai, 05/12/2022 (còn 7 ngày)")

	for _, who := range []string{"own-staff", "own-leader"} {
		if !leads(p.as(who).get("/").want(http.StatusOK).says("Ý kiến chỉ đạo, phối hợp chờ trả lời"), one+"/tra-loi") {
			t.Errorf("Việc của tôi of %s does not lead to the answer", who)
		}
	}
	if seen := p.as("reviewer").get("/").want(http.StatusOK).says("Ý kiến chỉ đạo số 1 về hoạt động 1.1 của Sở Tư pháp"); leads(seen, one+"/tra-loi") || !leads(seen, one) {
		t.Error("the reviewer is to know of it, not to answer it")
	}
	for _, other := range []string{"other-staff", "partner", "admin", "below-reviewer", "nobody"} {
		p.as(other).get(one).want(http.StatusNotFound)
	}
	p.as("own-staff").get("/y-kien/2022/moi").want(http.StatusForbidden)
	p.as("partner").get("/y-kien/2022/moi").want(http.StatusNotFound)

	p.as("own-staff")
	answer := p.get(one + "/tra-loi").want(http.StatusOK).filled(one + "/tra-loi")
	if got := faulty(p.post(one+"/tra-loi", with(answer, "answer", " ")).want(http.StatusUnprocessableEntity)); got != "answer" {
		t.Errorf("an empty answer marks %q", got)
	}
	p.post(one+"/tra-loi", with(answer, "answer", "Đã tổ chức đối thoại ngày 25/11/2022.")).to(one)
	p.as("consolidator").get(one).want(http.StatusOK).says("Việc tiếp theo: đọc trả lời, kết thúc ý kiến.")
	p.as("leadership").get("/tong-quan/2022").want(http.StatusOK).says("1 ý kiến chỉ đạo, phối hợp đang mở")
	p.post(one+"/ket-thuc", with(p.get(one+"/ket-thuc").filled(one+"/ket-thuc"), "closing", "Đạt yêu cầu.")).to(one)
	p.as("own-leader").get(one).want(http.StatusOK).says("Đã kết thúc", "Đạt yêu cầu.")
	p.get(one + "/tra-loi").want(http.StatusForbidden).says("Ý kiến này đã kết thúc.")
	p.as("own-staff").get("/y-kien/2022?tinh-trang=da-ket-thuc").want(http.StatusOK).says("1 ý kiến")
	if got := p.get("/y-kien/2022?dang=xlsx").want(http.StatusOK).rec.Header().Get("Content-Disposition"); !strings.Contains(got, "y-kien-chi-dao") {
		t.Errorf("the file is called %q", got)
	}
}
