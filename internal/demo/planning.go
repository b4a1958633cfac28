package demo

import (
	"fmt"

	"danvan/internal/demo/content"
	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/submission"
)

// planning is the year of a unit's plan, with its progress.
type planning struct {
	filing
	plan     content.Plan
	formerly map[string]submission.Content // what its returned first version read, by code
	entries  map[int]progress.EntryID      // by the number the tables give them
}

// filePlan puts the year of the unit's plan together.
func (s *story) filePlan(p content.Plan, formerly map[string]submission.Content) {
	one := &planning{plan: p, formerly: formerly, entries: map[int]progress.EntryID{},
		filing: filing{story: s, desk: s.plans.Desk, ref: plan.Ref(content.Year, p.Unit), receiver: lead,
			answers: explanations, keyOf: activityKey, revisions: map[string]int{}}}
	for _, r := range s.content.Rounds {
		if r.Unit == s.unit {
			one.rounds = append(one.rounds, r)
		}
	}
	for _, m := range s.content.Remarks {
		if m.Unit == s.unit {
			one.remarks = append(one.remarks, m)
		}
	}
	one.write()
	one.signed("")
}

// write notes everything people do with the plan.
func (s *planning) write() {
	if s.plan.State == content.NotBegun {
		return
	}
	s.firstWriting()
	var before content.Round
	for _, r := range s.sendings(0) {
		if r.No > 1 {
			s.sending(before.DecidedAt, s.corrections(before.No), r, s.plan.Document)
		}
		before = r
	}
	for _, a := range s.content.Amendments {
		if a.Unit == s.unit {
			s.amendment(a)
		}
	}
	s.progressLog()
}

// sendings are the rounds of the plan itself (0) or of an amendment, in order.
func (s *planning) sendings(amendment int) []content.Round {
	var own []content.Round
	for _, r := range s.rounds {
		if r.Amendment == amendment {
			own = append(own, r)
		}
	}
	return own
}

// activityKey finds an activity in a version; "" is the whole.
func activityKey(v submission.Version, code string) (string, error) {
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
