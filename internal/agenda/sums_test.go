package agenda_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/agenda"
)

// toSum lists the consolidated reports that wait for a person.
func toSum(a agenda.Agenda) []string {
	var out []string
	for _, s := range a.Sums {
		out = append(out, s.UnitSlug+" "+s.Period+" "+s.State)
	}
	return out
}

func TestConsolidatedReportsWaitForWhoeverTheyWaitFor(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, reports)
	check := func(when string, want map[actor.PersonID][]string) {
		t.Helper()
		for _, person := range []actor.PersonID{consolidator, leaderSNV, reviewer, leaderSTP, staffSTP} {
			if diff := cmp.Diff(want[person], toSum(agendaOf(t, db, person, noon))); diff != "" {
				t.Errorf("%s, person %d (-want +got):\n%s", when, person, diff)
			}
		}
	}
	// The reports of the first half were due long ago; those of the year are not yet.
	check("nothing begun", map[actor.PersonID][]string{consolidator: {"snv 6-thang "}})
	run(t, db, `
		insert into consolidation (id, period_id, unit_id, state, state_at) overriding system value
		    values (9001, 2, 1, 'draft', '2022-11-20 08:00+07'), (9002, 3, 1, 'draft', '2022-11-20 08:00+07')`)
	check("both being written", map[actor.PersonID][]string{consolidator: {"snv 6-thang draft", "snv nam draft"}})
	run(t, db, `update consolidation set state = 'awaiting_signoff' where id = 9001`)
	check("one handed over", map[actor.PersonID][]string{consolidator: {"snv nam draft"}, leaderSNV: {"snv 6-thang awaiting_signoff"}})
	run(t, db, `update consolidation set state = 'signed_off' where id = 9001`)
	check("one signed off", map[actor.PersonID][]string{consolidator: {"snv 6-thang signed_off", "snv nam draft"}})
	run(t, db, `update consolidation set state = 'issued' where id = 9001`)
	check("one issued", map[actor.PersonID][]string{consolidator: {"snv nam draft"}})
}
