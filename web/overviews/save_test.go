package overviews

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/document/workbook"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
)

// fetch asks for an address as a browser does.
func (w *world) fetch(act actor.Actor, address string) *httptest.ResponseRecorder {
	w.t.Helper()
	rec := httptest.NewRecorder()
	w.routes().ServeHTTP(rec, current.With(httptest.NewRequest(http.MethodGet, address, nil), current.Visit{Actor: act, Now: w.now}))
	return rec
}

// grid opens a saved workbook: what each cell says, and how its numbers and days
// read; rows above the headings are left out.
func (w *world) grid(act actor.Actor, address, name string, headings int) (head []string, rows [][]string) {
	w.t.Helper()
	rec := w.fetch(act, address)
	if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Header().Get("Content-Disposition"), "attachment; ") {
		w.t.Fatalf("%s: status %d, %v", address, rec.Code, rec.Header())
	}
	b, err := workbook.Open(w.t.Context(), "a.xlsx", rec.Body, workbook.Usual)
	if err != nil {
		w.t.Fatal(err)
	}
	for row, err := range b.Rows(w.t.Context(), name) {
		if err != nil {
			w.t.Fatal(err)
		}
		var cells []string
		for column := 1; column <= row.Cells[len(row.Cells)-1].Column; column++ {
			cells = append(cells, said(w.t, row.Cell(column)))
		}
		if row.No < headings {
			head = append(head, strings.Join(cells, ""))
			continue
		}
		rows = append(rows, cells)
	}
	return head, rows
}

// said is a number as "#18", a day as "@18/03/2022", a percentage as "69.2%".
func said(t testing.TB, c workbook.Cell) string {
	t.Helper()
	if c.Blank() {
		return ""
	}
	text, err := c.Text()
	if err != nil {
		t.Fatal(err)
	}
	number, err := c.Number()
	day, noDay := c.Day()
	percent, noPercent := c.Percent()
	_, noNumber := viet.ParseNumber(text)
	switch {
	case err == nil && strings.Contains(fmt.Sprint(noDay), "Ô là số"):
		return "#" + number
	case noDay == nil:
		return "@" + day.String()
	case err != nil && noPercent == nil && noNumber == nil:
		return percent + "%"
	}
	return text
}

func TestAPlanListIsSavedAsItIsSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Leadership, ubnd)
	address := paths.Plans(w.year) + "?noi-nhan=" + w.slug("snv")
	page := w.page(act, address)
	link := page.Find(".dv-download a").First()
	if words(link) != "Excel" {
		t.Fatalf("the page offers %q", words(page.Find(".dv-download")))
	}
	head, rows := w.grid(act, link.AttrOr("href", ""), "Kế hoạch", 5)
	if diff := cmp.Diff([]string{fmt.Sprintf("Kế hoạch năm %d của các đơn vị", w.year), "6 đơn vị, lọc theo: gửi về nơi nhận đã chọn", "Số liệu lúc " + viet.Moment(w.now)}, head); diff != "" {
		t.Errorf("head (-want +got):\n%s", diff)
	}
	want := [][]string{
		{"", "", "", "", "", "", "", "", "Hoạt động"},
		{"Đơn vị", "Khối", "Trạng thái", "Đang sửa đổi", "Gửi lần đầu", "Ngày cuối của hạn", "So với hạn", "Số ngày chậm", "Hoàn thành", "Tổng số", "Tỷ lệ", "Việc quá hạn"},
		{"Sở Nội vụ", "Sở, ban, ngành", "Đã tiếp nhận", "", "@21/03/2022", "@31/03/2022", "Đúng hạn", "", "#2", "#4", "50%", "#0"},
		{"Sở Tư pháp", "Sở, ban, ngành", "Trả lại", "Có", "@04/04/2022", "@31/03/2022", "Chậm 4 ngày", "#4", "#1", "#2", "50%", "#2"},
		{"Sở Y tế", "Sở, ban, ngành", "Đã gửi", "", "@21/03/2022", "@31/03/2022", "Đúng hạn"},
		{"Sở Khoa học và Công nghệ", "Sở, ban, ngành", "Chưa soạn", "", "", "@31/03/2022", "Quá hạn 242 ngày", "#242"},
		{"Ủy ban nhân dân huyện Vị Thủy", "UBND cấp huyện", "Chờ lãnh đạo duyệt", "", "", "@31/03/2022", "Quá hạn 242 ngày", "#242"},
		{"Ủy ban nhân dân huyện Long Mỹ", "UBND cấp huyện", "Đã tiếp nhận", "", "@31/03/2022", "@31/03/2022", "Đúng hạn", "", "#0", "#2", "0%", "#0"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestFiltersAndOrderHoldForWhatIsSaved(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Leadership, ubnd)
	rec := w.fetch(act, paths.Plans(w.year)+"?noi-nhan="+w.slug("snv")+"&khoi=so-ban-nganh&cham=1&sap-xep=-don-vi&trang=7&dang=csv")
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(rec.Body.String(), "\ufeff"))).ReadAll()
	if err != nil || rec.Header().Get("Content-Type") != "text/csv; charset=utf-8; header=present" {
		t.Fatalf("%v, %v", err, rec.Header())
	}
	var names []string
	for _, l := range lines[1:] {
		names = append(names, l[0]+" "+l[4]+" "+l[7])
	}
	if diff := cmp.Diff([]string{"Sở Tư pháp 2022-04-04 4", "Sở Khoa học và Công nghệ  242"}, names); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestActivitiesAreSavedWithEveryValueTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Leadership, ubnd)
	page := w.page(act, paths.OverviewActivities(w.year)+"?don-vi="+w.slug("stp"))
	head, rows := w.grid(act, page.Find(".dv-download a").First().AttrOr("href", ""), "Hoạt động", 6)
	if diff := cmp.Diff([]string{fmt.Sprintf("3 hoạt động năm %d", w.year), "Sở Tư pháp", "Tiến độ do đơn vị tự ghi.", "Số liệu lúc " + viet.Moment(w.now)}, head); diff != "" {
		t.Errorf("head (-want +got):\n%s", diff)
	}
	want := [][]string{
		{"Mã", "Hoạt động", "Đơn vị", "Nhiệm vụ", "Tên nhiệm vụ", "Bắt đầu", "Hạn", "Tình trạng", "Số ngày quá hạn", "Ngày hoàn thành", "Tiến độ đến ngày", "Tỷ lệ đạt", "Đã đạt", "Chỉ tiêu", "Đơn vị tính"},
		{"1.1", "Việc 1.1", "Sở Tư pháp", "#1", "Lãnh đạo", "@01/03/2022", "@30/09/2022", "Hoàn thành", "", "@01/09/2022", "@01/09/2022", "100%"},
		{"2.1", "Việc 2.1", "Sở Tư pháp", "#2", "Cải cách hành chính", "@01/03/2022", "@31/10/2022", "Quá hạn", "#28", "", "@01/10/2022", "80%"},
		{"0.1", "Việc 0.1", "Sở Tư pháp", "", "Phần chung của kế hoạch", "@01/03/2022", "@01/10/2022", "Quá hạn", "#58"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheMatrixIsSavedAsNumbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Leadership, ubnd)
	page := w.page(act, paths.Overview(w.year))
	_, rows := w.grid(act, page.Find(".dv-download a").First().AttrOr("href", ""), "Tổng quan", 6)
	want := [][]string{
		{"", "", "", "1. Lãnh đạo", "", "2. Cải cách hành chính", "", "3. Quy chế dân chủ", "", "Cộng các nhiệm vụ", "", "", "Phần chung"},
		{"Đơn vị", "Khối", "Kế hoạch", "Hoàn thành", "Tổng số", "Hoàn thành", "Tổng số", "Hoàn thành", "Tổng số", "Hoàn thành", "Tổng số", "Quá hạn", "Hoàn thành", "Tổng số", "Cập nhật gần nhất", "Lâu chưa cập nhật"},
		{"Sở Nội vụ", "Sở, ban, ngành", "Đã tiếp nhận", "#2", "#2", "#0", "#1", "#0", "#1", "#2", "#4", "#0", "#1", "#1", "@15/11/2022"},
		{"Sở Tư pháp", "Sở, ban, ngành", "Đã tiếp nhận, đang sửa đổi", "#1", "#1", "#0", "#1", "KTPV", "", "#1", "#2", "#1", "#0", "#1", "@01/10/2022"},
		{"Sở Y tế", "Sở, ban, ngành", "Kế hoạch đã gửi, chờ tiếp nhận"},
		{"Sở Khoa học và Công nghệ", "Sở, ban, ngành", "Chưa soạn kế hoạch"},
		{"UBND huyện Vị Thủy", "UBND cấp huyện", "Kế hoạch chờ lãnh đạo duyệt"},
		{"UBND huyện Long Mỹ", "UBND cấp huyện", "Đã tiếp nhận", "#0", "#1", "#0", "#1", "KPS", "", "#0", "#2", "#0", "#0", "#0", "@01/09/2022", "Có"},
		{"Cộng Sở, ban, ngành (4)", "Sở, ban, ngành", "", "#3", "#3", "#0", "#2", "#0", "#1", "#3", "#6", "#1", "#1", "#2"},
		{"Cộng UBND cấp huyện (2)", "UBND cấp huyện", "", "#0", "#1", "#0", "#1", "#0", "#0", "#0", "#2", "#0", "#0", "#0"},
		{"Cộng (6)", "", "", "#3", "#4", "#0", "#3", "#0", "#1", "#3", "#8", "#1", "#1", "#2"},
	}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestNobodySavesMoreThanTheySee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	own := w.actor(actor.Staff, stp)
	for _, address := range []string{paths.Overview(w.year), paths.OverviewActivities(w.year), paths.Plans(w.year)} {
		rec := w.fetch(own, at(address, paths.FileParam, "csv"))
		if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), "Sở Tư pháp") {
			t.Errorf("%s: status %d: %.80s", address, rec.Code, rec.Body)
		}
		for _, other := range []string{"Nội vụ", "Y tế", "Khoa học", "Long Mỹ", "Vị Thủy", "Vị Đông"} {
			if strings.Contains(rec.Body.String(), other) {
				t.Errorf("%s tells of %s", address, other)
			}
		}
		if rec := w.fetch(w.actor(actor.Observer, mttq), at(address, paths.FileParam, "xlsx")); rec.Code != http.StatusNotFound {
			t.Errorf("%s: status %d for a partner, want 404", address, rec.Code)
		}
		if rec := w.fetch(own, at(address, paths.FileParam, "pdf")); rec.Header().Get("Content-Disposition") != "" || rec.Code != http.StatusOK {
			t.Errorf("%s: a format nobody knows is not the page", address)
		}
	}
}

func TestAPartOfALongListIsNotSavedAsTheWhole(t *testing.T) {
	t.Parallel()
	if err := respond.TooMany(respond.MostRows, "đơn vị"); err != nil {
		t.Error(err)
	}
	err := respond.TooMany(370_000, "hoạt động")
	const want = "refused: Danh sách có 370.000 hoạt động, nhiều hơn 20.000 dòng mà một tệp chứa được."
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestTheProjectorOffersNoFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	page := w.page(w.actor(actor.Leadership, ubnd), paths.Overview(w.year)+"?trinh-chieu=1")
	if n := page.Find(".dv-download").Length(); n > 0 {
		t.Errorf("%d offers", n)
	}
}
