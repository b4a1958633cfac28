package submission_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
)

var (
	interleavings  = flag.Int("interleavings", 500, "interleavings of two writers on one part")
	interleaveSeed = flag.Uint64("interleavings.seed", 0, "seed of the interleavings, 0 for a new one")
)

// writer is one person with a page open: what the page was filled from, and what
// the person has been told is saved.
type writer struct {
	act  actor.Actor
	conn *pgxpool.Pool
	read submission.Part
	acks []ack
}

// ack is a save that was acknowledged.
type ack struct {
	revision int
	at       time.Time
	by       actor.PersonID
	autosave bool
	changed  submission.Content // what the person had changed, "" = emptied
}

var writtenFields = []string{"title", "product", "note"}

// look fills the page anew.
func (wr *writer) look(ctx context.Context, id submission.ID, key string) (err error) {
	wr.read, err = submission.PartByKey(ctx, wr.conn, id, key)
	return err
}

// form changes some fields of the page; it sends all of them, or only those.
func (wr *writer) form(r *rand.Rand, text string) (values, changed submission.Content) {
	values, changed = submission.Content{}, submission.Content{}
	sendsAll := r.IntN(4) > 0
	for _, f := range writtenFields {
		if sendsAll {
			values[f] = wr.read.Content[f]
		}
		if r.IntN(2) == 0 {
			continue
		}
		// Now and then a text somebody else may type too, or had typed before.
		typed := []string{text + f, text + f, text + f, "", "chung", wr.read.Content[f]}[r.IntN(6)]
		values[f] = typed
		if typed != wr.read.Content[f] {
			changed[f] = typed
		}
	}
	return values, changed
}

// save posts the form. A conflict is no acknowledgement: the writer looks again.
func (wr *writer) save(ctx context.Context, ref submission.Ref, key string, now time.Time, autosave bool, values, changed submission.Content) error {
	var saved submission.Saved
	err := database.InTx(ctx, wr.conn, func(tx pgx.Tx) error {
		c, err := submission.Lock(ctx, tx, now, ref)
		if err != nil {
			return err
		}
		saved, err = submission.SavePart(ctx, tx, wr.act, now, c, submission.Save{Key: key, Read: wr.read.Revision, Values: values, Autosave: autosave})
		return err
	})
	if errors.Is(err, fault.Conflict) {
		return nil
	}
	if err != nil {
		return err
	}
	if saved.Changed {
		wr.acks = append(wr.acks, ack{saved.Revision, now, wr.act.Person, autosave, changed})
	}
	// As a page does that stays open: it shows what it sent and what was merged.
	wr.read.Revision = saved.Revision
	wr.read.Content = wr.read.Content.With(values)
	for _, name := range saved.Merged {
		wr.read.Content = wr.read.Content.With(submission.Content{name: saved.Content[name]})
	}
	return nil
}

func TestNoAcknowledgedTextIsLostHoweverTwoWritersMeet(t *testing.T) {
	t.Parallel()
	w, one := shared(t)
	other, err := database.Open(t.Context(), one.Config().ConnString())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	seed := *interleaveSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	id := w.load(t, w.ofDepartment).ID
	acks, together := 0, 0
	for i := range *interleavings {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		key := fmt.Sprintf("task/%d", i+1)
		writers := []*writer{{act: w.people["lan"], conn: one}, {act: w.people["minh"], conn: other}}
		now := start
		for step := range 2 + r.IntN(4) {
			now = now.Add(time.Duration(r.IntN(5)*r.IntN(5)) * time.Minute)
			autosave := r.IntN(2) == 0
			var all sync.WaitGroup
			failed := make([]error, len(writers))
			busy := 0
			for n, wr := range writers {
				if r.IntN(3) == 0 {
					continue // does nothing this time
				}
				busy++
				stale := r.IntN(3) == 0 && wr.read.Revision > 0 // has not looked since
				values, changed := submission.Content(nil), submission.Content(nil)
				if !stale {
					if err := wr.look(t.Context(), id, key); err != nil {
						t.Fatal(err)
					}
				}
				values, changed = wr.form(r, fmt.Sprintf("%s %d.%d ", wr.act.Name, i, step))
				all.Go(func() {
					failed[n] = wr.save(t.Context(), w.ofDepartment, key, now, autosave, values, changed)
				})
				if r.IntN(2) == 0 {
					all.Wait() // one after the other; else both at once
				}
			}
			all.Wait()
			if busy == 2 {
				together++
			}
			if err := errors.Join(failed...); err != nil {
				t.Fatalf("interleaving %d of seed %d: %v", i, seed, err)
			}
		}
		told := slices.Concat(writers[0].acks, writers[1].acks)
		acks += len(told)
		if lost := lostTexts(t, w, id, key, told); len(lost) > 0 {
			t.Fatalf("interleaving %d of seed %d lost %v", i, seed, lost)
		}
	}
	t.Logf("%d interleavings of seed %d, %d acknowledged saves, %d times both at work", *interleavings, seed, acks, together)
}

// lostTexts compares what was acknowledged with the part and its history: the
// part holds of each field the text acknowledged last, and every earlier one is
// in the history but for those the same person's next autosave folded over.
func lostTexts(t testing.TB, w world, id submission.ID, key string, acks []ack) (lost []string) {
	t.Helper()
	part, err := submission.PartByKey(t.Context(), w.db, id, key)
	if err != nil {
		t.Fatal(err)
	}
	history, err := submission.PartHistory(t.Context(), w.db, id, key)
	if err != nil {
		t.Fatal(err)
	}
	at := map[int]submission.Content{part.Revision: part.Content}
	for _, h := range history {
		at[h.Revision] = h.Content
	}
	slices.SortFunc(acks, func(a, b ack) int { return a.revision - b.revision })
	want := submission.Content{}
	for i, a := range acks {
		if a.revision != i+1 {
			return append(lost, fmt.Sprintf("revision %d acknowledged as %d", i+1, a.revision))
		}
		want = want.With(a.changed)
		folded := i+1 < len(acks) && a.autosave && acks[i+1].autosave && acks[i+1].by == a.by && acks[i+1].at.Sub(a.at) < 10*time.Minute
		got, kept := at[a.revision]
		if kept && !got.Equal(want) {
			lost = append(lost, fmt.Sprintf("revision %d holds %v, acknowledged was %v", a.revision, got, want))
		}
		if !kept && !folded {
			lost = append(lost, fmt.Sprintf("revision %d with %v", a.revision, want))
		}
	}
	if !part.Content.Equal(want) || len(acks) != part.Revision {
		lost = append(lost, fmt.Sprintf("the part holds %v at %d, acknowledged were %d saves to %v", maps.Clone(part.Content), part.Revision, len(acks), want))
	}
	return lost
}
