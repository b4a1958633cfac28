package bench

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/account"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/demo"
	"danvan/internal/evidence"
	"danvan/internal/overview"
	"danvan/internal/post"
	"danvan/web"
	"danvan/web/paths"
)

// The bars of these benchmarks; see the quality page of the specification.
const (
	leastShare  = 0.60                  // of the bare handler's requests a second
	dashboard95 = 25 * time.Millisecond // 95 of 100 dashboards of 28 units
	wide95      = 40 * time.Millisecond // of 102 units
	mostGrowth  = 2.0                   // of that time among a thousand times the data
)

const (
	connections = 16
	rounds      = 5
	round       = 2 * time.Second
)

// TestMain lets the collector run as it does in the portal.
func TestMain(m *testing.M) {
	web.CollectLater()
	os.Exit(m.Run())
}

// bed is the demonstration, served on loopback, with a session of somebody who
// sees everything.
type bed struct {
	owner    string // address for the owner of the schema
	pool     *pgxpool.Pool
	sessions *scs.SessionManager
	cookie   *http.Cookie
	site     *httptest.Server
}

func newBed(b testing.TB) *bed {
	b.Helper()
	ctx := b.Context()
	urls := dbtest.NewURL(b)
	pool, err := database.Open(ctx, urls.App)
	must(b, err)
	b.Cleanup(pool.Close)
	files, err := evidence.Open(b.TempDir(), 20<<20)
	must(b, err)
	b.Cleanup(func() { _ = files.Close() })
	must(b, demo.Load(ctx, pool, files, time.Now()))
	sealer, err := post.NewSealer(ctx, pool)
	must(b, err)
	x := &bed{owner: urls.Owner, pool: pool, sessions: web.Sessions(pool, time.Hour, false)}
	handler := web.Handler(web.Config{
		DB: pool, Files: files, Sealer: sealer, Sessions: x.sessions, Limits: account.DefaultLimits,
		Now: func() time.Time { return demo.Start }, Machine: time.Now, BaseURL: "http://127.0.0.1", Boards: &overview.Memory{},
		Ready: func(ctx context.Context) error { return database.Ready(ctx, pool) },
	})
	x.site = httptest.NewServer(handler)
	b.Cleanup(x.site.Close)
	x.signIn(b, "ubnd.lanhdao")
	return x
}

// signIn opens a session as a browser would hold it.
func (x *bed) signIn(b testing.TB, username string) {
	b.Helper()
	p, err := account.ByUsername(b.Context(), x.pool, username)
	must(b, err)
	id, err := database.Value[string](b.Context(), x.pool, `
		insert into person_session (person_id, began_at, seen_at, ends_at, from_addr, agent)
		values (@person, now(), now(), now() + interval '1 hour', '127.0.0.1', 'bench')
		returning public_id::text`, database.Args{"person": p.ID})
	must(b, err)
	ctx, err := x.sessions.Load(b.Context(), "")
	must(b, err)
	x.sessions.Put(ctx, "session", id)
	x.sessions.Put(ctx, "person", int64(p.ID))
	token, _, err := x.sessions.Commit(ctx)
	must(b, err)
	x.cookie = &http.Cookie{Name: x.sessions.Cookie.Name, Value: token}
}

// BenchmarkListAgainstBare compares a list page of 30 rows with the bare handler,
// in turns, and fails when it serves less than its share.
func BenchmarkListAgainstBare(b *testing.B) {
	x := newBed(b)
	lone := httptest.NewServer(bare(x.pool, x.sessions, demo.Start.Year()))
	defer lone.Close()
	list := x.site.URL + paths.OverviewActivities(demo.Start.Year())
	for range b.N {
		var ours, theirs, shares []float64
		for range rounds {
			a := x.storm(b, list)
			c := x.storm(b, lone.URL+"/tran")
			ours, theirs, shares = append(ours, a), append(theirs, c), append(shares, a/c)
		}
		b.ReportMetric(median(ours), "list-req/s")
		b.ReportMetric(median(theirs), "bare-req/s")
		b.ReportMetric(median(shares), "share")
		b.Logf("list %.0f, bare %.0f requests a second", median(ours), median(theirs))
		if s := median(shares); s < leastShare {
			b.Errorf("the list page serves %.2f of what the bare handler serves; the bar is %.2f", s, leastShare)
		}
	}
}

// storm asks for url over all connections for one round and returns requests a second.
func (x *bed) storm(b *testing.B, url string) float64 {
	b.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}}
	defer client.CloseIdleConnections()
	var done atomic.Int64
	var wg sync.WaitGroup
	end := time.Now().Add(round)
	began := time.Now()
	for range connections {
		wg.Go(func() {
			for time.Now().Before(end) {
				if !x.fetch(b, client, url) {
					return
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(done.Load()) / time.Since(began).Seconds()
}

func (x *bed) fetch(b *testing.B, client *http.Client, url string) bool {
	req, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		b.Error(err)
		return false
	}
	req.AddCookie(x.cookie)
	res, err := client.Do(req)
	if err != nil {
		b.Error(err)
		return false
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		b.Errorf("%s: %s %v", url, res.Status, err)
		return false
	}
	return true
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}

func must(b testing.TB, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}
