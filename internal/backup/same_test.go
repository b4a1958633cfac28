package backup_test

import (
	"bytes"
	"crypto/sha256"
	"database/sql"
	"io"
	"maps"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver pgx
	"github.com/pressly/goose/v3"

	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/migrations"
)

// same compares everything: every row, every rule and right, every file.
func same(t *testing.T, want, got *portal) {
	t.Helper()
	compare(t, "rows", contents(t, want.owner), contents(t, got.owner))
	for what, query := range catalogue {
		compare(t, what, listed(t, want.owner, query), listed(t, got.owner, query))
	}
	compare(t, "files", stored(t, want.Files), stored(t, got.Files))
}

func compare(t *testing.T, what string, want, got map[string]string) {
	t.Helper()
	if len(want) == 0 && what != "files" {
		t.Errorf("%s: nothing to compare", what)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if got[name] != want[name] {
			t.Errorf("%s of %s: got %q, want %q", what, name, got[name], want[name])
		}
	}
	for name := range got {
		if _, known := want[name]; !known {
			t.Errorf("%s of %s: were not there", what, name)
		}
	}
}

// contents is a hash of all rows of each table, in whatever order they lie.
func contents(t *testing.T, db database.DB) map[string]string {
	t.Helper()
	sums := map[string]string{}
	for name := range listed(t, db, `select relname::text as name, '' as value from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`) {
		sum, err := database.Value[string](t.Context(), db, `
			select count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\n' order by t::text collate "C"), ''))
			from public.`+pgx.Identifier{name}.Sanitize()+` t`, nil)
		if err != nil {
			t.Fatal(err)
		}
		sums[name] = sum
	}
	return sums
}

// catalogue lists what surrounds the rows. Rights are those of the two roles,
// which both databases of a test share.
var catalogue = map[string]string{
	"columns": `
		select attrelid::regclass || '.' || attname as name,
		       concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid)) as value
		from pg_attribute
		join pg_class c on c.oid = attrelid
		left join pg_attrdef on adrelid = attrelid and adnum = attnum
		where relnamespace = 'public'::regnamespace and attnum > 0 and not attisdropped`,
	"constraints": `
		select conrelid::regclass || '.' || conname as name, pg_get_constraintdef(oid) as value
		from pg_constraint
		where connamespace = 'public'::regnamespace`,
	"indexes": `
		select indexname::text as name, indexdef as value
		from pg_indexes
		where schemaname = 'public'`,
	"triggers": `
		select tgrelid::regclass || '.' || tgname as name, pg_get_triggerdef(oid) as value
		from pg_trigger
		where not tgisinternal`,
	"functions": `
		select p.oid::regprocedure::text as name, pg_get_functiondef(p.oid) as value
		from pg_proc p
		join pg_language l on l.oid = p.prolang
		where pronamespace = 'public'::regnamespace and lanname in ('sql', 'plpgsql')`,
	"counters": `
		select sequencename::text as name, coalesce(last_value, 0)::text as value
		from pg_sequences
		where schemaname = 'public'`,
	"rights": `
		select relname::text as name, coalesce(relacl::text, '') as value
		from pg_class
		where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'S')`,
	"extensions": `
		select extname::text as name, extversion as value
		from pg_extension`,
}

func listed(t *testing.T, db database.DB, query string) map[string]string {
	t.Helper()
	type row struct{ Name, Value string }
	rows, err := database.All[row](t.Context(), db, query, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, r := range rows {
		all[r.Name] = r.Value
	}
	return all
}

func stored(t *testing.T, files *evidence.Store) map[string]string {
	t.Helper()
	all, err := files.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	contents := map[string]string{}
	for _, sha := range all {
		f, err := files.Open(t.Context(), sha)
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(f)
		_ = f.Close() // it was only read
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(content); !bytes.Equal(sum[:], sha[:]) {
			t.Errorf("file %s holds something else", sha)
		}
		contents[sha.String()] = string(content)
	}
	return contents
}

// migrateTo brings an empty database to the schema steps before the newest.
func migrateTo(t *testing.T, url string, steps int) int64 {
	t.Helper()
	db, err := sql.Open("pgx", url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS)
	if err != nil {
		t.Fatal(err)
	}
	sources := p.ListSources()
	version := sources[len(sources)-1+steps].Version
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	return version
}
