package database

import (
	"context"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// Args binds the @names in a query. A missing or unused name is an error.
type Args map[string]any

// numbered is a query as Postgres takes it, with the names in the order of its
// parameters.
type numbered struct {
	query string
	names []string
}

// The portal asks the same some hundred queries over and over: taking them apart each
// time was a tenth of its own time, and every connection kept a text of its own.
var (
	known      sync.Map // of numbered, by the query with @names
	knownCount atomic.Int64
)

// mostKnown bounds the memory, should queries ever be written as they come.
const mostKnown = 2000

// RewriteQuery is what the driver calls.
func (a Args) RewriteQuery(ctx context.Context, conn *pgx.Conn, query string, rest []any) (string, []any, error) {
	if n, found := known.Load(query); found && len(rest) == 0 {
		if values, fit := a.valuesOf(n.(numbered).names); fit {
			return n.(numbered).query, values, nil
		}
	}
	text, values, err := pgx.StrictNamedArgs(a).RewriteQuery(ctx, conn, query, rest)
	if err == nil && knownCount.Load() < mostKnown {
		a.know(ctx, conn, query)
	}
	return text, values, err
}

// valuesOf puts the values in the order of names; they fit when none is missing or
// left over.
func (a Args) valuesOf(names []string) (values []any, fit bool) {
	if len(names) != len(a) {
		return nil, false
	}
	values = make([]any, len(names))
	for i, name := range names {
		value, given := a[name]
		if !given {
			return nil, false
		}
		values[i] = value
	}
	return values, true
}

// know keeps a query that a fits: bound to their own names, its parameters tell their
// order.
func (a Args) know(ctx context.Context, conn *pgx.Conn, query string) {
	own := make(pgx.StrictNamedArgs, len(a))
	for name := range a {
		own[name] = name
	}
	text, values, err := own.RewriteQuery(ctx, conn, query, nil)
	if err != nil {
		return
	}
	names := make([]string, len(values))
	for i, value := range values {
		names[i] = value.(string)
	}
	if _, was := known.LoadOrStore(query, numbered{text, names}); !was {
		knownCount.Add(1)
	}
}
