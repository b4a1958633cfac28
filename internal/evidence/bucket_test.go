package evidence_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/drilltest"
	"danvan/internal/evidence"
	"danvan/internal/evidence/buckettest"
	"danvan/internal/fault"
)

// inBucket opens a store in a bucket as one more process would.
func inBucket(t testing.TB, b evidence.Bucket, folder string) *evidence.Store {
	t.Helper()
	s, err := evidence.OpenBucket(t.Context(), folder, b, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() }) // only a descriptor
	return s
}

// promises are what a bucket has to keep, whichever server holds it.
var promises = []struct {
	name string
	hold func(t *testing.T, b evidence.Bucket)
}{
	{"a file comes back as it was put", comesBack},
	{"the same file is stored once", storedOnce},
	{"only old files that nothing names are swept", sweptWhenOld},
	{"a file that is being named is never swept", neverSweptWhenNamed},
	{"what is restored is the file of its hash", restoredAsItWas},
	{"wrong keys and buckets are told at once", toldAtOnce},
}

func TestABucketKeepsFilesAsAFolderDoes(t *testing.T) {
	t.Parallel()
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			p.hold(t, buckettest.New(t).Bucket)
		})
	}
}

func TestDrillABucketOfARealServerKeepsFilesAsAFolderDoes(t *testing.T) {
	if drilltest.Times(0, 1) == 0 {
		t.Skip("builds a server: part of make drill")
	}
	for _, p := range promises {
		t.Run(p.name, func(t *testing.T) { p.hold(t, buckettest.Real(t)) })
	}
}

func comesBack(t *testing.T, b evidence.Bucket) {
	folder := t.TempDir()
	one := inBucket(t, b, folder)
	got := put(t, one, `C:\tài liệu\Kế hoạch.PDF`, pdf)
	want := evidence.File{SHA: sha256.Sum256([]byte(pdf)), Name: "Kế hoạch.PDF", Type: evidence.PDF, Size: int64(len(pdf))}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if left := files(t, folder); len(left) != 0 {
		t.Errorf("left %q in the folder of what comes in", left)
	}
	other := inBucket(t, b, t.TempDir())
	if content := read(t, other, got.SHA); content != pdf {
		t.Errorf("read back %q", content)
	}
	// Browsers may fetch a file in pieces.
	f, err := other.Open(t.Context(), got.SHA)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	answer := httptest.NewRecorder()
	piece := httptest.NewRequest(http.MethodGet, "/", nil)
	piece.Header.Set("Range", "bytes=5-7")
	http.ServeContent(answer, piece, "", time.Time{}, f)
	if answer.Code != http.StatusPartialContent || answer.Body.String() != pdf[5:8] {
		t.Errorf("a piece: got %d %q", answer.Code, answer.Body)
	}
	if _, err := other.Open(t.Context(), evidence.SHA{1}); !errors.Is(err, fault.NotFound) {
		t.Errorf("an unknown file: got %v, want %v", err, fault.NotFound)
	}
	if _, err := one.Put(t.Context(), "gia.pdf", strings.NewReader("<html>")); !strings.Contains(sentence(t, err), "gia.pdf") {
		t.Errorf("a false file: got %v", err)
	}
	if all, err := one.List(t.Context()); err != nil || !slices.Equal(all, []evidence.SHA{got.SHA}) {
		t.Errorf("listed %v, %v", all, err)
	}
}

func storedOnce(t *testing.T, b evidence.Bucket) {
	db, one, other := dbtest.New(t), inBucket(t, b, t.TempDir()), inBucket(t, b, t.TempDir())
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
	if all, err := one.List(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("the bucket holds %v, %v, want one file", all, err)
	}
	n, err := database.Value[int](t.Context(), db, `select count(*) from file`, nil)
	if err != nil || n != 1 {
		t.Errorf("got %d rows, %v, want 1", n, err)
	}
}

func sweptWhenOld(t *testing.T, b evidence.Bucket) {
	db, s := dbtest.New(t), inBucket(t, b, t.TempDir())
	named, orphan := put(t, s, "a.pdf", pdf), put(t, s, "b.pdf", pdf+"b")
	if err := register(t, db, s, named); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Sweep(t.Context(), db, time.Now()); err != nil || n != 0 {
		t.Errorf("swept %d young files, %v", n, err)
	}
	if n, err := s.Sweep(t.Context(), db, time.Now().Add(25*time.Hour)); err != nil || n != 1 {
		t.Errorf("swept %d, %v, want the orphan", n, err)
	}
	if got := read(t, s, named.SHA); got != pdf {
		t.Errorf("the file that is named reads %q", got)
	}
	if _, err := s.Open(t.Context(), orphan.SHA); !errors.Is(err, fault.NotFound) {
		t.Errorf("the orphan: got %v, want %v", err, fault.NotFound)
	}
	if got := sentence(t, register(t, db, s, orphan)); !strings.Contains(got, "chọn lại tệp") {
		t.Errorf("naming a swept file: got %q", got)
	}
}

func neverSweptWhenNamed(t *testing.T, b evidence.Bucket) {
	db, s := dbtest.New(t), inBucket(t, b, t.TempDir())
	for i := range 10 {
		f := put(t, s, "a.pdf", pdf+string(rune('a'+i)))
		var wg sync.WaitGroup
		var named error
		wg.Go(func() {
			named = database.InTx(context.Background(), db, func(tx pgx.Tx) error {
				return s.Register(context.Background(), tx, now, f)
			})
		})
		wg.Go(func() {
			if _, err := s.Sweep(context.Background(), db, time.Now().Add(25*time.Hour)); err != nil {
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

func restoredAsItWas(t *testing.T, b evidence.Bucket) {
	s := inBucket(t, b, t.TempDir())
	const content = "biên bản – của một loại nay không nhận nữa"
	sha := evidence.SHA(sha256.Sum256([]byte(content)))
	if err := s.Restore(t.Context(), sha, strings.NewReader(content+"!")); !errors.Is(err, evidence.ErrAltered) {
		t.Errorf("altered: got %v, want %v", err, evidence.ErrAltered)
	}
	if all, err := s.List(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("stored %v, %v", all, err)
	}
	if err := s.Restore(t.Context(), sha, strings.NewReader(content)); err != nil {
		t.Fatal(err)
	}
	if got := read(t, s, sha); got != content {
		t.Errorf("got %q", got)
	}
}

func toldAtOnce(t *testing.T, b evidence.Bucket) {
	noSecret, noBucket := b, b
	noSecret.SecretKey = "sai"
	noBucket.Name = "khong-co"
	for what, wrong := range map[string]evidence.Bucket{"key": noSecret, "bucket": noBucket} {
		if s, err := evidence.OpenBucket(t.Context(), t.TempDir(), wrong, 1<<20); err == nil {
			_ = s.Close() // only a descriptor
			t.Errorf("opened with a wrong %s", what)
		} else if !strings.Contains(err.Error(), wrong.Name) || strings.Contains(err.Error(), wrong.SecretKey) {
			t.Errorf("wrong %s: got %v, want the bucket named and the key not", what, err)
		}
	}
}

func TestABusyServerIsAskedAgain(t *testing.T) {
	t.Parallel()
	server := buckettest.New(t)
	s := inBucket(t, server.Bucket, t.TempDir())
	server.Busy(2)
	f := put(t, s, "a.pdf", pdf)
	server.Busy(2)
	if got := read(t, s, f.SHA); got != pdf {
		t.Errorf("read back %q", got)
	}
	folder := t.TempDir()
	s = inBucket(t, server.Bucket, folder)
	server.Busy(100)
	if _, err := s.Put(t.Context(), "b.pdf", strings.NewReader(pdf+"b")); err == nil {
		t.Error("stored on a server that refused everything")
	}
	if left := files(t, folder); len(left) != 0 {
		t.Errorf("left %q", left)
	}
}

func TestContentAlteredOnItsWayIsNotStored(t *testing.T) {
	t.Parallel()
	server := buckettest.New(t)
	s := inBucket(t, server.Bucket, t.TempDir())
	server.Alter()
	if _, err := s.Put(t.Context(), "a.pdf", strings.NewReader(pdf)); err == nil {
		t.Error("stored what arrived altered")
	}
	if keys := server.Keys(); len(keys) != 0 {
		t.Errorf("the bucket holds %q", keys)
	}
}

func TestARequestThatEndsWaitsForNoServer(t *testing.T) {
	t.Parallel()
	server := buckettest.New(t)
	s := inBucket(t, server.Bucket, t.TempDir())
	f := put(t, s, "a.pdf", pdf)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	before := server.Requests()
	if _, err := s.Open(ended, f.SHA); !errors.Is(err, context.Canceled) {
		t.Errorf("open: got %v, want %v", err, context.Canceled)
	}
	if _, err := s.List(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("list: got %v, want %v", err, context.Canceled)
	}
	if got := server.Requests(); got != before {
		t.Errorf("asked %d times", got-before)
	}
}

func TestEveryFileOfALargeBucketIsNamedAndNothingElseTouched(t *testing.T) {
	t.Parallel()
	server, db := buckettest.New(t), dbtest.New(t)
	s := inBucket(t, server.Bucket, t.TempDir())
	old := time.Now().Add(-25 * time.Hour)
	for i := range 10 { // four pages of this server
		sha := evidence.SHA(sha256.Sum256([]byte{byte(i)})).String()
		server.Put(sha[:2]+"/"+sha, string(rune(i)), old)
	}
	others := []string{"readme.txt", "ab/khong-phai-ma-bam", "zz/" + strings.Repeat("a", 64), strings.Repeat("b", 64)}
	for _, key := range others {
		server.Put(key, "x", old)
	}
	all, err := s.List(t.Context())
	if err != nil || len(all) != 10 {
		t.Errorf("listed %d, %v, want 10", len(all), err)
	}
	if n, err := s.Sweep(t.Context(), db, time.Now()); err != nil || n != 10 {
		t.Errorf("swept %d, %v, want 10", n, err)
	}
	slices.Sort(others)
	if got := server.Keys(); !slices.Equal(got, others) {
		t.Errorf("left %q, want %q", got, others)
	}
}

func TestAHalfReadFileOfABucketCanBeLeft(t *testing.T) {
	t.Parallel()
	server := buckettest.New(t)
	s := inBucket(t, server.Bucket, t.TempDir())
	f := put(t, s, "a.pdf", pdf)
	for range 3 {
		content, err := s.Open(t.Context(), f.SHA)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(content, make([]byte, 4)); err != nil {
			t.Fatal(err)
		}
		if err := content.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
