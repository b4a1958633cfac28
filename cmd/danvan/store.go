package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/config"
	"danvan/internal/database"
	"danvan/internal/database/localpg"
	"danvan/internal/evidence"
	"danvan/internal/indicator"
)

// store is the database and the files of one installation, open.
type store struct {
	app      *pgxpool.Pool // signed in as the application's role
	appURL   string
	ownerURL string
	private  *localpg.Server // nil where DATABASE_URL is set
	files    *evidence.Store
}

// openStore opens what the settings name; without DATABASE_URL it starts the
// private Postgres or joins the process that runs it.
func openStore(ctx context.Context, cfg config.Config) (*store, error) {
	s := &store{appURL: cfg.DatabaseURL, ownerURL: cfg.MigrateURL}
	if s.appURL == "" {
		var err error
		if s.private, err = localpg.Open(ctx, filepath.Join(cfg.Data, "postgres"), localpg.Options{Bin: cfg.PGBin}); err != nil {
			return nil, err
		}
		s.appURL, s.ownerURL = s.private.AppURL(), s.private.OwnerURL()
	} else if s.ownerURL == s.appURL {
		slog.Warn("DANVAN_MIGRATE_URL is not set: the portal serves with a role that may change the schema")
	}
	var err error
	if s.files, err = openFiles(ctx, cfg); err != nil {
		s.close()
		return nil, err
	}
	if s.app, err = database.Open(ctx, s.appURL); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// migrate brings the schema up to this version and gives the application's role
// its rights.
func (s *store) migrate(ctx context.Context) error {
	role, err := database.RoleOf(s.appURL)
	if err != nil {
		return err
	}
	return database.Migrate(ctx, s.ownerURL, role)
}

// close lets go of everything; a private Postgres that this process runs stops.
func (s *store) close() {
	if s.app != nil {
		s.app.Close()
	}
	if s.files != nil {
		_ = s.files.Close() // nothing is written through it any more
	}
	if s.private == nil {
		return
	}
	if err := s.private.Close(); err != nil {
		slog.Error("private Postgres ended badly", "err", err)
	}
}

// withStore runs fn on the migrated store of the settings, with the indicators of
// this version.
func withStore(ctx context.Context, cfg config.Config, fn func(s *store) error) error {
	s, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.migrate(ctx); err != nil {
		return err
	}
	if err := indicator.Load(ctx, s.app, actor.System, time.Now()); err != nil {
		return err
	}
	return fn(s)
}

func migrate(ctx context.Context, env environment, cfg config.Config, _ []string) error {
	return withStore(ctx, cfg, func(*store) error {
		_, err := fmt.Fprintln(env.out, "The database is up to date.")
		return err
	})
}
