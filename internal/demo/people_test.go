package demo_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/viet"
)

func TestUnitsHaveFourToEightPeople(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	_, units := roster(t, db)
	for _, u := range units {
		people, err := account.InUnit(t.Context(), db, u.ID, viet.DateOf(demo.Start))
		if err != nil {
			t.Fatal(err)
		}
		most := 8
		if u.Slug == "snv" {
			most = 10 // it also reviews, consolidates and administers
		}
		if len(people) < 4 || len(people) > most {
			t.Errorf("%s has %d people, want 4 to %d", u.Slug, len(people), most)
		}
	}
}

func TestEveryAccountOfTheProductPageSignsIn(t *testing.T) {
	t.Parallel()
	db := demotest.New(t)
	want := map[string][]actor.Role{
		"stp.chuyenvien": {actor.Staff}, "stp.lanhdao": {actor.UnitLeader},
		"snv.thamdinh": {actor.Reviewer, actor.Staff}, "snv.thamdinh2": {actor.Reviewer}, "snv.tonghop": {actor.Consolidator},
		"ubnd.lanhdao": {actor.Leadership}, "bdv.theodoi": {actor.Leadership}, "h-vi-thuy.thamdinh": {actor.Reviewer},
		"xa-vi-thang-h-vi-thuy.chuyenvien": {actor.Staff}, "thi-tran-nang-mau-h-vi-thuy.lanhdao": {actor.UnitLeader},
		"mttq.phoihop": {actor.Observer}, "quantri": {actor.Admin},
	}
	for username, roles := range want {
		t.Run(username, func(t *testing.T) {
			signed := signIn(t, db, username)
			var got []actor.Role
			for _, m := range signed.Actor.Memberships {
				got = append(got, m.Role)
			}
			if !slices.Equal(got, roles) {
				t.Errorf("got %v, want %v", got, roles)
			}
			if signed.MustChange || signed.NeedsTOTP {
				t.Error("has to change the password or to set up a second factor first")
			}
		})
	}
}

func signIn(t *testing.T, db *pgxpool.Pool, username string) account.Signed {
	t.Helper()
	machine := time.Now()
	opened, err := account.SignIn(t.Context(), db, account.Attempt{Username: username, Password: demo.Password, From: "127.0.0.1"},
		account.DefaultLimits, machine, demo.Start)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := account.Load(t.Context(), db, account.Visit{Session: opened.Session, Person: opened.Person, Machine: machine,
		Today: viet.DateOf(demo.Start), Limits: account.DefaultLimits})
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestAccountsWorthNamingExist(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	seen := map[string]bool{}
	for _, a := range demo.Accounts() {
		if seen[a.Username] || a.What == "" {
			t.Errorf("%+v: named twice, or without a word on it", a)
		}
		seen[a.Username] = true
		p, err := account.ByUsername(t.Context(), db, a.Username)
		if err != nil || p.Name != a.Name || !p.Active {
			t.Errorf("%s: got %+v, %v, want %s", a.Username, p, err, a.Name)
		}
	}
}

func TestOnlyTheMessagesOfTheLastDayAreUnread(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	got, err := database.Values[string](t.Context(), db, `
		select distinct n.subject
		from notice n
		join credential c on c.person_id = n.person_id
		where n.read_at is null
		order by n.subject`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"direction/2022/3",
		"plan/2022/ke-hoach/bdt", "plan/2022/ke-hoach/sgddt", "plan/2022/ke-hoach/snnptnt", "plan/2022/ke-hoach/stp",
		"plan/2022/ke-hoach/tp-nga-bay", "plan/2022/ke-hoach/vphdnd",
		"proposal/2022/nam/skhdt/1", "proposal/2022/nam/svhttdl/1", "proposal/2022/nam/ttt/1",
		"report/2022/nam/bdt", "report/2022/nam/h-chau-thanh-a", "report/2022/nam/h-long-my", "report/2022/nam/h-phung-hiep", "report/2022/nam/h-vi-thuy",
		"report/2022/nam/stc", "report/2022/nam/stnmt", "report/2022/nam/sxd", "report/2022/nam/tp-nga-bay", "report/2022/nam/tx-long-my"}
	if !slices.Equal(got, want) {
		t.Errorf("unread about %v, want %v", got, want)
	}
}
