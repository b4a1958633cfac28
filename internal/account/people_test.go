package account_test

import (
	"strings"
	"testing"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/viet"
)

func TestAPersonIsEnteredOnce(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "  STP.ChuyenVien")
	p, err := account.ByUsername(t.Context(), db, login(t, "stp.CHUYENVIEN"))
	if err != nil {
		t.Fatal(err)
	}
	want := account.Person{ID: id, Name: "Lê Thị Thanh Trúc", Title: "Chuyên viên", Username: login(t, "stp.chuyenvien"), Active: true}
	if p != want {
		t.Errorf("got %+v, want %+v", p, want)
	}
	line := wantAudit(t, db, id, "created")
	if strings.Contains(string(line.After), "argon2") {
		t.Errorf("the audit holds a hash: %s", line.After)
	}
	hash, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	_, err = account.CreatePerson(t.Context(), db, actor.System, now, account.NewPerson{Name: "Khác", Username: login(t, "stp.chuyenvien"), Hash: hash})
	wantInvalid(t, err, "username")
}

func TestWhatIsWrongWithANewPersonIsSaidAtItsField(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	hash, err := hashed()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		act   actor.Actor
		p     account.NewPerson
		field string
	}{
		"no name":                {admin, account.NewPerson{Name: " \u200b "}, "name"},
		"no mailbox":             {admin, account.NewPerson{Name: "A", Email: "ở đây"}, "email"},
		"diacritics to sign in":  {admin, account.NewPerson{Name: "A", Username: "trúc.lê", Hash: hash}, "username"},
		"too short to sign in":   {admin, account.NewPerson{Name: "A", Username: "a", Hash: hash}, "username"},
		"sign-in, no password":   {admin, account.NewPerson{Name: "A", Username: "stp.a"}, "password"},
		"password, no sign-in":   {admin, account.NewPerson{Name: "A", Hash: hash}, "password"},
		"exempt by an admin":     {admin, account.NewPerson{Name: "A", Username: "stp.a", Hash: hash, Exempt: true}, ""},
		"line break in the name": {admin, account.NewPerson{Name: "\n"}, "name"},
	} {
		_, err := account.CreatePerson(t.Context(), db, tt.act, now, tt.p)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		wantInvalid(t, err, tt.field)
	}
}

func TestWhoLeftMayNotSignInAndHoldsNoRole(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp")
	id := enter(t, db, "stp.chuyenvien")
	if err := account.Grant(t.Context(), db, admin, now, id, in, actor.Staff, today.AddDays(-30), viet.Date{}); err != nil {
		t.Fatal(err)
	}
	opened := signIn(t, db, "stp.chuyenvien")
	if err := account.Leave(t.Context(), db, admin, id, today.AddDays(-1), machine, now); err != nil {
		t.Fatal(err)
	}
	if load(t, db, opened, machine).SessionOpen {
		t.Error("the session of somebody who left is still open")
	}
	_, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "stp.chuyenvien"), Password: password}, limits, machine, now)
	wantInvalid(t, err, "")
	for on, want := range map[viet.Date]int{today.AddDays(-1): 1, today: 0} {
		people, err := database.Value[int](t.Context(), db, `
			select count(*) from membership where person_id = @id and valid @> @on::date`,
			database.Args{"id": id, "on": on})
		if err != nil || people != want {
			t.Errorf("on %s %d roles, want %d (%v)", on, people, want, err)
		}
	}
	wantAudit(t, db, id, "left")
}

func TestWhoLeavesLaterWorksUntilThen(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	in := office(t, db, "stp")
	id := enter(t, db, "stp.chuyenvien")
	grant(t, db, id, in, actor.Staff)
	if err := account.Leave(t.Context(), db, admin, id, today.AddDays(2), machine, now); err != nil {
		t.Fatal(err)
	}
	opened := signIn(t, db, "stp.chuyenvien")
	for days, want := range map[int]int{0: 1, 2: 1, 3: 0} {
		s, err := account.Load(t.Context(), db, account.Visit{Session: opened.Session, Person: id, Machine: machine, Today: today.AddDays(days), Limits: limits})
		if err != nil || !s.SessionOpen || len(s.Actor.Memberships) != want {
			t.Errorf("after %d days: open %t with %d roles, want %d (%v)", days, s.SessionOpen, len(s.Actor.Memberships), want, err)
		}
	}
}

func TestAResetPasswordMustBeChanged(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	id := enter(t, db, "stp.chuyenvien")
	before := signIn(t, db, "stp.chuyenvien")
	temporary := account.TemporaryPassword()
	hash, err := account.HashPassword(t.Context(), temporary)
	if err != nil {
		t.Fatal(err)
	}
	if err := account.ResetPassword(t.Context(), db, admin, id, hash, machine, now); err != nil {
		t.Fatal(err)
	}
	if load(t, db, before, machine).SessionOpen {
		t.Error("a session outlives the reset")
	}
	opened, err := account.SignIn(t.Context(), db, account.Attempt{Username: login(t, "stp.chuyenvien"), Password: temporary}, limits, machine, now)
	if err != nil {
		t.Fatal(err)
	}
	if !load(t, db, opened, machine).MustChange {
		t.Error("the password need not be changed")
	}
	if got := wantAudit(t, db, id, "password_reset").Authority; got != string(actor.Admin) {
		t.Errorf("authority %q, want admin", got)
	}
}
