package viet_test

import (
	"slices"
	"testing"

	"danvan/internal/viet"

	"pgregory.net/rapid"
)

// tet2022 are the days off around Tết 2022, 31/01–04/02, and the first two of
// September.
func tet2022() viet.Calendar {
	return viet.NewCalendar(slices.Values([]viet.Date{
		viet.NewDate(2022, 1, 31), viet.NewDate(2022, 2, 1), viet.NewDate(2022, 2, 2), viet.NewDate(2022, 2, 3), viet.NewDate(2022, 2, 4),
		viet.NewDate(2022, 9, 1), viet.NewDate(2022, 9, 2),
	}))
}

func TestTheLastWorkingDaySkipsWeekendsAndHolidays(t *testing.T) {
	t.Parallel()
	calendar := tet2022()
	for deadline, want := range map[viet.Date]viet.Date{
		viet.NewDate(2022, 12, 5): viet.NewDate(2022, 12, 2), // Monday
		viet.NewDate(2022, 12, 7): viet.NewDate(2022, 12, 6),
		viet.NewDate(2022, 2, 7):  viet.NewDate(2022, 1, 28), // the Monday after Tết
		viet.NewDate(2022, 9, 5):  viet.NewDate(2022, 8, 31),
	} {
		if got := calendar.LastWorkingDayBefore(deadline); got != want {
			t.Errorf("last working day before %v = %v, want %v", deadline, got, want)
		}
	}
	if got := calendar.LastWorkingDayBefore(viet.Date{}); !got.IsZero() {
		t.Errorf("last working day before no date = %v", got)
	}
}

func TestWorkingDaysBetweenCutOffAndDeadlineAreCounted(t *testing.T) {
	t.Parallel()
	calendar := tet2022()
	for _, c := range []struct {
		first, last viet.Date
		want        int
	}{
		{viet.NewDate(2022, 11, 30), viet.NewDate(2022, 12, 5), 2},
		{viet.NewDate(2022, 12, 2), viet.NewDate(2022, 12, 5), 0}, // only the weekend
		{viet.NewDate(2022, 1, 28), viet.NewDate(2022, 2, 7), 0},  // only Tết
		{viet.NewDate(2022, 1, 28), viet.NewDate(2022, 2, 8), 1},
		{viet.NewDate(2022, 12, 5), viet.NewDate(2022, 12, 5), 0},
		{viet.NewDate(2022, 12, 9), viet.NewDate(2022, 12, 5), 0},
		{viet.Date{}, viet.NewDate(2022, 12, 5), 0},
		{viet.NewDate(9999, 12, 30), viet.NewDate(9999, 12, 31), 0},
	} {
		if got := calendar.WorkingDaysBetween(c.first, c.last); got != c.want {
			t.Errorf("working days between %v and %v = %d, want %d", c.first, c.last, got, c.want)
		}
	}
}

func TestADeadlineIsSpelledOut(t *testing.T) {
	t.Parallel()
	got := tet2022().DeadlineWords(viet.NewDate(2022, 12, 5))
	if want := "trước ngày 05/12/2022"; got.Before != want {
		t.Errorf("Before = %q, want %q", got.Before, want)
	}
	if want := "hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022"; got.String() != want {
		t.Errorf("String = %q, want %q", got, want)
	}
	got = tet2022().DeadlineWords(viet.NewDate(2022, 4, 1))
	if want := "hạn cuối: hết thứ Năm 31/03/2022"; got.String() != want {
		t.Errorf("a deadline after a working day = %q, want %q", got, want)
	}
	if got := tet2022().DeadlineWords(viet.Date{}); got != (viet.DeadlineWords{}) {
		t.Errorf("no deadline = %+v, want no words", got)
	}
}

func TestTheLastWorkingDayIsTheOnlyOneLeft(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		deadline := drawDate(t, "deadline")
		var holidays []viet.Date
		for range rapid.IntRange(0, 20).Draw(t, "holidays") {
			holidays = append(holidays, deadline.AddDays(-rapid.IntRange(0, 30).Draw(t, "back")))
		}
		calendar := viet.NewCalendar(slices.Values(holidays))
		last := calendar.LastWorkingDayBefore(deadline)
		if !last.Before(deadline) || !calendar.IsWorkingDay(last) || slices.Contains(holidays, last) {
			t.Fatalf("last working day before %v = %v with holidays %v", deadline, last, holidays)
		}
		if n := calendar.WorkingDaysBetween(last, deadline); n != 0 {
			t.Fatalf("%d working days remain between %v and %v", n, last, deadline)
		}
		if n := calendar.WorkingDaysBetween(last.AddDays(-1), deadline); n != 1 {
			t.Fatalf("%d working days from %v, want 1", n, last)
		}
	})
}
