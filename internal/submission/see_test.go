package submission_test

import (
	"slices"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/submission"
)

// The visibility table of the domain. Partners of an activity are answered by
// the plan; whatever is not listed sees nothing.
var sights = map[string]submission.Sight{
	// the unit's staff, leader: all
	"staff@own":       {State: true, Working: true, Versions: true, Sent: true, Timeline: true, Remarks: true, InForce: true},
	"unit_leader@own": {State: true, Working: true, Versions: true, Sent: true, Timeline: true, Remarks: true, InForce: true},
	// who may decide on it: state only of the working copy, all frozen versions, timeline, remarks, in force
	"reviewer@receiver":     {State: true, Versions: true, Sent: true, Timeline: true, Remarks: true, InForce: true},
	"consolidator@receiver": {State: true, Versions: true, Sent: true, Timeline: true, Remarks: true, InForce: true},
	// consolidator, reviewer of a higher level: state, in force, timeline
	"reviewer@lead":     {State: true, Timeline: true, InForce: true},
	"consolidator@lead": {State: true, Timeline: true, InForce: true},
	// who leads the unit that receives it or consolidates the campaign: the same
	"unit_leader@receiver": {State: true, Timeline: true, InForce: true},
	"unit_leader@lead":     {State: true, Timeline: true, InForce: true},
	// leadership, wherever: state; versions sent and not recalled, decisions, not remarks; in force
	"leadership@own":      {State: true, Sent: true, Timeline: true, InForce: true},
	"leadership@receiver": {State: true, Sent: true, Timeline: true, InForce: true},
	"leadership@lead":     {State: true, Sent: true, Timeline: true, InForce: true},
	"leadership@other":    {State: true, Sent: true, Timeline: true, InForce: true},
	// admin, wherever: state, decisions and times
	"admin@own":      {State: true, Timeline: true},
	"admin@receiver": {State: true, Timeline: true},
	"admin@lead":     {State: true, Timeline: true},
	"admin@other":    {State: true, Timeline: true},
}

func TestWhoSeesWhatIsExactlyTheTable(t *testing.T) {
	t.Parallel()
	asked := map[string]bool{"nobody": true}
	for _, role := range actor.Roles {
		for name, unit := range units {
			who := string(role) + "@" + name
			asked[who] = true
			for _, state := range states {
				c := caseIn(state, submission.Edit)
				act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: unit, Role: role}}}
				if got := submission.See(act, c); got != sights[who] {
					t.Errorf("%s in %s sees %+v, want %+v", who, state, got, sights[who])
				}
			}
		}
	}
	if got := submission.See(actor.Actor{}, caseIn("accepted+", submission.Edit)); got != (submission.Sight{}) {
		t.Errorf("nobody sees %+v", got)
	}
	for who := range sights {
		if !asked[who] {
			t.Errorf("there is no %s", who)
		}
	}
}

func TestSeveralRolesSeeWhatAnyOfThemSees(t *testing.T) {
	t.Parallel()
	either := func(a, b submission.Sight) submission.Sight {
		return submission.Sight{
			State: a.State || b.State, Working: a.Working || b.Working, Versions: a.Versions || b.Versions, Sent: a.Sent || b.Sent,
			Timeline: a.Timeline || b.Timeline, Remarks: a.Remarks || b.Remarks, InForce: a.InForce || b.InForce,
		}
	}
	c := caseIn("submitted+", submission.Edit)
	for _, one := range whos() {
		for _, two := range whos() {
			a, b := actorOf(one, &c), actorOf(two, &c)
			both := actor.Actor{Person: me, Memberships: append(append([]actor.Membership{}, a.Memberships...), b.Memberships...)}
			if got, want := submission.See(both, c), either(submission.See(a, c), submission.See(b, c)); got != want {
				t.Errorf("%s and %s see %+v, want %+v", one, two, got, want)
			}
		}
	}
}

func TestListsShowExactlyWhatOneMaySee(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	cases := []submission.Case{}
	for _, ref := range []submission.Ref{w.ofDepartment, w.ofDistrict, w.ofCommune} {
		cases = append(cases, w.load(t, ref))
	}
	shown := 0
	for _, role := range actor.Roles {
		for unit := snv; unit <= mttq; unit++ {
			act := actor.Actor{Person: me, Memberships: []actor.Membership{{Unit: w.unit(unit), Role: role}}}
			listed := w.listed(t, submission.SeenBy, submission.SeenArgs(act, database.Args{}))
			read := w.listed(t, submission.ReadBy, submission.ReadArgs(act, database.Args{}))
			for _, c := range cases {
				may := submission.See(act, c)
				if got := slices.Contains(listed, c.ID); got != may.State {
					t.Errorf("%s of unit %d and the submission of %s: listed = %t, may see = %t", role, unit, c.UnitSlug, got, may.State)
				}
				if got := slices.Contains(read, c.ID); got != may.InForce {
					t.Errorf("%s of unit %d and the submission of %s: read = %t, may read = %t", role, unit, c.UnitSlug, got, may.InForce)
				}
				if may.State {
					shown++
				}
			}
		}
	}
	if shown == 0 {
		t.Error("nobody is shown anything")
	}
	if nobody := w.listed(t, submission.SeenBy, submission.SeenArgs(actor.Actor{}, database.Args{})); len(nobody) > 0 {
		t.Errorf("nobody is shown %v", nobody)
	}
}

// listed are the submissions to which a condition applies.
func (w world) listed(t *testing.T, condition string, args database.Args) []submission.ID {
	t.Helper()
	ids, err := database.Values[submission.ID](t.Context(), w.db, `
		select s.id
		from submission s
		join period p on p.id = s.period_id
		join campaign c on c.id = p.campaign_id
		join roster r on r.campaign_id = c.id and r.unit_id = s.unit_id
		where `+condition,
		args)
	if err != nil {
		t.Fatal(err)
	}
	return ids
}
