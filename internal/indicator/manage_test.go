package indicator_test

import (
	"errors"
	"slices"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func (y year) managed(t *testing.T, code string) indicator.Managed {
	t.Helper()
	list, err := indicator.Manage(t.Context(), y.db, y.id)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 94 {
		t.Fatalf("%d definitions, want 94", len(list))
	}
	i := slices.IndexFunc(list, func(m indicator.Managed) bool { return m.Code == code })
	if i < 0 {
		t.Fatalf("there is no %s", code)
	}
	return list[i]
}

func TestThoseWhoDecideSeeWhatIsAskedOfWhomAndWhatBecameOfIt(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	const code = "T1.06" // no core indicator
	if m := y.managed(t, code); len(m.Kinds) != 0 || m.With+m.Without+m.Answered != 0 {
		t.Errorf("before anything: %+v", m)
	}
	for _, do := range []error{
		indicator.SwitchOn(t.Context(), y.db, y.consolidator, now, y.id, code, unit.Department),
		indicator.SetApplies(t.Context(), y.db, y.consolidator, now, y.id, code, "h-vi-thuy", true),
		indicator.SetApplies(t.Context(), y.db, y.consolidator, now, y.id, code, "stp", false),
		indicator.SetApplies(t.Context(), y.db, y.consolidator, now, y.id, code, "syt", false),
	} {
		if do != nil {
			t.Fatal(do)
		}
	}
	y.accept(t, "snv", code)
	if m := y.managed(t, code); !slices.Equal(m.Kinds, []unit.Kind{unit.Department}) || m.With != 1 || m.Without != 2 || m.Answered != 1 {
		t.Errorf("got %+v", m)
	}
	seats, err := indicator.Seats(t.Context(), y.db, y.id, code, viet.DateOf(now))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]indicator.Seat{
		"snv": {ByKind: true, Asked: true, Answered: true}, "stp": {ByKind: true}, "sct": {ByKind: true, Asked: true}, "h-vi-thuy": {Asked: true}, "h-long-my": {},
	}
	for _, s := range seats {
		w, looked := want[s.Unit]
		if looked && (s.ByKind != w.ByKind || s.Asked != w.Asked || s.Answered != w.Answered || s.Name == "" || s.Kind == "") {
			t.Errorf("%s: got %+v, want %+v", s.Unit, s, w)
		}
		delete(want, s.Unit)
	}
	if len(seats) != 28 || len(want) > 0 {
		t.Errorf("%d units; missing %v", len(seats), want)
	}
	events, err := indicator.History(t.Context(), y.db, y.id, code)
	if err != nil || len(events) != 4 {
		t.Fatalf("%d events, %v; want 4", len(events), err)
	}
	first, last := events[3], events[0]
	if first.Action != "indicator_switched_on" || first.Person != y.consolidator.Name || len(first.Was) != 0 || !slices.Equal(first.Is, []unit.Kind{unit.Department}) {
		t.Errorf("the first is %+v", first)
	}
	if last.Action != "indicator_applies_set" || last.Unit != "syt" || last.Applies {
		t.Errorf("the last is %+v", last)
	}
	if other, err := indicator.History(t.Context(), y.db, y.id, "T1.07"); err != nil || len(other) > 0 {
		t.Errorf("of another: %+v, %v", other, err)
	}
}

func TestWhoDecidesWhatIsAskedIsSaidToOthers(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	for role, want := range map[actor.Role]bool{actor.Admin: true, actor.Consolidator: true, actor.Reviewer: false, actor.Staff: false, actor.Leadership: false} {
		act := actor.Actor{Person: 9, Memberships: []actor.Membership{{Unit: y.LeadID, Role: role}}}
		if err := indicator.MayManage(act, y.LeadID); errors.Is(err, fault.Forbidden) == want || (err == nil) != want {
			t.Errorf("%s: %v", role, err)
		}
	}
}
