package backup_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"danvan/internal/backup"
	"danvan/internal/evidence"
	"danvan/internal/evidence/buckettest"
)

// inBucket moves an empty installation's files into a bucket.
func inBucket(t *testing.T, p *portal, b evidence.Bucket) *portal {
	t.Helper()
	files, err := evidence.OpenBucket(t.Context(), p.folder, b, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() }) // only a descriptor
	p.Files = files
	return p
}

func TestABackupMovesFilesBetweenFolderAndBucket(t *testing.T) {
	t.Parallel()
	source := filled(t, "biên bản một", "biên bản hai")
	bucket := inBucket(t, empty(t), buckettest.New(t).Bucket)
	folder := empty(t)
	from := source
	for i, to := range []*portal{bucket, folder} {
		archive := filepath.Join(t.TempDir(), "danvan.tar")
		if _, err := backup.Write(t.Context(), from.Place, archive, false, machine); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Restore(t.Context(), to.Place, archive); err != nil {
			t.Fatalf("step %d: %v", i+1, err)
		}
		same(t, source, to)
		from = to
	}
}

func TestABucketWithOtherFilesIsNotRestoredInto(t *testing.T) {
	t.Parallel()
	source := filled(t, "biên bản một")
	archive := filepath.Join(t.TempDir(), "danvan.tar")
	if _, err := backup.Write(t.Context(), source.Place, archive, false, machine); err != nil {
		t.Fatal(err)
	}
	server := buckettest.New(t)
	other := evidence.SHA{0xab}.String()
	server.Put(other[:2]+"/"+other, "của cổng khác", time.Now())
	target := inBucket(t, empty(t), server.Bucket)
	if _, err := backup.Restore(t.Context(), target.Place, archive); !errors.Is(err, backup.ErrNotEmpty) {
		t.Errorf("got %v, want %v", err, backup.ErrNotEmpty)
	}
	if got := server.Keys(); len(got) != 1 {
		t.Errorf("the bucket holds %q, want what it held", got)
	}
}

func TestAFileMissingInTheBucketIsNamed(t *testing.T) {
	t.Parallel()
	source := inBucket(t, filled(t, "biên bản một"), buckettest.New(t).Bucket)
	_, err := backup.Write(t.Context(), source.Place, filepath.Join(t.TempDir(), "danvan.tar"), false, machine)
	if !errors.Is(err, backup.ErrDamaged) {
		t.Errorf("got %v, want %v", err, backup.ErrDamaged)
	}
}
