package overview

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// ActivityOrder is a column one may sort by.
type ActivityOrder string

const (
	ByPlace  ActivityOrder = ""       // roster, then the order of the plan
	ByDue    ActivityOrder = "due"    // what fell due first, first
	ByTitle  ActivityOrder = "title"  // Vietnamese alphabetical order
	ByStatus ActivityOrder = "status" // the gravest first
)

// gravest orders the statuses, the gravest first.
var gravest = []progress.Status{progress.Overdue, progress.DueSoon, progress.NotStarted, progress.InProgress, progress.DoneLate, progress.Done, progress.Cancelled}

// ActivityFilter narrows the activities of a scope to those behind one number.
// Zero fields do not filter.
type ActivityFilter struct {
	Unit     string            // slug
	Kind     unit.Kind         // of units
	Tasks    []int             // 0 is the common part
	Statuses []progress.Status // empty: all that are not cancelled
	DueIn    viet.Date         // first day of a month
	DoneIn   viet.Date         // likewise
	Order    ActivityOrder
	Down     bool // the other way round
	Limit    int
	Offset   int
}

// Activity is one row behind a number.
type Activity struct {
	Unit    string // slug
	Name    string
	Short   string
	Task    int
	Code    string
	Title   string
	Start   viet.Date
	Due     viet.Date
	Status  progress.Status
	DoneOn  viet.Date // zero: not done
	AsOf    viet.Date // of the current entry; zero: none was written
	Percent string    // reached by then, canonical numbers, "" = none
	Value   string
	Target  string
	Measure string // unit of measure
}

// ActivityList is a page of activities.
type ActivityList struct {
	Scope
	Rows  []Activity
	Total int // of all that pass the filter
}

// Activities returns a page of the activities behind a number of the board [Of]
// the same scope: as many in total as the number says. What belongs to a unit
// that act may not see by name is [fault.NotFound].
func Activities(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, receiver string, f ActivityFilter) (ActivityList, error) {
	return (*Memory)(nil).Activities(ctx, db, act, now, year, receiver, f)
}

// Activities is [Activities], in one statement while nothing has changed since the
// last time.
func (m *Memory) Activities(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, receiver string, f ActivityFilter) (ActivityList, error) {
	s, units, err := m.scope(ctx, db, act, year, receiver)
	if err != nil {
		return ActivityList{}, fmt.Errorf("activities of %d: %w", year, err)
	}
	list := ActivityList{Scope: s}
	known := false // a unit asked for is one that act may see by name
	today := viet.DateOf(now)
	var passing []chosen
	for _, u := range units {
		if !s.Names(u.line.ID) || f.Unit != "" && u.line.Unit != f.Unit || f.Kind != "" && u.line.Kind != f.Kind {
			continue
		}
		known = true
		for i := range u.works {
			w := &u.works[i]
			if status := w.status(today); f.passes(w, status) {
				passing = append(passing, chosen{u, w, status})
			}
		}
	}
	if !known {
		return list, fmt.Errorf("activities of %d: %w", year, fault.NotFound)
	}
	list.Total = len(passing)
	f.sort(passing)
	first := min(f.Offset, len(passing))
	for _, x := range passing[first:min(first+f.Limit, len(passing))] {
		list.Rows = append(list.Rows, x.row())
	}
	return list, nil
}

// passes reports whether the filter lets an activity of a unit through.
func (f ActivityFilter) passes(w *work, status progress.Status) bool {
	switch {
	case len(f.Tasks) > 0 && !slices.Contains(f.Tasks, w.TaskNo),
		len(f.Statuses) == 0 && status == progress.Cancelled,
		len(f.Statuses) > 0 && !slices.Contains(f.Statuses, status),
		!f.DueIn.IsZero() && monthOf(w.DueOn) != f.DueIn,
		!f.DoneIn.IsZero() && (w.DoneOn.IsZero() || monthOf(w.DoneOn) != f.DoneIn):
		return false
	}
	return true
}

// chosen is an activity that passes a filter.
type chosen struct {
	unit   *standing
	work   *work
	status progress.Status
}

// sort puts in order what comes by roster and plan; these decide among equals.
func (f ActivityFilter) sort(list []chosen) {
	var compare func(a, b chosen) int
	switch f.Order {
	case ByDue:
		compare = func(a, b chosen) int { return a.work.DueOn.Compare(b.work.DueOn) }
	case ByTitle:
		compare = func(a, b chosen) int { return viet.Compare(a.work.Title, b.work.Title) }
	case ByStatus:
		compare = func(a, b chosen) int { return slices.Index(gravest, a.status) - slices.Index(gravest, b.status) }
	default:
		if !f.Down {
			return
		}
		places := map[*standing]int{}
		for i, c := range list {
			if _, seen := places[c.unit]; !seen {
				places[c.unit] = i
			}
		}
		compare = func(a, b chosen) int { return cmp.Compare(places[a.unit], places[b.unit]) }
	}
	slices.SortStableFunc(list, func(a, b chosen) int {
		if f.Down {
			a, b = b, a
		}
		return compare(a, b)
	})
}

func (c chosen) row() Activity {
	u, w := c.unit.line, c.work
	return Activity{Unit: u.Unit, Name: u.Name, Short: u.Short, Task: w.TaskNo, Code: w.Code, Title: w.Title, Start: w.StartOn, Due: w.DueOn,
		Status: c.status, DoneOn: w.DoneOn, AsOf: w.AsOf, Percent: w.Percent, Value: w.Value, Target: w.Target, Measure: w.Measure}
}
