package installation

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
)

// The demonstration's business time runs while a portal runs. Its line – business
// time minus machine time – is kept in the database, so that all processes
// agree; each beat carries it on. A process that finds no beat newer than
// [silence] begins where the last one stopped.

const (
	beat    = 2 * time.Second
	silence = 3 * beat
)

// Clock tells the demonstration's business time.
type Clock struct {
	db      database.DB
	machine func() time.Time

	mu     sync.Mutex
	offset time.Duration
	last   time.Time // no answer is earlier than the one before
}

// MarkDemo makes an empty database a demonstration whose clock starts at start.
// machine is the machine's time.
func MarkDemo(ctx context.Context, db database.DB, start, machine time.Time) error {
	return database.Change(ctx, db, `
		update installation
		set mode = 'demo', demo_clock = @start, demo_beat = @machine
		where mode = 'empty'`,
		database.Args{"start": start, "machine": machine})
}

// StartClock takes part in the demonstration's clock. Machine is the machine's
// clock, time.Now but in tests.
func StartClock(ctx context.Context, db database.DB, machine func() time.Time) (*Clock, error) {
	c := &Clock{db: db, machine: machine}
	if err := c.beat(ctx, true); err != nil {
		return nil, fmt.Errorf("start the demonstration's clock: %w", err)
	}
	return c, nil
}

// Now is the business time of this moment. It never goes back.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.machine().Add(c.offset)
	if now.Before(c.last) {
		return c.last
	}
	c.last = now
	return now
}

// Run keeps the clock going in the database until ctx ends. Failures go to
// report; the next beat tries again.
func (c *Clock) Run(ctx context.Context, report func(error)) {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := c.beat(ctx, false); err != nil && ctx.Err() == nil {
				report(fmt.Errorf("beat of the demonstration's clock: %w", err))
			}
		}
	}
}

// Forward moves the clock to a later moment for every process; an earlier one is
// refused.
func (c *Clock) Forward(ctx context.Context, to time.Time) error {
	if now := c.Now(); to.Before(now) {
		return fmt.Errorf("the demonstration's time is %s already and never goes back", now.Format(time.RFC3339))
	}
	if err := database.Change(ctx, c.db, `update installation set demo_clock = @to, demo_beat = @machine where mode = 'demo'`,
		database.Args{"to": to, "machine": c.machine()}); err != nil {
		return err
	}
	return c.beat(ctx, false)
}

// beat writes this process's idea of the time unless another one's is ahead,
// which is then adopted.
func (c *Clock) beat(ctx context.Context, first bool) error {
	type row struct{ DemoClock, DemoBeat time.Time }
	return database.InTx(ctx, c.db, func(tx pgx.Tx) error {
		r, err := database.One[row](ctx, tx, `
			select demo_clock, demo_beat from installation where mode = 'demo' for update`, nil)
		if err != nil {
			return err
		}
		machine := c.machine()
		line := r.DemoClock.Sub(r.DemoBeat)
		c.mu.Lock()
		if first && machine.Sub(r.DemoBeat) > silence {
			// Nobody ran meanwhile. One beat on: what was shown since the last
			// written one must not be shown again.
			line = r.DemoClock.Add(beat).Sub(machine)
		}
		if first || line > c.offset {
			c.offset = line
		}
		now := machine.Add(c.offset)
		c.mu.Unlock()
		return database.Change(ctx, tx, `update installation set demo_clock = @now, demo_beat = @machine where one`,
			database.Args{"now": now, "machine": machine})
	})
}
