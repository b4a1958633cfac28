package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"

	"danvan/migrations"
)

var (
	// ErrSchemaNewer says that a newer binary has migrated this database: an older
	// one would write what the newer does not expect, so it must not start.
	ErrSchemaNewer = errors.New("the database belongs to a newer version of danvan")
	// ErrSchemaOlder says that migrations of this binary have not run yet.
	ErrSchemaOlder = errors.New("the database has not been migrated for this version of danvan")
)

// Migrate brings the database at url, signed in as its owner, up to the newest
// migration and gives appRole what the portal needs at run time ([Grant]). An empty
// appRole, or the owner itself, is given nothing. Any number of processes may call
// it at once: one works, the others wait up to a minute. [ErrSchemaNewer] is left alone.
func Migrate(ctx context.Context, url, appRole string) error {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("address of the database: %w", err)
	}
	cfg.RuntimeParams["statement_timeout"] = "0"
	// A migration that queues behind a long reader stops everybody behind it.
	cfg.RuntimeParams["lock_timeout"] = "5s"
	prepare(cfg)
	db := stdlib.OpenDB(*cfg)
	defer db.Close()
	if err := up(ctx, db, migrations.FS); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if appRole == "" || appRole == cfg.User {
		return nil
	}
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("grant to %s: %w", appRole, err)
	}
	// The connection may outlive ctx by the time it takes to say goodbye.
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return Grant(ctx, conn, appRole)
}

func up(ctx context.Context, db *sql.DB, files fs.FS) error {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker))
	if err != nil {
		return err
	}
	if err := refuseNewer(ctx, p); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return err
	}
	// A newer binary may have migrated while this one waited for the lock.
	return refuseNewer(ctx, p)
}

func refuseNewer(ctx context.Context, p *goose.Provider) error {
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > target {
		return fmt.Errorf("%w: its schema is %d, this binary knows %d", ErrSchemaNewer, current, target)
	}
	return nil
}

// Ready returns nil when the database answers within two seconds and has exactly
// the schema of this binary; else [ErrSchemaNewer], [ErrSchemaOlder] or an error
// for which [IsUnavailable] holds.
func Ready(ctx context.Context, db DB) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	want, err := NewestSchema()
	if err != nil {
		return err
	}
	got, err := SchemaOf(ctx, db)
	switch {
	case err != nil:
		return fmt.Errorf("database not ready: %w", err)
	case got > want:
		return ErrSchemaNewer
	case got < want:
		return ErrSchemaOlder
	}
	return nil
}

func newest(files fs.FS) (int64, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return 0, err
	}
	var last int64
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, err
		}
		last = max(last, version)
	}
	return last, nil
}
