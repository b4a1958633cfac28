package database_test

import (
	"context"
	"fmt"
	"net"
	"testing"
	"time"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestAbsentDatabaseIsUnavailable(t *testing.T) {
	t.Parallel()
	pool, err := database.Open(t.Context(), "postgres://danvan_app@127.0.0.1:1/danvan")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := database.Ready(t.Context(), pool); !database.IsUnavailable(err) {
		t.Errorf("got %v, want it unavailable", err)
	}
}

func TestSilentDatabaseIsUnavailableWithinSeconds(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	pool, err := database.Open(t.Context(), fmt.Sprintf("postgres://danvan_app@%s/danvan", silent.Addr()))
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	if err := database.Ready(t.Context(), pool); !database.IsUnavailable(err) {
		t.Errorf("got %v, want it unavailable", err)
	}
}

func TestSlowStatementIsUnavailable(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	if _, err := tx.Exec(t.Context(), "set local statement_timeout = '10ms'"); err != nil {
		t.Fatal(err)
	}
	if err := try(t, tx, "select pg_sleep(5)"); !database.IsUnavailable(err) {
		t.Errorf("got %v, want it unavailable", err)
	}
}

func TestMissedDeadlineIsUnavailableButALeftReaderIsNot(t *testing.T) {
	t.Parallel()
	pool := dbtest.New(t)
	late, stop := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer stop()
	if _, err := pool.Exec(late, "select pg_sleep(5)"); !database.IsUnavailable(err) {
		t.Errorf("deadline: got %v, want it unavailable", err)
	}
	left, leave := context.WithCancel(t.Context())
	time.AfterFunc(10*time.Millisecond, leave)
	if _, err := pool.Exec(left, "select pg_sleep(5)"); err == nil || database.IsUnavailable(err) {
		t.Errorf("the reader left: got %v, want an error that is not unavailable", err)
	}
}

func TestEndedConnectionIsUnavailable(t *testing.T) {
	t.Parallel()
	tx := dbtest.New(t)
	conn, err := tx.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	_, err = conn.Exec(t.Context(), "select pg_terminate_backend(pg_backend_pid())")
	if !database.IsUnavailable(err) {
		t.Errorf("ended: got %v, want it unavailable", err)
	}
	if _, err = conn.Exec(t.Context(), "select 1"); !database.IsUnavailable(err) {
		t.Errorf("used after its end: got %v, want it unavailable", err)
	}
}

func TestMistakesAreNotUnavailable(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	for _, stmt := range []string{
		"select nothing",
		"select 1 / 0",
		"insert into audit_head (subject, seq, prev, hash) values ('a', 1, '', ''), ('a', 1, '', '')",
		"update audit set action = 'nothing'",
	} {
		if err := try(t, tx, stmt); err == nil || database.IsUnavailable(err) {
			t.Errorf("%s: got %v, want an error that is not unavailable", stmt, err)
		}
	}
	if database.IsUnavailable(nil) {
		t.Error("no error is unavailable")
	}
}
