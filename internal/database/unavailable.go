package database

import (
	"context"
	"errors"
	"io"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/puddle/v2"
)

// IsUnavailable reports whether err means that the database is absent, stopping,
// overloaded or too slow just now: trying again later may succeed, and nothing
// is wrong with what was asked. A reader who left is not such a failure.
func IsUnavailable(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if pgErr, ok := errors.AsType[*pgconn.PgError](err); ok {
		return unavailableState(pgErr.Code)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	for _, gone := range []error{
		context.DeadlineExceeded,
		pgconn.ErrConnClosed,
		puddle.ErrClosedPool,
		io.EOF,
		io.ErrUnexpectedEOF,
		net.ErrClosed,
	} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return false
}

func unavailableState(code string) bool {
	switch code {
	case "57014", // statement_timeout, or the server cancelled it
		"55P03", // lock_timeout
		"40P01", // deadlock
		"40001", // serialisation, or a standby that had to cancel
		"25P03", // idle_in_transaction_session_timeout
		"25006": // read-only: a standby before its promotion
		return true
	}
	switch code[:min(2, len(code))] {
	case "08", // connection
		"53", // out of connections, memory, disk
		"58": // disk and system failures
		return true
	}
	switch code {
	case "57P01", "57P02", "57P03", "57P05": // shutdown, crash, starting up, idle session
		return true
	}
	return false
}
