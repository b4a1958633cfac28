package plan

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// Case returns the plan's case with what only a plan knows: gaps, and whether
// the document reference is complete. What act may not see is [fault.NotFound].
func (s *Service) Case(ctx context.Context, act actor.Actor, now time.Time, ref submission.Ref) (submission.Case, error) {
	c, err := submission.Load(ctx, s.db, now, ref)
	if err == nil && !submission.See(act, c).State {
		err = fault.NotFound
	}
	if err != nil {
		return c, wrap(err, "load", ref)
	}
	return c, nil
}

// Weigh fills in the facts of a case that depend on the content.
func Weigh(c *submission.Case, content Content) {
	c.Gaps = len(Gaps(content))
	c.NoReference = !content.Reference.Complete()
}

// step runs one step of the workflow on the locked and weighed case.
func (s *Service) step(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, doing string, fn func(tx pgx.Tx, c *submission.Case, content Content) error) error {
	_, err := submission.Change(ctx, s.db, act, now, once, ref, func(tx pgx.Tx, c *submission.Case) (string, error) {
		content, err := working(ctx, tx, now, *c)
		if err != nil {
			return "", err
		}
		Weigh(c, content)
		return doing, fn(tx, c, content)
	})
	return wrap(err, doing, ref)
}

// Send (trình) hands the plan to the unit's leader.
func (s *Service) Send(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref) error {
	return s.step(ctx, act, now, once, ref, "send", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.SendToLeader(ctx, tx, act, now, c)
	})
}

// TakeBack (rút lại) fetches it back before the leader has decided.
func (s *Service) TakeBack(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref) error {
	return s.step(ctx, act, now, once, ref, "take back", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.TakeItBack(ctx, tx, act, now, c)
	})
}

// SendBack (chuyển lại) is the leader's no.
func (s *Service) SendBack(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
	return s.step(ctx, act, now, once, ref, "send back", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.SendItBack(ctx, tx, act, now, c, reason)
	})
}

// Signature is what the leader fills in and confirms when signing off.
type Signature struct {
	Read      int                // the submission revision that was read
	Reference submission.Content // fields of the document reference
	RefRead   int                // the revision of that part
}

// SignOff (duyệt, gửi) stores the document reference and sends a frozen version.
func (s *Service) SignOff(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, sig Signature) error {
	return s.submit(ctx, act, now, once, ref, sig, "sign off", submission.SignItOff)
}

// Submit (gửi trực tiếp) sends without a step in between.
func (s *Service) Submit(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, sig Signature) error {
	return s.submit(ctx, act, now, once, ref, sig, "submit", submission.SubmitItDirectly)
}

type sender func(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *submission.Case, s submission.Signing) (submission.Head, error)

func (s *Service) submit(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, sig Signature, doing string, send sender) error {
	return s.step(ctx, act, now, once, ref, doing, func(tx pgx.Tx, c *submission.Case, content Content) error {
		if sig.Read != c.Revision {
			return fault.Conflict
		}
		if err := submission.Decide(act, submission.EditReference, *c, now).Err(); err != nil {
			return err
		}
		_, bad, err := saveOther(ctx, tx, act, now, c, ReferenceKey, Edit{Read: sig.RefRead, Values: sig.Reference})
		if err != nil {
			return err
		}
		// Sending is all or nothing: a wrong reference sends nothing and the
		// form keeps what was typed.
		if err := referenceFaults(sig.Reference, bad).OrNil(); err != nil {
			return err
		}
		_, err = send(ctx, tx, act, now, c, submission.Signing{Read: c.Revision,
			Reference: referenceFrom(sig.Reference), People: people(content)})
		if err != nil {
			return err
		}
		_, err = database.Exec(ctx, tx, `
			update activity a set sent = true
			where submission_id = @id and not sent
			  and exists (select from part p where p.submission_id = a.submission_id and p.key = 'activity/' || a.id)`,
			database.Args{"id": c.ID})
		return err
	})
}

// referenceFaults adds what is missing to what is wrong.
func referenceFaults(values submission.Content, bad fault.Invalid) fault.Invalid {
	for name, sentence := range map[string]string{
		"number":    "Ghi số văn bản",
		"symbol":    "Ghi ký hiệu, ví dụ KH-STP",
		"issued_on": "Ghi ngày ban hành",
		"subject":   "Ghi trích yếu",
		"signer":    "Ghi họ tên người ký",
		"capacity":  "Ghi quyền hạn, chức vụ của người ký",
	} {
		if values[name] == "" {
			bad.Add(name, sentence)
		}
	}
	return bad
}

// people says, for each activity part, who is in charge when a version is frozen.
func people(content Content) map[string]map[string]string {
	out := map[string]map[string]string{}
	for _, a := range content.Activities() {
		who := map[string]string{}
		if a.Owner != nil {
			who["owner"] = a.Owner.Name
		}
		if a.Deputy != nil {
			who["deputy"] = a.Deputy.Name
		}
		if len(who) > 0 {
			out[ActivityKey(a.ID)] = who
		}
	}
	return out
}

// Recall (thu hồi) takes an unread version back.
func (s *Service) Recall(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref) error {
	return s.step(ctx, act, now, once, ref, "recall", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.RecallIt(ctx, tx, act, now, c)
	})
}

// RequestReopen (đề nghị mở lại) asks the receiver.
func (s *Service) RequestReopen(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, reason string) error {
	return s.step(ctx, act, now, once, ref, "ask to reopen", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.AskToReopen(ctx, tx, act, now, c, reason)
	})
}

// Amend (sửa đổi, bổ sung) opens the plan beside the version in force.
func (s *Service) Amend(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref) error {
	return s.step(ctx, act, now, once, ref, "amend", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.AmendIt(ctx, tx, act, now, c)
	})
}

// Discard (bỏ sửa đổi) returns to the version in force.
func (s *Service) Discard(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref) error {
	return s.step(ctx, act, now, once, ref, "discard amendment of", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.DiscardIt(ctx, tx, act, now, c)
	})
}

// AnswerRemark stores the unit's answer to a remark.
func (s *Service) AnswerRemark(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, remark int64, read int, answer string) error {
	return s.step(ctx, act, now, once, ref, "answer remark on", func(tx pgx.Tx, c *submission.Case, _ Content) error {
		return submission.AnswerRemark(ctx, tx, act, now, c, remark, read, answer)
	})
}

// AnswerDoubt keeps the unit's explanation of something odd.
func (s *Service) AnswerDoubt(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref submission.Ref, code, answer string) error {
	return s.step(ctx, act, now, once, ref, "answer doubt on", func(tx pgx.Tx, c *submission.Case, content Content) error {
		for _, d := range Found(content) {
			if d.Code == code {
				return submission.AnswerDoubt(ctx, tx, act, now, c, d, answer)
			}
		}
		return fault.NotFound
	})
}

// Notes returns the remarks sent to the unit.
func (s *Service) Notes(ctx context.Context, c submission.Case) ([]submission.Note, error) {
	return submission.Notes(ctx, s.db, c, false)
}

// Doubts returns what is odd about the plan, with the answers already given.
func (s *Service) Doubts(ctx context.Context, c submission.Case, content Content) ([]submission.Doubt, error) {
	return submission.Doubts(ctx, s.db, c.ID, Found(content))
}
