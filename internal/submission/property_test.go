package submission_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
)

// TestMain keeps the usual run short; -rapid.checks asks for a long one. A failure
// prints its seed, so no file of it is left in the tree.
func TestMain(m *testing.M) {
	flag.Parse()
	usual := map[string]string{"rapid.checks": "40", "rapid.nofailfile": "true"}
	flag.Visit(func(f *flag.Flag) { delete(usual, f.Name) })
	for name, value := range usual {
		if err := flag.Set(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// step does the same to the real submission. It is told nothing by the model.
func step(ctx context.Context, w world, now time.Time, act actor.Actor, what, text string, number int) error {
	if what == "open" {
		c, err := submission.Load(ctx, w.db, now, w.ofCommune)
		if err != nil {
			return err
		}
		return submission.MarkRead(ctx, w.db, act, now, c)
	}
	return database.InTx(ctx, w.db, func(tx pgx.Tx) error {
		c, err := submission.Lock(ctx, tx, now, w.ofCommune)
		if err != nil {
			return err
		}
		const reason = "Lý do đủ dài để chấp nhận"
		version := 0
		if c.Last != nil {
			version = c.Last.No
		}
		switch what {
		case "save 1", "save 2", "delete 1", "delete 2":
			if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
				return err
			}
			verb, no, _ := strings.Cut(what, " ")
			p, err := submission.PartByKey(ctx, tx, c.ID, "task/"+no)
			if err != nil {
				return err
			}
			if verb == "save" {
				_, err = submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: p.Key, Read: p.Revision, Values: submission.Content{"title": text}, Autosave: number%2 == 0})
				return err
			}
			if p.Revision == 0 {
				return nil
			}
			return submission.DeletePart(ctx, tx, act, now, c, p.Key, p.Revision)
		case "answer", "resolve":
			action := map[string]submission.Action{"answer": submission.Answer, "resolve": submission.Remark}[what]
			notes, err := submission.Notes(ctx, tx, *c, false)
			if err != nil {
				return err
			}
			for _, n := range notes {
				if !n.Open() {
					continue
				}
				if what == "answer" {
					return submission.AnswerRemark(ctx, tx, act, now, c, n.ID, n.AnswerRev, fmt.Sprint("Trả lời ", number))
				}
				return submission.ResolveRemark(ctx, tx, act, now, c, n.ID, true)
			}
			return submission.Decide(act, action, *c, now).Err()
		case "send":
			return submission.SendToLeader(ctx, tx, act, now, c)
		case "take back":
			return submission.TakeItBack(ctx, tx, act, now, c)
		case "send back":
			return submission.SendItBack(ctx, tx, act, now, c, reason)
		case "sign off", "submit":
			r := paper(number)
			if what == "sign off" {
				_, err = submission.SignItOff(ctx, tx, act, now, c, submission.Signing{Read: c.Revision, Reference: r})
				return err
			}
			_, err = submission.SubmitItDirectly(ctx, tx, act, now, c, submission.Signing{Read: c.Revision, Reference: r})
			return err
		case "recall":
			return submission.RecallIt(ctx, tx, act, now, c)
		case "remark":
			return submission.AddRemark(ctx, tx, act, now, c, version, "", "", fmt.Sprint("Góp ý ", number))
		case "return":
			return submission.ReturnIt(ctx, tx, act, now, c, version, reason)
		case "accept":
			return submission.AcceptIt(ctx, tx, act, now, c, version)
		case "ask":
			return submission.AskToReopen(ctx, tx, act, now, c, reason)
		case "refuse":
			return submission.RefuseToReopen(ctx, tx, act, now, c, reason)
		case "reopen":
			return submission.ReopenIt(ctx, tx, act, now, c, reason)
		case "amend":
			return submission.AmendIt(ctx, tx, act, now, c)
		case "discard":
			return submission.DiscardIt(ctx, tx, act, now, c)
		case "withdraw":
			return submission.WithdrawIt(ctx, tx, act, now, c, reason)
		}
		panic(what)
	})
}

// matches compares the real submission with the model and checks what must hold
// whatever happened.
func matches(ctx context.Context, t *rapid.T, w world, now time.Time, m *model) {
	c, err := submission.Load(ctx, w.db, now, w.ofCommune)
	if err != nil {
		t.Fatal(err)
	}
	if c.State != m.state {
		t.Fatalf("state %s, the model says %s", c.State, m.state)
	}
	no := 0
	if c.InForce != nil {
		no = c.InForce.No
		if c.InForce.Outcome != submission.WasAccepted || c.InForce.Withdrawn {
			t.Fatalf("in force: %+v", c.InForce)
		}
	}
	if no != m.inForce || c.State == submission.Accepted && no == 0 {
		t.Fatalf("version %d in force, the model says %d", no, m.inForce)
	}
	if (c.Reopen != nil) != m.request {
		t.Fatalf("request %v, the model says %t", c.Reopen, m.request)
	}
	heads, err := submission.Heads(ctx, w.db, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	pending := 0
	for i, h := range heads {
		if h.No != i+1 || i >= len(m.versions) || h.Outcome != m.versions[i].outcome || h.Withdrawn != m.versions[i].withdrawn {
			t.Fatalf("version %d: %+v", i+1, h)
		}
		if h.Outcome == submission.Pending {
			pending++
		}
	}
	if len(heads) != len(m.versions) || pending > 1 || (pending == 1) != (c.State == submission.Submitted) {
		t.Fatalf("%d versions, %d pending in %s, the model has %d", len(heads), pending, c.State, len(m.versions))
	}
	if c.Last != nil {
		want := []actor.PersonID{}
		for name := range m.last().authors {
			want = append(want, w.people[name].Person)
		}
		slices.Sort(want)
		if got := slices.Sorted(slices.Values(c.Authors)); !slices.Equal(got, want) {
			t.Fatalf("authors %v, the model says %v", got, want)
		}
	}
	parts, err := submission.Parts(ctx, w.db, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]submission.Content{}
	for _, p := range parts {
		got[p.Key] = p.Content
	}
	if diff := cmp.Diff(m.parts, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("working copy (-model +real):\n%s", diff)
	}
}

// frozenAsModelled checks the content of every version against what the model froze.
func frozenAsModelled(ctx context.Context, t *rapid.T, w world, c submission.Case, m *model) {
	for i, mv := range m.versions {
		v, err := submission.VersionByNo(ctx, w.db, c.ID, i+1)
		if err != nil {
			t.Fatal(err)
		}
		stored, err := database.Value[[]byte](ctx, w.db, `select content from version where submission_id = @id and no = @no`,
			database.Args{"id": c.ID, "no": i + 1})
		if err != nil {
			t.Fatal(err)
		}
		if canonical := workingAs(t, c, mv.parts, v.Reference); string(canonical) != string(stored) {
			t.Fatalf("version %d holds %s, the model froze %s", i+1, stored, canonical)
		}
		if again, err := v.Frozen.Canonical(); err != nil || string(again) != string(stored) {
			t.Fatalf("version %d does not read back as it was written: %s, %v", i+1, again, err)
		}
	}
}

// workingAs is the canonical text a version with these parts has, sent under r.
func workingAs(t *rapid.T, c submission.Case, parts map[string]submission.Content, r submission.Reference) []byte {
	f := submission.Frozen{Kind: c.Kind, Year: c.Year, Period: c.Period, Unit: c.UnitSlug, UnitName: c.UnitName, Parts: []submission.FrozenPart{}, Reference: r}
	for _, key := range slices.Sorted(maps.Keys(parts)) {
		f.Parts = append(f.Parts, submission.FrozenPart{Key: key, Content: parts[key]})
	}
	canonical, err := f.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return canonical
}

func TestAnySequenceOfStepsFollowsTheModel(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	clean := fresh(t)
	reached := map[submission.State]int{}
	done := map[string]int{}
	rapid.Check(t, func(rt *rapid.T) {
		sequence, err := clean.db.Begin(ctx)
		if err != nil {
			rt.Fatal(err)
		}
		defer sequence.Rollback(context.WithoutCancel(ctx))
		w := clean
		w.db = sequence
		m := &model{state: submission.Draft, parts: map[string]submission.Content{}, authors: map[string]bool{}}
		now := start
		for i := range rapid.IntRange(20, 60).Draw(rt, "steps") {
			able := map[string][]string{} // who the model permits each step
			for _, what := range everyStep {
				for _, who := range cast {
					if what != "open" && m.may(who, what) {
						able[what] = append(able[what], who)
					}
				}
			}
			what := rapid.SampledFrom(everyStep).Draw(rt, "what")
			who := rapid.SampledFrom(cast).Draw(rt, "who")
			if len(able) > 0 && rapid.IntRange(0, 9).Draw(rt, "kind of step") < 8 {
				what = rapid.SampledFrom(slices.Sorted(maps.Keys(able))).Draw(rt, "permitted")
				who = rapid.SampledFrom(able[what]).Draw(rt, "to whom")
			}
			text := rapid.SampledFrom([]string{"", "một", "hai", "<ba> & bốn"}).Draw(rt, "text")
			now = now.Add(time.Duration(rapid.IntRange(1, 15).Draw(rt, "minutes")) * time.Minute)

			may := m.may(who, what)
			wasLast := m.last()
			inForceBefore := m.inForce
			err := step(ctx, w, now, w.people[who], what, text, i+1)
			switch {
			case may && err != nil:
				rt.Fatalf("%s may %s, but: %v", who, what, err)
			case !may && what == "resolve" && !slices.Contains(remarksSeenBy, who) && errors.Is(err, fault.NotFound):
				matches(ctx, rt, w, now, m)
				continue
			case !may && !errors.Is(err, fault.Forbidden):
				rt.Fatalf("%s may not %s, but: %v", who, what, err)
			case !may:
				matches(ctx, rt, w, now, m)
				continue
			}
			m.apply(who, what, text)
			matches(ctx, rt, w, now, m)
			done[what]++
			reached[m.state]++
			if (what == "accept" || what == "return" || what == "remark") && wasLast.authors[who] {
				rt.Fatalf("%s decided on own work", who)
			}
			if what != "accept" && what != "withdraw" && m.inForce != inForceBefore {
				rt.Fatalf("%s changed the version in force from %d to %d", what, inForceBefore, m.inForce)
			}
			if what == "discard" {
				c, err := submission.Load(ctx, w.db, now, w.ofCommune)
				if err != nil {
					rt.Fatal(err)
				}
				v, err := submission.VersionByNo(ctx, w.db, c.ID, c.InForce.No)
				if err != nil {
					rt.Fatal(err)
				}
				if back := workingAs(rt, c, m.parts, v.Reference); sha256.Sum256(back) != v.SHA256 {
					rt.Fatalf("discarding brought back %s, in force is %+v", back, v.Frozen)
				}
			}
		}
		c, err := submission.Load(ctx, w.db, now, w.ofCommune)
		if err != nil {
			rt.Fatal(err)
		}
		frozenAsModelled(ctx, rt, w, c, m)
		r, err := audit.Verify(ctx, w.db)
		if err != nil || len(r.Faults) > 0 {
			rt.Fatalf("audit: %+v, %v", r, err)
		}
	})
	for _, s := range submission.States {
		if reached[s] == 0 {
			t.Errorf("no sequence reached %s", s)
		}
	}
	t.Logf("steps taken: %v", done)
}
