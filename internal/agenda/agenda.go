// Package agenda gathers what one person has to do and by when, from everything
// the portal holds, and how his or her units stand in the year. It changes nothing.
package agenda

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/proposal"
	"danvan/internal/review"
	"danvan/internal/viet"
)

// Horizon is how many days, today the first, count as coming up.
const Horizon = 14

// Rows is how many rows are listed of what has a page of its own.
const Rows = 5

// Agenda is what one person has to do at one moment. Every thing stands in one
// section only, whatever roles make it that person's business.
type Agenda struct {
	Campaign campaign.Campaign // Year 0: there is none yet
	Now      time.Time
	Today    viet.Date
	Calendar viet.Calendar
	Units    []Unit // in which the person holds a role, in the order held

	Kept        []post.Parked         // posts that could not be carried out
	Returned    []File                // to be mended
	Explain     []File                // sent, and asked about by the receiver
	SignOff     []File                // awaiting this leader's signature
	Sums        []Sum                 // consolidated reports to begin, write, sign off or issue
	Write       []File                // to be written: overdue, or not due within the horizon
	Overdue     []Work                // the person's own first
	Ownerless   []Work                // nobody of the unit is in charge, for its leader
	Days        []Day                 // the coming days …
	Due         []Due                 // … and what falls due in them, in that order
	Queue       []review.Waiting      // to be decided on: the first rows
	Queued      int                   // all of them
	QueuedSince time.Time             // when the oldest of all was sent
	Reopen      []review.Waiting      // wishes to mend what was accepted
	Outstanding []Outstanding         // not sent to the person's receiving unit, by period
	Waiting     []File                // what others have to answer
	Proposals   []proposal.Proposal   // overdue or with nobody to settle them, for who keeps the ledger: the first rows
	Proposed    int                   // all of them
	Directions  []direction.Direction // not answered yet, on the person's units or those reporting to them: the first rows
	Directed    int                   // all of them
	Partnered   []Card                // activities of other units that name one's own: the first rows
	Named       int                   // all of them
	Years       []Year                // for each unit one works for
	Admin       *Admin                // for administrators
}

// Unit is a unit in which the person holds a role today.
type Unit struct {
	ID    actor.UnitID
	Slug  string
	Name  string
	Short string
}

// Due is what falls due on a day: a piece of work, or something to be filed.
type Due struct {
	On   viet.Date // the last day on which it is in time
	Work *Work
	File *File
}

// Day is one of the coming days.
type Day struct {
	Date  viet.Date
	Off   bool   // no working day
	Count int    // of what falls due
	Files []File // that can be filed for the last time without being late
}

// Empty reports whether nothing waits for the person.
func (a Agenda) Empty() bool {
	return len(a.Kept)+len(a.Returned)+len(a.Explain)+len(a.SignOff)+len(a.Sums)+len(a.Write)+len(a.Overdue)+len(a.Ownerless)+
		len(a.Due)+a.Queued+len(a.Reopen)+len(a.Outstanding)+len(a.Waiting)+a.Proposed+a.Directed+a.Named == 0 &&
		(a.Admin == nil || len(a.Admin.Leaderless)+len(a.Admin.Staffless) == 0)
}

// OnlyLeads reports whether act does nothing but follow the whole province, so
// that the province is the first thing to see.
func OnlyLeads(act actor.Actor) bool {
	return act.Has(actor.Leadership) &&
		!slices.ContainsFunc(act.Memberships, func(m actor.Membership) bool { return m.Role != actor.Leadership })
}

// For returns the agenda of act in the campaign of the day.
func For(ctx context.Context, db database.DB, act actor.Actor, now time.Time) (Agenda, error) {
	a, err := gather(ctx, db, act, now)
	if err != nil {
		return Agenda{}, fmt.Errorf("agenda of person %d: %w", act.Person, err)
	}
	return a, nil
}

func gather(ctx context.Context, db database.DB, act actor.Actor, now time.Time) (Agenda, error) {
	a := Agenda{Now: now, Today: viet.DateOf(now)}
	var err error
	if a.Kept, err = post.List(ctx, db, act); err != nil {
		return a, err
	}
	if a.Campaign, err = campaign.Current(ctx, db, now); err != nil {
		if errors.Is(err, fault.NotFound) {
			return a, nil
		}
		return a, err
	}
	ground, err := groundOf(ctx, db, act, a)
	if err != nil {
		return a, err
	}
	a.Units, a.Calendar, a.Sums = ground.Units, ground.calendar(), ground.Sums
	files, err := filesFor(ctx, db, act, now, a.Campaign.ID)
	if err != nil {
		return a, err
	}
	works, err := worksOf(ctx, db, act, now, a.Campaign.ID)
	if err != nil {
		return a, err
	}
	a.placeFiles(act, files)
	a.placeWorks(act, works)
	a.layOutDays()
	a.Years = yearsOf(act, a, ground, files, works)
	if review.Receives(act) {
		if err := a.receive(ctx, db, act, now); err != nil {
			return a, err
		}
	}
	if err := a.heed(ctx, db, act, now); err != nil {
		return a, err
	}
	if MaySeePartnered(act) {
		if err := a.partner(ctx, db, act, now); err != nil {
			return a, err
		}
	}
	if act.Has(actor.Admin) {
		a.Admin, err = adminOf(ctx, db, now, a.Campaign.ID)
	}
	return a, err
}

// everything is more than one unit files in a year, times the units of a province.
const everything = 1000

// receive parts the queue into what was sent and what asks to be opened again.
func (a *Agenda) receive(ctx context.Context, db database.DB, act actor.Actor, now time.Time) error {
	waiting, err := review.NewService(db).Queue(ctx, act, now, review.Filter{}, everything, 0)
	if err != nil {
		return err
	}
	for _, w := range waiting {
		if w.Reopen != "" {
			a.Reopen = append(a.Reopen, w)
			continue
		}
		a.Queue = append(a.Queue, w)
		if a.QueuedSince.IsZero() || w.SentAt.Before(a.QueuedSince) { // own units stand before older ones
			a.QueuedSince = w.SentAt
		}
	}
	a.Queued = len(a.Queue)
	a.Queue = a.Queue[:min(len(a.Queue), Rows)]
	return nil
}

func (a *Agenda) partner(ctx context.Context, db database.DB, act actor.Actor, now time.Time) error {
	cards, err := cardsFor(ctx, db, act, now, a.Campaign.ID, byDay)
	if err != nil {
		return err
	}
	a.Partnered = cards
	if len(cards) > 0 {
		a.Named = cards[0].Total
	}
	return nil
}

// layOutDays puts what falls due in order and counts it by day.
func (a *Agenda) layOutDays() {
	slices.SortStableFunc(a.Due, func(x, y Due) int { return x.On.Compare(y.On) })
	for i := range Horizon {
		day := Day{Date: a.Today.AddDays(i)}
		day.Off = !a.Calendar.IsWorkingDay(day.Date)
		for _, d := range a.Due {
			if d.On != day.Date {
				continue
			}
			day.Count++
			if d.File != nil {
				day.Files = append(day.Files, *d.File)
			}
		}
		a.Days = append(a.Days, day)
	}
}

// comesUp reports whether a day lies within the horizon.
func (a Agenda) comesUp(day viet.Date) bool {
	return day.Within(a.Today, a.Today.AddDays(Horizon-1))
}

// ids are units as an argument of a query, never nil.
func ids(units []actor.UnitID) []int64 {
	out := make([]int64, 0, len(units))
	for _, u := range units {
		out = append(out, int64(u))
	}
	return out
}

// own are the units for which act works.
func own(act actor.Actor) []actor.UnitID { return act.Units(actor.Staff, actor.UnitLeader) }
