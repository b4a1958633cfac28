// Package workingcopy keeps what people are still writing: parts of fields, each
// with a revision, saved by several people without losing a word of anybody. It
// knows neither what is written nor who may write.
package workingcopy

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
)

// ID identifies a working copy, and whatever has it: no two things share one.
type ID int64

// Copy is a working copy that its owner has locked for the length of a
// transaction, in which writing is already allowed.
type Copy interface {
	CopyID() ID
	// Known is what fields are judged by at a moment, as far as it follows from the owner.
	Known(now time.Time) Known
	// Touch counts a change of the content and notes its author.
	Touch(ctx context.Context, tx pgx.Tx, act actor.Actor) error
	// Record adds an entry to the chain of the owner.
	Record(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, e audit.Entry) error
}
