//go:build unix

package localpg_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database/dbtest"
	"danvan/internal/database/localpg"
)

const childFolder = "DANVAN_TEST_CHILD_FOLDER"

// TestMain lets a test run this binary as another portal process: one that opens
// the folder, says so and stays until it is killed.
func TestMain(m *testing.M) {
	dir := os.Getenv(childFolder)
	if dir == "" {
		os.Exit(runAndStopShared(m))
	}
	s, err := localpg.Open(context.Background(), dir, localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN")})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("ready", s.Owned(), s.PID())
	select {}
}

// shared is a server for tests that need not end or break one: making a cluster
// costs more than all they ask it.
var shared struct {
	once   sync.Once
	dir    string
	server *localpg.Server
}

func sharedServer(t *testing.T) (*localpg.Server, string) {
	t.Helper()
	shared.once.Do(func() {
		var err error
		if shared.dir, err = newFolder(); err != nil {
			t.Fatal(err)
		}
		copyMade(t, shared.dir)
		shared.server, err = localpg.Open(context.Background(), shared.dir, localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN")})
		if err != nil {
			t.Fatal(err)
		}
	})
	if shared.server == nil {
		t.Fatal("the shared server did not start, see the first test")
	}
	return shared.server, shared.dir
}

// strange is a name below a folder that many a program would stumble over.
const strange = "/Cổng công tác, \"dân vận\" 100%+/một thư mục có tên rất dài để ổ cắm không vừa"

// made is a cluster that has run and stopped, for copies.
var made = sync.OnceValues(func() (string, error) {
	dir, err := newFolder()
	if err != nil {
		return "", err
	}
	madeDir = dir
	dir += strange
	s, err := localpg.Open(context.Background(), dir, localpg.Options{Bin: os.Getenv("DANVAN_PG_BIN")})
	if err != nil {
		return "", err
	}
	return dir, s.Close()
})

var madeDir string // to be removed at the end

// usedFolder is a folder with a cluster that an earlier run made: copying one takes
// a tenth of making it.
func usedFolder(t *testing.T) string {
	t.Helper()
	dir := folder(t)
	copyMade(t, dir)
	return dir
}

func copyMade(t *testing.T, dir string) {
	t.Helper()
	from, err := made()
	if err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cp", "-a", from+"/.", dir).CombinedOutput(); err != nil {
		t.Fatalf("cp: %v\n%s", err, out)
	}
}

func runAndStopShared(m *testing.M) int {
	code := m.Run()
	if shared.server != nil {
		if err := shared.server.Close(); err != nil {
			fmt.Println(err)
			code = 1
		}
	}
	for _, dir := range []string{shared.dir, madeDir} {
		if err := os.RemoveAll(dir); err != nil {
			fmt.Println(err)
			code = 1
		}
	}
	return code
}

func TestDataSurvivesARestart(t *testing.T) {
	t.Parallel()
	dir := usedFolder(t)
	s := start(t, dir, localpg.Options{})
	if !s.Owned() || s.PID() == 0 {
		t.Errorf("owned %t, process %d, want it to be ours", s.Owned(), s.PID())
	}
	write(t, s, "một")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Err(); err != nil {
		t.Errorf("an orderly end has the error %v", err)
	}
	s = start(t, dir, localpg.Options{})
	want(t, s, "một")
}

// folder is removed after the test.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := newFolder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// newFolder makes one an unprivileged account may enter, as t.TempDir under root
// does not. In memory, where there is enough: nothing here asks for a slow disk.
func newFolder() (string, error) {
	base := dbtest.InMemory()
	if base == "" {
		base = "/tmp"
	}
	dir, err := os.MkdirTemp(base, "localpg-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755)
}

func start(t *testing.T, dir string, opts localpg.Options) *localpg.Server {
	t.Helper()
	opts.Bin = os.Getenv("DANVAN_PG_BIN")
	s, err := localpg.Open(t.Context(), dir, opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// write keeps a word in the database, acknowledged.
func write(t *testing.T, s *localpg.Server, word string) {
	t.Helper()
	conn := connect(t, s.OwnerURL())
	for _, stmt := range []string{
		"create table if not exists words (word text)",
		"insert into words values ('" + word + "')",
	} {
		if _, err := conn.Exec(t.Context(), stmt); err != nil {
			t.Fatal(err)
		}
	}
}

// want fails unless the database holds exactly these words.
func want(t *testing.T, s *localpg.Server, words ...string) {
	t.Helper()
	rows, err := connect(t, s.OwnerURL()).Query(t.Context(), "select word from words order by word")
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(words) {
		t.Fatalf("got %q, want %q", got, words)
	}
	for i := range got {
		if got[i] != words[i] {
			t.Errorf("got %q, want %q", got, words)
		}
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	// The server may have been killed below the connection.
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

// eventually waits for what happens in another process.
func eventually(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if happened() {
			return
		}
	}
	t.Fatalf("not within 20 seconds: %s", what)
}
