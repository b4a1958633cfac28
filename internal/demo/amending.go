package demo

import (
	"context"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/plan"
	"danvan/internal/post"
	"danvan/internal/submission"
)

// amendment is a sửa đổi, bổ sung from its beginning to where it stands.
func (s *planning) amendment(a content.Amendment) {
	s.on(a.BegunAt, s.amend(a.BegunBy))
	sent := s.sendings(a.No)
	steps := append([]step{s.saveReference(a.Document, false)}, s.changes(a)...)
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
func (s *planning) changes(a content.Amendment) []step {
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
func (s *planning) described(code string) content.Activity {
	for _, a := range s.content.Activities {
		if a.Unit == s.unit && a.Code == code {
			return a
		}
	}
	return content.Activity{}
}

// changed is the field a change sets, and to what.
func (s *planning) changed(x content.Change) (field, value string) {
	if x.Field != "due" {
		return x.Field, x.Value
	}
	start := s.described(x.Code).Time.Start
	return "time", start.ISO() + "/" + x.Value
}

func (s *planning) stop(x content.Change) step {
	return func(ctx context.Context, now time.Time) error {
		return s.plans.StopActivity(ctx, s.clerk.at(now), now, post.Once{}, s.ref, x.Code, s.revisions[x.Code], x.Reason, false)
	}
}
