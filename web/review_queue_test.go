package web_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/web/paths"
)

// twoSent is the report and the plan of Sở Tư pháp, both sent, as their reviewer works
// through them.
func twoSent(t *testing.T) reviewed {
	t.Helper()
	v := underReview(t)
	v.s.w.bring(t, "submitted")
	return v
}

func (v reviewed) question() submission.Question {
	v.t.Helper()
	c, err := submission.Load(v.t.Context(), v.s.w.db, yearEnd, reportRef)
	must(v.t, err)
	if len(c.Questions) != 1 {
		v.t.Fatalf("open questions: %+v", c.Questions)
	}
	return c.Questions[0]
}

// TestAnExplanationGoesThereAndBackAndTheNextIsRead is done with forms alone, as
// where scripts are off.
func TestAnExplanationGoesThereAndBackAndTheNextIsRead(t *testing.T) {
	t.Parallel()
	v := twoSent(t)
	own, ask := paths.Report(year, "nam", ownUnit), paths.AskAbout(v.page)

	// A question with faults keeps what was typed.
	bad := v.do(ask, "question", "Vì sao?", "due", "27/11/2022").want(http.StatusUnprocessableEntity).says("ít nhất 10 ký tự", "Hạn trả lời không thể trước hôm nay")
	if got := bad.page.Find("form[action='" + ask + "'] textarea").Text(); !strings.Contains(got, "Vì sao?") || bad.page.Find("#giai-trinh details[open]").Length() != 1 {
		t.Errorf("what was typed is %q", got)
	}
	v.do(ask, "question", "Vì sao trả lời nhiều hơn số tiếp nhận?", "due", "ngày mai").want(http.StatusUnprocessableEntity)
	v.do(ask, "question", "", "due", "31/11/2022").want(http.StatusUnprocessableEntity).says("Còn 2 chỗ phải sửa", "không có trong lịch")
	v.do(ask, "question", "Vì sao trả lời nhiều hơn số tiếp nhận?", "due", "30/11/2022").to(v.page + "#giai-trinh")
	v.get(v.page).says("1 yêu cầu giải trình chờ đơn vị trả lời", "Hạn trả lời 30/11/2022.", "Không hỏi nữa")
	v.get(paths.Queue + "?tinh-trang=yeu-cau-giai-trinh").says("chờ giải trình")

	// The unit finds it among its work and on the report, and answers.
	v.as("own-staff").get("/").says("Yêu cầu giải trình", "còn 2 ngày", "Vì sao trả lời nhiều hơn số tiếp nhận?")
	v.get(own).says("trả lời yêu cầu giải trình của Sở Nội vụ, hạn 30/11/2022", "Đã gửi", "yêu cầu giải trình lần gửi 1, hạn trả lời 30/11/2022")
	answer := paths.Explain(own, v.question().ID)
	form := v.get(answer).want(http.StatusOK).filled(answer)
	form.Set("answer", "   ")
	v.post(answer, form).want(http.StatusUnprocessableEntity).says("Ghi nội dung giải trình")
	form = v.get(answer).filled(answer)
	stale := v.as("own-leader").get(answer).filled(answer)
	v.as("own-staff")
	form.Set("answer", "Hai ý kiến chuyển từ năm trước sang.")
	v.post(answer, form).to(own)
	stale.Set("answer", "Số tiếp nhận ghi thiếu hai.")
	clash := v.as("own-leader").post(answer, stale).want(http.StatusConflict).says("Hai ý kiến chuyển từ năm trước sang.")
	again := clash.filled(answer)
	if got := again.Get("answer"); got != "Số tiếp nhận ghi thiếu hai." {
		t.Errorf("the conflict keeps %q", got)
	}
	again.Set("answer", "Hai ý kiến chuyển từ năm trước sang, số tiếp nhận đúng là 3.")
	v.post(answer, again).to(own)
	v.get(own).says("đã trả lời, chờ kết luận", "Sửa câu trả lời", "giải trình lần gửi 1")

	// The reviewer reads the answer, closes, accepts and reads on.
	v.as("reviewer").get(paths.Queue).says("đã giải trình", "1 hồ sơ đã có giải trình")
	v.get(v.page).says("1 yêu cầu giải trình đã có trả lời, chờ kết luận", "số tiếp nhận đúng là 3")
	v.do(paths.SettleQuestion(v.page, v.question().ID)).to(v.page + "#giai-trinh")
	v.get(v.page).says("Các vòng rà soát", "1 yêu cầu giải trình", "Yêu cầu giải trình. Hạn trả lời 30/11/2022, đã kết luận.")
	v.do(paths.Accept(v.page), "read", "on").to(paths.Review(year, ownUnit))
	v.get(paths.Review(year, ownUnit)).want(http.StatusOK).says("Đã tiếp nhận Sở Tư pháp: báo cáo năm 2022, lần gửi 1", "Đây là hồ sơ tiếp theo.")
	v.as("own-staff").get(answer).want(http.StatusNotFound)
	v.get(own).says("đã rõ nội dung giải trình")
}

func TestTheNextStaysWithinWhatTheQueueIsNarrowedTo(t *testing.T) {
	t.Parallel()
	v := twoSent(t)
	v.remark("task/4", "result", "Nêu rõ nơi đối thoại.")
	reports := v.page + "?loai=bao-cao"
	if v.get(reports).want(http.StatusOK).page.Find(".dv-actions a:contains('Hồ sơ tiếp theo')").Length() != 0 {
		t.Error("after the only report comes a plan")
	}
	values := v.get(reports).filled(paths.Return(v.page) + "?loai=bao-cao")
	values.Set("reason", "Cần đối chiếu số liệu nhiệm vụ 4.")
	v.post(paths.Return(v.page)+"?loai=bao-cao", values).to(paths.Queue + "?loai=bao-cao")
	v.get(paths.Queue+"?loai=bao-cao").says("Đã trả lại, kèm góp ý, Sở Tư pháp: báo cáo năm 2022, lần gửi 1", "Không có hồ sơ nào khớp bộ lọc")
}

func TestTogetherOnlyWhatOneHasReadIsAccepted(t *testing.T) {
	t.Parallel()
	v := twoSent(t)
	chosen := url.Values{"_key": {strings.Repeat("t", 24)}, "item": {"plan/2022/ke-hoach/stp/1", "report/2022/nam/stp/1", "report/2022/nam/khong-co/1"}}
	list := v.get(paths.Queue).want(http.StatusOK)
	if n := list.page.Find("form[action='" + paths.AcceptTogether + "'] input[name=item]").Length(); n != 2 {
		t.Errorf("%d may be chosen, want 2", n)
	}
	v.get(v.page) // the report is read, the plan is not
	told := v.together(chosen)
	for range 2 { // loaded anew it says the same and does nothing
		got := v.get(told).want(http.StatusOK).says("Đã tiếp nhận 1/3 hồ sơ đã chọn", "Chưa đọc", "Hồ sơ không có trong danh sách của bạn", "Kết quả lúc 09:30 ngày 28/11/2022")
		wantText(t, got.page.Find("tbody tr").Eq(0), "Sở Tư pháp: kế hoạch năm 2022, lần gửi 1", "Chưa đọc", "Mở đọc rồi tiếp nhận")
		wantText(t, got.page.Find("tbody tr").Eq(1), "báo cáo năm 2022", "Đã tiếp nhận")
	}
	if again := v.together(chosen); again != told {
		t.Errorf("the same form leads to %s, then to %s", told, again)
	}
	v.get(told).says("Đã tiếp nhận 1/3 hồ sơ đã chọn")
	v.post(paths.AcceptTogether, url.Values{"_key": {strings.Repeat("u", 24)}}).to(paths.Queue)
	v.as("reviewer-author").get(told).want(http.StatusNotFound)
	v.get(paths.Review(year, ownUnit))
	v.get(v.together(url.Values{"_key": {strings.Repeat("w", 24)}, "item": {"plan/2022/ke-hoach/stp/1"}})).
		says("Đã tiếp nhận 0/1 hồ sơ đã chọn", "Hồ sơ bạn tham gia soạn")
	v.as("own-leader").post(paths.AcceptTogether, chosen).want(http.StatusNotFound)
}

// together posts a choice of the queue and returns where the outcomes stand.
func (v reviewed) together(chosen url.Values) string {
	v.t.Helper()
	return v.post(paths.AcceptTogether, chosen).want(http.StatusSeeOther).rec.Header().Get("Location")
}

func TestWhatADecisionLeadsToIsReadWhenItIsShown(t *testing.T) {
	t.Parallel()
	v := twoSent(t)
	plan := func(key string) url.Values {
		return url.Values{"_key": {strings.Repeat(key, 24)}, "item": {"plan/2022/ke-hoach/stp/1"}}
	}
	v.do(paths.Accept(v.page), "read", "on").to(paths.Review(year, ownUnit))
	v.get(v.together(plan("a"))).says("Đã tiếp nhận 0/1 hồ sơ đã chọn", "Chưa đọc") // the page never arrived
	v.get(paths.Review(year, ownUnit)).want(http.StatusOK)
	v.get(v.together(plan("b"))).says("Đã tiếp nhận 1 hồ sơ")
}

func TestUnitsAreSharedOutOnOnePageAndTheQueueFollows(t *testing.T) {
	t.Parallel()
	v := twoSent(t)
	person := func(name string) string { return strconv.FormatInt(int64(v.s.w.actors[name].Person), 10) }
	v.as("consolidator")
	form := v.get(paths.ReviewDuties).want(http.StatusOK).filled(paths.ReviewDuties)
	old := v.get(paths.ReviewDuties).filled(paths.ReviewDuties)
	form.Set("stp", person("reviewer"))
	v.post(paths.ReviewDuties, form).to(paths.ReviewDuties)
	v.get(paths.ReviewDuties).says("1 đơn vị, 2 hồ sơ đang chờ")
	old.Set("stp", person("reviewer-author"))
	clash := v.post(paths.ReviewDuties, old).want(http.StatusConflict).says("Đơn vị này vừa được giao cho Người reviewer")
	if again := clash.filled(paths.ReviewDuties); again.Get("stp") != person("reviewer-author") || again.Get("cu-stp") != person("reviewer") {
		t.Errorf("the conflict keeps %q over %q", again.Get("stp"), again.Get("cu-stp"))
	}
	form = v.get(paths.ReviewDuties).filled(paths.ReviewDuties)
	form.Set("stp", person("own-staff"))
	v.post(paths.ReviewDuties, form).want(http.StatusUnprocessableEntity).says("Chọn người có quyền rà soát ở nơi nhận")

	v.as("reviewer").get(paths.Queue).says("Bạn phụ trách", "2 hồ sơ của đơn vị bạn phụ trách")
	page := v.get(paths.ReviewDuties).want(http.StatusOK).says("Người reviewer", "Phân công chỉ sắp thứ tự").page
	if page.Find("select, button.btn-primary").Length() != 0 {
		t.Error("a reviewer is offered to share out")
	}
	v.post(paths.ReviewDuties, form).want(http.StatusForbidden)
	v.as("consolidator").get(paths.Queue + "?phu-trach=toi").says("Không có hồ sơ nào khớp bộ lọc")
	v.get(paths.Queue+"?phu-trach=nguoi-khac").says("Người khác phụ trách", "Người reviewer phụ trách")
	csv := v.get(paths.Queue + "?phu-trach=nguoi-khac&loai=ke-hoach&dang=csv").want(http.StatusOK).rec.Body.String()
	if lines := strings.Split(strings.TrimSpace(csv), "\n"); !strings.Contains(csv, "Sở Tư pháp,kế hoạch năm 2022,1") || strings.Contains(csv, "báo cáo") || !strings.Contains(csv, "Người reviewer") {
		t.Errorf("the file holds %q", lines)
	}
	v.get(paths.Queue + "?dang=xlsx").want(http.StatusOK)
}

func TestAPlanComesBackWithOnlyWhatChangedUnfolded(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "returned")
	plans := plan.NewService(w.db)
	s := script{t: t, w: w, plans: plans, desk: plans.Desk, ref: ref, now: moment}
	c, err := submission.Load(t.Context(), w.db, s.now, ref)
	must(t, err)
	notes, err := s.desk.Notes(t.Context(), c)
	must(t, err)
	for _, n := range notes {
		must(t, s.desk.AnswerRemark(t.Context(), s.who("own-staff"), s.tick(), s.once(), ref, n.ID, n.AnswerRev, "Đã lượng hóa."))
	}
	staff, leader := s.who("own-staff"), s.who("own-leader")
	revision, err := strconv.Atoi(readActivity(t, w, "1.1"))
	must(t, err)
	owner, deputy := plan.Charge{Was: staff.Person, Now: leader.Person}, plan.Charge{}
	_, err = plans.SaveActivity(t.Context(), staff, s.tick(), s.once(), ref, "1.1", plan.Edit{Read: revision, Values: submission.Content{"product": "02 báo cáo, 150 lượt người"}, Owner: &owner, Deputy: &deputy})
	must(t, err)
	_, err = plans.AddActivity(t.Context(), staff, s.tick(), s.once(), ref, 3, plan.Edit{Values: submission.Content{"title": "Đối thoại tại xã", "product": "02 cuộc", "time": "2022/quarter/4"},
		Owner: &plan.Charge{Now: staff.Person}, Deputy: &plan.Charge{}})
	must(t, err)
	s.send()
	s.signOff("16")

	p := newPortal(t, w).as("reviewer")
	page := p.get(paths.Review(year, ownUnit)).want(http.StatusOK).
		says("3 mục thay đổi so với lần gửi 1, phần không đổi đã gấp lại", "2 góp ý lần trước chưa kết luận, 2 đã có trả lời", "hoạt động mới", "Qua 2 lần gửi").page
	changed := page.Find("#" + strings.ReplaceAll(w.key(t, "1.1"), "/", "-"))
	wantText(t, changed.Find("del"), "01", "Người own-staff")
	wantText(t, changed.Find("ins"), "02", "150 lượt người", "Người own-leader")
	wantText(t, changed, "Kết quả chưa đếm được.", "Đã lượng hóa.", "mục không đổi")
	wantText(t, page.Find("#nv1 > details > summary"), "1 hoạt động không đổi")
	wantText(t, page.Find("#nv2.dv-sec-same summary"), "1 hoạt động không đổi")
	wantText(t, page.Find("#doc ins"), "16")
	wantText(t, page.Find("#cac-vong summary").Eq(1), "Lần gửi 1", "trả lại", "2 góp ý")

	// Everything of a first version is in sight, beside the year before.
	first := freshWorld(t)
	first.bring(t, "submitted")
	whole := newPortal(t, first).as("reviewer").get(paths.Review(year, ownUnit)).want(http.StatusOK).
		says("trên cổng không có kế hoạch năm 2021 của đơn vị để đối chiếu", "Sở Nội vụ giữ").page
	if whole.Find(".dv-unchanged").Length() != 0 || whole.Find("#nv5 .dv-chg").Length() != 1 {
		t.Error("something of a first version is folded")
	}
	read, err := database.Value[int](t.Context(), first.db, `select count(*) from version_read`, nil)
	must(t, err)
	if read != 1 {
		t.Errorf("%d readers", read)
	}
}
