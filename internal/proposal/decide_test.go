package proposal_test

import (
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/proposal"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

const (
	own    actor.UnitID = 1
	keeper actor.UnitID = 2
	lead   actor.UnitID = 3
	other  actor.UnitID = 4

	me         actor.PersonID = 7
	aColleague actor.PersonID = 8
)

var places = map[string]actor.UnitID{"own": own, "keeper": keeper, "lead": lead, "other": other}

// caseIn is a proposal of a commune whose report went to its district.
func caseIn(state proposal.State) proposal.Case {
	at := now.Add(-time.Hour)
	c := proposal.Case{Keeper: keeper, Keeps: "UBND huyện Vị Thủy", Lead: lead, Authors: []actor.PersonID{aColleague},
		Keepers: []submission.Person{{ID: me, Name: "Tôi"}, {ID: aColleague, Name: "Đồng nghiệp"}, {ID: 9, Name: "Người thứ ba"}}}
	c.UnitID = own
	if state != proposal.Unassigned {
		c.Receiver, c.DueOn = "Sở Tài chính", viet.DateOf(now).AddDays(3)
	}
	switch state {
	case proposal.Overdue:
		c.DueOn = viet.DateOf(now).AddDays(-1)
	case proposal.Answered:
		c.Answer, c.WrittenAt, c.WrittenName, c.AnsweredOn = "Đã bố trí kinh phí", &at, "Người rà soát", viet.DateOf(at)
	case proposal.Withdrawn:
		c.LeftAt, c.LeftWhy = &at, proposal.LeftDropped
	}
	return c
}

func TestStateOfAProposal(t *testing.T) {
	t.Parallel()
	today := viet.DateOf(now)
	for _, s := range proposal.States {
		if got := caseIn(s).State(today); got != s || s.Word() == "" {
			t.Errorf("%s reads %s (%q)", s, got, s.Word())
		}
	}
	c := caseIn(proposal.Resolving)
	if c.DueOn = today; c.State(today) != proposal.Resolving {
		t.Error("the last day counts as overdue")
	}
	if c.DueOn = today.AddDays(-4); c.State(today) != proposal.Overdue || c.DaysLate(today) != 4 {
		t.Errorf("four days after: %s, %d days", c.State(today), c.DaysLate(today))
	}
	c = caseIn(proposal.Answered)
	if c.DueOn = c.AnsweredOn.AddDays(-2); c.DaysLate(today.AddDays(30)) != 2 {
		t.Errorf("answered two days late reads %d", c.DaysLate(today.AddDays(30)))
	}
	later := now.Add(time.Hour)
	if c.ChangedAt = &later; !c.Reworded() {
		t.Error("a text changed after the answer is not marked")
	}
}

// TestWhoKeepsTheLedger is the table of who may do what: only those who decide on
// the report and did not write it, and only what the state leaves.
func TestWhoKeepsTheLedger(t *testing.T) {
	t.Parallel()
	allowed := map[proposal.State]string{
		proposal.Unassigned: "assign",
		proposal.Resolving:  "assign answer",
		proposal.Overdue:    "assign answer",
		proposal.Answered:   "answer reopen",
		proposal.Withdrawn:  "",
	}
	for _, state := range proposal.States {
		for name, place := range places {
			for _, role := range actor.Roles {
				for _, author := range []bool{false, true} {
					c := caseIn(state)
					if author {
						c.Authors = append(c.Authors, me)
					}
					act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: place, Role: role}}}
					keeps := place == keeper && (role == actor.Reviewer || role == actor.Consolidator) && !author
					for _, action := range proposal.Actions {
						want := keeps && strings.Contains(allowed[state], string(action))
						d := proposal.Decide(act, action, c)
						if d.Allowed != want {
							t.Errorf("%s@%s (author %v) %s when %s: %v, want %v", role, name, author, action, state, d.Allowed, want)
						}
						if !d.Allowed && d.Reason == "" {
							t.Errorf("%s@%s %s when %s: refused without a reason", role, name, action, state)
						}
					}
				}
			}
		}
	}
	c := caseIn(proposal.Unassigned)
	c.Authors = append(c.Authors, me)
	act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: keeper, Role: actor.Reviewer}}}
	if d := proposal.Decide(act, proposal.Assign, c); d.Remedy != "Người làm được: Người thứ ba." {
		t.Errorf("an author is told %q", d.Remedy)
	}
	if proposal.Decide(actor.Actor{}, proposal.Assign, c).Allowed || proposal.Decide(act, "burn", caseIn(proposal.Resolving)).Allowed {
		t.Error("nobody, or nothing known, is allowed")
	}
}

func TestWhoSeesAProposal(t *testing.T) {
	t.Parallel()
	sees := map[string]bool{
		"staff@own": true, "unit_leader@own": true,
		"reviewer@keeper": true, "consolidator@keeper": true, "reviewer@lead": true, "consolidator@lead": true,
		"unit_leader@keeper": true, "unit_leader@lead": true,
	}
	for name, place := range places {
		for _, role := range actor.Roles {
			act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: place, Role: role}}}
			want := sees[string(role)+"@"+name] || role == actor.Leadership
			if got := proposal.See(act, caseIn(proposal.Answered)); got != want {
				t.Errorf("%s@%s sees it: %v, want %v", role, name, got, want)
			}
		}
	}
}
