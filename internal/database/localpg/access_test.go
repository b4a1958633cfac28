//go:build unix

package localpg_test

import (
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"danvan/internal/database/localpg"
)

func TestNeitherRoleIsSuperuser(t *testing.T) {
	t.Parallel()
	s, _ := sharedServer(t)
	for role, address := range map[string]string{"danvan_owner": s.OwnerURL(), "danvan_app": s.AppURL()} {
		conn := connect(t, address)
		var name string
		var powerful bool
		err := conn.QueryRow(t.Context(), `
			select rolname::text, rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls
			from pg_roles
			where rolname = current_user`).Scan(&name, &powerful)
		if err != nil || name != role || powerful {
			t.Errorf("%s: signed in as %s, powerful %t, %v", role, name, powerful, err)
		}
	}
}

func TestApplicationRoleMakesNothing(t *testing.T) {
	t.Parallel()
	s, _ := sharedServer(t)
	app := connect(t, s.AppURL())
	for _, stmt := range []string{"create table mine (id int)", "create schema mine", "create extension citext", "create role mine", "create database mine"} {
		_, err := app.Exec(t.Context(), stmt)
		if pgErr, ok := errors.AsType[*pgconn.PgError](err); !ok || pgErr.Code != "42501" {
			t.Errorf("%s: got %v, want it refused for lack of rights", stmt, err)
		}
	}
}

func TestOwnerMakesTheTrustedExtensions(t *testing.T) {
	t.Parallel()
	s, _ := sharedServer(t)
	owner := connect(t, s.OwnerURL())
	for _, name := range []string{"unaccent", "pg_trgm", "btree_gist"} {
		if _, err := owner.Exec(t.Context(), "create extension "+name); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestOnlyAThrowAwayServerRisksDataAndLetsTheSuperuserIn(t *testing.T) {
	t.Parallel()
	durable, _ := sharedServer(t)
	for _, test := range []struct {
		server   *localpg.Server
		super    bool
		settings map[string]string
	}{
		{durable, false, map[string]string{"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on"}},
		{start(t, folder(t), localpg.Options{ThrowAway: true}), true, map[string]string{"fsync": "off", "synchronous_commit": "on"}},
	} {
		conn, err := pgx.Connect(t.Context(), test.server.SuperURL())
		if (err == nil) != test.super {
			t.Errorf("the superuser signs in: %v, want %t", err, test.super)
		}
		if err == nil {
			defer conn.Close(t.Context())
		}
		app := connect(t, test.server.AppURL())
		for setting, want := range test.settings {
			var got string
			err := app.QueryRow(t.Context(), "select current_setting($1)", setting).Scan(&got)
			if err != nil || got != want {
				t.Errorf("%s is %q (%v), want %q", setting, got, err, want)
			}
		}
	}
}

func TestNobodyElseReachesTheDatabase(t *testing.T) {
	t.Parallel()
	s, _ := sharedServer(t)
	u, err := url.Parse(s.AppURL())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{u.Query().Get("host"), filepath.Join(filepath.Dir(u.Query().Get("host")), "data")} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v, want drwx------", path, info.Mode(), err)
		}
	}
	var listens string
	if err := connect(t, s.AppURL()).QueryRow(t.Context(), "select current_setting('listen_addresses')").Scan(&listens); err != nil || listens != "" {
		t.Errorf("listens on %q, %v", listens, err)
	}
}

// TestServerNeverRunsAsRoot proves under root that privileges are dropped, and
// otherwise that the server runs as the account that started it.
func TestServerNeverRunsAsRoot(t *testing.T) {
	t.Parallel()
	_, dir := sharedServer(t)
	info, err := os.Stat(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	uid := int(info.Sys().(*syscall.Stat_t).Uid)
	if root := os.Geteuid() == 0; root && uid == 0 || !root && uid != os.Geteuid() {
		t.Errorf("we are %d, the server is %d", os.Geteuid(), uid)
	}
}

// TestClosedFolderIsRefusedWithAnotherThatWorks: under root by the mode of the
// folder above, otherwise because nothing can be made there.
func TestClosedFolderIsRefusedWithAnotherThatWorks(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(folder(t), "home")
	if err := os.Mkdir(closed, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := localpg.Open(t.Context(), filepath.Join(closed, "danvan"), localpg.Options{})
	if !errors.Is(err, localpg.ErrFolder) {
		t.Fatalf("got %v, want %v", err, localpg.ErrFolder)
	}
	if os.Geteuid() == 0 && !strings.Contains(err.Error(), "choose a folder such as /var/lib/danvan") {
		t.Errorf("%v names no folder that works", err)
	}
}

func TestMissingBinariesSayWhatToDo(t *testing.T) {
	t.Parallel()
	_, err := localpg.Open(t.Context(), folder(t), localpg.Options{Bin: "/nowhere"})
	if !errors.Is(err, localpg.ErrNoBinaries) || !strings.Contains(err.Error(), "DANVAN_PG_BIN") {
		t.Errorf("got %v, want %v naming DANVAN_PG_BIN", err, localpg.ErrNoBinaries)
	}
}
