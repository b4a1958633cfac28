package overview_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/overview"
	"danvan/internal/viet"
)

// recalled asks a memory and returns the board with the statements it took.
func (p province) recalled(t *testing.T, m *overview.Memory, db database.DB, act actor.Actor, now time.Time) (overview.Board, int) {
	t.Helper()
	n := 0
	b, err := m.Of(t.Context(), counting{db, &n}, act, now, 2022, "")
	if err != nil {
		t.Fatal(err)
	}
	return b, n
}

// remembered asks until nothing was written anywhere in the cluster meanwhile: a
// state is that of all its databases.
func (p province) remembered(t *testing.T, m *overview.Memory, act actor.Actor) overview.Board {
	t.Helper()
	for range 200 {
		if b, n := p.recalled(t, m, p.db, act, today); n == 1 {
			return b
		}
	}
	t.Fatal("nothing is ever remembered")
	return overview.Board{}
}

func differ(a, b overview.Board) string {
	return cmp.Diff(a, b, cmpopts.IgnoreUnexported(overview.Scope{}))
}

func TestABoardIsRememberedForAllItsReaders(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var m overview.Memory
	for _, act := range []actor.Actor{p.leadership(), p.actor(actor.Reviewer, "snv"), p.actor(actor.Reviewer, "h-vi-thuy"), p.leadership()} {
		if diff := differ(p.board(t, act, ""), p.remembered(t, &m, act)); diff != "" {
			t.Error(diff)
		}
	}
	// Whose units stand among others sees no more than without a memory.
	act := p.actor(actor.Staff, "syt")
	b, _ := p.recalled(t, &m, p.db, act, today)
	if diff := differ(p.board(t, act, ""), b); diff != "" {
		t.Error(diff)
	}
}

func TestARememberedBoardIsThatOfItsDayAndMoment(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	p.exec(t, `insert into extension (period_id, unit_id, due_before, reason, by_person, at)
		values (1, $1, '2022-12-20T00:00+07', 'Đang sắp xếp bộ máy', 1, '2022-11-28T15:00+07')`, p.units["skhcn"])
	var m overview.Memory
	for _, now := range []time.Time{today, today.AddDate(0, 0, 1), today.Add(-10 * time.Hour), today.Add(12 * time.Hour), today} {
		want, err := overview.Of(t.Context(), p.db, p.leadership(), now, 2022, "")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			b, _ := p.recalled(t, &m, p.db, p.leadership(), now)
			if diff := differ(want, b); diff != "" {
				t.Errorf("at %v: %s", now, diff)
			}
		}
	}
}

func TestWhateverIsWrittenShowsOnTheNextBoard(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var m overview.Memory
	const activity = `(select a.activity_id from activity_fact a join unit u on u.id = a.unit_id where u.slug = `
	for _, c := range []struct{ what, write string }{
		{"an entry", `insert into progress (activity_id, as_of, percent, by_person, by_name, at)
			select ` + activity + `'stp' and a.code = '2.2'), '2022-11-27', 100, 1, 'x', '2022-11-27T15:00+07'`},
		{"its correction", `insert into progress (activity_id, as_of, percent, by_person, by_name, at, replaces)
			select e.activity_id, e.as_of, 60, 1, 'x', '2022-11-28T07:00+07', e.id from progress e order by id desc limit 1`},
		{"a file", `with f as (insert into file (sha256, size, type, at) values (sha256('y'), 1, 'application/pdf', '2022-11-28T07:00+07') returning sha256)
			insert into progress_file (progress_id, file_sha, name)
			select (select min(id) from progress where activity_id = ` + activity + `'stp' and a.code = '3.1')), sha256, 'y.pdf' from f`},
		{"an extension", `insert into extension (period_id, unit_id, due_before, reason, by_person, at)
			select 1, id, '2022-12-20T00:00+07', 'Đang sắp xếp bộ máy', 1, '2022-11-28T00:01+07' from unit where slug = 'skhcn'`},
		{"a plan accepted", `with o as (update version_outcome set outcome = 'accepted', decided_at = '2022-11-28T07:30+07' where outcome = 'pending' returning *)
			update submission s set state = 'accepted', in_force = o.version_id from o where s.id = o.submission_id`},
		{"its activities", `with a as (insert into activity (submission_id, task_no, seq, sent)
			    select s.id, 1, 1, true from submission s join unit u on u.id = s.unit_id where u.slug = 'h-vi-thuy' returning *)
			insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind, evidence_required)
			select a.id, s.in_force, 1, s.unit_id, 1, 1, a.code, 'x', 'x', '2022-11-01', '2022-12-31', 'day', false
			from a join submission s on s.id = a.submission_id`},
		{"a plan withdrawn", `with f as (delete from activity_fact where unit_id = (select id from unit where slug = 'h-vi-thuy'))
			update submission set in_force = null, state = 'draft' where unit_id = (select id from unit where slug = 'h-vi-thuy')`},
		{"the roster", `update roster set position = 99 where unit_id = (select id from unit where slug = 'snv')`},
	} {
		before := p.remembered(t, &m, p.leadership())
		p.exec(t, c.write)
		after, n := p.recalled(t, &m, p.db, p.leadership(), today)
		if n == 1 {
			t.Errorf("%s: the board is remembered", c.what)
		}
		if differ(before, after) == "" {
			t.Errorf("%s changes nothing: it proves nothing", c.what)
		}
		if diff := differ(p.board(t, p.leadership(), ""), after); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
}

func TestATransactionSeesItsOwnChangesOnTheBoard(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var m overview.Memory
	before := p.remembered(t, &m, p.leadership())
	undone := database.InTx(t.Context(), p.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `update activity_fact set due_on = '2022-11-01', start_on = '2022-11-01' where code = '2.1'`); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			within, n := p.recalled(t, &m, tx, p.leadership(), today)
			if n == 1 || within.Sum == before.Sum {
				t.Errorf("%d statements, %+v", n, within.Sum)
			}
		}
		if b := p.remembered(t, &m, p.leadership()); b.Sum != before.Sum {
			t.Errorf("others see %+v", b.Sum)
		}
		return pgx.ErrTxCommitRollback
	})
	if undone == nil {
		t.Fatal("the change was committed")
	}
	if b, _ := p.recalled(t, &m, p.db, p.leadership(), today); b.Sum != before.Sum {
		t.Errorf("what was rolled back shows: %+v", b.Sum)
	}
	if b := p.remembered(t, &m, p.leadership()); b.Rows[0].LastOn != viet.NewDate(2022, time.November, 15) {
		t.Errorf("last written %v", b.Rows[0].LastOn)
	}
}
