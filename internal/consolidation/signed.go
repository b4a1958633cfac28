package consolidation

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/consolidation/wording"
	"danvan/internal/database"
	"danvan/internal/document/collate"
	"danvan/internal/evidence"
	"danvan/internal/post"
	"danvan/internal/signed"
	"danvan/internal/submission"
)

// SignedHead is a signed paper of an issue as lists tell it.
type SignedHead struct {
	ID      int64
	Name    string
	ByName  string
	At      time.Time
	SHA256  string // of the file, hexadecimal digits
	Outcome signed.Outcome
}

// signedHeads selects the [SignedHead]s of issue i.
var signedHeads = `(
	select coalesce(json_agg(json_build_object('ID', f.id, 'Name', f.name, 'ByName', f.by_name, 'At', f.at,
	                                           'SHA256', encode(f.file_sha, 'hex'), 'Outcome', coalesce(c.outcome, 'uncompared')) order by f.id), '[]')
	from issue_file f ` + signed.Join("i.sha256") + `
	where f.issue_id = i.id)`

// SignedPaper is one signed paper of an issue with what its text and the issue came to.
type SignedPaper struct {
	ID       int64
	Name     string
	ByName   string
	At       time.Time
	SHA      evidence.SHA `db:"sha"`
	Type     evidence.Type
	IssueSHA evidence.SHA `db:"issue_sha"`
	Compared signed.Comparison
	Case     Case      `db:"-"`
	Issue    IssueHead `db:"-"`
}

// AttachSigned keeps the signed paper of issue no; the issue stays as it went out.
// Files are accepted as evidence is; what the text of a PDF and the issue come to is
// kept with it and hinders nothing.
func (s *Service) AttachSigned(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, no int, name string, content io.Reader) error {
	const doing = "attach a signed paper to"
	r, err := s.issueByNo(ctx, act, now, ref, no)
	if err == nil {
		err = Decide(act, AttachSigned, r.Case, now).Err()
	}
	if err != nil {
		return wrap(err, doing, ref)
	}
	stored, err := s.files.Put(ctx, name, content)
	if err != nil {
		return wrap(err, doing, ref)
	}
	compared, err := signed.Compare(ctx, s.files, stored.SHA, stored.Type, r.passages())
	if err != nil {
		return wrap(err, doing, ref)
	}
	_, err = s.change(ctx, act, now, once, ref, doing, func(tx pgx.Tx, c *Case) (string, error) {
		if err := Decide(act, AttachSigned, *c, now).Err(); err != nil {
			return "", err
		}
		return "signed", s.keepSigned(ctx, tx, act, now, c, r.Head, stored, compared)
	})
	return err
}

func (s *Service) keepSigned(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, h IssueHead, stored evidence.File, compared signed.Comparison) error {
	if err := s.files.Register(ctx, tx, now, stored); err != nil {
		return err
	}
	sum, err := evidence.ParseSHA(h.SHA256)
	if err != nil {
		return err
	}
	if err := database.Change(ctx, tx, `
		insert into issue_file (issue_id, file_sha, name, by_person, by_name, at)
		select i.id, @sha, @name, @by, @by_name, @now
		from issue i
		where i.consolidation_id = @id and i.no = @no`,
		database.Args{"id": c.ID, "no": h.No, "sha": stored.SHA, "name": stored.Name, "by": act.Person, "by_name": act.Name, "now": now}); err != nil {
		return err
	}
	if err := compared.Keep(ctx, tx, now, stored.SHA, sum); err != nil {
		return err
	}
	return c.Record(ctx, tx, act, now, audit.Entry{Action: "signed_attached",
		After: map[string]any{"issue": h.No, "reference": h.Reference.String(), "file": stored.Name, "sha256": stored.SHA.String(),
			"issue_sha256": h.SHA256, "compared": compared.Outcome}})
}

// Signed returns a signed paper of issue no, for who may see that issue.
func (s *Service) Signed(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, error) {
	p, _, err := s.signed(ctx, act, now, ref, no, id)
	return p, wrap(err, "read a signed paper of", ref)
}

// CompareSigned compares a signed paper anew with its issue and stores nothing: the
// witness of what was kept.
func (s *Service) CompareSigned(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, signed.Comparison, error) {
	const doing = "compare a signed paper of"
	p, r, err := s.signed(ctx, act, now, ref, no, id)
	if err != nil {
		return p, signed.Comparison{}, wrap(err, doing, ref)
	}
	anew, err := signed.Compare(ctx, s.files, p.SHA, p.Type, r.passages())
	return p, anew, wrap(err, doing, ref)
}

func (s *Service) signed(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int, id int64) (SignedPaper, IssuedReport, error) {
	r, err := s.issueByNo(ctx, act, now, ref, no)
	if err != nil {
		return SignedPaper{}, r, err
	}
	p, err := database.One[SignedPaper](ctx, s.db, `
		select f.id, f.name, f.by_name, f.at, f.file_sha as sha, b.type, i.sha256 as issue_sha, `+signed.Column+` as compared
		from issue_file f
		join issue i on i.id = f.issue_id
		join file b on b.sha256 = f.file_sha
		`+signed.Join("i.sha256")+`
		where i.consolidation_id = @id and i.no = @no and f.id = @file`,
		database.Args{"id": r.Case.ID, "no": no, "file": id})
	p.Case, p.Issue = r.Case, r.Head
	return p, r, err
}

// passages are what the paper of the issue says: of itself, its text, and the figures
// and exemplars of its annexes.
func (r IssuedReport) passages() []collate.Passage {
	all := submission.PrintedReference(r.Head.Reference)
	var of func(s Section)
	of = func(s Section) {
		for _, p := range s.Paragraphs {
			all = append(all, collate.Passage{Part: s.Part, Field: s.Field, Label: s.heading(), Text: wording.Plain(p.Paragraph)})
		}
		for _, below := range s.Sections {
			of(below)
		}
	}
	of(r.Printed.Opening)
	for _, s := range r.Printed.Sections {
		of(s)
	}
	all = append(all, collate.Passage{Label: "Kết thúc", Text: wording.Plain(r.Printed.Closing.Paragraph)})
	for _, a := range r.Printed.Annexes {
		all = append(all, a.passages()...)
	}
	return all
}

func (s Section) heading() string {
	if s.Title == "" {
		return "Mở đầu"
	}
	return s.Number + ". " + s.Title
}

// passages are the numbers of a table, each behind the name of what it counts, and
// of one without numbers its words.
func (a Annex) passages() []collate.Passage {
	var all []collate.Passage
	for _, row := range a.Rows {
		name := ""
		for i, c := range row.Cells {
			switch {
			case row.Heading, a.Kind == StatusAnnex, i >= len(a.Columns):
			case a.Kind == ExemplarAnnex && i > 0 && c.Text != "":
				all = append(all, collate.Passage{Part: "annex/" + string(a.Kind), Label: a.Title + " – " + a.Columns[i].Title, Text: c.Text})
			case c.Code != "" && name == "":
				name = c.Text
			case c.Code != "" && bareNumber(c.Text) != "":
				all = append(all, collate.Passage{Part: "figure/" + c.Code, Label: c.Code + " " + name, Text: bareNumber(c.Text), Anchors: []string{name}})
			}
		}
	}
	return all
}

// bareNumber is the number a printed value begins with: of "86,4%" and "34 (ước 4)"
// what stands before the rest, of words "".
func bareNumber(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool { return (r < '0' || r > '9') && r != '.' && r != ',' })
	if end < 0 {
		return text
	}
	return strings.TrimRight(text[:end], ".,")
}
