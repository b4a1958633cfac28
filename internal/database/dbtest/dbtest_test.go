//go:build unix

package dbtest_test

import (
	"syscall"
	"testing"
	"time"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestEachTestHasADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	const name = `select current_database()::text`
	one, err := database.Value[string](t.Context(), dbtest.New(t), name, nil)
	if err != nil {
		t.Fatal(err)
	}
	other, err := database.Value[string](t.Context(), dbtest.New(t), name, nil)
	if err != nil {
		t.Fatal(err)
	}
	if one == other {
		t.Errorf("two tests share %s", one)
	}
}

func TestDatabaseIsGoneAfterItsTest(t *testing.T) {
	t.Parallel()
	var name string
	t.Run("inner", func(t *testing.T) {
		var err error
		name, err = database.Value[string](t.Context(), dbtest.New(t), `select current_database()::text`, nil)
		if err != nil {
			t.Fatal(err)
		}
	})
	left, err := database.Value[bool](t.Context(), dbtest.Tx(t), `
		select exists (select from pg_database where datname = @name)`,
		database.Args{"name": name})
	if err != nil || left {
		t.Errorf("%s is left behind: %t, %v", name, left, err)
	}
}

func TestWhatATransactionDidIsGoneAfterItsTest(t *testing.T) {
	t.Parallel()
	t.Run("inner", func(t *testing.T) {
		if _, err := dbtest.Tx(t).Exec(t.Context(), `insert into audit_head (subject, seq, prev, hash) values ('dbtest', 1, '', '')`); err != nil {
			t.Fatal(err)
		}
	})
	n, err := database.Value[int](t.Context(), dbtest.Tx(t), `select count(*) from audit_head where subject = 'dbtest'`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d rows left behind, %v", n, err)
	}
}

func TestDurableDatabaseKeepsWhatItAcknowledgedWhenKilled(t *testing.T) {
	t.Parallel()
	s := dbtest.Durable(t)
	pool, err := database.Open(t.Context(), s.AppURL())
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if _, err := pool.Exec(t.Context(), `insert into audit_head (subject, seq, prev, hash) values ('killed', 1, '', '')`); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(s.PID(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	var n int
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		n, err = database.Value[int](t.Context(), pool, `select count(*) from audit_head where subject = 'killed'`, nil)
		if err == nil || !database.IsUnavailable(err) || time.Now().After(end) {
			break
		}
	}
	if err != nil || n != 1 {
		t.Errorf("%d acknowledged rows found, want 1, %v", n, err)
	}
}

func BenchmarkClone(b *testing.B) {
	for b.Loop() {
		dbtest.New(b)
	}
}
