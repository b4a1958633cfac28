package dbtest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"danvan/internal/database"
	"danvan/internal/database/localpg"
)

// Serve returns the address of a Postgres that tests may make databases and roles
// on: the one TEST_DATABASE_URL names, else a throw-away one of this process,
// which stop ends. Where the system lets it, it ends with the process too.
func Serve(ctx context.Context) (address string, stop func() error, err error) {
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		return given, func() error { return nil }, nil
	}
	base, err := folder()
	if err != nil {
		return "", nil, err
	}
	s, err := serveIn(ctx, base)
	if err != nil {
		return "", nil, fmt.Errorf("tests need PostgreSQL: run .ci/install test\n%w", err)
	}
	return s.SuperURL(), s.Close, nil
}

func serveIn(ctx context.Context, base string) (*localpg.Server, error) {
	opts := localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN"), ThrowAway: true, Alone: true}
	for slot := 0; ; slot++ {
		dir := filepath.Join(base, strconv.Itoa(slot))
		s, err := localpg.Open(ctx, dir, opts)
		switch {
		case errors.Is(err, localpg.ErrInUse):
			continue
		case err == nil, errors.Is(err, localpg.ErrNoBinaries), ctx.Err() != nil:
			return s, err
		}
		// What never reaches the disk may not survive the machine, nor a newer
		// PostgreSQL: it is made anew.
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
		return localpg.Open(ctx, dir, opts)
	}
}

// folder is where throw-away servers stay between runs, one subfolder for each
// that runs at once: starting one again takes a tenth of making one. In memory, where
// there is enough, a new database takes a third of what it takes on disk.
func folder() (string, error) {
	if dir := InMemory(); dir != "" {
		return dir, nil
	}
	if os.Geteuid() == 0 {
		return "/var/cache/danvan-test", nil // the database's account may not enter root's home
	}
	cache, err := os.UserCacheDir()
	return filepath.Join(cache, "danvan-test"), err
}

// Durable starts a private database of the test's own that forces every commit to
// disk, migrated and granted as the portal does it: for drills that kill.
func Durable(t testing.TB) *localpg.Server {
	t.Helper()
	// Not t.TempDir: under root the database's account could not enter it.
	dir, err := os.MkdirTemp("", "danvan-durable-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s, err := localpg.Open(t.Context(), dir, localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	role, err := database.RoleOf(s.AppURL())
	if err != nil {
		t.Fatal(err)
	}
	if err := database.Migrate(t.Context(), s.OwnerURL(), role); err != nil {
		t.Fatal(err)
	}
	return s
}
