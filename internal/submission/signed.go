package submission

import (
	"context"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/document/collate"
	"danvan/internal/evidence"
	"danvan/internal/post"
	"danvan/internal/signed"
)

// SignedFile is a signed paper attached to a version, with what its text and the
// version came to.
type SignedFile struct {
	ID         int64
	VersionNo  int
	Name       string
	At         time.Time
	SHA        evidence.SHA `db:"sha"`
	VersionSHA evidence.SHA `db:"version_sha"`
	Compared   signed.Comparison
}

// SignedFiles returns the signed papers of a submission by version. Whoever calls
// has asked [See].
func (d *Desk) SignedFiles(ctx context.Context, id ID) ([]SignedFile, error) {
	return SignedFiles(ctx, d.db, id)
}

// SignedFiles is [Desk.SignedFiles] of whatever kind.
func SignedFiles(ctx context.Context, db database.DB, id ID) ([]SignedFile, error) {
	return database.All[SignedFile](ctx, db, `
		select f.id, v.no as version_no, f.name, f.at, f.file_sha as sha, v.sha256 as version_sha, `+signed.Column+` as compared
		from version_file f
		join version v on v.id = f.version_id
		`+signed.Join("v.sha256")+`
		where v.submission_id = @id
		order by v.no, f.id`,
		database.Args{"id": id})
}

// AttachSigned keeps the signed paper of a version; the version itself stays as
// it was frozen. Files are accepted as evidence is; what the text of a PDF and the
// version come to is kept with it and hinders nothing.
func (d *Desk) AttachSigned(ctx context.Context, files *evidence.Store, act actor.Actor, now time.Time, once post.Once, ref Ref, no int, name string, content io.Reader) error {
	const doing = "attach signed file to"
	c, err := d.Case(ctx, act, now, ref)
	if err != nil {
		return err
	}
	if err := Decide(act, AttachSigned, c, now).Err(); err != nil {
		return d.wrap(err, doing, ref)
	}
	v, err := VersionByNo(ctx, d.db, c.ID, no)
	if err != nil {
		return d.wrap(err, doing, ref)
	}
	stored, err := files.Put(ctx, name, content)
	if err != nil {
		return d.wrap(err, doing, ref)
	}
	compared, err := d.compare(ctx, files, c, v, stored.SHA, stored.Type)
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
		if err := database.Change(ctx, tx, `
			insert into version_file (version_id, file_sha, name, by_person, at)
			values (@version, @sha, @name, @by, @now)`,
			database.Args{"version": v.ID, "sha": stored.SHA, "name": stored.Name, "by": act.Person, "now": now}); err != nil {
			return "", err
		}
		if err := compared.Keep(ctx, tx, now, stored.SHA, v.SHA256); err != nil {
			return "", err
		}
		return "signed", c.Record(ctx, tx, act, now, audit.Entry{Action: "signed_attached", VersionID: v.ID,
			After: map[string]any{"version": no, "file": stored.Name, "sha256": stored.SHA.String(),
				"version_sha256": evidence.SHA(v.SHA256).String(), "compared": compared.Outcome}})
	})
	return err
}

// compare looks for what version v says in a stored file.
func (d *Desk) compare(ctx context.Context, files *evidence.Store, c Case, v Version, sha evidence.SHA, kind evidence.Type) (signed.Comparison, error) {
	passages, err := d.book.Printed(ctx, d.db, c, v.Frozen)
	if err != nil {
		return signed.Comparison{}, err
	}
	return signed.Compare(ctx, files, sha, kind, append(PrintedReference(v.Reference), passages...))
}

// SignedPaper is one signed file of a version: what was kept of it, and the bytes'
// type.
type SignedPaper struct {
	SignedFile
	Type evidence.Type
	Case Case `db:"-"`
}

// Signed returns a signed file of version no, for whoever may see that version.
func (d *Desk) Signed(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, error) {
	p, _, err := d.signed(ctx, act, now, ref, no, id)
	return p, d.wrap(err, "read signed file of", ref)
}

// CompareSigned compares a signed file anew with its version and stores nothing: the
// witness of what was kept.
func (d *Desk) CompareSigned(ctx context.Context, files *evidence.Store, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, signed.Comparison, error) {
	const doing = "compare signed file of"
	p, v, err := d.signed(ctx, act, now, ref, no, id)
	if err != nil {
		return p, signed.Comparison{}, d.wrap(err, doing, ref)
	}
	anew, err := d.compare(ctx, files, p.Case, v, p.SHA, p.Type)
	return p, anew, d.wrap(err, doing, ref)
}

// PrintedReference is what a paper says of itself.
func PrintedReference(r Reference) []collate.Passage {
	said := func(field, label, text string) collate.Passage {
		return collate.Passage{Part: ReferenceKey, Field: field, Label: label, Text: text}
	}
	return []collate.Passage{
		said("number", "Số, ký hiệu", r.String()),
		said("issued_on", "Ngày ban hành", r.IssuedOn.Formal()),
		said("subject", "Trích yếu", r.Subject),
		said("signer", "Người ký", r.Signer),
	}
}

func (d *Desk) signed(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, Version, error) {
	r, err := d.ReadVersion(ctx, act, now, ref, no)
	if err != nil {
		return SignedPaper{}, Version{}, err
	}
	p, err := database.One[SignedPaper](ctx, d.db, `
		select f.id, v.no as version_no, f.name, f.at, f.file_sha as sha, v.sha256 as version_sha, b.type, `+signed.Column+` as compared
		from version_file f
		join version v on v.id = f.version_id
		join file b on b.sha256 = f.file_sha
		`+signed.Join("v.sha256")+`
		where v.submission_id = @id and v.no = @no and f.id = @file`,
		database.Args{"id": r.Case.ID, "no": no, "file": id})
	p.Case = r.Case
	return p, *r.Version, err
}
