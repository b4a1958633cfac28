package report_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"danvan/internal/indicator"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/submission"
)

var (
	interleavings  = flag.Int("interleavings", 60, "times two people save one page of figures at once")
	interleaveSeed = flag.Uint64("interleavings.seed", 0, "seed of the interleavings, 0 for a new one")
)

// pageOf is the page of task 4 as a browser holds it: every row, changed or not.
func pageOf(c report.Content, changes map[string]string, autosave bool) report.TaskEdit {
	s, _ := c.Section(4)
	e := report.TaskEdit{Narrative: report.Edit{Read: s.Part.Revision, Seen: submission.Digest(s.Part.Content),
		Values: submission.Content{"result": s.Part.Content["result"]}, Autosave: autosave},
		Figures: map[string]report.FigureEdit{}}
	for _, r := range s.Rows {
		if !r.Typed() {
			continue
		}
		typed, changed := changes[r.Code]
		if !changed {
			typed = r.Part.Content["own"]
			if typed == "" {
				typed = r.Part.Content["mark"]
			}
		}
		figure := row(typed, r.Part.Revision)
		figure.Seen = submission.Digest(r.Part.Content)
		e.Figures[r.Code] = figure
	}
	return e
}

func TestTwoPeopleOnOnePageMeetOnlyInTheSameRow(t *testing.T) {
	t.Parallel()
	w := seed(t)
	seed := *interleaveSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	codes := []string{}
	s, _ := w.content(t, ofDepartment, year).Section(4)
	for _, r := range s.Rows {
		if r.Typed() {
			codes = append(codes, r.Code)
		}
	}
	met := 0
	for i := range *interleavings {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		// Both look at the same page; each changes some rows, perhaps one both.
		page := w.content(t, ofDepartment, year)
		changes := []map[string]string{{}, {}}
		for _, code := range codes {
			if r.IntN(3) == 0 {
				who := r.IntN(2)
				changes[who][code] = fmt.Sprint(100*i + 10*who + 1)
				if r.IntN(6) == 0 {
					changes[1-who][code] = fmt.Sprint(100*i + 10*(1-who) + 1)
				}
			}
		}
		autosave := r.IntN(2) == 0
		results := make([]report.TaskResult, 2)
		failed := make([]error, 2)
		var both sync.WaitGroup
		for n, who := range []string{"lan", "minh"} {
			e := pageOf(page, changes[n], autosave)
			both.Go(func() {
				results[n], failed[n] = w.svc.SaveTask(t.Context(), w.people[who], year, post.Once{}, ofDepartment, 4, e)
			})
			if r.IntN(2) == 0 {
				both.Wait() // one after the other; else both at once
			}
		}
		both.Wait()
		for _, err := range failed {
			if err != nil {
				t.Fatalf("interleaving %d of seed %d: %v", i, seed, err)
			}
		}
		after := w.content(t, ofDepartment, year)
		for _, code := range codes {
			mine, iDid := changes[0][code]
			theirs, theyDid := changes[1][code]
			conflicts := 0
			for _, result := range results {
				if slices.ContainsFunc(result.Conflicts, func(c *submission.Conflict) bool { return c.Key == report.FigureKey(code) }) {
					conflicts++
				}
			}
			stored := indicator.Text(after.Rows[code].Figure.Own)
			want, ok := 0, true
			switch {
			case iDid && theyDid:
				met++
				want, ok = 1, stored == mine || stored == theirs
			case iDid:
				ok = stored == mine
			case theyDid:
				ok = stored == theirs
			default:
				ok = stored == indicator.Text(page.Rows[code].Figure.Own)
			}
			if !ok || conflicts != want {
				t.Fatalf("interleaving %d of seed %d: %s holds %q after %q and %q, %d conflicts", i, seed, code, stored, mine, theirs, conflicts)
			}
		}
	}
	t.Logf("%d interleavings of seed %d, %d times in the same row", *interleavings, seed, met)
	if met == 0 {
		t.Error("nobody ever met: the test proves nothing")
	}
}
