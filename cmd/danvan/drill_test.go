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
			if err := d.saved(savers, 4); err != nil {
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
			if err := d.saved(savers, 4); err != nil {
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
	summed  string // what became of the report that sums up
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
	people := writers()
	for i, w := range people {
		list, err := os.Create(filepath.Join(t.TempDir(), w[0]))
		must(t, err)
		t.Cleanup(func() { _ = list.Close() }) // every line was synced
		d.savers = append(d.savers, &saver{drill: d, browser: newBrowser(), username: w[0], unit: w[1], list: list,
			task: rows[i/len(seedUnits)].task, code: rows[i/len(seedUnits)].code,
			random: rand.New(rand.NewPCG(seed, uint64(i)))})
	}
	return d
}

// rows of a report are filled in by one person of a unit each.
var rows = []struct {
	task int
	code string
}{{4, "T4.01"}, {2, "T2.02"}}

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
		select {
		case <-d.portal.exited:
			return fmt.Errorf("the portal ended after %d kills: %v", d.killed, d.portal.cmd.ProcessState)
		default:
		}
	}
	return fmt.Errorf("no database after %d kills: process %d was killed, now there is %d; ready: %d",
		d.killed, killed, postgresOf(d.data), d.portal.status("/readyz"))
}
