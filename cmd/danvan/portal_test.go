//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"danvan/internal/database/dbtest"
)

// These tests run the command as operators do: as processes, each with folders of
// its own and its private Postgres.

// workshop is where everything of this test binary lies. Not testing.TB.TempDir:
// under root the account of the database could not enter it. In memory, where there
// is enough, since what a killed process has written stays there as it does on a disk;
// that a disk is slower is for the drills that were asked for.
var workshop = sync.OnceValues(func() (string, error) {
	base := ""
	if os.Getenv("DANVAN_DRILL") == "" {
		base = dbtest.InMemory()
	}
	dir, err := os.MkdirTemp(base, "process-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o755)
})

// asCommand in its environment makes a process of this test binary the command:
// linking the same program once more would take longer than most tests.
const asCommand = "DANVAN_TEST_AS_COMMAND"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		return
	}
	code := m.Run()
	dir, err := workshop()
	if err == nil {
		err = os.RemoveAll(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// newFolder is an empty DANVAN_DATA.
func newFolder(t testing.TB) string {
	t.Helper()
	shop, err := workshop()
	must(t, err)
	dir, err := os.MkdirTemp(shop, "data-")
	must(t, err)
	must(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { remove(t, dir) })
	return dir
}

// copyOf is a folder of the test's own with what a stopped portal left in from.
func copyOf(t testing.TB, from string) string {
	t.Helper()
	dir := newFolder(t)
	must(t, copyInto(dir, from))
	return dir
}

func copyInto(dir, from string) error {
	if out, err := exec.Command("cp", "-a", from+"/.", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("cp: %w\n%s", err, out)
	}
	return nil
}

// remove waits for a database that is still ending after its portal was killed.
func remove(t testing.TB, dir string) {
	t.Helper()
	var err error
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if pid := postgresOf(dir); pid != 0 && alive(pid) {
			continue
		}
		if err = os.RemoveAll(dir); err == nil {
			return
		}
	}
	t.Errorf("%s is not gone: %v", dir, err)
}

// postgresOf is the private Postgres of a folder, 0 when none is noted.
func postgresOf(dir string) int {
	b, err := os.ReadFile(filepath.Join(dir, "postgres", "data", "postmaster.pid"))
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, _ := strconv.Atoi(line) // half written is no number
	return pid
}

func alive(pid int) bool {
	state, err := exec.Command("ps", "-o", "stat=", "-p", strconv.Itoa(pid)).Output()
	return err == nil && !strings.HasPrefix(strings.TrimSpace(string(state)), "Z")
}

// command prepares danvan with settings such as "DANVAN_DATA=…" and nothing else
// of this process's own.
func command(t testing.TB, settings []string, args ...string) *exec.Cmd {
	t.Helper()
	path, err := os.Executable()
	must(t, err)
	cmd := exec.Command(path, args...)
	cmd.Env = append([]string{asCommand + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "DANVAN_PG_BIN=" + os.Getenv("DANVAN_PG_BIN")}, settings...)
	return cmd
}

// outcome is how a command ended.
type outcome struct {
	code         int
	said, failed string // standard output and error
}

// execute runs danvan to its end.
func execute(t testing.TB, settings []string, args ...string) outcome {
	t.Helper()
	cmd := command(t, settings, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
}

// succeed wants status 0 and every text said.
func (o outcome) succeed(t testing.TB, texts ...string) outcome {
	t.Helper()
	if o.code != 0 {
		t.Fatalf("status %d\n%s%s", o.code, o.said, o.failed)
	}
	for _, text := range texts {
		if !strings.Contains(o.said, text) {
			t.Errorf("%q is not said in:\n%s", text, o.said)
		}
	}
	return o
}

// fail wants status 1 and every text in the message.
func (o outcome) fail(t testing.TB, texts ...string) {
	t.Helper()
	if o.code != 1 {
		t.Fatalf("status %d, want 1\n%s%s", o.code, o.said, o.failed)
	}
	for _, text := range texts {
		if !strings.Contains(o.failed, text) {
			t.Errorf("%q is not said in:\n%s", text, o.failed)
		}
	}
}

// portal is a danvan that serves.
type portal struct {
	t      testing.TB
	data   string
	cmd    *exec.Cmd
	out    *output
	exited chan struct{}
	url    string
}

// start serves the folder data and returns when the portal is ready. It is ended
// after the test.
func start(t testing.TB, data string, args ...string) *portal {
	t.Helper()
	return startWith(t, data, nil, args...)
}

func startWith(t testing.TB, data string, settings []string, args ...string) *portal {
	t.Helper()
	p := launch(t, data, settings, args...)
	t.Cleanup(p.end)
	p.untilReady()
	return p
}

// launch starts the process and returns at once.
func launch(t testing.TB, data string, settings []string, args ...string) *portal {
	t.Helper()
	p := &portal{t: t, data: data, out: &output{}, exited: make(chan struct{})}
	p.cmd = command(t, append([]string{"DANVAN_DATA=" + data, "DANVAN_ADDR=127.0.0.1:0"}, settings...), args...)
	p.cmd.Stdout, p.cmd.Stderr = p.out, p.out
	must(t, p.cmd.Start())
	go func() {
		_ = p.cmd.Wait() // ProcessState tells
		close(p.exited)
	}()
	return p
}

// untilReady waits for the address and for the portal to say that it is ready.
func (p *portal) untilReady() {
	p.t.Helper()
	if err := p.wait(2 * time.Minute); err != nil {
		p.t.Fatal(err)
	}
}

func (p *portal) wait(patience time.Duration) error {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		select {
		case <-p.exited:
			return fmt.Errorf("danvan ended: %v\n%s", p.cmd.ProcessState, p.out)
		default:
		}
		if p.url == "" {
			p.url = p.out.address()
		}
		if p.url != "" && p.status("/readyz") == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("danvan is not ready\n%s", p.out)
}

// status is that of a page without sign-in, 0 when nobody answers.
func (p *portal) status(path string) int {
	r, err := http.Get(p.url + path)
	if err != nil {
		return 0
	}
	_ = r.Body.Close() // it was not read
	return r.StatusCode
}

// kill is kill -9.
func (p *portal) kill() {
	_ = p.cmd.Process.Kill() // it may have ended by itself
	<-p.exited
}

// stop asks the portal to end and returns its status and how long it took.
func (p *portal) stop() (code int, took time.Duration) {
	p.t.Helper()
	begun := time.Now()
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	select {
	case <-p.exited:
	case <-time.After(time.Minute):
		p.t.Errorf("danvan does not end\n%s", p.out)
		p.kill()
	}
	return p.cmd.ProcessState.ExitCode(), time.Since(begun)
}

// end is for the end of the test.
func (p *portal) end() {
	select {
	case <-p.exited:
	default:
		p.stop()
	}
}

// beside runs another command on the same folder.
func (p *portal) beside(args ...string) outcome {
	p.t.Helper()
	return execute(p.t, []string{"DANVAN_DATA=" + p.data}, args...)
}

// output is what a process has written so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

var servingLine = regexp.MustCompile(`(?m)^\{.*"msg":"serving".*\}$`)

// address finds where the portal listens, in its log.
func (o *output) address() string {
	var line struct{ Addr string }
	if err := json.Unmarshal([]byte(servingLine.FindString(o.String())), &line); err != nil {
		return ""
	}
	return "http://" + line.Addr
}

// eventually waits for something that another process does.
func eventually(t testing.TB, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("waited in vain for %s", what)
}
