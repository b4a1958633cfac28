package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/unit"
)

// Event is one change of a period's deadlines or of its closing.
type Event struct {
	At     time.Time
	Person string // "" for the portal itself
	Action string // deadline_set, extended, closed, reopened

	Kind    unit.Kind // deadline_set
	Unit    unit.ID   // extended
	Was, Is time.Time // the deadline, or the moment of closing, before and after
	Reason  string    // none for deadline_set
}

// History returns what happened to a period, newest first. Whether the reader may
// know of another unit's extension is for the caller to ask.
func History(ctx context.Context, db database.DB, p Period) ([]Event, error) {
	const limit = 1000 // a page shows them all; nobody moves deadlines so often
	lines, err := audit.History(ctx, db, p.subject(), limit)
	if err != nil {
		return nil, fmt.Errorf("history of period %d: %w", p.ID, err)
	}
	var events []Event
	for _, l := range lines {
		e := Event{At: l.At, Person: l.Person, Action: l.Action}
		if err := e.read(l); err != nil {
			return nil, fmt.Errorf("history of period %d: %s: %w", p.ID, l.Action, err)
		}
		events = append(events, e)
	}
	return events, nil
}

func (e *Event) read(l audit.Line) error {
	switch l.Action {
	case "deadline_set":
		var before, after kindDeadline
		if err := both(l, &before, &after); err != nil {
			return err
		}
		e.Kind, e.Was, e.Is = after.Kind, before.DueBefore, after.DueBefore
	case "extended":
		var before, after deadlineOfUnit
		if err := both(l, &before, &after); err != nil {
			return err
		}
		e.Unit, e.Was, e.Is = after.Unit, before.DueBefore, after.DueBefore
		if after.Extension != nil {
			e.Reason = after.Extension.Reason
		}
	case "closed", "reopened":
		var before, after closing
		if err := both(l, &before, &after); err != nil {
			return err
		}
		e.Reason = after.Reason
		if after.ClosedAt != nil {
			e.Is = *after.ClosedAt
		}
		if before.ClosedAt != nil {
			e.Was = *before.ClosedAt
		}
	}
	return nil
}

func both(l audit.Line, before, after any) error {
	if err := json.Unmarshal(l.Before, before); err != nil {
		return err
	}
	return json.Unmarshal(l.After, after)
}
