package consolidation_test

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/drilltest"
	"danvan/internal/post"
	"danvan/internal/workingcopy"
)

var (
	interleavings  = flag.Int("interleavings", 0, "interleavings of two writers, 0 for the usual number")
	interleaveSeed = flag.Uint64("interleavings.seed", 0, "seed of the interleavings, 0 for a new one")
)

// writer is one person with the editor of a section open.
type writer struct {
	act  actor.Actor
	conn *pgxpool.Pool
	svc  *consolidation.Service
	key  string
	part workingcopy.Part // as the editor was filled
}

// sections are written in by both; the last has three fields.
var sections = map[string][]string{
	"opening": {"text"}, "task/1": {"text"}, "task/4": {"text"}, "next": {"steps"},
	"overall": {"strengths", "shortcomings", "causes"},
}

var sectionKeys = []string{"opening", "task/1", "task/4", "next", "overall"}

func TestTwoWritersNeverLoseAWordHoweverTheyMeet(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "hung", "hoa", "stp", map[string]string{"T4.01": "30"})
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	other, err := database.Open(t.Context(), w.db.Config().ConnString())
	must(t, err)
	defer other.Close()
	times, seed := *interleavings, *interleaveSeed
	if times == 0 {
		times = drilltest.Times(500, 5000)
	}
	if seed == 0 {
		seed = rand.Uint64()
	}
	id := workingcopy.ID(w.load(t, ofProvince, "tong").ID)
	var together, merged, conflicts, texts int
	now := year
	for i := range times {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		writers := []*writer{{act: w.people["tong"], conn: w.db}, {act: w.people["hop"], conn: other}}
		same := r.IntN(2) == 0
		first := r.IntN(len(sectionKeys))
		for n, wr := range writers {
			wr.svc = consolidation.NewService(wr.conn, w.files, wordFile)
			wr.key = sectionKeys[first]
			if n == 1 && !same {
				wr.key = sectionKeys[(first+1+r.IntN(len(sectionKeys)-1))%len(sectionKeys)]
			}
			wr.part, err = workingcopy.PartByKey(t.Context(), wr.conn, id, wr.key)
			must(t, err)
		}
		now = now.Add(time.Duration(r.IntN(20)) * time.Minute)
		typed := make([]workingcopy.Typed, len(writers))
		saved, failed := make([]workingcopy.Result, len(writers)), make([]error, len(writers))
		var all sync.WaitGroup
		for n, wr := range writers {
			typed[n] = wr.form(r, fmt.Sprintf("%s viết lần %d", wr.act.Name, i))
			all.Go(func() {
				saved[n], failed[n] = wr.svc.SavePart(t.Context(), wr.act, now, onceFor(i, n), ofProvince, wr.key, typed[n])
			})
			if r.IntN(3) == 0 {
				all.Wait() // one after the other; else both at once
			} else if n == 0 {
				together++
			}
		}
		all.Wait()
		clash := writers[0].key == writers[1].key && overlap(typed[0].Values, typed[1].Values)
		refusals := 0
		for n, err := range failed {
			if c, ok := errors.AsType[*workingcopy.Conflict](err); ok {
				refusals++
				for field := range typed[n].Values {
					if typed[1-n].Values[field] != "" && c.Theirs[field] != typed[1-n].Values[field] {
						t.Fatalf("interleaving %d of seed %d: the conflict shows %q of the other, who wrote %q", i, seed, c.Theirs[field], typed[1-n].Values[field])
					}
				}
				continue
			}
			if err != nil {
				t.Fatalf("interleaving %d of seed %d: %v", i, seed, err)
			}
			texts += len(typed[n].Values)
		}
		if want := map[bool]int{true: 1}[clash]; refusals != want && !(refusals == 1 && foldedAway(t, w, id, writers)) {
			t.Fatalf("interleaving %d of seed %d: %d conflicts, want %d, of %v in %s and %v in %s", i, seed, refusals, want,
				typed[0].Values, writers[0].key, typed[1].Values, writers[1].key)
		}
		conflicts += refusals
		if writers[0].key == writers[1].key && !clash {
			merged++
		}
		for n, wr := range writers {
			if failed[n] != nil {
				continue
			}
			part, err := workingcopy.PartByKey(t.Context(), w.db, id, wr.key)
			must(t, err)
			for field, text := range typed[n].Values {
				if part.Content[field] != text {
					t.Fatalf("interleaving %d of seed %d: %s was told that %q is saved in %s; it holds %q", i, seed, wr.act.Name, text, wr.key, part.Content[field])
				}
			}
		}
	}
	everyTextIsKept(t, w, id, times)
	drilltest.Report(t, "%d interleavings of two writers on sections, seed %d: %d times both at once, %d acknowledged texts, %d merges in one section, %d conflicts",
		times, seed, together, texts, merged, conflicts)
}

// onceFor is the form of a writer in an interleaving.
func onceFor(i, n int) post.Once {
	return post.Once{Key: fmt.Sprintf("form-%08d-of-%d", i, n), Body: []byte{byte(n)}}
}

// form changes at least one field of the section and sends those it changed.
func (wr *writer) form(r *rand.Rand, text string) workingcopy.Typed {
	t := workingcopy.Typed{Read: wr.part.Revision, Seen: workingcopy.Digest(wr.part.Content), Values: workingcopy.Content{}, Autosave: r.IntN(3) == 0}
	fields := sections[wr.key]
	for _, f := range fields {
		if r.IntN(2) == 0 {
			t.Values[f] = text + " " + f
		}
	}
	if len(t.Values) == 0 {
		f := fields[r.IntN(len(fields))]
		t.Values[f] = text + " " + f
	}
	return t
}

// foldedAway reports whether nobody can tell any more what both read: the autosave of
// one folded what it found into its run. Then it is asked rather than guessed who
// changed what.
func foldedAway(t testing.TB, w *world, id workingcopy.ID, writers []*writer) bool {
	t.Helper()
	if writers[0].key != writers[1].key {
		return false
	}
	former, err := workingcopy.PartHistory(t.Context(), w.db, id, writers[0].key)
	must(t, err)
	return !slices.ContainsFunc(former, func(f workingcopy.Former) bool { return f.Revision == writers[0].part.Revision })
}

func overlap(a, b workingcopy.Content) bool {
	for field := range a {
		if b[field] != "" {
			return true
		}
	}
	return false
}

// everyTextIsKept looks for the first draft, which nobody may lose either.
func everyTextIsKept(t testing.TB, w *world, id workingcopy.ID, times int) {
	t.Helper()
	for _, key := range sectionKeys {
		former, err := workingcopy.PartHistory(t.Context(), w.db, id, key)
		must(t, err)
		if len(former) == 0 || former[len(former)-1].Revision != 1 && key != "next" {
			t.Errorf("the first draft of %s is lost after %d interleavings", key, times)
		}
	}
}
