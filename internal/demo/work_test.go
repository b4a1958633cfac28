package demo_test

import (
	"slices"
	"testing"

	"danvan/internal/agenda"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/content"
	"danvan/internal/demo/demotest"
	"danvan/internal/evidence"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestActivitiesInForceAreThoseOfTheTables(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	type row struct{ Unit, Code, Title, Product, Owner string }
	got, err := database.All[row](t.Context(), db, `
		select u.slug as unit, f.code, f.title, f.product, p.name as owner
		from activity_fact f
		join unit u on u.id = f.unit_id
		join assignment a on a.activity_id = f.activity_id and a.kind = 'owner' and upper_inf(a.valid)
		join person p on p.id = a.person_id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) < 400 {
		t.Errorf("%d activities in force, want at least 400", len(got))
	}
	c := tables(t)
	inForce, changed := map[string]bool{}, map[string]bool{}
	for _, p := range c.Plans {
		inForce[p.Unit] = !p.AcceptedAt.IsZero()
	}
	accepted := map[string]int{}
	for _, a := range c.Amendments {
		if a.State == content.Accepted {
			accepted[a.Unit] = a.No
		}
	}
	for _, x := range c.Changes {
		changed[x.Unit+x.Code] = accepted[x.Unit] == x.Amendment && x.Kind == "change"
	}
	want := map[row]bool{}
	for _, a := range c.Activities {
		if inForce[a.Unit] && a.Amendment <= accepted[a.Unit] && !changed[a.Unit+a.Code] {
			want[row{a.Unit, a.Code, a.Title, a.Product, a.Owner}] = true
		}
	}
	for _, r := range got {
		if !want[r] && !changed[r.Unit+r.Code] {
			t.Errorf("in force, but not so in the tables: %+v", r)
		}
		delete(want, r)
	}
	for r := range want {
		t.Errorf("in the tables, but not so in force: %+v", r)
	}
}

func TestOnTheFirstDayEveryStatusShows(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	year, units := roster(t, db)
	today := viet.DateOf(demo.Start)
	got := map[progress.Status]int{}
	for _, u := range units {
		list, err := progress.Of(t.Context(), db, int64(year.ID), u.ID, today)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range list {
			got[a.Status]++
		}
	}
	t.Log(got)
	for _, s := range progress.Statuses {
		if got[s] == 0 {
			t.Errorf("nothing is %s", s)
		}
	}
	if got[progress.Overdue] != 13 { // the tables count thirteen
		t.Errorf("%d activities are overdue, want 13", got[progress.Overdue])
	}
}

func TestProgressIsThatOfTheTables(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	c := tables(t)
	files := 0
	for _, e := range c.Progress {
		if e.File != "" {
			files++
		}
	}
	for what, want := range map[string]int{
		"select count(*) from progress":                            len(c.Progress),
		"select count(*) from progress where replaces is not null": len(slices.DeleteFunc(slices.Clone(c.Progress), func(e content.Entry) bool { return e.Replaces == 0 })),
		"select count(*) from progress_file":                       files,
	} {
		if got := count(t, db, what, nil); got != want {
			t.Errorf("%s: got %d, want %d", what, got, want)
		}
	}
}

func TestEveryFileOfTheDemonstrationIsThereAndOfItsType(t *testing.T) {
	t.Parallel()
	db, files := demotest.Read(t), demotest.Files(t)
	type row struct {
		Name string
		Type evidence.Type
		SHA  evidence.SHA `db:"sha"`
		Size int64
	}
	rows, err := database.All[row](t.Context(), db, `
		select p.name, f.type, f.sha256 as sha, f.size
		from progress_file p
		join file f on f.sha256 = p.file_sha`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) < 50 {
		t.Errorf("%d files, want at least 50", len(rows))
	}
	for _, r := range rows {
		f, err := files.Open(t.Context(), r.SHA)
		if err != nil {
			t.Errorf("%s: %v", r.Name, err)
			continue
		}
		found, err := evidence.Check(r.Name, f, r.Size)
		if err != nil || found != r.Type {
			t.Errorf("%s: got %s, %v, want %s", r.Name, found, err, r.Type)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestWorkOfWhoLeftLiesWithTheLeader(t *testing.T) {
	t.Parallel()
	db := demotest.New(t)
	c, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, "stp"))
	if err != nil {
		t.Fatal(err)
	}
	working, err := plan.NewService(db).Working(t.Context(), demo.Start, c)
	if err != nil {
		t.Fatal(err)
	}
	left := []string{"6.2", "6.3"} // in force, and new in the amendment
	for _, a := range working.Activities() {
		if a.Owner == nil || a.Owner.Active == slices.Contains(left, a.Code) ||
			!a.Owner.Active && a.Owner.Name != "Danh Hoàng Sơn" {
			t.Errorf("%s: owner %+v", a.Code, a.Owner)
		}
	}
	queue, err := agenda.For(t.Context(), db, signIn(t, db, "stp.lanhdao").Actor, demo.Start)
	if err != nil {
		t.Fatal(err)
	}
	if len(queue.Ownerless) != 1 || queue.Ownerless[0].Code != "6.2" {
		t.Errorf("the leader's queue holds %+v, want 6.2", queue.Ownerless)
	}
}
