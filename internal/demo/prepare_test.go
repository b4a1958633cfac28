package demo_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

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

// That a filling which was broken off is made up for to its end, by one of several
// processes, is seen where danvan itself runs, see TestFreshDemoStartsOver there.
func TestAReadyDemonstrationStaysUntilItShallBeFreshAndABrokenOffOneStartsOver(t *testing.T) {
	t.Parallel()
	urls := demotest.NewURL(t)
	p, watch := place(t, urls), place(t, urls).App
	left := func(t *testing.T) int {
		t.Helper()
		return count(t, watch, "select count(*) from person_session", nil) + count(t, watch, "select count(*) from person where name = 'Người Thừa'", nil)
	}
	signIn(t, p.App, "stp.chuyenvien")
	if _, err := p.App.Exec(t.Context(), `update installation set demo_clock = demo_clock + interval '9 days'`); err != nil {
		t.Fatal(err)
	}
	if err := demo.Prepare(t.Context(), p, false); err != nil {
		t.Fatal(err)
	}
	if left(t) != 1 {
		t.Error("what was done in the demonstration is gone")
	}

	for _, fresh := range []bool{true, false} { // the second starts over what is left of the first
		brokenOff(t, p, watch, fresh)
		if left(t) != 0 {
			t.Errorf("fresh %t: something is there from before", fresh)
		}
		if unfinished, err := demo.Unfinished(t.Context(), p.App); err != nil || !unfinished {
			t.Fatalf("fresh %t: got %t, %v, want it unfinished", fresh, unfinished, err)
		}
		if got := count(t, p.App, "select count(*) from unit", nil); got != 116 {
			t.Errorf("fresh %t: %d units, want 116", fresh, got)
		}
		if err := database.Ready(t.Context(), p.App); err != nil {
			t.Errorf("fresh %t: not ready: %v", fresh, err)
		}
		if err := demo.Load(t.Context(), p.App, p.Files, time.Now()); !errors.Is(err, demo.ErrNotEmpty) {
			t.Errorf("fresh %t: loading on top: got %v, want %v", fresh, err, demo.ErrNotEmpty)
		}
		if _, err := p.App.Exec(t.Context(), `insert into person (name, name_sort) values ('Người Thừa', 'nguoi thua')`); err != nil {
			t.Fatal(err)
		}
		signIn(t, p.App, "stp.chuyenvien")
	}
}

// brokenOff prepares the demonstration until a filling has begun, with nobody from
// before: as watch sees it.
func brokenOff(t *testing.T, p demo.Place, watch *pgxpool.Pool, fresh bool) {
	t.Helper()
	filling, breakOff := context.WithCancel(t.Context())
	defer breakOff()
	go func() {
		for ; filling.Err() == nil; time.Sleep(5 * time.Millisecond) {
			begun, err := database.Value[bool](filling, watch, `
				select exists (
					select from installation
					where mode = 'empty'
					  and exists (select from credential)
					  and not exists (select from person_session))`, nil)
			if err == nil && begun {
				breakOff()
			}
		}
	}()
	if err := demo.Prepare(filling, p, fresh); !errors.Is(err, context.Canceled) {
		t.Fatalf("broken off: got %v, want %v", err, context.Canceled)
	}
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
