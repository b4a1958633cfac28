package submission_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

const asked = "Vì sao số buổi đối thoại thấp hơn năm trước?"

var answerBy = viet.DateOf(start).AddDays(3)

// asks lets who ask the department about its version 1.
func (w world) asks(t testing.TB, who, body string, due viet.Date) error {
	t.Helper()
	return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AskToExplain(t.Context(), tx, w.people[who], start, c, 1, body, due)
	})
}

func (w world) explains(t testing.TB, who string, now time.Time, id int64, read int, answer string) error {
	t.Helper()
	return w.try(t, w.ofDepartment, now, func(tx pgx.Tx, c *submission.Case) error {
		return submission.ExplainIt(t.Context(), tx, w.people[who], now, c, id, read, answer)
	})
}

// questioned is the department's plan, sent and asked about once.
func questioned(t testing.TB) (world, submission.Question) {
	t.Helper()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.asks(t, "hoa", asked, answerBy); err != nil {
		t.Fatal(err)
	}
	c := w.load(t, w.ofDepartment)
	if len(c.Questions) != 1 {
		t.Fatalf("open questions: %+v", c.Questions)
	}
	return w, c.Questions[0]
}

func (w world) told(t testing.TB, who string) string {
	t.Helper()
	bodies, err := database.Values[string](t.Context(), w.db, `select body from notice where person_id = @person order by id`,
		database.Args{"person": w.people[who].Person})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(bodies, "\n")
}

func TestAnExplanationIsAskedForWithoutReturning(t *testing.T) {
	t.Parallel()
	w, q := questioned(t)
	c := w.load(t, w.ofDepartment)
	if c.State != submission.Submitted || q.Body != asked || q.DueOn != answerBy || !q.Waits() || q.ByName != "Đặng Thị Hoa" || q.VersionNo != 1 {
		t.Errorf("%s, %+v", c.State, q)
	}
	if q.Overdue(answerBy.Start().Add(23*time.Hour)) || !q.Overdue(answerBy.Next().Start()) {
		t.Error("the day given is the last on which the answer is in time")
	}
	if got := w.told(t, "lan"); !strings.Contains(got, "Sở Nội vụ yêu cầu giải trình") || !strings.Contains(got, asked) {
		t.Errorf("the unit is told %q", got)
	}
	if d := submission.Decide(w.people["hung"], submission.Recall, c, start); d.Allowed {
		t.Error("what was asked about can be recalled")
	}
	events, err := submission.Timeline(t.Context(), w.db, w.people["lan"], c)
	if err != nil || events[0].Action != "question_asked" || events[0].Reason != asked || events[0].Due != answerBy || events[0].Version != 1 {
		t.Errorf("the timeline begins with %+v, %v", events[0], err)
	}
	events, err = submission.Timeline(t.Context(), w.db, actor.Actor{Person: 9, Memberships: []actor.Membership{{Unit: w.unit(ubnd), Role: actor.Leadership}}}, c)
	if err != nil || events[0].Action != "question_asked" || events[0].Reason != "" {
		t.Errorf("leadership, who do not see remarks, read %+v, %v", events[0], err)
	}
}

func TestAQuestionSaysWhatIsWrongWithIt(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	for name, tt := range map[string]struct {
		body, field, want string
		due               viet.Date
	}{
		"nothing":     {"  ", "question", "Ghi nội dung cần giải trình", answerBy},
		"too short":   {"Vì sao?", "question", "ít nhất 10 ký tự", answerBy},
		"no day":      {asked, "due", "Ghi hạn trả lời", viet.Date{}},
		"yesterday":   {asked, "due", "không thể trước hôm nay, 07/03/2022", viet.DateOf(start).AddDays(-1)},
		"in the blue": {asked, "due", "muộn nhất 06/05/2022", viet.DateOf(start).AddDays(61)},
	} {
		if got := refusedFor(t, w.asks(t, "hoa", tt.body, tt.due), tt.field); !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if c := w.load(t, w.ofDepartment); len(c.Questions) != 0 || len(c.ReadBy) != 0 {
		t.Errorf("a refused question leaves %+v, read by %v", c.Questions, c.ReadBy)
	}
}

func TestTheUnitAnswersAndMendsItsAnswerUntilTheQuestionIsClosed(t *testing.T) {
	t.Parallel()
	w, q := questioned(t)
	late := answerBy.Next().Start().Add(8 * time.Hour)
	if err := w.explains(t, "lan", late, q.ID, 1, " Hai buổi dời sang\r\nquý IV. "); err != nil {
		t.Fatal(err)
	}
	c := w.load(t, w.ofDepartment)
	if got := c.Questions[0]; got.Answer != "Hai buổi dời sang\nquý IV." || got.Waits() || !got.Open() || c.State != submission.Submitted || c.Revision != w.load(t, w.ofDepartment).Revision {
		t.Errorf("got %+v in %s", got, c.State)
	}
	if got := w.told(t, "hoa"); !strings.Contains(got, "Sở Tư pháp giải trình") {
		t.Errorf("who asked is told %q", got)
	}
	err := w.explains(t, "hung", late, q.ID, 1, "Câu trả lời khác.")
	if clash, ok := errors.AsType[*submission.Conflict](err); !ok || clash.Revision != 2 || clash.Theirs["answer"] != "Hai buổi dời sang\nquý IV." {
		t.Errorf("an answer over a newer one: %v", err)
	}
	if err := w.explains(t, "hung", late, q.ID, 2, "Hai buổi dời sang quý IV vì dịch."); err != nil {
		t.Error(err)
	}
	events, err := submission.Timeline(t.Context(), w.db, w.people["lan"], c)
	if err != nil || events[0].Action != "question_answered" || !events[0].Late {
		t.Errorf("an answer after its day: %+v, %v", events[0], err)
	}
	settle := func(who string) error {
		return w.try(t, w.ofDepartment, late, func(tx pgx.Tx, c *submission.Case) error {
			return submission.SettleQuestion(t.Context(), tx, w.people[who], late, c, q.ID)
		})
	}
	if err := settle("hoa"); err != nil {
		t.Fatal(err)
	}
	all, err := submission.Questions(t.Context(), w.db, c.ID)
	if err != nil || len(all) != 1 || all[0].Open() || all[0].ClosedName != "Đặng Thị Hoa" || len(w.load(t, w.ofDepartment).Questions) != 0 {
		t.Errorf("closed: %+v, %v", all, err)
	}
	var refusal fault.Refusal
	if err := w.explains(t, "lan", late, q.ID, 3, "Thêm một ý."); !errors.As(err, &refusal) {
		t.Errorf("a closed question is answered: %v", err)
	}
	if err := settle("hoa"); !errors.As(err, &refusal) {
		t.Errorf("a question is closed twice: %v", err)
	}
}

func TestWhoExplainsForTheUnitDoesNotDecideOnIt(t *testing.T) {
	t.Parallel()
	w, q := questioned(t)
	both := w.people["lan"]
	both.Memberships = append(both.Memberships, actor.Membership{Unit: w.unit(snv), Role: actor.Reviewer})
	if err := w.explains(t, "lan", start, q.ID, 1, "Đã kiểm tra lại, số đúng."); err != nil {
		t.Fatal(err)
	}
	if d := submission.Decide(both, submission.Accept, w.load(t, w.ofDepartment), start); d.Allowed {
		t.Error("who answered for the unit accepts")
	}
}

func TestADecisionClosesWhatWasAsked(t *testing.T) {
	t.Parallel()
	for _, decision := range []string{"accept", "return"} {
		w, q := questioned(t)
		if err := w.asks(t, "hoa", "Nêu rõ nguồn kinh phí thực hiện.", answerBy); err != nil {
			t.Fatal(err)
		}
		if err := w.explains(t, "lan", start, q.ID, 1, "Đã rà soát."); err != nil {
			t.Fatal(err)
		}
		if err := w.remark(t, "hoa", 1, "", "", "Bổ sung căn cứ."); err != nil {
			t.Fatal(err)
		}
		w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			if decision == "accept" {
				return submission.AcceptIt(t.Context(), tx, w.people["hoa"], start, c, 1)
			}
			return submission.ReturnIt(t.Context(), tx, w.people["hoa"], start, c, 1, "Sửa theo các góp ý")
		})
		c := w.load(t, w.ofDepartment)
		all, err := submission.Questions(t.Context(), w.db, c.ID)
		if err != nil || len(c.Questions) != 0 || len(all) != 2 || all[0].Open() || all[1].Open() {
			t.Errorf("%s: open %+v, all %+v, %v", decision, c.Questions, all, err)
		}
	}
}
