// Package dbtest gives each test its own migrated Postgres, signed in as the
// application's role, so that what a test may do the portal may do.
package dbtest

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database"
)

// URLs are the two addresses of one test database, for tests that start the
// portal as a process of its own.
type URLs struct {
	Owner string // DANVAN_MIGRATE_URL: may change the schema
	App   string // DATABASE_URL
}

// New returns a pool on a fresh clone of the migrated schema, signed in as the
// application's role. The clone is dropped after the test.
func New(t testing.TB) *pgxpool.Pool {
	t.Helper()
	return open(t, NewURL(t).App)
}

// NewURL makes a fresh clone of the migrated schema and returns its addresses.
// The clone is dropped after the test, whoever is still connected.
func NewURL(t testing.TB) URLs {
	t.Helper()
	s := mustServer(t)
	template, err := s.migrated()
	if err != nil {
		t.Fatal(err)
	}
	return s.create(t, template)
}

// Empty makes a database without any schema and returns its addresses, for tests
// of migrations and restoring.
func Empty(t testing.TB) URLs {
	t.Helper()
	return mustServer(t).create(t, "template1")
}

// Tx returns a transaction on a shared migrated database, signed in as the
// application's role and rolled back after the test: the fast choice for whatever
// need not be seen by a second connection.
func Tx(t testing.TB) pgx.Tx {
	t.Helper()
	s := mustServer(t)
	pool, err := s.sharedPool()
	if err != nil {
		t.Fatal(err)
	}
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// t.Context is already cancelled here; a rollback that fails rolls back too.
	t.Cleanup(func() { _ = tx.Rollback(context.Background()) })
	return tx
}

func open(t testing.TB, url string) *pgxpool.Pool {
	t.Helper()
	pool, err := database.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return pool
}

var started = sync.OnceValues(startServer)

func mustServer(t testing.TB) *server {
	t.Helper()
	s, err := started()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var sequence atomic.Int64

// create clones template under a name of this process and drops it after the test.
func (s *server) create(t testing.TB, template string) URLs {
	t.Helper()
	name, err := s.clone(t.Context(), template)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// t.Context is already cancelled here.
		if _, err := s.admin.Exec(context.Background(), "drop database "+name+" with (force)"); err != nil {
			t.Error(err)
		}
	})
	return s.urls(name)
}

// clone copies template under a name of this process, file by file: to write what is
// copied to the log as well would take twice as long.
func (s *server) clone(ctx context.Context, template string) (string, error) {
	name := fmt.Sprintf("%s%s_%d", clonePrefix, s.run, sequence.Add(1))
	stmt := fmt.Sprintf("create database %s template %s owner %s strategy file_copy", name, template, ownerRole)
	if _, err := s.admin.Exec(ctx, stmt); err != nil {
		return "", fmt.Errorf("%s: %w", stmt, err)
	}
	return name, nil
}
