package submission_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

func TestAFormPostedTwiceAtOnceChangesOnce(t *testing.T) {
	t.Parallel()
	w, pool := shared(t)
	once := post.Once{Key: "K7QX2M5T9W4Z8R3V", Body: []byte("same")}
	var all sync.WaitGroup
	results := make([]string, 4)
	for i := range results {
		all.Go(func() {
			var err error
			results[i], err = submission.Change(t.Context(), pool, w.people["lan"], start, once, w.ofDepartment,
				func(tx pgx.Tx, c *submission.Case) (string, error) {
					saved, err := submission.SavePart(t.Context(), tx, w.people["lan"], start, c, submission.Save{Key: task, Values: body("Một", "")})
					return strings.Repeat("x", saved.Revision) + string(rune('0'+i)), err
				})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, got := range results {
		if got != results[0] || got == "" {
			t.Errorf("copies were told %q", results)
			break
		}
	}
	if c := w.load(t, w.ofDepartment); c.Revision != 2 {
		t.Errorf("revision %d, want 2: one save", c.Revision)
	}
}

func TestWhatOneMayNotSeeDoesNotExist(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	touched := false
	change := func(act actor.Actor, ref submission.Ref) error {
		_, err := submission.Change(t.Context(), w.db, act, start, post.Once{}, ref, func(pgx.Tx, *submission.Case) (string, error) {
			touched = true
			return "", nil
		})
		return err
	}
	for _, who := range []string{"an", "giang", "mat-tran"} {
		if err := change(w.people[who], w.ofDepartment); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
	nowhere := w.ofDepartment
	nowhere.Unit = "khong-co"
	if err := change(w.people["quan-tri"], nowhere); !errors.Is(err, fault.NotFound) {
		t.Errorf("a submission that is not: %v", err)
	}
	if touched {
		t.Error("the change was begun")
	}
	if err := change(w.people["quan-tri"], w.ofDepartment); err != nil || !touched {
		t.Errorf("the administrator: %v", err)
	}
}

func TestADoubtIsAnsweredOnceUntilItsFactsChange(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	found := func(fingerprint string) []submission.Doubt {
		return []submission.Doubt{{Code: "no_review", Fingerprint: fingerprint, Message: "Kế hoạch chưa có hoạt động sơ kết"}}
	}
	answer := func(who string, d submission.Doubt, text string) error {
		return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			return submission.AnswerDoubt(t.Context(), tx, w.people[who], start, c, d, text)
		})
	}
	asked := func(fingerprint string) submission.Doubt {
		t.Helper()
		ds, err := submission.Doubts(t.Context(), w.db, w.load(t, w.ofDepartment).ID, found(fingerprint))
		if err != nil || len(ds) != 1 {
			t.Fatalf("%+v, %v", ds, err)
		}
		return ds[0]
	}
	refusedFor(t, answer("lan", found("1")[0], " "), "answer")
	if err := answer("hoa", found("1")[0], "Có lý do"); !errors.Is(err, fault.Forbidden) {
		t.Errorf("answered by the receiver: %v", err)
	}
	if got := asked("1"); got.Answer != "" {
		t.Errorf("answered already: %+v", got)
	}
	if err := answer("lan", found("1")[0], "Gộp vào hội nghị cuối năm"); err != nil {
		t.Fatal(err)
	}
	if got := asked("1"); got.Answer != "Gộp vào hội nghị cuối năm" || got.ByName != "Nguyễn Thị Lan" {
		t.Errorf("got %+v", got)
	}
	if got := asked("2"); got.Answer != "" {
		t.Errorf("other facts are not asked about again: %+v", got)
	}
	if err := answer("minh", found("2")[0], "Vẫn gộp"); err != nil {
		t.Fatal(err)
	}
	if got := asked("2"); got.Answer != "Vẫn gộp" {
		t.Errorf("got %+v", got)
	}
}
