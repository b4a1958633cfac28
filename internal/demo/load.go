package demo

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"danvan/internal/account"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/demo/content"
	"danvan/internal/evidence"
	"danvan/internal/installation"
	"danvan/internal/notify"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/report"
	"danvan/internal/review"
	"danvan/internal/viet"
)

// ErrNotEmpty refuses to load into a database that holds something already.
var ErrNotEmpty = errors.New("the database is not empty")

// hands is how many units act at the same time: more than a small machine has
// processors, as half of the time is spent waiting for the database.
const hands = 4

// Load fills an empty, migrated database with the demonstration and marks it as
// one at the end. db is signed in as the application's role; machine is the
// machine's time. What is there already is refused: [installation.ErrIsReal] or
// [ErrNotEmpty]. One broken off is not marked; [Prepare] starts over.
func Load(ctx context.Context, db *pgxpool.Pool, files *evidence.Store, machine time.Time) error {
	if err := refuseFilled(ctx, db); err != nil {
		return fmt.Errorf("load demonstration: %w", err)
	}
	work, err := hurried(ctx, db)
	if err != nil {
		return fmt.Errorf("load demonstration: %w", err)
	}
	defer work.Close()
	if err := play(ctx, work, files, machine); err != nil {
		return fmt.Errorf("load demonstration: %w", err)
	}
	return installation.MarkDemo(ctx, db, Start, machine)
}

func refuseFilled(ctx context.Context, db database.DB) error {
	mode, err := installation.ModeOf(ctx, db)
	if err != nil {
		return err
	}
	if mode == installation.Real {
		return installation.ErrIsReal
	}
	filled, err := database.Value[bool](ctx, db, `select exists (select from unit)`, nil)
	if err == nil && (filled || mode != installation.Empty) {
		err = ErrNotEmpty
	}
	return err
}

// hurried opens connections that do not wait for the disk at each commit. A
// crash may lose the last of them, but then the database is not marked yet and is
// loaded anew; marking it waits for the disk, and everything lies before it there.
func hurried(ctx context.Context, db *pgxpool.Pool) (*pgxpool.Pool, error) {
	cfg := db.Config()
	cfg.MaxConns = hands
	cfg.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	// Each connection carries out some hundred statements: planning each of them
	// five times before settling on a plan would take longer than all the rest.
	cfg.ConnConfig.RuntimeParams["plan_cache_mode"] = "force_generic_plan"
	return pgxpool.NewWithConfig(ctx, cfg)
}

// stage is what the stories of all units are played on.
type stage struct {
	db       *pgxpool.Pool
	files    *evidence.Store
	machine  time.Time
	plans    *plan.Service
	reports  *report.Service
	reviews  *review.Service
	progress *progress.Service
	content  content.Content
	people   cast
	calendar viet.Calendar
	opens    map[string]viet.Date // first day of each period, by slug
}

// play lets the year happen. Each unit keeps the order of time; between units it
// matters at a few moments only, at which all wait for one another: the first
// acceptance of the year freezes the texts of the tasks, Sở Nội vụ consolidates what
// all have in force, a district adds up what its communes have, and people read
// their messages.
func play(ctx context.Context, db *pgxpool.Pool, files *evidence.Store, machine time.Time) error {
	s, err := set(ctx, db, files, machine)
	if err != nil {
		return err
	}
	stories, err := s.stories()
	if err != nil {
		return err
	}
	between := &story{stage: s, unit: "between units", acts: inOrder(s.ledger(), s.judging())}
	frozen := s.firstAcceptance().Add(time.Second)
	for _, until := range []time.Time{frozen, halfYearIssued, communesDecided, lastLook, Start} {
		units, together := errgroup.WithContext(ctx)
		units.SetLimit(hands)
		for _, story := range stories {
			units.Go(func() error { return story.playUntil(together, until) })
		}
		if err := units.Wait(); err != nil {
			return err
		}
		if err := between.playUntil(ctx, until); err != nil {
			return err
		}
		if until.Equal(frozen) {
			if err := s.openings(ctx); err != nil {
				return err
			}
		}
		if err := s.consolidate(ctx, until); err != nil {
			return err
		}
		if until.Equal(lastLook) {
			if err := s.readNotices(ctx, until); err != nil {
				return err
			}
		}
	}
	return nil
}

// set prepares the stage: the organisation is in the database afterwards.
func set(ctx context.Context, db *pgxpool.Pool, files *evidence.Store, machine time.Time) (*stage, error) {
	c, err := content.All()
	if err != nil {
		return nil, err
	}
	hash, err := account.HashPassword(ctx, Password)
	if err != nil {
		return nil, err
	}
	s := &stage{db: db, files: files, machine: machine, content: c,
		plans: plan.NewService(db), reports: report.NewService(db, files), reviews: review.NewService(db), progress: progress.NewService(db, files)}
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		s.people, err = found(ctx, tx, c, hash)
		return err
	})
	if err != nil {
		return nil, err
	}
	if s.calendar, err = campaign.Calendar(ctx, db); err != nil {
		return nil, err
	}
	periods, err := s.periods(ctx)
	if err != nil {
		return nil, err
	}
	s.opens = map[string]viet.Date{}
	for _, p := range periods {
		s.opens[p.Slug] = p.OpensOn
	}
	return s, nil
}

// periods are those of the year.
func (s *stage) periods(ctx context.Context) ([]campaign.Period, error) {
	year, err := campaign.ByYear(ctx, s.db, content.Year)
	if err != nil {
		return nil, err
	}
	return campaign.Periods(ctx, s.db, year.ID)
}

func (s *stage) firstAcceptance() time.Time {
	first := Start
	for _, p := range s.content.Plans {
		if !p.AcceptedAt.IsZero() && p.AcceptedAt.Before(first) {
			first = p.AcceptedAt
		}
	}
	return first
}

// readNotices marks everything that has been told so far as read.
func (s *stage) readNotices(ctx context.Context, now time.Time) error {
	for _, p := range s.people {
		if p.Username == "" {
			continue
		}
		if err := notify.MarkRead(ctx, s.db, p.ID, now, math.MaxInt64); err != nil {
			return err
		}
	}
	return nil
}
