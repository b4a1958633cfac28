package submissions

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestAQuestionSaysUntilWhenAndWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	now := time.Date(2022, time.November, 28, 9, 0, 0, 0, viet.Location)
	due := func(days int) viet.Date { return viet.DateOf(now).AddDays(days) }
	for want, q := range map[string]submission.Question{
		"Hạn trả lời 30/11/2022.":                           {DueOn: due(2)},
		"Hạn trả lời 28/11/2022.":                           {DueOn: due(0)},
		"Hạn trả lời 25/11/2022, đã quá 3 ngày.":            {DueOn: due(-3)},
		"Hạn trả lời 26/11/2022, đã trả lời, chờ kết luận.": {DueOn: due(-2), Answer: "Đã rà soát."},
		"Hạn trả lời 27/11/2022, đã kết luận.":              {DueOn: due(-1), Answer: "Đã rà soát.", ClosedAt: &now},
	} {
		if got := QuestionLead(q, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestOnlyWhoMayAnswerIsLedToTheAnswer(t *testing.T) {
	t.Parallel()
	now := time.Date(2022, time.November, 28, 9, 0, 0, 0, viet.Location)
	at := now.Add(-time.Hour)
	c := submission.Case{Receives: "Sở Nội vụ", UnitShort: "Sở Tư pháp", Questions: []submission.Question{
		{ID: 7, Body: "Vì sao thấp hơn?", DueOn: viet.NewDate(2022, time.December, 2), At: at},
		{ID: 8, Body: "Nguồn nào?", DueOn: viet.NewDate(2022, time.November, 30), At: at, Answer: "Ngân sách.", AnsweredAt: &at, AnsweredName: "Lê Thị Mai"}}}
	draw := func(may bool) string {
		t.Helper()
		var b bytes.Buffer
		if err := Questions("/ke-hoach/2022/stp", c, may, now).Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	if page := draw(true); !strings.Contains(page, `href="/ke-hoach/2022/stp/giai-trinh/7"`) || !strings.Contains(page, "Sửa câu trả lời") || !strings.Contains(page, "Lê Thị Mai, Sở Tư pháp") {
		t.Errorf("who may answer reads %s", page)
	}
	if page := draw(false); strings.Contains(page, "giai-trinh/7") || !strings.Contains(page, "Vì sao thấp hơn?") {
		t.Errorf("who may not reads %s", page)
	}
	if q := FirstWaiting(c); q == nil || q.ID != 7 {
		t.Errorf("first waits %+v", q)
	}
}

func TestTheTimelineTellsOfQuestions(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		event submission.Event
		want  string
	}{
		{submission.Event{Action: "question_asked", Person: "Tú", Version: 2, Due: viet.NewDate(2022, time.November, 30), Reason: "Vì sao?"},
			"Sở Nội vụ yêu cầu giải trình lần gửi 2, hạn trả lời 30/11/2022. Tú “Vì sao?”"},
		{submission.Event{Action: "question_answered", Person: "Mai", Version: 2, Late: true, Reason: "Vì dịch."}, "Mai giải trình lần gửi 2, sau hạn trả lời “Vì dịch.”"},
		{submission.Event{Action: "question_closed", Person: "Tú", Version: 2}, "Sở Nội vụ đã rõ nội dung giải trình lần gửi 2. Tú"},
		{submission.Event{Action: "question_dropped", Person: "Tú", Version: 2}, "Sở Nội vụ không yêu cầu giải trình nữa về lần gửi 2. Tú"},
	} {
		_, l := tell(tt.event, "Sở Nội vụ")
		l.label = Sending(l.version)
		var b bytes.Buffer
		if err := l.body().Render(t.Context(), &b); err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer(`<small class="dv-muted">`, "", "</small>", "").Replace(b.String())
		if got := strings.Join(strings.Fields(text), " "); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
