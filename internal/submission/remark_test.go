package submission_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/fault"
	"danvan/internal/submission"
)

// remark drafts a remark on version no of the department's submission.
func (w world) remark(t testing.TB, who string, no int, part, field, text string) error {
	t.Helper()
	return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AddRemark(t.Context(), tx, w.people[who], start, c, no, part, field, text)
	})
}

func (w world) notes(t testing.TB, drafts bool) []submission.Note {
	t.Helper()
	notes, err := submission.Notes(t.Context(), w.db, w.load(t, w.ofDepartment), drafts)
	if err != nil {
		t.Fatal(err)
	}
	return notes
}

func (w world) returns(t testing.TB, who string, no int) {
	t.Helper()
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.ReturnIt(t.Context(), tx, w.people[who], start, c, no, "Sửa theo các góp ý")
	})
}

func (w world) answer(t testing.TB, who string, id int64, read int, text string) error {
	t.Helper()
	return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AnswerRemark(t.Context(), tx, w.people[who], start, c, id, read, text)
	})
}

func (w world) resolve(t testing.TB, who string, id int64, resolved bool) error {
	t.Helper()
	return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.ResolveRemark(t.Context(), tx, w.people[who], start, c, id, resolved)
	})
}

func TestARemarkStaysADraftUntilTheReturnSendsIt(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.remark(t, "hoa", 1, task, "title", " Nêu rõ thời gian \r\n"); err != nil {
		t.Fatal(err)
	}
	if got := w.notes(t, false); len(got) != 0 {
		t.Errorf("the unit sees the draft: %+v", got)
	}
	drafts := w.notes(t, true)
	if len(drafts) != 1 || drafts[0].SentAt != nil || drafts[0].Body != "Nêu rõ thời gian" || drafts[0].OldText != "Đối thoại lần 05/KH-STP" ||
		drafts[0].ByName != "Đặng Thị Hoa" || drafts[0].VersionNo != 1 || drafts[0].PartKey != task || drafts[0].Field != "title" {
		t.Fatalf("those who may decide see %+v", drafts)
	}
	w.returns(t, "tong", 1)
	if got := w.notes(t, false); len(got) != 1 || got[0].SentAt == nil || !got[0].Open() {
		t.Errorf("after the return the unit sees %+v", got)
	}
	c := w.load(t, w.ofDepartment)
	if c.State != submission.Returned || c.Unanswered != 1 || c.StateWhy != "Sửa theo các góp ý" || c.Last.Outcome != submission.WasReturned {
		t.Errorf("case %+v", c)
	}
}

func TestARemarkMustBeAnchoredInWhatWasSent(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	for name, anchor := range map[string]struct{ part, field string }{
		"the whole": {"", ""}, "a part": {task, ""}, "a field": {task, "title"}, "an empty field": {task, "product"},
	} {
		if err := w.remark(t, "hoa", 1, anchor.part, anchor.field, "Góp ý về "+name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, anchor := range map[string]struct{ part, field string }{
		"a part that was not sent": {"task/9", ""}, "a field of nothing": {"", "title"},
	} {
		if got := refusedFor(t, w.remark(t, "hoa", 1, anchor.part, anchor.field, "Góp ý"), "body"); got != "Mục này không có trong lần gửi" {
			t.Errorf("%s: %q", name, got)
		}
	}
	refusedFor(t, w.remark(t, "hoa", 1, task, "", " \n\t"), "body")
	refusedFor(t, w.remark(t, "hoa", 1, task, "", strings.Repeat("ă", 4001)), "body")
	if err := w.remark(t, "hoa", 2, task, "", "Góp ý"); !errors.Is(err, fault.Conflict) {
		t.Errorf("on a version that was not read: %v", err)
	}
	if err := w.remark(t, "kiem", 1, task, "", "Góp ý"); err != nil {
		t.Errorf("of a reviewer who is no author: %v", err)
	}
	if err := w.remark(t, "lan", 1, task, "", "Góp ý"); !errors.Is(err, fault.Forbidden) {
		t.Errorf("of the unit: %v", err)
	}
}

func TestWhoeverRemarksHasReadAndStopsTheRecall(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.remark(t, "hoa", 1, "", "", "Góp ý chung"); err != nil {
		t.Fatal(err)
	}
	err := w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.RecallIt(t.Context(), tx, w.people["hung"], start, c)
	})
	if !errors.Is(err, fault.Forbidden) {
		t.Errorf("recalled under a remark: %v", err)
	}
}

func TestOnlyItsOwnAuthorDropsADraftRemark(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	for _, text := range []string{"một", "hai"} {
		if err := w.remark(t, "hoa", 1, "", "", text); err != nil {
			t.Fatal(err)
		}
	}
	drop := func(who string, id int64) error {
		return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			return submission.DropRemark(t.Context(), tx, w.people[who], start, c, id)
		})
	}
	ids := w.notes(t, true)
	if err := drop("tong", ids[0].ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("dropped by another: %v", err)
	}
	if err := drop("hoa", ids[0].ID); err != nil {
		t.Fatal(err)
	}
	w.returns(t, "hoa", 1)
	w.answered(t, ids[1].ID)
	w.submitted(t, w.ofDepartment, "lan", "hung", 6)
	if err := drop("hoa", ids[1].ID); !errors.Is(err, fault.NotFound) {
		t.Errorf("dropped after it was sent: %v", err)
	}
	if left := w.notes(t, true); len(left) != 1 || left[0].Body != "hai" {
		t.Errorf("left %+v", left)
	}
}

// answered answers a remark as the unit, for tests about something else.
func (w world) answered(t testing.TB, id int64) {
	t.Helper()
	if err := w.answer(t, "lan", id, 1, "Đã bổ sung"); err != nil {
		t.Fatal(err)
	}
}

func TestAnUnansweredRemarkBlocksSendingAndAnAnswerFrees(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.remark(t, "hoa", 1, task, "title", "Nêu rõ"); err != nil {
		t.Fatal(err)
	}
	w.returns(t, "hoa", 1)
	send := func() error {
		return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			return submission.SendToLeader(t.Context(), tx, w.people["lan"], start, c)
		})
	}
	if refusal, ok := errors.AsType[fault.Refusal](send()); !ok || !strings.Contains(refusal.Reason, "1 góp ý chưa trả lời") {
		t.Errorf("sent without an answer: %+v", refusal)
	}
	before := w.load(t, w.ofDepartment).Revision
	w.answered(t, w.notes(t, false)[0].ID)
	c := w.load(t, w.ofDepartment)
	if c.Revision != before+1 || c.Unanswered != 0 {
		t.Errorf("an answer counts as a change of the working copy: revision %d after %d, %d unanswered", c.Revision, before, c.Unanswered)
	}
	if err := send(); err != nil {
		t.Error(err)
	}
}

func TestARemarkKeptOpenByAReturnWantsAnotherAnswer(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.remark(t, "hoa", 1, task, "title", "Nêu rõ"); err != nil {
		t.Fatal(err)
	}
	w.returns(t, "hoa", 1)
	n := w.notes(t, false)[0]
	w.answered(t, n.ID)
	w.submitted(t, w.ofDepartment, "lan", "hung", 6)
	later := start.Add(time.Hour)
	w.must(t, w.ofDepartment, later, func(tx pgx.Tx, c *submission.Case) error {
		return submission.ReturnIt(t.Context(), tx, w.people["hoa"], later, c, 2, "Tên vẫn chưa rõ")
	})
	kept := w.notes(t, false)[0]
	if c := w.load(t, w.ofDepartment); c.State != submission.Returned || c.Unanswered != 1 || !c.Awaits(kept) || !kept.Open() {
		t.Errorf("returned for a remark of the round before: %s, %d to answer, %+v", c.State, c.Unanswered, kept)
	}
	// The unit may insist in the same words.
	w.must(t, w.ofDepartment, later, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AnswerRemark(t.Context(), tx, w.people["lan"], later, c, kept.ID, kept.AnswerRev, kept.Answer)
	})
	if c := w.load(t, w.ofDepartment); c.Unanswered != 0 || c.Awaits(w.notes(t, false)[0]) {
		t.Errorf("answered again, %d are to answer", c.Unanswered)
	}
}

func TestTwoAnswersToOneRemarkAreAConflict(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	if err := w.remark(t, "hoa", 1, task, "title", "Nêu rõ"); err != nil {
		t.Fatal(err)
	}
	w.returns(t, "hoa", 1)
	n := w.notes(t, false)[0]
	if err := w.answer(t, "lan", n.ID, n.AnswerRev, "Của Lan"); err != nil {
		t.Fatal(err)
	}
	err := w.answer(t, "minh", n.ID, n.AnswerRev, "Của Minh")
	clash, ok := errors.AsType[*submission.Conflict](err)
	if !ok || clash.TheirName != "Nguyễn Thị Lan" || clash.Theirs["answer"] != "Của Lan" || clash.Mine["answer"] != "Của Minh" ||
		clash.Revision != 2 || !clash.TheirAt.Equal(start) {
		t.Fatalf("got %+v, %v", clash, err)
	}
	if err := w.answer(t, "minh", n.ID, n.AnswerRev, "Của Lan"); err != nil {
		t.Errorf("the same answer again: %v", err)
	}
	if err := w.answer(t, "minh", n.ID, clash.Revision, "Của cả hai"); err != nil {
		t.Fatal(err)
	}
	if got := w.notes(t, false)[0]; got.Answer != "Của cả hai" || got.AnswerRev != 3 || got.AnsweredName != "Trần Văn Minh" {
		t.Errorf("answer %+v", got)
	}
	refusedFor(t, w.answer(t, "lan", n.ID, 3, ""), "answer")
	if err := w.answer(t, "lan", n.ID+1, 1, "x"); !errors.Is(err, fault.NotFound) {
		t.Errorf("an answer to nothing: %v", err)
	}
}

func TestTheReviewerResolvesOrKeepsOpenAndAcceptanceClosesTheRestByName(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	for _, text := range []string{"một", "hai", "ba"} {
		if err := w.remark(t, "hoa", 1, task, "title", text); err != nil {
			t.Fatal(err)
		}
	}
	w.returns(t, "hoa", 1)
	notes := w.notes(t, false)
	for _, n := range notes {
		w.answered(t, n.ID)
	}
	w.submitted(t, w.ofDepartment, "lan", "hung", 6)
	for _, step := range []struct {
		note     int
		resolved bool
	}{{0, true}, {1, true}, {1, false}} {
		if err := w.resolve(t, "hoa", notes[step.note].ID, step.resolved); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.resolve(t, "lan", notes[2].ID, true); !errors.Is(err, fault.Forbidden) {
		t.Errorf("resolved by the unit: %v", err)
	}
	if err := w.remark(t, "hoa", 2, "", "", "nháp chưa gửi"); err != nil {
		t.Fatal(err)
	}
	open := map[string]bool{}
	var draft int64
	for _, n := range w.notes(t, true) {
		open[n.Body] = n.Open()
		draft = n.ID
	}
	if err := w.resolve(t, "lan", draft, true); !errors.Is(err, fault.NotFound) {
		t.Errorf("the unit settling a draft it cannot see: %v", err)
	}
	if refusal, ok := errors.AsType[fault.Refusal](w.resolve(t, "hoa", draft, true)); !ok || !strings.Contains(refusal.Reason, "nháp") || refusal.Remedy == "" {
		t.Errorf("settling a draft: %+v", refusal)
	}
	if err := w.resolve(t, "hoa", draft+1, true); !errors.Is(err, fault.NotFound) {
		t.Errorf("settling nothing: %v", err)
	}
	if open["một"] || !open["hai"] || !open["ba"] || !open["nháp chưa gửi"] {
		t.Errorf("open = %v", open)
	}
	acceptedAt := start.Add(time.Hour)
	w.must(t, w.ofDepartment, acceptedAt, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AcceptIt(t.Context(), tx, w.people["tong"], acceptedAt, c, 2)
	})
	for _, n := range w.notes(t, false) {
		by := "Phạm Văn Tổng"
		if n.Body == "một" {
			by = "Đặng Thị Hoa"
		}
		if n.Open() || n.ResolvedName != by || n.SentAt == nil {
			t.Errorf("%s: open = %t, resolved by %q, want %q", n.Body, n.Open(), n.ResolvedName, by)
		}
	}
	if len(w.notes(t, false)) != 4 {
		t.Error("the draft did not go to the unit with the acceptance")
	}
}
