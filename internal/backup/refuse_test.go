package backup_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/backup"
	"danvan/internal/database"
)

func TestFilledDatabaseOrFolderIsRefused(t *testing.T) {
	t.Parallel()
	source := begun(t, "biên bản")
	archive := source.save(t)
	if _, err := backup.Restore(t.Context(), source.Place, archive); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("into itself: got %v, want %v", err, backup.ErrNotEmpty)
	}
	target := empty(t)
	if _, err := target.Files.Put(t.Context(), "a.pdf", pdf("của ai khác")); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), target.Place, archive); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("into a folder with files: got %v, want %v", err, backup.ErrNotEmpty)
	}
	if there, err := database.Value[bool](t.Context(), target.owner, `select to_regclass('public.unit') is not null`, nil); err != nil || there {
		t.Errorf("the database was filled: %t, %v", there, err)
	}
}

func TestDatabaseOfARunningPortalIsRefused(t *testing.T) {
	t.Parallel()
	archive := anArchive(t)
	target := empty(t)
	pool, err := database.Open(t.Context(), target.AppURL)
	if err != nil {
		t.Fatal(err)
	}
	if err := pool.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), target.Place, archive); !errors.Is(err, backup.ErrServing) {
		t.Errorf("got %v, want %v", err, backup.ErrServing)
	}
	pool.Close()
	target.stillEmpty(t)
}

func TestDatabaseBeingMigratedIsRefused(t *testing.T) {
	t.Parallel()
	archive := anArchive(t)
	target := empty(t)
	other, err := pgx.Connect(t.Context(), target.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close(context.Background()) // holds nothing any more
	if held, err := database.HoldMigrations(t.Context(), other); err != nil || !held {
		t.Fatal(held, err)
	}
	if _, err := backup.Restore(t.Context(), target.Place, archive); !errors.Is(err, backup.ErrServing) {
		t.Errorf("got %v, want %v", err, backup.ErrServing)
	}
}

func TestRestoringThatWasCutShortCanBeRepeated(t *testing.T) {
	t.Parallel()
	source := begun(t, "biên bản một", "biên bản hai")
	archive := source.save(t)
	target := empty(t)
	if _, err := target.Files.Put(t.Context(), "a.pdf", pdf("biên bản hai")); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(t.Context(), target.Place, archive); err != nil {
		t.Fatal(err)
	}
	same(t, source, target)
}

func TestDamagedArchiveIsRefusedBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	archive := anArchive(t)
	whole, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	target := empty(t)
	damaged := filepath.Join(t.TempDir(), "danvan.tar")
	refuse := func(what string, content []byte) {
		t.Helper()
		if err := os.WriteFile(damaged, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), target.Place, damaged); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("%s: got %v, want %v", what, err, backup.ErrDamaged)
		}
	}
	for _, size := range []int{0, 100, 512, len(whole) / 2, len(whole) - 2000} {
		refuse("cut short", whole[:size])
	}
	// A byte of the first header, of the dump, of the file and of the manifest.
	for _, at := range []int{10, 512 + 100, bytes.Index(whole, []byte("biên bản")), bytes.LastIndex(whole, []byte(`"sha256"`)) + 20} {
		changed := append([]byte{}, whole...)
		changed[at] ^= 0x20
		refuse("changed", changed)
	}
	refuse("something else", []byte("không phải bản sao lưu"))
	target.stillEmpty(t)
	if _, err := backup.Restore(t.Context(), target.Place, archive); err != nil {
		t.Errorf("the whole archive: %v", err)
	}
}
