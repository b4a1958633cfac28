package overview_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/overview"
)

// recalled asks a memory and returns the board with the statements it took.
func (p province) recalled(t *testing.T, m *overview.Memory, act actor.Actor, now time.Time) (overview.Board, int) {
	t.Helper()
	n := 0
	b, err := m.Of(t.Context(), counting{p.db, &n}, act, now, 2022, "")
	if err != nil {
		t.Fatal(err)
	}
	return b, n
}

// remembered is a board that takes no more than the question whether anything changed.
func (p province) remembered(t *testing.T, m *overview.Memory, act actor.Actor) overview.Board {
	t.Helper()
	p.recalled(t, m, act, today)
	b, n := p.recalled(t, m, act, today)
	if n != 1 {
		t.Fatalf("%d statements: nothing is remembered", n)
	}
	return b
}

// change does what a service does: it writes, and says so in the audit of subject.
func (p province) change(t *testing.T, subject, sql string) {
	t.Helper()
	err := database.InTx(t.Context(), p.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), sql); err != nil {
			return err
		}
		return audit.Record(t.Context(), tx, actor.System, today, audit.Entry{Subject: subject, Action: "changed"})
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// plan is the audit's name of a unit's plan.
func (p province) plan(t *testing.T, slug string) string {
	t.Helper()
	return fmt.Sprintf("submission/%d", p.id(t, `select id from submission where unit_id = $1`, p.units[slug]))
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
	b, _ := p.recalled(t, &m, act, today)
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
			b, _ := p.recalled(t, &m, p.leadership(), now)
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
	for _, c := range []struct{ what, subject, write string }{
		{"an entry", p.plan(t, "stp"), `insert into progress (activity_id, as_of, percent, by_person, by_name, at)
			select ` + activity + `'stp' and a.code = '2.2'), '2022-11-27', 100, 1, 'x', '2022-11-27T15:00+07'`},
		{"its correction", p.plan(t, "stp"), `insert into progress (activity_id, as_of, percent, by_person, by_name, at, replaces)
			select e.activity_id, e.as_of, 60, 1, 'x', '2022-11-28T07:00+07', e.id from progress e order by id desc limit 1`},
		{"a file", p.plan(t, "stp"), `with f as (insert into file (sha256, size, type, at) values (sha256('y'), 1, 'application/pdf', '2022-11-28T07:00+07') returning sha256)
			insert into progress_file (progress_id, file_sha, name)
			select (select min(id) from progress where activity_id = ` + activity + `'stp' and a.code = '3.1')), sha256, 'y.pdf' from f`},
		{"an extension", "period/1", `insert into extension (period_id, unit_id, due_before, reason, by_person, at)
			select 1, id, '2022-12-20T00:00+07', 'Đang sắp xếp bộ máy', 1, '2022-11-28T00:01+07' from unit where slug = 'skhcn'`},
		{"a plan accepted", p.plan(t, "h-vi-thuy"), `with o as (update version_outcome set outcome = 'accepted', decided_at = '2022-11-28T07:30+07' where outcome = 'pending' returning *)
			update submission s set state = 'accepted', in_force = o.version_id from o where s.id = o.submission_id`},
		{"its activities", p.plan(t, "h-vi-thuy"), `with a as (insert into activity (submission_id, task_no, seq, sent)
			    select s.id, 1, 1, true from submission s join unit u on u.id = s.unit_id where u.slug = 'h-vi-thuy' returning *)
			insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind, evidence_required)
			select a.id, s.in_force, 1, s.unit_id, 1, 1, a.code, 'x', 'x', '2022-11-01', '2022-12-31', 'day', false
			from a join submission s on s.id = a.submission_id`},
		{"a plan withdrawn", p.plan(t, "h-vi-thuy"), `with f as (delete from activity_fact where unit_id = (select id from unit where slug = 'h-vi-thuy'))
			update submission set in_force = null, state = 'draft' where unit_id = (select id from unit where slug = 'h-vi-thuy')`},
		{"the roster", "campaign/1", `update roster set position = 99 where unit_id = (select id from unit where slug = 'snv')`},
		{"a task", "campaign/1", `update task set short = 'Việc khác' where no = 2`},
		{"a holiday", "holidays", `insert into holiday (day, name, kind) values ('2022-09-02', 'Quốc khánh', 'holiday')`},
		{"a unit's name", fmt.Sprintf("unit/%d", p.units["syt"]), `update unit_version set short = 'Sở Y tế' where unit_id = (select id from unit where slug = 'syt')`},
		{"the receiver's name", fmt.Sprintf("unit/%d", p.units["snv"]), `update unit_version set name = 'Sở Nội vụ tỉnh' where unit_id = (select id from unit where slug = 'snv')`},
	} {
		before := p.remembered(t, &m, p.leadership())
		p.change(t, c.subject, c.write)
		after, n := p.recalled(t, &m, p.leadership(), today)
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

func TestAChangeOfOneUnitLeavesTheOthersRemembered(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var m overview.Memory
	want := p.remembered(t, &m, p.leadership())
	// Past the portal: nothing says so, until somebody asks to count again.
	p.exec(t, `update activity_fact set due_on = '2022-11-01', start_on = '2022-11-01' where code = '2.1' and unit_id = $1`, p.units["snv"])
	p.change(t, p.plan(t, "stp"), `select 1`)
	if b, n := p.recalled(t, &m, p.leadership(), today); n != 4 || differ(want, b) != "" {
		t.Errorf("%d statements: %s", n, differ(want, b))
	}
	m.Forget(2022)
	if b, _ := p.recalled(t, &m, p.leadership(), today); b.LateTotal != want.LateTotal+1 {
		t.Errorf("%d overdue, there were %d", b.LateTotal, want.LateTotal)
	}
}

func TestOfATransactionNothingIsRemembered(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var m overview.Memory
	before := p.remembered(t, &m, p.leadership())
	undone := database.InTx(t.Context(), p.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `update activity_fact set due_on = '2022-11-01', start_on = '2022-11-01' where code = '2.1'`); err != nil {
			t.Fatal(err)
		}
		within, err := m.Of(t.Context(), tx, p.leadership(), today, 2022, "")
		if err != nil || within.Sum == before.Sum {
			t.Errorf("%+v, %v", within.Sum, err)
		}
		return pgx.ErrTxCommitRollback
	})
	if undone == nil {
		t.Fatal("the change was committed")
	}
	if b := p.remembered(t, &m, p.leadership()); b.Sum != before.Sum {
		t.Errorf("what was rolled back shows: %+v", b.Sum)
	}
}
