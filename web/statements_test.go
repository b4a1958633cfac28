package web_test

import (
	"context"
	_ "embed"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database"
	"danvan/internal/demo/demotest"
)

// How many statements a page may take: a list is one query beside those that find
// out who asks.
const (
	mostOfAPage = 12
	mostOfAList = 4
)

// lists are the routes that show rows and nothing beside them. The history of a
// plan is none: it first finds the plan, whose it is and how its tasks are called.
var lists = []string{"/ke-hoach/{year}", "/tham-dinh", "/thong-bao", "/tim-kiem", "/tong-quan/{year}/hoat-dong", "/phoi-hop/{year}"}

// statements counts what is sent to the database. What only begins or ends a
// transaction reads and writes nothing and does not count.
type statements struct {
	mu   sync.Mutex
	sent []string
}

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	s.add(q.SQL)
	return ctx
}

func (*statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func (s *statements) TraceBatchStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceBatchStartData) context.Context {
	return ctx
}

func (s *statements) TraceBatchQuery(_ context.Context, _ *pgx.Conn, q pgx.TraceBatchQueryData) {
	s.add(q.SQL)
}

func (*statements) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData) {}

func (s *statements) add(sql string) {
	word, _, _ := strings.Cut(strings.TrimSpace(strings.ToLower(sql)), " ")
	if slices.Contains([]string{"begin", "commit", "rollback", "savepoint", "release"}, word) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = append(s.sent, strings.Join(strings.Fields(sql), " "))
}

// taken forgets and returns what was sent.
func (s *statements) taken() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent := s.sent
	s.sent = nil
	return sent
}

//go:embed testdata/tenfold.sql
var tenfold string

// TestPagesTakeFewStatementsHoweverMuchThereIs counts the statements of every page
// of the route table on the demonstration and on ten times as much, and weighs the
// demonstration's.
func TestPagesTakeFewStatementsHoweverMuchThereIs(t *testing.T) {
	t.Parallel()
	few, many := newCounting(t, demotest.New(t)), newCounting(t, tenTimes(t))
	for _, route := range slices.Sorted(maps.Keys(looks)) {
		most := mostOfAPage
		if slices.Contains(lists, route) {
			most = mostOfAList
		}
		for _, l := range looks[route] {
			page := route + " " + l.who + " " + l.path
			sent, weight := few.take(l)
			tenfold, _ := many.take(l)
			if len(sent) > most || len(tenfold) != len(sent) {
				// What is kept for a minute may just have been read: now it is kept.
				sent, _ = few.take(l)
				tenfold, _ = many.take(l)
			}
			if len(sent) == 0 && !strings.HasPrefix(route, "/dang-nhap") {
				t.Errorf("%s takes no statement: nobody counts", page)
			}
			if len(sent) > most {
				t.Errorf("%s takes %d statements, the bar is %d:\n%s", page, len(sent), most, strings.Join(sent, "\n"))
			}
			if len(tenfold) != len(sent) {
				t.Errorf("%s takes %d statements, on ten times as much %d:\n%s", page, len(sent), len(tenfold), strings.Join(tenfold, "\n"))
			}
			if weight > mostOnTheWire {
				t.Errorf("%s: %d B on the wire, the bar is %d", page, weight, mostOnTheWire)
			}
		}
	}
}

// tenTimes is the demonstration with ten times as much.
func tenTimes(t *testing.T) *pgxpool.Pool {
	t.Helper()
	urls := demotest.NewURL(t)
	owner, err := pgx.Connect(t.Context(), urls.Owner)
	must(t, err)
	_, err = owner.Exec(t.Context(), tenfold)
	must(t, err)
	must(t, owner.Close(t.Context()))
	grown, err := database.Open(t.Context(), urls.App)
	must(t, err)
	t.Cleanup(grown.Close)
	const all = `select count(*) from activity_fact`
	before, err := database.Value[int](t.Context(), demotest.Read(t), all, nil)
	must(t, err)
	after, err := database.Value[int](t.Context(), grown, all, nil)
	must(t, err)
	if before == 0 || after < 10*before {
		t.Fatalf("%d activities became %d", before, after)
	}
	return grown
}

// counting is a portal whose statements are counted.
type counting struct {
	*stage
	counter *statements
}

func newCounting(t *testing.T, db *pgxpool.Pool) counting {
	t.Helper()
	counter := &statements{}
	config := db.Config()
	config.ConnConfig.Tracer = counter
	traced, err := pgxpool.NewWithConfig(t.Context(), config)
	must(t, err)
	t.Cleanup(traced.Close)
	return counting{newStage(t, traced), counter}
}

// take asks for a look and returns what was sent to the database and how many bytes
// came over the wire.
func (c counting) take(l look) (sent []string, weight int) {
	c.t.Helper()
	c.cookie(l.who) // signing in is not the page's
	c.counter.taken()
	rec := c.packed(l.who, c.place(l.path))
	if rec.Code != http.StatusOK {
		c.t.Fatalf("%s as %s: status = %d", l.path, l.who, rec.Code)
	}
	return c.counter.taken(), rec.Body.Len()
}
