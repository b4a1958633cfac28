package direction_test

import (
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/direction"
	"danvan/internal/viet"
)

const (
	own    actor.UnitID = 1
	keeper actor.UnitID = 2
	giver  actor.UnitID = 3
	other  actor.UnitID = 4

	me         actor.PersonID = 7
	aColleague actor.PersonID = 8
)

var places = map[string]actor.UnitID{"own": own, "keeper": keeper, "giver": giver, "other": other}

func caseIn(state direction.State) direction.Case {
	at, by := now.Add(-time.Hour), aColleague
	c := direction.Case{Keeper: keeper, Keeps: "Sở Nội vụ"}
	c.UnitID, c.UnitName, c.FromUnit, c.FromName, c.DueOn = own, "Sở Tư pháp", giver, "Ủy ban nhân dân tỉnh Hậu Giang", viet.DateOf(now)
	switch state {
	case direction.Overdue:
		c.DueOn = viet.DateOf(now).AddDays(-1)
	case direction.Closed:
		c.ClosedAt, c.ClosedName, c.Closing = &at, "Phó Chủ tịch", "Đã xong tại cuộc họp"
	case direction.Answered:
		c.Answer, c.AnsweredAt, c.AnsweredBy = "Đã tổ chức đối thoại", &at, &by
	}
	return c
}

// TestWhoGivesAnswersAndCloses is the table of who may do what.
func TestWhoGivesAnswersAndCloses(t *testing.T) {
	t.Parallel()
	open := "waiting overdue answered"
	allowed := map[string]string{ // who and action: states
		"staff@own answer":          open,
		"unit_leader@own answer":    open,
		"leadership@giver close":    open,
		"consolidator@keeper close": "answered",
	}
	for _, state := range direction.States {
		if got := caseIn(state).State(viet.DateOf(now)); got != state || state.Word() == "" {
			t.Errorf("%s reads %s (%q)", state, got, state.Word())
		}
		for name, place := range places {
			for _, role := range actor.Roles {
				act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: place, Role: role}}}
				for _, action := range direction.Actions {
					want := strings.Contains(allowed[string(role)+"@"+name+" "+string(action)], string(state))
					if action == direction.Give {
						want = role == actor.Leadership
					}
					d := direction.Decide(act, action, caseIn(state))
					if d.Allowed != want {
						t.Errorf("%s@%s %s when %s: %v, want %v", role, name, action, state, d.Allowed, want)
					}
					if !d.Allowed && d.Reason == "" {
						t.Errorf("%s@%s %s when %s: refused without a reason", role, name, action, state)
					}
				}
			}
		}
	}
	answered := caseIn(direction.Answered)
	mine := me
	answered.AnsweredBy = &mine
	if direction.Decide(actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: keeper, Role: actor.Consolidator}}}, direction.Close, answered).Allowed {
		t.Error("who answered it closes it")
	}
	if direction.MayGive(actor.Actor{}) || direction.Decide(actor.Actor{}, "burn", answered).Allowed {
		t.Error("nobody, or nothing known, is allowed")
	}
}

func TestWhoSeesADirection(t *testing.T) {
	t.Parallel()
	sees := map[string]bool{"staff@own": true, "unit_leader@own": true, "reviewer@keeper": true, "consolidator@keeper": true}
	for name, place := range places {
		for _, role := range actor.Roles {
			act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: place, Role: role}}}
			want := sees[string(role)+"@"+name] || role == actor.Leadership
			if got := direction.See(act, caseIn(direction.Waiting)); got != want {
				t.Errorf("%s@%s sees it: %v, want %v", role, name, got, want)
			}
		}
	}
}
