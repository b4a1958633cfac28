package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// keepingPlans is db for asking the same few statements very often: each is planned
// once, whatever its arguments, and not anew the first five times.
func keepingPlans(t *testing.T, db *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	config := db.Config()
	config.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	keeping, err := pgxpool.NewWithConfig(t.Context(), config)
	must(t, err)
	t.Cleanup(keeping.Close)
	return keeping
}

// walk asks every route of the portal as everybody in one state, which it plays in
// a transaction that is rolled back.
func walk(t *testing.T, settled *world, db *pgxpool.Pool, state string) map[string]map[string]int {
	t.Helper()
	tx, err := db.Begin(t.Context())
	must(t, err)
	defer func() { must(t, tx.Rollback(t.Context())) }()
	w := settled.in(t, tx)
	w.bring(t, state)
	w.bringReport(t, state)
	w.bringLedger(t)
	p := newPortal(t, w)
	w.bringSum(t, p.config.Files, state)
	for _, who := range people {
		p.as(who.name) // sessions outlive what is rolled back
	}
	_, err = tx.Exec(t.Context(), "savepoint "+asking)
	must(t, err)
	answers := map[string]map[string]int{}
	err = chi.Walk(p.router, func(method, pattern string, _ http.Handler, _ ...func(http.Handler) http.Handler) error {
		pattern = strings.TrimSuffix(pattern, "/")
		if pattern == "" {
			pattern = "/"
		}
		route := method + " " + pattern
		a, ok := asks[route]
		if !ok {
			t.Errorf("%s: no way to ask it: add it to asks", route)
			return nil
		}
		answers[route] = map[string]int{}
		var q *question
		for i, who := range append([]string{"visitor"}, names()...) {
			if !turns(route, i, slices.Index(states, state)) {
				continue
			}
			if q == nil || a.each {
				q = p.question(t, who, method, pattern, a)
			}
			answers[route][who] = p.try(t, tx, who, *q)
		}
		return nil
	})
	must(t, err)
	for route := range asks {
		if _, ok := answers[route]; !ok {
			t.Errorf("%s: a way to ask it, but no such route", route)
		}
	}
	return answers
}

// asking is the savepoint at which each request finds the database.
const asking = "asking"

func names() []string {
	var out []string
	for _, p := range people {
		out = append(out, p.name)
	}
	return out
}

// question is a request about a state, whoever asks.
type question struct {
	method, path string
	values       url.Values
	at           time.Time
}

// question is how to ask a route.
func (p *portal) question(t *testing.T, who, method, pattern string, a ask) *question {
	t.Helper()
	path := strings.ReplaceAll(pattern, "*", "khong-co.css")
	for name, value := range a.params {
		switch {
		case value == aRemark:
			value = firstRemark(t, p.world, a.about())
		case value == anEvidence:
			value = firstEvidence(t, p.world, a.about())
		case value == aQuestion:
			value = firstQuestion(t, p.world, a.about())
		case value == anOutcome && who != "visitor":
			value = anAcceptance(t, p.world, who)
		}
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	if strings.ContainsAny(path, "{*") {
		t.Fatalf("%s: not every parameter has a value: %s", pattern, path)
	}
	q := &question{method: method, path: path + a.query, at: a.when()}
	if method == http.MethodPost {
		q.values = url.Values{"_key": {"policy-" + strings.Repeat("k", 20)}}
		if a.body != nil {
			maps.Copy(q.values, a.body(t, p.world, who))
		}
	}
	return q
}

// try asks as somebody and takes back what that did.
func (p *portal) try(t *testing.T, tx pgx.Tx, who string, q question) int {
	t.Helper()
	defer func() {
		_, err := tx.Exec(t.Context(), "rollback to savepoint "+asking)
		must(t, err)
	}()
	p.now = q.at
	p.reenter(who)
	p.as(who)
	return p.serve(p.request(q.method, q.path, q.values)).Code // nobody reads the page
}
