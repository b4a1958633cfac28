package plan_test

import (
	"slices"
	"testing"

	"danvan/internal/plan"
	"danvan/internal/submission"
)

func TestATaskIsEitherWorkedOnOrOutOfScope(t *testing.T) {
	running, stopped := plan.Activity{Title: "Đối thoại"}, plan.Activity{Title: "Đối thoại", Stopped: "Hết kinh phí"}
	for what, c := range map[string]struct {
		section plan.Section
		want    bool
	}{
		"worked on":                 {plan.Section{Task: 4, Activities: []plan.Activity{running}}, false},
		"out of scope":              {plan.Section{Task: 4, Scope: plan.ScopeNil, Reason: "Không có vụ việc"}, false},
		"both":                      {plan.Section{Task: 4, Scope: plan.ScopeNil, Reason: "Không có vụ việc", Activities: []plan.Activity{running}}, true},
		"out of scope after a stop": {plan.Section{Task: 4, Scope: plan.ScopeNil, Reason: "Không có vụ việc", Activities: []plan.Activity{stopped}}, false},
	} {
		gaps := plan.Gaps(plan.Content{Sections: []plan.Section{c.section}})
		if got := slices.ContainsFunc(gaps, func(g submission.Gap) bool { return g.Field == "scope" }); got != c.want {
			t.Errorf("%s: asked to keep one of the two: %t, want %t: %v", what, got, c.want, gaps)
		}
	}
}
