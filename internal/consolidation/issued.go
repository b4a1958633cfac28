package consolidation

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/evidence"
	"danvan/internal/fault"
)

// IssuedReport is one issue with what was frozen and what it prints.
type IssuedReport struct {
	Case    Case
	Head    IssueHead
	Frozen  Frozen
	Printed Printed
}

// Issues returns the issues of ref, the newest first, for who may see them.
func (s *Service) Issues(ctx context.Context, act actor.Actor, now time.Time, ref Ref) ([]IssueHead, error) {
	c, err := s.withIssues(ctx, act, now, ref)
	return c.Issues, wrap(err, "list issues of", ref)
}

func (s *Service) withIssues(ctx context.Context, act actor.Actor, now time.Time, ref Ref) (Case, error) {
	c, err := load(ctx, s.db, now, ref)
	if err == nil && !See(act, c).Issues {
		return Case{}, fault.NotFound
	}
	return c, err
}

// issueNo returns the head of one issue.
func (c Case) issueNo(no int) (IssueHead, error) {
	i := slices.IndexFunc(c.Issues, func(h IssueHead) bool { return h.No == no })
	if i < 0 {
		return IssueHead{}, fault.NotFound
	}
	return c.Issues[i], nil
}

// IssueHead returns the head of one issue of ref for who may see it.
func (s *Service) IssueHead(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int) (Case, IssueHead, error) {
	c, err := s.withIssues(ctx, act, now, ref)
	if err != nil {
		return c, IssueHead{}, wrap(err, "read an issue of", ref)
	}
	h, err := c.issueNo(no)
	return c, h, wrap(err, "read an issue of", ref)
}

// IssueByNo returns one issue of ref for who may see it.
func (s *Service) IssueByNo(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int) (IssuedReport, error) {
	r, err := s.issueByNo(ctx, act, now, ref, no)
	return r, wrap(err, fmt.Sprintf("read issue %d of", no), ref)
}

func (s *Service) issueByNo(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int) (IssuedReport, error) {
	c, err := s.withIssues(ctx, act, now, ref)
	if err != nil {
		return IssuedReport{}, err
	}
	return issueOf(ctx, s.db, c, no)
}

func issueOf(ctx context.Context, db database.DB, c Case, no int) (IssuedReport, error) {
	h, err := c.issueNo(no)
	if err != nil {
		return IssuedReport{}, err
	}
	frozen, sha, err := frozenWithHash(ctx, db, c, h.Frozen)
	if err != nil {
		return IssuedReport{}, err
	}
	var former *IssueHead
	if h.Supersedes > 0 {
		was, err := c.issueNo(h.Supersedes)
		if err != nil {
			return IssuedReport{}, err
		}
		former = &was
	}
	return IssuedReport{Case: c, Head: h, Frozen: frozen, Printed: issued(frozen, sha, h.Reference, h.Body, former)}, nil
}

// Paper returns the Word file of an issue, for who may see it: what was stored when
// it was issued.
func (s *Service) Paper(ctx context.Context, act actor.Actor, now time.Time, ref Ref, no int) (evidence.File, error) {
	c, err := s.withIssues(ctx, act, now, ref)
	if err != nil {
		return evidence.File{}, wrap(err, "read the file of", ref)
	}
	h, err := c.issueNo(no)
	if err != nil {
		return evidence.File{}, wrap(err, "read the file of", ref)
	}
	f, err := database.One[evidence.File](ctx, s.db, `
		select f.sha256 as sha, @name as name, f.type, f.size
		from issue i
		join file f on f.sha256 = i.docx_sha
		where i.consolidation_id = @id and i.no = @no`,
		database.Args{"id": c.ID, "no": no, "name": paperName(h.Reference)})
	return f, wrap(err, "read the file of", ref)
}
