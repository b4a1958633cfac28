//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/localpg"
	"danvan/internal/drilltest"
)

// The drills kill while people save, and then ask every one of them for what was
// acknowledged.

// kills is how often a drill kills.
func kills() int { return drilltest.Times(20, 1000) }

func TestDrillKillsOfThePortalLoseNothingAcknowledged(t *testing.T) {
	t.Parallel()
	d := newDrill(t)
	d.during(func(savers context.Context) error {
		for i := range kills() {
			if err := d.saved(savers, 6); err != nil {
				return err
			}
			// Its database ends in order with it, or at every second time as abruptly.
			if i%2 == 1 {
				if err := syscall.Kill(postgresOf(d.data), syscall.SIGKILL); err != nil {
					return err
				}
			}
			d.portal.kill()
			d.killed++
			d.serve()
			if err := d.portal.wait(2 * time.Minute); err != nil {
				return err
			}
			d.address.Store(&d.portal.url)
		}
		return d.saved(savers, 16) // everybody is well again
	})
	d.check()
}

func TestDrillKillsOfPostgresLoseNothingAcknowledged(t *testing.T) {
	t.Parallel()
	d := newDrill(t)
	d.during(func(savers context.Context) error {
		for range kills() {
			if err := d.saved(savers, 6); err != nil {
				return err
			}
			pid := postgresOf(d.data)
			if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
				return fmt.Errorf("kill database %d: %w", pid, err)
			}
			d.killed++
			if err := d.another(pid); err != nil {
				return err
			}
		}
		return d.saved(savers, 16) // everybody is well again
	})
	d.check()
}

// drill is one portal, those who save, and what they know.
type drill struct {
	t       *testing.T
	data    string
	portal  *portal
	address atomic.Pointer[string] // of the portal that serves now
	savers  []*saver
	acks    atomic.Int64
	killed  int
}

func newDrill(t *testing.T) *drill {
	t.Helper()
	d := &drill{t: t, data: realData(t)}
	d.serve()
	d.portal.untilReady()
	t.Cleanup(func() { d.portal.end() })
	d.address.Store(&d.portal.url)
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for i, w := range writers() {
		list, err := os.Create(filepath.Join(t.TempDir(), w[0]))
		must(t, err)
		t.Cleanup(func() { _ = list.Close() }) // every line was synced
		d.savers = append(d.savers, &saver{drill: d, browser: newBrowser(), username: w[0], unit: w[1], list: list,
			random: rand.New(rand.NewPCG(seed, uint64(i)))})
	}
	return d
}

// serve starts the portal, again.
func (d *drill) serve() { d.portal = launch(d.t, d.data, nil, "serve") }

// during lets everybody save while kill does what it does.
func (d *drill) during(kill func(savers context.Context) error) {
	d.t.Helper()
	stop := make(chan struct{})
	all, ctx := errgroup.WithContext(d.t.Context())
	for _, s := range d.savers {
		all.Go(func() error { return s.run(ctx, stop) })
	}
	all.Go(func() error {
		defer close(stop)
		return kill(ctx)
	})
	if err := all.Wait(); err != nil {
		d.t.Fatalf("%v\n%s", err, d.portal.out)
	}
}

// saved waits until n more saves are acknowledged and then for a moment that
// nobody can foresee.
func (d *drill) saved(savers context.Context, n int64) error {
	want := d.acks.Load() + n
	for end := time.Now().Add(2 * time.Minute); d.acks.Load() < want; time.Sleep(time.Millisecond) {
		if err := savers.Err(); err != nil {
			return err
		}
		if time.Now().After(end) {
			return fmt.Errorf("nobody saves any more after %d kills", d.killed)
		}
	}
	time.Sleep(rand.N(20 * time.Millisecond))
	return nil
}

// another waits for a database in place of the killed one.
func (d *drill) another(killed int) error {
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if now := postgresOf(d.data); now != 0 && now != killed && d.portal.status("/readyz") == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("no database after %d kills", d.killed)
}

// found is a text in the plans, with where it stands.
type found struct {
	Title, Product, Description string
}

// check compares what is stored with what was acknowledged.
func (d *drill) check() {
	d.t.Helper()
	private, err := localpg.Open(d.t.Context(), filepath.Join(d.data, "postgres"), localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN")})
	must(d.t, err)
	defer private.Close() // the portal runs it
	db, err := database.Open(d.t.Context(), private.AppURL())
	must(d.t, err)
	defer db.Close()
	stored, err := database.All[found](d.t.Context(), db, `
		select coalesce(content->>'title', '') as title,
		       coalesce(content->>'product', '') as product,
		       coalesce(content->>'description', '') as description
		from (select key, content from part union all select key, content from part_history) p
		where starts_with(key, 'activity/')`, nil)
	must(d.t, err)
	times := map[string]int{}
	for _, f := range stored {
		times[f.Title]++
		if f.Product != f.Title || f.Description != f.Title {
			d.t.Errorf("stored in part: %+v", f)
		}
	}
	d.compare(times)
	report, err := audit.Verify(d.t.Context(), db)
	if err != nil || len(report.Faults) > 0 {
		d.t.Errorf("audit: %v, %v", report.Faults, err)
	}
}

// compare counts; times is how often each text is stored.
func (d *drill) compare(times map[string]int) {
	d.t.Helper()
	acknowledged, repeated, left, leftStored := 0, 0, 0, 0
	for _, s := range d.savers {
		acks, err := s.acknowledged()
		must(d.t, err)
		acknowledged += len(acks)
		repeated += s.repeated
		for _, text := range s.sent {
			n := times[text]
			delete(times, text)
			switch {
			case n > 1:
				d.t.Errorf("%q is stored %d times", text, n)
			case acks[text] && n == 0:
				d.t.Errorf("%q was acknowledged and is lost", text)
			case !acks[text]:
				left++
				leftStored += n
			}
		}
	}
	for text := range times {
		d.t.Errorf("%q is stored and was never sent", text)
	}
	if acknowledged < d.killed {
		d.t.Errorf("%d saves acknowledged around %d kills: too few to tell", acknowledged, d.killed)
	}
	drilltest.Report(d.t, "%d kills, %d saves acknowledged, %d of them only when repeated; %d given up unacknowledged, %d of them stored",
		d.killed, acknowledged, repeated, left, leftStored)
}
