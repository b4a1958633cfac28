package demo

import (
	"context"
	"fmt"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// sending is what happens from a moment until the plan has been sent and decided
// on: steps of writing, handing in, signing, reviewing.
func (s *story) sending(from time.Time, steps []step, r content.Round, paper content.Document) {
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
func (s *story) handing(from time.Time, steps []step, at time.Time, by string) {
	s.spread(from, at, append(steps, s.explain))
	s.on(at, func(ctx context.Context, now time.Time) error {
		act, err := s.actor(by, now)
		if err != nil {
			return err
		}
		return s.plans.Send(ctx, act, now, post.Once{}, s.ref)
	})
}

// submit sends directly.
func (s *story) submit(paper content.Document) step {
	return func(ctx context.Context, now time.Time) error {
		sig, err := s.signature(ctx, now, s.clerk, paper)
		if err != nil {
			return err
		}
		return s.plans.Submit(ctx, s.clerk.at(now), now, post.Once{}, s.ref, sig)
	}
}

// signOff is the leader's sending.
func (s *story) signOff(by string, paper content.Document) step {
	return func(ctx context.Context, now time.Time) error {
		leader, err := s.people.named(s.unit, by)
		if err != nil {
			return err
		}
		sig, err := s.signature(ctx, now, leader, paper)
		if err != nil {
			return err
		}
		return s.plans.SignOff(ctx, leader.at(now), now, post.Once{}, s.ref, sig)
	}
}

// signature confirms what has just been read.
func (s *story) signature(ctx context.Context, now time.Time, by person, paper content.Document) (plan.Signature, error) {
	c, err := s.plans.Case(ctx, by.at(now), now, s.ref)
	return plan.Signature{Read: c.Revision, Reference: reference(paper, true), RefRead: s.revisions[plan.ReferenceKey]}, err
}

// decision is what Sở Nội vụ does with a sending: opens it, remarks on it,
// returns or accepts it.
func (s *story) decision(r content.Round) {
	if r.Outcome == "pending" {
		if r.SentAt.Before(lastLook) {
			s.on(moments(s.calendar, r.SentAt, lastLook, 1)[0], s.open(s.reader()))
		}
		return
	}
	steps := []step{s.open(r.DecidedBy)}
	for _, m := range s.content.Remarks {
		if m.Unit == s.unit && m.Round == r.No {
			steps = append(steps, s.remark(r, m))
		}
	}
	s.spread(r.SentAt, r.DecidedAt, steps)
	s.on(r.DecidedAt, func(ctx context.Context, now time.Time) error {
		reviewer, err := s.people.named(lead, r.DecidedBy)
		if err != nil {
			return err
		}
		if r.Outcome == "accepted" {
			return s.reviews.Accept(ctx, reviewer.at(now), now, post.Once{}, s.ref, r.No)
		}
		return s.reviews.Return(ctx, reviewer.at(now), now, post.Once{}, s.ref, r.No, r.Reason)
	})
}

// lead is the unit that reviews.
const lead = "snv"

// reader is who decided on the unit's plan before.
func (s *story) reader() string {
	for _, r := range s.content.Rounds {
		if r.Unit == s.unit && r.DecidedBy != "" {
			return r.DecidedBy
		}
	}
	return ""
}

func (s *story) open(by string) step {
	return func(ctx context.Context, now time.Time) error {
		reviewer, err := s.people.named(lead, by)
		if err != nil {
			return err
		}
		_, s.opened, err = s.reviews.Open(ctx, reviewer.at(now), now, s.ref)
		return err
	}
}

func (s *story) remark(r content.Round, m content.Remark) step {
	return func(ctx context.Context, now time.Time) error {
		reviewer, err := s.people.named(lead, r.DecidedBy)
		if err != nil {
			return err
		}
		part, err := partOf(s.opened, m.Code)
		if err != nil {
			return err
		}
		return s.reviews.Remark(ctx, reviewer.at(now), now, post.Once{}, s.ref, r.No, part, m.Field, m.Text)
	}
}

// partOf finds an activity in a version; "" is the whole.
func partOf(v submission.Version, code string) (string, error) {
	if code == "" {
		return "", nil
	}
	for _, p := range v.Frozen.Parts {
		if p.Content["code"] == code {
			return p.Key, nil
		}
	}
	return "", fmt.Errorf("activity %s in version %d: %w", code, v.No, fault.NotFound)
}

// answer is the unit's answer to a remark.
func (s *story) answer(m content.Remark) step {
	return func(ctx context.Context, now time.Time) error {
		c, err := s.plans.Case(ctx, s.clerk.at(now), now, s.ref)
		if err != nil {
			return err
		}
		notes, err := s.plans.Notes(ctx, c)
		if err != nil {
			return err
		}
		for _, n := range notes {
			if n.VersionNo == m.Round && n.Body == m.Text {
				return s.plans.AnswerRemark(ctx, s.clerk.at(now), now, post.Once{}, s.ref, n.ID, n.AnswerRev, m.Answer)
			}
		}
		return fmt.Errorf("remark %q: %w", m.Text, fault.NotFound)
	}
}

// amendment is a sửa đổi, bổ sung from its beginning to where it stands.
func (s *story) amendment(a content.Amendment) {
	s.on(a.BegunAt, func(ctx context.Context, now time.Time) error {
		act, err := s.actor(a.BegunBy, now)
		if err != nil {
			return err
		}
		if err := s.plans.Amend(ctx, act, now, post.Once{}, s.ref); err != nil {
			return err
		}
		// The leader has numbered the paper since it was last saved here.
		c, err := s.plans.Case(ctx, act, now, s.ref)
		if err != nil {
			return err
		}
		working, err := s.plans.Working(ctx, now, c)
		s.revisions[plan.ReferenceKey] = working.RefPart.Revision
		return err
	})
	sent := s.rounds(a.No)
	steps := append([]step{s.saveReference(a.Document, len(sent) == 0)}, s.changes(a)...)
	switch {
	case len(sent) > 0:
		s.sending(a.BegunAt, steps, sent[0], a.Document)
	case a.State == content.Awaiting:
		s.handing(a.BegunAt, steps, s.plan.HandedAt, s.plan.HandedBy)
	default:
		s.spread(a.BegunAt, lastLook, steps)
	}
}

// changes are the steps of an amendment, one for each activity it touches.
func (s *story) changes(a content.Amendment) []step {
	var steps []step
	fields := map[string]submission.Content{} // of activities to change, so far
	for _, x := range s.content.Changes {
		if x.Unit != s.unit || x.Amendment != a.No {
			continue
		}
		switch x.Kind {
		case "add":
			steps = append(steps, s.addActivity(s.described(x.Code), false))
		case "stop":
			steps = append(steps, s.stop(x))
		case "change":
			field, value := s.changed(x)
			if fields[x.Code] != nil { // its step is there already
				fields[x.Code][field] = value
				continue
			}
			values := submission.Content{field: value}
			fields[x.Code] = values
			steps = append(steps, func(ctx context.Context, now time.Time) error {
				return s.save(ctx, now, x.Code, plan.Edit{Values: values})
			})
		}
	}
	return steps
}

// described is an activity of the unit as the tables have it.
func (s *story) described(code string) content.Activity {
	for _, a := range s.content.Activities {
		if a.Unit == s.unit && a.Code == code {
			return a
		}
	}
	return content.Activity{}
}

// changed is the field a change sets, and to what.
func (s *story) changed(x content.Change) (field, value string) {
	if x.Field != "due" {
		return x.Field, x.Value
	}
	start := s.described(x.Code).Time.Start
	return "time", start.ISO() + "/" + x.Value
}

func (s *story) stop(x content.Change) step {
	return func(ctx context.Context, now time.Time) error {
		return s.plans.StopActivity(ctx, s.clerk.at(now), now, post.Once{}, s.ref, x.Code, s.revisions[x.Code], x.Reason, false)
	}
}
