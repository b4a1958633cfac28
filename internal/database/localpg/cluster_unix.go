//go:build unix

package localpg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// firstSQL is run by a single-user server before the cluster is ever reachable:
// nothing the portal does later needs the superuser. The extensions of the schema
// are trusted ones, which the owner may make.
const firstSQL = `
create role ` + ownerRole + ` login;
create role ` + appRole + ` login;
create database ` + database + ` owner ` + ownerRole + `;
`

// Who may sign in. The folder of the socket is the password: only the account of
// the cluster, and root, may enter it.
const (
	onlyThePortal = "local " + database + " " + ownerRole + "," + appRole + " trust\n"
	everybody     = "local all all trust\n"
)

// makeCluster makes the cluster if there is none. It is made elsewhere and moved,
// so that one which exists is whole however often making it was cut short.
func (s *Server) makeCluster(ctx context.Context) error {
	switch left, err := os.ReadDir(s.data()); {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case len(left) > 0:
		if _, err := os.Stat(filepath.Join(s.data(), "PG_VERSION")); err != nil {
			return fmt.Errorf("%w: %s holds something else than a PostgreSQL cluster", ErrFolder, s.data())
		}
		return nil
	default:
		if err := os.Remove(s.data()); err != nil {
			return err
		}
	}
	half := s.data() + ".unfinished"
	if err := os.RemoveAll(half); err != nil {
		return err
	}
	if err := s.who.privateFolder(half); err != nil {
		return err
	}
	if err := s.run(ctx, nil, "initdb", s.initdbArgs(half)...); err != nil {
		return err
	}
	access := onlyThePortal
	if s.throwAway {
		access = everybody
	}
	if err := os.WriteFile(filepath.Join(half, "pg_hba.conf"), []byte(access), 0o600); err != nil {
		return err
	}
	single := append([]string{"--single", "-D", half, "-c", "exit_on_error=on"}, s.settings()...)
	if err := s.run(ctx, strings.NewReader(firstSQL), "postgres", append(single, superuser)...); err != nil {
		return err
	}
	if err := os.Rename(half, s.data()); err != nil {
		return err
	}
	return syncFolder(s.dir)
}

func (s *Server) initdbArgs(data string) []string {
	args := []string{"-D", data, "-U", superuser, "-A", "trust", "-E", "UTF8", "--data-checksums", "--lc-messages=C"}
	if runtime.GOOS == "darwin" {
		// It has no C.UTF-8; letters need UTF-8, order comes from ICU collations.
		args = append(args, "--lc-collate=C", "--lc-ctype=en_US.UTF-8")
	} else {
		args = append(args, "--locale=C.UTF-8")
	}
	if s.throwAway {
		args = append(args, "--no-sync")
	}
	return args
}

// settings are given at each start, so that a newer binary of the portal changes
// them for old clusters too.
func (s *Server) settings() []string {
	set := []string{
		"listen_addresses=",
		"unix_socket_directories=" + quoteList(s.sock),
		"unix_socket_permissions=0700",
		"max_connections=60",
		"shared_buffers=64MB",
		"timezone=UTC",
		"log_timezone=UTC",
		"log_destination=stderr",
		"logging_collector=off",
		"log_line_prefix=%m [%p] %u ",
		// A failed row must not put a person's name into the log.
		"log_error_verbosity=terse",
		"log_parameter_max_length_on_error=0",
	}
	if s.throwAway {
		// Commits still wait for the log to be written: what a test sees as
		// committed stays so when the server process is killed.
		set = append(set,
			"fsync=off",
			"full_page_writes=off",
			"synchronous_commit=on",
			"wal_level=minimal",
			"max_wal_senders=0",
			"max_wal_size=128MB",
			"max_connections=200",
			// A database lives for seconds: nobody has to tidy it.
			"autovacuum_naptime=10min",
		)
	}
	args := make([]string, 0, 2*len(set))
	for _, setting := range set {
		args = append(args, "-c", setting)
	}
	return args
}

// quoteList writes one name for a setting that is a list of names.
func quoteList(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}

// run runs one of PostgreSQL's programs to its end as the account.
func (s *Server) run(ctx context.Context, in io.Reader, program string, args ...string) error {
	cmd := exec.CommandContext(ctx, s.bin.Path(program), args...)
	cmd.Dir = s.dir
	cmd.Env = environment(s.dir)
	cmd.Stdin = in
	cmd.SysProcAttr = s.who.becoming()
	dieWithUs(cmd.SysProcAttr)
	runtime.LockOSThread() // dieWithUs means the thread that forks
	defer runtime.UnlockOSThread()
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", program, err, bytes.TrimSpace(out))
	}
	return nil
}

// environment is all the database sees of ours: PGDATA, LANG and the like must
// not change what it does.
func environment(home string) []string {
	locale := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		locale = "en_US.UTF-8" // without one the postmaster refuses to start there
	}
	return []string{"PATH=/usr/bin:/bin", "LC_ALL=" + locale, "TZ=UTC", "HOME=" + home}
}

func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
