package agenda_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/database/dbtest"
)

// statements counts the queries of one connection.
type statements struct{ n int }

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	s.n++
	return ctx
}

func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func TestAnAgendaTakesFewStatementsHoweverMuchThereIs(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	config, err := pgxpool.ParseConfig(urls.App)
	if err != nil {
		t.Fatal(err)
	}
	var count statements
	config.ConnConfig.Tracer = &count
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	run(t, pool, world)
	measure := func(person actor.PersonID) int {
		act := who(t, pool, person, noon)
		before := count.n
		if _, err := agenda.For(t.Context(), pool, act, noon); err != nil {
			t.Fatal(err)
		}
		return count.n - before
	}
	people := map[actor.PersonID]int{staffSTP: 7, leaderSTP: 6, reviewer: 9, consolidator: 7, observer: 5, admin: 5}
	check := func(when string) {
		for person, most := range people {
			if got := measure(person); got > most {
				t.Errorf("%s: person %d takes %d statements, want at most %d", when, person, got, most)
			}
		}
	}
	check("in the small world")
	run(t, pool, `
		insert into activity (id, submission_id, task_no, seq, sent) overriding system value
		    select 1000 + n, 2, 3, 10 + n, true from generate_series(1, 300) n;
		insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind, evidence_required)
		    select 1000 + n, 22, 1, 2, 3, 10 + n, '3.' || 10 + n, 'Hoạt động', 'Sản phẩm', '2022-01-01', '2022-12-01', 'day', false from generate_series(1, 300) n;
		insert into activity_partner select 1000 + n, 5 from generate_series(1, 300) n`)
	check("with 300 activities more")
}
