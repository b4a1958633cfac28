package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
)

// Change runs fn on the locked case of ref in one transaction, once for each
// form. What act may not even see is [fault.NotFound]. The result of fn is
// remembered as [post.Once.Do] says.
func Change(ctx context.Context, db database.DB, act actor.Actor, now time.Time, once post.Once, ref Ref, fn func(tx pgx.Tx, c *Case) (result string, err error)) (result string, err error) {
	return once.Do(ctx, db, act, func(tx pgx.Tx) (string, error) {
		c, err := Lock(ctx, tx, now, ref)
		if err != nil {
			return "", err
		}
		if !See(act, *c).State {
			return "", fault.NotFound
		}
		return fn(tx, c)
	})
}
