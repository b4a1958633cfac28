package demo

import (
	"slices"
	"testing"
	"time"

	"danvan/internal/viet"
)

func at(day, hour, minute int) time.Time {
	return time.Date(2022, time.March, day, hour, minute, 0, 0, viet.Location)
}

func TestPeopleWorkInOfficeHours(t *testing.T) {
	t.Parallel()
	// From Friday noon to Monday evening: half a day, then a whole one.
	got := moments(viet.Calendar{}, at(18, 12, 0), at(21, 19, 0), 30)
	if len(got) != 30 || !slices.IsSortedFunc(got, time.Time.Compare) {
		t.Fatalf("got %v", got)
	}
	for i, m := range got {
		if i > 0 && !m.After(got[i-1]) {
			t.Errorf("two at %v", m)
		}
		midnight := viet.DateOf(m).Start()
		inside := slices.ContainsFunc(shifts, func(s [2]time.Duration) bool {
			return !m.Before(midnight.Add(s[0])) && !m.After(midnight.Add(s[1]))
		})
		if !inside || m.Weekday() == time.Saturday || m.Weekday() == time.Sunday {
			t.Errorf("%v is no office hour", m)
		}
	}
	if viet.DateOf(got[0]) != viet.NewDate(2022, time.March, 18) || viet.DateOf(got[29]) != viet.NewDate(2022, time.March, 21) {
		t.Errorf("from %v to %v, want both days", got[0], got[29])
	}
}

func TestMomentsLieStrictlyBetweenTheTwo(t *testing.T) {
	t.Parallel()
	for _, span := range [][2]time.Time{
		{at(18, 8, 0), at(18, 9, 0)},
		{at(18, 18, 0), at(18, 22, 0)}, // no office hours between
		{at(19, 0, 0), at(20, 12, 0)},  // a weekend
	} {
		got := moments(viet.Calendar{}, span[0], span[1], 5)
		for _, m := range got {
			if !m.After(span[0]) || !m.Before(span[1]) {
				t.Errorf("%v is not between %v and %v", m, span[0], span[1])
			}
		}
	}
	if got := moments(viet.Calendar{}, at(18, 8, 0), at(18, 9, 0), 0); len(got) != 0 {
		t.Errorf("got %v, want none", got)
	}
}
