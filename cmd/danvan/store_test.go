//go:build unix

package main

import (
	"bytes"
	"testing"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"

	"github.com/jackc/pgx/v5"
)

func TestMigratingANewDatabaseBringsTheIndicators(t *testing.T) {
	t.Parallel()
	urls, data := dbtest.Empty(t), newFolder(t)
	settings := map[string]string{"DATABASE_URL": urls.App, "DANVAN_MIGRATE_URL": urls.Owner, "DANVAN_DATA": data}
	for range 2 {
		var out bytes.Buffer
		env := environment{getenv: func(name string) string { return settings[name] }, out: &out, logs: &out}
		if err := run(t.Context(), env, []string{"migrate"}); err != nil {
			t.Fatalf("%v\n%s", err, out.String())
		}
	}
	conn, err := pgx.Connect(t.Context(), urls.App)
	must(t, err)
	defer conn.Close(t.Context())
	n, err := database.Value[int](t.Context(), conn, `select count(*) from indicator`, nil)
	must(t, err)
	if n != 94 {
		t.Errorf("got %d indicators, want the 94 the portal comes with", n)
	}
}
