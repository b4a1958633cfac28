package demo

import (
	"strconv"
	"strings"
	"testing"

	"danvan/internal/demo/content"
	"danvan/internal/plan"
	"danvan/internal/submission"
)

func TestWhatWasReturnedDiffersFromWhatItBecame(t *testing.T) {
	t.Parallel()
	c, err := content.All()
	if err != nil {
		t.Fatal(err)
	}
	activities, people := map[string]content.Activity{}, map[string]bool{}
	for _, a := range c.Activities {
		activities[a.Unit+"/"+a.Code] = a
	}
	for _, p := range c.People {
		people[p.Unit+"/"+p.Name] = true
	}
	kind, _ := plan.Schema.Of("activity")
	for unit, codes := range readReturned() {
		if !returnedFirst(c, unit) {
			t.Errorf("%s: its first version was not returned and answered", unit)
		}
		for code, former := range codes {
			at := unit + "/" + code
			if former["nil"] != "" {
				checkDeclaredNil(t, c, codes, unit, code)
				continue
			}
			a, ok := activities[at]
			if !ok {
				t.Errorf("%s is not there", at)
			}
			for field, value := range former {
				_, known := kind.Field(field)
				switch {
				case field == "absent":
				case field == "owner":
					if value == a.Owner || !people[unit+"/"+value] {
						t.Errorf("%s: owner %q", at, value)
					}
				case !known || fields(a)[field] == value:
					t.Errorf("%s: %s was %q", at, field, value)
				case field == "time":
					if span, err := submission.ParseTime(value); err != nil || span.IsZero() {
						t.Errorf("%s: time %q: %v", at, value, err)
					}
				}
			}
		}
	}
}

// returnedFirst reports whether the unit sent its plan again after a return.
func returnedFirst(c content.Content, unit string) bool {
	returned := false
	for _, r := range c.Rounds {
		switch {
		case r.Unit != unit || r.Amendment != 0:
		case r.No == 1:
			returned = r.Outcome == "returned"
		case r.No == 2:
			return returned
		}
	}
	return false
}

// checkDeclaredNil wants every activity of the task to have come later, or the
// plan would have contradicted itself.
func checkDeclaredNil(t *testing.T, c content.Content, codes map[string]submission.Content, unit, task string) {
	t.Helper()
	if n, err := strconv.Atoi(task); err != nil || n < 1 || n > 7 {
		t.Errorf("%s: task %q", unit, task)
	}
	for _, a := range c.Activities {
		if a.Unit == unit && strings.HasPrefix(a.Code, task+".") && codes[a.Code]["absent"] == "" {
			t.Errorf("%s/%s was there while nothing was planned under task %s", unit, a.Code, task)
		}
	}
}

func TestEveryRemarkOnAFieldFoundItOtherwise(t *testing.T) {
	t.Parallel()
	c, err := content.All()
	if err != nil {
		t.Fatal(err)
	}
	table := readReturned()
	for _, m := range c.Remarks {
		if m.Answer == "" || m.Code == "" {
			continue
		}
		if table[m.Unit][m.Code] == nil {
			t.Errorf("%s %s: the remark %q was answered without a change", m.Unit, m.Code, m.Text)
		}
	}
}
