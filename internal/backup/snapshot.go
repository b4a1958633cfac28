package backup

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/installation"
)

// snapshot is the database as of one moment, shared with pg_dump.
type snapshot struct {
	conn     *pgx.Conn
	tx       pgx.Tx
	id       string
	manifest Manifest // without members
	files    []named
}

// takeSnapshot reads what goes into the manifest. close it when the dump is made.
func takeSnapshot(ctx context.Context, ownerURL string) (*snapshot, error) {
	conn, err := connect(ctx, ownerURL)
	if err != nil {
		return nil, err
	}
	s := &snapshot{conn: conn}
	if err := s.read(ctx); err != nil {
		s.close(ctx)
		return nil, err
	}
	return s, nil
}

func (s *snapshot) read(ctx context.Context) error {
	var err error
	if s.tx, err = s.conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}); err != nil {
		return err
	}
	there, err := database.Value[bool](ctx, s.tx, `select to_regclass('public.goose_db_version') is not null`, nil)
	if err != nil {
		return err
	}
	if !there {
		return ErrNothing
	}
	if s.id, err = database.Value[string](ctx, s.tx, `select pg_export_snapshot()`, nil); err != nil {
		return err
	}
	m := &s.manifest
	m.Format = format
	if m.Schema, err = database.SchemaOf(ctx, s.tx); err != nil {
		return err
	}
	if m.Mode, err = installation.ModeOf(ctx, s.tx); err != nil {
		return err
	}
	if m.Rows, err = countRows(ctx, s.tx); err != nil {
		return err
	}
	s.files, err = namedFiles(ctx, s.tx)
	return err
}

// dump writes the snapshot to the file to and returns the major version of the
// program that did. folder is for what the program has to be told in secret.
func (s *snapshot) dump(ctx context.Context, place Place, folder, to string) (major int, err error) {
	server, err := serverMajor(ctx, s.tx)
	if err != nil {
		return 0, err
	}
	pgDump, err := findProgram(ctx, "pg_dump", place.Bin, server)
	if err != nil {
		return 0, err
	}
	return pgDump.major, pgDump.run(ctx, place.OwnerURL, folder, nil,
		"--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--snapshot="+s.id,
		// Rather no backup tonight than a portal that waits for one.
		"--lock-wait-timeout=30s", "--file="+to)
}

// close ends the snapshot. Nothing was written: whatever fails here loses nothing.
func (s *snapshot) close(ctx context.Context) { _ = s.conn.Close(context.WithoutCancel(ctx)) }

// countRows counts every table of the portal, partitions one by one.
func countRows(ctx context.Context, db database.DB) (map[string]int64, error) {
	names, err := database.Values[string](ctx, db, `
		select c.relname::text
		from pg_class c
		where c.relnamespace = 'public'::regnamespace
		and c.relkind = 'r'
		and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
		order by c.relname`, nil)
	if err != nil {
		return nil, err
	}
	rows := make(map[string]int64, len(names))
	for _, name := range names {
		n, err := database.Value[int64](ctx, db, "select count(*) from public."+pgx.Identifier{name}.Sanitize(), nil)
		if err != nil {
			return nil, err
		}
		rows[name] = n
	}
	return rows, nil
}

func serverMajor(ctx context.Context, db database.DB) (int, error) {
	number, err := database.Value[int](ctx, db, `select current_setting('server_version_num')::int`, nil)
	return number / 10000, err
}

// connect opens a connection that may take its time.
func connect(ctx context.Context, url string) (*pgx.Conn, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("address of the database: %w", err)
	}
	for name, value := range map[string]string{
		"application_name":                    applicationName,
		"timezone":                            "UTC",
		"statement_timeout":                   "0",
		"idle_in_transaction_session_timeout": "0",
		"jit":                                 "off",
	} {
		cfg.RuntimeParams[name] = value
	}
	return pgx.ConnectConfig(ctx, cfg)
}

// applicationName is how this package's own connections show up among others.
const applicationName = "danvan-backup"
