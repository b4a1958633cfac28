package progress

import (
	"context"
	"errors"
	"fmt"
	"time"

	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Book is the log of one activity with what its page must know beside it.
// Whoever asks for it has asked [submission.See].
type Book struct {
	ID      plan.ActivityID
	Goal    Goal
	Entries []Entry
	Closed  *fault.Refusal // why nothing can be written to it, whoever asks
	terms   terms
}

// Book returns the log of the activity with code.
func (s *Service) Book(ctx context.Context, c submission.Case, code string) (Book, error) {
	a, err := termsOf(ctx, s.db, &c, code)
	b := Book{ID: a.ID, Goal: a.Goal, terms: a}
	var refusal fault.Refusal
	switch {
	case errors.As(err, &refusal):
		b.Closed = &refusal
	case err != nil:
		return b, fmt.Errorf("log of activity %s of %s: %w", code, c.UnitSlug, err)
	case a.Stopped != "":
		b.Closed = &fault.Refusal{Reason: "Hoạt động này đã dừng thực hiện: " + a.Stopped}
	}
	b.Entries, err = Entries(ctx, s.db, a.ID)
	return b, err
}

// Mistakes says what keeps d out of the log today, as [Service.Log] would.
func (b Book) Mistakes(d Draft, today viet.Date) error {
	return check(d, b.terms, b.Entries, today)
}

// Standings returns how each activity of the plan in force stands at now; none
// while no plan is in force.
func (s *Service) Standings(ctx context.Context, now time.Time, c submission.Case) (map[plan.ActivityID]Current, error) {
	if c.InForce == nil {
		return nil, nil
	}
	list, err := Of(ctx, s.db, c.Campaign, c.Unit, viet.DateOf(now))
	if err != nil {
		return nil, err
	}
	standings := make(map[plan.ActivityID]Current, len(list))
	for _, x := range list {
		standings[x.ActivityID] = x
	}
	return standings, nil
}

// File returns a file of one entry, [fault.NotFound] when the entry has none such.
func (b Book) File(id EntryID, sha evidence.SHA) (evidence.File, error) {
	e, _ := byID(b.Entries, id) // none has no files
	for _, f := range e.Files {
		if f.SHA == sha {
			return f, nil
		}
	}
	return evidence.File{}, fault.NotFound
}
