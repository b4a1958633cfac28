package plans

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/paths"
)

func TestAnActivityNotYetSentCanBeDeletedOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	path := paths.DeleteActivity(2022, "stp", code)
	ask := p.get("truc", path).want(200)
	ask.says(".dv-confirm", "Xóa hoạt động 4.1. Đối thoại?")
	v := ask.form(path)
	stale := url.Values{form.RevisionField: {"7"}}
	p.post("truc", path, stale).want(409)
	if p.count() != 1 {
		t.Fatal("a form that was filled from something else deleted the activity")
	}
	p.post("truc", path, v).want(303)
	p.post("truc", path, v).want(303) // the same post again
	if n := p.count(); n != 0 {
		t.Errorf("%d activities are left", n)
	}
	p.get("truc", path).want(404)
	history := p.get("truc", paths.History(paths.Plan(2022, "stp"), "")).want(200)
	history.says("main", "Hoạt động 4.1. Đối thoại")
	history.says("main", "Lê Thị Thanh Trúc xóa lúc")
	if code := p.add(4, submission.Content{"title": "Khác"}); code != "4.2" {
		t.Errorf("the next activity is called %s, want 4.2", code)
	}
}

func TestAnActivityStopsWithAReasonAndGoesOn(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	p.must(p.plans.Amend(t.Context(), p.people["truc"], p.now, post.Once{}, stp))
	path := paths.StopActivity(2022, "stp", "4.2")
	v := p.get("truc", path).want(200).form(path)
	v.Set("reason", "Trùng")
	page422 := p.post("truc", path, v).want(422)
	page422.says(".dv-errors", "Lý do cần ít nhất 10 ký tự")
	again := page422.form(path)
	if again.Get("reason") != "Trùng" {
		t.Errorf("the form shows %q", again.Get("reason"))
	}
	again.Set("reason", "Trùng nội dung với hoạt động 4.1")
	p.post("truc", path, again).want(303)
	p.get("truc", page).says("#hd-4-2", "Dừng thực hiện: Trùng nội dung với hoạt động 4.1")
	back := p.get("truc", path).want(200)
	back.says("h1", "Tiếp tục thực hiện hoạt động 4.2")
	resume := back.form(path)
	resume.Set("resume", "1")
	p.post("truc", path, resume).want(303)
	if a := p.stored("4.2"); a.Stopped != "" {
		t.Errorf("still stopped: %s", a.Stopped)
	}
}

func TestActivitiesMoveWithinTheirTask(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, title := range []string{"A", "B", "C"} {
		p.add(4, submission.Content{"title": title})
	}
	path := paths.MoveActivity(2022, "stp", "4.3")
	v := p.get("truc", paths.Activity(2022, "stp", "4.3")).want(200)
	v.says("#h-tt", "3/3")
	v.lacks(`button[value=down]`)
	values := v.form(path)
	values.Set("where", "up")
	p.post("truc", path, values).want(303)
	var order []string
	p.get("truc", page).Find("#nv4 tbody th > a").Each(func(_ int, s *goquery.Selection) { order = append(order, s.Text()) })
	if got := strings.Join(order, "; "); got != "4.1. A; 4.3. C; 4.2. B" {
		t.Errorf("the order is %s", got)
	}
	values.Set("where", "sideways")
	p.post("truc", path, values).want(422)
}

func TestWhoIsInChargeChangesAtAnyTime(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	p.sendToLeader()
	p.signOff()
	p.now = p.now.Add(time.Hour)
	path := paths.AssignActivity(2022, "stp", "4.2")
	v := p.get("khai", path).want(200).form(path)
	if v.Get("owner") != id(p, "gam") {
		t.Errorf("the form shows %s, want Gấm", v.Get("owner"))
	}
	v.Set("owner", id(p, "oanh"))
	v.Set("deputy", id(p, "oanh"))
	p.post("khai", path, v).want(422).says(".dv-errors", "phải khác")
	v.Set("deputy", id(p, "nhut"))
	v.Set(form.KeyField, "another-key-of-the-same-form")
	p.post("khai", path, v).want(303)
	a := p.stored("4.2")
	if a.Owner.Name != "Nguyễn Thị Kiều Oanh" || a.Deputy.Name != "Phạm Minh Nhựt" {
		t.Errorf("in charge are %v and %v", a.Owner, a.Deputy)
	}
	p.get("truc", paths.Version(paths.Plan(2022, "stp"), 1)).says("#hd-4-2", "Võ Thị Hồng Gấm") // as it was when sent
	p.get("tu", path).want(403)
}

func TestAnOwnerWhoLeftIsNamedAndMustBeReplaced(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.now = time.Date(2022, time.March, 7, 8, 0, 0, 0, viet.Location)
	code := p.add(4, submission.Content{"title": "Đối thoại", "product": "x", "time": "2022/year/1"})
	p.assign(code, "son")
	p.now = morning
	v := p.get("truc", page).want(200)
	v.says("#hd-4-1", "Danh Hoàng Sơn")
	v.says("#hd-4-1 .dv-gap", "Không còn công tác")
	v.says(".dv-before", "Danh Hoàng Sơn không còn công tác tại đơn vị")
	p.get("truc", editPath(code)).says("#owner-goi-y", "Danh Hoàng Sơn không còn công tác tại đơn vị")
	f := editForm(p, "truc", code)
	f.Set("product", "02 cuộc")
	p.post("truc", editPath(code), f).want(303)
	if a := p.stored(code); a.Owner == nil || a.Owner.Name != "Danh Hoàng Sơn" {
		t.Errorf("in charge is %v: nobody chose that", a.Owner)
	}
	f = editForm(p, "truc", code)
	f.Set("owner", id(p, "gam"))
	p.post("truc", editPath(code), f).want(303)
	if a := p.stored(code); a.Owner.Name != "Võ Thị Hồng Gấm" {
		t.Errorf("in charge is %v", a.Owner)
	}
}

// upload posts values with one file, as browsers do.
func (p *portal) upload(who, path string, values url.Values, name string, content []byte) visited {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for field, texts := range values {
		for _, text := range texts {
			p.must(w.WriteField(field, text))
		}
	}
	file, err := w.CreateFormFile("file", name)
	p.must(err)
	_, err = file.Write(content)
	p.must(err)
	p.must(w.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(who, r)
}

var pdf = []byte("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")

func TestProgressIsLoggedWithItsFileAndCorrected(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	log := paths.LogProgress(2022, "stp", "4.1")
	activity := paths.Activity(2022, "stp", "4.1")
	p.get("truc", log).want(403).says(".dv-lock", "sau khi lãnh đạo đơn vị duyệt, gửi")
	p.get("truc", activity).want(200).lacks("#tien-do")
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	p.now = time.Date(2022, time.October, 31, 9, 0, 0, 0, viet.Location)
	v := p.get("truc", activity).want(200).form(log)
	if v.Get("as_of") != "31/10/2022" {
		t.Errorf("the form begins with %s", v.Get("as_of"))
	}
	for _, test := range []struct{ asOf, percent, words string }{
		{"31/11/2022", "50", "không có trong lịch"},
		{"01/11/2022", "50", "đến hôm nay"},
		{"31/10/2022", "120", "từ 0 đến 100"},
		{"31/10/2022", "năm mươi", "Hoàn thành (%): chỉ ghi số"},
		{"31/10/2022", "", "ghi tỷ lệ hoàn thành"},
	} {
		v.Set("as_of", test.asOf)
		v.Set("percent", test.percent)
		v.Set("note", "Đã tiếp 22 kỳ")
		answer := p.upload("truc", log, v, "bao-cao.pdf", pdf).want(422)
		answer.says(".dv-errors", test.words)
		answer.says(".dv-note", "các tệp phải chọn lại")
		if again := answer.form(log); again.Get("as_of") != test.asOf || again.Get("percent") != test.percent || again.Get("note") != "Đã tiếp 22 kỳ" {
			t.Errorf("the form forgot what was typed: %v", again)
		}
	}
	// What cannot be read, or received, hides nothing of what is wrong with the rest.
	v.Set("as_of", "01/11/2022")
	both := p.upload("truc", log, v, "bao-cao.pdf", pdf).want(422) // no percentage either
	both.says(".dv-errors", "đến hôm nay")
	both.says(".dv-errors", "ghi tỷ lệ hoàn thành")
	v.Set("percent", "năm mươi")
	both = p.upload("truc", log, v, "bao-cao.pdf", pdf).want(422)
	both.says(".dv-errors", "đến hôm nay")
	both.says(".dv-errors", "chỉ ghi số")
	v.Set("percent", "54,5")
	both = p.upload("truc", log, v, "bao-cao.exe", []byte("MZ")).want(422)
	both.says(".dv-errors", "Tệp")
	both.says(".dv-errors", "đến hôm nay")
	v.Set("as_of", "31/10/2022")
	answer := p.upload("truc", log, v, "bao-cao.pdf", pdf).want(303)
	if answer.to != activity+"#nhat-ky" {
		t.Errorf("went on to %s", answer.to)
	}
	shown := p.get("tu", activity).want(200)
	shown.says("#nhat-ky", "54,5%")
	shown.says("#nhat-ky", "Đã tiếp 22 kỳ")
	file := shown.Find("#nhat-ky ul a").AttrOr("href", "")
	got := p.get("chutich", file).want(200)
	if got.body != string(pdf) {
		t.Errorf("the file came back as %q", got.body)
	}
	for _, who := range []string{"yte", "quantri", "mattran"} {
		p.get(who, file).want(404)
	}
	p.get("truc", strings.Replace(file, "4.1", "4.2", 1)).want(404) // the file of another activity

	correct := p.get("truc", activity).Find(`#nhat-ky a[href*="dinh-chinh"]`).AttrOr("href", "")
	c := p.get("truc", correct).want(200)
	c.says("h1", "Đính chính tiến độ hoạt động 4.1")
	values := c.form(log)
	if values.Get("percent") != "54,5" || len(values["keep"]) != 1 {
		t.Errorf("the correction begins with %v", values)
	}
	values.Set("percent", "45")
	values.Set("note", "Đếm nhầm hai kỳ")
	p.post("truc", log, values).want(303)
	after := p.get("truc", activity).want(200)
	after.says("#nhat-ky del", "54,5%")
	after.says("#nhat-ky", "Không tính nữa")
	if n := after.Find("#nhat-ky ul a").Length(); n != 2 {
		t.Errorf("%d entries have the file, want both", n)
	}
	p.get("truc", correct).want(403)
	p.get("tu", log).want(403)
}

func TestAValueIsAskedForWhereThePlanHasATarget(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.whole()
	code := p.add(4, submission.Content{"title": "Tập huấn", "product": "08 lớp", "time": "2022/month/8", "uom": "lớp", "target": "8", "baseline": "0"})
	p.assign(code, "gam")
	p.sendToLeader()
	p.signOff()
	p.accept(1)
	p.now = time.Date(2022, time.August, 31, 9, 0, 0, 0, viet.Location)
	log := paths.LogProgress(2022, "stp", code)
	v := p.get("truc", log).want(200).form(log)
	if v.Has("percent") || !v.Has("value") {
		t.Errorf("the form asks for %v", v)
	}
	v.Set("value", "6")
	p.post("truc", log, v).want(303)
	p.get("truc", page).says("#hd-4-3", "08 lớp (đến 31/08: 6 lớp)")
}

func TestAPostOfSomebodyElseIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	v := editForm(p, "truc", code)
	v.Set("title", "Khác")
	for who, status := range map[string]int{"tu": 403, "chutich": 403, "quantri": 403, "yte": 404, "mattran": 404} {
		for _, path := range []string{editPath(code), paths.Activities(2022, "stp"), paths.DeleteActivity(2022, "stp", code), paths.StopActivity(2022, "stp", code),
			paths.AssignActivity(2022, "stp", code), paths.Reference(paths.Plan(2022, "stp")), paths.PlanScope(2022, "stp", 1)} {
			p.post(who, path, v).want(status)
		}
	}
	p.lock()
	answer := p.autosave("truc", editPath(code), v)
	if answer.status != 403 || !strings.Contains(answer.body, "chờ lãnh đạo") {
		t.Errorf("answered %d %s", answer.status, answer.body)
	}
	if got := p.stored(code).Title; got != "Đối thoại" {
		t.Errorf("stored %q", got)
	}
}

// lock puts the plan before the leader whatever it lacks.
func (p *portal) lock() {
	p.t.Helper()
	_, err := p.db.Exec(p.t.Context(), `update submission set state = 'awaiting_signoff' where unit_id = (select id from unit where slug = 'stp')`)
	p.must(err)
}

func TestWhyNothingIsLoggedYetIsSaidInWholeSentences(t *testing.T) {
	t.Parallel()
	v := reading{book: progress.Book{Closed: &fault.Refusal{Reason: "Hoạt động này chưa có trong lần gửi nào.", Until: "Đến khi lãnh đạo đơn vị duyệt, gửi"}}}
	if got, want := v.whoLogs(), "Hoạt động này chưa có trong lần gửi nào. Đến khi lãnh đạo đơn vị duyệt, gửi."; got != want {
		t.Errorf("said %q, want %q", got, want)
	}
	v.book.Closed.Until = ""
	if got := v.whoLogs(); got != v.book.Closed.Reason {
		t.Errorf("said %q", got)
	}
}
