//go:build unix

package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database/localpg"
)

func TestPortalSurvivesItsKilledDatabase(t *testing.T) {
	t.Parallel()
	p := start(t, realData(t), "serve")
	b := p.signedIn("stp.mot", seedPassword)
	p.page(b, "/ke-hoach/2022/stp")
	said := false
	for range 5 { // on a busy machine a page may take longer than the database is away
		said = said || outage(t, p, b)
	}
	if !said {
		t.Error("no page said that the database was away")
	}
	p.beside("audit", "verify").succeed(t, "Nothing was altered.")
}

// outage kills the database and asks for a page until there is a new one. It
// reports whether a page said so meanwhile.
func outage(t *testing.T, p *portal, b *browser) (said bool) {
	t.Helper()
	killed := postgresOf(p.data)
	must(t, syscall.Kill(killed, syscall.SIGKILL))
	eventually(t, "the page to be back", func() bool {
		begun := time.Now()
		a, err := b.get(p.url + "/ke-hoach/2022/stp")
		must(t, err)
		switch {
		case a.status == http.StatusServiceUnavailable:
			said = true
		case a.status != http.StatusOK:
			t.Fatalf("status %d to %q\n%s", a.status, a.location(), p.out)
		}
		if took := time.Since(begun); took > 30*time.Second {
			t.Errorf("a page took %v", took)
		}
		now := postgresOf(p.data)
		return a.status == http.StatusOK && now != 0 && now != killed
	})
	return said
}

func TestAbsentDatabaseIsAClearPageUntilItIsBack(t *testing.T) {
	t.Parallel()
	data := realData(t)
	open := func() *localpg.Server {
		s, err := localpg.Open(t.Context(), filepath.Join(data, "postgres"), localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN"), Alone: true})
		must(t, err)
		t.Cleanup(func() { _ = s.Close() }) // closed below, but when the test fails
		return s
	}
	s := open()
	p := startWith(t, data, []string{"DATABASE_URL=" + s.AppURL(), "DANVAN_MIGRATE_URL=" + s.OwnerURL()}, "serve")
	b := p.signedIn("stp.mot", seedPassword)
	must(t, s.Close())
	begun := time.Now()
	a, err := b.get(p.url + "/ke-hoach/2022/stp")
	must(t, err)
	if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" || !strings.Contains(a.body, "<h1") {
		t.Errorf("status %d, retry after %q, want a page that asks for patience:\n%s", a.status, a.header.Get("Retry-After"), a.body)
	}
	if got := p.status("/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("ready: status %d, want 503", got)
	}
	if got := p.status("/healthz"); got != http.StatusOK {
		t.Errorf("alive: status %d, want 200", got)
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("the answers took %v", took)
	}
	s = open()
	eventually(t, "the portal to be ready again", func() bool { return p.status("/readyz") == http.StatusOK })
	p.page(b, "/ke-hoach/2022/stp")
	p.stop() // before its database
	must(t, s.Close())
}

func TestPagesAreThereAtOnceAfterTheDatabaseRestarted(t *testing.T) {
	t.Parallel()
	data := realData(t)
	s, err := localpg.Open(t.Context(), filepath.Join(data, "postgres"), localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN"), Alone: true})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	p := startWith(t, data, []string{"DATABASE_URL=" + s.AppURL(), "DANVAN_MIGRATE_URL=" + s.OwnerURL()}, "serve")
	b := p.signedIn("stp.mot", seedPassword)
	// A role may end its own connections, as a restart ends all.
	ender, err := pgx.Connect(t.Context(), s.AppURL())
	must(t, err)
	defer ender.Close(t.Context())
	const others = ` from pg_stat_activity where datname = current_database() and usename = current_user and pid <> pg_backend_pid()`
	for range 3 {
		sixteen(t, p, b)
		rows, err := ender.Query(t.Context(), `select case when pg_terminate_backend(pid) then pid end`+others)
		must(t, err)
		ended, err := pgx.CollectRows(rows, pgx.RowTo[*int]) // nil: had ended by itself
		must(t, err)
		if len(ended) == 0 {
			t.Fatal("the portal has no connection")
		}
		// A restart is over when the processes are: one that the server lists no more
		// may yet have to close its connection.
		eventually(t, "the connections to end", func() bool {
			return !slices.ContainsFunc(ended, func(pid *int) bool {
				return pid != nil && !errors.Is(syscall.Kill(*pid, 0), syscall.ESRCH)
			})
		})
		sixteen(t, p, b)
	}
}

// sixteen wants a page for each of as many requests at once as the portal has
// connections. How long a failed one took tells a dead connection from a late one.
func sixteen(t *testing.T, p *portal, b *browser) {
	t.Helper()
	var all sync.WaitGroup
	var failed atomic.Int64
	for range 16 {
		all.Go(func() {
			begun := time.Now()
			if a, err := b.get(p.url + "/ke-hoach/2022/stp"); err != nil || a.status != http.StatusOK {
				t.Errorf("page: status %d after %v, %v", a.status, time.Since(begun), err)
				failed.Add(1)
			}
		})
	}
	all.Wait()
	if n := failed.Load(); n > 0 {
		t.Fatalf("%d of 16 pages failed; the portal says:\n%s", n, p.out)
	}
}

func TestDrillHangingDatabaseFailsReadinessAndKeepsNoPageForEver(t *testing.T) {
	t.Parallel()
	p := start(t, realData(t), "serve")
	b := p.signedIn("stp.mot", seedPassword)
	pause, resume := freezer(t, postgresOf(p.data))
	pause()
	begun := time.Now()
	if got := p.status("/readyz"); got != http.StatusServiceUnavailable {
		t.Errorf("ready: status %d, want 503", got)
	}
	if got := p.status("/healthz"); got != http.StatusOK {
		t.Errorf("alive: status %d, want 200", got)
	}
	if took := time.Since(begun); took > 15*time.Second {
		t.Errorf("the answers took %v", took)
	}
	begun = time.Now()
	a, err := b.get(p.url + "/ke-hoach/2022/stp")
	if took := time.Since(begun); err != nil || a.status != http.StatusServiceUnavailable || took > 25*time.Second {
		t.Errorf("page: status %d after %v, %v, want 503", a.status, took, err)
	}
	resume()
	eventually(t, "the portal to be ready again", func() bool { return p.status("/readyz") == http.StatusOK })
	p.page(b, "/ke-hoach/2022/stp")
}

// freezer stops a database in its tracks, with all its processes, and lets it go on.
func freezer(t *testing.T, postmaster int) (pause, resume func()) {
	t.Helper()
	var stopped []int
	resume = func() {
		for _, pid := range stopped {
			_ = syscall.Kill(pid, syscall.SIGCONT) // it may have ended
		}
		stopped = nil
	}
	t.Cleanup(resume)
	return func() {
		// The first one first: it makes no more of them.
		must(t, syscall.Kill(postmaster, syscall.SIGSTOP))
		stopped = append(stopped, postmaster)
		out, err := exec.Command("ps", "-A", "-o", "pid=", "-o", "ppid=").Output()
		must(t, err)
		for line := range strings.Lines(string(out)) {
			var pid, parent int
			if _, err := fmt.Sscan(line, &pid, &parent); err == nil && parent == postmaster {
				_ = syscall.Kill(pid, syscall.SIGSTOP) // it may have ended
				stopped = append(stopped, pid)
			}
		}
	}, resume
}
