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
	"path/filepath"
	"strings"
	"time"

	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
)

// Write saves place in the file target, which it replaces only with force, and
// returns what it saved. The file is whole or absent, however Write ends. machine
// is the machine's time.
//
// Portals may go on working meanwhile. The database is read as of one moment; the
// files that it names at that moment are copied afterwards, which is safe because
// a named file is never changed and never removed.
func Write(ctx context.Context, place Place, target string, force bool, machine time.Time) (Manifest, error) {
	if _, err := os.Lstat(target); err == nil && !force {
		return Manifest{}, fmt.Errorf("back up to %s: %w", target, ErrExists)
	}
	m, err := write(ctx, place, target, force, machine)
	if err != nil {
		return Manifest{}, fmt.Errorf("back up to %s: %w", target, err)
	}
	return m, nil
}

func write(ctx context.Context, place Place, target string, force bool, machine time.Time) (Manifest, error) {
	snapshot, err := takeSnapshot(ctx, place.OwnerURL)
	if err != nil {
		return Manifest{}, err
	}
	defer snapshot.close(ctx)
	// Beside the target: the same disk, so that the rename is one step.
	folder, err := os.MkdirTemp(filepath.Dir(target), ".danvan-backup-")
	if err != nil {
		return Manifest{}, err
	}
	defer os.RemoveAll(folder) // holds nothing of value any more
	m := snapshot.manifest
	m.Created = machine.UTC()
	dump := filepath.Join(folder, dumpName)
	if m.Postgres, err = snapshot.dump(ctx, place, folder, dump); err != nil {
		return Manifest{}, err
	}
	archive := filepath.Join(folder, "archive")
	if err := writeArchive(ctx, place.Files, &m, snapshot.files, dump, archive); err != nil {
		return Manifest{}, err
	}
	if _, err := os.Lstat(target); err == nil && !force { // appeared meanwhile
		return Manifest{}, ErrExists
	}
	if err := os.Rename(archive, target); err != nil {
		return Manifest{}, err
	}
	return m, syncFolder(filepath.Dir(target))
}

// writeArchive completes m with the members it writes.
func writeArchive(ctx context.Context, store *evidence.Store, m *Manifest, files []named, dump, archive string) error {
	out, err := os.OpenFile(archive, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) // it holds keys and password hashes
	if err != nil {
		return err
	}
	defer out.Close() // closing again after success does nothing
	a := &archiveWriter{tar: tar.NewWriter(out), at: m.Created.Truncate(time.Second)}
	if err := a.addFile(ctx, m, dumpName, dump); err != nil {
		return err
	}
	if err := a.addEvidence(ctx, m, store, files); err != nil {
		return err
	}
	if err := a.addManifest(*m); err != nil {
		return err
	}
	if err := a.tar.Close(); err != nil {
		return err
	}
	if err := out.Sync(); err != nil {
		return err
	}
	return out.Close()
}

type archiveWriter struct {
	tar *tar.Writer
	at  time.Time
}

// addEvidence copies every file and names all those it could not vouch for.
func (a *archiveWriter) addEvidence(ctx context.Context, m *Manifest, store *evidence.Store, files []named) error {
	var damaged []string
	for _, f := range files {
		content, err := store.Open(ctx, f.SHA256)
		if errors.Is(err, fault.NotFound) {
			damaged = append(damaged, memberName(f.SHA256)+" (missing)")
			continue
		}
		if err != nil {
			return err
		}
		member, err := a.add(ctx, memberName(f.SHA256), content, f.Size)
		_ = content.Close() // it was only read
		switch {
		case errors.Is(err, errSize), err == nil && member.SHA256 != f.SHA256:
			damaged = append(damaged, memberName(f.SHA256)+" (altered)")
			if err != nil { // the archive is out of step; it is thrown away anyway
				return damage(damaged)
			}
		case err != nil:
			return err
		}
		m.Members = append(m.Members, member)
	}
	return damage(damaged)
}

// damage says what to do about files that are no longer what was attached.
func damage(names []string) error {
	if len(names) == 0 {
		return nil
	}
	return fmt.Errorf("%w files in the store: %s; take them out of an earlier archive (tar -x) into the folder or bucket of files and try again",
		ErrDamaged, strings.Join(names, ", "))
}

func (a *archiveWriter) addFile(ctx context.Context, m *Manifest, name, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // it was only read
	info, err := f.Stat()
	if err != nil {
		return err
	}
	member, err := a.add(ctx, name, f, info.Size())
	m.Members = append(m.Members, member)
	return err
}

func (a *archiveWriter) addManifest(m Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	_, err = a.add(context.Background(), manifestName, strings.NewReader(string(text)), int64(len(text)))
	return err
}

// errSize says that a file is longer or shorter than it was to be.
var errSize = errors.New("unexpected size")

// add writes one member and returns what it wrote.
func (a *archiveWriter) add(ctx context.Context, name string, content io.Reader, size int64) (Member, error) {
	if err := ctx.Err(); err != nil {
		return Member{}, err
	}
	header := &tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: a.at}
	if err := a.tar.WriteHeader(header); err != nil {
		return Member{}, err
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(a.tar, hash), content)
	if errors.Is(err, tar.ErrWriteTooLong) || err == nil && n != size {
		return Member{}, fmt.Errorf("%s: %w", name, errSize)
	}
	return Member{Name: name, Size: n, SHA256: evidence.SHA(hash.Sum(nil))}, err
}

// memberName is where a file lies in the archive: below files/ as in the store.
func memberName(sha evidence.SHA) string {
	name := sha.String()
	return filesFolder + name[:2] + "/" + name
}

// syncFolder makes the names in a folder durable.
func syncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// named is a file that the database names.
type named struct {
	SHA256 evidence.SHA
	Size   int64
}

func namedFiles(ctx context.Context, db database.DB) ([]named, error) {
	return database.All[named](ctx, db, `
		select sha256, size
		from file
		order by sha256`, nil)
}
