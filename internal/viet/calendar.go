package viet

import (
	"iter"
	"time"
)

// Calendar knows the working days: Monday to Friday but for public holidays and
// the days off in lieu of them. The zero Calendar knows no holidays.
type Calendar struct {
	holidays map[Date]bool
}

// NewCalendar takes the public holidays and the days off in lieu; Saturdays and
// Sundays among them do no harm.
func NewCalendar(holidays iter.Seq[Date]) Calendar {
	c := Calendar{holidays: map[Date]bool{}}
	for day := range holidays {
		c.holidays[day] = true
	}
	return c
}

// IsWorkingDay is false for no date.
func (c Calendar) IsWorkingDay(d Date) bool {
	if d.IsZero() || c.holidays[d] {
		return false
	}
	weekday := d.Weekday()
	return weekday != time.Saturday && weekday != time.Sunday
}

// LastWorkingDayBefore is the last working day on which a deadline of "trước
// ngày d" can be met. It is no date when the year before d has none.
func (c Calendar) LastWorkingDayBefore(d Date) Date {
	const year = 366
	for range year {
		d = d.AddDays(-1)
		if c.IsWorkingDay(d) {
			return d
		}
	}
	return Date{}
}

// WorkingDaysBetween counts the working days after first and before last,
// neither included: between cut-off and deadline Nghị định 09/2019/NĐ-CP wants
// at least one.
func (c Calendar) WorkingDaysBetween(first, last Date) int {
	count := 0
	if first.IsZero() {
		return count
	}
	for d := first.Next(); d.Before(last) && !d.IsZero(); d = d.Next() {
		if c.IsWorkingDay(d) {
			count++
		}
	}
	return count
}

// DeadlineWords spell out "trước ngày 05/12/2022", which people read in two ways.
type DeadlineWords struct {
	Before         string // "trước ngày 05/12/2022"
	LastDay        string // "hạn cuối: hết Chủ nhật 04/12/2022"
	LastWorkingDay string // "ngày làm việc cuối: thứ Sáu 02/12/2022"; "" when it is the last day itself
}

// DeadlineWords puts the exclusive deadline d into words; all are "" for no date.
func (c Calendar) DeadlineWords(d Date) DeadlineWords {
	if d.IsZero() {
		return DeadlineWords{}
	}
	last, working := d.AddDays(-1), c.LastWorkingDayBefore(d)
	words := DeadlineWords{
		Before:  "trước ngày " + d.String(),
		LastDay: "hạn cuối: hết " + last.weekdayDate(),
	}
	if working != last && !working.IsZero() {
		words.LastWorkingDay = "ngày làm việc cuối: " + working.weekdayDate()
	}
	return words
}

// String is all of it in one line: "hạn cuối: hết Chủ nhật 04/12/2022; ngày làm
// việc cuối: thứ Sáu 02/12/2022".
func (w DeadlineWords) String() string {
	if w.LastWorkingDay == "" {
		return w.LastDay
	}
	return w.LastDay + "; " + w.LastWorkingDay
}
