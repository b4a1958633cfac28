package overview

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"danvan/internal/database"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Recounted is what a recount (tính lại từ dữ kiện) compared, and where it did not
// confirm what a page shows.
type Recounted struct {
	Numbers     int // compared
	Differences []Difference
}

// Difference is a number that a recount did not confirm: of a cell of the matrix,
// of a figure, of a measure of the period, of the sendings of a day, or of how a
// task went.
type Difference struct {
	Unit    string        // slug, "" for a total of the scope
	Short   string        // of the unit
	Task    int           // of a cell of the matrix, of a status
	Status  report.Status // how many units say so of the task
	Code    string        // of a figure
	Group   PlanGroup     // of a measure
	Kind    unit.Kind     // of the units a measure is of, "" for all
	On      viet.Date     // of first sendings
	Shown   string        // as people read it
	Counted string
}

// compare notes one number.
func (r *Recounted) compare(d Difference) {
	r.Numbers++
	if d.Shown != d.Counted {
		r.Differences = append(r.Differences, d)
	}
}

// Recount works out the measures and the cells of a board again: in Go, from the
// frozen content of the versions in force, the log and the sendings, without a
// look at the facts. now is that of the board.
func Recount(ctx context.Context, db database.DB, now time.Time, b Board) (Recounted, error) {
	var found Recounted
	plans, err := witnesses(ctx, db, b.Scope, plan.Period)
	if err != nil {
		return found, fmt.Errorf("recount %d: %w", b.Year, err)
	}
	logs, err := progress.EntriesOf(ctx, db, everyActivity(plans))
	if err != nil {
		return found, fmt.Errorf("recount %d: %w", b.Year, err)
	}
	measures := map[PlanGroup]int{}
	for _, p := range plans {
		for _, g := range p.groups() {
			measures[g]++
		}
		row, shown := b.Row(p.Unit)
		if !shown {
			continue
		}
		cells := p.tallies(b.Scope, logs, viet.DateOf(now))
		compare := func(task int, shown, counted progress.Tally) {
			found.compare(Difference{Unit: p.Unit, Short: row.Short, Task: task, Shown: tallyWords(shown), Counted: tallyWords(counted)})
		}
		for i, task := range b.Tasks {
			compare(task.No, row.Cells[i].Tally, cells[task.No])
		}
		compare(0, row.Common, cells[0])
	}
	for _, g := range PlanGroups {
		found.compare(Difference{Group: g, Shown: viet.FormatInt(b.Measures[g]), Counted: viet.FormatInt(measures[g])})
	}
	return found, nil
}

// tallyWords spells a tally out, down to what no cell tells apart.
func tallyWords(t progress.Tally) string {
	var words []string
	for _, s := range progress.Statuses {
		if n := t.Of(s); n > 0 {
			words = append(words, s.Word()+" "+viet.FormatInt(n))
		}
	}
	if t.Behind > 0 {
		words = append(words, "trong đó đã đến ngày bắt đầu "+viet.FormatInt(t.Behind))
	}
	if len(words) == 0 {
		return "Không có hoạt động"
	}
	return strings.Join(words, ", ")
}

// witness is one unit's plan or report as it was sent and decided.
type witness struct {
	Unit     string
	Kind     unit.Kind
	From     viet.Date // on the roster: first day …
	Until    viet.Date // … and first day after, zero: open
	Deadline *time.Time
	OpensOn  viet.Date
	DataTo   viet.Date // of reports: last day of the data
	Sendings []sending
	Frozen   *submission.Frozen // the version in force, nil: none
}

type sending struct {
	No        int
	Outcome   submission.Outcome
	SentAt    time.Time
	DueBefore time.Time
}

func witnesses(ctx context.Context, db database.DB, s Scope, period string) ([]witness, error) {
	return database.All[witness](ctx, db, `
		select u.slug as unit, v.kind, lower(r.valid) as from, upper(r.valid) as until, d.due_before as deadline, p.opens_on,
		       upper(p.data) - 1 as data_to,
		       (select coalesce(json_agg(json_build_object('No', y.no, 'Outcome', o.outcome, 'SentAt', y.sent_at, 'DueBefore', y.due_before)), '[]')
		        from version y
		        join version_outcome o on o.version_id = y.id
		        where y.submission_id = x.id) as sendings,
		       (select convert_from(y.content, 'utf8')::json from version y where y.id = x.in_force) as frozen
		from roster r
		join unit u on u.id = r.unit_id
		join unit_version v on v.id = r.unit_version_id
		left join period p on p.campaign_id = r.campaign_id and p.slug = @period
		left join deadline d on d.period_id = p.id and d.unit_kind = v.kind
		left join submission x on x.period_id = p.id and x.unit_id = r.unit_id
		where r.campaign_id = @campaign and r.reports_to = @receiver`,
		database.Args{"campaign": s.Campaign, "receiver": s.Receiver.ID, "period": period})
}

// activities returns the content of each activity of the frozen plan.
func (p witness) activities() map[plan.ActivityID]submission.Content {
	all := map[plan.ActivityID]submission.Content{}
	if p.Frozen == nil {
		return all
	}
	for _, part := range p.Frozen.Parts {
		key, ok := strings.CutPrefix(part.Key, "activity/")
		if id, err := strconv.ParseInt(key, 10, 64); ok && err == nil {
			all[plan.ActivityID(id)] = part.Content
		}
	}
	return all
}

func everyActivity(plans []witness) []plan.ActivityID {
	var ids []plan.ActivityID
	for _, p := range plans {
		ids = slices.AppendSeq(ids, maps.Keys(p.activities()))
	}
	return ids
}

// lastDay is the day on which the roster says who has to file.
func (p witness) lastDay() viet.Date {
	switch {
	case !p.DataTo.IsZero():
		return p.DataTo
	case p.Deadline != nil:
		return viet.LastDayBefore(*p.Deadline)
	}
	return p.OpensOn
}

// sent lists the sendings that were not recalled, in order.
func (p witness) sent() []sending {
	sent := slices.DeleteFunc(slices.Clone(p.Sendings), func(s sending) bool { return s.Outcome == submission.WasRecalled })
	slices.SortFunc(sent, func(a, b sending) int { return a.No - b.No })
	return sent
}

// groups lists the measures that count the unit.
func (p witness) groups() []PlanGroup {
	last := p.lastDay()
	if last.IsZero() || last.Before(p.From) || !p.Until.IsZero() && !last.Before(p.Until) {
		return nil
	}
	sent := p.sent()
	groups := []PlanGroup{Expected}
	onTime := len(sent) > 0 && sent[0].SentAt.Before(sent[0].DueBefore)
	switch {
	case len(sent) == 0:
		groups = append(groups, NotReceived)
	case onTime:
		groups = append(groups, Received, ReceivedOnTime)
	default:
		groups = append(groups, Received)
	}
	if p.Frozen != nil {
		groups = append(groups, InForce)
	}
	if p.Frozen != nil && onTime {
		groups = append(groups, InForceOnTime)
	}
	return groups
}

// tallies counts the activities of the frozen plan by task.
func (p witness) tallies(s Scope, logs map[plan.ActivityID][]progress.Entry, today viet.Date) map[int]progress.Tally {
	cells := map[int]progress.Tally{}
	for id, c := range p.activities() {
		task, err := strconv.Atoi(c["task"])
		if err != nil {
			continue // an activity of no task stands in no cell, and the board has it in one
		}
		span, err := submission.ParseTime(c["time"])
		if err != nil {
			continue // likewise
		}
		span, _ = span.Inside(s.From, s.Until.AddDays(-1)) // outside: no days, and the board has some
		doneOn, begun := progress.Fold(logs[id], progress.Goal{Target: c["target"], Baseline: c["baseline"], Evidence: c["evidence"] != ""})
		status := progress.StatusOf(progress.Work{Start: span.Start, Due: span.Due, Stopped: c["stopped"] != "", DoneOn: doneOn, Begun: begun}, today)
		t := cells[task]
		t.Count(status, span.Start, today)
		cells[task] = t
	}
	return cells
}
