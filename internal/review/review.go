// Package review is the receiver's side: the queue of what arrived, and reading,
// remarking, returning and accepting whatever kind it is. It ends where the
// units' own work begins.
package review

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Service carries out the receiver's decisions. Each method that writes is one
// transaction and asks the policy inside it.
type Service struct {
	db   database.DB
	kind submission.Kind // "" = whatever it is
}

// NewService returns the service on db, for every kind of submission.
func NewService(db database.DB) *Service { return &Service{db: db} }

// Of returns the service for one kind: a submission of another does not exist.
func (s *Service) Of(kind submission.Kind) *Service { return &Service{db: s.db, kind: kind} }

func (s *Service) serves(c submission.Case) bool { return s.kind == "" || s.kind == c.Kind }

// Case returns the case of ref for those who receive it. For everybody else it
// does not exist.
func (s *Service) Case(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (submission.Case, error) {
	c, err := submission.Load(ctx, s.db, now, ref)
	if err == nil && (!s.serves(c) || !act.Is(c.Receiver, Roles...) && !act.Is(c.Lead, Roles...)) {
		err = fault.NotFound
	}
	if err != nil {
		return c, fmt.Errorf("load %s/%d/%s: %w", ref.Unit, ref.Year, ref.Period, err)
	}
	return c, nil
}

// Open returns the case of ref and its newest version, and notes that act read it.
func (s *Service) Open(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (submission.Case, submission.Version, error) {
	c, err := s.opened(ctx, act, now, ref)
	if err != nil {
		return c, submission.Version{}, err
	}
	v, err := submission.VersionByNo(ctx, s.db, c.ID, c.Last.No)
	return c, v, err
}

// opened returns the case of ref, which has a version, and notes that act read it,
// however act came to it. The next submission, to which a decision leads on, is
// read like one chosen from the queue: it stands before its reviewer in full and
// is decided on there. Were it unread for that, the unit could take it back from
// under the reader, and the queue would call unread what was just read to its end.
func (s *Service) opened(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (submission.Case, error) {
	c, err := submission.Load(ctx, s.db, now, ref)
	if err == nil && (!s.serves(c) || !submission.See(act, c).Remarks || c.Last == nil) {
		err = fault.NotFound
	}
	if err != nil {
		return c, fmt.Errorf("open %s/%d: %w", ref.Unit, ref.Year, err)
	}
	return c, submission.MarkRead(ctx, s.db, act, now, c)
}

func (s *Service) step(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, doing string, fn func(tx pgx.Tx, c *submission.Case) error) error {
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if !s.serves(*c) {
			return "", fault.NotFound
		}
		return doing, fn(tx, c)
	})
	if err != nil {
		return fmt.Errorf("%s %s/%d: %w", doing, ref.Unit, ref.Year, err)
	}
	return nil
}

// Accept (tiếp nhận) puts version no in force.
func (s *Service) Accept(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int) error {
	return s.step(ctx, act, now, once, ref, "accept", func(tx pgx.Tx, c *submission.Case) error {
		return accept(ctx, tx, act, now, c, no)
	})
}

func accept(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, no int) error {
	switch c.Kind {
	case submission.Plan:
		return plan.Accept(ctx, tx, act, now, c, no)
	case submission.Report:
		return report.Accept(ctx, tx, act, now, c, no)
	}
	return fmt.Errorf("no way to accept a %s", c.Kind)
}

// Return (trả lại) sends version no back with a reason and the drafted remarks.
func (s *Service) Return(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int, reason string) error {
	return s.step(ctx, act, now, once, ref, "return", func(tx pgx.Tx, c *submission.Case) error {
		return submission.ReturnIt(ctx, tx, act, now, c, no, reason)
	})
}

// Reopen (mở lại để sửa) lets the unit mend what was accepted.
func (s *Service) Reopen(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
	return s.step(ctx, act, now, once, ref, "reopen", func(tx pgx.Tx, c *submission.Case) error {
		return submission.ReopenIt(ctx, tx, act, now, c, reason)
	})
}

// RefuseReopen (từ chối đề nghị) answers the unit's request.
func (s *Service) RefuseReopen(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
	return s.step(ctx, act, now, once, ref, "refuse to reopen", func(tx pgx.Tx, c *submission.Case) error {
		return submission.RefuseToReopen(ctx, tx, act, now, c, reason)
	})
}

// Withdraw (rút hiệu lực) takes the version in force out of every total.
func (s *Service) Withdraw(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
	return s.step(ctx, act, now, once, ref, "withdraw", func(tx pgx.Tx, c *submission.Case) error {
		switch c.Kind {
		case submission.Plan:
			return plan.Withdraw(ctx, tx, act, now, c, reason)
		case submission.Report:
			return report.Withdraw(ctx, tx, act, now, c, reason)
		}
		return fmt.Errorf("no way to withdraw a %s", c.Kind)
	})
}

// Remark (ghi góp ý) drafts a remark on version no.
func (s *Service) Remark(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int, partKey, field, body string) error {
	return s.step(ctx, act, now, once, ref, "remark on", func(tx pgx.Tx, c *submission.Case) error {
		return submission.AddRemark(ctx, tx, act, now, c, no, partKey, field, body)
	})
}

// DropRemark removes one's own draft.
func (s *Service) DropRemark(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, id int64) error {
	return s.step(ctx, act, now, once, ref, "drop remark on", func(tx pgx.Tx, c *submission.Case) error {
		return submission.DropRemark(ctx, tx, act, now, c, id)
	})
}

// ResolveRemark settles a remark that was sent, or opens it again.
func (s *Service) ResolveRemark(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, id int64, resolved bool) error {
	return s.step(ctx, act, now, once, ref, "resolve remark on", func(tx pgx.Tx, c *submission.Case) error {
		return submission.ResolveRemark(ctx, tx, act, now, c, id, resolved)
	})
}

// AskToExplain (yêu cầu giải trình) asks the unit about version no until a day.
func (s *Service) AskToExplain(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int, body string, due viet.Date) error {
	return s.step(ctx, act, now, once, ref, "ask about", func(tx pgx.Tx, c *submission.Case) error {
		return submission.AskToExplain(ctx, tx, act, now, c, no, body, due)
	})
}

// SettleQuestion (kết luận giải trình) ends a question.
func (s *Service) SettleQuestion(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, id int64) error {
	return s.step(ctx, act, now, once, ref, "settle question on", func(tx pgx.Tx, c *submission.Case) error {
		return submission.SettleQuestion(ctx, tx, act, now, c, id)
	})
}

// Roles are those in which one receives and decides.
var Roles = []actor.Role{actor.Reviewer, actor.Consolidator}

// Receives reports whether act has a queue at all.
func Receives(act actor.Actor) bool { return act.Has(Roles...) }
