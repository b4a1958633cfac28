package audit_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/viet"
)

var (
	lan = actor.Actor{Person: 7, Name: "Nguyễn Thị Lan", From: "10.0.0.7"}
	now = time.Date(2022, time.March, 30, 9, 15, 0, 123456789, viet.Location)
)

func entry(subject, action string) audit.Entry {
	return audit.Entry{
		Subject: subject, Action: action, Authority: string(actor.Staff), VersionID: 3,
		Before: map[string]any{"title": "Đối thoại <cũ> & \"mới\"", "percent": 12.50},
		After:  map[string]any{"title": "Đối thoại trực tiếp", "fields": map[string]string{"a": ""}},
	}
}

func record(t testing.TB, db database.DB, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		err := database.InTx(t.Context(), db, func(tx pgx.Tx) error {
			return audit.Record(t.Context(), tx, lan, now, e)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// threeSubjects fills db with seven entries about three subjects. In a database
// shared with other tests their names need a prefix, or the tests wait for one another.
func threeSubjects(t testing.TB, db database.DB, prefix string) {
	t.Helper()
	one, two, nine := prefix+"submission/1", prefix+"submission/2", prefix+"unit/9"
	record(t, db,
		entry(one, "saved"), entry(two, "saved"), entry(one, "sent"),
		entry(nine, "renamed"), entry(one, "signed_off"), entry(two, "sent"),
		audit.Entry{Subject: two, Action: "taken_back"})
}

func verify(t testing.TB, db database.DB) audit.Report {
	t.Helper()
	r, err := audit.Verify(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func seal(t testing.TB, db database.DB) {
	t.Helper()
	if err := audit.Seal(t.Context(), db, time.Now()); err != nil {
		t.Fatal(err)
	}
}

func TestAnUntouchedRecordVerifies(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	if got := verify(t, db); !cmp.Equal(got, audit.Report{}) {
		t.Errorf("an empty record: %+v", got)
	}
	threeSubjects(t, db, t.Name()+"/")
	want := audit.Report{Entries: 7, Subjects: 3}
	if diff := cmp.Diff(want, verify(t, db)); diff != "" {
		t.Errorf("before a seal (-want +got):\n%s", diff)
	}
	seal(t, db)
	want.Seals = 1
	if diff := cmp.Diff(want, verify(t, db)); diff != "" {
		t.Errorf("after a seal (-want +got):\n%s", diff)
	}
}

func TestASealIsAddedOnlyWhenSomethingWasRecordedSince(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	seal(t, db)
	if got := verify(t, db).Seals; got != 0 {
		t.Errorf("%d seals over nothing", got)
	}
	threeSubjects(t, db, t.Name()+"/")
	seal(t, db)
	seal(t, db)
	if got := verify(t, db).Seals; got != 1 {
		t.Errorf("%d seals, want 1", got)
	}
	two, three := t.Name()+"/submission/2", t.Name()+"/submission/3"
	record(t, db, entry(two, "saved"), entry(three, "saved"))
	seal(t, db)
	r := verify(t, db)
	if r.Seals != 2 || len(r.Faults) > 0 {
		t.Errorf("after more entries: %+v", r)
	}
	heads, err := database.Values[string](t.Context(), db, `
		select subject from audit_seal_head where no = 2 order by subject`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{two, three}; !slices.Equal(heads, want) {
		t.Errorf("second seal covers %v, want %v", heads, want)
	}
}

func TestHistoryTellsTheNewestFirstAndOnlyWhatIsAsked(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	threeSubjects(t, db, t.Name()+"/")
	lines, err := audit.History(t.Context(), db, t.Name()+"/submission/1", 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(lines) != 2 || lines[0].Action != "signed_off" || lines[1].Action != "sent" {
		t.Fatalf("got %+v", lines)
	}
	var after map[string]any
	if err := json.Unmarshal(lines[0].After, &after); err != nil || after["title"] != "Đối thoại trực tiếp" {
		t.Errorf("after = %s, %v", lines[0].After, err)
	}
	l := lines[0]
	if l.Person != lan.Name || *l.PersonID != 7 || l.Authority != "staff" || *l.VersionID != 3 || !l.At.Equal(now.Truncate(time.Microsecond)) {
		t.Errorf("who and when = %+v", l)
	}
	lines, err = audit.History(t.Context(), db, t.Name()+"/submission/1", 9, "saved", "renamed")
	if err != nil || len(lines) != 1 || lines[0].Action != "saved" {
		t.Errorf("asked for two actions, got %+v, %v", lines, err)
	}
}

func TestTheApplicationCanNeitherChangeNorDeleteWhatIsRecorded(t *testing.T) {
	t.Parallel()
	for _, stmt := range []string{
		"update audit set person = 'Ai đó'",
		"delete from audit",
		"truncate audit",
		"update audit_2022 set person = 'Ai đó'",
		"delete from audit_2022",
		"update audit_seal set heads = 0",
		"delete from audit_seal",
		"update audit_seal_head set seq = 0",
		"delete from audit_seal_head",
		"alter table audit disable trigger all",
		"drop table audit_seal",
	} {
		t.Run(stmt, func(t *testing.T) {
			t.Parallel()
			db := dbtest.Tx(t)
			threeSubjects(t, db, t.Name()+"/")
			seal(t, db)
			_, err := db.Exec(t.Context(), stmt)
			if denied, ok := errors.AsType[*pgconn.PgError](err); !ok || denied.Code != "42501" {
				t.Errorf("got %v, want permission denied", err)
			}
		})
	}
}

func TestEvenTheOwnerIsStoppedByTheTrigger(t *testing.T) {
	t.Parallel()
	owner, _ := tampered(t)
	for _, stmt := range []string{"update audit set person = 'Ai đó'", "delete from audit_2022"} {
		_, err := owner.Exec(t.Context(), stmt)
		if refused, ok := errors.AsType[*pgconn.PgError](err); !ok || refused.Code != "23001" {
			t.Errorf("%s: got %v, want a refusal", stmt, err)
		}
	}
}

// tampered returns a sealed record: the owner's connection, and the portal's.
func tampered(t testing.TB) (owner *pgx.Conn, app *pgxpool.Pool) {
	t.Helper()
	urls := dbtest.NewURL(t)
	app, err := database.Open(t.Context(), urls.App)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Close)
	owner, err = pgx.Connect(t.Context(), urls.Owner)
	if err != nil {
		t.Fatal(err)
	}
	// t.Context is cancelled by then.
	t.Cleanup(func() { _ = owner.Close(context.Background()) })
	threeSubjects(t, app, "")
	seal(t, app)
	record(t, app, entry("submission/2", "saved"))
	return owner, app
}

func TestWhoeverBypassesTheTriggersIsFoundOut(t *testing.T) {
	t.Parallel()
	const lastOfOne = `delete from audit where subject = 'submission/1' and seq = 3`
	tests := map[string]struct {
		attack []string
		want   string // part of a fault
	}{
		"a name is altered": {
			[]string{`update audit set person = 'Ai đó' where subject = 'submission/1' and seq = 2`},
			"submission/1 #2: columns do not match",
		},
		"the person is altered": {
			[]string{`update audit set person_id = 8 where subject = 'unit/9'`},
			"unit/9 #1: columns do not match",
		},
		"a value is altered": {
			[]string{`update audit set after = '{"title": "Khác"}' where subject = 'submission/2' and seq = 1`},
			"submission/2 #1: columns do not match",
		},
		"the hashed content is altered": {
			[]string{`update audit set content = convert_to(replace(convert_from(content, 'utf8'), 'saved', 'saveD'), 'utf8') where subject = 'submission/1' and seq = 1`},
			"submission/1 #1: content does not match its hash",
		},
		"an entry is altered and hashed again": {
			[]string{
				`update audit set content = convert_to(replace(convert_from(content, 'utf8'), '"action":"saved"', '"action":"filed"'), 'utf8'), action = 'filed' where subject = 'submission/1' and seq = 1`,
				`update audit set hash = sha256(prev || content) where subject = 'submission/1' and seq = 1`,
			},
			"submission/1 #2: does not follow its predecessor",
		},
		"an entry in the middle is deleted": {
			[]string{`delete from audit where subject = 'submission/1' and seq = 2`},
			"submission/1 #3: expected #2",
		},
		"the newest entry is deleted": {
			[]string{lastOfOne},
			"submission/1: its newest entries are missing",
		},
		"the newest entry is deleted and the head put back": {
			[]string{lastOfOne,
				`update audit_head set seq = 2, hash = (select hash from audit where subject = 'submission/1' and seq = 2) where subject = 'submission/1'`},
			"submission/1 #3: is not as seal 1 has it",
		},
		"a whole subject is deleted": {
			[]string{`delete from audit where subject = 'unit/9'`, `delete from audit_head where subject = 'unit/9'`},
			"unit/9: all its entries are missing since seal 1",
		},
		"a whole subject is deleted with its seal": {
			[]string{`delete from audit where subject = 'unit/9'`, `delete from audit_head where subject = 'unit/9'`,
				`delete from audit_seal_head where subject = 'unit/9'`},
			"seal 1 is broken",
		},
		"only the head is deleted": {
			[]string{`delete from audit_head where subject = 'unit/9'`},
			"unit/9: its head is missing",
		},
		"a seal is altered": {
			[]string{`update audit_seal set at = at + interval '1 hour'`},
			"seal 1 is broken",
		},
		"the seals are deleted": {
			[]string{`delete from audit_seal_head`, `delete from audit_seal`},
			"unit/9 #1: its seal is missing",
		},
	}
	owner, app := tampered(t)
	if r := verify(t, app); len(r.Faults) > 0 {
		t.Fatalf("before any attack: %v", r.Faults)
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			tx, err := owner.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer tx.Rollback(context.WithoutCancel(t.Context()))
			if _, err := tx.Exec(t.Context(), `alter table audit_2022 disable trigger all`); err != nil {
				t.Fatal(err)
			}
			for _, stmt := range tt.attack {
				tag, err := tx.Exec(t.Context(), stmt)
				if err != nil {
					t.Fatalf("%s: %v", stmt, err)
				}
				if tag.RowsAffected() == 0 {
					t.Fatalf("%s: touched nothing", stmt)
				}
			}
			faults := verify(t, tx).Faults
			if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, tt.want) }) {
				t.Errorf("faults %q, want one with %q", faults, tt.want)
			}
		})
	}
}

func TestWritersOfOneSubjectWaitForOneAnother(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	first, err := db.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer first.Rollback(context.WithoutCancel(t.Context()))
	if err := audit.Record(t.Context(), first, lan, now, entry("submission/1", "saved")); err != nil {
		t.Fatal(err)
	}
	second := make(chan error, 1)
	go func() {
		second <- database.InTx(t.Context(), db, func(tx pgx.Tx) error {
			return audit.Record(t.Context(), tx, lan, now, entry("submission/1", "sent"))
		})
	}()
	waitForBlockedWriter(t, db)
	select {
	case err := <-second:
		t.Fatalf("the second writer did not wait: %v", err)
	default:
	}
	if err := first.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-second; err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(audit.Report{Entries: 2, Subjects: 1}, verify(t, db)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// waitForBlockedWriter returns once a connection to the database waits for a lock.
func waitForBlockedWriter(t testing.TB, db database.DB) {
	t.Helper()
	for range 1000 {
		waiting, err := database.Value[bool](t.Context(), db, `
			select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if waiting {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("nobody waits for a lock")
}

func TestWritersOfDifferentSubjectsAndTheSealDoNotWait(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	record(t, db, entry("submission/1", "saved"))
	open, err := db.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer open.Rollback(context.WithoutCancel(t.Context()))
	if err := audit.Record(t.Context(), open, lan, now, entry("submission/1", "sent")); err != nil {
		t.Fatal(err)
	}
	// A wait would end in lock_timeout, an error.
	record(t, db, entry("submission/2", "saved"), entry("submission/3", "saved"))
	seal(t, db)
	if r := verify(t, db); r.Entries != 3 || r.Seals != 1 || len(r.Faults) > 0 {
		t.Errorf("beside an open writer: %+v", r)
	}
	if err := open.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	seal(t, db)
	want := audit.Report{Entries: 4, Subjects: 3, Seals: 2}
	if diff := cmp.Diff(want, verify(t, db)); diff != "" {
		t.Errorf("the subject left out is in the next seal (-want +got):\n%s", diff)
	}
}

func TestVerifyingBesideWritersFindsNothingWrong(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	done := make(chan error, 1)
	go func() {
		var err error
		for i := 0; i < 60 && err == nil; i++ {
			err = database.InTx(t.Context(), db, func(tx pgx.Tx) error {
				return audit.Record(t.Context(), tx, lan, now, entry("submission/1", "saved"))
			})
			if err == nil && i%7 == 0 {
				err = audit.Seal(t.Context(), db, time.Now())
			}
		}
		done <- err
	}()
	for {
		if r := verify(t, db); len(r.Faults) > 0 {
			t.Errorf("%+v", r)
		}
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			return
		default:
		}
	}
}

func TestWhatCannotBeWrittenAsJSONIsAnError(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	for _, e := range []audit.Entry{
		{Subject: "submission/1", Action: "saved", Before: func() {}},
		{Subject: "submission/1", Action: "saved", After: make(chan int)},
	} {
		if err := audit.Record(t.Context(), db, lan, now, e); err == nil {
			t.Errorf("%T/%T was recorded", e.Before, e.After)
		}
	}
	if got := verify(t, db).Entries; got != 0 {
		t.Errorf("%d entries", got)
	}
}
