package overviews

import (
	"context"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
)

// counting counts the queries that pass.
type counting struct {
	database.DB
	n *int
}

func (c counting) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	*c.n++
	return c.DB.Query(ctx, sql, args...)
}
