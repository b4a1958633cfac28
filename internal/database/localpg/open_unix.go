//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// patience is how long a database may take to start, recovery included, and how
// long a joining process waits for it.
const patience = 2 * time.Minute

func open(ctx context.Context, dir string, opts Options) (*Server, error) {
	s, err := prepare(ctx, dir, opts)
	if err != nil {
		return nil, err
	}
	held, err := s.lockOrJoin(ctx, opts.Alone)
	if err != nil {
		s.end()
		return nil, err
	}
	var p *process
	if held != nil {
		if p, err = s.start(ctx); err != nil {
			s.end()
			return nil, errors.Join(err, held.Close())
		}
	}
	go s.keep(p, held)
	return s, nil
}

// prepare finds the folder, the account and the binaries to run it with.
func prepare(ctx context.Context, dir string, opts Options) (*Server, error) {
	s := &Server{throwAway: opts.ThrowAway, done: make(chan struct{})}
	s.closing, s.end = context.WithCancel(context.Background())
	var err error
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	// Everybody must come to the same socket, by whichever name they know the folder.
	if s.dir, err = filepath.EvalSymlinks(dir); err != nil {
		return nil, err
	}
	if s.who, err = accountFor(s.data()); err != nil {
		return nil, err
	}
	if err := s.who.canEnter(s.dir); err != nil {
		return nil, err
	}
	s.sock = socketFolder(s.dir, s.who)
	major, err := s.majorOfData()
	if err != nil {
		return nil, err
	}
	s.bin, err = FindBinaries(ctx, opts.Bin, major)
	return s, err
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// socketFolder is sock below the folder unless that is too long a name for a
// socket (104 bytes on macOS, 108 on Linux).
func socketFolder(dir string, who account) string {
	sock := filepath.Join(dir, "sock")
	if len(sock) <= 80 {
		return sock
	}
	h := fnv.New64a()
	h.Write([]byte(dir))
	// Not os.TempDir: it may differ between two commands of one operator.
	return fmt.Sprintf("/tmp/danvan-%d-%x", who.uid, h.Sum64())
}

// majorOfData returns which version of PostgreSQL made the cluster, 0 for none.
func (s *Server) majorOfData() (int, error) {
	b, err := os.ReadFile(filepath.Join(s.data(), "PG_VERSION"))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if errors.Is(err, fs.ErrPermission) {
		return 0, fmt.Errorf("%w: %s belongs to another account: run as that account or as root, or choose another folder (DANVAN_DATA)", ErrFolder, s.data())
	}
	if err != nil {
		return 0, err
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(b)))
	if err != nil {
		return 0, fmt.Errorf("%w: %s/PG_VERSION says %q", ErrFolder, s.data(), b)
	}
	return major, nil
}

// lockOrJoin returns the folder's lock, or nil when another process holds it and
// its database answers.
func (s *Server) lockOrJoin(ctx context.Context, alone bool) (*os.File, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, fmt.Errorf("another process holds %s but its database does not answer", s.dir))
	defer cancel()
	for {
		held, err := s.lock()
		if held != nil || err != nil {
			return held, err
		}
		if alone {
			return nil, ErrInUse
		}
		if s.ping(ctx) == nil {
			return nil, nil
		}
		if !sleep(ctx, 50*time.Millisecond) {
			return nil, context.Cause(ctx)
		}
	}
}

// lock returns nil without an error when another process holds the folder. The
// system releases it however that process ends.
func (s *Server) lock() (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(s.dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFolder, err)
	}
	if err := s.who.give(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, f.Close()
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// ping asks the database one question as the application's role.
func (s *Server) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.AppURL())
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }() // the answer is what counts
	return conn.Ping(ctx)
}

// sleep returns false when ctx ends first.
func sleep(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
