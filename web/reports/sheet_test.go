package reports

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
	"danvan/internal/submission"
	"danvan/web/paths"
	"danvan/web/respond"
)

// newExchange is a portal that also sends forms out and takes them back.
func newExchange(t testing.TB) *portal {
	t.Helper()
	p := newPortal(t)
	h := Pages{DB: p.db, Reports: p.reports, Files: p.files}
	const at = "/bao-cao/{year}/{period}/{unit}"
	for path, fn := range map[string]respond.Handler{"/so-lieu.xlsx": h.FigureSheet, "/so-lieu/nhap": h.ImportForm,
		"/so-lieu-nam-truoc.xlsx": h.PriorSheet, "/so-lieu-nam-truoc/nhap": h.ImportPriorForm} {
		p.router.Get(at+path, fn.ServeHTTP)
	}
	p.router.Post(at+"/so-lieu/nhap", respond.Handler(h.Import).ServeHTTP)
	p.router.Post(at+"/so-lieu-nam-truoc/nhap", respond.Handler(h.ImportPrior).ServeHTTP)
	return p
}

// book is a form that went out.
type book struct {
	t       testing.TB
	content []byte
	rows    map[string]int // by what stands in column A
}

// sheet downloads a form.
func (p *portal) sheet(who, path string) book {
	p.t.Helper()
	got := p.get(who, path).want(200)
	b := book{t: p.t, content: []byte(got.body), rows: map[string]int{}}
	f := b.open()
	defer f.Close()
	rows, err := f.GetRows("Số liệu")
	p.must(err)
	for i, row := range rows {
		if len(row) > 0 {
			b.rows[row[0]] = i + 1
		}
	}
	return b
}

func (b book) open() *excelize.File {
	b.t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(b.content))
	if err != nil {
		b.t.Fatal(err)
	}
	return f
}

// with is the form with boxes written over, as "D/T4.01".
func (b book) with(boxes map[string]any) []byte {
	b.t.Helper()
	f := b.open()
	defer f.Close()
	for at, value := range boxes {
		column, code, _ := strings.Cut(at, "/")
		cell := fmt.Sprintf("%s%d", column, b.rows[code])
		var err error
		if formula, ok := value.(string); ok && strings.HasPrefix(formula, "=") {
			err = f.SetCellFormula("Số liệu", cell, formula)
		} else {
			err = f.SetCellValue("Số liệu", cell, value)
		}
		if err != nil {
			b.t.Fatal(err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		b.t.Fatal(err)
	}
	return out.Bytes()
}

// sendFile sends a file to an import.
func (p *portal) sendFile(who, path, name string, content []byte) visited {
	p.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile(workbook.Field, name)
	p.must(err)
	_, err = part.Write(content)
	p.must(err)
	p.must(w.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(who, r)
}

var importPath = paths.ImportFigures(base)

func TestThePageAndTheExcelFormOpenAlikeAndLeaveTheSameBehind(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	p.now = midyear
	p.write(half, map[string]string{"T3.03": "8", "T3.04": "7", "T5.01": "2"})
	p.submit(half)
	p.accept(half)
	p.now = yearEnd
	page := p.task("truc", 3)
	if page.Get("T3.03.own") != "8" || page.Get("T3.01.own") != "" {
		t.Fatalf("the page opens with %v", page)
	}
	form := p.sheet("truc", paths.FigureSheet(base))
	shown := p.sendFile("truc", importPath, "bieu.xlsx", form.with(nil)).want(200)
	shown.says("tbody tr:contains('T3.03.')", "(điền sẵn)")
	p.post("truc", importPath, shown.form(importPath)).want(303)
	for code, want := range map[string]string{"T3.03": "own=8", "T3.04": "own=7", "T5.01": "own=2", "T3.01": ""} {
		if got := p.stored(code); got != want {
			t.Errorf("%s = %q, want %q", code, got, want)
		}
	}
	p.sendFile("truc", importPath, "bieu.xlsx", form.with(nil)).want(200).says("main", "Tệp không có gì khác với nội dung đang lưu.")
}

func TestFiguresOfAFileAreShownFirstAndThenStoredAsShown(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	p.write(stp, map[string]string{"T4.01": "1200", "T4.02": "40"})
	form := p.sheet("truc", paths.FigureSheet(base))
	before := p.content(stp).Rows
	page := p.sendFile("truc", importPath, "bieu.xlsx", form.with(map[string]any{"D/T4.01": "1.250", "E/T4.01": "50", "D/T4.02": nil, "D/T4.08": "7", "F/T4.08": nil})).want(200)
	for code, r := range p.content(stp).Rows {
		if r.Part.Revision != before[code].Part.Revision {
			t.Errorf("%s is stored before anybody said so", code)
		}
	}
	page.says("main, body", "Xem lại 3 số liệu tệp thay đổi, rồi ghi.")
	for label, words := range map[string]string{"T4.01": "1.2001.250, trong đó ước 50", "T4.02": "40(để trống)", "T4.08": "không phát sinh7"} {
		page.says("tbody tr:contains('"+label+".')", words)
	}
	page.says(".dv-save button", "Ghi 3 số liệu")
	values := page.form(importPath)
	for range 2 { // a doubled post
		done := p.post("truc", importPath, values).want(303)
		if done.to != base {
			t.Errorf("leads to %s", done.to)
		}
	}
	for code, want := range map[string]string{"T4.01": "estimated=50 own=1250", "T4.02": "", "T4.08": "own=7"} {
		if got := p.stored(code); got != want {
			t.Errorf("%s = %q, want %q", code, got, want)
		}
	}
	changed := 0
	for code, r := range p.content(stp).Rows {
		switch was := before[code].Part.Revision; r.Part.Revision {
		case was:
		case was + 1:
			changed++
		default:
			t.Errorf("%s went from revision %d to %d", code, was, r.Part.Revision)
		}
	}
	if changed != 3 {
		t.Errorf("%d figures changed, want the 3 that were shown", changed)
	}
	if !strings.Contains(p.said, "Đã ghi 3 số liệu từ tệp Excel.") {
		t.Errorf("says %q", p.said)
	}
	again := p.sendFile("truc", importPath, "bieu.xlsx", p.sheet("truc", paths.FigureSheet(base)).with(nil)).want(200)
	again.says("body", "Tệp không có gì khác với nội dung đang lưu.")
	again.lacks("form[action='" + importPath + "']")
}

func TestFaultsOfAFileAreNamedByCellAndNothingIsStored(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	form := p.sheet("truc", paths.FigureSheet(base))
	page := p.sendFile("truc", importPath, "bieu.xlsx", form.with(map[string]any{"D/T4.01": "86 lượt", "D/T4.02": "=1+1", "D/T4.04": "12"})).want(422)
	page.says(".dv-errors h2", "Tệp còn 2 chỗ phải sửa, chưa có gì được ghi")
	page.says(".dv-errors li", fmt.Sprintf("Số liệu, ô D%d: chỉ ghi số, không kèm chữ hoặc đơn vị tính", form.rows["T4.01"]))
	page.says(".dv-errors li", fmt.Sprintf("Số liệu, ô D%d: ô chứa công thức", form.rows["T4.02"]))
	page.says(".form-hint", "Sửa trong tệp, lưu rồi chọn lại")
	if got := p.stored("T4.04"); got != "" {
		t.Errorf("T4.04 = %q, want nothing", got)
	}
}

func TestAFileThatIsNotTheFormIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	other := p.sheet("yte", paths.FigureSheet(paths.Report(2022, "nam", "syt"))).with(nil)
	halfYear := p.sheet("truc", paths.FigureSheet(paths.Report(2022, "6-thang", "stp"))).with(nil)
	own := p.sheet("truc", paths.FigureSheet(base)).with(nil)
	for _, test := range []struct {
		name    string
		content []byte
		says    string
	}{
		{"a.xlsx", other, "Tệp là biểu mẫu của Sở Y tế; ở đây nhận biểu mẫu của Sở Tư pháp"},
		{"a.xlsx", halfYear, "Tệp là biểu mẫu của 6 tháng đầu năm 2022"},
		{"a.xlsx", []byte("PK\x03\x04 và không gì nữa"), "Tệp bị hỏng"},
		{"a.xlsx", []byte("%PDF-1.7"), "nội dung là PDF"},
		{"a.xlsm", own, "Tệp có macro"},
		{"a.xls", own, "định dạng Excel cũ"},
		{"a.xlsx", bytes.Repeat([]byte("0"), int(workbook.Usual.File)+1), "Tệp lớn hơn 5 MB"},
	} {
		page := p.sendFile("truc", importPath, test.name, test.content).want(422)
		page.says(".dv-errors", test.says)
		page.says(".dv-field-bad", test.says)
	}
	p.sendFile("truc", importPath, "a.xlsx", nil).want(422).says(".dv-errors", "Tệp trống")
	p.post("truc", importPath, url.Values{}).want(422).says(".dv-errors", "Chọn tệp Excel đã ghi")
	p.sendFile("truc", importPath, "a.xlsx", bytes.Repeat([]byte("0"), int(maxUpload))).want(413)
}

func TestWhatOthersSavedSinceTheFormWentOutIsChosenNotOverwritten(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	p.write(stp, map[string]string{"T4.01": "10", "T4.02": "20", "T4.04": "30"})
	file := p.sheet("truc", paths.FigureSheet(base)).with(map[string]any{"D/T4.01": "11", "D/T4.02": "21", "D/T4.04": "31"})
	p.write(stp, map[string]string{"T4.01": "12", "T4.02": "22", "T4.04": "31"}) // somebody else, meanwhile
	page := p.sendFile("truc", importPath, "bieu.xlsx", file).want(200)
	page.says("h2", "Đã đổi trên hệ thống sau khi tải biểu mẫu")
	page.says("fieldset:contains('T4.01')", "Trong tệp 11 Đang lưu")
	page.says("fieldset:contains('T4.01')", "Khi tải biểu mẫu 10")
	if page.Find("fieldset.dv-merge").Length() != 2 || strings.Contains(page.Find("tbody").Text(), "T4.04") {
		t.Error("what is saved already is asked about")
	}
	values := page.form(importPath)
	unchosen := p.post("truc", importPath, values).want(422)
	unchosen.says(".dv-errors", ": chọn nội dung giữ lại")
	values.Set("giu.T4.01/row", "file")
	half := maps.Clone(values)
	p.post("truc", importPath, half).want(422)
	values.Set("giu.T4.02/row", "saved")

	// Between the preview and the post somebody saves once more.
	p.write(stp, map[string]string{"T4.01": "13", "T4.02": "22", "T4.04": "31"})
	moved := p.post("truc", importPath, values).want(409)
	moved.says("fieldset:contains('T4.01')", "Đang lưu")
	moved.says("fieldset:contains('T4.01')", "13")
	after := moved.form(importPath)
	if after.Get("giu.T4.01/row") != "" || after.Get("giu.T4.02/row") != "saved" {
		t.Errorf("choices %q and %q, want the first asked again and the second kept", after.Get("giu.T4.01/row"), after.Get("giu.T4.02/row"))
	}
	if p.stored("T4.01") != "own=13" || p.stored("T4.02") != "own=22" {
		t.Errorf("stored %s and %s", p.stored("T4.01"), p.stored("T4.02"))
	}
	after.Set("giu.T4.01/row", "file")
	p.post("truc", importPath, after).want(303)
	if p.stored("T4.01") != "own=11" || p.stored("T4.02") != "own=22" {
		t.Errorf("stored %s and %s, want 11 and 22", p.stored("T4.01"), p.stored("T4.02"))
	}
}

func TestAForgedConfirmationIsCheckedLikeWhateverIsTyped(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	page := p.sendFile("truc", importPath, "bieu.xlsx", p.sheet("truc", paths.FigureSheet(base)).with(map[string]any{"D/T4.01": "5", "D/T4.02": "6"})).want(200)
	for name, value := range map[string]string{"trong-tep.T4.01/row": "-5||", "trong-tep.T4.02/row": "1e9||"} {
		values := maps.Clone(page.form(importPath))
		values.Set(name, value)
		p.post("truc", importPath, values).want(422).says(".dv-errors", "chỗ phải sửa")
		if p.stored("T4.01")+p.stored("T4.02") != "" {
			t.Fatalf("%s=%s: something is stored", name, value)
		}
	}
	foreign := url.Values{"ban.T9.99": {"0 "}, "trong-tep.T9.99/row": {"5||"}, "dang-luu.T9.99/row": {""}, "_key": {strings.Repeat("k", 20)}}
	p.post("truc", importPath, foreign).want(422).says(".dv-errors", "không phải báo cáo chỉ tiêu T9.99")
}

func TestOnlyWhoMayEditTheReportMayImport(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	for who, want := range map[string]int{"truc": 200, "khai": 200, "tu": 403, "quantri": 403, "mattran": 404} {
		for _, path := range []string{paths.FigureSheet(base), importPath} {
			if got := p.get(who, path).status; got != want {
				t.Errorf("%s gets %d at %s, want %d", who, got, path, want)
			}
		}
	}
	file := p.sheet("truc", paths.FigureSheet(base)).with(map[string]any{"D/T4.01": "5"})
	values := p.sendFile("truc", importPath, "bieu.xlsx", file).want(200).form(importPath)
	p.post("tu", importPath, values).want(403)
	p.write(stp, nil)
	p.submit(stp)
	p.post("truc", importPath, values).want(403)
	p.sendFile("truc", importPath, "bieu.xlsx", file).want(403)
}

func TestLastYearsFiguresComeFromAFileTheSameWay(t *testing.T) {
	t.Parallel()
	p := newExchange(t)
	path := paths.ImportPrior(base)
	form := p.sheet("truc", paths.PriorSheet(base))
	p.get("truc", path).want(200).says("h1", "Nhập số liệu cùng kỳ năm 2021 từ Excel")
	bad := p.sendFile("truc", path, "a.xlsx", form.with(map[string]any{"D/T4.01": "1,5", "E/T4.02": "Báo cáo số 210/BC-STP"})).want(422)
	bad.says(".dv-errors li", fmt.Sprintf("Số liệu, ô D%d: số lượt là số nguyên", form.rows["T4.01"]))
	bad.says(".dv-errors li", fmt.Sprintf("Số liệu, ô D%d: có nguồn mà chưa có số", form.rows["T4.02"]))
	page := p.sendFile("truc", path, "a.xlsx", form.with(map[string]any{"D/T4.01": "1.100", "E/T4.01": "Báo cáo số 210/BC-STP", "D/T1.01": "Có"})).want(200)
	page.says("tbody", "Báo cáo số 210/BC-STP")
	done := p.post("truc", path, page.form(path)).want(303)
	if done.to != paths.PriorFigures(base) {
		t.Errorf("leads to %s", done.to)
	}
	stored := p.get("truc", paths.PriorFigures(base)).want(200).form(paths.PriorFigures(base))
	if stored.Get("T4.01.value") != "1.100" || stored.Get("T4.01.source") != "Báo cáo số 210/BC-STP" || stored.Get("T1.01.value") != "1" {
		t.Errorf("stored %q, %q, %q", stored.Get("T4.01.value"), stored.Get("T4.01.source"), stored.Get("T1.01.value"))
	}

	// Somebody else types another number after the form went out, and again after the preview.
	file := p.sheet("truc", paths.PriorSheet(base)).with(map[string]any{"D/T4.01": "1.150"})
	stored.Set("T4.01.value", "1.120")
	p.post("gam", paths.PriorFigures(base), stored).want(303)
	clash := p.sendFile("truc", path, "a.xlsx", file).want(200)
	clash.says("fieldset", "Đang lưu, Võ Thị Hồng Gấm")
	values := clash.form(path)
	values.Set("giu.T4.01/value", "file")
	stored = p.get("gam", paths.PriorFigures(base)).form(paths.PriorFigures(base))
	stored.Set("T4.01.value", "1.130")
	p.post("gam", paths.PriorFigures(base), stored).want(303)
	moved := p.post("truc", path, values).want(409)
	moved.says("fieldset", "1.130")
	values = moved.form(path)
	values.Set("giu.T4.01/value", "file")
	p.post("truc", path, values).want(303)
	if got := p.get("truc", paths.PriorFigures(base)).form(paths.PriorFigures(base)).Get("T4.01.value"); got != "1.150" {
		t.Errorf("stored %q", got)
	}
	if c, err := submission.Load(t.Context(), p.db, p.now, stp); err != nil || c.Begun {
		t.Errorf("the report itself is begun by last year's figures (%v)", err)
	}
}
