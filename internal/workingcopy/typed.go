package workingcopy

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/fault"
)

// Typed is one form's worth of changes to a part.
type Typed struct {
	Read     int     // revision of the part the form was filled from
	Seen     string  // its [Digest]; "" = the form does not say
	Values   Content // canonical text of every readable field on the form
	Autosave bool
	Forgone  Content // typed before and given up on a conflict page
}

// Result says what was stored and what was not.
type Result struct {
	Saved
	Code   string        // what people call the thing that was saved, else the key of its part
	Faults fault.Invalid // fields that were not stored, with the reason
}

// Done is what the form's key remembers: nothing while something is to be mended.
func (r Result) Done() string {
	if len(r.Faults) > 0 {
		return ""
	}
	return r.Code
}

// SaveTyped stores the valid fields of a part and says what is wrong with the
// rest. A part that schema does not know is [fault.NotFound].
func SaveTyped(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c Copy, schema Schema, key string, t Typed) (Saved, fault.Invalid, error) {
	kind, ok := schema.Of(key)
	if !ok {
		return Saved{}, nil, fault.NotFound
	}
	known := c.Known(now)
	good, bad := kind.Split(t.Values, known)
	forgone, _ := kind.Split(t.Forgone, known)
	saved, err := SavePart(ctx, tx, act, now, c, Save{Key: key, Read: t.Read, Seen: t.Seen, Values: good, Autosave: t.Autosave, Forgone: forgone})
	return saved, bad, err
}
