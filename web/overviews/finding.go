package overviews

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"time"

	"danvan/internal/campaign"
	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// finding is a line of a title: a number of rows leads to them.
type finding struct {
	Before string
	ui.Link
	After string
}

// findingOf is how many have sent and how many are behind.
func findingOf(b overview.Board, l links) []finding {
	received, expected := b.Measures[overview.Received], b.Measures[overview.Expected]
	first := finding{Link: ui.Link{Label: fmt.Sprintf("%d/%d đơn vị đã gửi kế hoạch", received, expected), Path: l.plans(b.Receiver.Unit, overview.Received)}}
	switch {
	case expected == 0:
		first = finding{Before: nobodyExpected}
	case received == expected:
		first.Label = fmt.Sprintf("Cả %d đơn vị đã gửi kế hoạch", expected)
	}
	if b.Planned == 0 {
		return []finding{first}
	}
	first.After = ","

	behind := 0
	for _, r := range b.Rows {
		if r.Sum.Overdue+r.Common.Overdue > 0 {
			behind++
		}
	}
	if behind == 0 {
		return []finding{first, {Before: "không đơn vị nào có việc quá hạn"}}
	}
	return []finding{first, {Link: ui.Link{Label: viet.FormatInt(behind) + " đơn vị có việc quá hạn", Path: l.behind(b.Receiver.Unit)}}}
}

func ownFinding(b overview.Board, l links) []finding {
	names := ""
	for i, r := range b.Rows {
		if i > 0 {
			names += ", "
		}
		names += unitName(r.Name)
	}
	own := ownSum(b)
	if own.Total() == 0 {
		return []finding{{Before: names + ": chưa có kế hoạch có hiệu lực"}}
	}
	first := finding{names + ": ", ui.Link{Label: share(own) + " hoạt động hoàn thành", Path: l.activities(statusParam, finished)}, ","}
	if own.Overdue == 0 {
		return []finding{first, {Before: "không có việc quá hạn"}}
	}
	return []finding{first, {Link: ui.Link{Label: viet.FormatInt(own.Overdue) + " việc quá hạn", Path: l.activities(statusParam, statusWords[progress.Overdue])}}}
}

// ownSum counts every activity of one's own units, the common part too.
func ownSum(b overview.Board) progress.Tally {
	var own progress.Tally
	for _, r := range b.Rows {
		own = own.Plus(r.Sum).Plus(r.Common)
	}
	return own
}

// deadlineOf is the deadline of the kind most units are of, and how far it is.
func deadlineOf(b overview.Board, today viet.Date) (words, lastDay, rest string) {
	most := 0
	var due time.Time
	for _, k := range unit.Kinds {
		n := 0
		for _, r := range b.Rows {
			if r.Kind == k {
				n++
			}
		}
		if at, set := b.Deadlines[k]; set && n > most {
			most, due = n, at
		}
	}
	if b.Measures[overview.Expected] == 0 {
		return "", "", ""
	}
	return spellOut(b.Scope, due, today)
}

// spellOut is a deadline in words, its last day while that lies ahead, and how far
// it is.
func spellOut(s overview.Scope, due time.Time, today viet.Date) (words, lastDay, rest string) {
	if due.IsZero() {
		return "", "", ""
	}
	words, lastDay = campaign.SpellOut(viet.NewCalendar(slices.Values(s.Holidays)), due)
	switch last := viet.LastDayBefore(due); {
	case last.Before(today):
		lastDay, rest = "", ", "+last.Remaining(today)
	case last == today:
		lastDay, rest = "", ", hôm nay là ngày cuối"
	default:
		rest = ", " + last.Remaining(today)
	}
	return words, lastDay, rest
}

func measuresOf(b overview.Board, l links) []ui.Measure {
	expected := b.Measures[overview.Expected]
	measure := func(label string, g overview.PlanGroup) ui.Measure {
		return ui.Measure{Label: label, Value: b.Measures[g], Of: expected, Path: l.plans(b.Receiver.Unit, g)}
	}
	all := measure("Phải gửi", overview.Expected)
	all.Of = 0
	return []ui.Measure{all, measure("Đã nhận", overview.Received), measure("Nhận đúng hạn", overview.ReceivedOnTime),
		measure("Đã tiếp nhận", overview.InForce), measure("Tiếp nhận đúng hạn", overview.InForceOnTime)}
}

// ownMeasures are those of one's own units beside the province, nobody named.
func ownMeasures(b overview.Board, l links) []ui.Measure {
	own, all := ownSum(b), b.Sum.Plus(b.Common)
	measures := []ui.Measure{{Label: "Hoàn thành", Value: own.Finished(), Of: own.Total(), Path: l.activities(statusParam, finished),
		Note: "bình quân: " + viet.Percent(all.Finished(), all.Total())}}
	for _, s := range []progress.Status{progress.Overdue, progress.DueSoon, progress.InProgress, progress.NotStarted} {
		measures = append(measures, ui.Measure{Label: s.Word(), Value: own.Of(s), Path: l.activities(statusParam, statusWords[s]),
			Note: "bình quân: " + mean(all.Of(s), b.Planned)})
	}
	return measures
}

// mean is "0,6", "–" for none.
func mean(sum, n int) string {
	if n == 0 {
		return "–"
	}
	return viet.FormatRat(big.NewRat(int64(sum), int64(n)), 1)
}

// allTasks is the word for every numbered task.
func allTasks(b overview.Board) string {
	if len(b.Tasks) == 0 {
		return ""
	}
	return numbered + strconv.Itoa(b.Tasks[len(b.Tasks)-1].No)
}
