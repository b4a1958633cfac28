package notify_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/notify"
	"danvan/internal/viet"
)

// members of BASE1, and one of BASE2, with the days of their roles.
const members = `
	insert into unit (id, slug) overriding system value values (BASE1, 'stp-BASE'), (BASE2, 'snv-BASE');
	insert into person (id, name, name_sort, active) overriding system value values
	    (BASE1, 'Lãnh đạo đương nhiệm', '1', true),
	    (BASE2, 'Lãnh đạo đã nghỉ', '2', true),
	    (BASE3, 'Lãnh đạo sắp nhận', '3', true),
	    (BASE4, 'Chuyên viên kiêm lãnh đạo', '4', true),
	    (BASE5, 'Lãnh đạo bị khóa', '5', false),
	    (BASE6, 'Chuyên viên', '6', true),
	    (BASE7, 'Lãnh đạo nơi khác', '7', true);
	insert into membership (person_id, unit_id, role, valid) values
	    (BASE1, BASE1, 'unit_leader', '[2020-01-01,)'),
	    (BASE2, BASE1, 'unit_leader', '[2020-01-01,2022-03-30)'),
	    (BASE3, BASE1, 'unit_leader', '[2022-03-31,)'),
	    (BASE4, BASE1, 'unit_leader', '[2022-03-30,2022-03-31)'),
	    (BASE4, BASE1, 'staff', '[2020-01-01,)'),
	    (BASE5, BASE1, 'unit_leader', '[2020-01-01,)'),
	    (BASE6, BASE1, 'staff', '[2020-01-01,)'),
	    (BASE7, BASE2, 'unit_leader', '[2020-01-01,)')`

// office is a database with these members; their ids are base*10 + 1 to 7.
type office struct {
	database.DB
	base int64
}

// bases keeps parallel tests from meeting in one unit.
var bases atomic.Int64

var (
	// In Hậu Giang it is the 30th already, in Greenwich still the 29th.
	now     = time.Date(2022, time.March, 30, 0, 30, 0, 0, viet.Location)
	leaders = []actor.Role{actor.UnitLeader}
	both    = []actor.Role{actor.UnitLeader, actor.Staff}
)

func peopled(t testing.TB) office {
	t.Helper()
	o := office{dbtest.Tx(t), 7_000_000 + bases.Add(1)}
	if _, err := o.Exec(t.Context(), strings.ReplaceAll(members, "BASE", fmt.Sprint(o.base))); err != nil {
		t.Fatal(err)
	}
	return o
}

func (o office) person(n int64) actor.PersonID { return actor.PersonID(o.base*10 + n) }

func tell(t testing.TB, db office, by int64, at time.Time, roles []actor.Role) {
	t.Helper()
	if err := notify.Tell(t.Context(), db, actor.Actor{Person: db.person(by)}, at, actor.UnitID(db.person(1)), roles, "plan/2022/ke-hoach/stp", "Có việc."); err != nil {
		t.Fatal(err)
	}
}

func told(t testing.TB, db office) []int64 {
	t.Helper()
	people, err := database.Values[int64](t.Context(), db, `select person_id - @base from notice order by person_id`,
		database.Args{"base": db.base * 10})
	if err != nil {
		t.Fatal(err)
	}
	return people
}

func TestOnlyHoldersOfTheRoleOnThatDayAreTold(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		by    int64
		at    time.Time
		roles []actor.Role
		want  []int64
	}{
		"leaders of the 30th":               {6, now, leaders, []int64{1, 4}},
		"leaders a minute before the 30th":  {6, now.Add(-31 * time.Minute), leaders, []int64{1, 2}},
		"leaders of the 31st":               {6, now.AddDate(0, 0, 1), leaders, []int64{1, 3}},
		"everybody, each once":              {0, now, both, []int64{1, 4, 6}},
		"but not the one who acts":          {1, now, both, []int64{4, 6}},
		"nobody when no role is asked for":  {6, now, nil, []int64{}},
		"nobody before the roles had begun": {6, now.AddDate(-5, 0, 0), both, []int64{}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db := peopled(t)
			tell(t, db, tt.by, tt.at, tt.roles)
			if diff := cmp.Diff(tt.want, told(t, db)); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}

func TestNoticesAreReadBackNewestFirstAndMarked(t *testing.T) {
	t.Parallel()
	db := peopled(t)
	for i, body := range []string{"một", "hai", "ba"} {
		if err := notify.TellPerson(t.Context(), db, now.Add(time.Duration(i)*time.Hour), db.person(1), "plan/2022/ke-hoach/stp", body); err != nil {
			t.Fatal(err)
		}
	}
	if err := notify.TellPerson(t.Context(), db, now, db.person(6), "x", "của người khác"); err != nil {
		t.Fatal(err)
	}
	page, total, err := notify.List(t.Context(), db, db.person(1), 2, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(page) != 2 || total != 3 || page[0].Body != "ba" || page[1].Body != "hai" || page[0].ReadAt != nil {
		t.Fatalf("first page of %d = %+v", total, page)
	}
	if err := notify.MarkRead(t.Context(), db, db.person(1), now, page[1].ID); err != nil {
		t.Fatal(err)
	}
	all, _, err := notify.List(t.Context(), db, db.person(1), 10, 0)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, n := range all {
		read[n.Body] = n.ReadAt != nil
	}
	if diff := cmp.Diff(map[string]bool{"một": true, "hai": true, "ba": false}, read); diff != "" {
		t.Errorf("read (-want +got):\n%s", diff)
	}
	others, _, err := notify.List(t.Context(), db, db.person(6), 10, 0)
	if err != nil || len(others) != 1 || others[0].ReadAt != nil {
		t.Errorf("another person's = %+v, %v", others, err)
	}
}
