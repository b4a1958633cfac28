package demo_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/evidence"
	"danvan/internal/installation"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func count(t *testing.T, db *pgxpool.Pool, query string, args database.Args) int {
	t.Helper()
	n, err := database.Value[int](t.Context(), db, query, args)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTheDemonstrationBeginsOnTheTwentyEighthOfNovember(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	mode, err := installation.ModeOf(t.Context(), db)
	if err != nil || mode != installation.Demo {
		t.Errorf("got %s, %v, want %s", mode, err, installation.Demo)
	}
	got, err := database.Value[time.Time](t.Context(), db, `select demo_clock from installation`, nil)
	if want := time.Date(2022, time.November, 28, 8, 0, 0, 0, viet.Location); err != nil || !got.Equal(want) {
		t.Errorf("the clock starts at %v, %v, want %v", got, err, want)
	}
}

func TestLoadRefusesWhatIsNotEmpty(t *testing.T) {
	t.Parallel()
	files := demotest.Files(t)
	loaded := demotest.New(t)
	before := count(t, loaded, "select count(*) from audit", nil)
	if err := demo.Load(t.Context(), loaded, files, time.Now()); !errors.Is(err, demo.ErrNotEmpty) {
		t.Errorf("loading twice: got %v, want %v", err, demo.ErrNotEmpty)
	}
	if after := count(t, loaded, "select count(*) from audit", nil); after != before {
		t.Errorf("loading twice left %d entries", after-before)
	}
	begun := dbtest.New(t)
	if _, err := unit.Load(t.Context(), begun, actor.System, time.Now(), unit.Reference(), unit.ReferenceFrom, "thử"); err != nil {
		t.Fatal(err)
	}
	if err := demo.Load(t.Context(), begun, files, time.Now()); !errors.Is(err, demo.ErrNotEmpty) {
		t.Errorf("loading beside other units: got %v, want %v", err, demo.ErrNotEmpty)
	}
	earnest := dbtest.New(t)
	if err := installation.MarkReal(t.Context(), earnest); err != nil {
		t.Fatal(err)
	}
	if err := demo.Load(t.Context(), earnest, files, time.Now()); !errors.Is(err, installation.ErrIsReal) {
		t.Errorf("loading into a real one: got %v, want %v", err, installation.ErrIsReal)
	}
}

func TestEverythingHappenedBetweenTheDirectiveAndTheStart(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	type row struct {
		First, Last time.Time
		Wrong       int
	}
	// In each chain the business time never goes back.
	r, err := database.One[row](t.Context(), db, `
		select min(at) as first, max(at) as last, count(*) filter (where at < before) as wrong
		from (select at, lag(at) over (partition by subject order by seq) as before from audit) a`, nil)
	if err != nil {
		t.Fatal(err)
	}
	directive := time.Date(2022, time.February, 28, 0, 0, 0, 0, viet.Location)
	if r.First.Before(directive) || !r.Last.Before(demo.Start) || r.Wrong > 0 {
		t.Errorf("from %v to %v, %d entries before their predecessors", r.First, r.Last, r.Wrong)
	}
	if n := count(t, db, `select count(*) from audit where subject like 'submission/%' and authority = ''`, nil); n > 0 {
		t.Errorf("%d acts on nobody's authority", n)
	}
	frozen, err := database.Value[time.Time](t.Context(), db, `select tasks_frozen_at from campaign`, nil)
	if want := time.Date(2022, time.March, 16, 9, 0, 0, 0, viet.Location); err != nil || !frozen.Equal(want) {
		t.Errorf("tasks frozen at %v, %v, want with the first acceptance, %v", frozen, err, want)
	}
}

func TestAuditOfTheDemonstrationHasNoFault(t *testing.T) {
	t.Parallel()
	report, err := audit.Verify(t.Context(), demotest.Read(t))
	if err != nil || len(report.Faults) > 0 || report.Entries < 2000 {
		t.Errorf("%d entries, %v, %v", report.Entries, report.Faults, err)
	}
}

// BenchmarkLoad is the time from a migrated, empty database to the demonstration.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		db := dbtest.New(b)
		files, err := evidence.Open(b.TempDir(), evidence.DefaultMax)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		if err := demo.Load(b.Context(), db, files, time.Now()); err != nil {
			b.Fatal(err)
		}
	}
}
