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

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/backup"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/installation"
	"danvan/internal/submission"
	"danvan/internal/unit"
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
	files, err := source.Files.List()
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

// portal is an installation of one test.
type portal struct {
	backup.Place
	owner  *pgx.Conn
	folder string // of files
}

func at(t *testing.T, urls dbtest.URLs) *portal {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "files")
	files, err := evidence.Open(folder, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() }) // only a descriptor
	owner, err := pgx.Connect(t.Context(), urls.Owner)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = owner.Close(context.Background()) }) // the database is dropped with force
	return &portal{Place: backup.Place{OwnerURL: urls.Owner, AppURL: urls.App, Files: files}, owner: owner, folder: folder}
}

func empty(t *testing.T) *portal {
	t.Helper()
	return at(t, dbtest.Empty(t))
}

// begun is a real portal that holds some files and nothing else.
func begun(t *testing.T, contents ...string) *portal {
	t.Helper()
	p := at(t, dbtest.NewURL(t))
	if err := installation.MarkReal(t.Context(), p.owner); err != nil {
		t.Fatal(err)
	}
	for _, content := range contents {
		if err := p.attach(t.Context(), content); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// filled is a portal with the units and the campaign of 2022 and some files.
func filled(t *testing.T, contents ...string) *portal {
	t.Helper()
	p := begun(t, contents...)
	for _, step := range []func() error{
		func() error {
			_, err := unit.Load(t.Context(), p.owner, actor.System, now, unit.Reference(), viet.NewDate(2020, time.January, 1), "danh mục đơn vị năm 2022")
			return err
		},
		func() error {
			_, err := campaign.Load2022(t.Context(), p.owner, actor.System, now)
			return err
		},
		func() error { return submission.Ensure(t.Context(), p.owner, now) },
		func() error { return audit.Seal(t.Context(), p.owner, machine) },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// attach stores a file and records it, in one transaction.
func (p *portal) attach(ctx context.Context, content string) error {
	f, err := p.Files.Put(ctx, "biên bản.pdf", pdf(content))
	if err != nil {
		return err
	}
	return database.InTx(ctx, p.owner, func(tx pgx.Tx) error {
		if err := p.Files.Register(ctx, tx, now, f); err != nil {
			return err
		}
		return audit.Record(ctx, tx, actor.System, now, audit.Entry{Subject: "file/" + f.SHA.String()[:8], Action: "attached"})
	})
}

// save writes an archive of p.
func (p *portal) save(t *testing.T) string {
	t.Helper()
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	if _, err := backup.Write(t.Context(), p.Place, archive, false, machine); err != nil {
		t.Fatal(err)
	}
	return archive
}

func (p *portal) stillEmpty(t *testing.T) {
	t.Helper()
	n, err := database.Value[int](t.Context(), p.owner, `select count(*) from pg_class where relnamespace = 'public'::regnamespace`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d relations in the database, %v", n, err)
	}
	if files, err := p.Files.List(); err != nil || len(files) != 0 {
		t.Errorf("files %v, %v", files, err)
	}
}

// pdf is content in a file of a type that may be attached.
func pdf(content string) *strings.Reader {
	return strings.NewReader("%PDF-1.7\n" + content + "\n%%EOF\n")
}
