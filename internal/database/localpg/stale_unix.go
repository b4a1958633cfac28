//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clearStale ends database processes an earlier run left behind and removes its
// lock files, whose number may belong to an unrelated process by now. We hold the
// folder's lock, so whatever still runs on it is an orphan.
func (s *Server) clearStale(ctx context.Context) error {
	for begun, asked, forced := time.Now(), false, false; ; {
		left := orphans(s.data())
		if len(left) == 0 {
			break
		}
		switch waited := time.Since(begun); {
		case !asked:
			s.ask(left)
			asked = true
		case waited > 15*time.Second && !forced:
			for _, pid := range left {
				_ = syscall.Kill(pid, syscall.SIGQUIT) // it may have ended meanwhile
			}
			forced = true
		case waited > 30*time.Second:
			return fmt.Errorf("processes %v of an earlier run still use %s", left, s.data())
		}
		if !sleep(ctx, 20*time.Millisecond) {
			return context.Cause(ctx)
		}
	}
	for _, name := range []string{
		filepath.Join(s.data(), "postmaster.pid"),
		filepath.Join(s.sock, ".s.PGSQL.5432"),
		filepath.Join(s.sock, ".s.PGSQL.5432.lock"),
	} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// ask ends orphans in order: the first process by a fast shutdown, the others,
// whose parent is gone, one by one.
func (s *Server) ask(orphans []int) {
	first := postmaster(s.data())
	for _, pid := range orphans {
		signal := syscall.SIGTERM
		if pid == first {
			signal = syscall.SIGINT
		}
		_ = syscall.Kill(pid, signal) // it may have ended meanwhile
	}
}

// postmaster returns the process the cluster's lock file names, 0 for none.
func postmaster(data string) int {
	b, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0 // cut short by a crash
	}
	return pid
}
