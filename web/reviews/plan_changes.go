package reviews

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/plan"
	"danvan/internal/submission"
)

// withPartners is c with an activity that names the partners of the sending
// before, so that those who are no longer named have a name too.
func withPartners(c plan.Content, before *submission.Version) plan.Content {
	if before == nil {
		return c
	}
	var former plan.Activity
	for _, p := range before.Frozen.Parts {
		former.Partners = append(former.Partners, strings.Fields(p.Content["partners"])...)
	}
	c.Sections = append(slices.Clip(c.Sections), plan.Section{Activities: []plan.Activity{former}})
	return c
}

func (p planContent) unitNames() map[string]string { return p.names }

func (p planContent) news(v reading) string {
	if !v.Changes.known() {
		return ""
	}
	n := p.changedOfWhole(v)
	for _, s := range p.Sections {
		n += p.changedIn(v, s)
	}
	if n == 0 {
		return fmt.Sprintf("không có gì thay đổi so với lần gửi %d", v.Changes.No)
	}
	return fmt.Sprintf("%d mục thay đổi so với lần gửi %d, phần không đổi đã gấp lại", n, v.Changes.No)
}

// changedOfWhole counts what changed in what belongs to no task.
func (p planContent) changedOfWhole(v reading) int {
	kind, _ := v.Matter.schema.Of(submission.ReferenceKey)
	if v.Changes.shown(kind, submission.ReferenceKey) {
		return 1
	}
	return 0
}

// changedIn counts in a section the activities that are not as they were, those
// that are gone, and its scope.
func (p planContent) changedIn(v reading, s plan.Section) int {
	n := len(p.gone(v, s.Task))
	if p.rescoped(v, s) {
		n++
	}
	for _, a := range s.Activities {
		if p.changed(v, a) {
			n++
		}
	}
	return n
}

func (p planContent) changed(v reading, a plan.Activity) bool {
	kind, _ := v.Matter.schema.Of("activity")
	return v.Changes.shown(kind, plan.ActivityKey(a.ID))
}

// rescoped reports whether a task was put in or out of scope, or for another reason.
func (p planContent) rescoped(v reading, s plan.Section) bool {
	kind, _ := v.Matter.schema.Of("task")
	changed, _ := v.Changes.fields(kind, plan.TaskKey(s.Task))
	return v.Changes.known() && len(changed) > 0
}

// gone are the parts of activities of a task that were sent before and are no
// longer there.
func (p planContent) gone(v reading, task int) []string {
	var keys []string
	for _, key := range v.Changes.gone("activity") {
		if v.Changes.before(key, "task") == strconv.Itoa(task) {
			keys = append(keys, key)
		}
	}
	return keys
}

// keysOf are the parts of a section on which one may remark.
func (p planContent) keysOf(s plan.Section) []string {
	keys := []string{plan.TaskKey(s.Task)}
	for _, a := range s.Activities {
		keys = append(keys, plan.ActivityKey(a.ID))
	}
	return keys
}

// same reports whether nothing in a section is to be read again.
func (p planContent) same(v reading, s plan.Section) bool {
	return v.Changes.known() && p.changedIn(v, s) == 0 && len(v.notesOn(p.keysOf(s)...)) == 0
}

// apart parts the activities of a section into those to be read and those that
// are as they were; before the first decision all are to be read.
func (p planContent) apart(v reading, s plan.Section) (read, rest []plan.Activity) {
	for _, a := range s.Activities {
		if !v.Changes.known() || p.changed(v, a) || len(v.notesOn(plan.ActivityKey(a.ID))) > 0 {
			read = append(read, a)
			continue
		}
		rest = append(rest, a)
	}
	return read, rest
}

// sectionNews is the right side of a section's head.
func (p planContent) sectionNews(v reading, s plan.Section) string {
	if !v.Changes.known() {
		return activityCount(s)
	}
	if n := p.changedIn(v, s); n > 0 {
		return strconv.Itoa(n) + " thay đổi"
	}
	return "không đổi"
}

// aYearAgo are the activities of a task in the plan in force a year earlier.
func (p planContent) aYearAgo(v reading, task int) []submission.Content {
	if v.YearAgo == nil {
		return nil
	}
	var all []submission.Content
	for _, part := range v.YearAgo.Frozen.Parts {
		if strings.HasPrefix(part.Key, "activity/") && part.Content["task"] == strconv.Itoa(task) {
			all = append(all, part.Content)
		}
	}
	slices.SortFunc(all, func(a, b submission.Content) int { return standsAt(a) - standsAt(b) })
	return all
}

// standsAt is where an activity stands in its task.
func standsAt(c submission.Content) int {
	n, _ := strconv.Atoi(c["position"]) // always a number where it is kept
	return n
}
