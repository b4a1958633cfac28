package reviews

import (
	"fmt"
	"time"

	"danvan/internal/submission"
	"danvan/internal/viet"
)

// heldWords says whose days the rounds since the version in force took, the
// receiver's apart from the unit's.
func (v reading) heldWords() string {
	if v.Version.Outcome != submission.Pending {
		return ""
	}
	receiver := viet.DateOf(v.Version.SentAt).DaysUntil(viet.DateOf(v.Now))
	unit, rounds := 0, 1
	for i, r := range v.Rounds { // newest first
		if i == 0 || r.Outcome == submission.WasRecalled {
			continue
		}
		if r.Outcome == submission.WasAccepted || r.DecidedAt == nil {
			break
		}
		receiver += viet.DateOf(r.SentAt).DaysUntil(viet.DateOf(*r.DecidedAt))
		unit += viet.DateOf(*r.DecidedAt).DaysUntil(viet.DateOf(v.sentAfter(i)))
		rounds++
	}
	switch {
	case rounds == 1 && receiver == 0:
		return v.Case.UnitShort + " gửi hôm nay."
	case rounds == 1:
		return fmt.Sprintf("%s giữ %d ngày.", v.Case.Receives, receiver)
	}
	if receiver+unit == 0 {
		return fmt.Sprintf("Qua %d lần gửi trong hôm nay.", rounds)
	}
	return fmt.Sprintf("Qua %d lần gửi: %s giữ %d ngày, đơn vị sửa %d ngày.", rounds, v.Case.Receives, receiver, unit)
}

// sentAfter is when the sending after round i that was not recalled was sent.
func (v reading) sentAfter(i int) time.Time {
	for j := i - 1; j >= 0; j-- {
		if v.Rounds[j].Outcome != submission.WasRecalled {
			return v.Rounds[j].SentAt
		}
	}
	return v.Version.SentAt
}
