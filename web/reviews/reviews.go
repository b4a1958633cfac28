// Package reviews serves the receiver's side: the queue of what arrived, and the
// page on which one submission is read, remarked on, returned or accepted. One
// page for all kinds; what a kind holds it draws itself.
package reviews

import (
	"danvan/internal/review"
	"danvan/internal/submission"
	"danvan/web/show/submissions"
)

// Pages serves the queue and the review pages of one kind of submission.
type Pages struct {
	Reviews *review.Service
	Matter  Matter
}

// service decides on submissions of the pages' kind alone.
func (h Pages) service() *review.Service { return h.Reviews.Of(h.Matter.kind) }

// address is the page on which ref is read.
func (h Pages) address(ref submission.Ref) string {
	return submissions.ReviewAddress(h.Matter.kind, ref)
}

const maxBody = 1 << 18
