package plans

import (
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/campaign"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/progress"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// whole writes a plan without gaps: two activities under task 4, one under each
// other task but 6, where nothing arises.
func (p *portal) whole() {
	p.t.Helper()
	for _, a := range []struct {
		task               int
		title, time, owner string
	}{
		{1, "Ban hành Kế hoạch thực hiện công tác dân vận chính quyền năm 2022 của Sở", "2022/month/3", "truc"},
		{2, "Rà soát, đề xuất đơn giản hóa thủ tục hành chính", "2022/quarter/2", "oanh"},
		{3, "Tổ chức hội nghị cán bộ, công chức", "2022-04-15/2022-04-15", "nhut"},
		{4, "Giám đốc Sở tiếp công dân định kỳ", "2022/year/1", "nhut"},
		{4, "Đối thoại trực tiếp với Nhân dân về hộ tịch", "2022-12-10/2022-12-10", "gam"},
		{5, "Phối hợp với Hội Liên hiệp Phụ nữ tỉnh", "2022/month/10", "gam"},
		{7, "Tự kiểm tra tại các phòng, đơn vị thuộc Sở", "2022-12-02/2022-12-02", "truc"},
	} {
		p.assign(p.add(a.task, submission.Content{"title": a.title, "product": "01 kết quả", "time": a.time}), a.owner)
	}
	_, err := p.plans.SaveScope(p.t.Context(), p.people["truc"], p.now, post.Once{}, stp, 6,
		plan.Edit{Values: submission.Content{"scope": plan.ScopeNil, "reason": "Không có vụ việc phối hợp"}})
	p.must(err)
}

var paper = submission.Content{"number": "15", "symbol": "KH-STP", "issued_on": "2022-03-14",
	"subject": "thực hiện công tác dân vận chính quyền năm 2022", "signer": "Trần Quốc Khải", "capacity": "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"}

func (p *portal) sendToLeader() {
	p.t.Helper()
	p.must(p.plans.Send(p.t.Context(), p.people["truc"], p.now, post.Once{}, stp))
}

func (p *portal) signOff() {
	p.t.Helper()
	ctx := p.t.Context()
	c, err := p.plans.Case(ctx, p.people["khai"], p.now, stp)
	p.must(err)
	content, err := p.plans.Working(ctx, p.now, c)
	p.must(err)
	p.must(p.plans.SignOff(ctx, p.people["khai"], p.now, post.Once{}, stp,
		plan.Signature{Read: c.Revision, Reference: paper, RefRead: content.RefPart.Revision}))
}

func (p *portal) accept(no int) {
	p.t.Helper()
	p.must(review.NewService(p.db).Accept(p.t.Context(), p.people["tu"], p.now, post.Once{}, stp, no))
}

// sendBack returns sending no with one remark on an activity.
func (p *portal) sendBack(no int, code, body string) {
	p.t.Helper()
	ctx, s := p.t.Context(), review.NewService(p.db)
	p.must(s.Remark(ctx, p.people["tu"], p.now, post.Once{}, stp, no, p.stored(code).Key(), "product", body))
	p.must(s.Return(ctx, p.people["tu"], p.now, post.Once{}, stp, no, "Cần làm rõ sản phẩm của hoạt động"))
}

func (p *portal) log(code string, asOf viet.Date, percent, note string) {
	p.t.Helper()
	_, err := progress.NewService(p.db, p.files).Log(p.t.Context(), p.people["truc"], p.now, post.Once{}, stp, code,
		progress.Draft{AsOf: asOf, Percent: percent, Note: note})
	p.must(err)
}

var page = paths.Plan(2022, "stp")

func TestAPlanNotBegunSaysHowToBegin(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.get("truc", page).want(200)
	v.says("h1", "Kế hoạch năm 2022 của Sở Tư pháp")
	v.says(".dv-head-meta", "Chưa soạn")
	v.says(".dv-head-meta", "Hạn gửi: trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022)")
	v.says(".dv-next .btn-primary", "Thêm hoạt động đầu tiên")
	if n := v.Find(".dv-strip li").Length(); n != 7 {
		t.Errorf("the strip has %d tasks, want 7", n)
	}
	if n := v.Find(".dv-add").Length(); n != 8 {
		t.Errorf("%d sections can be added to, want 8", n)
	}
	if first := v.Find(".dv-sec").First().AttrOr("id", ""); first != "nv1" || v.Find(".dv-sec").Eq(7).AttrOr("id", "") != "nv0" {
		t.Error("the sections are not in the order 1 to 7, then 0")
	}
	v.says(".dv-before", "còn 7 việc")
}

// TestAScopeWithoutItsReasonIsKeptAndSaidAtOnce on the page one comes to and beside
// the field: what sending wants never stops saving.
func TestAScopeWithoutItsReasonIsKeptAndSaidAtOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	scope := paths.PlanScope(2022, "stp", 3)
	v := p.get("truc", scope).want(200)
	if v.Find("#reason-thieu").Length() != 0 {
		t.Error("a reason is wanted of a task nobody has decided on")
	}
	typed := v.form(scope)
	typed.Set("scope", plan.ScopeNone)
	p.post("truc", scope, typed).want(303)
	const wanted = "Chưa nêu lý do không có hoạt động"
	p.get("truc", page).says("#nv3 .dv-gap", wanted)
	v = p.get("truc", scope).want(200)
	v.says("#reason-thieu", wanted)
	if got := v.form(scope).Get("scope"); got != plan.ScopeNone {
		t.Errorf("what was ticked shows as %q", got)
	}
	if by := v.Find("#reason").AttrOr("aria-describedby", ""); !strings.Contains(by, "reason-thieu") {
		t.Errorf("who hears the page is not told: %q", by)
	}
	typed = v.form(scope)
	typed.Set("reason", "Đơn vị không tiếp công dân")
	p.post("truc", scope, typed).want(303)
	if p.get("truc", scope).Find(".dv-gap").Length() != 0 || p.get("truc", page).Find("#nv3 .dv-gap").Length() != 0 {
		t.Error("with its reason something is still wanted")
	}
}

func TestEachGapLeadsToTheFieldThatMendsIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	code := p.add(6, submission.Content{"title": "Phối hợp với Cục Thi hành án"})
	v := p.get("truc", page).want(200)
	v.says(".dv-before", "còn 4 việc")
	v.says(".dv-next", "bổ sung 4 chỗ còn thiếu")
	// The task was said to have nothing in it.
	if scope := paths.PlanScope(2022, "stp", 6); v.Find(`.dv-before a[href="`+scope+`#scope"]`).Length() != 1 || p.get("truc", scope).Find("#scope").Length() != 1 {
		t.Error("no gap leads to the scope of the task")
	}
	v.says("#nv6 .dv-gap", "Đang có hoạt động mà ghi không thuộc phạm vi hoặc không phát sinh; chỉ giữ một trong hai")
	p.get("truc", paths.PlanScope(2022, "stp", 6)).says("#scope-thieu", "chỉ giữ một trong hai")
	for _, field := range []string{"product", "time", "owner"} {
		link := editPath(code) + "#" + field
		if v.Find(`.dv-before a[href="`+link+`"]`).Length() != 1 {
			t.Errorf("no gap leads to %s", link)
		}
		if p.get("truc", link).Find("#"+field).Length() != 1 {
			t.Errorf("the form has no %s", field)
		}
	}
	if got := v.Find(".dv-next .btn-primary").AttrOr("href", ""); got != editPath(code)+"#product" {
		t.Errorf("the primary button leads to %s", got)
	}
	if v.Find(`#hd-6-1 a.dv-gap[href="`+editPath(code)+`#owner"]`).Length() != 1 {
		t.Error("the row does not say that nobody is in charge")
	}
}

func TestThereIsOnePrimaryButtonAndItIsTheNextStep(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	primary := func(who, want string) {
		t.Helper()
		v := p.get(who, page).want(200)
		if n := v.Find(".btn-primary").Length(); n > 1 || n == 1 && want == "" {
			t.Errorf("%s sees %d primary buttons", who, n)
		}
		if got := v.Find(".btn-primary").AttrOr("href", ""); got != want {
			t.Errorf("%s is led to %q, want %q", who, got, want)
		}
	}
	primary("truc", paths.Send(paths.Plan(2022, "stp")))
	primary("khai", paths.Submit(paths.Plan(2022, "stp")))
	p.sendToLeader()
	primary("truc", "")
	primary("khai", paths.SignOff(paths.Plan(2022, "stp")))
	p.signOff()
	primary("khai", "")
	primary("tu", paths.Review(2022, "stp"))
	primary("chutich", "")
	p.accept(1)
	primary("tu", "")
}

func TestALockSaysWhyByWhomSinceUntilAndTheWayOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	v := p.get("truc", page).want(200)
	for _, words := range []string{"đang khóa", "Vì sao", "đang chờ lãnh đạo Sở Tư pháp duyệt", "Ai khóa", "Lê Thị Thanh Trúc",
		"08:15", "Đến khi lãnh đạo duyệt, gửi hoặc chuyển lại", "rút lại để sửa"} {
		v.says(".dv-lock", words)
	}
	v.lacks(".dv-add")
	v.lacks(`a[href="` + paths.Send(paths.Plan(2022, "stp")) + `"]`)
	if v.Find(`a.btn[href="`+paths.TakeBack(paths.Plan(2022, "stp"))+`"]`).Length() != 1 {
		t.Error("no button takes the plan back")
	}
	for _, path := range []string{editPath("4.1"), paths.NewActivity(2022, "stp", 1), paths.PlanScope(2022, "stp", 6), paths.DeleteActivity(2022, "stp", "4.1")} {
		p.get("truc", path).want(403).says(".dv-lock", "đang chờ lãnh đạo Sở Tư pháp duyệt")
	}
	p.get("truc", paths.Reference(paths.Plan(2022, "stp"))).want(200) // stays writable while awaiting sign-off
	p.get("truc", paths.AssignActivity(2022, "stp", "4.1")).want(200)
}

func TestARemarkStandsUnderItsActivityAndAsksForAnAnswer(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.now = p.now.Add(72 * time.Hour)
	p.sendBack(1, "4.2", "Ghi rõ thành phần dự")
	v := p.get("truc", page).want(200)
	v.says(".dv-head-meta", "Sở Nội vụ trả lại lần gửi 1 ngày 17/03/2022")
	v.says("#hd-4-2 + .dv-remark-row", "Ghi rõ thành phần dự")
	v.says(".dv-next", "trả lời 1 góp ý")
	v.says(".dv-before", "Góp ý chưa trả lời")
	v.says(".dv-tl", "Sở Nội vụ trả lại lần gửi 1, 1 góp ý")
	target := v.Find(".dv-next .btn-primary").AttrOr("href", "")
	if v.Find(target).Length() != 1 {
		t.Errorf("the primary button leads to %s, which is nowhere", target)
	}
	p.get("chutich", page).want(200).lacks(".dv-remark")
	p.get("tu", page).want(200).says(".dv-remark", "Ghi rõ thành phần dự")

	// The activity goes; what was said about it stays at its task.
	f := p.get("truc", paths.EditActivity(2022, "stp", "4.2")).want(200)
	f.says("form", "Dừng thực hiện")
	p.get("truc", paths.DeleteActivity(2022, "stp", "4.2")).want(403).says(".dv-lock", "không xóa được")
}

func TestEachReaderSeesWhatTheyMay(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	v := p.get("chutich", page).want(200)
	v.lacks(".dv-strip")
	v.says(".dv-empty", "Chưa có nội dung để xem")
	p.sendToLeader()
	p.signOff()
	for _, who := range []string{"tu", "chutich"} {
		v := p.get(who, page).want(200)
		v.says(".dv-head-meta", "Đang xem lần gửi 1, chưa có hiệu lực")
		v.says("#hd-4-2", "Đối thoại trực tiếp với Nhân dân về hộ tịch")
	}
	p.accept(1)
	for _, who := range []string{"tu", "tong", "chutich"} {
		p.get(who, page).want(200).says(".dv-head-meta", "Đang xem lần gửi 1, bản có hiệu lực")
	}
	admin := p.get("quantri", page).want(200)
	admin.lacks(".dv-strip")
	admin.says(".dv-head-meta", "không xem nội dung")
	admin.says(".dv-tl", "Sở Nội vụ tiếp nhận lần gửi 1")
	admin.lacks(".dv-tl a")
	for _, who := range []string{"mattran", "yte"} {
		for _, path := range []string{page, paths.Version(paths.Plan(2022, "stp"), 1), paths.History(paths.Plan(2022, "stp"), ""), paths.Activity(2022, "stp", "4.1"), editPath("4.1")} {
			p.get(who, path).want(404)
		}
	}
	for _, who := range []string{"tu", "chutich", "quantri"} {
		p.get(who, paths.History(paths.Plan(2022, "stp"), "")).want(404)
		p.get(who, editPath("4.1")).want(403)
	}
	p.get("chutich", paths.Activity(2022, "stp", "4.1")).want(200).lacks("form.dv-form")
	p.get("quantri", paths.Activity(2022, "stp", "4.1")).want(404)
}

func TestWhatIsBeingAmendedIsTheUnitsOwn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	p.must(p.plans.Amend(t.Context(), p.people["truc"], p.now, post.Once{}, stp))
	code := p.add(6, submission.Content{"title": "Phối hợp với Cục Thi hành án"})
	own := p.get("truc", page).want(200)
	own.says("#hd-6-1", "Phối hợp với Cục Thi hành án")
	own.says("#hd-6-1 .dv-new", "mới")
	own.says(".dv-head-meta", "Lần gửi 1 vẫn đang có hiệu lực")
	for _, who := range []string{"tu", "chutich"} {
		v := p.get(who, page).want(200)
		v.lacks("#hd-6-1")
		v.says(".dv-head-meta", "Đang xem lần gửi 1, bản có hiệu lực")
		p.get(who, paths.Activity(2022, "stp", code)).want(404)
	}
}

func TestTheStatusOfEachActivityShows(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.get("truc", page).lacks(".dv-w-st")
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	p.now = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)
	day := func(month time.Month, d int) viet.Date { return viet.NewDate(2022, month, d) }
	p.log("1.1", day(time.March, 20), "100", "Đã ban hành")
	p.log("2.1", day(time.August, 1), "100", "Xong sau quý II")
	p.log("3.1", day(time.April, 10), "40", "")
	p.log("4.1", day(time.October, 31), "54", "")
	v := p.get("truc", page).want(200)
	for row, words := range map[string]string{"#hd-1-1": "Hoàn thành", "#hd-2-1": "Hoàn thành quá hạn", "#hd-3-1": "Quá hạn 227 ngày",
		"#hd-4-1": "Đang thực hiện", "#hd-4-2": "Còn 12 ngày", "#hd-7-1": "Còn 4 ngày", "#hd-5-1": "Quá hạn 28 ngày"} {
		v.says(row+" .dv-st", words)
	}
	v.says("#hd-4-1", "đến 31/10: 54%")
	v.says(`.dv-strip a[href="#nv4"]`, "0/2")
	v.says(`.dv-strip a[href="#nv3"] .dv-red`, "1 quá hạn")
	v.says("#nv1 .dv-sec-h", "1/1 hoàn thành")
	v.says(".dv-next", "ghi tiến độ 4 hoạt động quá hạn, sắp đến hạn")
	if got := v.Find(".dv-next .btn-primary").AttrOr("href", ""); got != paths.Activity(2022, "stp", "3.1")+"#tien-do" {
		t.Errorf("the primary button leads to %s", got)
	}
}

func TestWhatALaterPaperAddsToATaskStandsUnderIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	c, err := campaign.ByYear(t.Context(), p.db, 2022)
	p.must(err)
	for _, x := range []campaign.Supplement{
		{OnDate: viet.NewDate(2022, time.June, 2), Body: "Bổ sung thứ hai.", Basis: "Công văn số 6/UBND-NC"},
		{OnDate: viet.NewDate(2022, time.May, 2), Body: "Bổ sung thứ nhất.", Basis: "Công văn số 5/UBND-NC"},
	} {
		p.must(campaign.AddSupplement(t.Context(), p.db, p.people["tong"], p.now, c.ID, 4, x))
	}
	const both = "Bổ sung ngày 02/05/2022 theo Công văn số 5/UBND-NC: Bổ sung thứ nhất." +
		"Bổ sung ngày 02/06/2022 theo Công văn số 6/UBND-NC: Bổ sung thứ hai."
	for path, place := range map[string]string{paths.Plan(2022, "stp"): "#nv4", paths.Version(paths.Plan(2022, "stp"), 1): "#nv4",
		paths.Activity(2022, "stp", "4.1"): ".dv-side"} {
		shown := p.get("truc", path).want(200)
		shown.says(place, both)
		if n := shown.Find(".dv-supp").Length(); n != 2 {
			t.Errorf("%s shows %d supplements, want 2", path, n)
		}
	}
}

func TestAVersionIsShownAsItWasSent(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	p.must(p.plans.Amend(t.Context(), p.people["truc"], p.now, post.Once{}, stp))
	f := editForm(p, "truc", "4.2")
	f.Set("title", "Đổi tên")
	p.post("truc", editPath("4.2"), f).want(303)
	v := p.get("truc", paths.Version(paths.Plan(2022, "stp"), 1)).want(200)
	v.says("#hd-4-2", "Đối thoại trực tiếp với Nhân dân về hộ tịch")
	v.says("#hd-4-2", "Võ Thị Hồng Gấm")
	v.says(".dv-side", "Trần Quốc Khải, lãnh đạo đơn vị")
	v.says(".dv-side", "15/KH-STP ngày 14/03/2022")
	v.says(".dv-side", "SHA-256")
	v.says(".dv-head-meta", "Đang có hiệu lực")
	v.lacks("main form")
	p.get("truc", paths.Version(paths.Plan(2022, "stp"), 2)).want(404)
}

func TestARecalledVersionIsTheUnitsAndTheReceivers(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.must(p.plans.Recall(t.Context(), p.people["khai"], p.now, post.Once{}, stp))
	for who, status := range map[string]int{"truc": 200, "tu": 200, "chutich": 404, "quantri": 404} {
		p.get(who, paths.Version(paths.Plan(2022, "stp"), 1)).want(status)
	}
	v := p.get("chutich", page).want(200)
	v.lacks(".dv-strip")
	v.lacks(".dv-tl a")
}

func TestAddressesNobodyMakesAreNotFound(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	for _, path := range []string{"/ke-hoach/22/stp", "/ke-hoach/x/stp", "/ke-hoach/2023/stp", "/ke-hoach/2022/khong-co", "/ke-hoach/2022/S%00TP",
		page + "/hoat-dong/9.9", page + "/hoat-dong/4.1%27", page + "/hoat-dong/4.99/sua", page + "/nhiem-vu/0", page + "/nhiem-vu/12", page + "/nhiem-vu/x",
		page + "/lan-gui/0", page + "/lan-gui/1", page + "/lich-su?muc=submission/1", page + "/hoat-dong/4.1/tien-do/1/zz"} {
		p.get("truc", path).want(404)
	}
}

func TestNoPageHasInlineScriptOrStyle(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	pages := map[string]visited{"new": p.get("truc", paths.NewActivity(2022, "stp", 1)), "edit": p.get("truc", editPath("4.1")),
		"scope": p.get("truc", paths.PlanScope(2022, "stp", 6)), "reference": p.get("truc", paths.Reference(paths.Plan(2022, "stp"))),
		"delete": p.get("truc", paths.DeleteActivity(2022, "stp", "4.1")), "assign": p.get("truc", paths.AssignActivity(2022, "stp", "4.1")),
		"history": p.get("truc", paths.History(paths.Plan(2022, "stp"), ""))}
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	pages["plan"], pages["version"] = p.get("truc", page), p.get("truc", paths.Version(paths.Plan(2022, "stp"), 1))
	pages["activity"], pages["log"] = p.get("truc", paths.Activity(2022, "stp", "4.1")), p.get("truc", paths.LogProgress(2022, "stp", "4.1"))
	for name, v := range pages {
		v.want(200)
		if v.Find("script:not([src]), style, [style]").Length() > 0 || strings.Contains(v.body, " on") && v.Find("[onclick],[onload],[onsubmit],[onchange]").Length() > 0 {
			t.Errorf("%s has inline script or style", name)
		}
		ids := map[string]int{}
		v.Find("[id]").Each(func(_ int, s *goquery.Selection) { ids[s.AttrOr("id", "")]++ })
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s has %d elements called %s", name, n, id)
			}
		}
		if n := v.Find(".btn-primary").Length(); n > 1 {
			t.Errorf("%s has %d primary buttons", name, n)
		}
	}
}
