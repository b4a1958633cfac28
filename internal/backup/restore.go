package backup

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/jackc/pgx/v5"

	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/evidence"
)

// Restore fills an empty place from the file archive and returns what was in it.
// The archive is verified whole before anything is written. The files come first
// and the database in one transaction, so that a portal never sees the one without
// the other; what was cut short can be done again. An archive of an older schema is
// migrated; one of a newer is [database.ErrSchemaNewer].
func Restore(ctx context.Context, place Place, archive string) (Manifest, error) {
	a, err := openArchive(ctx, archive)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore %s: %w", archive, err)
	}
	err = restore(ctx, place, a)
	if closed := a.close(); err == nil {
		err = closed
	}
	if err != nil {
		return a.manifest, fmt.Errorf("restore %s: %w", archive, err)
	}
	return a.manifest, nil
}

func restore(ctx context.Context, place Place, a *archive) error {
	newest, err := database.NewestSchema()
	if err != nil {
		return err
	}
	if a.manifest.Schema > newest {
		return fmt.Errorf("%w: the archive's schema is %d, this binary knows %d", database.ErrSchemaNewer, a.manifest.Schema, newest)
	}
	if err := fill(ctx, place, a); err != nil {
		return err
	}
	role, err := database.RoleOf(place.AppURL)
	if err != nil {
		return err
	}
	if err := database.Migrate(ctx, place.OwnerURL, role); err != nil {
		return err
	}
	app, err := connect(ctx, place.AppURL)
	if err != nil {
		return err
	}
	defer app.Close(context.WithoutCancel(ctx)) // it only reads
	if err := database.Ready(ctx, app); err != nil {
		return err
	}
	report, err := audit.Verify(ctx, app)
	if err != nil {
		return err
	}
	if len(report.Faults) > 0 {
		return fmt.Errorf("%w (%d faults)", ErrAudit, len(report.Faults))
	}
	return nil
}

// fill brings the files and the database to where they were, at the schema they
// had. Nobody migrates meanwhile.
func fill(ctx context.Context, place Place, a *archive) error {
	owner, err := connect(ctx, place.OwnerURL)
	if err != nil {
		return err
	}
	defer owner.Close(context.WithoutCancel(ctx)) // what it held ends with it
	if err := refuseUnlessEmpty(ctx, owner, place.Files, a.manifest); err != nil {
		return err
	}
	pgRestore, err := restorer(ctx, owner, place.Bin, a.manifest.Postgres)
	if err != nil {
		return err
	}
	if err := restoreFiles(ctx, place.Files, a); err != nil {
		return err
	}
	if err := restoreDatabase(ctx, pgRestore, place.OwnerURL, a); err != nil {
		return err
	}
	return compare(ctx, owner, a.manifest)
}

// refuseUnlessEmpty also makes sure that it stays so: owner holds the lock of
// migrations, without which no portal begins to serve.
func refuseUnlessEmpty(ctx context.Context, owner *pgx.Conn, files *evidence.Store, m Manifest) error {
	serving, err := database.Value[bool](ctx, owner, `
		select exists (
			select from pg_stat_activity
			where datname = current_database()
			and application_name = 'danvan')`, nil)
	if err != nil {
		return err
	}
	held, err := database.HoldMigrations(ctx, owner)
	if err != nil {
		return err
	}
	if serving || !held {
		return ErrServing
	}
	rows, err := countRows(ctx, owner)
	if err != nil {
		return err
	}
	if len(rows) > 0 {
		return fmt.Errorf("the database is %w", ErrNotEmpty)
	}
	there, err := files.List(ctx)
	if err != nil {
		return err
	}
	own := m.Files()
	for _, sha := range there { // those of this archive are left from a restoring cut short
		if !own[sha] {
			return fmt.Errorf("the store of files is %w", ErrNotEmpty)
		}
	}
	return nil
}

// restorer finds a pg_restore that reads what pg_dump of that version wrote and
// that knows the server.
func restorer(ctx context.Context, owner database.DB, bin string, dumped int) (program, error) {
	server, err := serverMajor(ctx, owner)
	if err != nil {
		return program{}, err
	}
	return findProgram(ctx, "pg_restore", bin, max(server, dumped))
}

func restoreFiles(ctx context.Context, files *evidence.Store, a *archive) error {
	return a.each(ctx, func(name string, content io.Reader) error {
		hash, isFile := strings.CutPrefix(name, filesFolder)
		if !isFile {
			return nil
		}
		sha, err := evidence.ParseSHA(hash[3:]) // behind the folder, by check
		if err != nil {
			return err
		}
		return files.Restore(ctx, sha, content)
	})
}

func restoreDatabase(ctx context.Context, pgRestore program, ownerURL string, a *archive) error {
	folder, err := os.MkdirTemp("", "danvan-restore-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder) // holds the address only
	return a.each(ctx, func(name string, content io.Reader) error {
		if name != dumpName {
			return nil
		}
		if err := pgRestore.run(ctx, ownerURL, folder, content,
			"--no-owner", "--no-privileges", "--no-comments", "--single-transaction", "--exit-on-error"); err != nil {
			return err
		}
		return errEnough
	})
}

// compare proves that what was saved is what is there now.
func compare(ctx context.Context, owner database.DB, m Manifest) error {
	schema, err := database.SchemaOf(ctx, owner)
	if err != nil {
		return err
	}
	if schema != m.Schema {
		return fmt.Errorf("the restored schema is %d, the archive's %d", schema, m.Schema)
	}
	rows, err := countRows(ctx, owner)
	if err != nil {
		return err
	}
	if names := m.differences(rows); len(names) > 0 {
		return fmt.Errorf("the restored tables %s do not have the number of rows saved", strings.Join(names, ", "))
	}
	files, err := namedFiles(ctx, owner)
	if err != nil {
		return err
	}
	saved := m.Files()
	for _, f := range files {
		if !saved[f.SHA256] {
			return fmt.Errorf("file %s, which the database names, is not in the archive", f.SHA256)
		}
	}
	return nil
}
