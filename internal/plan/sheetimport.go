package plan

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// Import is one row of a file: a change of the activity with Code, or with "" a new
// activity under Task.
type Import struct {
	Code string
	Task int
	Edit Edit
}

// ImportField names a field of a row in the mistakes of [Service.ImportActivities].
func ImportField(row int, field string) string { return strconv.Itoa(row) + "." + field }

// ImportActivities stores rows all together or, with the first mistake or conflict,
// none of them. Mistakes are [fault.Invalid] by [ImportField].
func (s *Service) ImportActivities(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, rows []Import) error {
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		bad := fault.Invalid{}
		for i, row := range rows {
			faults, err := importOne(ctx, tx, act, now, c, row)
			if err != nil {
				return "", err
			}
			for name, sentence := range faults {
				bad.Add(ImportField(i, name), sentence)
			}
		}
		return "saved", bad.OrNil()
	})
	return wrap(err, "import activities of", ref)
}

func importOne(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, row Import) (fault.Invalid, error) {
	var r Result
	var err error
	if row.Code == "" {
		_, err = add(ctx, tx, act, now, c, row.Task, row.Edit, &r)
	} else {
		err = change(ctx, tx, act, now, c, row.Code, row.Edit, &r)
	}
	if bad, invalid := errors.AsType[fault.Invalid](err); invalid {
		return bad, nil
	}
	if errors.Is(err, fault.NotFound) { // deleted since
		return nil, fault.Conflict
	}
	if err == nil && len(r.Taken) > 0 { // somebody else put another person there
		return nil, fault.Conflict
	}
	return r.Faults, err
}
