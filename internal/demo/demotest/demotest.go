// Package demotest gives each test its own copy of the loaded demonstration,
// which is filled once for all tests.
package demotest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/demo"
	"danvan/internal/evidence"
)

// New returns a pool on a copy of the demonstration as it begins, at
// [demo.Start], signed in as the application's role. The copy is dropped after
// the test. Its files are those of [Files].
func New(t testing.TB) *pgxpool.Pool {
	t.Helper()
	pool, err := database.Open(t.Context(), NewURL(t).App)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// NewURL makes such a copy and returns its addresses.
func NewURL(t testing.TB) dbtest.URLs {
	t.Helper()
	key, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	return dbtest.Filled(t, key, fill)
}

// Read returns a pool on a copy that all tests of the binary share and nobody
// writes to: the fast choice for what only reads.
func Read(t testing.TB) *pgxpool.Pool {
	t.Helper()
	key, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	open, err := database.Open(t.Context(), dbtest.FilledOnce(t, key, fill).App)
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	cfg := open.Config()
	cfg.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// Files returns a store of the test's own with the demonstration's evidence.
func Files(t testing.TB) *evidence.Store {
	t.Helper()
	all, err := drawn()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, all); err != nil {
		t.Fatal(err)
	}
	store, err := evidence.Open(dir, evidence.DefaultMax)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() }) // the folder goes anyway
	return store
}

// drawn is the evidence as it lies in a store, drawn once for all tests of the
// binary: to draw it takes longer than most of them.
var drawn = sync.OnceValues(func() (fs.FS, error) {
	all := fstest.MapFS{}
	return all, inFolder(func(dir string, store *evidence.Store) error {
		if err := demo.PutFiles(context.Background(), store); err != nil {
			return err
		}
		lies := os.DirFS(dir)
		return fs.WalkDir(lies, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(lies, name)
			all[name] = &fstest.MapFile{Data: content}
			return err
		})
	})
})

// inFolder lets do use a store in a folder of its own, which goes afterwards.
func inFolder(do func(dir string, store *evidence.Store) error) error {
	dir, err := os.MkdirTemp("", "danvan-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	store, err := evidence.Open(dir, evidence.DefaultMax)
	if err != nil {
		return err
	}
	defer store.Close()
	return do(dir, store)
}

func fill(ctx context.Context, urls dbtest.URLs) error {
	pool, err := database.Open(ctx, urls.App)
	if err != nil {
		return err
	}
	defer pool.Close()
	err = inFolder(func(_ string, store *evidence.Store) error { return demo.Load(ctx, pool, store, time.Now()) })
	if err != nil {
		return err
	}
	// Every copy knows then what it holds, and none is looked through for a few rows.
	owner, err := pgx.Connect(ctx, urls.Owner)
	if err != nil {
		return err
	}
	_, err = owner.Exec(ctx, "analyze")
	return errors.Join(err, owner.Close(ctx))
}

// sources tells one state of the program from another: what is loaded depends on
// all of the core.
var sources = sync.OnceValues(func() (string, error) {
	mod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	root := filepath.Dir(string(mod))
	sum := sha256.New()
	for _, folder := range []string{"internal", "migrations"} {
		err := fs.WalkDir(os.DirFS(root), folder, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") || !slices.Contains(kinds, path.Ext(name)) {
				return err
			}
			content, err := os.ReadFile(filepath.Join(root, name))
			fmt.Fprintln(sum, name, len(content))
			sum.Write(content)
			return err
		})
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:12], nil
})

// kinds are the files a program is made of.
var kinds = []string{".go", ".sql", ".csv", ".ttf"}
