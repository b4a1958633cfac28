//go:build unix

package localpg_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sync/errgroup"

	"danvan/internal/database/localpg"
)

func TestSecondCommandJoinsTheRunningDatabase(t *testing.T) {
	t.Parallel()
	portal, dir := sharedServer(t)
	link := dir + "-link"
	if err := os.Symlink(dir, link); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(link)
	for _, name := range []string{dir, dir + "/../" + filepath.Base(dir), link} {
		command := start(t, name, localpg.Options{})
		if command.Owned() || command.AppURL() != portal.AppURL() {
			t.Errorf("%s: the second one owns a database (%t) at %s, want %s joined", name, command.Owned(), command.AppURL(), portal.AppURL())
		}
		stop(t, command)
		connect(t, portal.AppURL())
	}
	if _, err := localpg.Open(t.Context(), dir, localpg.Options{Alone: true}); !errors.Is(err, localpg.ErrInUse) {
		t.Errorf("alone: got %v, want %v", err, localpg.ErrInUse)
	}
}

func TestHalfMadeClusterIsMadeAnewByOneOfSeveral(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	for _, name := range []string{"data", "data.unfinished/global", "data.unfinished/base"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "data.unfinished", "PG_VERSION"), []byte("15\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var all errgroup.Group
	servers := make(chan *localpg.Server, 4)
	for range 4 {
		all.Go(func() error {
			s, err := localpg.Open(t.Context(), dir, localpg.Options{})
			if err != nil {
				return err
			}
			t.Cleanup(func() { _ = s.Close() }) // the first to close ends it for all
			servers <- s
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range 4 {
		s := <-servers
		if s.Owned() {
			n++
		}
		if i == 0 {
			write(t, s, "một")
		}
		want(t, s, "một")
	}
	if n != 1 {
		t.Errorf("%d of four own the database, want one", n)
	}
}

func TestJoinedPortalTakesOverWhenTheFirstEnds(t *testing.T) {
	t.Parallel()
	dir := usedFolder(t)
	first := start(t, dir, localpg.Options{})
	second := start(t, dir, localpg.Options{})
	write(t, first, "một")
	stop(t, first)
	eventually(t, "the second runs the database", second.Owned)
	want(t, second, "một")
}

func TestLongAndStrangeFolderNamesWork(t *testing.T) {
	t.Parallel()
	dir := folder(t) + strange
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	copyMade(t, dir) // which was made under that name too
	first := start(t, dir, localpg.Options{})
	if second := start(t, dir, localpg.Options{}); second.Owned() {
		t.Error("the second did not find the first")
	}
	write(t, first, "một")
	want(t, first, "một")
}
