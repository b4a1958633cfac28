package account_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

const password = "ruộng lúa chín vàng"

var (
	// Business time and the clock on the wall have nothing to do with each other.
	now     = time.Date(2022, time.November, 28, 8, 0, 0, 0, viet.Location)
	today   = viet.DateOf(now)
	machine = time.Date(2026, time.March, 3, 1, 0, 0, 0, time.UTC)
	limits  = account.Limits{Idle: time.Hour, Life: 8 * time.Hour}
	admin   = actor.Actor{Person: 1, Name: "Trần Thị Quản Trị", Memberships: []actor.Membership{{Unit: 1, Role: actor.Admin}}}

	hashed = sync.OnceValues(func() (account.Hash, error) {
		return account.HashPassword(context.Background(), password)
	})
)

// login is a user name of this test alone: tests whose transactions run side by
// side would wait for one another over the same one.
func login(t testing.TB, username string) string { return username + "." + own(t) }

func own(t testing.TB) string {
	sum := sha256.Sum256([]byte(t.Name()))
	return hex.EncodeToString(sum[:4])
}

// office makes a unit to hold roles in.
func office(t testing.TB, db database.DB, name string) actor.UnitID {
	t.Helper()
	slug := name + "-" + own(t)
	err := unit.Create(t.Context(), db, actor.System, now, slug, viet.NewDate(2020, 1, 1), unit.Version{
		Code: "ma-" + slug, Name: "Sở " + name, Short: name, Place: "Vị Thanh", Kind: unit.Department, Basis: "Quyết định thành lập",
	})
	if err != nil {
		t.Fatal(err)
	}
	u, err := unit.BySlug(t.Context(), db, slug, today)
	if err != nil {
		t.Fatal(err)
	}
	return u.ID
}

// enter makes a person who signs in with [password].
func enter(t testing.TB, db database.DB, username string, edit ...func(*account.NewPerson)) actor.PersonID {
	t.Helper()
	hash, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	p := account.NewPerson{Name: "Lê Thị Thanh Trúc", Title: "Chuyên viên", Username: login(t, username), Hash: hash}
	for _, fn := range edit {
		fn(&p)
	}
	id, err := account.CreatePerson(t.Context(), db, actor.System, now, p)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func grant(t testing.TB, db database.DB, person actor.PersonID, in actor.UnitID, role actor.Role) {
	t.Helper()
	if err := account.Grant(t.Context(), db, actor.System, now, person, in, role, today, viet.Date{}); err != nil {
		t.Fatal(err)
	}
}

func as(person actor.PersonID) actor.Actor {
	return actor.Actor{Person: person, Name: "Lê Thị Thanh Trúc", From: "10.0.0.1"}
}

func signIn(t testing.TB, db database.DB, username string) account.Opened {
	t.Helper()
	opened, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, username), Password: password, From: "10.0.0.1"}, limits, machine, now)
	if err != nil {
		t.Fatal(err)
	}
	return opened
}

func load(t testing.TB, db database.DB, o account.Opened, at time.Time) account.Signed {
	t.Helper()
	s, err := account.Load(t.Context(), db, account.Visit{Session: o.Session, Person: o.Person, Machine: at, Today: today, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func wantInvalid(t testing.TB, err error, field string) {
	t.Helper()
	bad, _ := errors.AsType[fault.Invalid](err)
	if bad[field] == "" {
		t.Errorf("err = %v (%v), want a sentence under %q", err, map[string]string(bad), field)
	}
}

func wantAudit(t testing.TB, db database.DB, person actor.PersonID, action string) audit.Line {
	t.Helper()
	subject := fmt.Sprintf("person/%d", person)
	lines, err := audit.History(t.Context(), db, subject, 10, action)
	if err != nil || len(lines) == 0 {
		t.Fatalf("audit of %s holds no %q: %v", subject, action, err)
	}
	return lines[0]
}

func TestOnlyAdministratorsAndThePortalAdministerPeople(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp-quyen")
	id := enter(t, db, "stp.quyen")
	hash, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	acts := map[string]func(actor.Actor) error{
		"create": func(a actor.Actor) error {
			_, err := account.CreatePerson(t.Context(), db, a, now, account.NewPerson{Name: "Nguyễn Văn A"})
			return err
		},
		"reset password": func(a actor.Actor) error {
			return account.ResetPassword(t.Context(), db, a, id, hash, machine, now)
		},
		"reset second factor": func(a actor.Actor) error {
			return account.ResetSecondFactor(t.Context(), db, a, id, machine, now)
		},
		"grant": func(a actor.Actor) error {
			return account.Grant(t.Context(), db, a, now, id, in, actor.Staff, today.AddDays(10*len(a.Name)), today.AddDays(10*len(a.Name)+1))
		},
		"leave": func(a actor.Actor) error {
			return account.Leave(t.Context(), db, a, id, today.AddDays(300), machine, now)
		},
	}
	leader := actor.Actor{Person: id, Name: "Lãnh đạo", Memberships: []actor.Membership{{Unit: in, Role: actor.UnitLeader}}}
	for name, do := range acts {
		if err := do(leader); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s by a leader: err = %v, want forbidden", name, err)
		}
		if err := do(actor.Actor{}); !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s by nobody: err = %v, want forbidden", name, err)
		}
		for _, may := range []actor.Actor{admin, actor.System} {
			if err := do(may); err != nil {
				t.Errorf("%s by %s: %v", name, may.Name, err)
			}
		}
	}
}

func TestPeopleOfAUnitSortByGivenName(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp-nguoi")
	for _, name := range []string{"Lê Thị Trúc", "Trần Văn Ân", "Nguyễn Văn Đức", "Phạm Thị Dung"} {
		id, err := account.CreatePerson(t.Context(), db, actor.System, now, account.NewPerson{Name: name})
		if err != nil {
			t.Fatal(err)
		}
		grant(t, db, id, in, actor.Staff)
	}
	leader := enter(t, db, "stp.nguoi", func(p *account.NewPerson) { p.Name = "Võ Hoàng Bách" })
	grant(t, db, leader, in, actor.UnitLeader)

	for _, tt := range []struct {
		roles []actor.Role
		want  []string
	}{
		{nil, []string{"Trần Văn Ân", "Võ Hoàng Bách", "Phạm Thị Dung", "Nguyễn Văn Đức", "Lê Thị Trúc"}},
		{[]actor.Role{actor.UnitLeader}, []string{"Võ Hoàng Bách"}},
		{[]actor.Role{actor.Observer}, nil},
	} {
		people, err := account.InUnit(t.Context(), db, in, today, tt.roles...)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range people {
			got = append(got, p.Name)
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("roles %v: got %v, want %v", tt.roles, got, tt.want)
		}
	}
}
