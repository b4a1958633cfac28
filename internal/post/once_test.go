package post_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/notify"
	"danvan/internal/post"
)

const key = "K7QX2M5T9W4Z8R3V"

func form(key, body string) post.Once {
	sum := sha256.Sum256([]byte(body))
	return post.Once{Key: key, Body: sum[:]}
}

// leave is something that shows when it is done twice.
func leave(by actor.Actor, result string) func(tx pgx.Tx) (string, error) {
	return func(tx pgx.Tx) (string, error) {
		return result, notify.TellPerson(context.Background(), tx, business, by.Person, "test", result)
	}
}

func do(t testing.TB, db database.DB, act actor.Actor, o post.Once, fn func(tx pgx.Tx) (string, error)) string {
	t.Helper()
	got, err := o.Do(t.Context(), db, act, fn)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAFormPostedAgainIsCarriedOutOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	lan, _ := twoPeople(t, db)
	if got := do(t, db, lan, form(key, "a"), leave(lan, "2.1")); got != "2.1" {
		t.Errorf("first: %q", got)
	}
	if got := do(t, db, lan, form(key, "a"), leave(lan, "2.2")); got != "2.1" {
		t.Errorf("again: %q, want what the first one led to", got)
	}
	if got := count(t, db, "notice"); got != 1 {
		t.Errorf("done %d times", got)
	}
}

func TestAnotherTextAnotherFormAndAnotherPersonAreNewPosts(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	lan, minh := twoPeople(t, db)
	do(t, db, lan, form(key, "a"), leave(lan, "1"))
	for want, again := range map[string]struct {
		act actor.Actor
		o   post.Once
	}{
		"text":   {lan, form(key, "b")},
		"form":   {lan, form(key+"2", "a")},
		"person": {minh, form(key, "a")},
		"no key": {lan, post.Once{}},
	} {
		if got := do(t, db, again.act, again.o, leave(lan, want)); got != want {
			t.Errorf("another %s: got %q", want, got)
		}
	}
	do(t, db, lan, post.Once{}, leave(lan, "no key"))
	if got := count(t, db, "notice"); got != 6 {
		t.Errorf("done %d times, want 6", got)
	}
}

func TestAFailureIsForgottenAndCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	lan, _ := twoPeople(t, db)
	broken := errors.New("broken")
	_, err := form(key, "a").Do(t.Context(), db, lan, func(tx pgx.Tx) (string, error) {
		if _, err := leave(lan, "x")(tx); err != nil {
			return "", err
		}
		return "x", broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if n, m := count(t, db, "notice"), count(t, db, "idempotency"); n != 0 || m != 0 {
		t.Errorf("a failure left %d notices and %d keys", n, m)
	}
	if got := do(t, db, lan, form(key, "a"), leave(lan, "2.1")); got != "2.1" {
		t.Errorf("tried again: %q", got)
	}
}

func TestAPostCarriedOutInPartCanBeRepeated(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	lan, _ := twoPeople(t, db)
	do(t, db, lan, form(key, "a"), leave(lan, ""))
	do(t, db, lan, form(key, "a"), leave(lan, "2.1"))
	if n, m := count(t, db, "notice"), count(t, db, "idempotency"); n != 2 || m != 1 {
		t.Errorf("%d notices and %d keys, want 2 and 1", n, m)
	}
}

func TestCopiesThatArriveTogetherAreCarriedOutOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	lan, _ := twoPeople(t, db)
	for round := range 10 {
		o := form(key, string(rune('a'+round)))
		var all sync.WaitGroup
		results := make([]string, 4)
		for i := range results {
			all.Go(func() {
				got, err := o.Do(t.Context(), db, lan, func(tx pgx.Tx) (string, error) {
					time.Sleep(time.Millisecond) // lets the others arrive
					return leave(lan, string(rune('0'+i)))(tx)
				})
				if err != nil {
					t.Error(err)
				}
				results[i] = got
			})
		}
		all.Wait()
		for _, got := range results {
			if got == "" || got != results[0] {
				t.Errorf("copies were told %q", results)
				break
			}
		}
	}
	if got := count(t, db, "notice"); got != 10 {
		t.Errorf("done %d times, want 10", got)
	}
}

func TestWhenTheFirstCopyFailsTheWaitingOneIsCarriedOut(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	lan, _ := twoPeople(t, db)
	broken := errors.New("broken")
	inside := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		_, err := form(key, "a").Do(t.Context(), db, lan, func(pgx.Tx) (string, error) {
			close(inside)
			time.Sleep(20 * time.Millisecond) // the second one is waiting by then
			return "", broken
		})
		if !errors.Is(err, broken) {
			t.Errorf("first: %v", err)
		}
	})
	<-inside
	if got := do(t, db, lan, form(key, "a"), leave(lan, "2.1")); got != "2.1" {
		t.Errorf("second: %q", got)
	}
	all.Wait()
	if got := count(t, db, "notice"); got != 1 {
		t.Errorf("done %d times", got)
	}
}

func TestTheAgeOfAKeyIsMachineTime(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	lan, _ := twoPeople(t, db)
	do(t, db, lan, form(key, "a"), leave(lan, "2.1"))
	if err := post.Sweep(t.Context(), db, time.Now()); err != nil {
		t.Fatal(err)
	}
	if got := count(t, db, "idempotency"); got != 1 {
		t.Error("a key made just now was swept")
	}
}
