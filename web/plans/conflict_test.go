package plans

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"danvan/internal/submission"
	"danvan/web/form"
	"danvan/web/paths"
)

// clash lets Gấm save while Trúc still writes, and returns the page Trúc then gets.
func clash(p *portal) (code string, page visited) {
	p.t.Helper()
	code = p.add(4, submission.Content{"title": "Đối thoại", "product": "02 cuộc", "time": "2022-11-30/2022-11-30",
		"description": "Đối thoại về hộ tịch tại 02 địa bàn.", "section": "Văn phòng"})
	mine, theirs := editForm(p, "truc", code), editForm(p, "gam", code)
	p.now = p.now.Add(26 * time.Minute)
	theirs.Set("due_on", "10/12/2022")
	theirs.Set("description", "Đối thoại về hộ tịch tại 02 địa bàn; mời Mặt trận.")
	theirs.Set("section", "Phòng Hộ tịch")
	p.post("gam", editPath(code), theirs).want(303)
	p.now = p.now.Add(time.Minute)
	mine.Set("due_on", "05/12/2022")
	mine.Set("description", "Đối thoại về hộ tịch tại huyện Long Mỹ.")
	mine.Set("product", "02 cuộc; 02 thông báo")
	mine.Set("owner", id(p, "nhut"))
	return code, p.post("truc", editPath(code), mine).want(409)
}

func TestAConflictShowsMineTheirsAndBase(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code, page := clash(p)
	page.says("h1", "Võ Thị Hồng Gấm đã lưu hoạt động 4.1 trước bạn một phút")
	page.says(".dv-next", "Chọn nội dung giữ lại cho 2 mục cả hai cùng sửa")
	for _, words := range []string{"05/12/2022", "10/12/2022", "30/11/2022"} {
		page.says(".dv-merge-3", words)
	}
	page.says(".dv-pick ins", "huyện Long Mỹ")
	page.says(".dv-pick del", "02 địa bàn")
	page.says(".dv-pick ins", "; mời Mặt trận")
	page.says(".dv-merged", "02 cuộc; 02 thông báo")
	page.says(".dv-merged", "Phòng Hộ tịch")
	page.says(".dv-unchanged", "Tên hoạt động")
	if page.Find(`input[type=radio][checked]`).Length() != 0 {
		t.Error("a choice is made for the reader")
	}
	if a := p.stored(code); a.Content["time"] != "2022-12-10/2022-12-10" || a.Product != "02 cuộc" {
		t.Errorf("something of mine was stored: %v", a.Content)
	}
}

func TestAConflictIsSettledAsChosen(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code, page := clash(p)
	v := page.form(editPath(code))
	v.Set("giu.time", "mine")
	v.Set("giu.description", "theirs")
	answer := p.post("truc", editPath(code), v).want(303)
	if answer.to != paths.Plan(2022, "stp")+"#hd-4-1" {
		t.Errorf("went on to %s", answer.to)
	}
	a := p.stored(code)
	for name, want := range map[string]string{"time": "2022-12-05/2022-12-05", "description": "Đối thoại về hộ tịch tại 02 địa bàn; mời Mặt trận.",
		"product": "02 cuộc; 02 thông báo", "section": "Phòng Hộ tịch", "title": "Đối thoại"} {
		if got := a.Content[name]; got != want {
			t.Errorf("stored %s = %q, want %q", name, got, want)
		}
	}
	if a.Owner == nil || a.Owner.Name != "Phạm Minh Nhựt" {
		t.Errorf("in charge is %v, want Nhựt as I chose", a.Owner)
	}
	history := p.get("truc", paths.History(paths.Plan(2022, "stp"), a.Key())).want(200)
	history.says("main", "Võ Thị Hồng Gấm")
	history.says("main", "10/12/2022")
}

func TestTheChoiceDecidesAndATextWrittenAnewOnlyWhereItIsChosen(t *testing.T) {
	t.Parallel()
	const anew = "Đối thoại tại huyện Long Mỹ; mời Mặt trận."
	for choice, want := range map[string]string{"own": anew, "mine": "Đối thoại về hộ tịch tại huyện Long Mỹ.",
		"theirs": "Đối thoại về hộ tịch tại 02 địa bàn; mời Mặt trận.", "base": "Đối thoại về hộ tịch tại 02 địa bàn."} {
		t.Run(choice, func(t *testing.T) {
			t.Parallel()
			p := newPortal(t)
			code, page := clash(p)
			v := page.form(editPath(code))
			v.Set("giu.time", "base")
			v.Set("giu.description", choice)
			v.Set("viet-lai.description", anew)
			p.post("truc", editPath(code), v).want(303)
			a := p.stored(code)
			if a.Description != want || a.Content["time"] != "2022-11-30/2022-11-30" {
				t.Errorf("stored %v, want %q", a.Content, want)
			}
			history := p.get("truc", paths.History(paths.Plan(2022, "stp"), a.Key())).want(200)
			history.says("main", "huyện Long Mỹ.") // mine, typed at first
			if choice != "own" {
				history.says("main", anew)
			}
		})
	}
}

func TestATextWrittenAnewWithoutItsChoiceIsAskedAboutAndKept(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code, page := clash(p)
	v := page.form(editPath(code))
	v.Set("giu.time", "mine")
	v.Set("viet-lai.description", "Viết lại")
	again := p.post("truc", editPath(code), v).want(409)
	again.says(".dv-errors", "Nội dung thực hiện: chọn nội dung giữ lại")
	kept := again.form(editPath(code))
	if kept.Get("viet-lai.description") != "Viết lại" {
		t.Errorf("the page forgot what was written: %v", kept)
	}
	again.lacks(".dv-merge-own [data-shown-when]")
	kept.Set("giu.description", "own")
	kept.Set("viet-lai.description", "  ")
	p.post("truc", editPath(code), kept).want(409).says(".dv-errors", "ghi nội dung viết lại")
}

func TestWhatIsLeftUndecidedIsAskedAgainWithTheRestKept(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code, page := clash(p)
	v := page.form(editPath(code))
	v.Set("giu.description", "own")
	v.Set("viet-lai.description", "Viết lại")
	again := p.post("truc", editPath(code), v).want(409)
	again.says("title", "Lỗi: ")
	again.says(".dv-errors", "Thời gian thực hiện: chọn nội dung giữ lại")
	kept := again.form(editPath(code))
	if kept.Get("giu.description") != "own" || kept.Get("viet-lai.description") != "Viết lại" || kept.Get("owner") != id(p, "nhut") {
		t.Errorf("the page forgot what was decided: %v", kept)
	}
	kept.Set("giu.time", "theirs")
	p.post("truc", editPath(code), kept).want(303)
	if a := p.stored(code); a.Description != "Viết lại" || a.Content["time"] != "2022-12-10/2022-12-10" {
		t.Errorf("stored %v", a.Content)
	}
}

func TestSettlingAfterAThirdPersonSavedAsksAgain(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code, page := clash(p)
	third := editForm(p, "oanh", code)
	third.Set("due_on", "20/12/2022")
	p.post("oanh", editPath(code), third).want(303)
	v := page.form(editPath(code))
	v.Set("giu.time", "mine")
	v.Set("giu.description", "theirs")
	v.Set("viet-lai.description", "Viết lại")
	again := p.post("truc", editPath(code), v).want(409)
	again.says("h1", "Nguyễn Thị Kiều Oanh đã lưu")
	again.says(".dv-merge-3", "20/12/2022")
	again.says(".dv-merge-3", "05/12/2022")
	again.lacks("input[type=radio][checked]") // she chose against what Gấm had saved
	kept := again.form(editPath(code))
	kept.Set("giu.time", "theirs")
	p.post("truc", editPath(code), kept).want(303)
	a := p.stored(code)
	if a.Content["time"] != "2022-12-20/2022-12-20" || a.Description != "Đối thoại về hộ tịch tại 02 địa bàn; mời Mặt trận." {
		t.Errorf("stored %v", a.Content)
	}
	history := p.get("truc", paths.History(paths.Plan(2022, "stp"), a.Key())).want(200)
	for _, typed := range []string{"Đối thoại về hộ tịch tại huyện Long Mỹ.", "Viết lại", "05/12/2022"} {
		history.says("main", typed)
	}
}

func TestATextTooLongWrittenWhileSettlingIsKept(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code, page := clash(p)
	v := page.form(editPath(code))
	long := strings.TrimSpace(strings.Repeat("dài ", 1500))
	v.Set("giu.time", "mine")
	v.Set("giu.description", "own")
	v.Set("viet-lai.description", long)
	shown := p.post("truc", editPath(code), v).want(422)
	shown.says(".dv-errors", "rút gọn còn tối đa 5.000")
	f := shown.form(editPath(code))
	if got := f.Get("description"); got != long {
		t.Errorf("the form shows %d characters of %d", len(got), len(long))
	}
	if a := p.stored(code); a.Content["time"] != "2022-12-05/2022-12-05" {
		t.Errorf("the choice that was fine was not stored: %v", a.Content)
	}
}

func TestAutosaveNeverSettlesAConflict(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	mine, theirs := editForm(p, "truc", code), editForm(p, "gam", code)
	theirs.Set("title", "Đối thoại trực tiếp")
	p.post("gam", editPath(code), theirs).want(303)
	mine.Set("title", "Đối thoại với Nhân dân")
	answer := p.autosave("truc", editPath(code), mine).want(409)
	if want := `{"ok":false,"conflict":true,"location":"` + editPath(code) + `"}`; answer.body != want {
		t.Errorf("answered %s, want %s", answer.body, want)
	}
	if got := p.stored(code).Title; got != "Đối thoại trực tiếp" {
		t.Errorf("stored %q", got)
	}
}

func TestAFormThatNamesNoRevisionOverwritesNothing(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	for _, revision := range []string{"", "0", "-1", "99", "x"} {
		v := editForm(p, "truc", code)
		v.Set(form.RevisionField, revision)
		v.Set("title", "Khác")
		p.post("truc", editPath(code), v).want(409)
		if got := p.stored(code).Title; got != "Đối thoại" {
			t.Errorf("revision %q: stored %q", revision, got)
		}
	}
}

func TestAConflictOnASmallPartIsSettledThereToo(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.PlanScope(2022, "stp", 6)
	first := p.get("truc", path).want(200).form(path)
	first.Set("scope", "nil")
	first.Set("reason", "Không có vụ việc nào")
	p.post("truc", path, first).want(303)
	mine, theirs := p.get("truc", path).form(path), p.get("gam", path).form(path)
	theirs.Set("reason", "Không phát sinh vụ việc phối hợp")
	p.post("gam", path, theirs).want(303)
	mine.Set("reason", "Năm nay không có vụ việc")
	page := p.post("truc", path, mine).want(409)
	page.says(".dv-pick", "Năm nay")
	v := page.form(path)
	v.Set("giu.reason", "mine")
	p.post("truc", path, v).want(303)
	p.get("truc", paths.Plan(2022, "stp")).says("#nv6", "Năm nay không có vụ việc")
}

func TestTheReferenceIsStoredInPart(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	path := paths.Reference(paths.Plan(2022, "stp"))
	v := p.get("truc", path).want(200).form(path)
	for name, value := range map[string]string{"number": "15a", "symbol": "KH-STP", "issued_on": "30/02/2022", "subject": "Thực hiện công tác dân vận", "signer": "Trần Quốc Khải"} {
		v.Set(name, value)
	}
	page := p.post("truc", path, v).want(422)
	page.says(".dv-errors", "không có trong lịch")
	again := page.form(path)
	if again.Get("issued_on") != "30/02/2022" || again.Get("number") != "15a" {
		t.Errorf("the form shows %v", url.Values(again))
	}
	again.Set("issued_on", "14/03/2022")
	p.post("truc", path, again).want(303)
	p.get("truc", paths.Plan(2022, "stp")).says(".dv-side", "15a/KH-STP ngày 14/03/2022")
}
