package partners_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/document/workbook"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/partners"
	"danvan/web/respond"
	"danvan/web/ui"
)

var noon = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)

// fresh is the world of the agenda's tests, in a database of its own: two
// transactions cannot make the same units at once.
func fresh(t testing.TB) database.DB {
	t.Helper()
	sql, err := os.ReadFile("../../internal/agenda/testdata/world.sql")
	if err != nil {
		t.Fatal(err)
	}
	db := dbtest.New(t)
	if _, err := db.Exec(t.Context(), string(sql)); err != nil {
		t.Fatal(err)
	}
	return db
}

func in(unit actor.UnitID, role actor.Role) actor.Actor {
	return actor.Actor{Person: 9, Name: "Người xem", Memberships: []actor.Membership{{Unit: unit, Role: role}}}
}

func show(t testing.TB, db database.DB, act actor.Actor, path string) (*httptest.ResponseRecorder, *goquery.Document) {
	t.Helper()
	r := chi.NewRouter()
	r.Get("/phoi-hop/{year}", respond.Handler(partners.Pages{DB: db}.Show).ServeHTTP)
	req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	w := httptest.NewRecorder()
	r.ServeHTTP(w, current.With(req, current.Visit{Actor: act, Now: noon, Frame: ui.Frame{Province: "Tỉnh Hậu Giang"}}))
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(w.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return w, doc
}

func text(s *goquery.Selection) string {
	s = s.Clone()
	s.Find("div, li, p, b, .dv-st").AppendHtml(" ")
	return strings.Join(strings.Fields(s.Text()), " ")
}

func TestAPartnerReadsTheActivitiesThatNameIt(t *testing.T) {
	t.Parallel()
	_, doc := show(t, fresh(t), in(5, actor.Observer), "/phoi-hop/2022")
	if got, want := text(doc.Find("h1")), "3 hoạt động nêu Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh là cơ quan phối hợp"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if got, want := text(doc.Find(".dv-head-meta")), "Của 2 đơn vị, 1 quá hạn, 1 sắp đến hạn, 1 hoàn thành. Tiến độ do đơn vị chủ trì tự ghi."; got != want {
		t.Errorf("meta %q, want %q", got, want)
	}
	var cards []string
	doc.Find("main .dv-due > li").Each(func(_ int, s *goquery.Selection) { cards = append(cards, s.AttrOr("id", "")+": "+text(s)) })
	want := []string{
		"hd-stp-4.2: 10/12 còn 12 ngày 4.2. Đối thoại trực tiếp với Nhân dân Thời gian: 01/03–10/12/2022 · Sản phẩm: 02 cuộc đối thoại · Chủ trì: Phòng Phổ biến pháp luật · Chưa ghi tiến độ Sắp đến hạn",
		"hd-stc-1.1: 18/11 quá 10 ngày 1.1. Công khai ngân sách Thời gian: 01/01–18/11/2022 · Sản phẩm: Báo cáo công khai · Chủ trì: Phòng Ngân sách · Chưa ghi tiến độ Quá hạn",
		"hd-stc-1.2: 30/06 1.2. Hướng dẫn kinh phí hòa giải Thời gian: 6 tháng đầu năm · Sản phẩm: Công văn · Cập nhật lần cuối: 15/06/2022 Hoàn thành",
	}
	if diff := cmp.Diff(want, cards); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNothingElseOfAPlanIsRevealedToAPartner(t *testing.T) {
	t.Parallel()
	w, doc := show(t, fresh(t), in(5, actor.Observer), "/phoi-hop/2022")
	for _, word := range []string{"Khảo sát", "Rà soát thủ tục", "Rà soát mức thu phí", "Ghi rõ", "thành phần dự", "Gấm", "Tài Bùi", "Lần gửi", "Trả lại", "doanh nghiệp", "/ke-hoach/"} {
		if strings.Contains(w.Body.String(), word) {
			t.Errorf("the page says %q", word)
		}
	}
	if n := doc.Find("main a").Not(".dv-download a").Length(); n > 0 {
		t.Errorf("%d links lead into plans", n)
	}
}

func TestAUnitsOwnStaffReadWhatNamesTheirUnit(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	_, doc := show(t, db, in(2, actor.Staff), "/phoi-hop/2022")
	if got, want := text(doc.Find("h1")), "1 hoạt động nêu Sở Tư pháp là cơ quan phối hợp"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	_, doc = show(t, db, in(4, actor.Staff), "/phoi-hop/2022")
	if got, want := text(doc.Find("h1")), "Chưa có hoạt động nào nêu Ủy ban nhân dân huyện Vị Thủy là cơ quan phối hợp"; got != want {
		t.Errorf("title %q, want %q", got, want)
	}
	if doc.Find("main .dv-empty").Length() != 1 {
		t.Error("an empty page does not say what will appear")
	}
}

func TestWhoIsNobodysPartnerFindsNoPage(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for _, role := range actor.Roles {
		want := http.StatusNotFound
		if role == actor.Observer || role == actor.Staff {
			want = http.StatusOK
		}
		if w, _ := show(t, db, in(5, role), "/phoi-hop/2022"); w.Code != want {
			t.Errorf("%s: status %d, want %d", role, w.Code, want)
		}
	}
	for _, path := range []string{"/phoi-hop/2021", "/phoi-hop/nay", "/phoi-hop/99999999999"} {
		if w, _ := show(t, db, in(5, actor.Observer), path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d, want 404", path, w.Code)
		}
	}
}

func TestAPartnerSavesWhatItReads(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	_, page := show(t, db, in(5, actor.Observer), "/phoi-hop/2022")
	offer := page.Find(".dv-download a")
	if offer.Length() != 2 {
		t.Fatalf("the page offers %q", text(page.Find(".dv-download")))
	}
	w, _ := show(t, db, in(5, actor.Observer), offer.First().AttrOr("href", ""))
	b, err := workbook.Open(t.Context(), "a.xlsx", w.Body, workbook.Usual)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for row, err := range b.Rows(t.Context(), "Phối hợp") {
		if err != nil {
			t.Fatal(err)
		}
		var cells []string
		for _, c := range row.Cells {
			said, err := c.Text()
			if err != nil {
				t.Fatal(err)
			}
			cells = append(cells, said)
		}
		got = append(got, strings.Join(cells, " | "))
	}
	want := []string{
		"3 hoạt động nêu Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh là cơ quan phối hợp năm 2022",
		"Tiến độ do đơn vị chủ trì tự ghi.",
		"Số liệu lúc 08:42 ngày 28/11/2022",
		"Đơn vị chủ trì | Mã | Hoạt động | Sản phẩm | Phòng chủ trì | Thời gian | Bắt đầu | Hạn | Tình trạng | Số ngày quá hạn | Cập nhật lần cuối",
		"Sở Tư pháp | 4.2 | Đối thoại trực tiếp với Nhân dân | 02 cuộc đối thoại | Phòng Phổ biến pháp luật | 01/03–10/12/2022 | 01/03/2022 | 10/12/2022 | Sắp đến hạn",
		"Sở Tài chính | 1.1 | Công khai ngân sách | Báo cáo công khai | Phòng Ngân sách | 01/01–18/11/2022 | 01/01/2022 | 18/11/2022 | Quá hạn | 10",
		"Sở Tài chính | 1.2 | Hướng dẫn kinh phí hòa giải | Công văn | 6 tháng đầu năm | 01/01/2022 | 30/06/2022 | Hoàn thành | 15/06/2022",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if w, _ := show(t, db, in(5, actor.Reviewer), "/phoi-hop/2022?dang=xlsx"); w.Code != http.StatusNotFound {
		t.Errorf("status %d for who is nobody's partner, want 404", w.Code)
	}
}
