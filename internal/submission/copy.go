package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/viet"
	"danvan/internal/workingcopy"
)

// The working copy of a submission is one of package workingcopy, under the
// submission's own id. These are its names where submissions are spoken of.
type (
	Content   = workingcopy.Content
	Shape     = workingcopy.Shape
	Field     = workingcopy.Field
	PartKind  = workingcopy.PartKind
	Schema    = workingcopy.Schema
	Known     = workingcopy.Known
	Part      = workingcopy.Part
	Save      = workingcopy.Save
	Saved     = workingcopy.Saved
	Several   = workingcopy.Several
	Conflict  = workingcopy.Conflict
	Merge     = workingcopy.Merge
	Former    = workingcopy.Former
	Typed     = workingcopy.Typed
	Result    = workingcopy.Result
	Reference = workingcopy.Reference
)

const (
	Text   = workingcopy.Text
	Prose  = workingcopy.Prose
	Day    = workingcopy.Day
	Number = workingcopy.Number
	Tick   = workingcopy.Tick
	Choice = workingcopy.Choice
	Units  = workingcopy.Units
	Time   = workingcopy.Time
)

// ReferenceKey is the part that holds the document reference, in every kind.
const ReferenceKey = workingcopy.ReferenceKey

// ReferenceKind describes that part.
var ReferenceKind = workingcopy.ReferenceKind

// ReferenceFrom is [workingcopy.ReferenceFrom].
func ReferenceFrom(c Content) Reference { return workingcopy.ReferenceFrom(c) }

// Digest is [workingcopy.Digest].
func Digest(c Content) string { return workingcopy.Digest(c) }

// FormatTime is [workingcopy.FormatTime].
func FormatTime(s viet.Span) string { return workingcopy.FormatTime(s) }

// ParseTime is [workingcopy.ParseTime].
func ParseTime(text string) (viet.Span, error) { return workingcopy.ParseTime(text) }

// Parts is [workingcopy.Parts].
func Parts(ctx context.Context, db database.DB, id ID) ([]Part, error) {
	return workingcopy.Parts(ctx, db, workingcopy.ID(id))
}

// PartByKey is [workingcopy.PartByKey].
func PartByKey(ctx context.Context, db database.DB, id ID, key string) (Part, error) {
	return workingcopy.PartByKey(ctx, db, workingcopy.ID(id), key)
}

// PartsByKeys is [workingcopy.PartsByKeys].
func PartsByKeys(ctx context.Context, db database.DB, id ID, keys []string) (map[string]Part, error) {
	return workingcopy.PartsByKeys(ctx, db, workingcopy.ID(id), keys)
}

// PartHistory is [workingcopy.PartHistory].
func PartHistory(ctx context.Context, db database.DB, id ID, prefix string) ([]Former, error) {
	return workingcopy.PartHistory(ctx, db, workingcopy.ID(id), prefix)
}

// SavePart is [workingcopy.SavePart]. c must be locked and [Edit] already allowed.
func SavePart(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, s Save) (Saved, error) {
	return workingcopy.SavePart(ctx, tx, act, now, c, s)
}

// SaveParts is [workingcopy.SaveParts]. c must be locked and [Edit] already allowed.
func SaveParts(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, saves []Save) (Several, error) {
	return workingcopy.SaveParts(ctx, tx, act, now, c, saves)
}

// DeletePart is [workingcopy.DeletePart]. c must be locked and [Edit] already allowed.
func DeletePart(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, key string, read int) error {
	return workingcopy.DeletePart(ctx, tx, act, now, c, key, read)
}

// NextNumber is [workingcopy.NextNumber]. c must be locked.
func NextNumber(ctx context.Context, tx pgx.Tx, c *Case, prefix string) (int, error) {
	return workingcopy.NextNumber(ctx, tx, c, prefix)
}
