package database_test

import (
	"bytes"
	"database/sql"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // "pgx" for goose
	"github.com/pressly/goose/v3"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/database/localpg"
	"danvan/migrations"
)

// Every schema that was once in use is kept as a dump, with the rows its migrations
// made, in testdata/schema. make schema writes one.
var (
	writeSchema = flag.String("schema.write", "", "name under which to keep the schema as it is now")
	schemaUpTo  = flag.Int64("schema.upto", math.MaxInt64, "the last migration of the schema to keep")
)

func keptSchema(name string) string { return filepath.Join("testdata", "schema", name+".sql") }

func TestEverySchemaOnceInUseBecomesTheOneOfToday(t *testing.T) {
	t.Parallel()
	if *writeSchema != "" {
		keepSchema(t, *writeSchema)
	}
	kept, err := filepath.Glob(keptSchema("*"))
	if err != nil || len(kept) == 0 {
		t.Fatalf("no schema is kept, %v", err)
	}
	want := schemaAt(t, dbtest.NewURL(t))
	for _, file := range kept {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			dump, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			urls := dbtest.Empty(t)
			if _, err := connect(t, urls.Owner).PgConn().Exec(t.Context(), string(dump)).ReadAll(); err != nil {
				t.Fatal(err)
			}
			before, err := database.SchemaOf(t.Context(), connect(t, urls.Owner))
			if err != nil || before == 0 {
				t.Fatalf("the dump is of schema %d, %v", before, err)
			}
			role, err := database.RoleOf(urls.App)
			if err != nil {
				t.Fatal(err)
			}
			if err := database.Migrate(t.Context(), urls.Owner, role); err != nil {
				t.Fatalf("from schema %d: %v", before, err)
			}
			if err := database.Ready(t.Context(), connect(t, urls.App)); err != nil {
				t.Error(err)
			}
			got := schemaAt(t, urls)
			for i, line := range got {
				if i >= len(want) || line != want[i] {
					t.Fatalf("from schema %d, line %d is\n%s\nand from nothing\n%s", before, i+1, line, strings.Join(want[min(i, len(want)):min(i+1, len(want))], ""))
				}
			}
			if len(got) != len(want) {
				t.Errorf("from schema %d there are %d lines, from nothing %d", before, len(got), len(want))
			}
		})
	}
}

// schemaAt is all that makes up a database but its rows, rights included, and the
// names of the tables one may only add to.
func schemaAt(t *testing.T, urls dbtest.URLs) []string {
	t.Helper()
	lines := dump(t, urls.Owner, "--schema-only")
	added, err := database.Values[string](t.Context(), connect(t, urls.Owner), `select name from append_only order by name`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return append(lines, added...)
}

// keepSchema writes the schema as the migrations make it.
func keepSchema(t *testing.T, name string) {
	t.Helper()
	urls := dbtest.Empty(t)
	db, err := sql.Open("pgx", urls.Owner)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, db, migrations.FS)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), *schemaUpTo); err != nil {
		t.Fatal(err)
	}
	// What is random or of the moment would differ in every dump.
	for _, stmt := range []string{
		`update installation set seal_key = sha256('danvan')`,
		`update goose_db_version set tstamp = '2022-11-28'`,
	} {
		if _, err := db.ExecContext(t.Context(), stmt); err != nil {
			t.Fatal(err)
		}
	}
	lines := dump(t, urls.Owner, "--inserts", "--no-privileges")
	if err := os.MkdirAll(filepath.Dir(keptSchema(name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(keptSchema(name), []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// dump is what pg_dump writes without its comments and what only psql understands.
func dump(t *testing.T, url string, options ...string) []string {
	t.Helper()
	bin, err := localpg.FindBinaries(t.Context(), os.Getenv("DANVAN_PG_BIN"), 0)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), bin.Path("pg_dump"), append(options, "--no-owner", "--dbname="+url)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v\n%s", err, said.String())
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && !strings.HasPrefix(line, "--") && !strings.HasPrefix(line, `\`) {
			lines = append(lines, line)
		}
	}
	return lines
}
