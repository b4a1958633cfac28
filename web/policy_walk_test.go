package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/database/dbtest"
)

// keepingPlans is a database for asking the same few statements very often: each is
// planned once, whatever its arguments.
func keepingPlans(t *testing.T) *pgxpool.Pool {
	t.Helper()
	config := dbtest.New(t).Config()
	config.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	db, err := pgxpool.NewWithConfig(t.Context(), config)
	must(t, err)
	t.Cleanup(db.Close)
	return db
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
		for i, who := range append([]string{"visitor"}, names()...) {
			if turns(route, i, slices.Index(states, state)) {
				answers[route][who] = p.try(t, tx, who, method, pattern, a)
			}
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

// try asks one route and takes back what it did.
func (p *portal) try(t *testing.T, tx pgx.Tx, who, method, pattern string, a ask) int {
	t.Helper()
	defer func() {
		_, err := tx.Exec(t.Context(), "rollback to savepoint "+asking)
		must(t, err)
	}()
	path := strings.ReplaceAll(pattern, "*", "khong-co.css")
	for name, value := range a.params {
		if value == aRemark {
			value = firstRemark(t, p.world, a.about())
		}
		if value == anEvidence {
			value = firstEvidence(t, p.world, a.about())
		}
		if value == aQuestion {
			value = firstQuestion(t, p.world, a.about())
		}
		if value == anOutcome && who != "visitor" {
			value = anAcceptance(t, p.world, who)
		}
		path = strings.ReplaceAll(path, "{"+name+"}", value)
	}
	if strings.ContainsAny(path, "{*") {
		t.Fatalf("%s: not every parameter has a value: %s", pattern, path)
	}
	p.now = a.when()
	p.reenter(who)
	p.as(who)
	var values url.Values
	if method == http.MethodPost {
		values = url.Values{"_key": {"policy-" + strings.Repeat("k", 20)}}
		if a.body != nil {
			for name, v := range a.body(t, p.world, who) {
				values[name] = v
			}
		}
	}
	return p.serve(p.request(method, path+a.query, values)).Code // nobody reads the page
}
