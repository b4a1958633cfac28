package overview

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// PlanState is where a unit's plan stands, as lists tell it: a state of the
// workflow, or NotBegun for a draft in which nothing was typed yet.
type PlanState string

const (
	NotBegun PlanState = "none"
	Draft              = PlanState(submission.Draft)
	Awaiting           = PlanState(submission.AwaitingSignoff)
	Sent               = PlanState(submission.Submitted)
	Returned           = PlanState(submission.Returned)
	Accepted           = PlanState(submission.Accepted)
)

// PlanStates lists every state, those farthest from acceptance first.
var PlanStates = []PlanState{NotBegun, Draft, Awaiting, Returned, Sent, Accepted}

// Word is the state as users read it.
func (s PlanState) Word() string {
	if s == NotBegun {
		return submission.NotBegunWord
	}
	return submission.State(s).Word()
}

// PlanGroup is the plans that one of the measures of the plan period counts.
type PlanGroup string

const (
	Expected       PlanGroup = "expected"         // of units on the roster on the last day in time
	Received       PlanGroup = "received"         // of those: sent, and not recalled
	ReceivedOnTime PlanGroup = "received_on_time" // of those: the first sending in time
	InForce        PlanGroup = "in_force"         // of those expected: a version is in force
	InForceOnTime  PlanGroup = "in_force_on_time" // of those: received on time
	NotReceived    PlanGroup = "not_received"     // of those expected: never sent, or recalled
)

// PlanGroups lists every group.
var PlanGroups = []PlanGroup{Expected, Received, ReceivedOnTime, InForce, InForceOnTime, NotReceived}

// PlanOrder is a column one may sort by.
type PlanOrder string

const (
	ByRoster   PlanOrder = ""
	ByUnit     PlanOrder = "unit" // Vietnamese alphabetical order
	ByState    PlanOrder = "state"
	BySent     PlanOrder = "sent"
	ByLateness PlanOrder = "lateness"
	ByDone     PlanOrder = "done" // share of what is done; without one: last
)

// PlanFilter narrows the list of plans. Zero fields do not filter.
type PlanFilter struct {
	Search   string // words of the name, or a code; as in [unit.Filter]
	Receiver string // slug of the unit they report to
	State    PlanState
	Group    PlanGroup
	Kind     unit.Kind
	Late     bool      // sent late, or not sent though the deadline has passed
	Behind   bool      // plans: with activities past their last day
	SentFrom viet.Date // the first sending that day or later …
	SentTo   viet.Date // … and that day or earlier
	Order    PlanOrder
	Down     bool // the other way round
	Limit    int
	Offset   int
}

// PlanRow is one plan of the list.
type PlanRow struct {
	Unit      string // slug
	Name      string
	Kind      unit.Kind
	State     PlanState
	Amending  bool       // a working copy is open beside the version in force
	FirstSent *time.Time // the first sending that was not recalled
	DueBefore *time.Time // exclusive; that of the first sending, else the one in force now
	Counted   bool       // a version is in force and the reader may see its progress
	Done      int        // activities of the numbered tasks that are done
	Total     int        // all of those but the stopped
	Receiver  string     // slug of the unit it reports to
	Overdue   int        // activities past their last day, those of the common part too
}

// DaysLate is how many days after the last day in time the plan was first sent,
// or how many have passed without it; 0 or less: it is not late.
func (r PlanRow) DaysLate(today viet.Date) int {
	if r.DueBefore == nil {
		return 0
	}
	if r.FirstSent != nil {
		today = viet.DateOf(*r.FirstSent)
	}
	return viet.LastDayBefore(*r.DueBefore).DaysUntil(today)
}

// PlanCounts count all plans of a year that one may see, whatever the filter.
type PlanCounts struct {
	All      int
	Amending int
	States   map[PlanState]int
	Groups   map[PlanGroup]int
	Kinds    map[unit.Kind]int
}

// PlanList is a page of the plans of a year.
type PlanList struct {
	Year    int       // 0: there is no campaign in that year
	OpensOn viet.Date // of the plan period; no date: there is no such period
	Counts  PlanCounts
	Rows    []PlanRow
	Total   int // of all rows that pass the filter
}

// MaySeePlans reports whether there are plans for act to list: people of units,
// those who decide, leadership, and administrators, who see states alone.
func MaySeePlans(act actor.Actor) bool {
	return act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership, actor.Admin)
}

// Plans returns a page of the plans of a year that act may see.
func Plans(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f PlanFilter) (PlanList, error) {
	return (*Memory)(nil).Plans(ctx, db, act, now, year, f)
}

// Plans is [Plans], in one statement while nothing has changed since the last time.
func (m *Memory) Plans(ctx context.Context, db database.DB, act actor.Actor, now time.Time, year int, f PlanFilter) (PlanList, error) {
	counted := map[actor.UnitID]bool{}
	o, units, err := m.read(ctx, db, year, func(o *outline) ([]actor.UnitID, error) { return o.plansSeenBy(act, counted), nil })
	if errors.Is(err, fault.NotFound) {
		return PlanList{}, nil
	}
	if err != nil {
		return PlanList{}, fmt.Errorf("plans of %d: %w", year, err)
	}
	list := PlanList{Year: o.Year, OpensOn: o.OpensOn, Counts: newPlanCounts()}
	var rows []planRow
	for _, u := range units {
		if u.line.StateAt == nil {
			continue // none was made for it yet
		}
		r := planRow{line: u.line, works: u.works, PlanRow: u.line.planRow(now)}
		r.Counted = u.line.InForce && counted[u.line.ID]
		if r.Counted {
			r.Overdue = len(u.on(viet.DateOf(now)).late)
		}
		list.Counts.count(r)
		if f.passes(r, now) {
			rows = append(rows, r)
		}
	}
	list.Total = len(rows)
	if f.Order == ByDone {
		for i := range rows {
			rows[i].tally()
		}
	}
	f.sort(rows, now)
	first := min(f.Offset, len(rows))
	for _, r := range rows[first:min(first+f.Limit, len(rows))] {
		r.tally()
		list.Rows = append(list.Rows, r.PlanRow)
	}
	return list, nil
}

// plansSeenBy returns the units of whose plans act may see the state, and says of
// which the progress too.
func (o *outline) plansSeenBy(act actor.Actor, progress map[actor.UnitID]bool) []actor.UnitID {
	var seen []actor.UnitID
	for _, x := range o.Scopes {
		above := oversees(act, x.ID) || oversees(act, o.Lead)
		for _, id := range x.Reporters {
			switch {
			case above, act.Has(actor.Leadership), act.Is(id, actor.Staff, actor.UnitLeader):
				progress[id] = true
			case !act.Has(actor.Admin):
				continue
			}
			seen = append(seen, id)
		}
	}
	return seen
}

func newPlanCounts() PlanCounts {
	c := PlanCounts{States: map[PlanState]int{}, Groups: map[PlanGroup]int{}, Kinds: map[unit.Kind]int{}}
	for _, s := range PlanStates {
		c.States[s] = 0
	}
	for _, g := range PlanGroups {
		c.Groups[g] = 0
	}
	for _, k := range unit.Kinds {
		c.Kinds[k] = 0
	}
	return c
}

func (c *PlanCounts) count(r planRow) {
	c.All++
	if r.Amending {
		c.Amending++
	}
	c.States[r.State]++
	c.Kinds[r.Kind]++
	for _, g := range PlanGroups {
		if r.line.in(g, r.DueBefore) {
			c.Groups[g]++
		}
	}
}

// planRow is a row with what it is chosen and put in order by.
type planRow struct {
	line  unitLine
	works []work
	PlanRow
}

func (u unitLine) planRow(now time.Time) PlanRow {
	return PlanRow{Unit: u.Unit, Name: u.Name, Kind: u.Kind, State: u.PlanState, Amending: u.Amending, FirstSent: u.FirstSent, DueBefore: u.dueBefore(now), Receiver: u.Receiver}
}

// tally counts what is done of the numbered tasks, of plans in force.
func (r *planRow) tally() {
	if !r.Counted {
		return
	}
	r.Done, r.Total = 0, 0
	for _, w := range r.works {
		if w.TaskNo == 0 || w.Stopped {
			continue
		}
		r.Total++
		if !w.DoneOn.IsZero() {
			r.Done++
		}
	}
}

// sentOr is when the plan was first sent, else now.
func (r PlanRow) sentOr(now time.Time) time.Time {
	if r.FirstSent != nil {
		return *r.FirstSent
	}
	return now
}

func (f PlanFilter) passes(r planRow, now time.Time) bool {
	switch {
	case f.Receiver != "" && r.line.Receiver != f.Receiver,
		f.State != "" && r.State != f.State,
		f.Group != "" && !r.line.in(f.Group, r.DueBefore),
		f.Kind != "" && r.Kind != f.Kind,
		f.Behind && r.Overdue == 0,
		!f.sent(r.FirstSent),
		f.Late && (r.DueBefore == nil || r.sentOr(now).Before(*r.DueBefore)):
		return false
	}
	return f.finds(r.line)
}

// sent reports whether a first sending falls into the days asked for.
func (f PlanFilter) sent(at *time.Time) bool {
	if f.SentFrom.IsZero() && f.SentTo.IsZero() {
		return true
	}
	return at != nil && !viet.DateOf(*at).Before(f.SentFrom) && (f.SentTo.IsZero() || !viet.DateOf(*at).After(f.SentTo))
}

// finds reports whether a unit is what was searched for, as [unit.Matches] does.
func (f PlanFilter) finds(u unitLine) bool {
	words := strings.Fields(viet.CleanLine(f.Search))
	return viet.Fold(u.Code) == viet.Fold(strings.Join(words, " ")) ||
		!slices.ContainsFunc(words, func(w string) bool { return !viet.Contains(u.Name, w) })
}

// sort orders by the column asked for, what is equal there by roster. Rows without
// a value come last either way.
func (f PlanFilter) sort(rows []planRow, now time.Time) {
	way := 1
	if f.Down {
		way = -1
	}
	slices.SortFunc(rows, func(a, b planRow) int {
		var c int
		switch f.Order {
		case ByUnit:
			c = way * viet.Compare(a.Name, b.Name)
		case ByState:
			c = way * (slices.Index(PlanStates, a.State) - slices.Index(PlanStates, b.State))
		case BySent:
			c = lastWithout(a.FirstSent != nil, b.FirstSent != nil, func() int { return way * a.FirstSent.Compare(*b.FirstSent) })
		case ByLateness:
			c = lastWithout(a.DueBefore != nil, b.DueBefore != nil, func() int {
				return way * cmp.Compare(a.sentOr(now).Sub(*a.DueBefore), b.sentOr(now).Sub(*b.DueBefore))
			})
		case ByDone:
			c = lastWithout(a.Total > 0, b.Total > 0, func() int { return way * cmp.Compare(a.Done*b.Total, b.Done*a.Total) })
		default:
			c = way * cmp.Compare(a.line.Position, b.line.Position)
		}
		return cmp.Or(c, cmp.Compare(a.line.Position, b.line.Position), cmp.Compare(a.line.ID, b.line.ID))
	})
}

func lastWithout(a, b bool, compare func() int) int {
	switch {
	case a && b:
		return compare()
	case a:
		return -1
	case b:
		return 1
	}
	return 0
}
