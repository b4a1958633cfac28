package home_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/home"
	"danvan/web/respond"
	"danvan/web/ui"
)

// The world is that of the agenda's own tests.
const seed = "../../internal/agenda/testdata/world.sql"

var noon = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)

// fresh is a world of its own: two transactions cannot make the same units at once.
func fresh(t testing.TB) database.DB {
	t.Helper()
	sql, err := os.ReadFile(seed)
	if err != nil {
		t.Fatal(err)
	}
	db := dbtest.New(t)
	run(t, db, string(sql))
	return db
}

func run(t testing.TB, db database.DB, sql string) {
	t.Helper()
	if _, err := db.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// at is somebody with roles in one unit.
func at(person actor.PersonID, unit actor.UnitID, roles ...actor.Role) actor.Actor {
	a := actor.Actor{Person: person, Name: "Người xem"}
	for _, r := range roles {
		a.Memberships = append(a.Memberships, actor.Membership{Unit: unit, Role: r})
	}
	return a
}

var (
	staff    = at(1, 2, actor.Staff)
	leader   = at(2, 2, actor.UnitLeader)
	reviewer = at(5, 1, actor.Reviewer, actor.Staff)
	governor = at(8, 6, actor.Leadership)
	observer = at(9, 5, actor.Observer)
	admin    = at(10, 1, actor.Admin)
	syt      = at(15, 7, actor.UnitLeader)
	sxd      = at(17, 8, actor.UnitLeader)
	district = at(12, 4, actor.Staff)
)

func show(t testing.TB, db database.DB, act actor.Actor, now time.Time) (*httptest.ResponseRecorder, *goquery.Document) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	r = current.With(r, current.Visit{Actor: act, Now: now, Frame: ui.Frame{Province: "Tỉnh Hậu Giang"}})
	w := httptest.NewRecorder()
	respond.Handler(home.Pages{DB: db}.Show).ServeHTTP(w, r)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return w, doc
}

// text is what a selection says: blanks folded, a blank between things that stand
// apart on the page.
func text(s *goquery.Selection) string {
	s = s.Clone()
	s.Find("div, li, p, dt, dd, .btn, .dv-st, .dv-new, .dv-tn, .dv-files a, .dv-gaps a").AppendHtml(" ")
	return strings.Join(strings.Fields(s.Text()), " ")
}

func texts(s *goquery.Selection) []string {
	return s.Map(func(_ int, s *goquery.Selection) string { return text(s) })
}

func TestThePageOfAnOfficialSaysWhatPressesFirst(t *testing.T) {
	t.Parallel()
	_, doc := show(t, fresh(t), staff, noon)
	for selector, want := range map[string]string{
		"h1":            "Việc của tôi",
		".dv-head-meta": "Thứ Hai, 28/11/2022. Báo cáo năm 2022 gửi trước ngày 05/12/2022: còn 6 ngày, kể cả hôm nay 5 ngày làm việc.",
		".dv-crumbs":    "Năm 2022 Sở Tư pháp",
		".btn-primary":  "Sửa kế hoạch năm 2022 theo góp ý",
		"[aria-labelledby=h-tra] li": "25/11 3 ngày trước Kế hoạch năm 2022, lần gửi 3 (sửa đổi, bổ sung) " +
			"Sở Nội vụ trả lại: Cần ghi rõ thành phần dự đối thoại. 2 góp ý chưa trả lời. Lần gửi 2 vẫn có hiệu lực. " +
			"Sửa theo góp ý: Kế hoạch năm 2022, lần gửi 3 (sửa đổi, bổ sung)",
		"[aria-labelledby=h-qua] li:last-child": "15/11 quá 13 ngày 2.3. Khảo sát mức độ hài lòng tại Bộ phận Một cửa " +
			"Phạm Minh Nhựt phụ trách nhưng không còn công tác tại đơn vị. Đã có 180/300 phiếu, cập nhật lần cuối 11/11. " +
			"Cập nhật tiến độ: 2.3. Khảo sát mức độ hài lòng tại Bộ phận Một cửa",
		"[aria-labelledby=h-qua] li:first-child p": "Võ Thị Hồng Gấm phụ trách, bạn thay thế. Đạt 40%, cập nhật lần cuối 02/11.",
		"#han-2022-12-02 p":                        "Bạn phụ trách. Đã có 1/2 báo cáo, cập nhật lần cuối 20/06.",
		"#han-2022-12-04 .dv-due-when":             "04/12 còn 6 ngày",
		"#han-2022-12-04 p":                        "Gửi trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022).",
		"aside #h-nam-1":                           "Năm 2022 1/7 hoàn thành",
		"aside .dv-year li:nth-child(2)":           "2 Quản lý nhà nước, cải cách hành chính, kỷ cương có việc quá hạn 0/2",
		"aside .dv-year li:nth-child(6) .dv-num":   "KTPV",
		"aside .dv-year li:nth-child(5) .dv-num":   "–", // its only activity was stopped
		"aside .dv-files":                          "Kế hoạch năm 2022 Trả lại Gửi đúng hạn. Lần gửi 2 vẫn có hiệu lực",
		"aside [aria-labelledby=h-doi-tac] p":      "1 hoạt động của đơn vị khác nêu đơn vị bạn là cơ quan phối hợp.",
	} {
		if got := text(doc.Find(selector)); got != want {
			t.Errorf("%s\n got %q\nwant %q", selector, got, want)
		}
	}
	for selector, want := range map[string]string{
		".btn-primary": "/ke-hoach/2022/stp",
		"[aria-labelledby=h-qua] li:last-child .btn": "/ke-hoach/2022/stp/hoat-dong/2.3/tien-do",
		"aside .dv-year li:nth-child(2) a":           "/ke-hoach/2022/stp#nv2",
		"aside [aria-labelledby=h-doi-tac] a":        "/phoi-hop/2022",
	} {
		if got := doc.Find(selector).AttrOr("href", ""); got != want {
			t.Errorf("%s leads to %q, want %q", selector, got, want)
		}
	}
	if n := doc.Find(".btn-primary").Length(); n != 1 {
		t.Errorf("%d primary buttons, want one", n)
	}
	if n := doc.Find(".dv-due-over .icon").Length(); n != 2 {
		t.Errorf("%d icons beside what is late, want 2", n)
	}
}

func TestTheStripMarksTheLastDayAndDaysOff(t *testing.T) {
	t.Parallel()
	_, doc := show(t, fresh(t), staff, noon)
	days := doc.Find(".dv-days li")
	if days.Length() != 14 || text(days.First()) != "T2 28" || days.First().AttrOr("aria-current", "") != "date" {
		t.Errorf("the strip begins with %q and has %d days", text(days.First()), days.Length())
	}
	last := doc.Find(".dv-days .dv-limit")
	if want := "CN 04 2 việc đến hạn ngày 04/12, hạn cuối gửi báo cáo năm 2022, hạn cuối gửi tự đánh giá năm 2022"; text(last) != want {
		t.Errorf("last day = %q, want %q", text(last), want)
	}
	doc.Find(".dv-days a").Each(func(_ int, s *goquery.Selection) {
		if id := s.AttrOr("href", ""); doc.Find(id).Length() != 1 {
			t.Errorf("%s leads nowhere", id)
		}
	})
	if off := texts(doc.Find(".dv-days .dv-off b")); !slices.Equal(off, []string{"03", "04", "08", "10", "11"}) {
		t.Errorf("days off = %v", off)
	}
}

func TestEachRoleHasItsSectionsInOrder(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for name, test := range map[string]struct {
		act      actor.Actor
		sections []string
		primary  string
	}{
		"staff":    {staff, []string{"Bị trả lại", "Quá hạn", "Đến hạn trong hai tuần"}, "Sửa kế hoạch năm 2022 theo góp ý"},
		"leader":   {leader, []string{"Bị trả lại", "Quá hạn", "Không có người phụ trách", "Đến hạn trong hai tuần"}, "Sửa kế hoạch năm 2022 theo góp ý"},
		"reviewer": {reviewer, []string{"Chờ tiếp nhận, rà soát", "Đề nghị mở lại", "Đến hạn trong hai tuần", "Đơn vị chưa gửi kế hoạch năm 2022"}, "Rà soát hồ sơ đầu danh sách"},
		"observer": {observer, []string{"Hoạt động nêu đơn vị bạn là cơ quan phối hợp"}, "Xem hoạt động phối hợp"},
		"admin":    {admin, []string{"Đơn vị chưa có lãnh đạo đăng nhập được", "Đơn vị chưa có chuyên viên đăng nhập được"}, ""},
		"sign off": {syt, []string{"Chờ bạn duyệt", "Đến hạn trong hai tuần"}, "Đọc, duyệt kế hoạch năm 2022"},
		"write":    {sxd, []string{"Cần soạn", "Đến hạn trong hai tuần"}, "Soạn kế hoạch năm 2022"},
		"sent":     {district, []string{"Đến hạn trong hai tuần", "Chờ nơi khác trả lời"}, ""},
	} {
		_, doc := show(t, db, test.act, noon)
		if diff := cmp.Diff(test.sections, texts(doc.Find("main .dv-h h2"))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if got := text(doc.Find(".btn-primary")); got != test.primary {
			t.Errorf("%s: the one button says %q, want %q", name, got, test.primary)
		}
	}
}

func TestRowsOfTheOtherRolesSayWhoWaitsForWhom(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for _, test := range []struct {
		act            actor.Actor
		selector, want string
	}{
		{reviewer, ".dv-head-meta", "Thứ Hai, 28/11/2022. Báo cáo năm 2022 gửi trước ngày 05/12/2022: còn 6 ngày, kể cả hôm nay 5 ngày làm việc. 1 hồ sơ chờ tiếp nhận, rà soát, hồ sơ lâu nhất chờ 12 ngày."},
		{reviewer, "[aria-labelledby=h-ra-soat] li", "16/11 chờ 12 ngày UBND huyện Vị Thủy: kế hoạch năm 2022, lần gửi 1 Ngô Văn Thủy gửi lúc 09:00 ngày 16/11/2022, chậm. chưa đọc Rà soát: UBND huyện Vị Thủy: kế hoạch năm 2022, lần gửi 1"},
		{reviewer, "[aria-labelledby=h-mo-lai] li", "24/11 chờ 4 ngày Sở Tài chính: kế hoạch năm 2022 Lý do: Bổ sung hoạt động đối thoại với doanh nghiệp. Trả lời: Sở Tài chính: kế hoạch năm 2022"},
		{reviewer, "[aria-labelledby=h-chua-gui-ke-hoach] li:last-child", "31/03 quá 242 ngày Sở Xây dựng: kế hoạch năm 2022 Hạn gửi trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022). Chưa soạn"},
		{leader, "[aria-labelledby=h-khong-ai] li", "15/11 quá 13 ngày 2.3. Khảo sát mức độ hài lòng tại Bộ phận Một cửa Phạm Minh Nhựt phụ trách nhưng không còn công tác tại đơn vị. Phân công: 2.3. Khảo sát mức độ hài lòng tại Bộ phận Một cửa"},
		{syt, "[aria-labelledby=h-duyet] li", "25/11 3 ngày trước Kế hoạch năm 2022 Đỗ Thị Y trình lúc 15:30 ngày 25/11/2022. Hạn gửi trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022): quá 242 ngày. Đọc, duyệt: Kế hoạch năm 2022"},
		{sxd, "[aria-labelledby=h-soan] li", "31/03 quá 242 ngày Kế hoạch năm 2022 Gửi trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022). Chưa soạn Bắt đầu soạn: Kế hoạch năm 2022"},
		{district, "[aria-labelledby=h-cho] li", "16/11 12 ngày trước Kế hoạch năm 2022, lần gửi 1 Gửi Sở Nội vụ lúc 09:00 ngày 16/11/2022, chờ tiếp nhận, rà soát. Đã gửi"},
		{observer, "[aria-labelledby=h-phoi-hop] li:first-child", "18/11 quá 10 ngày 1.1. Công khai ngân sách Sở Tài chính. Báo cáo công khai. Quá hạn"},
		{observer, "[aria-labelledby=h-phoi-hop] .dv-h a", "Xem cả 3 hoạt động"},
		{district, "aside .dv-files", "Kế hoạch năm 2022 Đã gửi Gửi chậm"},
		{reviewer, "aside .dv-files", "Kế hoạch năm 2022 Tiếp nhận 28/03 Gửi đúng hạn"},
		{at(11, 3, actor.Staff), "[aria-labelledby=h-cho] li", "24/11 4 ngày trước Đề nghị mở lại kế hoạch năm 2022 Bùi Văn Tài đề nghị lúc 10:00 ngày 24/11/2022. Sở Nội vụ chưa trả lời. Chờ trả lời"},
		{at(14, 7, actor.Staff), "[aria-labelledby=h-cho] li", "25/11 3 ngày trước Kế hoạch năm 2022 Đỗ Thị Y trình lúc 15:30 ngày 25/11/2022, chờ lãnh đạo đơn vị duyệt. Chờ lãnh đạo duyệt"},
		{observer, ".dv-head-meta", "Thứ Hai, 28/11/2022. 3 hoạt động nêu đơn vị bạn là cơ quan phối hợp."},
		{admin, ".dv-head-meta", "Thứ Hai, 28/11/2022. 1 đơn vị chưa có lãnh đạo, 1 đơn vị chưa có chuyên viên đăng nhập được."},
		{admin, "[aria-labelledby=h-lanh-dao] li", "Sở Tài chính 2 hoạt động không có người phụ trách và không ai phân công được. Giao vai trò lãnh đạo đơn vị cho một người có tài khoản."},
		{admin, "aside .dv-facts", "Đơn vị nộp 6 Tài khoản 16 Thiếu lãnh đạo 1 đơn vị Thiếu chuyên viên 1 đơn vị"},
	} {
		_, doc := show(t, db, test.act, noon)
		if got := text(doc.Find(test.selector)); got != test.want {
			t.Errorf("%s\n got %q\nwant %q", test.selector, got, test.want)
		}
	}
}

func TestLeadershipBeginsWithTheProvince(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	w, _ := show(t, db, governor, noon)
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/tong-quan/2022" {
		t.Errorf("status %d to %q, want 303 to the overview", w.Code, w.Header().Get("Location"))
	}
	both := governor
	both.Memberships = append(slices.Clone(both.Memberships), actor.Membership{Unit: 5, Role: actor.Observer})
	w, doc := show(t, db, both, noon)
	if w.Code != http.StatusOK || doc.Find(`.dv-actions a[href="/tong-quan/2022"]`).Length() != 1 {
		t.Errorf("who also observes gets status %d and no way to the province", w.Code)
	}
}

func TestNothingOfOtherUnitsIsOnThePage(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for name, test := range map[string]struct {
		act actor.Actor
		not []string
	}{
		"staff":    {staff, []string{"Sở Y tế", "Sở Xây dựng", "Vị Thủy", "Sở Tài chính", "Công khai ngân sách", "doanh nghiệp"}},
		"observer": {observer, []string{"Khảo sát", "Rà soát", "thành phần dự", "Nhựt", "Gấm", "Sở Y tế", "Phòng"}},
		"admin":    {admin, []string{"Khảo sát", "Công khai ngân sách", "doanh nghiệp", "thành phần dự"}},
		"reviewer": {reviewer, []string{"Khảo sát", "Công khai ngân sách", "thành phần dự"}},
	} {
		w, _ := show(t, db, test.act, noon)
		for _, word := range test.not {
			if strings.Contains(w.Body.String(), word) {
				t.Errorf("%s reads %q", name, word)
			}
		}
	}
}

func TestKeptPostsAreOfferedToTheirAuthor(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `
		insert into parked_post (id, person_id, path, label, why, had_files, sealed, at, kept_at) values
		    ('00000000-0000-0000-0000-00000000000a', 1, '/ke-hoach/2022/stp/hoat-dong/4.3/tien-do', 'tiến độ hoạt động 4.3', 'session', true, 'x', '2022-11-25 17:52+07', now()),
		    ('00000000-0000-0000-0000-00000000000b', 2, '/x', 'của người khác', 'session', false, 'x', '2022-11-25 17:52+07', now())`)
	_, doc := show(t, db, staff, noon)
	note := doc.Find(".dv-note")
	want := "Biểu mẫu gửi lúc 17:52 ngày 25/11/2022, khi phiên làm việc đã hết hạn, được giữ nguyên: tiến độ hoạt động 4.3. Tệp đính kèm phải chọn lại. Mở lại, gửi hoặc bỏ: tiến độ hoạt động 4.3"
	if note.Length() != 1 || text(note) != want {
		t.Errorf("kept = %q, want %q", text(note), want)
	}
	var links []string
	note.Find("a").Each(func(_ int, s *goquery.Selection) { links = append(links, s.AttrOr("href", "")) })
	if !slices.Equal(links, []string{"/da-giu/00000000-0000-0000-0000-00000000000a"}) {
		t.Errorf("links = %v", links)
	}
}

func TestAnEmptyPageSaysWhatWillAppear(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for name, test := range map[string]struct {
		act  actor.Actor
		now  time.Time
		want string
	}{
		"no role":     {actor.Actor{Person: 3}, noon, "Không có việc nào chờ bạn. Bạn chưa được giao vai trò ở đơn vị nào. Người quản trị giao vai trò theo đề nghị của lãnh đạo đơn vị."},
		"nothing due": {at(7, 1, actor.UnitLeader), noon.AddDate(0, 0, -40), "Không có việc nào chờ bạn. Ở đây sẽ có hồ sơ bị trả lại, kế hoạch, báo cáo cần soạn hoặc chờ duyệt, hoạt động quá hạn và đến hạn trong hai tuần của đơn vị."},
		"no partner":  {at(9, 4, actor.Observer), noon, "Không có việc nào chờ bạn. Hoạt động hiện ở đây khi kế hoạch của một đơn vị nêu đơn vị bạn là cơ quan phối hợp được tiếp nhận."},
	} {
		_, doc := show(t, db, test.act, test.now)
		if got := text(doc.Find("main .dv-empty")); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	_, doc := show(t, dbtest.Tx(t), staff, noon)
	if got := text(doc.Find("main .dv-empty")); !strings.HasPrefix(got, "Chưa có năm kế hoạch nào.") {
		t.Errorf("without a campaign: %q", got)
	}
}
