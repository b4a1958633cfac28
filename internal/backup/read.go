package backup

import (
	"archive/tar"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"danvan/internal/evidence"
)

// maxManifest is more than any portal's manifest: some hundred bytes a file.
const maxManifest = 1 << 30

// archive is an archive file whose every member was compared with the manifest.
type archive struct {
	file     *os.File
	manifest Manifest
}

// openArchive reads the whole file and returns [ErrDamaged] when anything is not as
// the manifest says.
func openArchive(ctx context.Context, path string) (*archive, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	a := &archive{file: f}
	if err := a.verify(ctx); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return a, nil
}

func (a *archive) close() error { return a.file.Close() }

func (a *archive) verify(ctx context.Context) error {
	var found []Member
	var manifest []byte
	err := a.each(ctx, func(name string, content io.Reader) error {
		if manifest != nil {
			return fmt.Errorf("%w: %s after the manifest", ErrDamaged, name)
		}
		if name == manifestName {
			var err error
			manifest, err = io.ReadAll(io.LimitReader(content, maxManifest))
			return err
		}
		hash := sha256.New()
		n, err := io.Copy(hash, content)
		found = append(found, Member{Name: name, Size: n, SHA256: evidence.SHA(hash.Sum(nil))})
		return err
	})
	if err != nil {
		return err
	}
	if manifest == nil {
		return fmt.Errorf("%w: the archive is cut short, or is none of danvan", ErrDamaged)
	}
	if err := json.Unmarshal(manifest, &a.manifest); err != nil {
		return fmt.Errorf("%w: %s: %w", ErrDamaged, manifestName, err)
	}
	return a.manifest.check(found)
}

// check compares the members found with those promised.
func (m Manifest) check(found []Member) error {
	if m.Format != format {
		return fmt.Errorf("the archive has format %d, this version of danvan reads %d", m.Format, format)
	}
	if !slices.Equal(found, m.Members) {
		for i, member := range m.Members {
			if i >= len(found) || found[i] != member {
				return fmt.Errorf("%w: %s is not what was saved", ErrDamaged, member.Name)
			}
		}
		return fmt.Errorf("%w: more in the archive than was saved", ErrDamaged)
	}
	if len(found) == 0 || found[0].Name != dumpName {
		return fmt.Errorf("%w: %s is missing", ErrDamaged, dumpName)
	}
	for _, member := range found[1:] {
		if member.Name != memberName(member.SHA256) {
			return fmt.Errorf("%w: %s is not what its name says", ErrDamaged, member.Name)
		}
	}
	return nil
}

// errEnough ends a walk through the archive early.
var errEnough = errors.New("enough")

// each calls fn for every member from the beginning.
func (a *archive) each(ctx context.Context, fn func(name string, content io.Reader) error) error {
	if _, err := a.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t := tar.NewReader(a.file)
	for {
		header, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		switch err := fn(header.Name, t); {
		case errors.Is(err, errEnough):
			return nil
		case errors.Is(err, io.ErrUnexpectedEOF):
			return fmt.Errorf("%w: %s is cut short", ErrDamaged, header.Name)
		case err != nil:
			return err
		}
	}
}
