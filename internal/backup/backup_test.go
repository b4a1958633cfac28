package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"danvan/internal/backup"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/installation"
	"danvan/internal/viet"
)

var (
	now     = time.Date(2022, time.March, 15, 9, 30, 0, 0, viet.Location)
	machine = time.Date(2026, time.May, 4, 22, 15, 0, 0, time.UTC)
)

func TestRestoredInstallationIsTheOneSaved(t *testing.T) {
	t.Parallel()
	source := filled(t, "biên bản một", "biên bản hai")
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	saved, err := backup.Write(t.Context(), source.Place, archive, false, machine)
	if err != nil {
		t.Fatal(err)
	}
	if saved.Mode != installation.Real || !saved.Created.Equal(machine) || saved.Rows["file"] != 2 || len(saved.Files()) != 2 {
		t.Errorf("manifest %+v", saved)
	}
	target := empty(t)
	restored, err := backup.Restore(t.Context(), target.Place, archive)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(restored, saved) {
		t.Errorf("restored %+v, saved %+v", restored, saved)
	}
	same(t, source, target)
	if info, err := os.Stat(archive); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the archive: %v, %v", info.Mode(), err)
	}
	if left, err := os.ReadDir(filepath.Dir(archive)); err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestBackupBesideWritersIsOfOneMoment(t *testing.T) {
	t.Parallel()
	source := begun(t)
	ctx, stop := context.WithCancel(t.Context())
	wrote := make(chan error, 1)
	go func() {
		for i := 0; ; i++ {
			err := source.attach(ctx, strings.Repeat("tệp đính kèm ", i+1))
			if ctx.Err() != nil {
				err = nil
			}
			if err != nil || ctx.Err() != nil {
				wrote <- err
				return
			}
		}
	}()
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	saved, err := backup.Write(t.Context(), source.Place, archive, false, machine)
	stop()
	if err := errors.Join(err, <-wrote); err != nil {
		t.Fatal(err)
	}
	target := empty(t)
	if _, err := backup.Restore(t.Context(), target.Place, archive); err != nil {
		t.Fatal(err)
	}
	// Every attaching adds one file and one entry, in one transaction.
	type count struct{ Files, Entries int64 }
	got, err := database.One[count](t.Context(), target.owner, `
		select (select count(*) from file) as files,
		       (select count(*) from audit where action = 'attached') as entries`, nil)
	if err != nil || got.Files != got.Entries || got.Files != saved.Rows["file"] {
		t.Errorf("got %+v, %v, want %d of both", got, err, saved.Rows["file"])
	}
}

func TestArchiveOfAnOlderSchemaIsMigrated(t *testing.T) {
	t.Parallel()
	source := empty(t)
	older := migrateTo(t, source.OwnerURL, -1)
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	saved, err := backup.Write(t.Context(), source.Place, archive, false, machine)
	if err != nil || saved.Schema != older {
		t.Fatalf("saved %+v, %v, want schema %d", saved, err, older)
	}
	target := empty(t)
	if _, err := backup.Restore(t.Context(), target.Place, archive); err != nil {
		t.Fatal(err)
	}
	if err := database.Ready(t.Context(), target.owner); err != nil {
		t.Error(err)
	}
}

func TestArchiveOfANewerSchemaIsRefused(t *testing.T) {
	t.Parallel()
	source := begun(t)
	if _, err := source.owner.Exec(t.Context(), `insert into goose_db_version (version_id, is_applied) values (99999, true)`); err != nil {
		t.Fatal(err)
	}
	archive := source.save(t)
	target := empty(t)
	if _, err := backup.Restore(t.Context(), target.Place, archive); !errors.Is(err, database.ErrSchemaNewer) {
		t.Errorf("got %v, want %v", err, database.ErrSchemaNewer)
	}
	target.stillEmpty(t)
}

func TestArchiveIsNotReplacedUnasked(t *testing.T) {
	t.Parallel()
	source := begun(t)
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	if err := os.WriteFile(archive, []byte("the last one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Write(t.Context(), source.Place, archive, false, machine); !errors.Is(err, backup.ErrExists) {
		t.Errorf("got %v, want %v", err, backup.ErrExists)
	}
	if b, err := os.ReadFile(archive); err != nil || string(b) != "the last one" {
		t.Errorf("the archive is now %q, %v", b, err)
	}
	if _, err := backup.Write(t.Context(), source.Place, archive, true, machine); err != nil {
		t.Errorf("with force: %v", err)
	}
	if _, err := backup.Restore(t.Context(), empty(t).Place, archive); err != nil {
		t.Errorf("the new archive: %v", err)
	}
}

func TestDamagedFileInTheStoreFailsTheBackup(t *testing.T) {
	t.Parallel()
	source := begun(t, "biên bản một", "biên bản hai", "biên bản ba")
	files, err := source.Files.List(t.Context())
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	path := func(sha evidence.SHA) string { return filepath.Join(source.folder, sha.String()[:2], sha.String()) }
	if err := os.Remove(path(files[0])); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path(files[1]))
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)-1]++
	if err := os.WriteFile(path(files[1]), content, 0o600); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	_, err = backup.Write(t.Context(), source.Place, filepath.Join(folder, "danvan.tar"), false, machine)
	if !errors.Is(err, backup.ErrDamaged) || !strings.Contains(err.Error(), files[0].String()) || !strings.Contains(err.Error(), files[1].String()) {
		t.Errorf("got %v, want both files named as %v", err, backup.ErrDamaged)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestBackupThatIsCutShortLeavesNothing(t *testing.T) {
	t.Parallel()
	source := begun(t, "biên bản")
	folder := t.TempDir()
	for patience := time.Millisecond; ; patience *= 2 {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err := backup.Write(ctx, source.Place, filepath.Join(folder, "danvan.tar"), false, machine)
		cancel()
		if err == nil {
			return // patient enough at last
		}
		if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
			t.Fatalf("after %v: left behind %v, %v", patience, left, err)
		}
	}
}

func TestNothingToSaveIsSaid(t *testing.T) {
	t.Parallel()
	if _, err := backup.Write(t.Context(), empty(t).Place, filepath.Join(t.TempDir(), "a"), false, machine); !errors.Is(err, backup.ErrNothing) {
		t.Errorf("got %v, want %v", err, backup.ErrNothing)
	}
}

func TestAlteredAuditIsSaidButRestored(t *testing.T) {
	t.Parallel()
	source := begun(t, "biên bản")
	for _, stmt := range []string{
		`alter table audit disable trigger all`,
		`update audit set person = 'ai khác' where seq = 1`,
		`alter table audit enable trigger all`,
	} {
		if _, err := source.owner.Exec(t.Context(), stmt); err != nil {
			t.Fatal(err)
		}
	}
	target := empty(t)
	if _, err := backup.Restore(t.Context(), target.Place, source.save(t)); !errors.Is(err, backup.ErrAudit) {
		t.Errorf("got %v, want %v", err, backup.ErrAudit)
	}
	same(t, source, target)
}
