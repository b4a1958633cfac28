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
func (s *planning) firstWriting() {
	sent := s.sendings(0)
	steps := []step{s.saveReference(s.plan.Document, false)}
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
	case s.plan.State == content.Awaiting: // on a paper that has its number already
		steps = append(steps, s.saveReference(s.plan.Document, true))
		s.handing(s.plan.HandedAt.Add(-writingTime), steps, s.plan.HandedAt, s.plan.HandedBy)
	default:
		s.spread(lastLook.Add(-writingTime), lastLook, steps)
	}
}

// declaredNil are the tasks the first version had nothing under.
func (s *planning) declaredNil() []int {
	var tasks []int
	for task := 1; task <= 7; task++ {
		if s.formerly[strconv.Itoa(task)]["nil"] != "" {
			tasks = append(tasks, task)
		}
	}
	return tasks
}

// corrections is what the unit does about the remarks of a returned round.
func (s *planning) corrections(round int) []step {
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
	return append(steps, s.replies(round)...)
}

// addActivity enters an activity as it was first sent, or as it is now.
func (s *planning) addActivity(a content.Activity, first bool) step {
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
		return s.saved(a.Code, r.Result, err)
	}
}

// inCharge puts two persons of the unit where nobody was; no name is nobody.
func (s *planning) inCharge(owner, deputy string) (*plan.Charge, *plan.Charge, error) {
	o, err := s.people.named(s.unit, owner)
	if err != nil || deputy == "" {
		return &plan.Charge{Now: o.ID}, &plan.Charge{}, err
	}
	d, err := s.people.named(s.unit, deputy)
	return &plan.Charge{Now: o.ID}, &plan.Charge{Now: d.ID}, err
}

// correct brings an activity from what was first sent to what it is now.
func (s *planning) correct(a content.Activity) step {
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
func (s *planning) save(ctx context.Context, now time.Time, code string, e plan.Edit) error {
	e.Read = s.revisions[code]
	r, err := s.plans.SaveActivity(ctx, s.clerk.at(now), now, post.Once{}, s.ref, code, e)
	return s.saved(code, r.Result, err)
}

// declare says that nothing is planned under a task, or with "" that something is.
func (s *planning) declare(task int, scope, reason string) step {
	return func(ctx context.Context, now time.Time) error {
		key := plan.TaskKey(task)
		r, err := s.plans.SaveScope(ctx, s.clerk.at(now), now, post.Once{}, s.ref, task,
			plan.Edit{Read: s.revisions[key], Values: submission.Content{"scope": scope, "reason": reason}})
		return s.saved(key, r.Result, err)
	}
}
