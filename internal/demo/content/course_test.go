package content_test

import (
	"reflect"
	"strconv"
	"testing"

	"danvan/internal/demo/content"
	"danvan/internal/viet"
)

func TestPlansStandWhereTheProductPageSays(t *testing.T) {
	t.Parallel()
	c, kinds := load(t), units(t)
	got, open := map[content.PlanState]int{}, map[content.PlanState]int{}
	for _, p := range c.Plans {
		if !onRoster(kinds[p.Unit]) {
			t.Errorf("%s is not on the roster", p.Unit)
		}
		got[p.State]++
	}
	for _, a := range c.Amendments {
		open[a.State]++
	}
	want := map[content.PlanState]int{content.Accepted: 18, content.Amending: 4, content.Submitted: 2,
		content.Returned: 1, content.Awaiting: 1, content.Draft: 1, content.NotBegun: 1}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("plans: got %v, want %v", got, want)
	}
	for _, state := range []content.PlanState{content.Draft, content.Awaiting, content.Submitted, content.Returned} {
		if open[state] != 1 {
			t.Errorf("amendments %s: got %d, want 1", state, open[state])
		}
	}
}

func TestRoundsFollowOneAnotherAndEndInThePlansState(t *testing.T) {
	t.Parallel()
	c := load(t)
	last, amended := map[string]content.Round{}, map[string]content.PlanState{}
	for _, r := range c.Rounds {
		before := last[r.Unit]
		if r.No != before.No+1 || !r.SentAt.After(before.DecidedAt) || before.Outcome == "pending" {
			t.Errorf("%s round %d does not follow %d", r.Unit, r.No, before.No)
		}
		if (r.Outcome == "pending") != r.DecidedAt.IsZero() || r.Outcome != "pending" && !r.DecidedAt.After(r.SentAt) {
			t.Errorf("%s round %d: decided at %v", r.Unit, r.No, r.DecidedAt)
		}
		if r.Outcome == "returned" && len([]rune(r.Reason)) < 10 {
			t.Errorf("%s round %d is returned without a reason", r.Unit, r.No)
		}
		last[r.Unit] = r
	}
	for _, a := range c.Amendments {
		amended[a.Unit] = a.State
	}
	late := 0
	for _, p := range c.Plans {
		outcome := map[content.PlanState]string{content.Submitted: "pending", content.Returned: "returned", content.Accepted: "accepted"}
		state := p.State
		if state == content.Amending {
			state = amended[p.Unit]
		}
		if want, sent := outcome[state]; sent && last[p.Unit].Outcome != want {
			t.Errorf("%s is %s, but its last round is %s", p.Unit, state, last[p.Unit].Outcome)
		}
		if !p.SentAt.IsZero() && viet.DateOf(p.SentAt).Month() > 3 {
			late++
		}
	}
	if late < 3 || late > 4 {
		t.Errorf("%d plans were first sent after the deadline, want 3 or 4", late)
	}
}

func TestEveryReturnedRoundHasRemarksAndOpenOnesOnlyAtTheEnd(t *testing.T) {
	t.Parallel()
	c := load(t)
	codes, count, unanswered, last := map[string]bool{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, a := range c.Activities {
		codes[a.Unit+a.Code] = true
	}
	for _, r := range c.Rounds {
		last[r.Unit] = r.No
	}
	for _, m := range c.Remarks {
		at := m.Unit + strconv.Itoa(m.Round)
		count[at]++
		if m.Code != "" && !codes[m.Unit+m.Code] {
			t.Errorf("%s: a remark on %s, which is not there", m.Unit, m.Code)
		}
		if m.Answer == "" {
			unanswered[at]++
		}
	}
	for _, r := range c.Rounds {
		at := r.Unit + strconv.Itoa(r.No)
		if r.Outcome == "returned" && (count[at] < 2 || count[at] > 3) {
			t.Errorf("%s: returned with %d remarks, want 2 or 3", at, count[at])
		}
		if r.No < last[r.Unit] && unanswered[at] > 0 {
			t.Errorf("%s was followed by another round with remarks unanswered", at)
		}
	}
}

func TestChangesTouchActivitiesThatAreThere(t *testing.T) {
	t.Parallel()
	c := load(t)
	added, count := map[string]int{}, map[string]int{}
	for _, a := range c.Activities {
		added[a.Unit+a.Code] = a.Amendment
	}
	for _, ch := range c.Changes {
		count[ch.Unit+strconv.Itoa(ch.Amendment)]++
		in, there := added[ch.Unit+ch.Code]
		if !there || (ch.Kind == "add") != (in == ch.Amendment) {
			t.Errorf("%s %s %s: added in amendment %d", ch.Unit, ch.Kind, ch.Code, in)
		}
		if (ch.Kind == "change") != (ch.Field != "" && ch.Value != "") {
			t.Errorf("%s %s: %q to %q", ch.Unit, ch.Code, ch.Field, ch.Value)
		}
		if ch.Kind == "stop" && ch.Reason == "" {
			t.Errorf("%s %s is stopped without a reason", ch.Unit, ch.Code)
		}
	}
	for _, a := range c.Amendments {
		if count[a.Unit+strconv.Itoa(a.No)] == 0 {
			t.Errorf("%s: amendment %d changes nothing", a.Unit, a.No)
		}
	}
}
