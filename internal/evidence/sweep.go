package evidence

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/database"
	"danvan/internal/fault"
)

// keepFor is how long a file may wait for the transaction that names it.
const keepFor = 24 * time.Hour

// Sweep removes files that were put more than a day before machineNow and never
// registered, and what broken uploads left. It returns how many went. Any number
// of processes may sweep at once.
func (s *Store) Sweep(ctx context.Context, db database.DB, machineNow time.Time) (removed int, err error) {
	before := machineNow.Add(-keepFor)
	if removed, err = s.sweepIncoming(before); err != nil {
		return removed, fmt.Errorf("sweep files: %w", err)
	}
	err = s.shelf.each(ctx, func(some []lying) error {
		n, err := s.sweepSome(ctx, db, some, before)
		removed += n
		return err
	})
	if err != nil {
		return removed, fmt.Errorf("sweep files: %w", err)
	}
	return removed, nil
}

func (s *Store) sweepIncoming(before time.Time) (removed int, err error) {
	files, err := regular(s.root, incoming)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		if !f.ModTime().Before(before) {
			continue
		}
		if err := s.root.Remove(path.Join(incoming, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, err
		}
		removed++
	}
	return removed, nil
}

func (s *Store) sweepSome(ctx context.Context, db database.DB, some []lying, before time.Time) (removed int, err error) {
	var old [][]byte
	for _, f := range some {
		if f.written.Before(before) {
			old = append(old, f.sha[:])
		}
	}
	if len(old) == 0 {
		return 0, nil
	}
	orphans, err := database.Values[SHA](ctx, db, `
		select o.sha
		from unnest(@old::bytea[]) as o (sha)
		where not exists (select from file f where f.sha256 = o.sha)`,
		database.Args{"old": old})
	if err != nil {
		return 0, err
	}
	for _, sha := range orphans {
		gone, err := s.removeOrphan(ctx, db, sha, before)
		if err != nil {
			return removed, err
		}
		if gone {
			removed++
		}
	}
	return removed, nil
}

// removeOrphan looks again under the lock: the file may have been put or
// registered since it was listed.
func (s *Store) removeOrphan(ctx context.Context, db database.DB, sha SHA, before time.Time) (gone bool, err error) {
	err = database.InTx(ctx, db, func(tx pgx.Tx) error {
		if err := hold(ctx, tx, sha); err != nil {
			return err
		}
		known, err := database.Value[bool](ctx, tx, `select exists (select from file where sha256 = @sha)`,
			database.Args{"sha": sha})
		if err != nil || known {
			return err
		}
		at, err := s.shelf.written(ctx, sha)
		if errors.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil || !at.Before(before) {
			return err
		}
		gone = true
		return s.shelf.remove(ctx, sha)
	})
	return gone, err
}
