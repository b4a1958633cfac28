package agenda

import (
	"context"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/direction"
	"danvan/internal/proposal"
	"danvan/internal/review"
)

// heed gathers what units want settled and nobody has seen to, for those who keep
// the ledger, and what those who lead said, for those who have to answer it or to
// know of it.
func (a *Agenda) heed(ctx context.Context, db database.DB, act actor.Actor, now time.Time) error {
	var err error
	if review.Receives(act) {
		if a.Proposals, a.Proposed, err = proposal.ToKeep(ctx, db, act, now, a.Campaign.Year, Rows); err != nil {
			return err
		}
	}
	if direction.MaySee(act) {
		a.Directions, a.Directed, err = direction.Pressing(ctx, db, act, now, a.Campaign.Year, Rows, direction.Overdue, direction.Waiting)
	}
	return err
}
