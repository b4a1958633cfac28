package submissions

import "danvan/internal/submission"

// FirstWaiting is the question about c that the unit has to answer first, nil for
// none.
func FirstWaiting(c submission.Case) *submission.Question {
	var first *submission.Question
	for i, q := range c.Questions {
		if q.Waits() && (first == nil || q.DueOn.Before(first.DueOn)) {
			first = &c.Questions[i]
		}
	}
	return first
}
