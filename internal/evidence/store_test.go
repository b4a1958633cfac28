package evidence_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

var now = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)

func store(t testing.TB, folder string) *evidence.Store {
	t.Helper()
	s, err := evidence.Open(folder, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // only a descriptor
	return s
}

func put(t testing.TB, s *evidence.Store, name, content string) evidence.File {
	t.Helper()
	f, err := s.Put(t.Context(), name, strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func register(t testing.TB, db database.DB, s *evidence.Store, files ...evidence.File) error {
	t.Helper()
	return database.InTx(t.Context(), db, func(tx pgx.Tx) error {
		return s.Register(t.Context(), tx, now, files...)
	})
}

func read(t testing.TB, s *evidence.Store, sha evidence.SHA) string {
	t.Helper()
	f, err := s.Open(t.Context(), sha)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// files lists the regular files under a folder, relative to it.
func files(t testing.TB, folder string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			name, _ := filepath.Rel(folder, path) // below folder, so it has one
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// age makes everything in the store look as if written long ago.
func age(t testing.TB, folder string) {
	t.Helper()
	old := time.Now().Add(-25 * time.Hour)
	for _, name := range files(t, folder) {
		if err := os.Chtimes(filepath.Join(folder, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFileComesBackAsItWasPut(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	got := put(t, store(t, folder), `C:\tài liệu\Kế hoạch.PDF`, pdf)
	want := evidence.File{SHA: sha256.Sum256([]byte(pdf)), Name: "Kế hoạch.PDF", Type: evidence.PDF, Size: int64(len(pdf))}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	// Another process finds it.
	if content := read(t, store(t, folder), got.SHA); content != pdf {
		t.Errorf("read back %q", content)
	}
}

func TestTheSameFileIsStoredOnce(t *testing.T) {
	t.Parallel()
	folder, db := t.TempDir(), dbtest.New(t)
	one, other := store(t, folder), store(t, folder)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s := []*evidence.Store{one, other}[i%2]
			f, err := s.Put(context.Background(), "a.pdf", strings.NewReader(pdf))
			if err == nil {
				err = database.InTx(context.Background(), db, func(tx pgx.Tx) error {
					return s.Register(context.Background(), tx, now, f, f)
				})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := files(t, folder); len(got) != 1 {
		t.Errorf("the folder holds %q, want one file", got)
	}
	n, err := database.Value[int](t.Context(), db, `select count(*) from file`, nil)
	if err != nil || n != 1 {
		t.Errorf("got %d rows, %v, want 1", n, err)
	}
}

func TestARefusedFileLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := store(t, folder)
	for name, content := range map[string]string{
		"trong.pdf": "",
		"gia.pdf":   "<html>",
		"lon.pdf":   pdf + strings.Repeat(" ", 1<<20),
	} {
		_, err := s.Put(t.Context(), name, strings.NewReader(content))
		if got := sentence(t, err); !strings.Contains(got, name) {
			t.Errorf("%s: got %q", name, got)
		}
	}
	_, err := s.Put(t.Context(), "lon.pdf", strings.NewReader(pdf+strings.Repeat(" ", 1<<20)))
	if got := sentence(t, err); !strings.Contains(got, "lớn hơn 1 MB") {
		t.Errorf("got %q, want the limit named", got)
	}
	if got := files(t, folder); len(got) != 0 {
		t.Errorf("left %q", got)
	}
}

func TestABrokenUploadLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s := store(t, folder)
	broken := io.MultiReader(strings.NewReader(pdf), iotestErr{})
	if _, err := s.Put(t.Context(), "a.pdf", broken); !errors.Is(err, errBroken) {
		t.Errorf("got %v, want %v", err, errBroken)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Put(ended, "a.pdf", strings.NewReader(pdf)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	if got := files(t, folder); len(got) != 0 {
		t.Errorf("left %q", got)
	}
}

var errBroken = errors.New("connection lost")

type iotestErr struct{}

func (iotestErr) Read([]byte) (int, error) { return 0, errBroken }

func TestSymbolicLinksLeadNowhere(t *testing.T) {
	t.Parallel()
	folder, outside := t.TempDir(), t.TempDir()
	s := store(t, folder)
	sum := evidence.SHA(sha256.Sum256([]byte(pdf)))
	// The folder of the hash leads outside: nothing is written there.
	if err := os.Symlink(outside, filepath.Join(folder, sum.String()[:2])); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put(t.Context(), "a.pdf", strings.NewReader(pdf)); err == nil {
		t.Error("stored through a link out of the folder")
	}
	if got := files(t, outside); len(got) != 0 {
		t.Errorf("wrote %q outside", got)
	}
	// A hash that is a link is no file.
	secret := filepath.Join(outside, "secret")
	if err := os.WriteFile(secret, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, target := range []string{secret, "../incoming"} {
		fake := evidence.SHA{1, byte(len(target))}
		link := filepath.Join(folder, fake.String()[:2], fake.String())
		if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Open(t.Context(), fake); !errors.Is(err, fault.NotFound) {
			t.Errorf("link to %s: got %v, want %v", target, err, fault.NotFound)
		}
	}
}

func TestAnUnknownFileIsNotFound(t *testing.T) {
	t.Parallel()
	s := store(t, t.TempDir())
	if _, err := s.Open(t.Context(), evidence.SHA{}); !errors.Is(err, fault.NotFound) {
		t.Errorf("got %v, want %v", err, fault.NotFound)
	}
	good := evidence.SHA{0xab}.String()
	for _, text := range []string{"", "..", strings.ToUpper(good), good[:63] + "g", good + "0", "../" + good[3:]} {
		if _, err := evidence.ParseSHA(text); !errors.Is(err, fault.NotFound) {
			t.Errorf("ParseSHA(%q): got %v, want %v", text, err, fault.NotFound)
		}
	}
}

func TestSweepTakesOnlyOldFilesThatNothingNames(t *testing.T) {
	t.Parallel()
	folder, db := t.TempDir(), dbtest.New(t)
	s := store(t, folder)
	named, orphan := put(t, s, "a.pdf", pdf), put(t, s, "b.pdf", pdf+"b")
	if err := register(t, db, s, named); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "incoming", "half"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Sweep(t.Context(), db, time.Now()); err != nil || n != 0 {
		t.Errorf("swept %d young files, %v", n, err)
	}
	age(t, folder)
	young := put(t, s, "c.pdf", pdf+"c")
	n, err := s.Sweep(t.Context(), db, time.Now())
	if err != nil || n != 2 {
		t.Errorf("swept %d, %v, want the orphan and the half upload", n, err)
	}
	for _, f := range []evidence.File{named, young} {
		if got := read(t, s, f.SHA); !strings.HasPrefix(got, pdf) {
			t.Errorf("%s is gone", f.Name)
		}
	}
	if _, err := s.Open(t.Context(), orphan.SHA); !errors.Is(err, fault.NotFound) {
		t.Errorf("the orphan: got %v, want %v", err, fault.NotFound)
	}
	if got := sentence(t, register(t, db, s, orphan)); !strings.Contains(got, "chọn lại tệp") {
		t.Errorf("naming a swept file: got %q", got)
	}
}

// An old orphan that is being named while the sweep runs must either go and be
// refused, or stay and be readable.
func TestSweepNeverTakesAFileThatIsBeingNamed(t *testing.T) {
	t.Parallel()
	folder, db := t.TempDir(), dbtest.New(t)
	s := store(t, folder)
	for i := range 20 {
		f := put(t, s, "a.pdf", pdf+string(rune('a'+i)))
		age(t, folder)
		var wg sync.WaitGroup
		var named error
		wg.Go(func() {
			named = database.InTx(context.Background(), db, func(tx pgx.Tx) error {
				return s.Register(context.Background(), tx, now, f)
			})
		})
		wg.Go(func() {
			if _, err := s.Sweep(context.Background(), db, time.Now()); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		content, err := s.Open(t.Context(), f.SHA)
		if (named == nil) != (err == nil) {
			t.Errorf("named: %v, opened: %v", named, err)
		}
		if err == nil {
			_ = content.Close() // only read
		}
	}
}

func TestSizesAreWrittenForPeople(t *testing.T) {
	t.Parallel()
	for size, want := range map[int64]string{1: "1 KB", 1024: "1 KB", 350 << 10: "350 KB", 20 << 20: "20 MB", 3 << 19: "1,5 MB"} {
		if got := evidence.FormatSize(size); got != want {
			t.Errorf("FormatSize(%d) = %q, want %q", size, got, want)
		}
	}
	if got := bytes.Count([]byte(evidence.Accept), []byte(".")); got != 6 {
		t.Errorf("Accept lists %d endings, want 6", got)
	}
}
