package progress

import "danvan/internal/viet"

// Tally counts activities by status.
type Tally struct {
	Cancelled  int
	Done       int
	DoneLate   int
	Overdue    int
	DueSoon    int
	InProgress int
	NotStarted int
	Behind     int // of those not started: their first day is past
}

// count returns the place of a status.
func (t *Tally) count(s Status) *int {
	switch s {
	case Cancelled:
		return &t.Cancelled
	case Done:
		return &t.Done
	case DoneLate:
		return &t.DoneLate
	case Overdue:
		return &t.Overdue
	case DueSoon:
		return &t.DueSoon
	case InProgress:
		return &t.InProgress
	}
	return &t.NotStarted
}

// Count counts one activity of status s that begins on start.
func (t *Tally) Count(s Status, start, today viet.Date) {
	*t.count(s)++
	if Behind(s, start, today) {
		t.Behind++
	}
}

// Of returns how many activities have a status.
func (t Tally) Of(s Status) int { return *t.count(s) }

// Finished is the number before the stroke of a matrix cell.
func (t Tally) Finished() int { return t.Done + t.DoneLate }

// Total is the number after the stroke: all that are not cancelled.
func (t Tally) Total() int {
	return t.Done + t.DoneLate + t.Overdue + t.DueSoon + t.InProgress + t.NotStarted
}

// Worst is the status that gives a cell its colour, and whether there is one. Work
// that should have begun weighs more than work that goes on, work that may still
// wait less.
func (t Tally) Worst() (Status, bool) {
	switch {
	case t.Overdue > 0:
		return Overdue, true
	case t.DueSoon > 0:
		return DueSoon, true
	case t.Behind > 0:
		return NotStarted, true
	case t.InProgress > 0:
		return InProgress, true
	case t.NotStarted > 0:
		return NotStarted, true
	case t.DoneLate > 0:
		return DoneLate, true
	case t.Done > 0:
		return Done, true
	}
	return "", false
}

// Plus returns the sum of two tallies.
func (t Tally) Plus(o Tally) Tally {
	return Tally{
		Cancelled:  t.Cancelled + o.Cancelled,
		Done:       t.Done + o.Done,
		DoneLate:   t.DoneLate + o.DoneLate,
		Overdue:    t.Overdue + o.Overdue,
		DueSoon:    t.DueSoon + o.DueSoon,
		InProgress: t.InProgress + o.InProgress,
		NotStarted: t.NotStarted + o.NotStarted,
		Behind:     t.Behind + o.Behind,
	}
}
