//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// found is a part of a plan or a report, as it stands or stood.
type found struct {
	Unit, Key                   string
	Title, Product, Description string // of an activity
	Result                      string // of a task of the report
	Own                         string // of a row
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
		select u.slug as unit, p.key,
		       coalesce(content->>'title', '') as title,
		       coalesce(content->>'product', '') as product,
		       coalesce(content->>'description', '') as description,
		       coalesce(content->>'result', '') as result,
		       coalesce(content->>'own', '') as own
		from (select copy_id, key, content from part union all select copy_id, key, content from part_history) p
		join submission s on s.id = p.copy_id
		join unit u on u.id = s.unit_id`, nil)
	must(d.t, err)
	times, figures := map[string]int{}, map[string]int{}
	for _, f := range stored {
		switch kind, _, _ := strings.Cut(f.Key, "/"); kind {
		case "activity":
			times[f.Title]++
			if f.Product != f.Title || f.Description != f.Title {
				d.t.Errorf("stored in part: %+v", f)
			}
		case "task":
			times[f.Result]++
		case "figure":
			figures[figure(f.Unit, strings.TrimPrefix(f.Key, "figure/"), f.Own)]++
		default:
			d.t.Errorf("nobody wrote %+v", f)
		}
	}
	d.wholly(times, figures)
	d.compare(times)
	report, err := audit.Verify(d.t.Context(), db)
	if err != nil || len(report.Faults) > 0 {
		d.t.Errorf("audit: %v, %v", report.Faults, err)
	}
}

// figure names a number in a row of a unit's report.
func figure(unit, code, own string) string { return unit + " " + code + " " + own }

// wholly wants every text of a report beside its figure and no figure without.
func (d *drill) wholly(times, figures map[string]int) {
	d.t.Helper()
	for _, s := range d.savers {
		for i, w := range s.sent {
			if w.row == "" {
				continue
			}
			f := figure(s.unit, w.row, strconv.Itoa(i+1))
			if times[w.text] != figures[f] {
				d.t.Errorf("%q is stored %d times, its figure %q %d times", w.text, times[w.text], f, figures[f])
			}
			delete(figures, f)
		}
	}
	for f := range figures {
		d.t.Errorf("the figure %q is stored and was never sent", f)
	}
}

// folded reports whether what the page saved by itself was followed, in the same
// place, by more of that kind: the history keeps the last of such a run.
func (s *saver) folded(i int, times map[string]int) bool {
	for _, later := range s.sent[i+1:] {
		if later.place == s.sent[i].place && times[later.text] > 0 {
			return s.sent[i].auto && later.auto
		}
	}
	return false
}

// compare counts; times is how often each text is stored.
func (d *drill) compare(times map[string]int) {
	d.t.Helper()
	acknowledged, repeated, folded, left, leftStored := 0, 0, 0, 0, 0
	sent := map[string]bool{}
	for _, s := range d.savers {
		acks, err := s.acknowledged()
		must(d.t, err)
		acknowledged += len(acks)
		repeated += s.repeated
		for i, w := range s.sent {
			sent[w.text] = true
			switch n := times[w.text]; {
			case n > 1:
				d.t.Errorf("%q is stored %d times", w.text, n)
			case acks[w.text] && n == 0 && s.folded(i, times):
				folded++
			case acks[w.text] && n == 0:
				d.t.Errorf("%q was acknowledged and is lost", w.text)
			case !acks[w.text]:
				left++
				leftStored += n
			}
		}
	}
	for text := range times {
		if !sent[text] {
			d.t.Errorf("%q is stored and was never sent", text)
		}
	}
	if acknowledged < d.killed {
		d.t.Errorf("%d saves acknowledged around %d kills: too few to tell", acknowledged, d.killed)
	}
	drilltest.Report(d.t, "%d kills, %d saves acknowledged, %d of them only when repeated, %d folded into later ones; %d given up unacknowledged, %d of them stored",
		d.killed, acknowledged, repeated, folded, left, leftStored)
}
