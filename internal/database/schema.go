package database

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/pressly/goose/v3/lock"

	"danvan/migrations"
)

// NewestSchema is the version of the schema this binary brings a database up to.
func NewestSchema() (int64, error) { return newest(migrations.FS) }

// SchemaOf returns the version of the schema in the database: the number of the
// newest migration that ran.
func SchemaOf(ctx context.Context, db DB) (int64, error) {
	return Value[int64](ctx, db, `
		select coalesce(max(version_id), 0)
		from goose_db_version
		where is_applied`, nil)
}

// HoldMigrations keeps every other process from migrating the database until conn
// is closed. It returns false at once when one is migrating.
func HoldMigrations(ctx context.Context, conn *pgx.Conn) (bool, error) {
	return Value[bool](ctx, conn, `select pg_try_advisory_lock(@id)`, Args{"id": lock.DefaultLockID})
}
