package content_test

import (
	"slices"
	"strconv"
	"testing"

	"danvan/internal/demo/content"
	"danvan/internal/viet"
)

// logs is the progress of every activity without what was corrected.
func logs(c content.Content) map[string][]content.Entry {
	replaced := map[int]bool{}
	for _, e := range c.Progress {
		replaced[e.Replaces] = true
	}
	out := map[string][]content.Entry{}
	for _, e := range c.Progress {
		if !replaced[e.ID] {
			out[e.Unit+e.Code] = append(out[e.Unit+e.Code], e)
		}
	}
	return out
}

func decimal(t *testing.T, text string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func reached(t *testing.T, e content.Entry) float64 {
	t.Helper()
	return decimal(t, e.Percent+e.Value)
}

func TestProgressIsWrittenInOrderAndInTime(t *testing.T) {
	t.Parallel()
	c := load(t)
	activities, plans, ids := map[string]content.Activity{}, map[string]content.Plan{}, map[int]content.Entry{}
	for _, a := range c.Activities {
		activities[a.Unit+a.Code] = a
	}
	for _, p := range c.Plans {
		plans[p.Unit] = p
	}
	corrections := 0
	for _, e := range c.Progress {
		at := e.Unit + " " + e.Code + " #" + strconv.Itoa(e.ID)
		a, there := activities[e.Unit+e.Code]
		if !there || a.Amendment != 0 || plans[e.Unit].AcceptedAt.IsZero() {
			t.Errorf("%s: no activity in force", at)
		}
		if (e.Value != "") != (a.UnitOfMeasure != "") || (e.Percent == "") == (e.Value == "") {
			t.Errorf("%s: percent %q, value %q of %q", at, e.Percent, e.Value, a.UnitOfMeasure)
		}
		if e.AsOf.Before(a.Time.Start) || e.AsOf.After(today) || viet.DateOf(e.WrittenAt).Before(e.AsOf) {
			t.Errorf("%s: as of %v, written %v, begins %v", at, e.AsOf, e.WrittenAt, a.Time.Start)
		}
		if e.WrittenAt.Before(plans[e.Unit].SentAt) || !e.WrittenAt.Before(today.Start()) {
			t.Errorf("%s: written %v", at, e.WrittenAt)
		}
		if e.Note == "" {
			t.Errorf("%s has no note", at)
		}
		if e.Replaces != 0 {
			corrections++
			old := ids[e.Replaces]
			if old.Unit+old.Code != e.Unit+e.Code || !old.WrittenAt.Before(e.WrittenAt) {
				t.Errorf("%s replaces %d, of another activity or later", at, e.Replaces)
			}
		}
		ids[e.ID] = e
	}
	if corrections < 5 {
		t.Errorf("%d corrections, want at least 5", corrections)
	}
	for at, entries := range logs(c) {
		if !slices.IsSortedFunc(entries, func(a, b content.Entry) int { return a.AsOf.Compare(b.AsOf) }) {
			t.Errorf("%s is not in order of time", at)
		}
		for i := 1; i < len(entries); i++ {
			if reached(t, entries[i]) < reached(t, entries[i-1]) {
				t.Errorf("%s falls back to %v", at, reached(t, entries[i]))
			}
		}
	}
}

func TestEvidenceBelongsToAnEntryOfItsActivity(t *testing.T) {
	t.Parallel()
	c := load(t)
	files, names := map[string]bool{}, map[string]bool{}
	for _, f := range c.Evidence {
		if names[f.Name] || len(f.Text) < 120 {
			t.Errorf("%s: named twice, or says too little: %q", f.Name, f.Text)
		}
		names[f.Name] = true
		files[f.Unit+f.Code+f.Name] = true
	}
	used := map[string]bool{}
	for _, e := range c.Progress {
		if e.File != "" {
			used[e.Unit+e.Code+e.File] = true
		}
	}
	for file := range files {
		if !used[file] {
			t.Errorf("%s hangs on no entry", file)
		}
	}
	for file := range used {
		if !files[file] {
			t.Errorf("%s is named but not written", file)
		}
	}
}

// status follows the rule of the domain: first match.
func status(t *testing.T, a content.Activity, stopped bool, entries []content.Entry) string {
	t.Helper()
	var doneOn viet.Date
	filed := false
	for _, e := range entries {
		filed = filed || e.File != ""
		full := 100.0
		if a.UnitOfMeasure != "" {
			full = decimal(t, a.Target)
		}
		if doneOn.IsZero() && reached(t, e) >= full && (filed || !a.Evidence) {
			doneOn = e.AsOf
		}
	}
	switch {
	case stopped:
		return "cancelled"
	case !doneOn.IsZero() && doneOn.After(a.Time.Due):
		return "done_late"
	case !doneOn.IsZero():
		return "done"
	case a.Time.Due.Before(today):
		return "overdue"
	case today.DaysUntil(a.Time.Due) <= 15:
		return "due_soon"
	case len(entries) > 0:
		return "in_progress"
	}
	return "not_started"
}

func TestOnTheFirstDemoDayEveryStatusShowsInPlausibleNumbers(t *testing.T) {
	t.Parallel()
	c := load(t)
	inForce, accepted, stopped := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, p := range c.Plans {
		inForce[p.Unit] = !p.AcceptedAt.IsZero()
	}
	for _, a := range c.Amendments {
		accepted[a.Unit+strconv.Itoa(a.No)] = a.State == content.Accepted
	}
	for _, ch := range c.Changes {
		stopped[ch.Unit+ch.Code] = ch.Kind == "stop" && accepted[ch.Unit+strconv.Itoa(ch.Amendment)]
	}
	got, total, entries := map[string]int{}, 0, logs(c)
	for _, a := range c.Activities {
		if !inForce[a.Unit] || a.Amendment != 0 && !accepted[a.Unit+strconv.Itoa(a.Amendment)] {
			continue
		}
		got[status(t, a, stopped[a.Unit+a.Code], entries[a.Unit+a.Code])]++
		total++
	}
	t.Logf("%d in force: %v", total, got)
	for state, want := range map[string][2]int{"cancelled": {3, 5}, "done_late": {5, 20}, "overdue": {13, 13},
		"due_soon": {25, 70}, "in_progress": {25, 60}, "not_started": {5, 25},
		"done": {total * 3 / 4, total * 17 / 20}} {
		if got[state] < want[0] || got[state] > want[1] {
			t.Errorf("%s: got %d of %d, want %d to %d", state, got[state], total, want[0], want[1])
		}
	}
}

func TestTwoUnitsWithAPlanInForceFellSilentForSixtyDays(t *testing.T) {
	t.Parallel()
	c := load(t)
	last := map[string]viet.Date{}
	for _, e := range c.Progress {
		if day := viet.DateOf(e.WrittenAt); day.After(last[e.Unit]) {
			last[e.Unit] = day
		}
	}
	for unit, day := range last {
		silent := unit == "sgtvt" || unit == "tx-long-my"
		if got := day.DaysUntil(today) > 60; got != silent {
			t.Errorf("%s wrote last on %v", unit, day)
		}
	}
}
