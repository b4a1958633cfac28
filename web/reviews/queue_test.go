package reviews

import (
	"bytes"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/ui"
)

func TestTheQueueTellsEachKindAndHowLongItWaits(t *testing.T) {
	t.Parallel()
	at := func(day int) time.Time { return time.Date(2022, time.November, day, 9, 12, 0, 0, viet.Location) }
	asked := at(25)
	waiting := []review.Waiting{
		{Kind: submission.Report, Period: "nam", PeriodName: "Năm 2022", Year: 2022, UnitSlug: "sct", UnitName: "Sở Công Thương", No: 1, SentAt: at(18), SentByName: "Lê Thị Mai"},
		{Kind: submission.Plan, Year: 2022, UnitSlug: "stp", UnitName: "Sở Tư pháp", No: 2, SentAt: at(1), SentByName: "Trần Quốc Khải",
			Reopen: "Cần sửa thời gian của hoạt động 1.1.", ReopenAt: &asked},
	}
	var b bytes.Buffer
	pages := ui.Pages{URL: &url.URL{Path: "/tham-dinh"}, Page: 1, Size: queueSize, Total: 2}
	v := queueView{Rows: waiting, Counts: review.Counts{All: 2, Whose: map[review.Whose]int{review.Nobody: 2}}, Pages: pages, Now: at(28)}
	if err := queue(v).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range [][]string{
		{"18/11", "chờ 10 ngày", "Sở Công Thương: báo cáo năm 2022, lần gửi 1", "Lê Thị Mai gửi lúc 09:12 ngày 18/11/2022."},
		{"25/11", "chờ 3 ngày", "Sở Tư pháp: kế hoạch năm 2022, lần gửi 2", "Đề nghị mở lại lúc 09:12 ngày 25/11/2022, lý do: Cần sửa thời gian của hoạt động 1.1.", "đề nghị mở lại"},
	} {
		got := strings.Join(strings.Fields(page.Find(".dv-due li").Eq(i).Text()), " ")
		for _, words := range want {
			if !strings.Contains(got, words) {
				t.Errorf("row %d: got %q, want %q in it", i+1, got, words)
			}
		}
		to := []string{"/tham-dinh/bao-cao/2022/nam/sct", "/tham-dinh/ke-hoach/2022/stp"}[i]
		if href := page.Find(".dv-due li").Eq(i).Find("a").AttrOr("href", ""); href != to {
			t.Errorf("row %d leads to %s, want %s", i+1, href, to)
		}
		if strings.Contains(got, "..") || strings.Contains(got, "01/11") {
			t.Errorf("row %d: got %q", i+1, got)
		}
	}
}
