// Package fault names the failures a user can understand. Every other error
// is a bug or an outage.
package fault

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
)

var (
	// NotFound is also the answer for what one may not see.
	NotFound = errors.New("not found")
	// Forbidden is the answer for what one sees but may not do, where no
	// better explanation exists than the role; prefer [Refusal].
	Forbidden = errors.New("forbidden")
	// Conflict says that somebody else changed the thing first.
	Conflict = errors.New("changed by someone else")
)

// Invalid lists what the user must correct: field name to a Vietnamese sentence.
// The empty name is for the form as a whole.
type Invalid map[string]string

func (e Invalid) Error() string {
	return "invalid " + strings.Join(slices.Sorted(maps.Keys(e)), ", ")
}

// Add notes message for field unless something is already said about it.
func (e Invalid) Add(field, message string) {
	if _, said := e[field]; !said {
		e[field] = message
	}
}

// OrNil returns e as an error, or nil when nothing is wrong.
func (e Invalid) OrNil() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// Refusal explains a lock: why, by whom, since and until when, and the way out.
// All words are Vietnamese sentences ready to be shown.
type Refusal struct {
	Reason string
	By     string    // a person or unit, may be empty
	Since  time.Time // zero: not known
	Until  string    // what has to happen, or a date; may be empty
	Remedy string    // what the reader can do; may be empty
}

func (e Refusal) Error() string { return "refused: " + e.Reason }

// Is makes every refusal a kind of [Forbidden].
func (e Refusal) Is(target error) bool { return target == Forbidden }
