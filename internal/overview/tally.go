package overview

import (
	"cmp"
	"slices"
	"time"

	"danvan/internal/progress"
	"danvan/internal/viet"
)

// counts is everything that is counted from the activities of one unit as they
// stand on a day. It is never changed.
type counts struct {
	day    viet.Date
	cells  map[int]progress.Tally // by task
	last   time.Time              // when the last entry was written; zero: never
	dueIn  map[viet.Date]int      // by first day of the month, without what was cancelled
	doneIn map[viet.Date]int
	late   []*work // longest overdue first
}

// on counts the unit's activities as they stand on a day, once for all who ask on
// that day.
func (u *standing) on(day viet.Date) *counts {
	if c := u.counted.Load(); c != nil && c.day == day {
		return c
	}
	c := &counts{day: day, cells: map[int]progress.Tally{}, dueIn: map[viet.Date]int{}, doneIn: map[viet.Date]int{}}
	for i := range u.works {
		w := &u.works[i]
		status := w.status(day)
		cell := c.cells[w.TaskNo]
		cell.Count(status, w.StartOn, day)
		c.cells[w.TaskNo] = cell
		if w.LastAt != nil && w.LastAt.After(c.last) {
			c.last = *w.LastAt
		}
		if status == progress.Cancelled {
			continue
		}
		c.dueIn[monthOf(w.DueOn)]++
		if !w.DoneOn.IsZero() {
			c.doneIn[monthOf(w.DoneOn)]++
		}
		if status == progress.Overdue {
			c.late = append(c.late, w)
		}
	}
	slices.SortFunc(c.late, longestLate)
	u.counted.Store(c)
	return c
}

func longestLate(a, b *work) int {
	return cmp.Or(a.DueOn.Compare(b.DueOn), cmp.Compare(a.ActivityID, b.ActivityID))
}

// monthOf is the first day of the month of d.
func monthOf(d viet.Date) viet.Date { return viet.NewDate(d.Year(), d.Month(), 1) }
