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
)

// keepFor is how long a file may wait for the transaction that names it.
const keepFor = 24 * time.Hour

// Sweep removes files that were put more than a day before machineNow and never
// registered, and what broken uploads left. It returns how many went. Any number
// of processes may sweep at once.
func (s *Store) Sweep(ctx context.Context, db database.DB, machineNow time.Time) (removed int, err error) {
	before := machineNow.Add(-keepFor)
	broken, err := s.older(incoming, before)
	if err != nil {
		return 0, fmt.Errorf("sweep files: %w", err)
	}
	for _, name := range broken {
		if err := s.root.Remove(path.Join(incoming, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("sweep files: %w", err)
		}
		removed++
	}
	for shard := range 256 {
		n, err := s.sweepShard(ctx, db, fmt.Sprintf("%02x", shard), before)
		if removed += n; err != nil {
			return removed, fmt.Errorf("sweep files: %w", err)
		}
	}
	return removed, nil
}

func (s *Store) sweepShard(ctx context.Context, db database.DB, folder string, before time.Time) (removed int, err error) {
	names, err := s.older(folder, before)
	if err != nil || len(names) == 0 {
		return 0, err
	}
	orphans, err := database.Values[string](ctx, db, `
		select n.name
		from unnest(@names::text[]) as n (name)
		where not exists (select from file f where f.sha256 = decode(n.name, 'hex'))`,
		database.Args{"names": names})
	if err != nil {
		return 0, err
	}
	for _, name := range orphans {
		sha, err := ParseSHA(name)
		if err != nil {
			continue // older returned hashes only
		}
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
		at, err := s.root.Lstat(place(sha))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !at.ModTime().Before(before) {
			return err
		}
		gone = true
		return s.root.Remove(place(sha))
	})
	return gone, err
}

// older lists the files of a folder last written before a moment: in a shard,
// only those named by a hash.
func (s *Store) older(folder string, before time.Time) ([]string, error) {
	d, err := s.root.Open(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer d.Close()
	entries, err := d.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		at, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !at.Mode().IsRegular() || !at.ModTime().Before(before) {
			continue
		}
		if _, err := ParseSHA(e.Name()); folder != incoming && err != nil {
			continue
		}
		names = append(names, e.Name())
	}
	return names, nil
}
