package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
)

// story is what happened in one unit.
type story struct {
	*stage
	unit   string
	clerk  person // writes what the unit files and hands it in
	acts   []act  // in order of time
	played int
}

// act is one thing somebody does at a moment.
type act struct {
	at time.Time
	do step
}

type step func(ctx context.Context, now time.Time) error

// stories returns what each unit that files will do.
func (s *stage) stories() ([]*story, error) {
	formerly := readReturned()
	all := map[string]*story{}
	var order []*story
	of := func(unit string) (*story, error) {
		if all[unit] == nil {
			clerk, err := s.people.withUsername(unit + ".chuyenvien")
			if err != nil {
				return nil, err
			}
			all[unit] = &story{stage: s, unit: unit, clerk: clerk}
			all[unit].departures()
			order = append(order, all[unit])
		}
		return all[unit], nil
	}
	for _, p := range s.content.Plans {
		one, err := of(p.Unit)
		if err != nil {
			return nil, err
		}
		one.filePlan(p, formerly[p.Unit])
	}
	for _, r := range s.content.Reports {
		one, err := of(r.Unit)
		if err != nil {
			return nil, err
		}
		one.fileReport(r)
	}
	for _, one := range order {
		slices.SortStableFunc(one.acts, func(a, b act) int { return a.at.Compare(b.at) })
	}
	return order, nil
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
