package overview

import (
	"cmp"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// place is a cell of the matrix.
type place struct {
	unit actor.UnitID
	task int
}

// tallies is everything that is counted from the activities of a scope: by unit
// and task, and of the units shown by name, by the month due, by the month done,
// and one by one what is overdue.
type tallies struct {
	cells  map[place]*progress.Tally
	last   map[actor.UnitID]time.Time // when the last entry was written
	dueIn  map[viet.Date]int          // by first day of the month
	doneIn map[viet.Date]int
	late   []late // longest overdue first
}

// late is an activity past its last day.
type late struct {
	unit *standing
	work work
}

// tally counts the activities of units as they stand on a day.
func (s Scope) tally(units []*standing, today viet.Date) tallies {
	t := tallies{cells: map[place]*progress.Tally{}, last: map[actor.UnitID]time.Time{}, dueIn: map[viet.Date]int{}, doneIn: map[viet.Date]int{}}
	for _, u := range units {
		named := s.Names(u.line.ID)
		for _, w := range u.works {
			status := w.status(today)
			at := place{w.UnitID, w.TaskNo}
			if t.cells[at] == nil {
				t.cells[at] = &progress.Tally{}
			}
			t.cells[at].Count(status, w.StartOn, today)
			if w.LastAt != nil && w.LastAt.After(t.last[w.UnitID]) {
				t.last[w.UnitID] = *w.LastAt
			}
			if status == progress.Cancelled || !named {
				continue
			}
			t.dueIn[monthOf(w.DueOn)]++
			if !w.DoneOn.IsZero() {
				t.doneIn[monthOf(w.DoneOn)]++
			}
			if status == progress.Overdue {
				t.late = append(t.late, late{u, w})
			}
		}
	}
	slices.SortFunc(t.late, func(a, b late) int {
		return cmp.Or(a.work.DueOn.Compare(b.work.DueOn), cmp.Compare(a.work.ActivityID, b.work.ActivityID))
	})
	return t
}

func (t tallies) cell(unit actor.UnitID, task int) progress.Tally {
	if c := t.cells[place{unit, task}]; c != nil {
		return *c
	}
	return progress.Tally{}
}

// monthOf is the first day of the month of d.
func monthOf(d viet.Date) viet.Date { return viet.NewDate(d.Year(), d.Month(), 1) }
