package planshow

import (
	"fmt"

	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/viet"
	progressshow "danvan/web/show/progress"
)

// StandingsOf puts how activities stand into words for a day; nil stays nil.
func StandingsOf(current map[plan.ActivityID]progress.Current, today viet.Date) map[plan.ActivityID]Standing {
	if current == nil {
		return nil
	}
	out := make(map[plan.ActivityID]Standing, len(current))
	for id, c := range current {
		out[id] = StandingOf(c, today)
	}
	return out
}

// StandingOf puts how one activity stands into words for a day.
func StandingOf(c progress.Current, today viet.Date) Standing {
	s := Standing{Kind: progressshow.Kind(c.Status), Word: c.Status.Word()}
	switch days := today.DaysUntil(c.Due); {
	case c.Status == progress.Overdue:
		s.Word = fmt.Sprintf("Quá hạn %d ngày", -days)
	case c.Status == progress.DueSoon && days == 0:
		s.Word = "Hạn hôm nay"
	case c.Status == progress.DueSoon:
		s.Word = viet.UpperFirst(c.Due.Remaining(today))
	}
	if !c.Status.Finished() && !c.AsOf.IsZero() {
		amount := progress.Entry{Percent: c.Percent, Value: c.Value}.Amount(progress.Goal{Unit: c.Unit})
		s.Note = "đến " + c.AsOf.Short() + ": " + amount
	}
	return s
}
