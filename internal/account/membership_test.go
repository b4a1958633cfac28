package account_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database/dbtest"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestEveryRoleHasAWord(t *testing.T) {
	t.Parallel()
	seen := map[string]actor.Role{}
	for _, role := range actor.Roles {
		word := account.RoleWord(role)
		if word == "" || seen[word] != "" {
			t.Errorf("%s reads %q, as does %q", role, word, seen[word])
		}
		seen[word] = role
	}
}

func TestARoleIsHeldFromTheFirstDayToTheLast(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp")
	id := enter(t, db, "stp.chuyenvien")
	first, last := today.AddDays(5), today.AddDays(9)
	if err := account.Grant(t.Context(), db, admin, now, id, in, actor.Staff, first, last); err != nil {
		t.Fatal(err)
	}
	opened := signIn(t, db, "stp.chuyenvien")
	for on, want := range map[viet.Date]bool{first.AddDays(-1): false, first: true, last: true, last.Next(): false} {
		s, err := account.Load(t.Context(), db, account.Visit{Session: opened.Session, Person: id, Machine: machine, Today: on, Limits: limits})
		if err != nil || s.Actor.Is(in, actor.Staff) != want {
			t.Errorf("on %s staff: %t, want %t (%v)", on, !want, want, err)
		}
	}
	got, err := account.Memberships(t.Context(), db, id, today)
	if err != nil || len(got) != 1 || got[0].Last() != last || got[0].Name != "Sở stp" {
		t.Fatalf("memberships = %+v, %v", got, err)
	}
	if err := account.EndMembership(t.Context(), db, admin, now, got[0].ID, first); err != nil {
		t.Fatal(err)
	}
	got, err = account.Memberships(t.Context(), db, id, today)
	if err != nil || len(got) != 1 || got[0].Last() != first {
		t.Errorf("after the end: %+v, %v; want the last day %s", got, err, first)
	}
	if err := account.EndMembership(t.Context(), db, admin, now, got[0].ID, first.AddDays(-1)); err != nil {
		t.Fatal(err)
	}
	if got, err = account.Memberships(t.Context(), db, id, today); err != nil || len(got) != 0 {
		t.Errorf("a role that never began is still held: %+v, %v", got, err)
	}
}

func TestAGrantThatCannotBeIsRefused(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp")
	id := enter(t, db, "stp.chuyenvien")
	grant(t, db, id, in, actor.Staff)
	gone := enter(t, db, "stp.cu")
	if err := account.Leave(t.Context(), db, admin, gone, today.AddDays(-1), machine, now); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		person      actor.PersonID
		unit        actor.UnitID
		role        actor.Role
		first, last viet.Date
		field       string
	}{
		"twice at a time":      {id, in, actor.Staff, today.AddDays(100), viet.Date{}, "role"},
		"no such role":         {id, in, "king", today, viet.Date{}, "role"},
		"no first day":         {id, in, actor.Reviewer, viet.Date{}, viet.Date{}, "from"},
		"backwards":            {id, in, actor.Reviewer, today, today.AddDays(-1), "last"},
		"before the unit was":  {id, in, actor.Reviewer, viet.NewDate(2019, 1, 1), viet.Date{}, "unit"},
		"to somebody who left": {gone, in, actor.Staff, today, viet.Date{}, "person"},
	} {
		err := account.Grant(t.Context(), db, admin, now, tt.person, tt.unit, tt.role, tt.first, tt.last)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		wantInvalid(t, err, tt.field)
	}
}

func TestLoadKnowsUnitsRolesNoticesAndCounts(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	stp, snv := office(t, db, "stp"), office(t, db, "snv")
	id := enter(t, db, "snv.thamdinh", func(p *account.NewPerson) { p.Exempt = true })
	grant(t, db, id, stp, actor.Staff)
	grant(t, db, id, snv, actor.Reviewer)
	if _, err := db.Exec(t.Context(), `
		insert into notice (person_id, at, subject, body, read_at)
		values ($1, $2, 'plan/2022/stp', 'a', null), ($1, $2, 'plan/2022/stp', 'b', null), ($1, $2, 'plan/2022/stp', 'c', $2)`, id, now); err != nil {
		t.Fatal(err)
	}
	opened := signIn(t, db, "snv.thamdinh")
	got, err := account.Load(t.Context(), db, account.Visit{
		Session: opened.Session, Person: id, Machine: machine, Today: today, Limits: limits,
		Counts: []string{
			"(select count(*) from membership m where m.person_id = me.person_id and m.valid @> @today::date)",
			"(select 7)",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := account.Signed{
		SessionOpen: true, Session: opened.Session, Title: "Chuyên viên", Exempt: true, Notices: 2, Counts: []int64{2, 7}, SeenAt: machine,
		Actor: actor.Actor{Person: id, Name: "Lê Thị Thanh Trúc", Memberships: []actor.Membership{{Unit: stp, Role: actor.Staff}, {Unit: snv, Role: actor.Reviewer}}},
		Units: []account.Unit{
			{ID: stp, Slug: "stp-" + own(t), Short: "stp", Name: "Sở stp", Kind: unit.Department, Role: actor.Staff},
			{ID: snv, Slug: "snv-" + own(t), Short: "snv", Name: "Sở snv", Kind: unit.Department, Role: actor.Reviewer},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
