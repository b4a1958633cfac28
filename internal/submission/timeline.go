package submission

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/viet"
)

// Event is one step in the life of a submission, as its timeline tells it.
type Event struct {
	At      time.Time
	Person  string
	Action  string // as audited: sent, signed_off, returned …
	Version int    // the version concerned, 0 = none yet
	Reason  string
	Remarks int // sent with a return
	Late    bool
	Due     viet.Date // the last day for what was asked; zero: nothing was
}

// steps are the audited actions a timeline tells; inner ones stay inside the unit.
var (
	steps = []string{"signed_off", "submitted", "recalled", "returned", "accepted",
		"reopen_requested", "reopen_refused", "reopened", "amended", "discarded", "withdrawn", "signed_attached",
		"question_asked", "question_answered", "question_closed", "question_dropped"}
	innerSteps = []string{"sent", "taken_back", "sent_back"}
)

// Timeline returns the steps of c that act may see, newest first.
func Timeline(ctx context.Context, db database.DB, act actor.Actor, c Case) ([]Event, error) {
	if !See(act, c).Timeline {
		return nil, nil
	}
	actions := steps
	if act.Is(c.Unit, actor.Staff, actor.UnitLeader) {
		actions = slices.Concat(steps, innerSteps)
	}
	lines, err := audit.History(ctx, db, c.Subject(), 200, actions...)
	if err != nil {
		return nil, err
	}
	events := make([]Event, len(lines))
	for i, l := range lines {
		var after struct {
			Version int
			Reason  string
			Remarks int
			Late    bool
			Due     viet.Date
		}
		if err := json.Unmarshal(l.After, &after); err != nil {
			return nil, err
		}
		events[i] = Event{At: l.At, Person: l.Person, Action: l.Action,
			Version: after.Version, Reason: after.Reason, Remarks: after.Remarks, Late: after.Late, Due: after.Due}
		// What was asked and explained is between the two sides, as remarks are.
		if strings.HasPrefix(l.Action, "question_") && !See(act, c).Remarks {
			events[i].Reason = ""
		}
	}
	return events, nil
}
