package plan

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// DeleteActivity removes an activity that no version holds yet. read is the
// revision of its part.
func (s *Service) DeleteActivity(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code string, read int) error {
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		type row struct {
			ID   ActivityID
			Sent bool
		}
		a, err := database.One[row](ctx, tx, `select id, sent from activity where submission_id = @id and code = @code`,
			database.Args{"id": c.ID, "code": code})
		if err != nil {
			return "", err
		}
		if a.Sent {
			return "", fault.Refusal{Reason: "Hoạt động đã có trong lần gửi trước nên không xóa được.",
				Remedy: "Chọn “Dừng thực hiện” và nêu lý do; hoạt động vẫn được lưu trong kế hoạch."}
		}
		return code, submission.DeletePart(ctx, tx, act, now, c, ActivityKey(a.ID), read)
	})
	return wrap(err, "delete activity "+code+" of", ref)
}

// StopActivity (dừng thực hiện) ends an activity that was already sent; it takes
// effect when the version holding it is accepted. An empty reason lets it go on.
func (s *Service) StopActivity(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code string, read int, reason string, resume bool) error {
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		if resume {
			reason = ""
		} else {
			clean, problem := submission.Reason(reason)
			if problem != "" {
				return "", fault.Invalid{"reason": problem}
			}
			reason = clean
		}
		id, err := activityByCode(ctx, tx, c.ID, code)
		if err != nil {
			return "", err
		}
		_, err = submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: ActivityKey(id), Read: read,
			Values: submission.Content{"stopped": reason}})
		return code, err
	})
	return wrap(err, "stop activity "+code+" of", ref)
}

// MoveActivity puts an activity one place up or down among those of its task.
func (s *Service) MoveActivity(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code string, up bool) error {
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		content, err := working(ctx, tx, now, *c)
		if err != nil {
			return "", err
		}
		a, ok := content.Activity(code)
		if !ok {
			return "", fault.NotFound
		}
		return code, move(ctx, tx, act, now, c, content, a, up)
	})
	return wrap(err, "move activity "+code+" of", ref)
}

// move numbers the section afresh with a and its neighbour exchanged.
func move(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, content Content, a Activity, up bool) error {
	for _, s := range content.Sections {
		if s.Task != a.Task {
			continue
		}
		order := s.Activities
		for i := range order {
			other := i + 1
			if up {
				other = i - 1
			}
			if order[i].ID == a.ID && other >= 0 && other < len(order) {
				order[i], order[other] = order[other], order[i]
				break
			}
		}
		for i, x := range order {
			if x.Position == i+1 {
				continue
			}
			if _, err := submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: ActivityKey(x.ID), Read: x.Revision,
				Values: submission.Content{"position": strconv.Itoa(i + 1)}}); err != nil {
				return err
			}
		}
	}
	return nil
}
