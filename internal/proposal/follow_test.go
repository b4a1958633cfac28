package proposal_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/proposal"
	"danvan/internal/viet"
)

// modelled is an entry as it has to be.
type modelled struct {
	Body     string
	Version  int
	Left     string
	Receiver string
	Answer   string
	Events   []string // oldest first
}

// TestTheLedgerFollowsWhateverComesIntoForce accepts and withdraws random versions
// of one report between assignments and answers, and compares every entry with a
// model that only knows the rules.
func TestTheLedgerFollowsWhateverComesIntoForce(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	rapid.Check(t, func(rt *rapid.T) {
		tx, err := w.tx.Begin(t.Context())
		must(t, err)
		defer func() { must(t, tx.Rollback(t.Context())) }()
		inner := &world{tx: tx, units: w.units}
		c := inner.caseOf(t, ofSTP)
		model := map[int]*modelled{}
		last := 0
		for i := range rapid.IntRange(3, 14).Draw(rt, "steps") {
			switch what := rapid.SampledFrom([]string{"accept", "accept", "withdraw", "assign", "answer", "reopen"}).Draw(rt, "what"); what {
			case "accept":
				last++
				says := map[int]string{}
				for _, no := range rapid.SliceOfNDistinct(rapid.IntRange(1, 4), 0, 4, rapid.ID).Draw(rt, "numbers") {
					says[no] = fmt.Sprintf("Kiến nghị %d, %s", no, rapid.SampledFrom([]string{"cách nói một", "cách nói hai"}).Draw(rt, "words"))
				}
				must(t, proposal.Follow(t.Context(), tx, keeper, now, &c, version(t, tx, c, author, last, says)))
				accept(model, last, says)
			case "withdraw":
				must(t, proposal.Drop(t.Context(), tx, keeper, now, &c, "Số liệu sai"))
				for _, m := range model {
					if m.Left == "" {
						m.Left, m.Events = proposal.LeftWithdrawn, append(m.Events, "left")
					}
				}
			default:
				no := rapid.IntRange(1, 4).Draw(rt, "number")
				ref := ofSTP
				ref.No = no
				decide(t, inner, keeper, ref, model[no], what, i)
			}
			compare(rt, t, inner, keeper, model)
		}
	})
}

func accept(model map[int]*modelled, no int, says map[int]string) {
	for n, body := range says {
		m := model[n]
		if m == nil {
			model[n] = &modelled{Body: body, Version: no, Events: []string{"entered"}}
			continue
		}
		if m.Left != "" {
			m.Left, m.Events = "", append(m.Events, "returned")
		}
		if m.Body != body {
			m.Events = append(m.Events, "changed")
		}
		m.Body, m.Version = body, no
	}
	for n, m := range model {
		if _, stated := says[n]; !stated && m.Left == "" {
			m.Left, m.Events = proposal.LeftDropped, append(m.Events, "left")
		}
	}
}

// decide does what the keeper may do; what the model forbids must be refused.
func decide(t *testing.T, w *world, keeper actor.Actor, ref proposal.Ref, m *modelled, what string, i int) {
	t.Helper()
	if m == nil {
		return
	}
	read := w.get(t, keeper, ref).Revision
	var err error
	var may bool
	switch what {
	case "assign":
		may = m.Left == "" && m.Answer == ""
		err = proposal.AssignIt(t.Context(), w.tx, keeper, now, w.once(), ref, proposal.Assignment{Read: read, Other: fmt.Sprintf("Cơ quan %d", i), DueOn: viet.DateOf(now)})
		if may {
			m.Receiver, m.Events = fmt.Sprintf("Cơ quan %d", i), append(m.Events, "assigned")
		}
	case "answer":
		may = m.Left == "" && m.Receiver != ""
		err = proposal.AnswerIt(t.Context(), w.tx, keeper, now, w.once(), ref, proposal.Reply{Read: read, Answer: fmt.Sprintf("Trả lời lần %d", i), On: viet.DateOf(now)})
		if may {
			m.Answer, m.Events = fmt.Sprintf("Trả lời lần %d", i), append(m.Events, "answered")
		}
	case "reopen":
		may = m.Left == "" && m.Answer != ""
		err = proposal.ReopenIt(t.Context(), w.tx, keeper, now, w.once(), ref, read, "Trả lời chưa đúng nội dung")
		if may {
			m.Answer, m.Events = "", append(m.Events, "reopened")
		}
	}
	if (err == nil) != may {
		t.Fatalf("%s of %+v: %v, want allowed %v", what, m, err, may)
	}
}

func compare(rt *rapid.T, t *testing.T, w *world, keeper actor.Actor, model map[int]*modelled) {
	got := map[int]*modelled{}
	for _, state := range append(slices.Clone(proposal.States), "") {
		l, err := proposal.List(t.Context(), w.tx, keeper, now, year, proposal.Filter{State: state, Limit: 100})
		must(t, err)
		for _, p := range l.Rows {
			m := &modelled{Body: p.Body, Version: p.Version, Left: p.LeftWhy, Receiver: p.Receiver, Answer: p.Answer}
			for _, e := range slices.Backward(w.get(t, keeper, p.Ref()).Events) {
				m.Events = append(m.Events, e.Action)
			}
			if state != "" && p.State(viet.DateOf(now)) != state {
				rt.Errorf("the list of %s has one that is %s", state, p.State(viet.DateOf(now)))
			}
			got[p.No] = m
		}
	}
	if diff := cmp.Diff(model, got); diff != "" {
		rt.Fatalf("ledger (-model +got):\n%s", diff)
	}
}

func TestFormerTextsStayInTheHistory(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	w.inForce(t, keeper, author, ofSTP, 1, map[int]string{1: "Bố trí kinh phí", 2: "Bổ sung biên chế"})
	w.inForce(t, keeper, author, ofSTP, 2, map[int]string{1: "Bố trí 180 triệu đồng", 2: "Bổ sung biên chế"})
	p := w.get(t, keeper, ofSTP)
	var changed []proposal.Event
	for _, e := range p.Events {
		if e.Action == "changed" {
			changed = append(changed, e)
		}
	}
	if len(changed) != 1 || changed[0].Before.Body != "Bố trí kinh phí" || changed[0].After.Version != 2 || p.Body != "Bố trí 180 triệu đồng" || p.ChangedAt == nil {
		t.Errorf("events %+v, text %q", p.Events, p.Body)
	}
	second := ofSTP
	second.No = 2
	if p := w.get(t, keeper, second); p.ChangedAt != nil || p.Version != 2 || len(p.Events) != 1 {
		t.Errorf("what was repeated word for word reads %+v", p)
	}
	counted, err := database.Value[int](t.Context(), w.tx, `select count(*) from proposal`, nil)
	must(t, err)
	if counted != 2 {
		t.Errorf("%d rows, want one for each number", counted)
	}
}
