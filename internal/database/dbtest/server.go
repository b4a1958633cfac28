package dbtest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/url"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database"
	"danvan/migrations"
)

const (
	ownerRole = "danvan_test_owner"
	appRole   = "danvan_test_app"
	// On a server that asks for passwords; it protects throw-away data only.
	password = "danvan-test"

	templatePrefix = "danvan_test_tmpl_"
	sharedPrefix   = "danvan_test_tx_"
	clonePrefix    = "danvan_test_run_"
)

// server is a Postgres this process may create databases and roles on.
type server struct {
	url   string
	admin *pgxpool.Pool
	// held is the connection whose advisory locks say that this process lives
	// and uses its template; they end with it, however it ends.
	held *pgx.Conn
	run  string // names this process's clones

	migrated   func() (string, error)
	sharedPool func() (*pgxpool.Pool, error)
}

func startServer() (*server, error) {
	ctx := context.Background()
	address, _, err := Serve(ctx) // as long as the process
	if err != nil {
		return nil, err
	}
	s := &server{url: address, run: strings.ToLower(rand.Text()[:10])}
	s.migrated = sync.OnceValues(func() (string, error) { return s.template(ctx) })
	s.sharedPool = sync.OnceValues(func() (*pgxpool.Pool, error) { return s.shared(ctx) })
	if s.held, err = pgx.Connect(ctx, address); err != nil {
		return nil, fmt.Errorf("tests need Postgres: TEST_DATABASE_URL does not answer: %w", err)
	}
	if s.admin, err = pgxpool.New(ctx, address); err != nil {
		return nil, err
	}
	if _, err := s.held.Exec(ctx, "select pg_advisory_lock(hashtext($1))", clonePrefix+s.run); err != nil {
		return nil, err
	}
	return s, nil
}

// template returns the name of a migrated database, made once for each set of
// migrations and shared by every test binary on this server.
func (s *server) template(ctx context.Context) (string, error) {
	sum, err := hash(migrations.FS)
	if err != nil {
		return "", err
	}
	name := templatePrefix + sum
	// One binary at a time makes roles and templates and sweeps.
	if _, err := s.held.Exec(ctx, "select pg_advisory_lock(hashtext('danvan test setup'))"); err != nil {
		return "", err
	}
	defer s.held.Exec(ctx, "select pg_advisory_unlock(hashtext('danvan test setup'))")
	if _, err := s.held.Exec(ctx, "select pg_advisory_lock_shared(hashtext($1))", name); err != nil {
		return "", err
	}
	if err := s.roles(ctx); err != nil {
		return "", err
	}
	if err := s.sweep(ctx, name); err != nil {
		return "", err
	}
	ready, err := database.Value[bool](ctx, s.held, `
		select exists (select from pg_database where datname = @name and datistemplate)`,
		database.Args{"name": name})
	if err != nil || ready {
		return name, err
	}
	for _, stmt := range []string{
		"drop database if exists " + name + " with (force)",
		"create database " + name + " owner " + ownerRole,
	} {
		if _, err := s.held.Exec(ctx, stmt); err != nil {
			return "", err
		}
	}
	if err := database.Migrate(ctx, s.urls(name).Owner, appRole); err != nil {
		return "", err
	}
	_, err = s.held.Exec(ctx, "alter database "+name+" with is_template true")
	return name, err
}

// shared opens the database all rolled-back transactions of one schema run in.
func (s *server) shared(ctx context.Context) (*pgxpool.Pool, error) {
	template, err := s.migrated()
	if err != nil {
		return nil, err
	}
	name := strings.Replace(template, templatePrefix, sharedPrefix, 1)
	err = database.InTx(ctx, s.held, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, "select pg_advisory_xact_lock(hashtext('danvan test setup'))")
		if err != nil {
			return err
		}
		exists, err := database.Value[bool](ctx, tx, `
			select exists (select from pg_database where datname = @name)`,
			database.Args{"name": name})
		if err != nil || exists {
			return err
		}
		// Not in the transaction, which may not create databases; under its lock.
		_, err = s.admin.Exec(ctx, "create database "+name+" template "+template+" owner "+ownerRole)
		return err
	})
	if err != nil {
		return nil, err
	}
	return database.Open(ctx, s.urls(name).App)
}

func (s *server) roles(ctx context.Context) error {
	for _, role := range []string{ownerRole, appRole} {
		exists, err := database.Value[bool](ctx, s.held, `
			select exists (select from pg_roles where rolname = @role)`,
			database.Args{"role": role})
		if err != nil {
			return err
		}
		if exists {
			continue
		}
		if _, err := s.held.Exec(ctx, "create role "+role+" login password '"+password+"'"); err != nil {
			return err
		}
	}
	return nil
}

// sweep drops what killed test binaries left and the templates of schemas no
// running binary uses: whoever lives holds the lock of its run and its template.
// What was filled from current may serve the next binary and stays.
func (s *server) sweep(ctx context.Context, current string) error {
	names, err := database.Values[string](ctx, s.held, `
		select datname::text
		from pg_database
		where starts_with(datname, 'danvan_test_')`, nil)
	if err != nil {
		return err
	}
	for _, name := range names {
		if isFilled(name, current) {
			continue
		}
		key := name
		if rest, ok := strings.CutPrefix(name, clonePrefix); ok {
			run, _, _ := strings.Cut(rest, "_")
			key = clonePrefix + run
		}
		if rest, ok := strings.CutPrefix(name, sharedPrefix); ok {
			key = templatePrefix + rest
		}
		if err := s.dropUnused(ctx, name, key); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) dropUnused(ctx context.Context, name, key string) error {
	conn, err := s.admin.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	free, err := database.Value[bool](ctx, conn, `select pg_try_advisory_lock(hashtext(@key))`, database.Args{"key": key})
	if err != nil || !free {
		return err
	}
	defer conn.Exec(ctx, "select pg_advisory_unlock(hashtext($1))", key)
	if _, err := conn.Exec(ctx, "alter database "+name+" with is_template false"); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, "drop database "+name+" with (force)")
	return err
}

// urls returns the addresses of one database on this server, in either form of
// address Postgres has.
func (s *server) urls(database string) URLs {
	return URLs{
		Owner: s.as(ownerRole, database),
		App:   s.as(appRole, database),
	}
}

func (s *server) as(role, database string) string {
	u, err := url.Parse(s.url)
	if err != nil || u.Scheme == "" {
		return fmt.Sprintf("%s user=%s password=%s dbname=%s", s.url, role, password, database)
	}
	u.User = url.UserPassword(role, password)
	u.Path = "/" + database
	q := u.Query()
	q.Del("user")
	q.Del("password")
	q.Del("dbname")
	u.RawQuery = strings.ReplaceAll(q.Encode(), "+", "%20") // libpq reads + as a plus
	return u.String()
}

func hash(files fs.FS) (string, error) {
	h := sha256.New()
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return "", err
	}
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(h, name, len(b))
		h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil))[:12], nil
}
