// Package database connects to Postgres and shortens the few things every query
// does: bind named arguments, collect rows, change exactly one. It knows no table
// but the two that say which schema this is and what may only be added to.
package database

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"danvan/internal/fault"
)

// DB is what a query needs. A pool, a connection and a transaction all have it.
type DB interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// InTx runs fn in a transaction: committed when fn returns nil, else rolled back.
// Inside another transaction it is a savepoint.
func InTx(ctx context.Context, db DB, fn func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, db, fn)
}

// All returns every row as a T, matching columns to fields by name.
func All[T any](ctx context.Context, db DB, query string, args Args) ([]T, error) {
	rows, err := db.Query(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// One returns the only row as a T, or [fault.NotFound]. Two rows are an error.
func One[T any](ctx context.Context, db DB, query string, args Args) (T, error) {
	return one(ctx, db, query, args, pgx.RowToStructByName[T])
}

// Values returns the only column of every row.
func Values[T any](ctx context.Context, db DB, query string, args Args) ([]T, error) {
	rows, err := db.Query(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[T])
}

// Value returns the only column of the only row, or [fault.NotFound].
func Value[T any](ctx context.Context, db DB, query string, args Args) (T, error) {
	return one(ctx, db, query, args, pgx.RowTo[T])
}

func one[T any](ctx context.Context, db DB, query string, args Args, scan pgx.RowToFunc[T]) (T, error) {
	rows, err := db.Query(ctx, query, args)
	if err != nil {
		var zero T
		return zero, err
	}
	v, err := pgx.CollectExactlyOneRow(rows, scan)
	if errors.Is(err, pgx.ErrNoRows) {
		return v, fault.NotFound
	}
	return v, err
}

// Change runs a statement that must touch exactly one row, else [fault.Conflict].
// Run it in a transaction: a statement that touched several has touched them.
func Change(ctx context.Context, db DB, query string, args Args) error {
	n, err := Exec(ctx, db, query, args)
	if err != nil {
		return err
	}
	if n != 1 {
		return fault.Conflict
	}
	return nil
}

// Exec runs a statement and returns how many rows it touched.
func Exec(ctx context.Context, db DB, query string, args Args) (int64, error) {
	tag, err := db.Exec(ctx, query, args)
	return tag.RowsAffected(), err
}

// Violates reports whether err broke the named constraint.
func Violates(err error, constraint string) bool {
	pgErr, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pgErr.ConstraintName == constraint
}
