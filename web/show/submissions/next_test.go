package submissions

import (
	"strings"
	"testing"

	"danvan/internal/submission"
)

func TestThePageSaysWhatBecameOfTheSendingItShows(t *testing.T) {
	t.Parallel()
	inForce := &submission.Head{ID: 7, No: 2}
	for want, shown := range map[string]*submission.Head{
		"Đang xem lần gửi 2, bản có hiệu lực.":  inForce,
		"Đang xem lần gửi 3, chưa có hiệu lực.": {ID: 8, No: 3},
		"Đang xem lần gửi 1, đã rút hiệu lực.":  {ID: 6, No: 1, Withdrawn: true},
		"Nội dung hiện ở đây khi đơn vị gửi.":   nil,
	} {
		s := Standing{Case: submission.Case{Kind: submission.Report, State: submission.Draft, InForce: inForce}, Sight: submission.Sight{State: true, InForce: true}, Shown: shown}
		if got := s.Sentence(); !strings.HasSuffix(got, want) {
			t.Errorf("got %q, want %q at the end", got, want)
		}
	}
}

func TestASendingIsLedToWhereTheReaderMayOpenIt(t *testing.T) {
	t.Parallel()
	events := []submission.Event{{Action: "accepted", Version: 1}, {Action: "submitted", Version: 1}, {Action: "recalled", Version: 2}, {Action: "returned", Version: 3}}
	for name, test := range map[string]struct {
		sight submission.Sight
		want  [4]bool // of the sendings 1 to 4
	}{
		"decides":    {submission.Sight{Versions: true, Sent: true, InForce: true}, [4]bool{true, true, true, true}},
		"leads":      {submission.Sight{Sent: true, InForce: true}, [4]bool{true, false, true, true}},
		"above":      {submission.Sight{InForce: true}, [4]bool{true, false, false, false}},
		"state only": {submission.Sight{State: true, Timeline: true}, [4]bool{}},
	} {
		for i, want := range test.want {
			path := Standing{Base: "/bao-cao/2022/nam/stp", Sight: test.sight}.Version(events)(i + 1)
			if (path != "") != want {
				t.Errorf("who %s is led from sending %d to %q, want somewhere: %t", name, i+1, path, want)
			}
		}
	}
}
