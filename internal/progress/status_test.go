package progress_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

func TestTheStatusOfAnActivity(t *testing.T) {
	t.Parallel()
	due, start := day(time.December, 15), day(time.December, 1)
	for _, c := range []struct {
		what  string
		w     progress.Work
		today viet.Date
		want  progress.Status
	}{
		{"nothing done, 16 days left", progress.Work{Start: start, Due: due}, due.AddDays(-16), progress.NotStarted},
		{"nothing done, 15 days left", progress.Work{Start: start, Due: due}, due.AddDays(-15), progress.DueSoon},
		{"begun, 16 days left", progress.Work{Start: start, Due: due, Begun: true}, due.AddDays(-16), progress.InProgress},
		{"begun, 15 days left", progress.Work{Start: start, Due: due, Begun: true}, due.AddDays(-15), progress.DueSoon},
		{"due today", progress.Work{Start: start, Due: due}, due, progress.DueSoon},
		{"due yesterday", progress.Work{Start: start, Due: due, Begun: true}, due.Next(), progress.Overdue},
		{"done on its last day", progress.Work{Start: start, Due: due, DoneOn: due, Begun: true}, due.AddDays(40), progress.Done},
		{"done the day after", progress.Work{Start: start, Due: due, DoneOn: due.Next(), Begun: true}, due.AddDays(40), progress.DoneLate},
		{"done before it began", progress.Work{Start: start, Due: due, DoneOn: start.AddDays(-30)}, start, progress.Done},
		{"stopped, though overdue", progress.Work{Start: start, Due: due, Stopped: true}, due.Next(), progress.Cancelled},
		{"stopped, though done", progress.Work{Start: start, Due: due, Stopped: true, DoneOn: due}, due, progress.Cancelled},
		{"one day's work without a start of its own", progress.Work{Start: due, Due: due}, due.AddDays(-60), progress.NotStarted},
	} {
		if got := progress.StatusOf(c.w, c.today); got != c.want {
			t.Errorf("%s: got %s, want %s", c.what, got, c.want)
		}
	}
}

func TestEveryStatusHasAWordOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[string]progress.Status{}
	for _, s := range progress.Statuses {
		if s.Word() == "" || seen[s.Word()] != "" {
			t.Errorf("%s is called %q, like %q", s, s.Word(), seen[s.Word()])
		}
		seen[s.Word()] = s
	}
	if got := progress.DoneLate.Word(); got != "Hoàn thành quá hạn" {
		t.Errorf("got %q", got)
	}
}

func TestACellShowsItsWorstStatus(t *testing.T) {
	t.Parallel()
	// From worst to best; each hides all after it.
	order := []struct {
		t    progress.Tally
		want progress.Status
	}{
		{progress.Tally{Overdue: 1}, progress.Overdue},
		{progress.Tally{DueSoon: 1}, progress.DueSoon},
		{progress.Tally{NotStarted: 1, Behind: 1}, progress.NotStarted},
		{progress.Tally{InProgress: 1}, progress.InProgress},
		{progress.Tally{NotStarted: 1}, progress.NotStarted},
		{progress.Tally{DoneLate: 1}, progress.DoneLate},
		{progress.Tally{Done: 1}, progress.Done},
	}
	var sum progress.Tally
	for i := len(order) - 1; i >= 0; i-- {
		sum = sum.Plus(order[i].t)
		if got, ok := sum.Worst(); !ok || got != order[i].want {
			t.Errorf("%+v: got %q, want %q", sum, got, order[i].want)
		}
	}
	if sum.Total() != 7 || sum.Finished() != 2 {
		t.Errorf("got %d/%d, want 2/7", sum.Finished(), sum.Total())
	}
	if got, ok := (progress.Tally{Cancelled: 3}).Worst(); ok {
		t.Errorf("a cell of stopped activities shows %q", got)
	}
}

func TestATallyCountsEveryStatusApart(t *testing.T) {
	t.Parallel()
	var tally progress.Tally
	for i, s := range progress.Statuses {
		for range i + 1 {
			tally.Count(s, today.AddDays(-1), today)
		}
	}
	total := 0
	for i, s := range progress.Statuses {
		if got := tally.Of(s); got != i+1 {
			t.Errorf("%s: got %d, want %d", s, got, i+1)
		}
		if s != progress.Cancelled {
			total += i + 1
		}
	}
	if tally.Total() != total || tally.Behind != tally.NotStarted {
		t.Errorf("got total %d, behind %d, want %d, %d", tally.Total(), tally.Behind, total, tally.NotStarted)
	}
	tally.Count(progress.NotStarted, today, today)
	if tally.Behind == tally.NotStarted {
		t.Error("an activity that begins today is behind")
	}
}

// What the database says of a status is what Go says.
func TestTheDatabaseJudgesLikeGo(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	rapid.Check(t, func(r *rapid.T) {
		around := func(name string) viet.Date { return today.AddDays(rapid.IntRange(-20, 20).Draw(r, name)) }
		w := progress.Work{Start: around("start"), Due: around("due"), Stopped: rapid.Bool().Draw(r, "stopped"), Begun: rapid.Bool().Draw(r, "begun")}
		if rapid.Bool().Draw(r, "done") {
			w.DoneOn = around("done on")
		}
		got, err := database.Value[progress.Status](t.Context(), tx, `
			select `+progress.StatusSQL+`
			from (select case when @stopped then 'vì' else '' end as stopped_reason, @due::date as due_on) f
			cross join (select @done::date as done_on, @begun::bool as begun) st`,
			database.Args{"stopped": w.Stopped, "due": w.Due, "done": w.DoneOn, "begun": w.Begun, "today": today})
		if err != nil {
			r.Fatal(err)
		}
		if want := progress.StatusOf(w, today); got != want {
			r.Fatalf("%+v: got %s, want %s", w, got, want)
		}
	})
}
