package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/demo/content"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
)

// story is what happened in one unit.
type story struct {
	*stage
	unit     string
	plan     content.Plan
	ref      submission.Ref
	clerk    person                        // writes the plan and hands it in
	formerly map[string]submission.Content // what its returned first version read, by code
	acts     []act                         // in order of time
	played   int

	// What its people have on the screen from one act to the next.
	revisions map[string]int           // last saved, by code of the activity or key of the part
	opened    submission.Version       // what the reviewer reads
	entries   map[int]progress.EntryID // by the number the tables give them
}

// act is one thing somebody does at a moment.
type act struct {
	at time.Time
	do step
}

type step func(ctx context.Context, now time.Time) error

// stories returns what each unit of the roster will do.
func (s *stage) stories() ([]*story, error) {
	table := readReturned()
	var all []*story
	for _, p := range s.content.Plans {
		clerk, err := s.people.withUsername(p.Unit + ".chuyenvien")
		if err != nil {
			return nil, err
		}
		one := &story{stage: s, unit: p.Unit, plan: p, ref: plan.Ref(content.Year, p.Unit), clerk: clerk,
			formerly: table[p.Unit], revisions: map[string]int{}, entries: map[int]progress.EntryID{}}
		one.write()
		slices.SortStableFunc(one.acts, func(a, b act) int { return a.at.Compare(b.at) })
		all = append(all, one)
	}
	return all, nil
}

// write puts the year of the unit together.
func (s *story) write() {
	s.departures()
	if s.plan.State == content.NotBegun {
		return
	}
	s.firstWriting()
	var before content.Round
	for _, r := range s.rounds(0) {
		if r.No > 1 {
			s.sending(before.DecidedAt, s.corrections(before.No), r, s.plan.Document)
		}
		before = r
	}
	for _, a := range s.content.Amendments {
		if a.Unit == s.unit {
			s.amendment(a)
		}
	}
	s.progressLog()
}

// on notes what happens at a moment.
func (s *story) on(at time.Time, do step) { s.acts = append(s.acts, act{at, do}) }

// spread notes steps that follow one another between two moments.
func (s *story) spread(from, to time.Time, steps []step) {
	for i, at := range moments(s.calendar, from, to, len(steps)) {
		s.on(at, steps[i])
	}
}

// playUntil lets everything happen that is before a moment.
func (s *story) playUntil(ctx context.Context, until time.Time) error {
	for ; s.played < len(s.acts) && s.acts[s.played].at.Before(until); s.played++ {
		a := s.acts[s.played]
		if err := a.do(ctx, a.at); err != nil {
			return fmt.Errorf("%s at %s: %w", s.unit, a.at.Format("2006-01-02 15:04"), err)
		}
	}
	return nil
}

// rounds are the sendings of the plan itself (0) or of an amendment, in order.
func (s *story) rounds(amendment int) []content.Round {
	var own []content.Round
	for _, r := range s.content.Rounds {
		if r.Unit == s.unit && r.Amendment == amendment {
			own = append(own, r)
		}
	}
	return own
}

// actor returns a person of the unit as of a moment.
func (s *story) actor(name string, now time.Time) (actor.Actor, error) {
	p, err := s.people.named(s.unit, name)
	return p.at(now), err
}

// departures lets people go on their first day elsewhere.
func (s *story) departures() {
	for _, p := range s.content.People {
		if p.Unit != s.unit || p.Until.IsZero() {
			continue
		}
		s.on(p.Until.Start().Add(shifts[0][0]), func(ctx context.Context, now time.Time) error {
			admin, err := s.people.withUsername("quantri")
			if err != nil {
				return err
			}
			leaving, err := s.people.named(p.Unit, p.Name)
			if err != nil {
				return err
			}
			return account.Leave(ctx, s.db, admin.at(now), leaving.ID, p.Until.AddDays(-1), s.machine, now)
		})
	}
}
