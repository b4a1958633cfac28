package reports

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"danvan/internal/evidence"
	"danvan/web/paths"
	"danvan/web/respond"
)

func TestTheAssessmentAndWhatComesNextAreForms(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportOverall(base)
	v := p.get("truc", path).want(200).form(path)
	v.Set("strengths", "Đối thoại đều đặn")
	if got := p.post("truc", path, v).want(303).to; got != paths.ReportNext(base) {
		t.Errorf("went on to %s", got)
	}
	path = paths.ReportNext(base)
	v = p.get("truc", path).want(200).form(path)
	v.Set("steps", "Tiếp tục đối thoại")
	if got := p.post("truc", path, v).want(303).to; got != base {
		t.Errorf("went on to %s", got)
	}
	c := p.content(stp)
	if c.Overall.Content["strengths"] != "Đối thoại đều đặn" || c.Next.Content["steps"] != "Tiếp tục đối thoại" {
		t.Errorf("stored %v and %v", c.Overall.Content, c.Next.Content)
	}
}

func TestTheReferenceIsStoredInPartAlsoWhileTheLeaderReads(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, nil)
	p.must(p.reports.Send(t.Context(), p.people["truc"], p.now, p.once(), stp))
	path := paths.Reference(base)
	v := p.get("truc", path).want(200).form(path)
	for name, value := range map[string]string{"number": "210", "symbol": "BC-STP", "issued_on": "31/11/2022", "signer": "Trần Quốc Khải"} {
		v.Set(name, value)
	}
	page := p.post("truc", path, v).want(422)
	page.says(".dv-errors", "Ngày ban hành: ngày 31/11/2022 không có trong lịch")
	again := page.form(path)
	if again.Get("issued_on") != "31/11/2022" || again.Get("number") != "210" {
		t.Errorf("the form shows %v", again)
	}
	again.Set("issued_on", "28/11/2022")
	p.post("truc", path, again).want(303)
	p.get("truc", base).says(".dv-side", "210/BC-STP ngày 28/11/2022")
	if got := p.get("khai", path).want(200).form(path).Get("issued_on"); got != "28/11/2022" {
		t.Errorf("the day shows as %q", got)
	}
}

func TestATextTooLongIsKeptAndTheRestStored(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportOverall(base)
	v := p.get("truc", path).form(path)
	long := strings.TrimSpace(strings.Repeat("dài ", 3000))
	v.Set("strengths", long)
	v.Set("causes", "Thiếu người")
	page := p.post("truc", path, v).want(422)
	page.says(".dv-errors", "rút gọn còn tối đa 10.000")
	page.says("main", "Chưa lưu: Ưu điểm")
	if got := page.form(path).Get("strengths"); got != long {
		t.Errorf("the form shows %d of %d characters", len(got), len(long))
	}
	if got := p.content(stp).Overall.Content; got["causes"] != "Thiếu người" || got["strengths"] != "" {
		t.Errorf("stored %v", got)
	}
}

func TestProposalsAreAddedChangedAndTakenOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	list, fresh := paths.Proposals(base), paths.NewProposal(base)
	p.get("truc", list).want(200).says("main", "Chưa có kiến nghị nào.")
	p.post("truc", fresh, p.get("truc", fresh).form(fresh)).want(422).says(".dv-errors", "Ghi nội dung kiến nghị")
	v := p.get("truc", fresh).form(fresh)
	v.Set("body", "Bổ sung kinh phí hòa giải ở cơ sở")
	v.Set("receiver", "Sở Tài chính")
	v.Set(thenField, thenAnother)
	if got := p.post("truc", fresh, v).want(303).to; got != fresh {
		t.Errorf("went on to %s", got)
	}
	p.post("truc", fresh, v).want(303)
	if n := len(p.content(stp).Proposals); n != 1 {
		t.Fatalf("a form sent twice made %d proposals", n)
	}
	p.get("truc", list).says("main", "1. Bổ sung kinh phí hòa giải ở cơ sở")
	one := paths.Proposal(base, 1)
	w := p.get("truc", one).want(200).form(one)
	w.Set("receiver", "Ủy ban nhân dân tỉnh")
	p.post("truc", one, w).want(303)
	if got := p.content(stp).Proposals[0]; got.Receiver != "Ủy ban nhân dân tỉnh" || got.Body != "Bổ sung kinh phí hòa giải ở cơ sở" {
		t.Errorf("stored %+v", got)
	}
	drop := paths.DropProposal(base, 1)
	p.post("truc", drop, p.get("truc", drop).want(200).form(drop)).want(303)
	if n := len(p.content(stp).Proposals); n != 0 {
		t.Errorf("%d proposals are left", n)
	}
	p.get("truc", one).want(404)
	p.get("truc", paths.History(base, "proposal")).want(200).says("main", "Bổ sung kinh phí hòa giải ở cơ sở")
}

func TestTypingMakesALineOnceAndGivesItAnAddress(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	fresh := paths.NewExemplar(base)
	v := p.get("truc", fresh).want(200).form(fresh)
	v.Set("name", "Chính quyền thân thiện")
	var saved respond.Saved
	for range 2 {
		p.must(json.Unmarshal([]byte(p.autosave("truc", fresh, v).want(200).body), &saved))
	}
	if saved.Location != paths.Exemplar(base, 1) {
		t.Errorf("the line lives at %s", saved.Location)
	}
	v.Set("field", "society")
	v.Set("level", "province")
	v.Set("holder", "UBND phường 1")
	p.post("truc", fresh, v).want(303)
	c := p.content(stp)
	if len(c.Exemplars) != 1 || c.Exemplars[0].Level != "province" {
		t.Fatalf("stored %+v", c.Exemplars)
	}
	page := p.get("truc", paths.Exemplars(base)).want(200)
	page.says("table", "Văn hóa – xã hội")
	page.says("table", "Cấp tỉnh")
	p.get("truc", base).says("main", "Chính quyền thân thiện")
}

func TestWhatIsNotOnOfferIsRefused(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	fresh := paths.NewExemplar(base)
	v := p.get("truc", fresh).form(fresh)
	v.Set("name", "Mô hình")
	v.Set("level", "the-gioi")
	page := p.post("truc", fresh, v).want(422)
	page.says(".dv-errors", "Đã công nhận: chọn một mục trong danh sách")
	w := p.task("truc", 4)
	w.Set("status", "tuyệt vời")
	w.Add("T4.01.mark", "nil")
	w.Add("T4.01.mark", "not_applicable")
	page = p.post("truc", taskPath(4), w).want(422)
	page.says(".dv-errors", "chỉ chọn một trong hai")
	page.says(".dv-errors", "Mức độ thực hiện: chọn một mục trong danh sách")
}

// upload posts a file as a browser does, and more of the same names with it.
func (p *portal) upload(who, path string, values url.Values, name string, content []byte, more ...string) visited {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key := range values {
		p.must(w.WriteField(key, values.Get(key)))
	}
	if name != "" {
		part, err := w.CreateFormFile(evidence.Field, name)
		p.must(err)
		_, err = part.Write(content)
		p.must(err)
	}
	for _, name := range more {
		part, err := w.CreateFormFile(evidence.Field, name)
		p.must(err)
		_, err = part.Write(pdf)
		p.must(err)
	}
	p.must(w.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(who, r)
}

var (
	pdf = []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	exe = []byte("MZ\x90\x00\x03\x00\x00\x00")
)

func TestOfSeveralFilesOneThatIsNotTakenSaysThatNoneIs(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportEvidence(base)
	v := p.get("truc", paths.AddEvidence(base, "task/4")).want(200).form(path)
	page := p.upload("truc", path, v, "may.exe", exe, "mot.pdf", "hai.pdf").want(422)
	page.says(".dv-errors", "“may.exe” không thuộc loại nhận được")
	page.says(".dv-errors", "Chưa thêm tệp nào trong 3 tệp; chọn lại cả 3 tệp")
	if n := len(p.content(stp).Files); n > 0 {
		t.Errorf("%d files are attached", n)
	}
	p.upload("truc", path, page.form(path), "ba.pdf", pdf, "mot.pdf").want(303)
	if n := len(p.content(stp).Files); n != 2 {
		t.Errorf("%d files are attached, want 2", n)
	}
}

func TestEvidenceIsAttachedReadAndTakenOut(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportEvidence(base)
	v := p.get("truc", paths.AddEvidence(base, "task/4")).want(200).form(path)
	if v.Get("about") != "task/4" {
		t.Fatalf("the page is about %q", v.Get("about"))
	}
	v.Set("about", "figure/T4.01")
	p.upload("truc", path, v, "so-tiep-dan.pdf", pdf).want(303)
	c := p.content(stp)
	if len(c.Files) != 1 || c.Files[0].About != "figure/T4.01" {
		t.Fatalf("attached %+v", c.Files)
	}
	file := paths.EvidenceFile(base, c.Files[0].ID)
	got := p.get("truc", file).want(200)
	if got.body != string(pdf) {
		t.Errorf("the file comes back as %q", got.body)
	}
	p.get("tu", file).want(404) // nothing was sent yet
	p.get("truc", taskPath(4)).says("main", "so-tiep-dan.pdf")
	p.get("truc", path).says("main", "Số liệu T4.01. Số lượt tiếp công dân")
	drop := paths.DropEvidence(base, c.Files[0].ID)
	p.post("truc", drop, p.get("truc", drop).want(200).form(drop)).want(303)
	if n := len(p.content(stp).Files); n != 0 {
		t.Errorf("%d files are left", n)
	}
}

func TestWhatIsNoEvidenceIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportEvidence(base)
	about := func(v string) url.Values {
		f := p.get("truc", path).form(path)
		f.Set("about", v)
		return f
	}
	p.upload("truc", path, about("task/4"), "", nil).want(422).says(".dv-errors", "Chọn tệp")
	p.upload("truc", path, about(""), "a.pdf", pdf).want(422).says(".dv-errors", "Chọn nội dung mà tệp chứng minh")
	p.upload("truc", path, about("task/9"), "a.pdf", pdf).want(422).says(".dv-errors", "Chọn nội dung mà tệp chứng minh")
	disguised := p.upload("truc", path, about("task/4"), "bien-ban.pdf", exe).want(422)
	disguised.says(".dv-errors", "bien-ban.pdf")
	big := p.upload("truc", path, about("task/4"), "to.pdf", append(pdf, bytes.Repeat([]byte(" "), 1<<20)...)).want(422)
	big.says(".dv-errors", "lớn hơn 1 MB")
	if n := len(p.content(stp).Files); n != 0 {
		t.Errorf("%d files were attached", n)
	}
}

func TestLastYearsFiguresAreTypedInAndComparedWith(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.PriorFigures(base)
	v := p.get("truc", path).want(200).form(path)
	v.Set("T4.01.value", "104")
	v.Set("T4.01.source", "Báo cáo số 210/BC-STP năm 2021")
	v.Set("T4.02.value", "một trăm")
	page := p.post("truc", path, v).want(422)
	page.says(".dv-errors", "Chỉ ghi số")
	again := page.form(path)
	if again.Get("T4.02.value") != "một trăm" || again.Get("T4.01.value") != "104" {
		t.Errorf("the form shows %v", again)
	}
	again.Set("T4.02.value", "")
	p.post("truc", path, again).want(303)
	w := p.task("truc", 4)
	w.Set("T4.01.own", "86")
	p.post("truc", taskPath(4), w).want(303)
	row := p.get("truc", taskPath(4))
	row.says("#figure-T4\\.01", "104")
	row.says("#figure-T4\\.01 .dv-diff", "−18 −17,3%")
	p.get("tong", path).want(200)
	p.get("tu", path).want(403)
	p.get("yte", path).want(404)
}
