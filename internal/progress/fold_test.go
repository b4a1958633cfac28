package progress_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// standing is a row of [progress.Standings].
type standing struct {
	DueOn  viet.Date
	DoneOn viet.Date
	Begun  bool
	LastAt *time.Time
}

// Whatever is logged, the database and Go come to the same end.
func TestTheLogIsSummedUpAlikeInSQLAndInGo(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	w := seed(t, db)
	f := w.pdf(t, "a.pdf", "a")
	seq := 0
	rapid.Check(t, func(r *rapid.T) {
		seq++
		a := activity{seq: seq, inForce: true, start: today.AddDays(-60), due: today.AddDays(rapid.IntRange(-20, 40).Draw(r, "due")),
			goal: progress.Goal{Evidence: rapid.Bool().Draw(r, "evidence")}}
		measured := rapid.Bool().Draw(r, "measured")
		if measured {
			a.goal.Target, a.goal.Baseline = "60", "10"
		}
		id := w.add(t, a)
		var open []progress.EntryID
		for i := range rapid.IntRange(0, 7).Draw(r, "entries") {
			d := progress.Draft{AsOf: today.AddDays(-rapid.IntRange(0, 9).Draw(r, "ago")), Note: "ghi chú"}
			amount := strconv.Itoa(10 * rapid.IntRange(0, 10).Draw(r, "amount"))
			if d.Percent = amount; measured {
				d.Percent, d.Value = "", amount
			}
			if rapid.IntRange(0, 3).Draw(r, "file") == 0 {
				d.Files = []evidence.File{f}
			}
			if len(open) > 0 && rapid.IntRange(0, 2).Draw(r, "correct") == 0 {
				k := rapid.IntRange(0, len(open)-1).Draw(r, "which")
				d.Replaces = open[k]
				open = append(open[:k], open[k+1:]...)
			}
			at := now.AddDate(0, 0, i)
			entry, err := w.svc.Log(t.Context(), w.staff, at, w.once(), ref, a.code(), d)
			if err != nil {
				r.Fatal(err)
			}
			open = append(open, entry)
		}
		log, err := progress.Entries(t.Context(), db, id)
		if err != nil {
			r.Fatal(err)
		}
		compare := func(what string, list []progress.Current, log []progress.Entry) {
			for _, c := range list {
				if c.ActivityID != id {
					continue
				}
				doneOn, begun := progress.Fold(log, a.goal)
				want := progress.StatusOf(progress.Work{Start: a.start, Due: a.due, DoneOn: doneOn, Begun: begun}, today)
				if c.DoneOn != doneOn || c.Status != want {
					r.Fatalf("%s: database says %s, done on %q; Go says %s, %q, of %+v", what, c.Status, c.DoneOn, want, doneOn, log)
				}
				return
			}
			r.Fatal("not found")
		}
		list, err := progress.Of(t.Context(), db, w.campaign, w.unit, today)
		if err != nil {
			r.Fatal(err)
		}
		compare("now", list, log)
		all, err := database.One[standing](t.Context(), db, `
			select all_of.due_on, all_of.done_on, all_of.begun, all_of.last_at
			from (`+progress.Standings("activity_fact f")+`) all_of
			where all_of.activity_id = @id`,
			database.Args{"id": id})
		if err != nil {
			r.Fatal(err)
		}
		one := list[slices.IndexFunc(list, func(c progress.Current) bool { return c.ActivityID == id })]
		doneOn, begun := progress.Fold(log, a.goal)
		if want := (standing{a.due, doneOn, begun, one.LastAt}); !cmp.Equal(want, all) {
			r.Fatalf("among many: database says %+v; Go says %+v, of %+v", all, want, log)
		}
		cut := progress.Cutoff{DataTo: today, Before: now.AddDate(0, 0, rapid.IntRange(0, 7).Draw(r, "before"))}
		if list, err = progress.At(t.Context(), db, w.campaign, w.unit, cut); err != nil {
			r.Fatal(err)
		}
		compare("at the cut-off", list, cut.Until(log))
	})
}
