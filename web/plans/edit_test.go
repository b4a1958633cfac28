package plans

import (
	"encoding/json"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/web/form"
	"danvan/web/paths"
	"danvan/web/respond"
)

// newForm returns the form of a new activity under task 4, as filled.
func newForm(p *portal) url.Values {
	p.t.Helper()
	return p.get("truc", paths.NewActivity(2022, "stp", 4)).want(200).form(paths.Activities(2022, "stp"))
}

func editPath(code string) string { return paths.EditActivity(2022, "stp", code) }

func editForm(p *portal, who, code string) url.Values {
	p.t.Helper()
	return p.get(who, editPath(code)).want(200).form(editPath(code))
}

func id(p *portal, who string) string {
	return strconv.FormatInt(int64(p.people[who].Person), 10)
}

func TestAnActivityWrittenOnTheFormIsStoredAsWritten(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := newForm(p)
	v.Set("title", "Đối thoại  trực tiếp với Nhân dân")
	v.Set("product", "02 cuộc")
	v.Set("description", "Mời đại diện Mặt trận.\r\nGhi biên bản.")
	v.Set("owner", id(p, "gam"))
	v["partners"] = []string{"mttq", "h-long-my"}
	v.Set("partners_other", "Hội Luật gia")
	v.Set("time", "day")
	v.Set("starts_on", "1/6/2022")
	v.Set("due_on", "10.12.2022")
	v.Set("uom", "lượt người")
	v.Set("target", "1.200,5")
	v.Set("evidence", "1")
	v.Set("mark_exemplar", "1")
	answer := p.post("truc", paths.Activities(2022, "stp"), v).want(303)
	if want := paths.Plan(2022, "stp") + "#hd-4-1"; answer.to != want {
		t.Errorf("went on to %q, want %q", answer.to, want)
	}
	a := p.stored("4.1")
	want := submission.Content{"title": "Đối thoại trực tiếp với Nhân dân", "product": "02 cuộc", "description": "Mời đại diện Mặt trận.\nGhi biên bản.",
		"partners": "mttq\nh-long-my", "partners_other": "Hội Luật gia", "time": "2022-06-01/2022-12-10", "uom": "lượt người",
		"target": "1200.5", "evidence": "1", "mark_exemplar": "1", "task": "4", "code": "4.1", "position": "1"}
	if !a.Content.Equal(want) {
		t.Errorf("stored %v, want %v", a.Content, want)
	}
	if a.Owner == nil || a.Owner.Name != "Võ Thị Hồng Gấm" {
		t.Errorf("in charge is %v, want Gấm", a.Owner)
	}

	shown := editForm(p, "gam", "4.1")
	for name, want := range map[string]string{"due_on": "10/12/2022", "starts_on": "01/06/2022", "target": "1.200,5", "owner": id(p, "gam"), "evidence": "1"} {
		if got := shown.Get(name); got != want {
			t.Errorf("the form shows %s = %q, want %q", name, got, want)
		}
	}
	p.post("gam", editPath("4.1"), shown).want(303)
	if again := p.stored("4.1"); !again.Content.Equal(want) || again.Revision != a.Revision {
		t.Errorf("saving the form unchanged stored %v at revision %d", again.Content, again.Revision)
	}
}

func TestEachWayToGiveTheTimeIsStored(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	for _, test := range []struct {
		typed url.Values
		want  string
	}{
		{url.Values{"time": {"month"}, "month": {"3"}}, "2022/month/3"},
		{url.Values{"time": {"quarter"}, "quarter": {"2"}}, "2022/quarter/2"},
		{url.Values{"time": {"half"}, "half": {"2"}}, "2022/half/2"},
		{url.Values{"time": {"year"}}, "2022/year/1"},
		{url.Values{"time": {"day"}, "due_on": {"05/12/2022"}}, "2022-12-05/2022-12-05"},
		{url.Values{"time": {"month"}, "month": {"8"}, "due_on": {"31/11/2022"}}, "2022/month/8"}, // what is hidden is not read
		{url.Values{"time": {""}}, ""},
	} {
		v := editForm(p, "truc", code)
		for _, name := range []string{"time", "month", "quarter", "half", "starts_on", "due_on"} {
			v.Set(name, test.typed.Get(name))
		}
		p.post("truc", editPath(code), v).want(303)
		if got := p.stored(code).Content["time"]; got != test.want {
			t.Errorf("%v stored %q, want %q", test.typed, got, test.want)
		}
	}
}

func TestMistakesAreShownAtTheirFieldsAndTheRestIsStored(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại", "time": "2022/month/3", "target": "5"})
	long := strings.Repeat("Đối thoại với Nhân dân. ", 30)
	// A time is stored whole, and so are the two in charge.
	const when, who = "Thời gian thực hiện", "Người phụ trách, người thay thế"
	unsaved := map[string]string{"title": "Tên hoạt động", "target": "Số phấn đấu", "partners": "Đơn vị phối hợp",
		"time": when, "starts_on": when, "due_on": when, "month": when, "owner": who, "deputy": who}
	for _, test := range []struct {
		name  string
		typed url.Values
		field string
		words string
	}{
		{"a title too long", url.Values{"title": {long}}, "title", "rút gọn còn tối đa 500"},
		{"a day that is not in the calendar", url.Values{"time": {"day"}, "due_on": {"31/11/2022"}}, "due_on", "không có trong lịch"},
		{"a day outside of the campaign", url.Values{"time": {"day"}, "due_on": {"05/01/2023"}}, "due_on", "Thời gian phải nằm trong khoảng 01/01/2022 đến 31/12/2022"},
		{"an end before the beginning", url.Values{"time": {"day"}, "starts_on": {"10/12/2022"}, "due_on": {"05/12/2022"}}, "starts_on", "Ngày bắt đầu phải trước hoặc trùng"},
		{"a beginning without an end", url.Values{"time": {"day"}, "starts_on": {"10/12/2022"}}, "due_on", "Chưa ghi ngày hoàn thành"},
		{"a way of giving time that does not exist", url.Values{"time": {"decade"}}, "time", "Chọn một mục trong danh sách"},
		{"a month that does not exist", url.Values{"time": {"month"}, "month": {"13"}}, "month", "Chọn một mục trong danh sách"},
		{"no number", url.Values{"target": {"10 vụ"}}, "target", "số"},
		{"a negative number", url.Values{"target": {"-3"}}, "target", "không thể là số âm"},
		{"somebody who does not work here", url.Values{"owner": {id(p, "yte")}}, "owner", "Chọn người đang công tác tại"},
		{"somebody who left", url.Values{"owner": {id(p, "son")}}, "owner", "Chọn người đang công tác tại"},
		{"somebody who does not exist", url.Values{"owner": {"999999"}}, "owner", "Chọn người đang công tác tại"},
		{"no person at all", url.Values{"owner": {"x"}}, "owner", "Chọn một mục trong danh sách"},
		{"the same person twice", url.Values{"owner": {id(p, "gam")}, "deputy": {id(p, "gam")}}, "deputy", "phải khác"},
		{"a partner that does not exist", url.Values{"partners": {"bo-tu-phap"}}, "partners", "Chọn một mục trong danh sách"},
	} {
		before := p.stored(code)
		v := editForm(p, "truc", code)
		product := "sản phẩm khi " + test.name
		v.Set("product", product)
		for name, values := range test.typed {
			v[name] = values
		}
		page := p.post("truc", editPath(code), v).want(422)
		page.says("title", "Lỗi: ")
		page.says("#"+test.field+"-loi", test.words)
		told := page.Find(`.dv-errors a[href="#` + test.field + `"]`)
		if told.Length() != 1 {
			t.Errorf("%s: no link to %s in the summary", test.name, test.field)
		}
		for _, want := range []string{labelOf(test.field), test.words} { // the summary stands apart: it names the field
			if got := strings.ToLower(told.Text()); !strings.Contains(got, strings.ToLower(want)) {
				t.Errorf("%s: the summary says %q, want %q in it", test.name, got, want)
			}
		}
		if page.Find("#"+test.field).Length() != 1 {
			t.Errorf("%s: nothing on the page is %s", test.name, test.field)
		}
		page.says(".dv-note", "Chưa lưu: "+unsaved[test.field]+";")
		shown := page.form(editPath(code))
		for name, values := range test.typed {
			if name == "owner" || name == "partners" || name == "time" || name == "month" {
				continue // what is in no list cannot be shown as chosen
			}
			if got := strings.TrimSpace(shown.Get(name)); got != strings.TrimSpace(values[0]) {
				t.Errorf("%s: the form shows %s = %q, want what was typed, %q", test.name, name, got, values[0])
			}
		}
		a := p.stored(code)
		if a.Product != product {
			t.Errorf("%s: stored product %q, want %q", test.name, a.Product, product)
		}
		if a.Title != before.Title || a.Content["time"] != before.Content["time"] || a.Target != before.Target || a.Owner != nil {
			t.Errorf("%s: stored %v", test.name, a.Content)
		}
		if got, _, _ := strings.Cut(shown.Get(form.RevisionField), ":"); got != strconv.Itoa(a.Revision) {
			t.Errorf("%s: the form goes on from revision %s, want %d", test.name, got, a.Revision)
		}
		if shown.Get(form.KeyField) == v.Get(form.KeyField) {
			t.Errorf("%s: the form keeps its key: what is mended would be taken for a repetition", test.name)
		}
	}
}

func TestMendingWhatWasNotStoredIsEnough(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := newForm(p)
	v.Set("title", "Đối thoại")
	v.Set("time", "day")
	v.Set("due_on", "31/11/2022")
	page := p.post("truc", paths.Activities(2022, "stp"), v).want(422)
	page.says("h1", "Sửa hoạt động 4.1")
	page.says("main", "Các mục khác đã lưu lúc 08:15")
	page.says(".dv-save", "Đã lưu lúc 08:15")
	if head := page.Find("body").Text(); strings.Contains(strings.ToLower(head), "chưa soạn") {
		t.Errorf("what was just saved counts as not begun: %s", head)
	}
	p.now = p.now.Add(time.Hour)
	page = p.post("truc", editPath("4.1"), page.form(editPath("4.1"))).want(422)
	page.says("main", "Các mục khác đã lưu lúc 08:15")
	page.says(".dv-save", "Đã lưu lúc 08:15")
	again := page.form(editPath("4.1"))
	again.Set("due_on", "30/11/2022")
	p.post("truc", editPath("4.1"), again).want(303)
	a := p.stored("4.1")
	if a.Title != "Đối thoại" || a.Content["time"] != "2022-11-30/2022-11-30" || p.count() != 1 {
		t.Errorf("stored %v in %d activities", a.Content, p.count())
	}
}

func TestANewActivityNeedsSomethingWritten(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	page := p.post("truc", paths.Activities(2022, "stp"), newForm(p)).want(422)
	page.says(".dv-errors", "Ghi tên hoạt động")
	if n := p.count(); n != 0 {
		t.Errorf("%d activities were made of nothing", n)
	}
	v := newForm(p)
	v.Set("title", "Đối thoại")
	v.Set("task", "42")
	p.post("truc", paths.Activities(2022, "stp"), v).want(422).says(".dv-errors", "Chọn nhiệm vụ trong danh sách")
}

func TestSavingAndGoingOnToAnotherStaysInTheTask(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := newForm(p)
	v.Set("title", "Đối thoại")
	v.Set("then", "another")
	answer := p.post("truc", paths.Activities(2022, "stp"), v).want(303)
	if want := paths.NewActivity(2022, "stp", 4); answer.to != want {
		t.Errorf("went on to %q, want %q", answer.to, want)
	}
	p.get("truc", answer.to).says(".dv-flash", "Đã lưu hoạt động 4.1")
}

func TestSendingANewActivityTwiceMakesOne(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := newForm(p)
	v.Set("title", "Đối thoại")
	p.post("truc", paths.Activities(2022, "stp"), v).want(303)
	p.post("truc", paths.Activities(2022, "stp"), v).want(303)
	v.Set("title", "Đối thoại với Nhân dân") // typed on before the first answer came
	v.Set(form.KeyField, "a-key-the-page-made-by-itself")
	p.post("truc", paths.Activities(2022, "stp"), v).want(303)
	if n := p.count(); n != 1 {
		t.Errorf("made %d activities, want 1", n)
	}
	if got := p.stored("4.1").Title; got != "Đối thoại với Nhân dân" {
		t.Errorf("stored %q", got)
	}
}

func TestAutosaveOfANewActivityGivesItAnAddress(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	v := newForm(p)
	v.Set("title", "Đối thoại")
	v.Set("time", "day")
	v.Set("due_on", "31/")
	first := p.autosave("truc", paths.Activities(2022, "stp"), v).want(422)
	for _, part := range []string{`"location":"` + editPath("4.1") + `"`, `"revision":"1:`, `"savedAt":"08:15"`, `"faults":{"due_on":`} {
		if !strings.Contains(first.body, part) {
			t.Errorf("answered %s, want %s in it", first.body, part)
		}
	}
	v.Set(form.RevisionField, "1")
	v.Set("due_on", "30/11/2022")
	second := p.autosave("truc", editPath("4.1"), v).want(200)
	if !strings.Contains(second.body, `"ok":true,"revision":"2:`) {
		t.Errorf("answered %s", second.body)
	}
	if a := p.stored("4.1"); a.Content["time"] != "2022-11-30/2022-11-30" || p.count() != 1 {
		t.Errorf("stored %v in %d activities", a.Content, p.count())
	}
}

func TestAutosaveTellsWhatSomebodyElseSavedMeanwhile(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại", "product": "02 cuộc"})
	mine, theirs := editForm(p, "truc", code), editForm(p, "gam", code)
	theirs.Set("product", "03 cuộc")
	theirs.Set("evidence", "1")
	p.post("gam", editPath(code), theirs).want(303)
	mine.Set("title", "Đối thoại trực tiếp")
	answer := p.autosave("truc", editPath(code), mine).want(200)
	if want := `"merged":{"evidence":["1"],"product":["03 cuộc"]}`; !strings.Contains(answer.body, want) {
		t.Errorf("answered %s, want %s in it", answer.body, want)
	}
	if a := p.stored(code); a.Product != "03 cuộc" || a.Title != "Đối thoại trực tiếp" || !a.Evidence {
		t.Errorf("stored %v", a.Content)
	}
}

func TestAnActivityOpenedWhileSomebodyTypesMeetsNobody(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại", "product": "02 cuộc"})
	types := func(v url.Values, product string) {
		t.Helper()
		v.Set("product", product)
		var saved respond.Saved
		p.must(json.Unmarshal([]byte(p.autosave("gam", editPath(code), v).want(200).body), &saved))
		v.Set(form.RevisionField, saved.Revision)
		v.Set(form.KeyField, saved.Key)
	}
	theirs := editForm(p, "gam", code)
	types(theirs, "03")
	mine := editForm(p, "truc", code)
	types(theirs, "03 cuộc")
	mine.Set("title", "Đối thoại trực tiếp")
	p.post("truc", editPath(code), mine).want(303)
	if a := p.stored(code); a.Product != "03 cuộc" || a.Title != "Đối thoại trực tiếp" {
		t.Errorf("stored %v", a.Content)
	}
	types(theirs, "04 cuộc")
	mine = editForm(p, "truc", code)
	types(theirs, "05 cuộc")
	mine.Set("product", "06 cuộc")
	p.post("truc", editPath(code), mine).want(409)
}

func TestASaveInPartDoesNotUndoWhatSomebodyElseSaved(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại", "product": "02 cuộc"})
	mine, theirs := editForm(p, "truc", code), editForm(p, "gam", code)
	theirs.Set("product", "03 cuộc")
	p.post("gam", editPath(code), theirs).want(303)
	mine.Set("title", "Đối thoại trực tiếp")
	mine.Set("target", "mười")
	again := p.post("truc", editPath(code), mine).want(422).form(editPath(code))
	if got := again.Get("product"); got != "03 cuộc" {
		t.Errorf("the form shows %q, want what Gấm saved", got)
	}
	again.Set("target", "10")
	p.post("truc", editPath(code), again).want(303)
	if a := p.stored(code); a.Product != "03 cuộc" || a.Target != "10" {
		t.Errorf("stored %v", a.Content)
	}
}

func TestWhoIsInChargeIsNotReplacedUnseen(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	mine := editForm(p, "truc", code)
	p.now = p.now.Add(time.Minute)
	p.assign(code, "gam")
	mine.Set("title", "Đối thoại trực tiếp") // and nobody in charge, as the form was filled
	p.post("truc", editPath(code), mine).want(303)
	if a := p.stored(code); a.Owner == nil || a.Owner.Name != "Võ Thị Hồng Gấm" {
		t.Errorf("in charge is %v, want Gấm as before", a.Owner)
	}

	stale := editForm(p, "truc", code)
	p.now = p.now.Add(time.Minute)
	p.assign(code, "nhut")
	stale.Set("owner", id(p, "oanh"))
	page := p.post("truc", editPath(code), stale).want(422)
	page.says(".dv-errors", "vừa được người khác đổi thành: Phạm Minh Nhựt")
	if a := p.stored(code); a.Owner.Name != "Phạm Minh Nhựt" {
		t.Errorf("in charge is %v, want Nhựt until confirmed", a.Owner)
	}
	p.now = p.now.Add(time.Minute)
	p.post("truc", editPath(code), page.form(editPath(code))).want(303)
	if a := p.stored(code); a.Owner.Name != "Nguyễn Thị Kiều Oanh" {
		t.Errorf("in charge is %v, want Oanh, confirmed", a.Owner)
	}
}

func TestTwoPeoplePuttingSomebodyInChargeAtOnceMeet(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	var all sync.WaitGroup
	var stored, taken atomic.Int32
	for _, name := range []string{"gam", "nhut", "oanh"} {
		all.Go(func() {
			seen, err := p.plans.Assign(t.Context(), p.people["truc"], p.now, post.Once{}, stp, code, plan.Charge{Now: p.people[name].Person}, plan.Charge{})
			_, invalid := errors.AsType[fault.Invalid](err)
			switch {
			case err == nil:
				stored.Add(1)
			case invalid && seen["owner"] != nil:
				taken.Add(1)
			default:
				t.Errorf("%s: %v", name, err)
			}
		})
	}
	all.Wait()
	if stored.Load() != 1 || taken.Load() != 2 {
		t.Errorf("%d were stored and %d told of another, want 1 and 2", stored.Load(), taken.Load())
	}
}

func TestAPageThatSavesByItselfTakesItsOwnChoiceForNobodyElses(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	code := p.add(4, submission.Content{"title": "Đối thoại"})
	mine := editForm(p, "truc", code)
	for _, name := range []string{"gam", "nhut"} {
		p.now = p.now.Add(time.Minute)
		mine.Set("owner", id(p, name))
		mine.Set(form.KeyField, "a-key-of-the-choice-of-"+name)
		var answer respond.Saved
		p.must(json.Unmarshal([]byte(p.autosave("truc", editPath(code), mine).want(200).body), &answer))
		for field, values := range answer.Merged { // as the script of the page does
			mine[field] = values
		}
		if got := p.stored(code).Owner; got == nil || got.ID != p.people[name].Person {
			t.Errorf("in charge is %v, want %s; answered %+v", got, name, answer)
		}
	}
}

func TestOnlyTasksOfTheDirectiveHaveAScope(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, no := range []int{0, 8, -1} {
		_, err := p.plans.SaveScope(t.Context(), p.people["truc"], p.now, post.Once{}, stp, no,
			plan.Edit{Values: submission.Content{"scope": plan.ScopeNil, "reason": "Không có vụ việc phối hợp"}})
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("task %d: %v, want not found", no, err)
		}
	}
}
