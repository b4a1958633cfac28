package overview

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"danvan/internal/database"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// RecountPeriod works out again where the reports of a period stand and how the
// tasks went: in Go, from the sendings and the frozen content of the versions in
// force, without a look at the facts.
func RecountPeriod(ctx context.Context, db database.DB, b PeriodBoard) (Recounted, error) {
	var found Recounted
	reports, err := witnesses(ctx, db, b.Scope, b.Period.Slug)
	if err != nil {
		return found, fmt.Errorf("recount reports of %d/%s: %w", b.Year, b.Period.Slug, err)
	}
	const everyKind unit.Kind = ""
	measures := map[unit.Kind]map[PlanGroup]int{everyKind: {}}
	statuses := map[int]map[report.Status]int{}
	days := map[viet.Date]int{}
	for _, r := range reports {
		if measures[r.Kind] == nil {
			measures[r.Kind] = map[PlanGroup]int{}
		}
		for _, g := range r.groups() {
			measures[everyKind][g]++
			measures[r.Kind][g]++
			if g == Received {
				days[viet.DateOf(r.sent()[0].SentAt)]++
			}
		}
		said := r.statuses()
		row, shown := b.Row(r.Unit)
		for _, task := range b.Tasks {
			status := said[task.No]
			if statuses[task.No] == nil {
				statuses[task.No] = map[report.Status]int{}
			}
			statuses[task.No][status]++
			if shown {
				found.compare(Difference{Unit: r.Unit, Short: row.Short, Task: task.No,
					Shown: statusWord(row.Statuses[task.No]), Counted: statusWord(status)})
			}
		}
	}
	for _, g := range PlanGroups {
		found.compare(counted(Difference{Group: g}, b.Measures[g], measures[everyKind][g]))
		for _, k := range b.Kinds {
			found.compare(counted(Difference{Group: g, Kind: k.Kind}, k.Measures[g], measures[k.Kind][g]))
		}
	}
	for _, task := range b.Statuses {
		for _, s := range report.Statuses {
			found.compare(counted(Difference{Task: task.No, Status: s}, task.Counts[s], statuses[task.No][s]))
		}
	}
	for _, d := range b.Received {
		found.compare(counted(Difference{On: d.On}, d.Count, days[d.On]))
		delete(days, d.On)
	}
	for _, on := range slices.SortedFunc(maps.Keys(days), viet.Date.Compare) {
		found.compare(counted(Difference{On: on}, 0, days[on]))
	}
	return found, nil
}

// counted is the difference between two counts, of which there may be none.
func counted(d Difference, shown, counted int) Difference {
	d.Shown, d.Counted = viet.FormatInt(shown), viet.FormatInt(counted)
	return d
}

func statusWord(s report.Status) string {
	if s == "" {
		return viet.NoRatio
	}
	return s.Word()
}

// statuses are how the tasks went, by the version in force.
func (p witness) statuses() map[int]report.Status {
	said := map[int]report.Status{}
	if p.Frozen == nil {
		return said
	}
	for _, part := range p.Frozen.Parts {
		key, ok := strings.CutPrefix(part.Key, "task/")
		if no, err := strconv.Atoi(key); ok && err == nil {
			said[no] = report.Status(part.Content["status"])
		}
	}
	return said
}
