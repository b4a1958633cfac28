// Package localpg runs a private PostgreSQL cluster in one folder from installed
// binaries: reachable over a socket in that folder only, by the two roles of the
// portal only, stopped with the processes that use it. What is in the database is
// not its business.
package localpg

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync/atomic"
)

const (
	database  = "danvan"
	ownerRole = "danvan_owner"
	appRole   = "danvan_app"
	superuser = "postgres"
)

var (
	// ErrNoBinaries says that no usable PostgreSQL server is installed.
	ErrNoBinaries = errors.New("no PostgreSQL server (15 or newer) found")
	// ErrOtherVersion says that the folder was made by another major version of
	// PostgreSQL than those installed. It is left as it is.
	ErrOtherVersion = errors.New("the data folder belongs to another version of PostgreSQL")
	// ErrFolder says that the folder cannot hold the database, and why.
	ErrFolder = errors.New("the folder cannot hold the database")
	// ErrInUse says that another process runs the database of a folder that was to
	// be opened alone.
	ErrInUse = errors.New("another process runs the database of this folder")
	// ErrUnsupported says that this system cannot run a private database.
	ErrUnsupported = errors.New("no private database on this system: set DATABASE_URL")
)

// Options are what Open may be told; the zero value is a durable database with
// the newest binaries found.
type Options struct {
	// Bin is the folder of initdb and postgres; empty: look in the usual places.
	Bin string
	// ThrowAway makes a database that needs not survive the machine: nothing is
	// forced to disk. Its superuser may sign in, at [Server.SuperURL].
	ThrowAway bool
	// Alone refuses to join another process, with ErrInUse.
	Alone bool
}

// Server is a running private database: started by this process, or by another
// that this one joined. A joined server is taken over when the other process
// ends, and a database process that dies is started again; either way the
// addresses stay the same and connections have to be made anew.
type Server struct {
	dir, sock string
	bin       Binaries
	who       account
	throwAway bool

	closing context.Context
	end     context.CancelFunc
	done    chan struct{}
	err     error // written before done is closed
	pid     atomic.Int64
}

// Open starts the database of folder dir, made at first use, or joins the process
// that already runs it. It returns when the database answers.
func Open(ctx context.Context, dir string, opts Options) (*Server, error) {
	return open(ctx, dir, opts)
}

// OwnerURL is the address for the role that owns the schema: for migrations,
// backup and restoring.
func (s *Server) OwnerURL() string { return s.address(ownerRole, database) }

// AppURL is the address for the role the portal serves with.
func (s *Server) AppURL() string { return s.address(appRole, database) }

// SuperURL is the address for the superuser, who may sign in to a throw-away
// server only.
func (s *Server) SuperURL() string { return s.address(superuser, superuser) }

// Owned reports whether this process runs the database, now; else it joined.
func (s *Server) Owned() bool { return s.pid.Load() != 0 }

// PID is the database process of this process, 0 when it joined another's.
func (s *Server) PID() int { return int(s.pid.Load()) }

// Bin is where the server's own programs are, pg_dump among them.
func (s *Server) Bin() Binaries { return s.bin }

// Done is closed when the database has ended and will not be started again:
// after Close, or because it died repeatedly. Err then tells why.
func (s *Server) Done() <-chan struct{} { return s.done }

// Err returns why the database ended; nil before Done and after an orderly Close.
func (s *Server) Err() error {
	select {
	case <-s.done:
		return s.err
	default:
		return nil
	}
}

// Close stops the database if this process runs it, else leaves it to the process
// that does. It waits until the database is down. Closing twice is harmless.
func (s *Server) Close() error {
	s.end()
	<-s.done
	return s.err
}

func (s *Server) address(role, database string) string {
	u := url.URL{
		Scheme: "postgres",
		User:   url.User(role),
		Path:   "/" + database,
		// libpq reads a plus as a plus, not as a space.
		RawQuery: "host=" + strings.ReplaceAll(url.QueryEscape(s.sock), "+", "%20"),
	}
	return u.String()
}
