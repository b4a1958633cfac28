package review

import (
	"context"
	"fmt"

	"danvan/internal/database"
	"danvan/internal/submission"
)

// Round is one sending with what was said and asked about it.
type Round struct {
	submission.Head
	Notes     []submission.Note
	Questions []submission.Question
}

// Rounds returns every sending of c, newest first, with what was said about it:
// notes and questions are those of the whole submission.
func (s *Service) Rounds(ctx context.Context, c submission.Case, notes []submission.Note, questions []submission.Question) ([]Round, error) {
	heads, err := submission.Heads(ctx, s.db, c.ID)
	if err != nil {
		return nil, fmt.Errorf("sendings of %s/%d: %w", c.UnitSlug, c.Year, err)
	}
	rounds := make([]Round, 0, len(heads))
	for i := len(heads) - 1; i >= 0; i-- {
		r := Round{Head: heads[i]}
		for _, n := range notes {
			if n.VersionNo == r.No {
				r.Notes = append(r.Notes, n)
			}
		}
		for _, q := range questions {
			if q.VersionNo == r.No {
				r.Questions = append(r.Questions, q)
			}
		}
		rounds = append(rounds, r)
	}
	return rounds, nil
}

// Questions returns what was asked about c in every round. Whoever calls has
// asked [submission.See].
func (s *Service) Questions(ctx context.Context, c submission.Case) ([]submission.Question, error) {
	return submission.Questions(ctx, s.db, c.ID)
}

// Papers returns the signed papers of every sending of c. Whoever calls has asked
// [submission.See].
func (s *Service) Papers(ctx context.Context, c submission.Case) ([]submission.SignedFile, error) {
	return submission.SignedFiles(ctx, s.db, c.ID)
}

// Beside returns the versions beside which version no of c is read: the one that
// was decided on last before it, whose differences are what is left to read, and,
// where there is none, the one in force for the same period a year earlier. Either
// may be nil.
func (s *Service) Beside(ctx context.Context, c submission.Case, no int) (before, yearAgo *submission.Version, err error) {
	found, err := database.All[struct {
		ID   submission.ID
		No   int
		Rank int
	}](ctx, s.db, `
		(select v.submission_id as id, v.no, 1 as rank
		 from version v
		 join version_outcome o on o.version_id = v.id and o.outcome in ('returned', 'accepted')
		 where v.submission_id = @id and v.no < @no
		 order by v.no desc
		 limit 1)
		union all
		(select s.id, v.no, 2
		 from submission s
		 join version v on v.id = s.in_force
		 join period p on p.id = s.period_id
		 join campaign c on c.id = p.campaign_id
		 where s.unit_id = @unit and p.slug = @period and c.year = @year)
		order by rank
		limit 1`,
		database.Args{"id": c.ID, "no": no, "unit": c.Unit, "period": c.Period, "year": c.Year - 1})
	if err != nil || len(found) == 0 {
		return nil, nil, err
	}
	v, err := submission.VersionByNo(ctx, s.db, found[0].ID, found[0].No)
	if err != nil {
		return nil, nil, err
	}
	if found[0].Rank == 1 {
		return &v, nil, nil
	}
	return nil, &v, nil
}
