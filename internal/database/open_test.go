package database_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestSessionsAreBoundedAndInUTC(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	for setting, want := range map[string]string{
		"TimeZone":                            "UTC",
		"statement_timeout":                   "20s",
		"lock_timeout":                        "5s",
		"idle_in_transaction_session_timeout": "1min",
		"application_name":                    "danvan",
	} {
		got, err := database.Value[string](t.Context(), tx, `select current_setting(@name)`, database.Args{"name": setting})
		if err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", setting, got, err, want)
		}
	}
}

func TestConnectionsEndedByTheServerAreReplacedUnseen(t *testing.T) {
	t.Parallel()
	url := dbtest.NewURL(t).App
	pool, err := database.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	ender, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer ender.Close(t.Context())
	for range 5 {
		for _, err := range together(t, pool) {
			if err != nil {
				t.Fatal(err)
			}
		}
		ended, err := database.Values[bool](t.Context(), ender, `select pg_terminate_backend(pid) from `+others, nil)
		if err != nil || len(ended) != 16 || slices.Contains(ended, false) {
			t.Fatalf("ended %v, %v", ended, err)
		}
		for left := 16; left > 0; {
			if left, err = database.Value[int](t.Context(), ender, `select count(*) from `+others, nil); err != nil {
				t.Fatal(err)
			}
		}
		for _, err := range together(t, pool) {
			if err != nil {
				t.Errorf("a request got %v", err)
			}
		}
	}
}

// others are the other connections to the database of this one.
const others = `pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`

// together asks on as many connections at once as the pool has.
func together(t *testing.T, pool *pgxpool.Pool) []error {
	t.Helper()
	errs := make([]error, pool.Config().MaxConns)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { _, errs[i] = pool.Exec(t.Context(), `select pg_sleep(0.05)`) })
	}
	all.Wait()
	return errs
}

func BenchmarkAcquire(b *testing.B) {
	pool := dbtest.New(b)
	for b.Loop() {
		c, err := pool.Acquire(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		c.Release()
	}
}

func TestTimesAreReadInUTC(t *testing.T) {
	t.Parallel()
	got, err := database.Value[time.Time](t.Context(), dbtest.Tx(t), `select timestamptz '2022-11-28 08:00+07'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2022, 11, 28, 1, 0, 0, 0, time.UTC); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRoleOfReadsBothFormsOfAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"postgres://danvan_app:x@db.example/danvan",
		"host=/run/danvan user=danvan_app dbname=danvan",
	} {
		if got, err := database.RoleOf(address); err != nil || got != "danvan_app" {
			t.Errorf("%s: got %q, %v", address, got, err)
		}
	}
	if _, err := database.RoleOf("postgres://%zz"); err == nil {
		t.Error("an address nobody can read was accepted")
	}
}
