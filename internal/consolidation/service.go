package consolidation

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/post"
)

// Service carries out what people do with consolidations. Each method that writes is
// one transaction and asks [Decide] inside it.
type Service struct {
	db    database.DB
	files *evidence.Store
	write func(Printed) ([]byte, error)
}

// NewService returns the service on db. Files of issues lie in files; write makes the
// Word file of a printed report, of equal prints equal bytes.
func NewService(db database.DB, files *evidence.Store, write func(Printed) ([]byte, error)) *Service {
	return &Service{db: db, files: files, write: write}
}

// Case returns the case of ref, also of one that nobody has begun. What act may not
// see, and a unit nobody reports to, is [fault.NotFound].
func (s *Service) Case(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, error) {
	c, err := load(ctx, s.db, now, ref)
	if err == nil && See(act, c) == (Sight{}) {
		err = fault.NotFound
	}
	return c, wrap(err, "load", ref)
}

// seen is [Service.Case] for who may see the working copy; others get
// [fault.NotFound].
func (s *Service) seen(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, error) {
	c, err := load(ctx, s.db, now, ref)
	if err == nil && !See(act, c).Working {
		err = fault.NotFound
	}
	return c, err
}

// change runs fn on the locked case of ref in one transaction, once for each form.
func (s *Service) change(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, doing string, fn func(tx pgx.Tx, c *Case) (result string, err error)) (result string, err error) {
	result, err = once.Do(ctx, s.db, act, func(tx pgx.Tx) (string, error) {
		c, err := lock(ctx, tx, now, ref)
		if err != nil {
			return "", err
		}
		if See(act, *c) == (Sight{}) {
			return "", fault.NotFound
		}
		return fn(tx, c)
	})
	return result, wrap(err, doing, ref)
}

func wrap(err error, doing string, ref Ref) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s consolidation %s: %w", doing, ref, err)
}
