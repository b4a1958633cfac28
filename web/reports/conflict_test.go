package reports

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// clash lets Gấm save while Trúc still writes, and returns the page Trúc then gets:
// both changed a figure and the result, each changed something more.
func clash(p *portal) visited {
	p.t.Helper()
	v := p.task("truc", 4)
	v.Set("T4.01.own", "80")
	v.Set("T4.02.own", "90")
	v.Set("result", "Tiếp công dân tại 02 địa bàn.")
	p.post("truc", taskPath(4), v).want(303)
	mine, theirs := p.task("truc", 4), p.task("gam", 4)
	p.now = p.now.Add(26 * time.Minute)
	theirs.Set("T4.01.own", "85")
	theirs.Set("T4.01.estimated", "5")
	theirs.Set("T4.04.own", "1")
	theirs.Set("result", "Tiếp công dân tại 02 địa bàn; mời Mặt trận.")
	theirs.Set("shortcoming", "Ít người dự.")
	p.post("gam", taskPath(4), theirs).want(303)
	p.now = p.now.Add(time.Minute)
	mine.Set("T4.01.own", "86")
	mine.Set("T4.02.own", "92")
	mine.Set("T4.08.own", "3 vụ")
	mine.Set("result", "Tiếp công dân tại huyện Long Mỹ.")
	mine.Set("cause", "Thiếu kinh phí.")
	return p.post("truc", taskPath(4), mine).want(409)
}

func TestConflictsInFiguresAndWordsAreSettledOnOnePage(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	page := clash(p)
	page.says("h1", "Võ Thị Hồng Gấm đã lưu nhiệm vụ 4 trước bạn một phút")
	page.says(".dv-next", "Chọn nội dung giữ lại cho 2 mục cả hai cùng sửa")
	page.says("legend", "T4.01. Số lượt tiếp công dân")
	for _, words := range []string{"86", "85, trong đó ước 5", "80"} {
		page.says(".dv-merge-3", words)
	}
	page.says(".dv-pick ins", "huyện Long Mỹ")
	page.says(".dv-merged", "Thiếu kinh phí.")
	page.says(".dv-merged", "Ít người dự.")
	if page.Find(`input[type=radio][checked]`).Length() != 0 {
		t.Error("a choice is made for the reader")
	}
	for code, want := range map[string]string{"T4.01": "estimated=5 own=85", "T4.02": "own=92", "T4.04": "own=1", "T4.08": ""} {
		if got := p.stored(code); got != want {
			t.Errorf("%s is stored as %q, want %q", code, got, want)
		}
	}
}

func TestAConflictIsSettledAsChosenAndTheRestMended(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := clash(p).form(taskPath(4))
	v.Set("giu.T4.01", "mine")
	v.Set("giu.result", "theirs")
	again := p.post("truc", taskPath(4), v).want(422) // what was wrong before still is
	again.says(".dv-errors", "Số cuộc đối thoại trực tiếp với Nhân dân: chỉ ghi số")
	f := again.form(taskPath(4))
	for name, want := range map[string]string{"T4.01.own": "86", "T4.01.estimated": "", "T4.08.own": "3 vụ", "T4.04.own": "1",
		"result": "Tiếp công dân tại 02 địa bàn; mời Mặt trận.", "cause": "Thiếu kinh phí.", "shortcoming": "Ít người dự."} {
		if got := f.Get(name); got != want {
			t.Errorf("%s shows %q, want %q", name, got, want)
		}
	}
	f.Set("T4.08.own", "3")
	p.post("truc", taskPath(4), f).want(303)
	for code, want := range map[string]string{"T4.01": "own=86", "T4.02": "own=92", "T4.04": "own=1", "T4.08": "own=3"} {
		if got := p.stored(code); got != want {
			t.Errorf("%s is stored as %q, want %q", code, got, want)
		}
	}
	s, _ := p.content(stp).Section(4)
	for name, want := range map[string]string{"result": "Tiếp công dân tại 02 địa bàn; mời Mặt trận.", "cause": "Thiếu kinh phí.", "shortcoming": "Ít người dự."} {
		if got := s.Part.Content[name]; got != want {
			t.Errorf("stored %s = %q, want %q", name, got, want)
		}
	}
	history := p.get("truc", paths.History(base, "")).want(200)
	history.says("main", "huyện Long Mỹ") // given up, and still to be found
	p.get("truc", paths.History(base, "figure/T4.01")).want(200).says("main", "85")
}

func TestWhatIsLeftUndecidedIsAskedAgainWithTheRestKept(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := clash(p).form(taskPath(4))
	v.Set("giu.T4.01", "mine")
	again := p.post("truc", taskPath(4), v).want(409)
	again.says("title", "Lỗi: ")
	again.says(".dv-errors", "Kết quả: chọn nội dung giữ lại")
	kept := again.form(taskPath(4))
	if kept.Get("giu.T4.01") != "mine" || kept.Get("T4.08.own") != "3 vụ" {
		t.Errorf("the page forgot what was decided: %v", kept)
	}
	kept.Set("giu.result", "own")
	kept.Set("viet-lai.result", "Viết lại.")
	kept.Set("T4.08.own", "3")
	p.post("truc", taskPath(4), kept).want(303)
	s, _ := p.content(stp).Section(4)
	if s.Part.Content["result"] != "Viết lại." || p.stored("T4.01") != "own=86" {
		t.Errorf("stored %v and %s", s.Part.Content, p.stored("T4.01"))
	}
}

func TestSettlingAfterAThirdPersonSavedAsksAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := clash(p).form(taskPath(4))
	third := p.task("oanh", 4)
	third.Set("T4.01.own", "84")
	p.post("oanh", taskPath(4), third).want(303)
	v.Set("giu.T4.01", "mine")
	v.Set("giu.result", "mine")
	v.Set("T4.08.own", "")
	again := p.post("truc", taskPath(4), v).want(409)
	again.says("h1", "Nguyễn Thị Kiều Oanh đã lưu")
	again.says(".dv-merge-3", "84, trong đó ước 5")
	again.says(".dv-merge-3", "86")
	w := again.form(taskPath(4))
	if w.Get("giu.T4.01") != "" {
		t.Error("a choice made against another content counts")
	}
	w.Set("giu.T4.01", "theirs")
	p.post("truc", taskPath(4), w).want(303)
	if got := p.stored("T4.01"); got != "estimated=5 own=84" {
		t.Errorf("stored %q", got)
	}
	s, _ := p.content(stp).Section(4)
	if got := s.Part.Content["result"]; got != "Tiếp công dân tại huyện Long Mỹ." {
		t.Errorf("the choice about the words was lost: %q", got)
	}
}

func TestDifferentRowsOfTwoPeopleMerge(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	mine, theirs := p.task("truc", 4), p.task("gam", 4)
	theirs.Set("T4.01.own", "85")
	p.post("gam", taskPath(4), theirs).want(303)
	mine.Set("T4.02.own", "92")
	mine.Set("T4.08.own", "sai")
	page := p.post("truc", taskPath(4), mine).want(422)
	if got := page.form(taskPath(4)).Get("T4.01.own"); got != "85" {
		t.Errorf("the page would undo what the other did: %q", got)
	}
	if got := p.stored("T4.01") + ", " + p.stored("T4.02"); got != "own=85, own=92" {
		t.Errorf("stored %s", got)
	}
}

func TestAutosaveNeverSettlesAConflictButStoresTheRest(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	mine, theirs := p.task("truc", 4), p.task("gam", 4)
	theirs.Set("T4.01.own", "85")
	p.post("gam", taskPath(4), theirs).want(303)
	mine.Set("T4.01.own", "86")
	mine.Set("T4.02.own", "92")
	var saved respond.Saved
	p.must(json.Unmarshal([]byte(p.autosave("truc", taskPath(4), mine).want(409).body), &saved))
	if !saved.Conflict || saved.OK || saved.Location != taskPath(4) {
		t.Errorf("answered %+v", saved)
	}
	if got := p.stored("T4.01") + ", " + p.stored("T4.02"); got != "own=85, own=92" {
		t.Errorf("stored %s", got)
	}
	// What was stored is no conflict with oneself when the button is pressed.
	mine.Set(readField, saved.Merged[readField][0])
	mine.Set("T4.02.own", "93")
	page := p.post("truc", taskPath(4), mine).want(409)
	page.says(".dv-next", "Chọn nội dung giữ lại cho 1 mục")
	if got := p.stored("T4.02"); got != "own=93" {
		t.Errorf("stored %s", got)
	}
}

func TestAConflictOnAPieceIsSettledThereToo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.ReportOverall(base)
	mine, theirs := p.get("truc", path).form(path), p.get("gam", path).form(path)
	theirs.Set("strengths", "Đối thoại đều đặn")
	p.post("gam", path, theirs).want(303)
	mine.Set("strengths", "Đối thoại hằng tháng")
	page := p.post("truc", path, mine).want(409)
	page.says("h1", "Võ Thị Hồng Gấm đã lưu đánh giá chung trước bạn")
	v := page.form(path)
	v.Set("giu.strengths", "mine")
	p.post("truc", path, v).want(303)
	if got := p.content(stp).Overall.Content["strengths"]; got != "Đối thoại hằng tháng" {
		t.Errorf("stored %q", got)
	}
}

// TestThePageOfAConflictCarriesEverythingTyped compares what the page of a
// conflict posts with what was typed, field by field.
func TestThePageOfAConflictCarriesEverythingTyped(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := clash(p).form(taskPath(4))
	typed := url.Values{"T4.02.own": {"92"}, "T4.08.own": {"3 vụ"}, "cua-toi.result": {"Tiếp công dân tại huyện Long Mỹ."},
		"cua-toi.cause": {"Thiếu kinh phí."}, "cua-toi.T4.01": {"86||"}}
	for name, want := range typed {
		if !slices.Equal(v[name], want) {
			t.Errorf("%s travels as %q, want %q", name, v[name], want)
		}
	}
	for name := range v {
		if strings.HasPrefix(name, "_") && name != form.KeyField && name != form.TokenField && name != form.RevisionField {
			t.Errorf("%s travels too", name)
		}
	}
}
