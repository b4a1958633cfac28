package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/viet"
	"danvan/web/paths"
)

const typedText = "Đối thoại với <b>hộ dân</b> vùng dự án & ghi biên bản"

// editing opens the edit form of activity 1.1 as somebody of the unit and returns
// what the browser would post after typing.
func editing(p *portal) url.Values {
	p.t.Helper()
	edit := paths.EditActivity(year, ownUnit, "1.1")
	values := p.as("own-staff").get(edit).want(http.StatusOK).filled(edit)
	if values.Get("_token") == "" {
		p.t.Fatal("the form carries no token")
	}
	values.Set("description", typedText)
	return values
}

func TestAPostAfterTheSessionEndedIsKeptAndOfferedBack(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	values := editing(p)
	endSessions(t, w)

	p.post(paths.EditActivity(year, ownUnit, "1.1"), values).want(http.StatusForbidden).
		says("Phiên làm việc đã kết thúc", "được giữ lại")

	// Signed in again – as that person – it is on the first page.
	delete(p.cookies, "own-staff")
	home := p.as("own-staff").get(paths.Home).want(http.StatusOK).says("sửa hoạt động 1.1")
	link, found := home.page.Find("a[href^='/da-giu/']").First().Attr("href")
	if !found {
		t.Fatal("no link to what was kept")
	}
	kept := p.get(link).want(http.StatusOK).says(strings.ReplaceAll(typedText, "  ", " "))
	again := kept.filled(paths.EditActivity(year, ownUnit, "1.1"))
	p.post(paths.EditActivity(year, ownUnit, "1.1"), again).want(http.StatusSeeOther)
	p.get(paths.Activity(year, ownUnit, "1.1")).want(http.StatusOK).says(typedText)
	p.get(link).want(http.StatusNotFound) // it has served
}

func TestWhatWasKeptIsForItsAuthorAlone(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	values := editing(p)
	endSessions(t, w)
	p.post(paths.EditActivity(year, ownUnit, "1.1"), values).want(http.StatusForbidden)
	delete(p.cookies, "own-staff")
	home := p.as("own-staff").get(paths.Home).want(http.StatusOK)
	link := home.page.Find("a[href^='/da-giu/']").First().AttrOr("href", "")
	p.as("own-leader").get(link).want(http.StatusNotFound)
	p.post(link+"/bo", nil).want(http.StatusNotFound)
}

func TestAForgedTokenKeepsNothing(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	values := editing(p)
	endSessions(t, w)
	values.Set("_token", values.Get("_token")+"x")
	p.post(paths.EditActivity(year, ownUnit, "1.1"), values).want(http.StatusSeeOther) // to sign in
	wantParked(t, w, 0)
}

func TestAPostAfterTheRightsWereLostIsKept(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	values := editing(p)
	// The leader has taken it further meanwhile: nothing can be edited now.
	s := script{t: t, w: w, desk: servicesOf(w).Desk, ref: ref, now: moment}
	s.send()
	p.post(paths.EditActivity(year, ownUnit, "1.1"), values).want(http.StatusForbidden).
		says("chờ lãnh đạo", "được giữ lại 7 ngày")
	wantParked(t, w, 1)
}

// TestWhatWasKeptAndIsLockedSaysWhy is a post lost with its session, and a plan that
// was taken further before it was sent again.
func TestWhatWasKeptAndIsLockedSaysWhy(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	values := editing(p)
	endSessions(t, w)
	edit := paths.EditActivity(year, ownUnit, "1.1")
	p.post(edit, values).want(http.StatusForbidden)
	first := viet.Moment(p.now)
	delete(p.cookies, "own-staff")
	link := p.as("own-staff").get(paths.Home).page.Find("a[href^='/da-giu/']").First().AttrOr("href", "")
	again := p.get(link).want(http.StatusOK).filled(edit)

	s := script{t: t, w: w, desk: servicesOf(w).Desk, ref: ref, now: moment}
	s.send()
	p.now = p.now.Add(time.Hour)
	p.post(edit, again).want(http.StatusForbidden).says("Hồ sơ đang chờ lãnh đạo Sở Tư pháp duyệt", "được giữ lại 7 ngày")
	wantParked(t, w, 1)
	home := p.get(paths.Home).says("Biểu mẫu gửi lúc " + first + ", khi phiên làm việc đã hết hạn")
	if strings.Contains(home.page.Text(), "không còn quyền") {
		t.Error("a locked plan is told as a right that was lost")
	}
	kept := p.get(link).want(http.StatusOK).says("khi phiên làm việc đã hết hạn. Lúc "+first, "Hiện chưa gửi lại được",
		"Hồ sơ đang chờ lãnh đạo Sở Tư pháp duyệt", "Chuyên viên có thể rút lại để sửa tiếp", typedText)
	if kept.page.Find("form[action='"+edit+"']").Length() != 0 {
		t.Error("what would be refused is offered")
	}
}

func TestAPostToTheUnitOneLeftIsKeptThoughThePlanIsNoLongerSeen(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	values := editing(p)
	_, err := database.Exec(t.Context(), w.db, `
		update membership set unit_id = (select id from unit where slug = 'sct') where person_id = @p`,
		database.Args{"p": w.actors["own-staff"].Person})
	must(t, err)
	p.post(paths.EditActivity(year, ownUnit, "1.1"), values).want(http.StatusNotFound).says("được giữ lại 7 ngày")
	wantParked(t, w, 1)
}

func TestAGuessedAddressLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, inTransaction(t, dbtest.New(t)))
	w.bring(t, "draft")
	p := newPortal(t, w)
	p.as("other-staff").post(paths.EditActivity(year, ownUnit, "1.1"), url.Values{"title": {"x"}, "_revision": {"1"}, "_key": {"0123456789abcdef"}}).
		want(http.StatusNotFound)
	wantParked(t, w, 0)
}

func TestSendingOneFormTwiceIsDoneOnce(t *testing.T) {
	t.Parallel()
	w := freshWorld(t)
	w.bring(t, "draft")
	p := newPortal(t, w)
	form := paths.NewActivity(year, ownUnit, 3)
	values := p.as("own-staff").get(form).want(http.StatusOK).filled(paths.Activities(year, ownUnit))
	values.Set("title", "Gửi hai lần")
	first := p.post(paths.Activities(year, ownUnit), values).want(http.StatusSeeOther).rec.Header().Get("Location")
	p.post(paths.Activities(year, ownUnit), values).to(first)
	n, err := database.Value[int](t.Context(), w.db, `select count(*) from part where content->>'title' = 'Gửi hai lần'`, nil)
	must(t, err)
	if n != 1 {
		t.Errorf("%d activities were made, want 1", n)
	}
}

// endSessions ends every session, as time or an administrator would.
func endSessions(t testing.TB, w *world) {
	t.Helper()
	_, err := database.Exec(t.Context(), w.db, `update person_session set ended_at = now()`, nil)
	must(t, err)
}

func wantParked(t testing.TB, w *world, want int) {
	t.Helper()
	n, err := database.Value[int](t.Context(), w.db, `select count(*) from parked_post`, nil)
	must(t, err)
	if n != want {
		t.Errorf("%d posts are kept, want %d", n, want)
	}
}
