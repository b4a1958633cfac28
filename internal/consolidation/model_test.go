package consolidation_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"danvan/internal/audit"
	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/internal/workingcopy"
)

// model is a consolidation as the domain has it, written down a second time and
// without any database.
type model struct {
	state   consolidation.State
	frozen  int
	signed  map[int]bool
	issues  int
	unknown bool // the text has a token nobody knows

	below   map[string]int // unit to the version in force, 0 for none
	covered map[string]bool
	then    map[string]int // below as it was frozen last
}

var belowUnits = []string{"snv", "stp"}

func (m *model) missing() []string {
	return slices.DeleteFunc(slices.Clone(belowUnits), func(u string) bool { return m.below[u] > 0 })
}

// may says whether who may take a step.
func (m *model) may(who, what string) bool {
	tong, nhi := who == "tong", who == "nhi"
	switch what {
	case "begin":
		return tong && m.state == consolidation.NotBegun
	case "proceed":
		return tong && m.state == consolidation.Draft && len(m.missing()) > 0
	case "write", "write unknown", "rebuild":
		return tong && m.state == consolidation.Draft
	case "number":
		return tong && slices.Contains([]consolidation.State{consolidation.Draft, consolidation.AwaitingSignoff, consolidation.SignedOff}, m.state)
	case "finalise":
		uncovered := slices.ContainsFunc(m.missing(), func(u string) bool { return !m.covered[u] })
		return tong && m.state == consolidation.Draft && !uncovered && !m.unknown
	case "take back":
		return tong && m.state == consolidation.AwaitingSignoff
	case "send back", "sign off":
		return nhi && m.state == consolidation.AwaitingSignoff
	case "back to draft", "issue", "issue as frozen":
		return tong && m.state == consolidation.SignedOff
	case "replace":
		return tong && m.state == consolidation.Issued
	case "discard":
		return tong && m.state == consolidation.Draft && m.issues > 0
	}
	return false
}

// asks reports whether an issue that may be made asks about changes first.
func (m *model) asks(what string) bool { return what == "issue" && !maps.Equal(m.below, m.then) }

func (m *model) apply(what string) {
	switch what {
	case "begin":
		m.state = consolidation.Draft
	case "proceed":
		m.covered = map[string]bool{}
		for _, u := range m.missing() {
			m.covered[u] = true
		}
	case "write", "rebuild":
		m.unknown = false
	case "write unknown":
		m.unknown = true
	case "finalise":
		m.state, m.then = consolidation.AwaitingSignoff, maps.Clone(m.below)
		m.frozen++
	case "take back", "send back", "back to draft", "replace":
		m.state = consolidation.Draft
	case "sign off":
		m.state = consolidation.SignedOff
		m.signed[m.frozen] = true
	case "issue", "issue as frozen":
		m.state = consolidation.Issued
		m.issues++
	case "discard": // nothing with an unknown token was ever issued
		m.state, m.unknown = consolidation.Issued, false
	}
}

var (
	everyStep = []string{"begin", "proceed", "write", "write unknown", "rebuild", "number", "finalise", "take back", "send back", "sign off",
		"back to draft", "issue", "issue as frozen", "replace", "discard"}
	cast = []string{"tong", "nhi", "hoa", "chu-tich", "quan-tri", "hai", "la"}
)

// sees reports whether the consolidation exists for who.
func (m *model) sees(who string) bool {
	switch who {
	case "tong", "nhi", "hoa", "quan-tri":
		return true
	case "chu-tich":
		return m.state == consolidation.SignedOff || m.issues > 0
	}
	return false
}

const because = "Phải cập nhật số liệu của huyện"

func (w *world) take(ctx context.Context, who, what, number string) error {
	act, ref := w.people[who], ofProvince
	c, err := w.svc.Case(ctx, w.people["tong"], year, ref)
	if err != nil {
		return err
	}
	save := func(text string) error {
		part, err := workingcopy.PartByKey(ctx, w.tx, workingcopy.ID(c.ID), "task/2")
		if err != nil {
			return err
		}
		_, err = w.svc.SavePart(ctx, act, year, w.once(), ref, "task/2", workingcopy.Typed{Read: part.Revision, Values: workingcopy.Content{"text": text}})
		return err
	}
	switch what {
	case "begin":
		return w.svc.Begin(ctx, act, year, w.once(), ref)
	case "proceed":
		return w.svc.Proceed(ctx, act, year, w.once(), ref, because)
	case "write":
		return save("Đã giải quyết {T2.04} hồ sơ.")
	case "write unknown":
		return save("Đã giải quyết {T2.9999} hồ sơ.")
	case "rebuild":
		part, err := workingcopy.PartByKey(ctx, w.tx, workingcopy.ID(c.ID), "task/2")
		if err != nil {
			return err
		}
		return w.svc.Rebuild(ctx, act, year, w.once(), ref, "task/2", part.Revision)
	case "number":
		part, err := workingcopy.PartByKey(ctx, w.tx, workingcopy.ID(c.ID), "doc")
		if err != nil {
			return err
		}
		_, err = w.svc.SavePart(ctx, act, year, w.once(), ref, "doc", workingcopy.Typed{Read: part.Revision, Values: workingcopy.Content{"number": number}})
		return err
	case "finalise":
		return w.svc.Finalise(ctx, act, year, w.once(), ref, c.Revision)
	case "take back":
		return w.svc.TakeBack(ctx, act, year, w.once(), ref)
	case "send back":
		return w.svc.SendBack(ctx, act, year, w.once(), ref, because)
	case "sign off":
		sha := ""
		if c.Frozen != nil {
			sha = c.Frozen.SHA256
		}
		return w.svc.SignOff(ctx, act, year, w.once(), ref, sha)
	case "back to draft":
		return w.svc.BackToDraft(ctx, act, year, w.once(), ref, because)
	case "replace":
		return w.svc.Replace(ctx, act, year, w.once(), ref, because)
	case "discard":
		return w.svc.Discard(ctx, act, year, w.once(), ref)
	}
	part, err := workingcopy.PartByKey(ctx, w.tx, workingcopy.ID(c.ID), "doc")
	if err != nil {
		return err
	}
	f := consolidation.Issuance{Read: part.Revision, AsFrozen: what == "issue as frozen", Reference: workingcopy.Content{"number": number, "symbol": "BC-SNV",
		"issued_on": "2022-12-01", "subject": "Kết quả công tác dân vận", "signer": "Lâm Yến Nhi", "capacity": "GIÁM ĐỐC"}}
	if c.Frozen != nil {
		f.Frozen = c.Frozen.SHA256
	}
	return w.svc.Issue(ctx, act, year, w.once(), ref, f)
}

// stir withdraws the report of Sở Tư pháp, or sends and accepts it again.
func (w *world) stir(ctx context.Context, m *model) error {
	hung, tong, hoa := w.people["hung"], w.people["tong"], w.people["hoa"]
	if m.below["stp"] > 0 {
		m.below["stp"] = 0
		return w.reviews.Withdraw(ctx, tong, year, w.once(), of("stp"), because)
	}
	c, err := submission.Load(ctx, w.tx, year, of("stp"))
	if err != nil {
		return err
	}
	doc, err := submission.PartByKey(ctx, w.tx, c.ID, submission.ReferenceKey)
	if err != nil {
		return err
	}
	if err := w.reports.Submit(ctx, hung, year, w.once(), of("stp"), submission.Signature{Read: c.Revision, RefRead: doc.Revision, Reference: doc.Content}); err != nil {
		return err
	}
	m.below["stp"] = c.Last.No + 1
	return w.reviews.Accept(ctx, hoa, year, w.once(), of("stp"), c.Last.No+1)
}

func TestAnySequenceOfStepsFollowsTheModel(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	clean := seed(t)
	clean.exec(t, `delete from roster where unit_id not in (1, 2)`)
	clean.accepted(t, "nhi", "hoa", "snv", map[string]string{"T2.04": "50"})
	clean.accepted(t, "hung", "hoa", "stp", map[string]string{"T2.04": "100"})
	done, reached, asked := map[string]int{}, map[consolidation.State]int{}, 0
	rapid.Check(t, func(rt *rapid.T) {
		tx, err := clean.db.Begin(ctx)
		if err != nil {
			rt.Fatal(err)
		}
		defer tx.Rollback(context.WithoutCancel(ctx))
		w := clean.on(tx)
		m := &model{signed: map[int]bool{}, below: map[string]int{"snv": 1, "stp": 1}, covered: map[string]bool{}}
		for i := range rapid.IntRange(5, 25).Draw(rt, "steps") {
			stirred := rapid.IntRange(0, 5).Draw(rt, "below")
			if stirred == 0 || stirred < 3 && m.state == consolidation.SignedOff {
				if err := w.stir(ctx, m); err != nil {
					rt.Fatalf("below: %v", err)
				}
			}
			what, who := rapid.SampledFrom(everyStep).Draw(rt, "what"), rapid.SampledFrom(cast).Draw(rt, "who")
			kind := rapid.IntRange(0, 9).Draw(rt, "kind of step")
			if able := m.able(kind < 2); len(able) > 0 && kind < 8 {
				pair := rapid.SampledFrom(able).Draw(rt, "permitted")
				who, what = pair[0], pair[1]
			}
			may, sees, asks := m.may(who, what), m.sees(who), m.asks(what)
			err := w.take(ctx, who, what, strconv.Itoa(100+i))
			switch {
			case may && asks:
				asked++
				if bad, ok := errors.AsType[fault.Invalid](err); !ok || bad[consolidation.AsFrozenField] == "" {
					rt.Fatalf("%s issues what changed below: %v", who, err)
				}
				continue
			case may && err != nil:
				rt.Fatalf("%s may %s, but: %v", who, what, err)
			case !may && !sees && !errors.Is(err, fault.NotFound), !may && sees && !errors.Is(err, fault.Forbidden):
				rt.Fatalf("%s may not %s (sees: %v), but: %v", who, what, sees, err)
			case may:
				m.apply(what)
				done[what]++
				reached[m.state]++
			}
			w.matches(ctx, rt, m)
		}
		if r, err := audit.Verify(ctx, tx); err != nil || len(r.Faults) > 0 {
			rt.Fatalf("audit: %+v, %v", r, err)
		}
	})
	for _, s := range consolidation.States {
		if s != consolidation.NotBegun && reached[s] == 0 {
			t.Errorf("no sequence reached %s", s)
		}
	}
	if asked == 0 {
		t.Error("no issue asked about what changed below")
	}
	t.Logf("steps taken: %v; asked about changes %d times", done, asked)
}

// able are the steps somebody may take: those of writing, or those on the way.
func (m *model) able(writing bool) [][2]string {
	var list [][2]string
	for _, what := range everyStep {
		for _, who := range cast {
			if m.may(who, what) && writing == slices.Contains([]string{"write", "write unknown", "rebuild", "number"}, what) {
				list = append(list, [2]string{who, what})
			}
		}
	}
	return list
}

// matches compares what is stored with the model.
func (w *world) matches(ctx context.Context, rt *rapid.T, m *model) {
	c, err := w.svc.Case(ctx, w.people["tong"], year, ofProvince)
	if err != nil {
		rt.Fatal(err)
	}
	frozen, issues := 0, 0
	if c.Frozen != nil {
		frozen = c.Frozen.No
		if signed := c.Frozen.SignedOffAt != nil; signed != m.signed[frozen] {
			rt.Fatalf("freezing %d is signed off: %v, the model says %v", frozen, signed, m.signed[frozen])
		}
	}
	if c.Issue != nil {
		issues = c.Issue.No
		if c.Issue.Supersedes != issues-1 {
			rt.Fatalf("issue %d supersedes %d", issues, c.Issue.Supersedes)
		}
	}
	if c.State != m.state || frozen != m.frozen || issues != m.issues || !slices.Equal(c.Missing, m.missing()) {
		rt.Fatalf("stored is %q with %d freezings, %d issues, missing %v; the model has %+v", c.State, frozen, issues, c.Missing, m)
	}
}

// on is the world within a transaction.
func (w *world) on(tx database.DB) *world {
	in := *w
	in.tx, in.svc = tx, consolidation.NewService(tx, w.files, wordFile)
	in.reports, in.reviews = report.NewService(tx, w.files), review.NewService(tx)
	return &in
}
