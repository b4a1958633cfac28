//go:build unix

package main

import (
	"context"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/localpg"
	"danvan/internal/demo"
	"danvan/internal/installation"
)

// The demonstration of all tests is filled once, and as unluckily as can be: over
// an older one, killed as soon as it has begun, in the end by two processes at once.

func TestFreshDemoStartsOver(t *testing.T) {
	t.Parallel()
	data := demoData(t)
	for i, said := range demoSeed.said {
		if !strings.Contains(said, "28/11/2022") {
			t.Errorf("the time did not start over for process %d:\n%s", i, said)
		}
	}
	list := execute(t, []string{"DANVAN_DATA=" + data}, "user", "list").succeed(t)
	if strings.Contains(list.said, "nguoi.thua") {
		t.Error("what was there is still there")
	}
	if n := strings.Count(list.said, "stp.chuyenvien "); n != 1 {
		t.Errorf("%d people named stp.chuyenvien, want one", n)
	}
}

// demoData copies the folder in which that demonstration was filled.
func demoData(t testing.TB) string {
	t.Helper()
	demoSeed.once.Do(func() {
		dir, err := seeded("demo", older)
		must(t, err)
		breakOff(t, dir)
		demoSeed.said = fillTwice(t, dir)
		demoSeed.folder = dir
	})
	if demoSeed.folder == "" {
		t.Fatal("the demonstration was not filled, see the first test")
	}
	return copyOf(t, demoSeed.folder)
}

var demoSeed struct {
	once   sync.Once
	folder string
	said   []string // by each of the processes that filled it
}

// older leaves a demonstration in the middle of which somebody works.
func older(ctx context.Context, db database.DB) error {
	now := demo.Start.AddDate(0, 0, 7)
	hash, err := account.HashPassword(ctx, seedPassword)
	if err != nil {
		return err
	}
	if _, err := account.CreatePerson(ctx, db, actor.System, now, account.NewPerson{Name: "Người Thừa", Username: "nguoi.thua", Hash: hash}); err != nil {
		return err
	}
	return installation.MarkDemo(ctx, db, now, time.Now())
}

// breakOff kills a danvan that fills a fresh demonstration, while it does.
func breakOff(t testing.TB, dir string) {
	t.Helper()
	p := launch(t, dir, nil, "demo", "-fresh")
	defer p.kill()
	eventually(t, "its database", func() bool { return postgresOf(dir) != 0 })
	private, err := localpg.Open(t.Context(), filepath.Join(dir, "postgres"), localpg.Options{Bin: settingsOf(dir).PGBin})
	must(t, err)
	defer private.Close() // before the kill, or it would take over
	db, err := database.Open(t.Context(), private.AppURL())
	must(t, err)
	defer db.Close()
	eventually(t, "the filling to begin", func() bool {
		begun, err := demo.Unfinished(t.Context(), db)
		return err == nil && begun
	})
}

// fillTwice lets two processes serve the demonstration in a folder, which is empty or
// broken off, at the same moment, and returns what they said.
func fillTwice(t testing.TB, dir string) (said []string) {
	t.Helper()
	both := []*portal{launch(t, dir, nil, "demo"), launch(t, dir, nil, "demo")}
	var ready errgroup.Group
	for _, p := range both {
		ready.Go(func() error { return p.wait(5 * time.Minute) })
	}
	err := ready.Wait()
	var stopped sync.WaitGroup
	for _, p := range both {
		stopped.Go(func() { p.stop() }) // at once: neither takes over from the other
	}
	stopped.Wait()
	must(t, err)
	for _, p := range both {
		said = append(said, p.out.String())
	}
	return said
}
