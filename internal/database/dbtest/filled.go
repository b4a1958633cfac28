package dbtest

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
)

// Filled returns the addresses of a fresh clone of a database that fill has
// filled. Filling happens once for each key, 1 to 20 lower-case letters and digits
// that say what fill would do, and serves every test binary on this server; a
// failure fails every test that asks.
func Filled(t testing.TB, key string, fill func(ctx context.Context, urls URLs) error) URLs {
	t.Helper()
	s := mustServer(t)
	return s.create(t, s.filling(t, key, fill).name)
}

// FilledOnce is [Filled] with one clone for all tests of this binary, for those
// that only read. A later run drops it.
func FilledOnce(t testing.TB, key string, fill func(ctx context.Context, urls URLs) error) URLs {
	t.Helper()
	s := mustServer(t)
	name, err := s.filling(t, key, fill).shared()
	if err != nil {
		t.Fatal(err)
	}
	return s.urls(name)
}

// filling is a filled template. The locks of held say that this process lives
// and uses it.
type filling struct {
	name   string
	held   *pgx.Conn
	shared func() (string, error) // makes the clone all tests share
}

// fillings holds, by key, what makes the template once.
var fillings sync.Map

func (s *server) filling(t testing.TB, key string, fill func(ctx context.Context, urls URLs) error) filling {
	t.Helper()
	once, _ := fillings.LoadOrStore(key, sync.OnceValues(func() (filling, error) {
		ctx := context.Background() // as long as the process
		base, err := s.migrated()
		if err != nil {
			return filling{}, err
		}
		f := filling{name: base + "_" + key}
		f.shared = sync.OnceValues(func() (string, error) { return s.clone(ctx, f.name) })
		if f.held, err = pgx.Connect(ctx, s.url); err != nil {
			return f, err
		}
		return f, s.fill(ctx, f, base, fill)
	}))
	f, err := once.(func() (filling, error))()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// fill makes the template unless it is there. Those of other keys that no running
// binary uses are dropped then.
func (s *server) fill(ctx context.Context, f filling, base string, fill func(ctx context.Context, urls URLs) error) error {
	if _, err := f.held.Exec(ctx, "select pg_advisory_lock_shared(hashtext($1))", f.name); err != nil {
		return err
	}
	// One binary at a time fills, while others go on with other tests.
	if _, err := f.held.Exec(ctx, "select pg_advisory_lock(hashtext('danvan test filling'))"); err != nil {
		return err
	}
	defer f.held.Exec(ctx, "select pg_advisory_unlock(hashtext('danvan test filling'))")
	ready, err := database.Value[bool](ctx, f.held, `
		select exists (select from pg_database where datname = @name and datistemplate)`,
		database.Args{"name": f.name})
	if err != nil || ready {
		return err
	}
	if err := s.sweepFilled(ctx, base); err != nil {
		return err
	}
	for _, stmt := range []string{
		"drop database if exists " + f.name + " with (force)",
		"create database " + f.name + " template " + base + " owner " + ownerRole,
	} {
		if _, err := f.held.Exec(ctx, stmt); err != nil {
			return fmt.Errorf("%s: %w", stmt, err)
		}
	}
	if err := fill(ctx, s.urls(f.name)); err != nil {
		return fmt.Errorf("fill %s: %w", f.name, err)
	}
	_, err = f.held.Exec(ctx, "alter database "+f.name+" with is_template true")
	return err
}

func (s *server) sweepFilled(ctx context.Context, base string) error {
	names, err := database.Values[string](ctx, s.admin, `
		select datname::text
		from pg_database
		where starts_with(datname, @prefix)`,
		database.Args{"prefix": base + "_"})
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := s.dropUnused(ctx, name, name); err != nil {
			return err
		}
	}
	return nil
}

// isFilled reports whether a database was made from template by [Filled].
func isFilled(name, template string) bool { return strings.HasPrefix(name, template+"_") }
