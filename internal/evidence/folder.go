package evidence

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"time"

	"danvan/internal/fault"
)

// shelves keep files in 256 folders of one folder, so that each of them stays
// small. Symbolic links lead nowhere.
type shelves struct{ root *os.Root }

// place is where a file lies.
func place(sha SHA) string {
	name := sha.String()
	return path.Join(name[:2], name)
}

// settle renames. Replacing an equal file costs nothing.
func (s shelves) settle(_ context.Context, temporary string, sha SHA) error {
	folder := path.Dir(place(sha))
	err := s.root.Mkdir(folder, 0o700)
	switch {
	case err == nil:
		if err := s.flush("."); err != nil {
			return err
		}
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	if err := s.root.Rename(temporary, place(sha)); err != nil {
		return err
	}
	return s.flush(folder)
}

// flush makes the names in a folder durable.
func (s shelves) flush(folder string) error {
	d, err := s.root.Open(folder)
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

func (s shelves) open(ctx context.Context, sha SHA) (Content, error) {
	if _, err := s.written(ctx, sha); err != nil {
		return nil, err
	}
	return s.root.Open(place(sha))
}

func (s shelves) written(_ context.Context, sha SHA) (time.Time, error) {
	at, err := s.root.Lstat(place(sha))
	if errors.Is(err, fs.ErrNotExist) || err == nil && !at.Mode().IsRegular() {
		return time.Time{}, fault.NotFound
	}
	if err != nil {
		return time.Time{}, err
	}
	return at.ModTime(), nil
}

func (s shelves) remove(_ context.Context, sha SHA) error { return s.root.Remove(place(sha)) }

func (s shelves) each(ctx context.Context, fn func(some []lying) error) error {
	for folder := range 256 {
		if err := ctx.Err(); err != nil {
			return err
		}
		entries, err := regular(s.root, fmt.Sprintf("%02x", folder))
		if err != nil {
			return err
		}
		var some []lying
		for _, e := range entries {
			if sha, err := ParseSHA(e.Name()); err == nil { // nothing else is ours
				some = append(some, lying{sha, e.ModTime()})
			}
		}
		if len(some) == 0 {
			continue
		}
		if err := fn(some); err != nil {
			return err
		}
	}
	return nil
}

// regular lists the files of a folder that may be missing.
func regular(root *os.Root, folder string) ([]fs.FileInfo, error) {
	d, err := root.Open(folder)
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
	var files []fs.FileInfo
	for _, e := range entries {
		at, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if at.Mode().IsRegular() {
			files = append(files, at)
		}
	}
	return files, nil
}
