package overviews

import (
	"fmt"
	"time"

	"danvan/internal/overview"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// periodFinding is how many have sent, and what is owed.
func periodFinding(b overview.PeriodBoard, l periodLinks, today viet.Date) []finding {
	what := shortReport(b.Period.Name, b.Year)
	received, expected, accepted := b.Measures[overview.Received], b.Measures[overview.Expected], b.Measures[overview.InForce]
	if today.Before(b.Period.OpensOn) && received == 0 {
		return []finding{{Before: fmt.Sprintf("Kỳ %s mở từ ngày %s", what, b.Period.OpensOn)}}
	}
	if expected == 0 {
		return []finding{{Before: "Chưa đơn vị nào phải gửi " + what}}
	}
	first := finding{Link: ui.Link{Label: fmt.Sprintf("%d/%d đơn vị đã gửi %s", received, expected, what), Path: l.reports("", planGroups[overview.Received])}}
	if received == expected {
		first.Label = fmt.Sprintf("Cả %d đơn vị đã gửi %s", expected, what)
	}
	late := 0
	for _, r := range b.Rows {
		if r.In(overview.NotReceived) && r.DaysLate(today) > 0 {
			late++
		}
	}
	if late == 0 && received == 0 {
		return []finding{first}
	}
	first.After = ","
	switch {
	case late > 0:
		return []finding{first, {Link: ui.Link{Label: viet.FormatInt(late) + " đơn vị quá hạn chưa gửi", Path: l.reports("", planGroups[overview.NotReceived], lateParam, "1")}}}
	case accepted == expected:
		return []finding{first, {Before: "tất cả đã tiếp nhận"}}
	}
	return []finding{first, {Link: ui.Link{Label: viet.FormatInt(accepted) + " báo cáo đã tiếp nhận", Path: l.reports("", planGroups[overview.InForce])}}}
}

// ownReports is where the reports of one's own units stand.
func ownReports(b overview.PeriodBoard) []finding {
	var lines []finding
	for _, r := range b.Rows {
		state := lower(stateWords(r))
		if r.No > 0 {
			state += fmt.Sprintf(" (lần gửi %d)", r.No)
		}
		lines = append(lines, finding{Before: unitName(r.Name) + ": " + reportOf(b.Period.Name) + " " + state})
	}
	if len(lines) == 0 {
		return []finding{{Before: "Đơn vị không phải gửi " + reportOf(b.Period.Name)}}
	}
	return lines
}

// dueOf is the common deadline of the kind most units are of; none: zero.
func dueOf(b overview.PeriodBoard) time.Time {
	most := 0
	var due time.Time
	for _, k := range b.Kinds {
		if n := k.Measures[overview.Expected]; k.DueBefore != nil && n > most {
			most, due = n, *k.DueBefore
		}
	}
	return due
}

func deref(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

// periodCurve is the first sendings by day against the last common deadline.
func periodCurve(b overview.PeriodBoard, l periodLinks, today viet.Date) curve {
	c := curve{What: reportOf(b.Period.Name), Today: today, Expected: b.Measures[overview.Expected], Opens: b.Period.OpensOn,
		List: l.reports("", planGroups[overview.Received])}
	for _, d := range b.Received {
		c.Sendings = append(c.Sendings, sending{d.On, d.Count})
	}
	for _, k := range b.Kinds {
		if k.DueBefore != nil && viet.LastDayBefore(*k.DueBefore).Next().After(c.Due) {
			c.Due = viet.LastDayBefore(*k.DueBefore).Next()
		}
	}
	if len(c.Sendings) > 0 && c.Sendings[0].On.Before(c.Opens) {
		c.Opens = c.Sendings[0].On
	}
	return c
}

// periodOwing lists the units that never sent, by the state of their report.
func periodOwing(b overview.PeriodBoard, l periodLinks) []owing {
	var groups []owing
	for _, s := range overview.PlanStates {
		g := owing{State: looks[s], Word: s.Word()}
		for _, r := range b.Rows {
			if r.In(overview.NotReceived) && r.State == s {
				g.Units = append(g.Units, ui.Link{Label: unitName(r.Name), Path: l.report(r.Unit)})
			}
		}
		if len(g.Units) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}

// owingTitle is how many reports are still to come.
func (p period) owingTitle() string {
	switch {
	case p.Curve.Expected == 0:
		return "Chưa đơn vị nào phải gửi báo cáo"
	case p.Missing == 0:
		return "Không còn đơn vị nào chưa gửi báo cáo"
	}
	return unitsText(p.Missing) + " chưa gửi báo cáo"
}

// answeredText says whose words the outcomes are.
func (p period) answeredText() string {
	return "theo " + viet.FormatInt(p.Answered) + " báo cáo đang có hiệu lực"
}

// measured is "12/28", the number of those expected alone.
func measured(m ui.Measure) string {
	if m.Of == 0 {
		return viet.FormatInt(m.Value)
	}
	return viet.FormatInt(m.Value) + "/" + viet.FormatInt(m.Of)
}

func shareText(m ui.Measure) string { return viet.Percent(m.Value, m.Of) }
