package review

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/submission"
)

// Round is one sending with what was said and asked about it.
type Round struct {
	submission.Head
	Notes     []submission.Note
	Questions []submission.Question
}

// Desk is everything there is to read of one submission on its reviewer's desk.
type Desk struct {
	Case submission.Case
	submission.Compared
	Notes     []submission.Note     // of every round, drafts too
	Questions []submission.Question // of every round
	Rounds    []Round               // newest first
	Papers    []submission.SignedFile
}

// Read is [Service.Open] with what the version is read beside and what was said
// about every sending.
func (s *Service) Read(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (Desk, error) {
	c, err := s.opened(ctx, act, now, ref)
	if err != nil {
		return Desk{}, err
	}
	d := Desk{Case: c}
	if d.Compared, err = submission.Beside(ctx, s.db, c, c.Last.No); err != nil {
		return d, fmt.Errorf("read %s/%d: %w", ref.Unit, ref.Year, err)
	}
	trail, err := submission.TrailOf(ctx, s.db, c.ID)
	if err != nil {
		return d, fmt.Errorf("read %s/%d: %w", ref.Unit, ref.Year, err)
	}
	d.Notes, d.Questions, d.Rounds = trail.Notes, trail.Questions, rounds(trail)
	if d.Papers, err = submission.SignedFiles(ctx, s.db, c.ID); err != nil {
		return d, fmt.Errorf("read %s/%d: %w", ref.Unit, ref.Year, err)
	}
	return d, nil
}

// rounds parts a trail by sending, newest first.
func rounds(t submission.Trail) []Round {
	all := make([]Round, 0, len(t.Heads))
	for _, h := range slices.Backward(t.Heads) {
		r := Round{Head: h}
		for _, n := range t.Notes {
			if n.VersionNo == r.No {
				r.Notes = append(r.Notes, n)
			}
		}
		for _, q := range t.Questions {
			if q.VersionNo == r.No {
				r.Questions = append(r.Questions, q)
			}
		}
		all = append(all, r)
	}
	return all
}
