package database

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

// session is what every connection of the portal begins with. A setting written
// into the address itself wins.
var session = map[string]string{
	"application_name": "danvan",
	"timezone":         "UTC",
	// A page that waits this long has lost its reader; the handler's own
	// deadline is shorter, this one holds when the portal cannot cancel.
	"statement_timeout":                   "20s",
	"lock_timeout":                        "5s",
	"idle_in_transaction_session_timeout": "60s",
	// Compiling a query costs more than any of ours takes to run.
	"jit": "off",
}

// Open returns a pool of connections to the database at url. It does not wait for
// the database: an absent one shows in the first query and in [Ready].
func Open(ctx context.Context, url string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("address of the database: %w", err)
	}
	if !strings.Contains(url, "pool_max_conns") {
		cfg.MaxConns = 16
	}
	cfg.MaxConnIdleTime = 5 * time.Minute
	cfg.MaxConnLifetimeJitter = 10 * time.Minute // replaced one by one, not all at once
	prepare(cfg.ConnConfig)
	cfg.AfterConnect = readTimesInUTC
	cfg.ShouldPing = doubtful
	return pgxpool.NewWithConfig(ctx, cfg)
}

// longIdle is after how much idling a connection is asked whether it still lives:
// what stands between may have dropped it without a word.
const longIdle = time.Second

// doubtful reports whether the pool has to ask the server before it hands a
// connection out. After a restart of the server all those left idle are dead and
// would fail one request each.
func doubtful(_ context.Context, p pgxpool.ShouldPingParams) bool {
	return p.IdleDuration > longIdle || stirred(p.Conn.PgConn().Conn())
}

// prepare gives a connection the portal's session settings and patience.
func prepare(cfg *pgx.ConnConfig) {
	for name, value := range session {
		if _, set := cfg.RuntimeParams[name]; !set {
			cfg.RuntimeParams[name] = value
		}
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 5 * time.Second
	}
}

// readTimesInUTC makes a time read from the database independent of the machine's
// zone, as the session already makes the text of one.
func readTimesInUTC(_ context.Context, conn *pgx.Conn) error {
	conn.TypeMap().RegisterType(&pgtype.Type{
		Name:  "timestamptz",
		OID:   pgtype.TimestamptzOID,
		Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// RoleOf returns the role an address of a database signs in as.
func RoleOf(url string) (string, error) {
	cfg, err := pgx.ParseConfig(url)
	if err != nil {
		return "", fmt.Errorf("address of the database: %w", err)
	}
	return cfg.User, nil
}
