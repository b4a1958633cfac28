package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"danvan/internal/backup"
	"danvan/internal/config"
)

// backupTo writes an archive, also while portals run.
func backupTo(ctx context.Context, env environment, cfg config.Config, args []string) error {
	flags := flag.NewFlagSet("backup", flag.ContinueOnError)
	flags.SetOutput(env.out)
	force := flags.Bool("force", false, "replace the file if it is there")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("%w: danvan backup [-force] FILE", errUsage)
	}
	s, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	m, err := backup.Write(ctx, s.place(cfg), flags.Arg(0), *force, time.Now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.out, "Saved: %s.\n", inside(m))
	return err
}

// restoreFrom fills an empty installation. Nothing is migrated before: a schema
// would be something.
func restoreFrom(ctx context.Context, env environment, cfg config.Config, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%w: danvan restore FILE", errUsage)
	}
	s, err := openStore(ctx, cfg)
	if err != nil {
		return err
	}
	defer s.close()
	m, err := backup.Restore(ctx, s.place(cfg), args[0])
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.out, "Restored and verified: %s; saved %s.\n", inside(m), m.Created.Local().Format(time.DateTime))
	return err
}

// inside says what an archive holds.
func inside(m backup.Manifest) string {
	return fmt.Sprintf("%s data of schema %d, %d rows in %d tables, %d files", m.Mode, m.Schema, m.RowCount(), len(m.Rows), len(m.Files()))
}

// place is the store as backup and restore see it.
func (s *store) place(cfg config.Config) backup.Place {
	p := backup.Place{OwnerURL: s.ownerURL, AppURL: s.appURL, Files: s.files, Bin: cfg.PGBin}
	if s.private != nil {
		p.Bin = s.private.Bin().Dir
	}
	return p
}
