package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
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

// anArchive is an archive with one file, for tests that do not mind what is in it.
func anArchive(t *testing.T) string {
	t.Helper()
	shared.once.Do(func() {
		content, err := os.ReadFile(begun(t, "biên bản").save(t))
		if err != nil {
			t.Fatal(err)
		}
		shared.archive = content
	})
	path := filepath.Join(t.TempDir(), "danvan.tar")
	if err := os.WriteFile(path, shared.archive, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

var shared struct {
	once    sync.Once
	archive []byte
}

func (p *portal) stillEmpty(t *testing.T) {
	t.Helper()
	n, err := database.Value[int](t.Context(), p.owner, `select count(*) from pg_class where relnamespace = 'public'::regnamespace`, nil)
	if err != nil || n != 0 {
		t.Errorf("%d relations in the database, %v", n, err)
	}
	if files, err := p.Files.List(t.Context()); err != nil || len(files) != 0 {
		t.Errorf("files %v, %v", files, err)
	}
}

// pdf is content in a file of a type that may be attached.
func pdf(content string) *strings.Reader {
	return strings.NewReader("%PDF-1.7\n" + content + "\n%%EOF\n")
}
