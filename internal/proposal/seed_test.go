package proposal_test

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/proposal"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// TestMain keeps the usual run short; -rapid.checks asks for a long one.
func TestMain(m *testing.M) {
	flag.Parse()
	usual := map[string]string{"rapid.checks": "40", "rapid.nofailfile": "true"}
	flag.Visit(func(f *flag.Flag) { delete(usual, f.Name) })
	for name, value := range usual {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

const year = 2022

var (
	now   = time.Date(2022, time.November, 28, 9, 30, 0, 0, viet.Location)
	ofSTP = proposal.Ref{Year: year, Period: "nam", Unit: "stp", No: 1}
)

// world is a database with the real units and campaign.
type world struct {
	tx    database.DB
	units map[string]actor.UnitID
	keys  int
}

func seed(t testing.TB) *world {
	t.Helper()
	w := &world{tx: dbtest.New(t), units: map[string]actor.UnitID{}}
	ctx := t.Context()
	_, err := unit.Load(ctx, w.tx, actor.System, now, unit.Reference(), viet.NewDate(2020, 1, 1), "danh mục đơn vị")
	must(t, err)
	_, err = campaign.Load2022(ctx, w.tx, actor.System, now)
	must(t, err)
	must(t, submission.Ensure(ctx, w.tx, now))
	all, err := unit.List(ctx, w.tx, unit.Filter{On: viet.DateOf(now)})
	must(t, err)
	for _, u := range all {
		w.units[u.Slug] = u.ID
	}
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person makes somebody with one role.
func (w *world) person(t testing.TB, name, in string, role actor.Role) actor.Actor {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.tx, `insert into person (name, name_sort) values (@name, @name) returning id`, database.Args{"name": name})
	must(t, err)
	_, err = database.Exec(t.Context(), w.tx, `insert into membership (person_id, unit_id, role, valid) values (@id, @unit, @role, '[2022-01-01,)')`,
		database.Args{"id": id, "unit": w.units[in], "role": role})
	must(t, err)
	return actor.Actor{Person: actor.PersonID(id), Name: name, Memberships: []actor.Membership{{Unit: w.units[in], Role: role}}}
}

// version freezes what a report says: number to text, with a receiver in words.
func version(t testing.TB, tx database.DB, c submission.Case, author actor.Actor, no int, says map[int]string) submission.Version {
	t.Helper()
	f := submission.Frozen{Kind: submission.Report, Year: c.Year, Period: c.Period, Unit: c.UnitSlug, UnitName: c.UnitName}
	for n, body := range says {
		f.Parts = append(f.Parts, submission.FrozenPart{Key: fmt.Sprintf("proposal/%d", n), Content: submission.Content{"body": body, "receiver": "Sở Tài chính"}})
	}
	f.Parts = append(f.Parts, submission.FrozenPart{Key: "next", Content: submission.Content{"steps": "Tiếp tục đối thoại"}})
	bytes, err := f.Canonical()
	must(t, err)
	id, err := database.Value[int64](t.Context(), tx, `
		with made as (
			insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
			values (@submission, @no, @content, sha256(@content), @by, @name, 'staff', @at, @at)
			returning id
		), authored as (
			insert into version_author (version_id, person_id) select id, @by from made
		)
		select id from made`,
		database.Args{"submission": c.ID, "no": no, "content": bytes, "by": author.Person, "name": author.Name, "at": now})
	must(t, err)
	return submission.Version{Head: submission.Head{ID: id, No: no}, Frozen: f}
}

func (w *world) caseOf(t testing.TB, ref proposal.Ref) submission.Case {
	t.Helper()
	c, err := submission.Load(t.Context(), w.tx, now, submission.Ref{Year: ref.Year, Period: ref.Period, Unit: ref.Unit})
	must(t, err)
	return c
}

// inForce lets the report of ref say something in force.
func (w *world) inForce(t testing.TB, keeper, author actor.Actor, ref proposal.Ref, no int, says map[int]string) {
	t.Helper()
	c := w.caseOf(t, ref)
	must(t, database.InTx(t.Context(), w.tx, func(tx pgx.Tx) error {
		return proposal.Follow(t.Context(), tx, keeper, now, &c, version(t, tx, c, author, no, says))
	}))
}

func (w *world) once() post.Once {
	w.keys++
	return post.Once{Key: fmt.Sprintf("key-of-a-form-%06d", w.keys), Body: []byte{byte(w.keys)}}
}

func (w *world) get(t testing.TB, act actor.Actor, ref proposal.Ref) proposal.Page {
	t.Helper()
	p, err := proposal.Show(t.Context(), w.tx, act, now, ref)
	must(t, err)
	return p
}

// faults are the fields that err complains about, sorted.
func faults(t testing.TB, err error) []string {
	t.Helper()
	bad, ok := errors.AsType[fault.Invalid](err)
	if !ok {
		t.Fatalf("got %v, want what is to be mended", err)
	}
	var names []string
	for name := range bad {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
