//go:build unix

package localpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// process is the database's first process, the parent of all its others.
type process struct {
	cmd    *exec.Cmd
	exited chan struct{}
	err    error // written before exited is closed
}

// start makes the cluster if needed, clears what an earlier run left and starts
// the database. It returns when the database answers. The caller holds the lock.
func (s *Server) start(ctx context.Context) (*process, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New("the database does not answer"))
	defer cancel()
	if err := s.makeCluster(ctx); err != nil {
		return nil, fmt.Errorf("make the private database: %w", err)
	}
	if err := s.who.privateFolder(s.sock); err != nil {
		return nil, err
	}
	for {
		if err := s.clearStale(ctx); err != nil {
			return nil, err
		}
		p, err := s.launch()
		if err != nil {
			return nil, err
		}
		if err = s.untilReady(ctx, p); err == nil {
			s.pid.Store(int64(p.cmd.Process.Pid))
			return p, nil
		}
		p.stop()
		// A backend of a killed server may take a moment to notice.
		stillUsed := strings.Contains(err.Error(), "pre-existing shared memory block")
		if !stillUsed || !sleep(ctx, 200*time.Millisecond) {
			return nil, fmt.Errorf("start the private database: %w", err)
		}
	}
}

func (s *Server) launch() (*process, error) {
	log, err := s.openLog()
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	p := &process{
		cmd:    exec.Command(s.bin.Path("postgres"), append([]string{"-D", s.data()}, s.settings()...)...),
		exited: make(chan struct{}),
	}
	p.cmd.Dir = s.dir
	p.cmd.Env = environment(s.dir)
	p.cmd.Stdout, p.cmd.Stderr = log, log
	p.cmd.SysProcAttr = s.who.becoming()
	// Ctrl-C on the terminal is for us; we stop the database after our requests.
	p.cmd.SysProcAttr.Setpgid = true
	dieWithUs(p.cmd.SysProcAttr)
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // dieWithUs means the thread that forks
		err := p.cmd.Start()
		started <- err
		if err == nil {
			p.err = p.cmd.Wait()
			close(p.exited)
		}
	}()
	return p, <-started
}

func (s *Server) untilReady(ctx context.Context, p *process) error {
	for {
		if s.ping(ctx) == nil {
			return nil
		}
		select {
		case <-p.exited:
			return fmt.Errorf("postgres ended: %v\n%s", p.err, s.endOfLog())
		case <-ctx.Done():
			return fmt.Errorf("%w\n%s", context.Cause(ctx), s.endOfLog())
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// stop ends the database in order, dropping its connections, and if that takes
// half a minute without a checkpoint, which costs a recovery at the next start.
func (p *process) stop() {
	// Signalling one that just ended fails and does no harm.
	_ = p.cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-p.exited:
	case <-time.After(30 * time.Second):
		_ = p.cmd.Process.Signal(syscall.SIGQUIT)
		<-p.exited
	}
}

// keep runs until Close: it waits to take over a joined server, starts a database
// that died again, and gives up when that fails.
func (s *Server) keep(p *process, held *os.File) {
	defer close(s.done)
	defer s.end()
	if p == nil {
		if p, held, s.err = s.takeOver(); p == nil {
			return
		}
	}
	defer func() { s.err = errors.Join(s.err, held.Close()) }()
	for {
		ready := time.Now()
		select {
		case <-s.closing.Done():
			p.stop()
			s.pid.Store(0)
			_ = os.Remove(s.sock) // the next start makes it; with a socket left it stays
			return
		case <-p.exited:
		}
		s.pid.Store(0)
		slog.Error("the private database died and is started again", "err", p.err)
		// One that dies as soon as it lives must not keep the machine busy.
		if time.Since(ready) < time.Second && !sleep(s.closing, 250*time.Millisecond) {
			return
		}
		again, err := s.start(s.closing)
		if err != nil {
			if s.closing.Err() == nil {
				s.err = err
			}
			return
		}
		p = again
	}
}

// takeOver waits for the process that runs the database to end and starts it
// anew. Without a process and an error it was closed first.
func (s *Server) takeOver() (*process, *os.File, error) {
	for sleep(s.closing, 250*time.Millisecond) {
		held, err := s.lock()
		if err != nil {
			return nil, nil, err
		}
		if held == nil {
			continue
		}
		p, err := s.start(s.closing)
		if err != nil {
			if s.closing.Err() != nil {
				err = nil
			}
			return nil, nil, errors.Join(err, held.Close())
		}
		return p, held, nil
	}
	return nil, nil, nil
}

func (s *Server) logName() string { return filepath.Join(s.dir, "postgres.log") }

// openLog keeps the log of this run and, past ten megabytes, of one before.
func (s *Server) openLog() (*os.File, error) {
	if info, err := os.Stat(s.logName()); err == nil && info.Size() > 10<<20 {
		if err := os.Rename(s.logName(), s.logName()+".1"); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(s.logName(), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	if err := s.who.give(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// endOfLog is for messages of failure; a log nobody can read adds nothing to one.
func (s *Server) endOfLog() string {
	b, _ := os.ReadFile(s.logName())
	return strings.TrimSpace(string(b[max(0, len(b)-1000):]))
}
