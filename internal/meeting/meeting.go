// Package meeting gathers what lies on the table when a period is talked over: where
// plans and reports stand, what is late, what is difficult, what units ask for and
// which figures moved. It reads and changes nothing.
package meeting

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/proposal"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// Pack is everything as of one moment, of the units that report to one receiver.
type Pack struct {
	At           time.Time
	Board        overview.Board      // plans and activities
	Overdue      []overview.Activity // longest first, at most [MostOverdue]
	OverdueTotal int
	Reports      overview.PeriodBoard
	Figures      overview.FigureBoard
	Difficulties []Difficulty        // by task, the common part last; then in roster order
	Proposals    []proposal.Proposal // that stand in a report in force
}

// Difficulty is what a unit says went wrong under a task, by its report in force.
type Difficulty struct {
	Task        int    // 0: the common part
	Unit        string // slug
	Status      report.Status
	Shortcoming string
	Cause       string
	No          int // of the sending that says so
}

// Limits of what one table bears.
const (
	MostOverdue   = 150
	mostProposals = 500
)

// May reports whether act may take the pack of unit along: its reviewers,
// consolidators and leaders, and those who lead the province.
func May(act actor.Actor, unit actor.UnitID) bool {
	return act.Is(unit, actor.Reviewer, actor.Consolidator, actor.UnitLeader) || act.Has(actor.Leadership)
}

// Gather returns the pack of a period for the units reporting to receiver (slug).
// What act may not take along is [fault.NotFound].
func Gather(ctx context.Context, db database.DB, boards *overview.Memory, act actor.Actor, now time.Time, year int, period, receiver string) (Pack, error) {
	p, err := gather(ctx, db, boards, act, now, year, period, receiver)
	if err != nil {
		return p, fmt.Errorf("gather the meeting's papers of %d/%s for %s: %w", year, period, receiver, err)
	}
	return p, nil
}

func gather(ctx context.Context, db database.DB, boards *overview.Memory, act actor.Actor, now time.Time, year int, period, receiver string) (Pack, error) {
	p := Pack{At: now}
	var err error
	if p.Reports, p.Figures, err = overview.PeriodAndFigures(ctx, db, act, now, year, period, receiver); err != nil {
		return p, err
	}
	if !May(act, p.Reports.Receiver.ID) || !p.Reports.All {
		return p, fault.NotFound
	}
	if p.Board, err = boards.Of(ctx, db, act, now, year, receiver); err != nil {
		return p, err
	}
	overdue, err := boards.Activities(ctx, db, act, now, year, receiver, overview.ActivityFilter{
		Statuses: []progress.Status{progress.Overdue}, Order: overview.ByDue, Limit: MostOverdue})
	if err != nil {
		return p, err
	}
	p.Overdue, p.OverdueTotal = overdue.Rows, overdue.Total
	if p.Difficulties, err = difficulties(ctx, db, p.Reports); err != nil {
		return p, err
	}
	ledger, err := proposal.List(ctx, db, act, now, year, proposal.Filter{Period: period, Order: proposal.ByUnit, Limit: mostProposals})
	p.Proposals = slices.DeleteFunc(ledger.Rows, func(x proposal.Proposal) bool {
		_, here := p.Reports.Row(x.Unit)
		return !here || x.LeftAt != nil
	})
	return p, err
}

// difficulties reads the reports in force.
func difficulties(ctx context.Context, db database.DB, b overview.PeriodBoard) ([]Difficulty, error) {
	place := map[int64]int{} // in the roster
	ids := make([]int64, 0, len(b.Rows))
	for i, r := range b.Rows {
		place[int64(r.ID)] = i
		ids = append(ids, int64(r.ID))
	}
	type row struct {
		Unit    int64
		No      int
		Content []byte
	}
	rows, err := database.All[row](ctx, db, `
		select s.unit_id as unit, v.no, v.content
		from submission s
		join version v on v.id = s.in_force
		where s.period_id = @period
		and s.unit_id = any(@units::bigint[])`,
		database.Args{"period": b.Period.ID, "units": ids})
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(x, y row) int { return place[x.Unit] - place[y.Unit] })
	parts := []int{}
	for _, t := range b.Tasks {
		parts = append(parts, t.No)
	}
	parts = append(parts, 0)
	byTask := map[int][]Difficulty{}
	for _, r := range rows {
		var f submission.Frozen
		if err := json.Unmarshal(r.Content, &f); err != nil {
			return nil, fmt.Errorf("report %d of unit %d: %w", r.No, r.Unit, err)
		}
		for _, no := range parts {
			c := f.Part(report.TaskKey(no))
			if c["shortcoming"] == "" && c["cause"] == "" {
				continue
			}
			byTask[no] = append(byTask[no], Difficulty{Task: no, Unit: b.Rows[place[r.Unit]].Unit, Status: report.Status(c["status"]),
				Shortcoming: c["shortcoming"], Cause: c["cause"], No: r.No})
		}
	}
	var all []Difficulty
	for _, no := range parts {
		all = append(all, byTask[no]...)
	}
	return all, nil
}
