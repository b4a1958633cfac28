package demo

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// writingTime is how long a unit takes to type its plan.
const writingTime = 6 * 24 * time.Hour

// explanations answer what a plan makes one wonder.
var explanations = map[string]string{
	"no_review": "Sơ kết, tổng kết công tác dân vận được lồng ghép vào hội nghị sơ kết 6 tháng và hội nghị công chức, viên chức cuối năm của cơ quan, không tổ chức riêng.",
}

// firstWriting is the plan up to its first sending, or as far as it got.
func (s *story) firstWriting() {
	sent := s.rounds(0)
	steps := []step{s.saveReference(s.plan.Document, len(sent) == 0)}
	for _, a := range s.content.Activities {
		if a.Unit == s.unit && a.Amendment == 0 && s.formerly[a.Code]["absent"] == "" {
			steps = append(steps, s.addActivity(a, true))
		}
	}
	for _, x := range s.content.Scopes {
		if x.Unit == s.unit {
			steps = append(steps, s.declare(x.Task, x.Kind, x.Reason))
		}
	}
	for _, task := range s.declaredNil() {
		steps = append(steps, s.declare(task, plan.ScopeNil, s.formerly[strconv.Itoa(task)]["nil"]))
	}
	switch {
	case len(sent) > 0:
		s.sending(sent[0].SentAt.Add(-writingTime), steps, sent[0], s.plan.Document)
	case s.plan.State == content.Awaiting:
		s.handing(s.plan.HandedAt.Add(-writingTime), steps, s.plan.HandedAt, s.plan.HandedBy)
	default:
		s.spread(lastLook.Add(-writingTime), lastLook, steps)
	}
}

// declaredNil are the tasks the first version had nothing under.
func (s *story) declaredNil() []int {
	var tasks []int
	for task := 1; task <= 7; task++ {
		if s.formerly[strconv.Itoa(task)]["nil"] != "" {
			tasks = append(tasks, task)
		}
	}
	return tasks
}

// corrections is what the unit does about the remarks of a returned round.
func (s *story) corrections(round int) []step {
	var steps []step
	for _, task := range s.declaredNil() {
		steps = append(steps, s.declare(task, "", ""))
	}
	for _, a := range s.content.Activities {
		switch former := s.formerly[a.Code]; {
		case a.Unit != s.unit || former == nil || round != 1:
		case former["absent"] != "":
			steps = append(steps, s.addActivity(a, false))
		default:
			steps = append(steps, s.correct(a))
		}
	}
	for _, m := range s.content.Remarks {
		if m.Unit == s.unit && m.Round == round && m.Answer != "" {
			steps = append(steps, s.answer(m))
		}
	}
	return steps
}

// addActivity enters an activity as it was first sent, or as it is now.
func (s *story) addActivity(a content.Activity, first bool) step {
	return func(ctx context.Context, now time.Time) error {
		task, err := strconv.Atoi(a.Code[:1])
		if err != nil {
			return err
		}
		values, ownerName := fields(a), a.Owner
		if first {
			values, ownerName = firstFields(a, s.formerly[a.Code])
		}
		owner, deputy, err := s.inCharge(ownerName, a.Deputy)
		if err != nil {
			return err
		}
		r, err := s.plans.AddActivity(ctx, s.clerk.at(now), now, post.Once{}, s.ref, task,
			plan.Edit{Values: values, Owner: owner, Deputy: deputy})
		if err == nil && r.Code != a.Code {
			err = fmt.Errorf("activity %s became %s", a.Code, r.Code)
		}
		return s.saved(a.Code, r, err)
	}
}

// inCharge puts two persons of the unit where nobody was; no name is nobody.
func (s *story) inCharge(owner, deputy string) (*plan.Charge, *plan.Charge, error) {
	o, err := s.people.named(s.unit, owner)
	if err != nil || deputy == "" {
		return &plan.Charge{Now: o.ID}, &plan.Charge{}, err
	}
	d, err := s.people.named(s.unit, deputy)
	return &plan.Charge{Now: o.ID}, &plan.Charge{Now: d.ID}, err
}

// correct brings an activity from what was first sent to what it is now.
func (s *story) correct(a content.Activity) step {
	return func(ctx context.Context, now time.Time) error {
		owner, deputy, err := s.inCharge(a.Owner, a.Deputy)
		if err != nil {
			return err
		}
		_, formerly := firstFields(a, s.formerly[a.Code])
		was, _, err := s.inCharge(formerly, "")
		if err != nil {
			return err
		}
		owner.Was, deputy.Was = was.Now, deputy.Now
		return s.save(ctx, now, a.Code, plan.Edit{Values: fields(a), Owner: owner, Deputy: deputy})
	}
}

// save stores changes of an activity on top of what was saved last.
func (s *story) save(ctx context.Context, now time.Time, code string, e plan.Edit) error {
	e.Read = s.revisions[code]
	r, err := s.plans.SaveActivity(ctx, s.clerk.at(now), now, post.Once{}, s.ref, code, e)
	return s.saved(code, r, err)
}

// declare says that nothing is planned under a task, or with "" that something is.
func (s *story) declare(task int, scope, reason string) step {
	return func(ctx context.Context, now time.Time) error {
		key := plan.TaskKey(task)
		r, err := s.plans.SaveScope(ctx, s.clerk.at(now), now, post.Once{}, s.ref, task,
			plan.Edit{Read: s.revisions[key], Values: submission.Content{"scope": scope, "reason": reason}})
		return s.saved(key, r, err)
	}
}

func (s *story) saveReference(d content.Document, numbered bool) step {
	return func(ctx context.Context, now time.Time) error {
		r, err := s.plans.SaveReference(ctx, s.clerk.at(now), now, post.Once{}, s.ref,
			plan.Edit{Read: s.revisions[plan.ReferenceKey], Values: reference(d, numbered)})
		return s.saved(plan.ReferenceKey, r, err)
	}
}

// saved remembers the revision for the next save of the same thing. Fields that
// were not stored are an error: the tables are at fault.
func (s *story) saved(what string, r plan.Result, err error) error {
	if err != nil {
		return err
	}
	if len(r.Faults) > 0 {
		return fmt.Errorf("%s was not stored whole: %v", what, map[string]string(r.Faults))
	}
	s.revisions[what] = r.Revision
	return nil
}

// explain answers every doubt that is still open.
func (s *story) explain(ctx context.Context, now time.Time) error {
	act := s.clerk.at(now)
	c, err := s.plans.Case(ctx, act, now, s.ref)
	if err != nil {
		return err
	}
	working, err := s.plans.Working(ctx, now, c)
	if err != nil {
		return err
	}
	doubts, err := s.plans.Doubts(ctx, c, working)
	if err != nil {
		return err
	}
	for _, d := range doubts {
		if d.Answer != "" {
			continue
		}
		if err := s.plans.AnswerDoubt(ctx, act, now, post.Once{}, s.ref, d.Code, explanations[d.Code]); err != nil {
			return err
		}
	}
	return nil
}
