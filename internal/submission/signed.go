package submission

import (
	"context"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/post"
)

// SignedFile is a signed paper attached to a version.
type SignedFile struct {
	ID        int64
	VersionNo int
	Name      string
	At        time.Time
}

// SignedFiles returns the signed papers of a submission by version. Whoever calls
// has asked [See].
func (d *Desk) SignedFiles(ctx context.Context, id ID) ([]SignedFile, error) {
	return database.All[SignedFile](ctx, d.db, `
		select f.id, v.no as version_no, f.name, f.at
		from version_file f
		join version v on v.id = f.version_id
		where v.submission_id = @id
		order by v.no, f.id`,
		database.Args{"id": id})
}

// AttachSigned keeps the signed paper of a version; the version itself stays as
// it was frozen. Files are accepted as evidence is.
func (d *Desk) AttachSigned(ctx context.Context, files *evidence.Store, act actor.Actor, now time.Time, once post.Once, ref Ref, no int, name string, content io.Reader) error {
	const doing = "attach signed file to"
	stored, err := files.Put(ctx, name, content)
	if err != nil {
		return d.wrap(err, doing, ref)
	}
	_, err = d.Change(ctx, act, now, once, ref, doing, func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, AttachSigned, *c, now).Err(); err != nil {
			return "", err
		}
		if err := files.Register(ctx, tx, now, stored); err != nil {
			return "", err
		}
		version, err := database.Value[int64](ctx, tx, `select id from version where submission_id = @id and no = @no`,
			database.Args{"id": c.ID, "no": no})
		if err != nil {
			return "", err
		}
		if err := database.Change(ctx, tx, `
			insert into version_file (version_id, file_sha, name, by_person, at)
			values (@version, @sha, @name, @by, @now)`,
			database.Args{"version": version, "sha": stored.SHA, "name": stored.Name, "by": act.Person, "now": now}); err != nil {
			return "", err
		}
		return "signed", c.Record(ctx, tx, act, now, audit.Entry{Action: "signed_attached", VersionID: version,
			After: map[string]any{"version": no, "file": stored.Name, "sha256": stored.SHA.String()}})
	})
	return err
}

// SignedPaper names the stored bytes of a signed file and their type.
type SignedPaper struct {
	Name string
	Type string
	SHA  evidence.SHA
}

// Signed returns a signed file of version no, for whoever may see that version.
func (d *Desk) Signed(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, error) {
	p, err := d.ReadVersion(ctx, act, now, ref, no)
	if err != nil {
		return SignedPaper{}, d.wrap(err, "read signed file of", ref)
	}
	type row struct {
		Name, Type string
		SHA        evidence.SHA `db:"sha"`
	}
	r, err := database.One[row](ctx, d.db, `
		select f.name, b.type, f.file_sha as sha
		from version_file f
		join version v on v.id = f.version_id
		join file b on b.sha256 = f.file_sha
		where v.submission_id = @id and v.no = @no and f.id = @file`,
		database.Args{"id": p.Case.ID, "no": no, "file": id})
	return SignedPaper(r), d.wrap(err, "read signed file of", ref)
}
