package agenda_test

import (
	_ "embed"
	"fmt"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/viet"
)

//go:embed testdata/world.sql
var world string

// noon is when the world of testdata is looked at: Monday, 28/11/2022.
var noon = at("28/11/2022 08:42")

func at(text string) time.Time {
	t, err := time.ParseInLocation("02/01/2006 15:04", text, viet.Location)
	if err != nil {
		panic(err)
	}
	return t
}

// fresh is a world of its own: two transactions cannot make the same units at once.
func fresh(t testing.TB) database.DB {
	t.Helper()
	db := dbtest.New(t)
	run(t, db, world)
	return db
}

func run(t testing.TB, db database.DB, sql string) {
	t.Helper()
	if _, err := db.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// who acts, with the memberships of a day.
func who(t testing.TB, db database.DB, person actor.PersonID, now time.Time) actor.Actor {
	t.Helper()
	held, err := database.All[actor.Membership](t.Context(), db, `
		select unit_id as unit, role
		from membership
		where person_id = @person and valid @> @today::date
		order by id`,
		database.Args{"person": person, "today": viet.DateOf(now)})
	if err != nil {
		t.Fatal(err)
	}
	return actor.Actor{Person: person, Name: fmt.Sprint("người ", person), Memberships: held}
}

// The people of the world.
const (
	staffSTP actor.PersonID = iota + 1
	leaderSTP
	goneSTP
	_
	reviewer // and staff of the receiving unit
	consolidator
	leaderSNV
	governor
	observer
	admin
	staffSTC
	staffDistrict
	leaderDistrict
	staffSYT
	leaderSYT
	_
	leaderSXD
)

func agendaOf(t testing.TB, db database.DB, person actor.PersonID, now time.Time) agenda.Agenda {
	t.Helper()
	a, err := agenda.For(t.Context(), db, who(t, db, person, now), now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// owed is what is outstanding, whatever the period.
func owed(a agenda.Agenda) []agenda.File {
	var all []agenda.File
	for _, o := range a.Outstanding {
		all = append(all, o.Files...)
	}
	return all
}

// told is an agenda by section, each thing in a few words.
func told(a agenda.Agenda) map[string][]string {
	out := map[string][]string{}
	files := func(section string, list []agenda.File) {
		for _, f := range list {
			out[section] = append(out[section], f.UnitSlug+" "+f.Period+" "+string(f.State))
		}
	}
	works := func(section string, list []agenda.Work) {
		for _, w := range list {
			out[section] = append(out[section], w.UnitSlug+" "+w.Code)
		}
	}
	files("returned", a.Returned)
	files("sign off", a.SignOff)
	files("write", a.Write)
	works("overdue", a.Overdue)
	works("ownerless", a.Ownerless)
	for _, d := range a.Due {
		what := ""
		if d.File != nil {
			what = d.File.UnitSlug + " " + d.File.Period
		} else {
			what = d.Work.UnitSlug + " " + d.Work.Code
		}
		out["due"] = append(out["due"], d.On.Short()+" "+what)
	}
	for _, w := range a.Queue {
		out["queue"] = append(out["queue"], w.UnitSlug)
	}
	for _, w := range a.Reopen {
		out["reopen"] = append(out["reopen"], w.UnitSlug)
	}
	files("outstanding", owed(a))
	files("waiting", a.Waiting)
	for _, c := range a.Partnered {
		out["partnered"] = append(out["partnered"], c.UnitSlug+" "+c.Code)
	}
	for _, y := range a.Years {
		out["year"] = append(out["year"], fmt.Sprintf("%s %d/%d", y.Unit.Slug, y.All.Finished(), y.All.Total()))
	}
	if a.Admin != nil {
		for _, p := range a.Admin.Leaderless {
			out["leaderless"] = append(out["leaderless"], fmt.Sprintf("%s %d", p.Slug, p.Ownerless))
		}
		for _, p := range a.Admin.Staffless {
			out["staffless"] = append(out["staffless"], p.Slug)
		}
	}
	return out
}
