package submission_test

import (
	"crypto/sha256"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestCanonicalTextIsTheSameForEver(t *testing.T) {
	t.Parallel()
	want, err := os.ReadFile("testdata/canonical.json")
	if err != nil {
		t.Fatal(err)
	}
	f := submission.Frozen{
		Kind: submission.Plan, Year: 2022, Period: "ke-hoach", Unit: "stp", UnitName: "Sở Tư pháp",
		Parts: []submission.FrozenPart{
			{Key: "activity/12", Content: submission.Content{"title": "Đối thoại <trực tiếp> & \"một cửa\"", "product": "Dòng 1\nDòng 2\\", "a": "đ\u2028e"},
				People: map[string]string{"owner": "Nguyễn Thị Lan", "deputy": "Trần Văn Minh"}},
			{Key: "doc", Content: submission.Content{}},
		},
	}
	for range 20 { // maps have no order of their own
		got, err := f.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.TrimSuffix(string(want), "\n"), string(got)); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	}
	empty, err := submission.Frozen{Parts: []submission.FrozenPart{}}.Canonical()
	if err != nil || string(empty) != `{"kind":"","year":0,"period":"","unit":"","unit_name":"","parts":[]}` {
		t.Errorf("nothing = %s, %v", empty, err)
	}
}

func TestAVersionKeepsWhatWasSentWordForWord(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Rà soát <thủ tục> & 1.234,5 đ", "Dòng 1\nDòng 2")})
	w.saves(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Values: body("Đối thoại", "")})
	people := map[string]map[string]string{task: {"owner": "Trần Văn Minh"}}
	sentAt := start.Add(time.Hour)
	w.must(t, w.ofDepartment, sentAt, func(tx pgx.Tx, c *submission.Case) error {
		h, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], sentAt, c, submission.Signing{Read: c.Revision, Reference: paper(5), People: people})
		if err == nil && (h.No != 1 || h.Outcome != submission.Pending || h.Late()) {
			t.Errorf("head %+v", h)
		}
		return err
	})
	c := w.load(t, w.ofDepartment)
	v, err := submission.VersionByNo(t.Context(), w.db, c.ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	wantFrozen := submission.Frozen{Kind: submission.Plan, Year: int(w.no), Period: "ke-hoach", Unit: w.ofDepartment.Unit, UnitName: "Sở Tư pháp",
		Parts: []submission.FrozenPart{
			{Key: task, Content: submission.Content{"title": "Đối thoại"}, People: people[task]},
			{Key: "task/2", Content: body("Rà soát <thủ tục> & 1.234,5 đ", "Dòng 1\nDòng 2")},
		}, Reference: paper(5)}
	if diff := cmp.Diff(wantFrozen, v.Frozen); diff != "" {
		t.Errorf("frozen (-want +got):\n%s", diff)
	}
	canonical, err := wantFrozen.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	if v.SHA256 != sha256.Sum256(canonical) {
		t.Error("the hash is not that of the canonical text")
	}
	if v.Reference != paper(5) || v.Authority != string(actor.UnitLeader) || v.SentByName != "Lê Quốc Hùng" || !v.SentAt.Equal(sentAt) ||
		!v.DueBefore.Equal(c.DueBefore) {
		t.Errorf("record %+v", v)
	}
	if got := v.Frozen.Part("task/2")["title"]; got != "Rà soát <thủ tục> & 1.234,5 đ" || v.Frozen.Part("task/9") != nil {
		t.Errorf("part = %q", got)
	}
	if v.Reference.String() != "05/KH-STP" {
		t.Errorf("number %s", v.Reference)
	}
	if _, err := submission.VersionByNo(t.Context(), w.db, c.ID, 2); !errors.Is(err, fault.NotFound) {
		t.Errorf("a version that is not: %v", err)
	}
}

func TestEveryoneWhoSavedSentOrSignedIsAnAuthorUntilAcceptance(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	people := func(names ...string) []actor.PersonID {
		ids := []actor.PersonID{}
		for _, n := range names {
			ids = append(ids, w.people[n].Person)
		}
		return ids
	}
	authors := func(want ...string) {
		t.Helper()
		got := w.load(t, w.ofDepartment).Authors
		slices.Sort(got)
		if !slices.Equal(got, people(want...)) {
			t.Errorf("authors %v, want %v", got, want)
		}
	}
	w.saves(t, "kiem", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Của Kiêm", "")})
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.SendToLeader(t.Context(), tx, w.people["minh"], start, c)
	})
	sign := func(number int) {
		t.Helper()
		w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			_, err := submission.SignItOff(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: c.Revision, Reference: paper(number)})
			return err
		})
	}
	sign(5)
	authors("minh", "hung", "kiem")
	for name, may := range map[string]bool{"kiem": false, "hoa": true} {
		c := w.load(t, w.ofDepartment)
		if d := submission.Decide(w.people[name], submission.Accept, c, start); d.Allowed != may {
			t.Errorf("%s may accept = %t: %s", name, d.Allowed, d.Reason)
		}
	}
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.RecallIt(t.Context(), tx, w.people["hung"], start, c)
	})
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	authors("lan", "minh", "hung", "kiem") // carried over the recall
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AcceptIt(t.Context(), tx, w.people["hoa"], start, c, 2)
	})
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AmendIt(t.Context(), tx, w.people["minh"], start, c)
	})
	w.submitted(t, w.ofDepartment, "minh", "hung", 6)
	authors("minh", "hung") // since the version in force
}

func TestADocumentNumberBelongsToOneSubmission(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	// The department uses the number for another paper of the same year.
	if _, err := w.db.Exec(t.Context(), `
		insert into document_ref (issuer_id, year, symbol, number, issued_on, subject, signer, capacity)
		values ($1, 2022, 'KH-STP', 6, '2022-03-01', 'Văn bản khác', 'Lê Quốc Hùng', 'GIÁM ĐỐC')`, w.unit(stp)); err != nil {
		t.Fatal(err)
	}
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.RecallIt(t.Context(), tx, w.people["hung"], start, c)
	})
	submit := func(r submission.Reference) error {
		return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			_, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: c.Revision, Reference: r})
			return err
		})
	}
	if got := refusedFor(t, submit(paper(6)), "number"); got != "Số 06/KH-STP năm 2022 đã dùng cho văn bản khác của đơn vị" {
		t.Errorf("says %q", got)
	}
	if c := w.load(t, w.ofDepartment); c.State != submission.Draft || c.Last.No != 1 {
		t.Errorf("a refused number left %s, version %d", c.State, c.Last.No)
	}
	lettered, earlier := paper(6), paper(6)
	lettered.Suffix = "a"
	earlier.IssuedOn = earlier.IssuedOn.AddDays(-365)
	for name, r := range map[string]submission.Reference{
		"its own number again": paper(5), "with a letter": lettered, "of another year": earlier, "a free number": paper(7),
	} {
		if err := submit(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			return submission.RecallIt(t.Context(), tx, w.people["hung"], start, c)
		})
	}
	heads, err := submission.Heads(t.Context(), w.db, w.load(t, w.ofDepartment).ID)
	if err != nil || len(heads) != 5 {
		t.Fatalf("%d versions, %v", len(heads), err)
	}
	for i, h := range heads {
		if h.No != i+1 || h.Outcome != submission.WasRecalled {
			t.Errorf("version %d is %d, %s", i+1, h.No, h.Outcome)
		}
	}
}

func TestAVersionKeepsThePaperItWasSentUnderThoughTheNumberIsSentAgain(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	first, mended := paper(5), paper(5)
	mended.IssuedOn, mended.Subject = mended.IssuedOn.AddDays(7), "Trích yếu đã sửa"
	mended.Signer, mended.Capacity = "Nguyễn Thị Lan", "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC"
	for _, r := range []submission.Reference{first, mended} {
		w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			if c.State == submission.Submitted {
				if err := submission.RecallIt(t.Context(), tx, w.people["hung"], start, c); err != nil {
					return err
				}
			}
			_, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: c.Revision, Reference: r})
			return err
		})
	}
	id := w.load(t, w.ofDepartment).ID
	for no, want := range map[int]submission.Reference{1: first, 2: mended} {
		v, err := submission.VersionByNo(t.Context(), w.db, id, no)
		if err != nil || v.Reference != want {
			t.Errorf("version %d was sent under %+v (%v), want %+v", no, v.Reference, err, want)
		}
	}
}

func TestAPaperWithoutItsReferenceIsNotSent(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	lacking := map[string]func(r *submission.Reference){
		"number":   func(r *submission.Reference) { r.Number = 0 },
		"symbol":   func(r *submission.Reference) { r.Symbol = "" },
		"date":     func(r *submission.Reference) { r.IssuedOn = viet.Date{} },
		"subject":  func(r *submission.Reference) { r.Subject = "" },
		"signer":   func(r *submission.Reference) { r.Signer = "" },
		"capacity": func(r *submission.Reference) { r.Capacity = "" },
	}
	for name, without := range lacking {
		r := paper(5)
		without(&r)
		err := w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			_, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: c.Revision, Reference: r})
			return err
		})
		if refusal, ok := errors.AsType[fault.Refusal](err); !ok || !strings.Contains(refusal.Reason, "số, ký hiệu") {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

func TestSigningWhatWasNotReadIsAConflict(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Một", "")})
	read := w.load(t, w.ofDepartment).Revision
	w.saves(t, "minh", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Thêm", "")})
	err := w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		_, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: read, Reference: paper(5)})
		return err
	})
	if !errors.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
	if heads, err := submission.Heads(t.Context(), w.db, w.load(t, w.ofDepartment).ID); err != nil || len(heads) != 0 {
		t.Errorf("%d versions, %v", len(heads), err)
	}
}

func TestAnExtensionReplacesTheDeadlineFromTheMomentItIsGiven(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	for _, e := range []struct{ at, due string }{
		{"2022-03-30 10:00+07", "2022-04-11 00:00+07"},
		{"2022-04-05 10:00+07", "2022-04-16 00:00+07"},
	} {
		if _, err := w.db.Exec(t.Context(), `
			insert into extension (period_id, unit_id, due_before, reason, by_person, at)
			values ($1, $2, $3::text::timestamptz, 'Bão lụt diện rộng', $4, $5::text::timestamptz)`,
			w.no, w.unit(stp), e.due, w.people["tong"].Person, e.at); err != nil {
			t.Fatal(err)
		}
	}
	for now, want := range map[string]string{
		"2022-03-30T09:59:59+07:00": "2022-04-01T00:00:00+07:00",
		"2022-03-30T10:00:00+07:00": "2022-04-11T00:00:00+07:00",
		"2022-04-05T10:00:00+07:00": "2022-04-16T00:00:00+07:00",
	} {
		at, due := moment8601(t, now), moment8601(t, want)
		c, err := submission.Load(t.Context(), w.db, at, w.ofDepartment)
		if err != nil || !c.DueBefore.Equal(due) {
			t.Errorf("at %s due before %s, %v; want %s", now, c.DueBefore, err, want)
		}
	}
	late := submission.Head{SentAt: moment8601(t, "2022-04-01T00:00:00+07:00"), DueBefore: moment8601(t, "2022-04-01T00:00:00+07:00")}
	if !late.Late() {
		t.Error("sent on the stroke of the deadline is not late")
	}
	late.SentAt = late.SentAt.Add(-time.Microsecond)
	if late.Late() {
		t.Error("sent before the deadline is late")
	}
}

func moment8601(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestOnceSomebodyEntitledHasOpenedItAVersionCannotBeRecalled(t *testing.T) {
	t.Parallel()
	recall := func(w world) error {
		return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			return submission.RecallIt(t.Context(), tx, w.people["hung"], start, c)
		})
	}
	read := func(w world, who string) {
		t.Helper()
		if err := submission.MarkRead(t.Context(), w.db, w.people[who], start, w.load(t, w.ofDepartment)); err != nil {
			t.Fatal(err)
		}
	}
	w := fresh(t)
	read(w, "hoa") // nothing is pending yet
	w.saves(t, "kiem", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Của Kiêm", "")})
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	for _, who := range []string{"lan", "hung", "chu-tich", "quan-tri", "kiem"} { // the last is an author: may not decide
		read(w, who)
	}
	if err := recall(w); err != nil {
		t.Fatalf("opened only by those who may not decide: %v", err)
	}
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	read(w, "hoa")
	moved := w.people["hoa"]
	moved.Memberships = []actor.Membership{{Unit: w.unit(ubnd), Role: actor.Leadership}}
	w.people["hoa"] = moved
	read(w, "hoa") // again, no longer a reviewer: it was opened all the same
	refusal, ok := errors.AsType[fault.Refusal](recall(w))
	if !ok || refusal.Reason != "Đã mở xem lần gửi này: Đặng Thị Hoa" {
		t.Errorf("after a reviewer has opened it: %+v", refusal)
	}
	n, err := database.Value[int](t.Context(), w.db, `
		select count(*) from version_read r join version v on v.id = r.version_id where v.submission_id = @id and v.no = 2`,
		database.Args{"id": w.load(t, w.ofDepartment).ID})
	if err != nil || n != 1 {
		t.Errorf("%d readings noted, %v", n, err)
	}
}
