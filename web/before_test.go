package web_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

// watch is a database that notes how long the work on it may still take.
type watch struct {
	database.DB
	left time.Duration
}

func (w *watch) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if until, ok := ctx.Deadline(); ok {
		w.left = time.Until(until)
	}
	return w.DB.Query(ctx, sql, args...)
}

func TestAPageGivesUpSoonerThanAPostAndAPostThanAFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t, dbtest.Tx(t))
	p := newPortal(t, w).as("own-staff")
	seen := &watch{DB: w.db}
	p.on(seen)
	for _, x := range []struct {
		method, path string
		want         time.Duration
	}{
		{http.MethodGet, "/ke-hoach/2022/stp", 15 * time.Second},
		{http.MethodHead, "/ke-hoach/2022/stp", 15 * time.Second},
		{http.MethodGet, "/ke-hoach/2022/stp/hoat-dong/1.1/tien-do", 15 * time.Second},
		{http.MethodPost, "/ke-hoach/2022/stp/trinh", time.Minute},
		{http.MethodGet, "/ke-hoach/2022/stp/lan-gui/1/ban-ky/1", 2 * time.Minute},
		{http.MethodGet, "/ke-hoach/2022/stp/hoat-dong/1.1/tien-do/1/ab", 2 * time.Minute},
	} {
		seen.left = 0
		p.do(x.method, x.path, nil)
		if seen.left > x.want || seen.left < x.want-5*time.Second {
			t.Errorf("%s %s: works for %v, want %v", x.method, x.path, seen.left, x.want)
		}
	}
}
