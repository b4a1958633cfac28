package plans

import (
	"bytes"
	"fmt"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"danvan/internal/document/workbook"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/web/paths"
	"danvan/web/respond"
)

var importPath = paths.ImportActivities(2022, "stp")

// newExchange is a portal that also sends the form out and takes it back.
func newExchange(t testing.TB) *portal {
	t.Helper()
	p := newPortal(t)
	h := Pages{Plans: p.plans, Files: p.files}
	const at = "/ke-hoach/{year}/{unit}"
	p.router.Get(at+"/hoat-dong.xlsx", respond.Handler(h.ActivitySheet).ServeHTTP)
	p.router.Get(at+"/hoat-dong/nhap", respond.Handler(h.ImportForm).ServeHTTP)
	p.router.Post(at+"/hoat-dong/nhap", respond.Handler(h.Import).ServeHTTP)
	return p
}

// columns are those of the form's boxes; its first activity stands in row 6.
var columns = map[string]string{"code": "A", "task": "B", "title": "C", "product": "D", "description": "E", "time": "F", "owner": "G", "deputy": "H",
	"section": "I", "partners": "J", "other": "K", "uom": "L", "baseline": "M", "target": "N", "evidence": "O", "review": "P", "inspection": "Q", "exemplar": "R"}

// sheet downloads the form.
func (p *portal) sheet(who string) []byte {
	p.t.Helper()
	return []byte(p.get(who, paths.ActivitySheet(2022, "stp")).want(200).body)
}

// with is a form with boxes written over, as "title/6" for row 6.
func (p *portal) with(form []byte, boxes map[string]any) []byte {
	p.t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(form))
	p.must(err)
	defer f.Close()
	for at, value := range boxes {
		name, row, _ := strings.Cut(at, "/")
		p.must(f.SetCellValue("Hoạt động", columns[name]+row, value))
	}
	out, err := f.WriteToBuffer()
	p.must(err)
	return out.Bytes()
}

// sendFile sends a file to the import.
func (p *portal) sendFile(who string, content []byte) visited {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile(workbook.Field, "bieu.xlsx")
	p.must(err)
	_, err = part.Write(content)
	p.must(err)
	p.must(w.Close())
	r := httptest.NewRequest(http.MethodPost, importPath, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(who, r)
}

// dialogue is an activity with everything in it.
var dialogue = submission.Content{"title": "Đối thoại trực tiếp với Nhân dân", "product": "Biên bản", "description": "Chuẩn bị\nTổ chức", "time": "2022/quarter/2",
	"section": "Văn phòng", "partners": "syt", "partners_other": "Hội Luật gia", "uom": "cuộc", "baseline": "1", "target": "2.5", "evidence": "1", "mark_review": "1"}

func TestActivitiesOfAFileAreShownFirstAndThenStoredAsShown(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	code, other := p.add(2, dialogue), p.add(4, submission.Content{"title": "Tiếp công dân định kỳ"})
	p.assign(code, "gam")
	before := p.stored(other)
	form := p.sheet("truc")
	same := p.sendFile("truc", p.with(form, nil)).want(200)
	same.says("body", "Tệp không có gì khác với nội dung đang lưu.")
	page := p.sendFile("truc", p.with(form, map[string]any{
		"time/6": "Tháng 3", "target/6": "1.500", "owner/6": "phạm minh nhựt", "review/6": nil, "description/6": "Chuẩn bị kỹ\nTổ chức",
		"task/8": 7, "title/8": "Kiểm tra việc tiếp công dân", "product/8": "Kết luận", "time/8": "15/03/2022", "owner/8": "Võ Thị Hồng Gấm", "deputy/8": "Phạm Minh Nhựt",
		"partners/8": "Sở Y tế; Thanh tra tỉnh", "other/8": "Hội Luật gia; Đoàn Luật sư", "uom/8": "cuộc", "target/8": "2", "inspection/8": "x",
		"task/10": "0", "title/10": "Dân vận khéo năm 2022", "time/10": "Thường xuyên", "exemplar/10": "Có",
	})).want(200)
	if p.count() != 2 || p.stored(code).Content["target"] != "2.5" {
		t.Fatal("something is stored before anybody said so")
	}
	page.says("body", "Xem lại 3 hoạt động tệp thay đổi, rồi ghi.")
	page.says("tbody:contains('Đối thoại')", "Thời gian thực hiệnQuý IITháng 3")
	page.says("tbody:contains('Đối thoại')", "Người phụ tráchVõ Thị Hồng GấmPhạm Minh Nhựt")
	page.says("tbody:contains('Kiểm tra việc')", "thêm mới")
	values := page.form(importPath)
	for range 2 { // a doubled post
		p.post("truc", importPath, values).want(303)
	}
	if p.count() != 4 {
		t.Fatalf("%d activities, want 4", p.count())
	}
	if !strings.Contains(p.said, "thêm 2 hoạt động, sửa 1 hoạt động") {
		t.Errorf("says %q", p.said)
	}
	want := maps.Clone(dialogue)
	maps.Copy(want, submission.Content{"time": "2022/month/3", "target": "1500", "mark_review": "", "description": "Chuẩn bị kỹ\nTổ chức"})
	a := p.stored(code)
	for name, value := range want {
		if a.Content[name] != value {
			t.Errorf("%s = %q, want %q", name, a.Content[name], value)
		}
	}
	if a.Owner == nil || a.Owner.Name != "Phạm Minh Nhựt" {
		t.Errorf("owner %v", a.Owner)
	}
	added := p.stored("7.1")
	for name, value := range map[string]string{"title": "Kiểm tra việc tiếp công dân", "time": "2022-03-15/2022-03-15", "partners": "syt\nttt",
		"partners_other": "Hội Luật gia\nĐoàn Luật sư", "target": "2", "mark_inspection": "1", "evidence": ""} {
		if name == "partners" {
			if len(added.Partners) != 2 || added.Partners[0] != "syt" {
				t.Errorf("partners %v", added.Partners)
			}
			continue
		}
		if added.Content[name] != value {
			t.Errorf("7.1 %s = %q, want %q", name, added.Content[name], value)
		}
	}
	if added.Owner == nil || added.Owner.Name != "Võ Thị Hồng Gấm" || added.Deputy == nil {
		t.Errorf("in charge of 7.1: %v, %v", added.Owner, added.Deputy)
	}
	if now := p.stored(other); now.Revision != before.Revision {
		t.Errorf("%s was not touched and is at revision %d", other, now.Revision)
	}
	// The same file once more adds nothing twice.
	p.sendFile("truc", p.with(p.sheet("truc"), map[string]any{"task/20": 7, "title/20": "Kiểm tra việc tiếp công dân"})).want(422).
		says(".dv-errors li", "Hoạt động, ô C20: nhiệm vụ 7 đã có hoạt động 7.1 cùng tên")
}

func TestFaultsOfAFileOfActivitiesAreNamedByCellAndNothingIsStored(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	code := p.add(2, dialogue)
	form := p.sheet("truc")
	page := p.sendFile("truc", p.with(form, map[string]any{
		"time/6": "khi có yêu cầu", "target/6": "hai cuộc", "owner/6": "Nguyễn Văn Không Có", "partners/6": "Sở Y tế; Sở Phép thuật", "review/6": "có lẽ", "task/6": 3,
		"title/8": "Không rõ nhiệm vụ", "task/9": 9, "title/9": "Nhiệm vụ lạ", "task/10": 2, "time/11": "Tháng 13", "task/11": 1, "title/11": "Việc",
		"task/12": 1, "title/12": "Hai người", "owner/12": "Võ Thị Hồng Gấm", "deputy/12": "Võ Thị Hồng Gấm", "code/13": "2.9", "title/13": "Mã lạ",
		"task/14": 1, "title/14": "Trước năm", "time/14": "15/03/2021", "task/15": 4, "title/15": "Đúng",
	})).want(422)
	for _, words := range []string{"ô F6: ghi thời gian kiểu", "ô N6: chỉ ghi số", "ô G6: đơn vị không có người tên “Nguyễn Văn Không Có”", "ô J6: không có đơn vị “Sở Phép thuật”",
		"ô P6: ghi “Có” hoặc để trống", "ô B6: hoạt động 2.1 thuộc nhiệm vụ 2", "ô B8: ghi số của nhiệm vụ", "ô B9: ghi số của nhiệm vụ", "ô C10: ghi tên hoạt động",
		"ô F11: ghi thời gian kiểu", "ô H12: người thay thế phải khác", "ô A13: kế hoạch không có hoạt động 2.9", "ô F14: thời gian phải nằm trong khoảng 01/01/2022 đến 31/12/2022"} {
		page.says(".dv-errors li", "Hoạt động, "+words)
	}
	if n := page.Find(".dv-errors li").Length(); n != 13 {
		t.Errorf("%d faults, want 13: %s", n, page.Find(".dv-errors").Text())
	}
	if p.count() != 1 || p.stored(code).Revision != 1 {
		t.Error("something of a faulty file is stored")
	}
}

func TestWhatOthersDidToAnActivitySinceIsMergedOrChosen(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	code := p.add(2, dialogue)
	p.assign(code, "gam")
	file := p.with(p.sheet("truc"), map[string]any{"title/6": "Đối thoại định kỳ", "target/6": "4", "owner/6": "Phạm Minh Nhựt"})
	save := func(values submission.Content) {
		t.Helper()
		_, err := p.plans.SaveActivity(t.Context(), p.people["gam"], p.now, post.Once{}, stp, code, plan.Edit{Read: p.stored(code).Revision, Values: values})
		p.must(err)
	}
	save(submission.Content{"title": "Đối thoại với doanh nghiệp", "product": "Báo cáo"})
	p.assign(code, "oanh")
	page := p.sendFile("truc", file).want(200)
	page.says("fieldset:contains('tên hoạt động')", "Trong tệp Đối thoại định kỳ")
	page.says("fieldset:contains('tên hoạt động')", "Khi tải biểu mẫu Đối thoại trực tiếp với Nhân dân")
	page.says("fieldset:contains('người phụ trách')", "Nguyễn Thị Kiều Oanh")
	page.says("tbody", "Số phấn đấu2,54")
	values := page.form(importPath)
	p.post("truc", importPath, values).want(422).says(".dv-errors", ": chọn nội dung giữ lại")
	values.Set("giu."+code+"/title", "file")
	values.Set("giu."+code+"/owner", "saved")

	save(submission.Content{"section": "Phòng Phổ biến pháp luật"}) // another field: it merges
	merged := p.post("truc", importPath, values).want(303)
	a := p.stored(code)
	if merged.to != paths.Plan(2022, "stp") || a.Title != "Đối thoại định kỳ" || a.Product != "Báo cáo" || a.Section != "Phòng Phổ biến pháp luật" || a.Target != "4" ||
		a.Owner.Name != "Nguyễn Thị Kiều Oanh" {
		t.Errorf("stored %+v in charge of %v", a.Content, a.Owner)
	}

	// The same field, between the preview and the post.
	page = p.sendFile("truc", p.with(p.sheet("truc"), map[string]any{"title/6": "Đối thoại quý II", "owner/6": "Phạm Minh Nhựt"})).want(200)
	values = page.form(importPath)
	save(submission.Content{"title": "Đối thoại tại xã"})
	moved := p.post("truc", importPath, values).want(409)
	moved.says("fieldset:contains('tên hoạt động')", "Đối thoại tại xã")
	values = moved.form(importPath)
	values.Set("giu."+code+"/title", "saved")
	p.assign(code, "gam") // and whoever is in charge, which has no revision
	again := p.post("truc", importPath, values).want(409)
	again.says("fieldset:contains('người phụ trách')", "Võ Thị Hồng Gấm")
	if got := p.stored(code); got.Title != "Đối thoại tại xã" || got.Owner.Name != "Võ Thị Hồng Gấm" {
		t.Errorf("a conflict stored %q in charge of %s", got.Title, got.Owner.Name)
	}
	p.must(p.plans.DeleteActivity(t.Context(), p.people["gam"], p.now, post.Once{}, stp, code, p.stored(code).Revision))
	p.post("truc", importPath, again.form(importPath)).want(422)
	values = again.form(importPath)
	values.Set("giu."+code+"/title", "file")
	values.Set("giu."+code+"/owner", "file")
	p.post("truc", importPath, values).want(409).says(".dv-errors li", "Hoạt động "+code+": đã bị xóa khỏi kế hoạch")
}

func TestAForgedConfirmationOfActivitiesIsCheckedLikeWhateverIsTyped(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	p.add(2, dialogue)
	key := url.Values{"_key": {strings.Repeat("k", 20)}}
	for name, values := range map[string]url.Values{
		"no such task":     {"ban.moi-8": {"0 "}, "trong-tep.moi-8/title": {"Việc"}, "trong-tep.moi-8/task": {"12"}},
		"a negative goal":  {"ban.moi-8": {"0 "}, "trong-tep.moi-8/title": {"Việc"}, "trong-tep.moi-8/task": {"2"}, "trong-tep.moi-8/target": {"-2"}},
		"no such unit":     {"ban.moi-8": {"0 "}, "trong-tep.moi-8/title": {"Việc"}, "trong-tep.moi-8/task": {"2"}, "trong-tep.moi-8/partners": {"khong-co"}},
		"a stranger":       {"ban.moi-8": {"0 "}, "trong-tep.moi-8/title": {"Việc"}, "trong-tep.moi-8/task": {"2"}, "trong-tep.moi-8/owner": {fmt.Sprint(p.people["yte"].Person)}},
		"one of two wrong": {"ban.2.1": {"1 "}, "trong-tep.2.1/title": {"Khác"}, "ban.moi-8": {"0 "}, "trong-tep.moi-8/title": {"Việc"}, "trong-tep.moi-8/task": {"2"}, "trong-tep.moi-8/time": {"2023/month/1"}},
	} {
		maps.Copy(values, key)
		p.post("truc", importPath, values).want(422).says(".dv-errors h2", "chỗ phải sửa")
		if p.count() != 1 || p.stored("2.1").Revision != 1 {
			t.Fatalf("%s: something is stored", name)
		}
	}
	values := url.Values{"ban.2.7": {"1 "}, "trong-tep.2.7/title": {"Khác"}}
	p.post("truc", importPath, values).want(409)
}

func TestOnlyWhoMayEditThePlanMayImport(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	for who, want := range map[string]int{"truc": 200, "khai": 200, "tu": 403, "quantri": 403, "yte": 404} {
		for _, path := range []string{paths.ActivitySheet(2022, "stp"), importPath} {
			if got := p.get(who, path).status; got != want {
				t.Errorf("%s gets %d at %s, want %d", who, got, path, want)
			}
		}
	}
}
