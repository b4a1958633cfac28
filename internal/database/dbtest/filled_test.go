package dbtest_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestFillingHappensOnceAndEveryTestHasItsOwnCopy(t *testing.T) {
	t.Parallel()
	var times atomic.Int32
	fill := func(ctx context.Context, urls dbtest.URLs) error {
		times.Add(1)
		conn, err := pgx.Connect(ctx, urls.App)
		if err != nil {
			return err
		}
		_, err = conn.Exec(ctx, "insert into unit (slug) values ('snv')")
		return errors.Join(err, conn.Close(ctx))
	}
	t.Run("copies", func(t *testing.T) {
		for _, name := range []string{"one", "another", "a third"} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				conn, err := pgx.Connect(t.Context(), dbtest.Filled(t, "testcopy", fill).App)
				if err != nil {
					t.Fatal(err)
				}
				slug, err := database.Value[string](t.Context(), conn, "delete from unit returning slug", nil)
				if err != nil || slug != "snv" {
					t.Errorf("the copy is not as it was filled: %q, %v", slug, err)
				}
			})
		}
	})
	// An earlier run on this server may have left the template.
	if n := times.Load(); n > 1 {
		t.Errorf("filled %d times", n)
	}
	if a, b := dbtest.FilledOnce(t, "testcopy", fill), dbtest.FilledOnce(t, "testcopy", fill); a != b {
		t.Errorf("the shared copy is at %s and at %s", a.App, b.App)
	}
}

func TestFailedFillingFailsTheTest(t *testing.T) {
	t.Parallel()
	probe := &probe{TB: t}
	func() {
		defer func() { _ = recover() }() // Fatal ends the probe
		dbtest.Filled(probe, "testbroken", func(context.Context, dbtest.URLs) error { return errors.New("broken") })
	}()
	if !probe.failed {
		t.Error("a broken filling passed")
	}
}

// probe is a test that may fail.
type probe struct {
	testing.TB
	failed bool
}

func (p *probe) Fatal(...any) {
	p.failed = true
	panic("failed")
}
