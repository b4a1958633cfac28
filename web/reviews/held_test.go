package reviews

import (
	"testing"
	"time"

	"danvan/internal/review"
	"danvan/internal/submission"
)

func TestWhatWasDecidedOnItsDayTookNoDays(t *testing.T) {
	t.Parallel()
	sent := time.Date(2022, 11, 25, 2, 0, 0, 0, time.UTC)
	for hours, want := range map[int]string{
		1:  "Lần gửi 1, 25/11/2022: tiếp nhận 25/11/2022, trong ngày gửi",
		72: "Lần gửi 1, 25/11/2022: tiếp nhận 28/11/2022, sau 3 ngày",
	} {
		at := sent.Add(time.Duration(hours) * time.Hour)
		r := review.Round{}
		r.No, r.SentAt, r.DecidedAt, r.Outcome = 1, sent, &at, submission.WasAccepted
		if got := roundWords(r); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got, want := earlier(review.Waiting{UnitDays: 2}), "Các lần trước: nơi nhận giữ chưa đến 1 ngày, đơn vị sửa 2 ngày"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
