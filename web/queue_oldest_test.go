package web_test

import (
	"net/http"
	"strings"
	"testing"

	"danvan/internal/demo/demotest"
)

// TestEveryReviewerReadsHowLongTheOldestHasWaited though each sees the queue in an order
// of their own, with the units they look after first.
func TestEveryReviewerReadsHowLongTheOldestHasWaited(t *testing.T) {
	t.Parallel()
	s := newStage(t, demotest.New(t))
	for _, who := range []string{"snv.thamdinh", "snv.thamdinh2", "snv.tonghop"} {
		page := s.ask(who, "/").want(http.StatusOK).rec.Body.String()
		if !strings.Contains(page, "hồ sơ lâu nhất chờ 5 ngày") {
			t.Errorf("%s does not read that the oldest has waited 5 days", who)
		}
	}
}
