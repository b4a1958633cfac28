package database_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestSeveralProcessesMayMigrateAtOnce(t *testing.T) {
	t.Parallel()
	urls := dbtest.Empty(t)
	role, err := database.RoleOf(urls.App)
	if err != nil {
		t.Fatal(err)
	}
	var all errgroup.Group
	for range 4 {
		all.Go(func() error { return database.Migrate(t.Context(), urls.Owner, role) })
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	app := connect(t, urls.App)
	if err := database.Ready(t.Context(), app); err != nil {
		t.Errorf("not ready: %v", err)
	}
	n, err := database.Value[int](t.Context(), app, `select count(*) from installation`, nil)
	if err != nil || n != 1 {
		t.Errorf("%d installations (%v), want the migrations to have run once", n, err)
	}
}

func TestSchemaOfANewerBinaryIsRefused(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	owner := connect(t, urls.Owner)
	if _, err := owner.Exec(t.Context(), `insert into goose_db_version (version_id, is_applied) values (99999, true)`); err != nil {
		t.Fatal(err)
	}
	if err := database.Migrate(t.Context(), urls.Owner, ""); !errors.Is(err, database.ErrSchemaNewer) {
		t.Errorf("migrate: got %v, want %v", err, database.ErrSchemaNewer)
	}
	if err := database.Ready(t.Context(), connect(t, urls.App)); !errors.Is(err, database.ErrSchemaNewer) {
		t.Errorf("ready: got %v, want %v", err, database.ErrSchemaNewer)
	}
}

func TestSchemaOfAnOlderBinaryIsNotReady(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	owner := connect(t, urls.Owner)
	if _, err := owner.Exec(t.Context(), `delete from goose_db_version where version_id = (select max(version_id) from goose_db_version)`); err != nil {
		t.Fatal(err)
	}
	if err := database.Ready(t.Context(), owner); !errors.Is(err, database.ErrSchemaOlder) {
		t.Errorf("got %v, want %v", err, database.ErrSchemaOlder)
	}
}

func TestDatabaseWithoutSchemaIsNotReady(t *testing.T) {
	t.Parallel()
	if err := database.Ready(t.Context(), connect(t, dbtest.Empty(t).Owner)); err == nil {
		t.Error("a database without a schema is ready")
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	// The database is dropped with force: a connection that is gone is no failure.
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return conn
}
