package reports

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/respond"
)

func TestATaskIsFilledInAndSavedAsOne(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.01.own", "1.086")
	v.Set("T4.01.estimated", "6")
	v.Set("T4.02.own", "0")
	v.Set("T4.04.mark", "nil")
	v.Set("T4.08.mark", "not_applicable")
	v.Set("status", "done")
	v.Set("result", "Tiếp công dân thường xuyên.")
	answer := p.post("truc", taskPath(4), v).want(303)
	if answer.to != taskPath(4) {
		t.Errorf("went on to %s", answer.to)
	}
	for code, want := range map[string]string{
		"T4.01": "estimated=6 own=1086", "T4.02": "own=0", "T4.04": "mark=nil", "T4.08": "mark=not_applicable", "T4.10": ""} {
		if got := p.stored(code); got != want {
			t.Errorf("%s is stored as %q, want %q", code, got, want)
		}
	}
	s, _ := p.content(stp).Section(4)
	if s.Part.Content["result"] != "Tiếp công dân thường xuyên." || s.Part.Content["status"] != "done" {
		t.Errorf("the words are stored as %v", s.Part.Content)
	}
	page := p.get("truc", taskPath(4))
	page.says(".dv-flash", "Đã lưu nhiệm vụ 4.")
	page.says(".dv-strip [aria-current]", "4/9")
	again := page.form(taskPath(4))
	if again.Get("T4.01.own") != "1.086" || again.Get("T4.02.own") != "0" || again.Get("T4.04.mark") != "nil" || again.Get("T4.08.mark") != "not_applicable" {
		t.Errorf("the form shows %v", again)
	}
	if got := page.Find(`[name="T4.04.own"]`).AttrOr("placeholder", ""); got != "không phát sinh" {
		t.Errorf("the box of what did not arise says %q", got)
	}
}

func TestSavingMayGoOnToTheNextTask(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for no, want := range map[int]string{1: taskPath(2), 7: taskPath(0), 0: paths.ReportOverall(base)} {
		v := p.task("truc", no)
		v.Set(thenField, thenNext)
		if got := p.post("truc", taskPath(no), v).want(303).to; got != want {
			t.Errorf("from task %d on to %s, want %s", no, got, want)
		}
	}
}

func TestOfAPageInPartOnlyTheValidIsStored(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.01.own", "86")
	v.Set("T4.02.own", "3 vụ")
	v.Set("T4.04.own", "5")
	v.Set("T4.04.mark", "nil")
	v.Set("T4.08.estimated", "2")
	v.Set("T4.13.own", "-4")
	v.Set("result", "Đã làm.")
	page := p.post("truc", taskPath(4), v).want(422)
	page.says("title", "Lỗi: ")
	page.says(".dv-errors", "Còn 4 chỗ phải sửa")
	page.says(".dv-errors", "Số người được tiếp: chỉ ghi số, không kèm chữ hoặc đơn vị tính")
	page.says("main", "Các mục khác đã lưu lúc 08:15")
	page.says(".dv-save", "4 ô chưa lưu được")
	page.says(".dv-strip [aria-current]", "4 lỗi")
	for _, id := range []string{"T4.02-loi", "T4.04-loi", "T4.08-loi", "T4.13-loi"} {
		if page.Find(`[id="`+id+`"]`).Length() != 1 {
			t.Errorf("nothing is said at %s", id)
		}
	}
	if got, want := p.stored("T4.01"), "own=86"; got != want {
		t.Errorf("T4.01 is stored as %q, want %q", got, want)
	}
	for _, code := range []string{"T4.02", "T4.04", "T4.08", "T4.13"} {
		if got := p.stored(code); got != "" {
			t.Errorf("%s is stored as %q, want nothing", code, got)
		}
	}
	again := page.form(taskPath(4))
	for name, want := range map[string]string{"T4.02.own": "3 vụ", "T4.04.own": "5", "T4.04.mark": "nil", "T4.08.estimated": "2", "T4.13.own": "-4", "result": "Đã làm."} {
		if got := again.Get(name); got != want {
			t.Errorf("%s shows %q, want %q as typed", name, got, want)
		}
	}
	// Nothing more is stored: the page goes on to say when the rest was, everywhere alike.
	saved := "lưu lúc " + viet.Moment(p.now)
	p.now = p.now.Add(24 * time.Hour)
	page = p.post("truc", taskPath(4), again).want(422)
	page.says("main", "Các mục khác đã "+saved)
	page.says(".dv-save", "Đã "+saved)
	if got := page.Find("main").Text(); strings.Count(strings.ToLower(got), "đã lưu lúc") != 2 {
		t.Errorf("more is said of when it was saved: %s", got)
	}
	again = page.form(taskPath(4))
	again.Set("T4.02.own", "3")
	again.Del("T4.04.mark")
	again.Set("T4.08.own", "2")
	again.Set("T4.13.own", "4")
	p.post("truc", taskPath(4), again).want(303)
	if got := p.stored("T4.04"); got != "own=5" {
		t.Errorf("T4.04 mended is stored as %q", got)
	}
}

func TestAPostSentTwiceCountsOnce(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.01.own", "86")
	first := p.post("truc", taskPath(4), v).want(303)
	w := p.task("truc", 4)
	w.Set("T4.01.own", "87")
	p.post("truc", taskPath(4), w).want(303)
	if second := p.post("truc", taskPath(4), v).want(303); second.to != first.to {
		t.Errorf("the repeat goes to %s, the first to %s", second.to, first.to)
	}
	if got := p.stored("T4.01"); got != "own=87" {
		t.Errorf("the repeat stored %q", got)
	}
}

func TestAFormThatNamesNoRevisionOverwritesNothing(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.01.own", "86")
	p.post("truc", taskPath(4), v).want(303)
	for _, read := range []string{"", "figure/T4.01=0", "figure/T4.01=-1", "figure/T4.01=x", "hỏng"} {
		w := p.task("gam", 4)
		w.Set(readField, read)
		w.Set("T4.01.own", "99")
		p.post("gam", taskPath(4), w).want(409)
		if got := p.stored("T4.01"); got != "own=86" {
			t.Fatalf("with %q read, %q was stored", read, got)
		}
	}
}

func TestThePageSavesByItselfAndSaysWhatToSaveAgainst(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.01.own", "86")
	v.Set("T4.02.own", "hai")
	var saved respond.Saved
	answer := p.autosave("truc", taskPath(4), v).want(422)
	p.must(json.Unmarshal([]byte(answer.body), &saved))
	if saved.SavedAt != "08:15" || !strings.Contains(saved.Faults["T4.02.own"], "Chỉ ghi số") {
		t.Errorf("answered %+v", saved)
	}
	v.Set(readField, saved.Merged[readField][0])
	v.Set("T4.01.own", "90")
	v.Set("T4.02.own", "2")
	p.now = p.now.Add(time.Minute)
	p.autosave("truc", taskPath(4), v).want(200)
	if got := p.stored("T4.01") + ", " + p.stored("T4.02"); got != "own=90, own=2" {
		t.Errorf("stored %s", got)
	}
}

func TestAPageOpenedWhileSomebodyTypesMeetsNoConflictAboutWhatItLeftAlone(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	theirs := p.task("gam", 4)
	types := func(own, result string) {
		t.Helper()
		theirs.Set("T4.01.own", own)
		theirs.Set("result", result)
		var saved respond.Saved
		p.must(json.Unmarshal([]byte(p.autosave("gam", taskPath(4), theirs).want(200).body), &saved))
		theirs.Set(readField, saved.Merged[readField][0])
		p.now = p.now.Add(5 * time.Second)
	}
	types("8", "Tiếp")
	types("86", "Tiếp 86 lượt")
	mine := p.task("truc", 4) // what it shows is folded away by what follows
	types("861", "Tiếp 861 lượt công dân.")
	mine.Set("T4.02.own", "92")
	mine.Set("shortcoming", "Phòng tiếp dân còn chật.")
	p.post("truc", taskPath(4), mine).want(303)
	s, _ := p.content(stp).Section(4)
	if got := p.stored("T4.01") + ", " + p.stored("T4.02") + ", " + s.Part.Content["result"] + " " + s.Part.Content["shortcoming"]; got != "own=861, own=92, Tiếp 861 lượt công dân. Phòng tiếp dân còn chật." {
		t.Errorf("stored %s", got)
	}
	both := p.task("truc", 4)
	types("862", "Tiếp 862 lượt công dân.")
	types("863", "Tiếp 863 lượt công dân.")
	both.Set("T4.01.own", "99")
	p.post("truc", taskPath(4), both).want(409)
	if got := p.stored("T4.01"); got != "own=863" {
		t.Errorf("a conflict stored %s", got)
	}
}

func TestARatioIsWorkedOutAndNeverTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.18.own", "3")
	v.Set("T4.19.own", "2")
	p.post("truc", taskPath(4), v).want(303)
	page := p.get("truc", taskPath(4))
	page.says("#figure-T4\\.20", "66,7%")
	page.says("#figure-T4\\.20", "tự tính")
	page.lacks(`[name="T4.20.own"]`)
}

func TestWhatIsOddIsAskedInItsRowAndTheAnswerSavedWithThePage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.18.own", "3")
	v.Set("T4.19.own", "5")
	p.post("truc", taskPath(4), v).want(303)
	page := p.get("truc", taskPath(4))
	page.says(".dv-flash", "1 số liệu nên giải thích.")
	page.says("#figure-T4\\.19 + .dv-ask-row", "Số vụ việc đã giải quyết lớn hơn số phải giải quyết (T4.19: 5; T4.18: 3).")
	page.says("#figure-T4\\.19 + .dv-ask-row", "Nếu số đúng, ghi một dòng giải thích cho Sở Nội vụ")
	page.says(".dv-save", "1 số chờ giải thích")
	w := page.form(taskPath(4))
	w.Set("hoi.C10", "Hai vụ chuyển từ năm trước sang.")
	p.post("truc", taskPath(4), w).want(303)
	page = p.get("truc", taskPath(4))
	page.says("#figure-T4\\.19 + .dv-ask-row", "Đã giải thích, Sở Nội vụ sẽ đọc")
	if got := page.form(taskPath(4)).Get("hoi.C10"); got != "Hai vụ chuyển từ năm trước sang." {
		t.Errorf("the answer shows as %q", got)
	}
	// Other figures ask again; an answer left standing does not pass for a new one.
	x := page.form(taskPath(4))
	x.Set("T4.19.own", "6")
	p.post("truc", taskPath(4), x).want(303)
	p.get("truc", taskPath(4)).says(".dv-save", "1 số chờ giải thích")
	p.get("truc", base).says(".dv-side", "T4.19: 6; T4.18: 3")
}

func TestAnAnswerTooLongIsAskedForAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := p.task("truc", 4)
	v.Set("T4.18.own", "3")
	v.Set("T4.19.own", "5")
	p.post("truc", taskPath(4), v).want(303)
	w := p.task("truc", 4)
	long := strings.TrimSpace(strings.Repeat("dài ", 1500))
	w.Set("hoi.C10", long)
	page := p.post("truc", taskPath(4), w).want(422)
	page.says(".dv-errors", "Lời giải thích: viết không quá 4.000 ký tự")
	if got := page.form(taskPath(4)).Get("hoi.C10"); got != long {
		t.Errorf("the answer shows %d of %d characters", len(got), len(long))
	}
}

func TestWhatThePortalKnowsIsOfferedAndStoredOnlyWithThePage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.now = midyear
	p.write(half, map[string]string{"T6.01": "4", "T4.01": "41"})
	p.submit(half)
	p.accept(half)
	p.now = yearEnd
	page := p.get("truc", taskPath(6)).want(200)
	page.says("#figure-T6\\.01", "Điền sẵn: Báo cáo 6 tháng đầu năm 2022, lần gửi 1.")
	if got := page.Find(`[name="T6.01.own"].dv-offered`).AttrOr("value", ""); got != "4" {
		t.Errorf("the box offers %q", got)
	}
	if got := p.stored("T6.01"); got != "" {
		t.Errorf("looking stored %q", got)
	}
	p.post("truc", taskPath(6), page.form(taskPath(6))).want(303)
	if got := p.stored("T6.01"); got != "own=4" {
		t.Errorf("the page stored %q", got)
	}
	four := p.get("truc", taskPath(4))
	four.says(".dv-figs thead", "6 tháng đầu năm 2022")
	four.says("#figure-T4\\.01", "41")
	four.says("#loi-van", "Lời văn kỳ trước (6 tháng đầu năm 2022)")
	path := four.Find("#loi-van .dv-h a").AttrOr("href", "")
	p.get("truc", path).want(200).says("#nv4", "Đã thực hiện nhiệm vụ 4")
}

func TestTheCommonPartHasResultsAlone(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	page := p.get("truc", taskPath(0)).want(200)
	page.lacks(`[name=status], [name=shortcoming], [name=cause]`)
	v := page.form(taskPath(0))
	v.Set("result", "Sơ kết, tổng kết đúng kỳ.")
	v.Set("status", "good")
	p.post("truc", taskPath(0), v).want(303)
	s, _ := p.content(stp).Section(0)
	if got := s.Part.Content; got["result"] != "Sơ kết, tổng kết đúng kỳ." || got["status"] != "" {
		t.Errorf("stored %v", got)
	}
}

func TestNobodyElseOpensTheFormOfATask(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for who, status := range map[string]int{"khai": 200, "tu": 403, "tong": 403, "chutich": 403, "quantri": 403, "mattran": 404, "yte": 404} {
		p.get(who, taskPath(4)).want(status)
	}
	p.get("truc", taskPath(8)).want(404)
	p.get("truc", paths.ReportTask(paths.Report(2022, "khong-co", "stp"), 4)).want(404)
}

func TestAFigureHasItsPlaceOnEveryPageThatShowsIt(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	p.write(stp, map[string]string{"T4.01": "86"})
	p.get("truc", taskPath(4)).says("#"+strings.ReplaceAll(paths.FigureAnchor("T4.01"), ".", "\\."), "Số lượt tiếp công dân")
	p.get("truc", base).says("#"+strings.ReplaceAll(paths.FigureAnchor("T4.01"), ".", "\\."), "86")
}
