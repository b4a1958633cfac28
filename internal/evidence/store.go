package evidence

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// DefaultMax is the largest file accepted unless the settings say otherwise.
const DefaultMax = 20 << 20

// incoming holds files whose hash is not known yet.
const incoming = "incoming"

// Store keeps files, each under its hash. Several processes may share it.
type Store struct {
	root  *os.Root // whose folder incoming holds files until they are judged
	shelf shelf
	max   int64 // bytes
}

// shelf is where files lie for good, each under its hash: a folder or a bucket.
type shelf interface {
	// settle takes over a flushed file and returns once it would survive a power
	// cut. Settling what is there already makes it young again, so that nobody
	// sweeps it away meanwhile.
	settle(ctx context.Context, temporary string, sha SHA) error
	// open and written answer [fault.NotFound] for a file that is not there.
	open(ctx context.Context, sha SHA) (Content, error)
	written(ctx context.Context, sha SHA) (time.Time, error)
	remove(ctx context.Context, sha SHA) error
	// each calls fn with a handful of files after another until all were named.
	each(ctx context.Context, fn func(some []lying) error) error
}

// Content is a stored file, open for reading.
type Content interface {
	io.ReadSeekCloser
	io.ReaderAt
}

// lying is a file on a shelf.
type lying struct {
	sha     SHA
	written time.Time
}

// Open opens the store in folder, which it makes when missing. Nothing outside
// the folder is ever read or written, symbolic links or not. max is the largest
// file accepted, in bytes.
func Open(folder string, max int64) (*Store, error) {
	root, err := desk(folder)
	if err != nil {
		return nil, fmt.Errorf("open evidence store: %w", err)
	}
	return &Store{root: root, shelf: shelves{root}, max: max}, nil
}

// desk opens a folder, made when missing, with a place for what comes in.
func desk(folder string) (*os.Root, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	if err := root.MkdirAll(incoming, 0o700); err != nil {
		return nil, errors.Join(err, root.Close())
	}
	return root, nil
}

// Close releases the folder.
func (s *Store) Close() error { return s.root.Close() }

// Max is the largest file accepted, in bytes.
func (s *Store) Max() int64 { return s.max }

// Put stores a file and returns once it would survive a power cut. What cannot
// be accepted is a [fault.Invalid] under [Field]. A file put twice is stored once.
//
// A file counts only when [Store.Register] has named it in a transaction; what
// never was goes with the next [Store.Sweep].
func (s *Store) Put(ctx context.Context, name string, content io.Reader) (File, error) {
	f := File{Name: CleanName(name)}
	temporary := path.Join(incoming, rand.Text())
	file, err := s.root.OpenFile(temporary, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return File{}, fmt.Errorf("put file: %w", err)
	}
	err = s.receive(ctx, file, content, &f)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = s.shelf.settle(ctx, temporary, f.SHA)
	}
	if err != nil {
		// What did not settle is of no use; Sweep gets what stays.
		_ = s.root.Remove(temporary)
		if _, ok := errors.AsType[fault.Invalid](err); ok {
			return File{}, err
		}
		return File{}, fmt.Errorf("put file: %w", err)
	}
	return f, nil
}

// receive writes, hashes and judges the content, and flushes it to disk.
func (s *Store) receive(ctx context.Context, file *os.File, content io.Reader, f *File) error {
	hash := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, hash), io.LimitReader(interruptible{ctx, content}, s.max+1))
	if err != nil {
		return err
	}
	if size > s.max {
		return refuse("Tệp “%s” lớn hơn %s; giảm dung lượng rồi chọn lại", f.Name, FormatSize(s.max))
	}
	if f.Type, err = Check(f.Name, file, size); err != nil {
		return err
	}
	f.Size = size
	hash.Sum(f.SHA[:0])
	return file.Sync()
}

// Open opens a stored file for reading while ctx lasts, [fault.NotFound] when
// there is none.
func (s *Store) Open(ctx context.Context, sha SHA) (Content, error) {
	file, err := s.shelf.open(ctx, sha)
	if err != nil && !errors.Is(err, fault.NotFound) {
		err = fmt.Errorf("open file %s: %w", sha, err)
	}
	return file, err
}

// Register makes stored files count, in the transaction that attaches them.
func (s *Store) Register(ctx context.Context, tx pgx.Tx, now time.Time, files ...File) error {
	// One order for all, so that two posts never wait for each other.
	files = slices.SortedFunc(slices.Values(files), func(a, b File) int { return bytes.Compare(a.SHA[:], b.SHA[:]) })
	for _, f := range files {
		if err := hold(ctx, tx, f.SHA); err != nil {
			return err
		}
		_, err := s.shelf.written(ctx, f.SHA)
		if errors.Is(err, fault.NotFound) {
			return refuse("Tệp “%s” không còn trên máy chủ; chọn lại tệp", f.Name)
		}
		if err != nil {
			return err
		}
		if _, err := database.Exec(ctx, tx, `
			insert into file (sha256, size, type, at)
			values (@sha, @size, @type, @now)
			on conflict (sha256) do nothing`,
			database.Args{"sha": f.SHA, "size": f.Size, "type": f.Type, "now": now}); err != nil {
			return err
		}
	}
	return nil
}

// hold makes registering and sweeping the same file happen one after the other,
// across all processes, until tx ends.
func hold(ctx context.Context, tx pgx.Tx, sha SHA) error {
	_, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('evidence ' || $1, 0))`, sha.String())
	return err
}

// interruptible stops a copy when the request has ended.
type interruptible struct {
	ctx context.Context
	io.Reader
}

func (r interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// FormatSize writes a number of bytes for people: "20 MB", "350 KB".
func FormatSize(size int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	switch {
	case size >= mega && size%mega == 0:
		return viet.FormatInt(size/mega) + " MB"
	case size >= mega:
		return viet.FormatNumber(fmt.Sprintf("%.1f", float64(size)/mega)) + " MB"
	}
	return viet.FormatInt((size+kilo-1)/kilo) + " KB"
}
