package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// filing is one submission of a unit on its way through the workflow.
type filing struct {
	*story
	desk     *submission.Desk
	ref      submission.Ref
	receiver string            // slug of the unit that decides
	rounds   []content.Round   // its sendings, in order
	remarks  []content.Remark  // of all rounds
	answers  map[string]string // to what it makes one wonder, by code of the doubt
	// keyOf finds the part of a version that a remark is on.
	keyOf func(v submission.Version, code string) (string, error)

	// What people have on the screen from one act to the next.
	revisions map[string]int     // last saved, by code of the activity or key of the part
	opened    submission.Version // what the reviewer reads
}

// sending is what happens from a moment until a round has been sent and decided
// on: steps of writing, handing in, signing, reviewing.
func (s *filing) sending(from time.Time, steps []step, r content.Round, paper content.Document) {
	if r.SentBy == s.clerk.Name { // directly, without sign-off
		s.spread(from, r.SentAt, append(steps, s.explain))
		s.on(r.SentAt, s.submit(paper))
	} else {
		// The leader signs within a day: so much before that it is handed in.
		handed := moments(s.calendar, later(from, r.SentAt.Add(-24*time.Hour)), r.SentAt, 3)[1]
		s.handing(from, steps, handed, s.clerk.Name)
		s.on(r.SentAt, s.signOff(r.SentBy, paper))
	}
	s.decision(r)
}

// handing is writing that ends on the leader's desk.
func (s *filing) handing(from time.Time, steps []step, at time.Time, by string) {
	s.spread(from, at, append(steps, s.explain))
	s.on(at, func(ctx context.Context, now time.Time) error {
		act, err := s.actor(by, now)
		if err != nil {
			return err
		}
		return s.desk.Send(ctx, act, now, post.Once{}, s.ref)
	})
}

// submit sends directly.
func (s *filing) submit(paper content.Document) step {
	return func(ctx context.Context, now time.Time) error {
		sig, err := s.signature(ctx, now, s.clerk, paper)
		if err != nil {
			return err
		}
		return s.desk.Submit(ctx, s.clerk.at(now), now, post.Once{}, s.ref, sig)
	}
}

// signOff is the leader's sending.
func (s *filing) signOff(by string, paper content.Document) step {
	return func(ctx context.Context, now time.Time) error {
		leader, err := s.people.named(s.unit, by)
		if err != nil {
			return err
		}
		sig, err := s.signature(ctx, now, leader, paper)
		if err != nil {
			return err
		}
		return s.desk.SignOff(ctx, leader.at(now), now, post.Once{}, s.ref, sig)
	}
}

// signature confirms what has just been read. The tables know the day of the paper
// that was accepted; one returned before bore the day it was signed.
func (s *filing) signature(ctx context.Context, now time.Time, by person, paper content.Document) (submission.Signature, error) {
	if today := viet.DateOf(now); paper.IssuedOn.After(today) {
		paper.IssuedOn = today
	}
	c, err := s.desk.Case(ctx, by.at(now), now, s.ref)
	if err != nil {
		return submission.Signature{}, err
	}
	doc, err := s.desk.Part(ctx, c, submission.ReferenceKey)
	return submission.Signature{Read: c.Revision, Reference: reference(paper, true), RefRead: doc.Revision}, err
}

// decision is what the receiver does with a sending: opens it, remarks on it,
// returns or accepts it.
func (s *filing) decision(r content.Round) {
	if r.Outcome == "pending" {
		if r.SentAt.Before(lastLook) {
			s.on(moments(s.calendar, r.SentAt, lastLook, 1)[0], s.open(s.reader()))
		}
		return
	}
	steps := []step{s.open(r.DecidedBy)}
	for _, m := range s.remarks {
		if m.Round == r.No {
			steps = append(steps, s.remark(r, m))
		}
	}
	s.spread(r.SentAt, r.DecidedAt, steps)
	s.on(r.DecidedAt, func(ctx context.Context, now time.Time) error {
		reviewer, err := s.people.named(s.receiver, r.DecidedBy)
		if err != nil {
			return err
		}
		if r.Outcome == "accepted" {
			return s.reviews.Accept(ctx, reviewer.at(now), now, post.Once{}, s.ref, r.No)
		}
		return s.reviews.Return(ctx, reviewer.at(now), now, post.Once{}, s.ref, r.No, r.Reason)
	})
}

// lead is the unit that reviews what the province's own units file.
const lead = "snv"

// reader is who decided on what the unit sent before, or for the same receiver on
// what another did.
func (s *filing) reader() string {
	all := slices.Concat(s.rounds, s.content.Rounds, s.content.ReportRounds)
	decided := func(r content.Round) bool { return r.DecidedBy != "" && receiverOf(r.Unit) == s.receiver }
	i := slices.IndexFunc(all, func(r content.Round) bool { return decided(r) && r.Unit == s.unit })
	if i < 0 {
		i = slices.IndexFunc(all, decided)
	}
	return all[i].DecidedBy
}

func (s *filing) open(by string) step {
	return func(ctx context.Context, now time.Time) error {
		reviewer, err := s.people.named(s.receiver, by)
		if err != nil {
			return err
		}
		_, s.opened, err = s.reviews.Open(ctx, reviewer.at(now), now, s.ref)
		return err
	}
}

func (s *filing) remark(r content.Round, m content.Remark) step {
	return func(ctx context.Context, now time.Time) error {
		reviewer, err := s.people.named(s.receiver, r.DecidedBy)
		if err != nil {
			return err
		}
		part, err := s.keyOf(s.opened, m.Code)
		if err != nil {
			return err
		}
		return s.reviews.Remark(ctx, reviewer.at(now), now, post.Once{}, s.ref, r.No, part, m.Field, m.Text)
	}
}

// answer is the unit's answer to a remark.
func (s *filing) answer(m content.Remark) step {
	return func(ctx context.Context, now time.Time) error {
		c, err := s.desk.Case(ctx, s.clerk.at(now), now, s.ref)
		if err != nil {
			return err
		}
		notes, err := s.desk.Notes(ctx, c)
		if err != nil {
			return err
		}
		for _, n := range notes {
			if n.VersionNo == m.Round && n.Body == m.Text {
				return s.desk.AnswerRemark(ctx, s.clerk.at(now), now, post.Once{}, s.ref, n.ID, n.AnswerRev, m.Answer)
			}
		}
		return fmt.Errorf("remark %q: %w", m.Text, fault.NotFound)
	}
}

// replies are the steps that answer the remarks of a round, as far as they are.
func (s *filing) replies(round int) []step {
	var steps []step
	for _, m := range s.remarks {
		if m.Round == round && m.Answer != "" {
			steps = append(steps, s.answer(m))
		}
	}
	return steps
}

// explain answers every doubt that is still open.
func (s *filing) explain(ctx context.Context, now time.Time) error {
	act := s.clerk.at(now)
	c, err := s.desk.Case(ctx, act, now, s.ref)
	if err != nil {
		return err
	}
	w, err := s.desk.Weigh(ctx, now, &c)
	if err != nil {
		return err
	}
	for _, d := range w.Doubts {
		if d.Answer != "" {
			continue
		}
		if err := s.desk.AnswerDoubt(ctx, act, now, post.Once{}, s.ref, d.Code, s.answers[d.Code]); err != nil {
			return fmt.Errorf("%s: %w", d.Message, err)
		}
	}
	return nil
}

// amend is the beginning of a sửa đổi, bổ sung.
func (s *filing) amend(by string) step {
	return func(ctx context.Context, now time.Time) error {
		act, err := s.actor(by, now)
		if err != nil {
			return err
		}
		if err := s.desk.Amend(ctx, act, now, post.Once{}, s.ref); err != nil {
			return err
		}
		// The leader has numbered the paper since it was last saved here.
		c, err := s.desk.Case(ctx, act, now, s.ref)
		if err != nil {
			return err
		}
		w, err := s.desk.Weigh(ctx, now, &c)
		s.revisions[submission.ReferenceKey] = w.Reference.Revision
		return err
	}
}

func (s *filing) saveReference(d content.Document, numbered bool) step {
	return func(ctx context.Context, now time.Time) error {
		r, err := s.desk.SaveReference(ctx, s.clerk.at(now), now, post.Once{}, s.ref,
			submission.Typed{Read: s.revisions[submission.ReferenceKey], Values: reference(d, numbered)})
		return s.saved(submission.ReferenceKey, r, err)
	}
}

// saved remembers the revision for the next save of the same thing. Fields that
// were not stored are an error: the tables are at fault.
func (s *filing) saved(what string, r submission.Result, err error) error {
	if err != nil {
		return err
	}
	if len(r.Faults) > 0 {
		return fmt.Errorf("%s was not stored whole: %v", what, map[string]string(r.Faults))
	}
	s.revisions[what] = r.Revision
	return nil
}
