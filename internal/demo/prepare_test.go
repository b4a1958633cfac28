package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/evidence"
	"danvan/internal/installation"
)

func place(t *testing.T, urls dbtest.URLs) demo.Place {
	t.Helper()
	app, err := database.Open(t.Context(), urls.App)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(app.Close)
	files, err := evidence.Open(t.TempDir(), evidence.DefaultMax)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() })
	return demo.Place{App: app, AppURL: urls.App, OwnerURL: urls.Owner, Files: files}
}

func TestAReadyDemonstrationStaysUntilItShallBeFreshAndABrokenOffOneStartsOver(t *testing.T) {
	t.Parallel()
	urls := demotest.NewURL(t)
	p, other := place(t, urls), place(t, urls)
	other.Files = p.Files
	sessions := func() int { return count(t, other.App, "select count(*) from person_session", nil) }
	signIn(t, p.App, "stp.chuyenvien")
	if _, err := p.App.Exec(t.Context(), `update installation set demo_clock = demo_clock + interval '9 days'`); err != nil {
		t.Fatal(err)
	}
	if err := demo.Prepare(t.Context(), p, false); err != nil {
		t.Fatal(err)
	}
	if sessions() != 1 {
		t.Error("what was done in the demonstration is gone")
	}

	t.Run("a fresh one is broken off", func(t *testing.T) {
		filling, breakOff := context.WithCancel(t.Context())
		defer breakOff()
		go func() {
			for ; filling.Err() == nil; time.Sleep(5 * time.Millisecond) {
				if begun, err := demo.Unfinished(filling, other.App); err == nil && begun {
					breakOff()
				}
			}
		}()
		if err := demo.Prepare(filling, p, true); !errors.Is(err, context.Canceled) {
			t.Fatalf("broken off: got %v, want %v", err, context.Canceled)
		}
		if sessions() != 0 {
			t.Error("the fresh demonstration is not fresh")
		}
		if unfinished, err := demo.Unfinished(t.Context(), p.App); err != nil || !unfinished {
			t.Fatalf("broken off: got %t, %v", unfinished, err)
		}
		if err := demo.Load(t.Context(), p.App, p.Files, time.Now()); !errors.Is(err, demo.ErrNotEmpty) {
			t.Errorf("loading on top: got %v, want %v", err, demo.ErrNotEmpty)
		}
	})

	var both errgroup.Group
	for _, p := range []demo.Place{p, other} {
		both.Go(func() error { return demo.Prepare(t.Context(), p, false) })
	}
	if err := both.Wait(); err != nil {
		t.Fatal(err)
	}
	for _, p := range []demo.Place{p, other} {
		if got := count(t, p.App, "select count(*) from unit", nil); got != 116 {
			t.Errorf("%d units, want 116", got)
		}
		if unfinished, err := demo.Unfinished(t.Context(), p.App); err != nil || unfinished {
			t.Errorf("finished: got %t, %v", unfinished, err)
		}
		if err := database.Ready(t.Context(), p.App); err != nil {
			t.Errorf("the fresh demonstration is not ready: %v", err)
		}
	}
	if clock, err := database.Value[time.Time](t.Context(), p.App, `select demo_clock from installation`, nil); err != nil || !clock.Equal(demo.Start) {
		t.Errorf("the clock stands at %v, %v, want it back at %v", clock, err, demo.Start)
	}
	if sessions() != 0 {
		t.Error("somebody is signed in from before")
	}
	signIn(t, p.App, "stp.chuyenvien")
}

func TestARealDatabaseIsNeverTouched(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	p := place(t, urls)
	if err := installation.MarkReal(t.Context(), p.App); err != nil {
		t.Fatal(err)
	}
	role, err := database.RoleOf(urls.App)
	if err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"prepare":       demo.Prepare(t.Context(), p, false),
		"prepare fresh": demo.Prepare(t.Context(), p, true),
		"reset":         demo.Reset(t.Context(), urls.Owner, role),
	} {
		if !errors.Is(err, installation.ErrIsReal) {
			t.Errorf("%s: got %v, want %v", what, err, installation.ErrIsReal)
		}
	}
	if mode, err := installation.ModeOf(t.Context(), p.App); err != nil || mode != installation.Real {
		t.Errorf("got %s, %v, want %s", mode, err, installation.Real)
	}
}

func TestAnEmptyServerBecomesADemonstration(t *testing.T) {
	t.Parallel()
	urls := dbtest.Empty(t)
	role, err := database.RoleOf(urls.App)
	if err != nil {
		t.Fatal(err)
	}
	if err := database.Migrate(t.Context(), urls.Owner, role); err != nil {
		t.Fatal(err)
	}
	// What a reset leaves is what a migration makes.
	if err := demo.Reset(t.Context(), urls.Owner, role); err != nil {
		t.Fatal(err)
	}
	p := place(t, urls)
	if err := database.Ready(t.Context(), p.App); err != nil {
		t.Error(err)
	}
	if _, err := p.App.Exec(t.Context(), "create table more (x int)"); err == nil {
		t.Error("the application's role may make tables")
	}
	if _, err := p.App.Exec(t.Context(), "delete from audit"); err == nil {
		t.Error("the application's role may delete from the audit")
	}
}
