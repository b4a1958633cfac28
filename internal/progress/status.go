// Package progress is the log of what was done for each activity, and what
// follows from it: the status of an activity, at once in Go and in SQL. It ends
// where units are compared.
package progress

import "danvan/internal/viet"

// Status says how an activity stands on a day.
type Status string

const (
	Cancelled  Status = "cancelled"
	Done       Status = "done"
	DoneLate   Status = "done_late"
	Overdue    Status = "overdue"
	DueSoon    Status = "due_soon"
	InProgress Status = "in_progress"
	NotStarted Status = "not_started"
)

// Statuses lists every status in the order in which they are asked for: the
// first that fits is the activity's.
var Statuses = []Status{Cancelled, Done, DoneLate, Overdue, DueSoon, InProgress, NotStarted}

var words = map[Status]string{
	Cancelled:  "Đã dừng",
	Done:       "Hoàn thành",
	DoneLate:   "Hoàn thành quá hạn",
	Overdue:    "Quá hạn",
	DueSoon:    "Sắp đến hạn",
	InProgress: "Đang thực hiện",
	NotStarted: "Chưa thực hiện",
}

// Word is the status as users read it, everywhere.
func (s Status) Word() string { return words[s] }

// Finished says that the work is done, in time or not.
func (s Status) Finished() bool { return s == Done || s == DoneLate }

// soonDays is how many days before its last day an activity is due soon.
const soonDays = 15

// Work is what the status of an activity depends on.
type Work struct {
	Start, Due viet.Date
	Stopped    bool      // Dừng thực hiện, in the version in force
	DoneOn     viet.Date // first day on which it was done; zero: it is not
	Begun      bool      // something was achieved
}

// StatusOf returns the status on a day. The last day of an activity is not late.
func StatusOf(w Work, today viet.Date) Status {
	switch {
	case w.Stopped:
		return Cancelled
	case !w.DoneOn.IsZero() && !w.DoneOn.After(w.Due):
		return Done
	case !w.DoneOn.IsZero():
		return DoneLate
	case today.After(w.Due):
		return Overdue
	case today.DaysUntil(w.Due) <= soonDays:
		return DueSoon
	case w.Begun:
		return InProgress
	}
	return NotStarted
}

// StatusSQL is [StatusOf] in a query that joins activity_fact f and [Standing];
// it wants @today.
const StatusSQL = `case
	when f.stopped_reason <> '' then 'cancelled'
	when st.done_on <= f.due_on then 'done'
	when st.done_on is not null then 'done_late'
	when f.due_on < @today::date then 'overdue'
	when f.due_on - @today::date <= 15 then 'due_soon'
	when st.begun then 'in_progress'
	else 'not_started'
end`

// Behind says that an activity should have begun before a day and has not.
func Behind(s Status, start, today viet.Date) bool { return s == NotStarted && start.Before(today) }
