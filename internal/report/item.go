package report

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// AddProposal makes a new proposal; its number (Result.Code) is never given again.
func (s *Service) AddProposal(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e Edit) (Result, error) {
	return s.add(ctx, act, now, once, ref, "proposal", e)
}

// SaveProposal stores the valid fields of a proposal.
func (s *Service) SaveProposal(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int, e Edit) (Result, error) {
	return s.save(ctx, act, now, once, ref, "proposal", no, e)
}

// DeleteProposal removes a proposal; read is the revision of its part.
func (s *Service) DeleteProposal(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no, read int) error {
	return s.remove(ctx, act, now, once, ref, ProposalKey(no), read)
}

// AddExemplar makes a new line of the Dân vận khéo table; its number
// (Result.Code) is never given again.
func (s *Service) AddExemplar(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, e Edit) (Result, error) {
	return s.add(ctx, act, now, once, ref, "exemplar", e)
}

// SaveExemplar stores the valid fields of a line.
func (s *Service) SaveExemplar(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no int, e Edit) (Result, error) {
	return s.save(ctx, act, now, once, ref, "exemplar", no, e)
}

// DeleteExemplar removes a line; read is the revision of its part.
func (s *Service) DeleteExemplar(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, no, read int) error {
	return s.remove(ctx, act, now, once, ref, ExemplarKey(no), read)
}

func (s *Service) add(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, prefix string, e Edit) (Result, error) {
	var r Result
	code, err := s.Change(ctx, act, now, once, ref, "add "+prefix+" to", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		no, err := submission.NextNumber(ctx, tx, c, prefix)
		if err != nil {
			return "", err
		}
		kind, _ := Schema.Of(prefix) // the schema is fixed
		var good submission.Content
		if good, r.Faults = kind.Split(e.Values, submission.Known{}); len(submission.Content{}.With(good)) == 0 {
			return "", emptyOr(r.Faults, kind)
		}
		r.Saved, err = submission.SavePart(ctx, tx, act, now, c, submission.Save{Key: prefix + "/" + strconv.Itoa(no), Values: good, Autosave: e.Autosave})
		// It exists now, faults or not: a repeat must not make another.
		return strconv.Itoa(no), err
	})
	r.Code = code
	return r, err
}

// emptyOr refuses to make a thing of which nothing was written.
func emptyOr(bad fault.Invalid, kind submission.PartKind) error {
	if len(bad) > 0 {
		return bad
	}
	return fault.Invalid{kind.Fields[0].Name: "Ghi " + lower(kind.Fields[0].Label)}
}

func (s *Service) save(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, prefix string, no int, e Edit) (Result, error) {
	if e.Read == 0 {
		return Result{}, wrap(fault.Conflict, "save "+prefix+" of", ref) // the form did not say what it was filled from
	}
	r, err := s.SavePart(ctx, act, now, once, ref, prefix+"/"+strconv.Itoa(no), submission.May(act, submission.Edit, now), e)
	r.Code = strconv.Itoa(no)
	return r, err
}

func (s *Service) remove(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, key string, read int) error {
	_, err := s.Change(ctx, act, now, once, ref, "delete "+key+" of", func(tx pgx.Tx, c *submission.Case) (string, error) {
		if err := submission.Decide(act, submission.Edit, *c, now).Err(); err != nil {
			return "", err
		}
		part, err := submission.PartByKey(ctx, tx, c.ID, key)
		if err != nil {
			return "", err
		}
		if part.Revision == 0 {
			return "", fault.NotFound
		}
		return key, submission.DeletePart(ctx, tx, act, now, c, key, read)
	})
	return err
}
