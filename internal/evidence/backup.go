package evidence

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
)

// ErrAltered says that content is not what its hash promises.
var ErrAltered = errors.New("content does not match its hash")

// List returns the hash of every file in the store, registered or not.
func (s *Store) List(ctx context.Context) ([]SHA, error) {
	var all []SHA
	err := s.shelf.each(ctx, func(some []lying) error {
		for _, f := range some {
			all = append(all, f.sha)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return all, nil
}

// Restore stores content from a backup as it is, whatever its type and size, and
// returns once it would survive a power cut. [ErrAltered] when it is not the
// content of sha; nothing is stored then.
func (s *Store) Restore(ctx context.Context, sha SHA, content io.Reader) error {
	temporary := path.Join(incoming, rand.Text())
	file, err := s.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("restore file %s: %w", sha, err)
	}
	hash := sha256.New()
	_, err = io.Copy(io.MultiWriter(file, hash), interruptible{ctx, content})
	if err == nil && SHA(hash.Sum(nil)) != sha {
		err = ErrAltered
	}
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = s.shelf.settle(ctx, temporary, sha)
	}
	if err != nil {
		if removed := s.root.Remove(temporary); removed != nil && !errors.Is(removed, fs.ErrNotExist) {
			err = errors.Join(err, removed)
		}
		return fmt.Errorf("restore file %s: %w", sha, err)
	}
	return nil
}
