package consolidations

import (
	"fmt"
	"strings"

	"danvan/internal/consolidation"
	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// absentee is a unit without a report in force.
type absentee struct {
	Name, Path, Word, Due, Late string
	Kind                        ui.Kind
	Covered                     bool // a reason to go on without it is recorded
}

// absentees are the units missing now, and whether all of them are past their day.
func absentees(g consolidation.Ground, c consolidation.Case, today viet.Date) (list []absentee, past bool) {
	past = true
	uncovered := strings.Join(c.Uncovered(), " ") + " "
	for _, m := range g.Missing {
		a := absentee{Name: m.Short, Kind: planLook(m.State), Word: m.State.Word(), Covered: !strings.Contains(uncovered, m.Slug+" ")}
		if m.State != overview.NotBegun {
			a.Path = paths.Report(g.Year, g.Period.Slug, m.Slug)
		}
		if s, ok := g.UnitStatus(m.Slug); ok && s.DueBefore != nil {
			last := viet.LastDayBefore(*s.DueBefore)
			a.Due = "trước ngày " + last.Next().String()
			if s.FirstSent == nil && last.Before(today) {
				a.Late = fmt.Sprintf("quá %d ngày", last.DaysUntil(today))
			}
			past = past && last.Before(today)
		}
		list = append(list, a)
	}
	return list, past && len(list) > 0
}

// reminder leads to the letter to those who are late, "" where there is nobody to
// write to.
func (v showing) reminder() string {
	for _, m := range v.absent {
		if v.remind && m.Late != "" {
			return paths.ReminderOf(v.Case.Year, v.Case.Period, v.Case.UnitSlug)
		}
	}
	return ""
}
