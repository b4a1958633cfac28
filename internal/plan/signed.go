package plan

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
	"danvan/internal/submission"
)

// AttachSigned keeps the signed paper of a version; the version itself stays as
// it was frozen. Files are accepted as evidence is.
func (s *Service) AttachSigned(ctx context.Context, files *evidence.Store, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int, name string, content io.Reader) error {
	stored, err := files.Put(ctx, name, content)
	if err != nil {
		return wrap(err, "attach signed file to", ref)
	}
	_, err = submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.AttachSigned, *c, now).Err(); err != nil {
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
	return wrap(err, "attach signed file to", ref)
}

// SignedPaper names the stored bytes of a signed file and their type.
type SignedPaper struct {
	Name string
	Type string
	SHA  evidence.SHA
}

// Signed returns a signed file of version no, for whoever may see that version.
func (s *Service) Signed(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref, no int, id int64) (SignedPaper, error) {
	p, err := s.version(ctx, act, now, ref, no)
	if err != nil {
		return SignedPaper{}, wrap(err, "read signed file of", ref)
	}
	type row struct {
		Name, Type string
		SHA        evidence.SHA `db:"sha"`
	}
	r, err := database.One[row](ctx, s.db, `
		select f.name, b.type, f.file_sha as sha
		from version_file f
		join version v on v.id = f.version_id
		join file b on b.sha256 = f.file_sha
		where v.submission_id = @id and v.no = @no and f.id = @file`,
		database.Args{"id": p.Case.ID, "no": no, "file": id})
	return SignedPaper(r), wrap(err, "read signed file of", ref)
}
