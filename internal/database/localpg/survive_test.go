//go:build unix

package localpg_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"danvan/internal/database/localpg"
)

func TestDatabaseDiesWithThePortalAndStartsAgain(t *testing.T) {
	t.Parallel()
	dir := usedFolder(t)
	portal, database := otherPortal(t, dir)
	joined := start(t, dir, localpg.Options{})
	write(t, joined, "một")
	if err := joined.Close(); err != nil {
		t.Fatal(err)
	}
	kill(t, portal)
	s := start(t, dir, localpg.Options{})
	want(t, s, "một")
	if alive(database) {
		t.Errorf("process %d of the killed portal still lives", database)
	}
}

func TestKilledDatabaseIsStartedAgain(t *testing.T) {
	t.Parallel()
	s := start(t, usedFolder(t), localpg.Options{})
	write(t, s, "một")
	killed := s.PID()
	kill(t, killed)
	eventually(t, "a new database process", func() bool { return s.PID() != 0 && s.PID() != killed })
	want(t, s, "một")
}

func TestDatabaseThatCannotStartAgainIsDone(t *testing.T) {
	t.Parallel()
	dir := usedFolder(t)
	s, err := localpg.Open(t.Context(), dir, localpg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(dir, "data", "global"), filepath.Join(dir, "data", "gone")); err != nil {
		t.Fatal(err)
	}
	kill(t, s.PID())
	<-s.Done()
	if s.Err() == nil {
		t.Error("the database ended without a reason")
	}
}

func TestStaleProcessFileIsNoObstacle(t *testing.T) {
	t.Parallel()
	unrelated := exec.Command("sleep", "600")
	if err := unrelated.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = unrelated.Wait() }() // it is killed
	defer unrelated.Process.Kill()
	dir := usedFolder(t)
	s := start(t, dir, localpg.Options{})
	write(t, s, "một")
	stop(t, s)
	for _, pid := range []int{unrelated.Process.Pid, os.Getpid(), 1, 999999} {
		stale := fmt.Sprintf("%d\n%s\n1669597200\n5432\n%s\n\n  5432001    123456\nready   \n", pid, filepath.Join(dir, "data"), filepath.Join(dir, "sock"))
		for name, content := range map[string]string{
			"data/postmaster.pid":     stale,
			"sock/.s.PGSQL.5432":      "",
			"sock/.s.PGSQL.5432.lock": stale,
		} {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := start(t, dir, localpg.Options{})
		want(t, s, "một")
		stop(t, s)
	}
	if !alive(unrelated.Process.Pid) {
		t.Error("an unrelated process was killed")
	}
}

func TestForeignDataIsNeverWiped(t *testing.T) {
	t.Parallel()
	for file, wanted := range map[string]error{
		"letters.txt": localpg.ErrFolder,
		"PG_VERSION":  localpg.ErrOtherVersion,
	} {
		dir := folder(t)
		path := filepath.Join(dir, "data", file)
		if err := os.Mkdir(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("9\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := localpg.Open(t.Context(), dir, localpg.Options{})
		if !errors.Is(err, wanted) {
			t.Errorf("%s: got %v, want %v", file, err, wanted)
		}
		if err == nil {
			stop(t, s)
		}
		if b, err := os.ReadFile(path); err != nil || string(b) != "9\n" {
			t.Errorf("%s: now %q, %v", file, b, err)
		}
	}
}

// otherPortal starts another process on the folder and returns the process and
// its database's.
func otherPortal(t *testing.T, dir string) (portal, database int) {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // the test may have done it
		_ = cmd.Wait()         // it was killed
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	owned := false
	if _, err := fmt.Sscanf(line, "ready %t %d", &owned, &database); err != nil || !owned {
		t.Fatalf("the other process said %q", strings.TrimSpace(line))
	}
	return cmd.Process.Pid, database
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

// alive reports whether the process runs; one nobody has buried yet does not.
func alive(pid int) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}

func stop(t *testing.T, s *localpg.Server) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}
