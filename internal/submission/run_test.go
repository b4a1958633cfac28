package submission_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"danvan/internal/submission"
)

// autosaves saves titles one after the other, each against the last.
func (w world) autosaves(t testing.TB, who string, read int, at time.Time, titles ...string) int {
	t.Helper()
	for i, title := range titles {
		read = w.saves(t, who, w.ofDepartment, at.Add(time.Duration(i)*time.Second),
			submission.Save{Key: task, Read: read, Values: submission.Content{"title": title}, Autosave: true})
	}
	return read
}

func TestAutosavesFoldUntilSomethingEndsTheRun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		between func(t *testing.T, w world, read int) int // returns what is read next
		who     string
		after   time.Duration
		next    string
		kept    map[int]string // former titles by revision
		entries int
	}{
		"nothing ends it": {
			who: "lan", after: 9*time.Minute + 59*time.Second, next: "abcd",
			kept: map[int]string{}, entries: 1,
		},
		"ten idle minutes": {
			who: "lan", after: 10 * time.Minute, next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"another person": {
			who: "minh", next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"an explicit save": {
			between: func(t *testing.T, w world, read int) int {
				return w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: submission.Content{"title": "abc."}})
			},
			who: "lan", next: "abc.d",
			kept: map[int]string{3: "abc", 4: "abc."}, entries: 3,
		},
		"an explicit save of what was just saved": {
			between: func(t *testing.T, w world, read int) int {
				return w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: submission.Content{"title": "abc"}})
			},
			who: "lan", next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"a change of state": {
			between: func(t *testing.T, w world, read int) int {
				lan := w.people["lan"]
				w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.SendToLeader(t.Context(), tx, lan, start, c)
				})
				w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.TakeItBack(t.Context(), tx, lan, start, c)
				})
				return read
			},
			who: "lan", next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"a text taken back to where the run began": {
			who: "lan", next: "",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := fresh(t)
			read := w.autosaves(t, "lan", 0, start, "a", "ab", "abc")
			if tt.between != nil {
				read = tt.between(t, w, read)
			}
			at := start.Add(2 * time.Second).Add(tt.after) // the last autosave was two seconds in
			w.autosaves(t, tt.who, read, at, tt.next)
			if diff := cmp.Diff(tt.kept, w.former(t, task)); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
			if got := w.savedEntries(t); got != tt.entries {
				t.Errorf("%d audit entries, want %d", got, tt.entries)
			}
		})
	}
}

func TestIdleTimeCountsFromTheLastAutosave(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	read := 0
	for i := range 4 { // 27 minutes, never ten idle ones
		read = w.autosaves(t, "lan", read, start.Add(time.Duration(i)*9*time.Minute), string(rune('a'+i)))
	}
	if got := w.former(t, task); len(got) != 0 {
		t.Errorf("kept %v", got)
	}
}

// What was read in the middle of a run of autosaves is no longer known exactly.
// Then nothing may be overwritten, and nothing dropped, without asking.
func TestASaveReadAmidAFoldedRunIsAskedAboutWhereTheRunMoved(t *testing.T) {
	t.Parallel()
	form := func(title, product string) submission.Content {
		return submission.Content{"title": title, "product": product, "note": "n"}
	}
	tests := map[string]struct {
		run  []submission.Content // Lan's autosaves from revision 2 on; Minh reads after the first
		mine submission.Content   // Minh's form
		want submission.Content   // nil: a conflict about the title
	}{
		"another field merges": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("x", "p").With(submission.Content{"note": "của Minh", "title": ""}), // title is not on this form
			want: submission.Content{"title": "xy", "product": "p", "note": "của Minh"},
		},
		"the moved field, untouched by me": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("x", "của Minh"),
		},
		"the moved field, put back by me to where the run began": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("t", "p"),
		},
		"the moved field, changed by both": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("của Minh", "p"),
		},
		// Lan's second autosave ends the run, so that revision 2 is known exactly.
		"a field they put back, untouched by me": {
			run:  []submission.Content{form("x", "p"), form("t", "p")},
			mine: form("x", "của Minh"),
			want: form("t", "của Minh"),
		},
		"a field they put back, changed by me": {
			run:  []submission.Content{form("x", "p"), form("t", "p")},
			mine: form("của Minh", "p"),
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := fresh(t)
			read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: form("t", "p")})
			minhRead := 0
			for i, values := range tt.run {
				read = w.saves(t, "lan", w.ofDepartment, start.Add(time.Duration(i)*time.Second),
					submission.Save{Key: task, Read: read, Values: values, Autosave: true})
				if i == 0 {
					minhRead = read
				}
			}
			mine := tt.mine
			if name == "another field merges" {
				mine = submission.Content{"note": "của Minh"}
			}
			_, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: minhRead, Values: mine})
			if tt.want == nil {
				clash, ok := errors.AsType[*submission.Conflict](err)
				if !ok || !cmp.Equal(clash.Fields, []string{"title"}) {
					t.Fatalf("got %v, want a conflict about the title", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := w.part(t, task).Content; !got.Equal(tt.want) {
				t.Errorf("content %v, want %v", got, tt.want)
			}
		})
	}
}

func TestARunThatFollowsADeletionBeganWithNothing(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	lan := w.people["lan"]
	read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("x", "")})
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.DeletePart(t.Context(), tx, lan, start, c, task, read)
	})
	minhRead := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("", "p"), Autosave: true})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: minhRead, Values: body("x", "p"), Autosave: true})
	_, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: minhRead, Values: submission.Content{"title": "", "note": "của Minh"}})
	if clash, ok := errors.AsType[*submission.Conflict](err); !ok || !cmp.Equal(clash.Fields, []string{"title"}) {
		t.Errorf("got %v, want to be asked about the title that came back", err)
	}
}
