//go:build unix

package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"danvan/internal/database/localpg"
)

func TestPortalSurvivesItsKilledDatabase(t *testing.T) {
	t.Parallel()
	p := start(t, realData(t), "serve")
	b := p.signedIn("stp.mot", seedPassword)
	p.page(b, "/ke-hoach/2022/stp")
	killed := postgresOf(p.data)
	must(t, syscall.Kill(killed, syscall.SIGKILL))
	said := false
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
	if !said {
		t.Error("no page said that the database was away")
	}
	p.beside("audit", "verify").succeed(t, "Nothing was altered.")
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
