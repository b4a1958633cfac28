package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/installation"
)

// Place is where a demonstration lives.
type Place struct {
	App      *pgxpool.Pool // signed in as the application's role
	AppURL   string
	OwnerURL string // of the same database, for the role that owns the schema
	Files    *evidence.Store
}

// Prepare makes the database at a place a demonstration: it migrates, fills an
// empty one, and starts over where a filling was broken off or fresh asks for
// it. One that is ready stays as it is; a real one is refused with
// [installation.ErrIsReal]. Several processes may call it at once.
func Prepare(ctx context.Context, p Place, fresh bool) error {
	owner, err := pgx.Connect(ctx, p.OwnerURL)
	if err != nil {
		return fmt.Errorf("prepare demonstration: %w", err)
	}
	// The connection may outlive ctx by the time it takes to say goodbye.
	defer func() { _ = owner.Close(context.WithoutCancel(ctx)) }()
	// Held until the connection ends: one process fills, the others find it full.
	if _, err := owner.Exec(ctx, `select pg_advisory_lock(hashtext('danvan demo'))`); err != nil {
		return fmt.Errorf("prepare demonstration: %w", err)
	}
	if err := p.prepare(ctx, fresh); err != nil {
		return fmt.Errorf("prepare demonstration: %w", err)
	}
	return nil
}

func (p Place) prepare(ctx context.Context, fresh bool) error {
	role, err := database.RoleOf(p.AppURL)
	if err != nil {
		return err
	}
	if err := database.Migrate(ctx, p.OwnerURL, role); err != nil {
		return err
	}
	mode, err := installation.ModeOf(ctx, p.App)
	if err != nil {
		return err
	}
	broken, err := Unfinished(ctx, p.App)
	if err != nil {
		return err
	}
	switch {
	case mode == installation.Real:
		return installation.ErrIsReal
	case mode == installation.Demo && !fresh:
		return nil
	case mode == installation.Demo || broken:
		if err := Reset(ctx, p.OwnerURL, role); err != nil {
			return err
		}
		p.App.Reset() // what its connections know of the tables no longer holds
	}
	return Load(ctx, p.App, p.Files, time.Now())
}

// Unfinished reports whether a demonstration was being filled here and did not
// get to its end. Only a demonstration has people whose password stays.
func Unfinished(ctx context.Context, db database.DB) (bool, error) {
	return database.Value[bool](ctx, db, `
		select exists (
			select from installation
			where mode = 'empty'
			  and exists (select from credential where exempt))`, nil)
}

// Reset throws everything in the database away, migrates it anew and gives role
// its rights. Only demonstrations, finished or not, and empty databases are
// thrown away; a real one is [installation.ErrIsReal]. Files stay until they are
// swept.
func Reset(ctx context.Context, ownerURL, role string) error {
	owner, err := pgx.Connect(ctx, ownerURL)
	if err != nil {
		return fmt.Errorf("reset demonstration: %w", err)
	}
	defer func() { _ = owner.Close(context.WithoutCancel(ctx)) }()
	err = database.InTx(ctx, owner, func(tx pgx.Tx) error {
		// Nobody can make it a real one meanwhile.
		if _, err := tx.Exec(ctx, `lock table installation in access exclusive mode`); err != nil {
			return err
		}
		mode, err := installation.ModeOf(ctx, tx)
		if err != nil {
			return err
		}
		if mode == installation.Real {
			return installation.ErrIsReal
		}
		_, err = tx.Exec(ctx, `drop schema public cascade; create schema public`)
		return err
	})
	if err == nil {
		err = database.Migrate(ctx, ownerURL, role)
	}
	if errors.Is(err, installation.ErrIsReal) || err == nil {
		return err
	}
	return fmt.Errorf("reset demonstration: %w", err)
}
