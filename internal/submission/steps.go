package submission

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/workingcopy"
)

// step runs one step of the workflow on the locked case.
func (d *Desk) step(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, doing string, fn func(tx pgx.Tx, c *Case) error) error {
	_, err := d.Change(ctx, act, now, once, ref, doing, func(tx pgx.Tx, c *Case) (string, error) {
		return doing, fn(tx, c)
	})
	return err
}

// weighed is step for what depends on the content.
func (d *Desk) weighed(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, doing string, fn func(tx pgx.Tx, c *Case, w Weight) error) error {
	return d.step(ctx, act, now, once, ref, doing, func(tx pgx.Tx, c *Case) error {
		w, err := d.book.Weigh(ctx, tx, now, *c)
		if err != nil {
			return err
		}
		c.Weigh(w)
		return fn(tx, c, w)
	})
}

// Send (trình) hands the working copy to the unit's leader.
func (d *Desk) Send(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	return d.weighed(ctx, act, now, once, ref, "send", func(tx pgx.Tx, c *Case, _ Weight) error {
		return SendToLeader(ctx, tx, act, now, c)
	})
}

// TakeBack (rút lại) fetches it back before the leader has decided.
func (d *Desk) TakeBack(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	return d.step(ctx, act, now, once, ref, "take back", func(tx pgx.Tx, c *Case) error {
		return TakeItBack(ctx, tx, act, now, c)
	})
}

// SendBack (chuyển lại) is the leader's no.
func (d *Desk) SendBack(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, reason string) error {
	return d.step(ctx, act, now, once, ref, "send back", func(tx pgx.Tx, c *Case) error {
		return SendItBack(ctx, tx, act, now, c, reason)
	})
}

// Signature is what the leader fills in and confirms when signing off.
type Signature struct {
	Read      int     // the submission revision that was read
	Reference Content // fields of the document reference
	RefRead   int     // the revision of that part
}

// SignOff (duyệt, gửi) stores the document reference and sends a frozen version.
func (d *Desk) SignOff(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, sig Signature) error {
	return d.submit(ctx, act, now, once, ref, sig, "sign off", SignItOff)
}

// Submit (gửi trực tiếp) sends without a step in between.
func (d *Desk) Submit(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, sig Signature) error {
	return d.submit(ctx, act, now, once, ref, sig, "submit", SubmitItDirectly)
}

type sender func(ctx context.Context, tx pgx.Tx, act actor.Actor, now time.Time, c *Case, s Signing) (Head, error)

func (d *Desk) submit(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, sig Signature, doing string, send sender) error {
	return d.weighed(ctx, act, now, once, ref, doing, func(tx pgx.Tx, c *Case, w Weight) error {
		if sig.Read != c.Revision {
			return fault.Conflict
		}
		if err := Decide(act, EditReference, *c, now).Err(); err != nil {
			return err
		}
		_, _, err := workingcopy.SaveTyped(ctx, tx, act, now, c, d.book.Schema(), ReferenceKey, Typed{Read: sig.RefRead, Values: sig.Reference})
		if err != nil {
			return err
		}
		// Sending is all or nothing: a wrong reference sends nothing and the
		// form keeps what was typed.
		if err := d.Mistakes(*c, now, sig.Reference).OrNil(); err != nil {
			return err
		}
		_, err = send(ctx, tx, act, now, c, Signing{Read: c.Revision, Reference: ReferenceFrom(sig.Reference),
			People: w.People, Computed: w.Computed, Omitted: w.Omitted})
		if err != nil {
			return err
		}
		return d.book.Froze(ctx, tx, c)
	})
}

// Mistakes says what is wrong with the document reference under which c is to be
// sent, and what of it is missing.
func (d *Desk) Mistakes(c Case, now time.Time, reference Content) fault.Invalid {
	_, bad := ReferenceKind.Split(reference, c.Known(now))
	return workingcopy.Missing(reference, bad, d.book.Letters()+"-STP")
}

// Recall (thu hồi) takes an unread version back.
func (d *Desk) Recall(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	return d.step(ctx, act, now, once, ref, "recall", func(tx pgx.Tx, c *Case) error {
		return RecallIt(ctx, tx, act, now, c)
	})
}

// RequestReopen (đề nghị mở lại) asks the receiver.
func (d *Desk) RequestReopen(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, reason string) error {
	return d.step(ctx, act, now, once, ref, "ask to reopen", func(tx pgx.Tx, c *Case) error {
		return AskToReopen(ctx, tx, act, now, c, reason)
	})
}

// Amend (sửa đổi, bổ sung) opens a working copy beside the version in force.
func (d *Desk) Amend(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	return d.step(ctx, act, now, once, ref, "amend", func(tx pgx.Tx, c *Case) error {
		return AmendIt(ctx, tx, act, now, c)
	})
}

// Discard (bỏ sửa đổi) returns to the version in force.
func (d *Desk) Discard(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref) error {
	return d.step(ctx, act, now, once, ref, "discard amendment of", func(tx pgx.Tx, c *Case) error {
		return DiscardIt(ctx, tx, act, now, c)
	})
}

// AnswerRemark stores the unit's answer to a remark.
func (d *Desk) AnswerRemark(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, remark int64, read int, answer string) error {
	return d.step(ctx, act, now, once, ref, "answer remark on", func(tx pgx.Tx, c *Case) error {
		return AnswerRemark(ctx, tx, act, now, c, remark, read, answer)
	})
}

// AnswerDoubt keeps the unit's explanation of something odd.
func (d *Desk) AnswerDoubt(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, code, answer string) error {
	return d.weighed(ctx, act, now, once, ref, "answer doubt on", func(tx pgx.Tx, c *Case, w Weight) error {
		for _, doubt := range w.Doubts {
			if doubt.Code == code {
				return AnswerDoubt(ctx, tx, act, now, c, doubt, answer)
			}
		}
		return fault.NotFound
	})
}

// Explain (giải trình) stores the unit's answer to a question about what it sent.
func (d *Desk) Explain(ctx context.Context, act actor.Actor, now time.Time, once post.Once, ref Ref, question int64, read int, answer string) error {
	return d.step(ctx, act, now, once, ref, "explain", func(tx pgx.Tx, c *Case) error {
		return ExplainIt(ctx, tx, act, now, c, question, read, answer)
	})
}
