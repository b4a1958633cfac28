package demo_test

import (
	"maps"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/direction"
	"danvan/internal/proposal"
)

// leader sees all of the province.
var leader = actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: 1, Role: actor.Leadership}}}

func TestTheLedgerShowsEveryStateThatAUnitCanMeet(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	l, err := proposal.List(t.Context(), db, leader, demo.Start, 2022, proposal.Filter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	want := map[proposal.State]int{proposal.Overdue: 1, proposal.Unassigned: 6, proposal.Resolving: 6, proposal.Answered: 6}
	if !maps.Equal(l.Counts, want) {
		t.Errorf("the ledger has %v, want %v", l.Counts, want)
	}
	stated, err := database.Value[int](t.Context(), db, `
		select count(*)
		from submission s
		join version v on v.id = s.in_force
		cross join jsonb_array_elements(convert_from(v.content, 'utf8')::jsonb -> 'parts') p
		where p.value ->> 'key' like 'proposal/%'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if stated != 19 {
		t.Errorf("reports in force state %d proposals, the ledger has 19", stated)
	}
}

func TestLeadersSpokeThreeTimes(t *testing.T) {
	t.Parallel()
	l, err := direction.Listed(t.Context(), demotest.Read(t), leader, demo.Start, 2022, direction.Filter{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	want := map[direction.State]int{direction.Waiting: 1, direction.Answered: 1, direction.Closed: 1}
	if !maps.Equal(l.Counts, want) {
		t.Errorf("directions stand %v, want %v", l.Counts, want)
	}
}
