package reviews

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"danvan/internal/campaign"
	"danvan/internal/plan"
	"danvan/internal/viet"
)

func TestTheReviewerReadsWhatALaterPaperAddedToATask(t *testing.T) {
	t.Parallel()
	s := plan.Section{Task: 4, Short: "Tiếp dân, đối thoại", Title: "Thực hiện có hiệu quả công tác tiếp dân.",
		Supplements: []campaign.Supplement{{OnDate: viet.NewDate(2022, time.May, 2), Body: "Bổ sung nội dung.", Basis: "Công văn số 5/UBND-NC"}}}
	var b bytes.Buffer
	if err := planSection(reading{}, planContent{}, s).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	page, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(page.Find("#nv4 .dv-supp").Text()), " ")
	if want := "Bổ sung ngày 02/05/2022 theo Công văn số 5/UBND-NC: Bổ sung nội dung."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
