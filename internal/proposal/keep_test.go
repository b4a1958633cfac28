package proposal_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/proposal"
	"danvan/internal/viet"
)

func TestAnAssignmentNamesOneReceiverAndADayToCome(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	w.inForce(t, keeper, author, ofSTP, 1, map[int]string{1: "Bố trí kinh phí hỗ trợ hòa giải viên"})
	today := viet.DateOf(now)
	assign := func(a proposal.Assignment) error {
		return proposal.AssignIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, a)
	}
	for name, test := range map[string]struct {
		a    proposal.Assignment
		want []string
	}{
		"nothing":        {proposal.Assignment{Read: 1}, []string{"due_on", "receiver"}},
		"both":           {proposal.Assignment{Read: 1, Unit: "stc", Other: "Kho bạc", DueOn: today}, []string{"other"}},
		"unknown unit":   {proposal.Assignment{Read: 1, Unit: "khong-co", DueOn: today}, []string{"receiver"}},
		"yesterday":      {proposal.Assignment{Read: 1, Unit: "stc", DueOn: today.AddDays(-1)}, []string{"due_on"}},
		"too long":       {proposal.Assignment{Read: 1, Other: strings.Repeat("cơ quan ", 60), DueOn: today}, []string{"other"}},
		"an old reading": {proposal.Assignment{Read: 9, Unit: "stc", DueOn: today}, []string{""}},
	} {
		if got := faults(t, assign(test.a)); !slices.Equal(got, test.want) {
			t.Errorf("%s: complains about %q, want %q", name, got, test.want)
		}
	}
	must(t, assign(proposal.Assignment{Read: 1, Unit: "stc", DueOn: today.AddDays(10)}))
	p := w.get(t, author, ofSTP)
	if p.Receiver != "Sở Tài chính" || p.ReceiverUnit != "stc" || p.State(today) != proposal.Resolving || p.Events[0].Action != "assigned" {
		t.Errorf("assigned: %+v", p.Case)
	}
	// A day that has passed meanwhile may stay while the receiver changes.
	later := now.AddDate(0, 0, 20)
	must(t, proposal.AssignIt(t.Context(), w.tx, keeper, later, w.once(), ofSTP, proposal.Assignment{Read: 2, Other: "Kho bạc  Nhà nước tỉnh", DueOn: p.DueOn}))
	if p := w.get(t, author, ofSTP); p.Receiver != "Kho bạc Nhà nước tỉnh" || p.ReceiverUnit != "" || p.State(viet.DateOf(later)) != proposal.Overdue {
		t.Errorf("assigned anew: %+v", p.Case)
	}
	if n := told(t, w, author); n != 2 {
		t.Errorf("the unit was told %d times, want twice", n)
	}
}

func told(t testing.TB, w *world, who actor.Actor) int {
	t.Helper()
	n, err := database.Value[int](t.Context(), w.tx, `select count(*) from notice where person_id = @id and subject = 'proposal/2022/nam/stp/1'`, database.Args{"id": who.Person})
	must(t, err)
	return n
}

func TestAnAnswerIsDatedMendedAndTakenBack(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Consolidator), w.person(t, "Chuyên viên", "stp", actor.Staff)
	w.inForce(t, keeper, author, ofSTP, 1, map[int]string{1: "Bố trí kinh phí hỗ trợ hòa giải viên"})
	today := viet.DateOf(now)
	must(t, proposal.AssignIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, proposal.Assignment{Read: 1, Unit: "stc", DueOn: today}))
	answer := func(r proposal.Reply) error {
		return proposal.AnswerIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, r)
	}
	for name, test := range map[string]struct {
		r    proposal.Reply
		want []string
	}{
		"nothing":   {proposal.Reply{Read: 2}, []string{"answer", "answered_on"}},
		"too short": {proposal.Reply{Read: 2, Answer: "Đồng ý", On: today}, []string{"answer"}},
		"tomorrow":  {proposal.Reply{Read: 2, Answer: "Đã bố trí kinh phí", On: today.AddDays(1)}, []string{"answered_on"}},
		"too long":  {proposal.Reply{Read: 2, Answer: strings.Repeat("Đã bố trí ", 600), Paper: strings.Repeat("x", 301), On: today}, []string{"answer", "paper"}},
		"old":       {proposal.Reply{Read: 1, Answer: "Đã bố trí kinh phí", On: today}, []string{""}},
	} {
		if got := faults(t, answer(test.r)); !slices.Equal(got, test.want) {
			t.Errorf("%s: complains about %q, want %q", name, got, test.want)
		}
	}
	must(t, answer(proposal.Reply{Read: 2, Answer: "Đã bố trí 180 triệu đồng", Paper: "Công văn số 12/STC-NS", On: today.AddDays(-1)}))
	must(t, answer(proposal.Reply{Read: 3, Answer: "Đã bố trí 160 triệu đồng", Paper: "Công văn số 12/STC-NS", On: today.AddDays(-1)}))
	p := w.get(t, author, ofSTP)
	if p.State(today) != proposal.Answered || p.WrittenName != "Rà soát" || p.Events[0].Before.Answer != "Đã bố trí 180 triệu đồng" {
		t.Errorf("answered: %+v", p)
	}
	if got := faults(t, proposal.ReopenIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, 4, "Sai")); !slices.Equal(got, []string{"reason"}) {
		t.Errorf("a short reason: %q", got)
	}
	must(t, proposal.ReopenIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, 4, "Trả lời nhầm kiến nghị khác"))
	if p := w.get(t, author, ofSTP); p.State(today) != proposal.Resolving || p.Receiver != "Sở Tài chính" || p.Events[0].Before.Answer != "Đã bố trí 160 triệu đồng" {
		t.Errorf("taken back: %+v", p)
	}
	if n := told(t, w, author); n != 4 {
		t.Errorf("the unit was told %d times, want 4", n)
	}
}

func TestOneFormActsOnce(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	w.inForce(t, keeper, author, ofSTP, 1, map[int]string{1: "Bố trí kinh phí hỗ trợ hòa giải viên"})
	once := w.once()
	for range 2 {
		must(t, proposal.AssignIt(t.Context(), w.tx, keeper, now, once, ofSTP, proposal.Assignment{Read: 1, Unit: "stc", DueOn: viet.DateOf(now)}))
	}
	if p := w.get(t, keeper, ofSTP); p.Revision != 2 || len(p.Events) != 2 {
		t.Errorf("sent twice: revision %d, %d events", p.Revision, len(p.Events))
	}
}

func TestOthersFindNothing(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	w.inForce(t, keeper, author, ofSTP, 1, map[int]string{1: "Bố trí kinh phí hỗ trợ hòa giải viên"})
	must(t, proposal.AssignIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, proposal.Assignment{Read: 1, Unit: "stc", DueOn: viet.DateOf(now).AddDays(30)}))
	type doing func(ctx context.Context, act actor.Actor) error
	asks := map[string]doing{
		"show": func(ctx context.Context, act actor.Actor) error {
			_, err := proposal.Show(ctx, w.tx, act, now, ofSTP)
			return err
		},
		"assign": func(ctx context.Context, act actor.Actor) error {
			return proposal.AssignIt(ctx, w.tx, act, now, w.once(), ofSTP, proposal.Assignment{Read: 1, Unit: "stc", DueOn: viet.DateOf(now)})
		},
	}
	for _, who := range []struct {
		in   string
		role actor.Role
		rows int // -1: no ledger
	}{
		{"sct", actor.Staff, 0}, {"sct", actor.UnitLeader, 0}, {"stc", actor.Staff, 0}, {"h-vi-thuy", actor.Reviewer, 0},
		{"mttq", actor.Observer, -1}, {"snv", actor.Admin, -1}, {"ubnd-tinh", actor.Leadership, 1}, {"snv", actor.Consolidator, 1}, {"stp", actor.UnitLeader, 1},
	} {
		act := w.person(t, "Người hỏi", who.in, who.role)
		l, err := proposal.List(t.Context(), w.tx, act, now, year, proposal.Filter{Limit: 10})
		if who.rows < 0 != errors.Is(err, fault.NotFound) || len(l.Rows) != max(who.rows, 0) {
			t.Errorf("%s@%s lists %d rows, %v; want %d", who.role, who.in, len(l.Rows), err, who.rows)
		}
		_, late, err := proposal.Overdues(t.Context(), w.tx, act, now.AddDate(0, 0, 40), year, 5)
		must(t, err)
		if late != max(who.rows, 0) {
			t.Errorf("%s@%s: %d are overdue, want %d", who.role, who.in, late, max(who.rows, 0))
		}
		_, kept, err := proposal.ToKeep(t.Context(), w.tx, act, now.AddDate(0, 0, 40), year, 5)
		must(t, err)
		if keeps := who.in == "snv" && who.role == actor.Consolidator; kept != 0 && !keeps || kept != 1 && keeps {
			t.Errorf("%s@%s: %d are theirs to keep", who.role, who.in, kept)
		}
		for what, do := range asks {
			err := do(t.Context(), act)
			if hidden := errors.Is(err, fault.NotFound); hidden != (who.rows < 1) {
				t.Errorf("%s as %s@%s: %v, want hidden %v", what, who.role, who.in, err, who.rows < 1)
			}
		}
	}
}

func TestTheLedgerIsFilteredSortedAndPaged(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	half := proposal.Ref{Year: year, Period: "6-thang", Unit: "h-vi-thuy", No: 1}
	w.inForce(t, keeper, author, ofSTP, 1, map[int]string{1: "Bố trí kinh phí hòa giải", 2: "Bổ sung biên chế"})
	w.inForce(t, keeper, author, half, 1, map[int]string{1: "Nâng cấp đê bao"})
	must(t, proposal.AssignIt(t.Context(), w.tx, keeper, now.AddDate(0, -2, 0), w.once(), half, proposal.Assignment{Read: 1, Unit: "snnptnt", DueOn: viet.DateOf(now).AddDays(-30)}))
	for name, test := range map[string]struct {
		f    proposal.Filter
		want string
		of   int
	}{
		"what presses first":   {proposal.Filter{Limit: 10}, "h-vi-thuy/1 stp/1 stp/2", 3},
		"the other way":        {proposal.Filter{Limit: 10, Down: true}, "stp/1 stp/2 h-vi-thuy/1", 3},
		"by unit":              {proposal.Filter{Limit: 10, Order: proposal.ByUnit}, "stp/1 stp/2 h-vi-thuy/1", 3},
		"by due day":           {proposal.Filter{Limit: 1, Order: proposal.ByDue}, "h-vi-thuy/1", 3},
		"second page":          {proposal.Filter{Limit: 2, Offset: 2}, "stp/2", 3},
		"overdue":              {proposal.Filter{Limit: 10, State: proposal.Overdue}, "h-vi-thuy/1", 1},
		"of a unit":            {proposal.Filter{Limit: 10, Unit: "stp"}, "stp/1 stp/2", 2},
		"of a period":          {proposal.Filter{Limit: 10, Period: "6-thang"}, "h-vi-thuy/1", 1},
		"without diacritics":   {proposal.Filter{Limit: 10, Search: "kinh phi HOA giai"}, "stp/1", 1},
		"by who is to settle":  {proposal.Filter{Limit: 10, Search: "so nong nghiep"}, "h-vi-thuy/1", 1},
		"what nobody offers":   {proposal.Filter{Limit: 10, Order: "x"}, "h-vi-thuy/1 stp/1 stp/2", 3},
		"a percent sign typed": {proposal.Filter{Limit: 10, Search: "%"}, "", 0},
	} {
		l, err := proposal.List(t.Context(), w.tx, keeper, now, year, test.f)
		must(t, err)
		var got []string
		for _, p := range l.Rows {
			got = append(got, p.Unit+"/"+string(rune('0'+p.No)))
		}
		if s := strings.Join(got, " "); s != test.want || l.Total != test.of {
			t.Errorf("%s: %q of %d, want %q of %d", name, s, l.Total, test.want, test.of)
		}
		if l.Counts[proposal.Overdue] != 1 || l.Counts[proposal.Unassigned] != 2 || len(l.Units) != 2 || len(l.Periods) != 2 {
			t.Errorf("%s: stands among %v, %v, %v", name, l.Counts, l.Units, l.Periods)
		}
	}
	if _, err := proposal.List(t.Context(), w.tx, keeper, now, 2031, proposal.Filter{Limit: 1}); !errors.Is(err, fault.NotFound) {
		t.Errorf("a year without a campaign: %v", err)
	}
}

func TestWhatHasWaitedLongestIsKeptFirst(t *testing.T) {
	t.Parallel()
	w := seed(t)
	keeper, author := w.person(t, "Rà soát", "snv", actor.Reviewer), w.person(t, "Chuyên viên", "stp", actor.Staff)
	entered := map[string]int{"stp": 3, "sct": 1, "stc": 2, "h-vi-thuy": 2} // days of the month, by unit
	for in, day := range entered {
		ref := ofSTP
		ref.Unit = in
		w.inForce(t, keeper, author, ref, 1, map[int]string{1: "Bố trí kinh phí hỗ trợ hòa giải viên"})
		_, err := database.Exec(t.Context(), w.tx, `
			update proposal set entered_at = make_timestamptz(2022, 11, @day, 8 + @day % 2, 0, 0)
			where submission_id = (select s.id from submission s join unit u on u.id = s.unit_id join period d on d.id = s.period_id
			                       where u.slug = @in and d.slug = 'nam')`,
			database.Args{"day": day, "in": in})
		must(t, err)
	}
	// What is overdue comes before what nobody was given.
	must(t, proposal.AssignIt(t.Context(), w.tx, keeper, now, w.once(), ofSTP, proposal.Assignment{Read: 1, Other: "Kho bạc", DueOn: viet.DateOf(now)}))
	for limit, want := range map[int]string{2: "stp sct", 9: "stp sct stc h-vi-thuy"} {
		rows, n, err := proposal.ToKeep(t.Context(), w.tx, keeper, now.AddDate(0, 0, 1), year, limit)
		must(t, err)
		var got []string
		for _, p := range rows {
			got = append(got, p.Unit)
		}
		if strings.Join(got, " ") != want || n != 4 {
			t.Errorf("the first %d of %d are %q, want %q", limit, n, got, want)
		}
	}
}
