package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"danvan/internal/database/localpg"
)

func TestProgramOlderThanTheServerIsPassedOver(t *testing.T) {
	t.Parallel()
	server, err := localpg.FindBinaries(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	old := pretend(t, "pg_dump", "pg_dump (PostgreSQL) 13.4")
	got, err := findProgram(t.Context(), "pg_dump", old, server.Major)
	if err != nil || got.path != server.Path("pg_dump") || got.major != server.Major {
		t.Errorf("got %+v, %v, want that of the server", got, err)
	}
}

func TestNewerProgramInTheFolderNamedIsPreferred(t *testing.T) {
	t.Parallel()
	dir := pretend(t, "pg_dump", "pg_dump (PostgreSQL) 99beta1 (Debian)")
	got, err := findProgram(t.Context(), "pg_dump", dir, 99)
	if want := (program{filepath.Join(dir, "pg_dump"), 99}); err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestMissingProgramIsNamedWithTheRemedy(t *testing.T) {
	t.Parallel()
	for name, words := range map[string][]string{
		"pg_dump":       {"is of version", "postgresql-client-98", "DANVAN_PG_BIN"}, // installed, but too old
		"pg_dump_thiếu": {"pg_dump_thiếu is not installed", "postgresql-client-98", "DANVAN_PG_BIN"},
	} {
		_, err := findProgram(t.Context(), name, "", 98)
		if !errors.Is(err, ErrNoProgram) {
			t.Errorf("%s: got %v, want %v", name, err, ErrNoProgram)
			continue
		}
		for _, word := range words {
			if !strings.Contains(err.Error(), word) {
				t.Errorf("%s: %q is not said in %v", name, word, err)
			}
		}
	}
}

// pretend makes a folder with a program that only tells its version.
func pretend(t *testing.T, name, version string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\necho '"+version+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
