package overview_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// show writes a tally as a cell does: done/total and the worst status.
func show(t progress.Tally) string {
	s, ok := t.Worst()
	if !ok {
		return "-"
	}
	return fmt.Sprintf("%d/%d %s", t.Finished(), t.Total(), s)
}

func TestTheFiveMeasures(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	got := p.board(t, p.leadership(), "").Measures
	want := map[overview.PlanGroup]int{
		overview.Expected:       5, // snv, stp, syt, skhcn, h-vi-thuy; sct had left, skhdt had not joined
		overview.Received:       4, // all but skhcn
		overview.ReceivedOnTime: 3, // stp's first that counts came on 04/04
		overview.InForce:        3, // snv, stp, syt
		overview.InForceOnTime:  2, // snv, syt
		overview.NotReceived:    1,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestTheMatrix(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	b := p.board(t, p.leadership(), "")
	var got []string
	for _, r := range b.Rows {
		line := r.Unit + ":"
		for _, c := range r.Cells {
			if line += " " + show(c.Tally); c.Out != "" {
				line += c.Out
			}
			line += " |"
		}
		line += " " + show(r.Sum) + " " + string(r.State)
		if r.Amending {
			line += " amending"
		}
		line += " " + r.LastOn.ISO()
		if r.Silent {
			line += " silent"
		}
		if !r.LeftOn.IsZero() {
			line += " left " + r.LeftOn.ISO()
		}
		got = append(got, line)
	}
	// Cells are counted off the table of jobs, the state off that of offices; the
	// last day is the latest on which an entry of the unit was written.
	want := []string{
		"snv: 2/2 done_late | 0/2 not_started | 0/2 not_started | -not_applicable | 2/6 not_started accepted 2022-11-15",
		"stp: - | 0/3 overdue | 1/1 done_late | 0/1 overdue | 1/5 overdue draft amending 2022-11-05",
		"syt: 0/2 overdue | 0/1 overdue | 1/1 done | -nil | 1/4 overdue accepted 2022-11-20",
		"skhcn: - | - | - | - | - none ",
		"h-vi-thuy: - | - | - | - | - submitted ",
		"sct: 1/1 done | - | - | - | 1/1 done accepted 2022-03-01 silent left 2022-03-31",
		"skhdt: - | - | - | - | - draft ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	wantColumns := []progress.Tally{
		{Cancelled: 1, Done: 2, DoneLate: 1, Overdue: 1, DueSoon: 1},
		{Overdue: 2, DueSoon: 1, InProgress: 2, NotStarted: 1, Behind: 1},
		{Done: 1, DoneLate: 1, NotStarted: 2},
		{Overdue: 1},
	}
	if diff := cmp.Diff(wantColumns, b.Columns); diff != "" {
		t.Errorf("columns: %s", diff)
	}
	// The sum of the columns is that of the rows.
	if got, want := show(b.Sum), "5/16 overdue"; got != want {
		t.Errorf("sum: got %s, want %s", got, want)
	}
	var rows progress.Tally
	for _, r := range b.Rows {
		rows = rows.Plus(r.Sum)
	}
	if rows != b.Sum {
		t.Errorf("rows sum up to %+v, columns to %+v", rows, b.Sum)
	}
	if b.Common != (progress.Tally{Done: 1}) || b.Planned != 4 || len(b.Tasks) != 4 || b.Tasks[1].Short != "Việc 2" {
		t.Errorf("common %+v, %d plans in force, tasks %+v", b.Common, b.Planned, b.Tasks)
	}
	if got := b.Deadlines[unit.District]; viet.LastDayBefore(got) != viet.NewDate(2022, time.March, 31) {
		t.Errorf("deadline %v", got)
	}
}

func TestWhatIsOverdueLongestComesFirst(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	b := p.board(t, p.leadership(), "")
	var got []string
	for _, l := range b.Late {
		got = append(got, fmt.Sprintf("%s %s %d %s %s", l.Unit, l.Code, l.Task, l.Due, viet.FormatInt(l.Days)))
	}
	want := []string{"stp 4.1 4 30/06/2022 151", "syt 2.1 2 30/06/2022 151", "stp 2.1 2 30/09/2022 59", "syt 1.1 1 27/11/2022 1"}
	if diff := cmp.Diff(want, got); diff != "" || b.LateTotal != 4 {
		t.Errorf("%d in all: %s", b.LateTotal, diff)
	}
}

func TestEachMonthComparesWhatIsDoneWithWhatFallsDue(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var got []string
	for _, m := range p.board(t, p.leadership(), "").Months {
		got = append(got, fmt.Sprintf("%02d %d %d", m.First.Month(), m.Due, m.Done))
	}
	// Due: the common part counts too, the stopped one does not. Done: on the day it first held.
	want := []string{"01 0 0", "02 0 0", "03 1 2", "04 0 0", "05 0 0", "06 3 0", "07 0 1", "08 0 0", "09 1 0", "10 2 1", "11 2 2", "12 8 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnitsAreGroupedByTheStateOfTheirPlan(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	var got []string
	for _, g := range p.board(t, p.leadership(), "").ByState() {
		line := string(g.State)
		for _, r := range g.Rows {
			line += " " + r.Unit
		}
		got = append(got, line)
	}
	want := []string{"none skhcn", "draft skhdt", "submitted h-vi-thuy", "accepted snv stp syt sct"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestADistrictSeesItsCommunesAndNobodyCountsThemTwice(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	b := p.board(t, p.actor(actor.Reviewer, "h-vi-thuy"), "")
	if len(b.Rows) != 1 || b.Rows[0].Unit != "xa-vi-thuy" || show(b.Sum) != "0/1 in_progress" || b.Measures[overview.InForceOnTime] != 1 {
		t.Errorf("got %+v", b)
	}
}

func TestEveryNumberOpensIntoItsRows(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	act := p.leadership()
	b := p.board(t, act, "")
	opened := 0
	open := func(what string, want int, f overview.ActivityFilter) {
		t.Helper()
		opened++
		list := p.activities(t, act, "", f)
		if list.Total != want || len(list.Rows) != want {
			t.Errorf("%s: %d rows of %d, the number says %d", what, len(list.Rows), list.Total, want)
		}
	}
	finished := []progress.Status{progress.Done, progress.DoneLate}
	tally := func(what string, t progress.Tally, f overview.ActivityFilter) {
		open(what, t.Total(), f)
		f.Statuses = finished
		open(what+" finished", t.Finished(), f)
		for _, s := range progress.Statuses {
			f.Statuses = []progress.Status{s}
			open(what+" "+string(s), t.Of(s), f)
		}
	}
	var numbered []int
	for i, task := range b.Tasks {
		numbered = append(numbered, task.No)
		tally(task.Short, b.Columns[i], overview.ActivityFilter{Tasks: []int{task.No}})
		for _, r := range b.Rows {
			tally(r.Unit+" "+task.Short, r.Cells[i].Tally, overview.ActivityFilter{Unit: r.Unit, Tasks: []int{task.No}})
		}
	}
	for _, r := range b.Rows {
		tally(r.Unit, r.Sum, overview.ActivityFilter{Unit: r.Unit, Tasks: numbered})
		tally(r.Unit+" common", r.Common, overview.ActivityFilter{Unit: r.Unit, Tasks: []int{0}})
	}
	tally("sum", b.Sum, overview.ActivityFilter{Tasks: numbered})
	tally("common", b.Common, overview.ActivityFilter{Tasks: []int{0}})
	open("late", b.LateTotal, overview.ActivityFilter{Statuses: []progress.Status{progress.Overdue}, Order: overview.ByDue})
	for _, m := range b.Months {
		open("due in "+m.First.String(), m.Due, overview.ActivityFilter{DueIn: m.First})
		open("done in "+m.First.String(), m.Done, overview.ActivityFilter{DoneIn: m.First})
	}
	for _, g := range overview.PlanGroups {
		rows := 0
		for _, r := range b.Rows {
			if r.In(g) {
				rows++
			}
		}
		if rows != b.Measures[g] {
			t.Errorf("%s: %d rows, the measure says %d", g, rows, b.Measures[g])
		}
	}
	if opened < 400 {
		t.Errorf("opened %d numbers only", opened)
	}
}

func TestTheRowsBehindANumberSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	act := p.leadership()
	list := p.activities(t, act, "", overview.ActivityFilter{Statuses: progress.Statuses})
	statuses := map[string]progress.Status{}
	for _, a := range list.Rows {
		statuses[a.Unit+" "+a.Code] = a.Status
	}
	want := map[string]progress.Status{}
	for _, j := range jobs {
		if j.unit != "xa-vi-thuy" {
			want[j.unit+" "+j.code] = progress.Status(j.is)
		}
	}
	if diff := cmp.Diff(want, statuses); diff != "" {
		t.Error(diff)
	}
	page := p.activities(t, act, "", overview.ActivityFilter{Unit: "stp", Tasks: []int{3, 4}, Limit: 1, Offset: 1})
	got := page.Rows[0]
	wantRow := overview.Activity{Unit: "stp", Name: "Đơn vị stp", Short: "Tư pháp", Task: 4, Code: "4.1", Title: "Việc 4.1",
		Start: month(1), Due: viet.NewDate(2022, 6, 30), Status: progress.Overdue, AsOf: viet.NewDate(2022, 6, 20), Percent: "90"}
	if diff := cmp.Diff(wantRow, got); diff != "" || page.Total != 2 {
		t.Errorf("%d in all: %s", page.Total, diff)
	}
	if beyond := p.activities(t, act, "", overview.ActivityFilter{Unit: "stp", Offset: 50}); beyond.Total != 5 || len(beyond.Rows) != 0 {
		t.Errorf("beyond the last page: %d rows of %d", len(beyond.Rows), beyond.Total)
	}
	measured := p.activities(t, act, "", overview.ActivityFilter{Unit: "stp", Tasks: []int{3}}).Rows[0]
	if measured.Value != "10" || measured.Target != "10" || measured.Percent != "" || measured.DoneOn != viet.NewDate(2022, 11, 5) {
		t.Errorf("got %+v", measured)
	}
	byDue := p.activities(t, act, "", overview.ActivityFilter{Order: overview.ByDue}).Rows
	if !slices.IsSortedFunc(byDue, func(a, b overview.Activity) int { return a.Due.Compare(b.Due) }) {
		t.Error("not in the order of the last days")
	}
}

func TestWhoSeesWhichBoard(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	everybody := "snv stp syt skhcn h-vi-thuy sct skhdt"
	for _, c := range []struct {
		role     actor.Role
		in       string
		receiver string
		want     string // units by name; "" = not found
	}{
		{actor.Leadership, "ubnd", "", everybody},
		{actor.Leadership, "ubnd", "h-vi-thuy", "xa-vi-thuy"},
		{actor.Reviewer, "snv", "", everybody},
		{actor.Consolidator, "snv", "", everybody},
		{actor.Consolidator, "snv", "h-vi-thuy", "xa-vi-thuy"},
		{actor.Reviewer, "h-vi-thuy", "", "xa-vi-thuy"},
		{actor.Reviewer, "h-vi-thuy", "snv", ""},
		{actor.Reviewer, "stp", "", ""},
		{actor.Staff, "stp", "", "stp"},
		{actor.UnitLeader, "stp", "snv", "stp"},
		{actor.UnitLeader, "stp", "h-vi-thuy", ""},
		{actor.UnitLeader, "snv", "", everybody}, // signs what is made of all
		{actor.UnitLeader, "snv", "h-vi-thuy", "xa-vi-thuy"},
		{actor.UnitLeader, "h-vi-thuy", "", "h-vi-thuy"}, // its own work first
		{actor.UnitLeader, "h-vi-thuy", "h-vi-thuy", "xa-vi-thuy"},
		{actor.Staff, "xa-vi-thuy", "", "xa-vi-thuy"},
		{actor.Staff, "xa-vi-thuy", "snv", ""},
		{actor.Staff, "ubnd", "", ""},
		{actor.Observer, "stp", "", ""},
		{actor.Admin, "snv", "", ""},
		{actor.Leadership, "ubnd", "stp", ""}, // nobody reports to it
		{actor.Leadership, "ubnd", "khong-co", ""},
	} {
		what := fmt.Sprintf("%s of %s at %q", c.role, c.in, c.receiver)
		act := p.actor(c.role, c.in)
		b, err := overview.Of(t.Context(), p.db, act, today, 2022, c.receiver)
		list, listErr := overview.Activities(t.Context(), p.db, act, today, 2022, c.receiver, overview.ActivityFilter{Statuses: progress.Statuses, Limit: 100})
		if c.want == "" {
			if !errors.Is(err, fault.NotFound) || !errors.Is(listErr, fault.NotFound) {
				t.Errorf("%s: got %v, %v, want %v", what, err, listErr, fault.NotFound)
			}
			continue
		}
		if err != nil || listErr != nil {
			t.Errorf("%s: %v, %v", what, err, listErr)
			continue
		}
		var names []string
		for _, r := range b.Rows {
			names = append(names, r.Unit)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("%s: sees %s, want %s", what, got, c.want)
		}
		listed := map[string]bool{}
		for _, a := range list.Rows {
			listed[a.Unit] = true
		}
		for _, l := range b.Late {
			listed[l.Unit] = true
		}
		for slug := range maps.Keys(listed) {
			if !slices.Contains(names, slug) {
				t.Errorf("%s: shown something of %s", what, slug)
			}
		}
	}
}

func TestAUnitSeesItsOwnRowBesideSumsWithoutNames(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	act := p.actor(actor.Staff, "syt")
	all, own := p.board(t, p.leadership(), ""), p.board(t, act, "")
	if diff := cmp.Diff(all.Columns, own.Columns); diff != "" || own.Sum != all.Sum || own.Planned != all.Planned {
		t.Errorf("the sums differ: %s", diff)
	}
	if diff := cmp.Diff(all.Measures, own.Measures); diff != "" {
		t.Error(diff)
	}
	row, _ := all.Row("syt")
	if diff := cmp.Diff([]overview.Row{row}, own.Rows); diff != "" {
		t.Error(diff)
	}
	if own.LateTotal != 2 || len(own.Late) != 2 {
		t.Errorf("%d late, want its own 2", own.LateTotal)
	}
	if got, want := own.Months[9], (overview.Month{First: month(10), Due: 1, Done: 1}); got != want {
		t.Errorf("October: got %+v, want its own %+v", got, want)
	}
	_, err := overview.Activities(t.Context(), p.db, act, today, 2022, "", overview.ActivityFilter{Unit: "stp", Limit: 10})
	if !errors.Is(err, fault.NotFound) {
		t.Errorf("the rows of another unit: got %v", err)
	}
	if got := p.activities(t, act, "", overview.ActivityFilter{Unit: "syt", Tasks: []int{4}}); got.Total != 0 {
		t.Errorf("an empty cell opens into %d rows", got.Total)
	}
}

func TestAfterTheYearTheRosterOfItsLastDayStays(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	p.exec(t, `update roster set valid = daterange(lower(valid), '2023-01-01') where upper_inf(valid)`)
	b, err := overview.Of(t.Context(), p.db, p.leadership(), today.AddDate(1, 0, 0), 2022, "")
	if err != nil || len(b.Rows) != 7 {
		t.Errorf("%d rows, %v, want 7", len(b.Rows), err)
	}
}

func TestAYearWithoutACampaignHasNoBoard(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	if _, err := overview.Of(t.Context(), p.db, p.leadership(), today, 2021, ""); !errors.Is(err, fault.NotFound) {
		t.Errorf("got %v, want %v", err, fault.NotFound)
	}
}

func TestTheBoardTakesFourStatementsAndItsRowsTwo(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	n := 0
	if _, err := overview.Of(t.Context(), counting{p.db, &n}, p.leadership(), today, 2022, ""); err != nil || n != 3 {
		t.Errorf("%d statements, %v", n, err)
	}
	n = 0
	if _, err := overview.Activities(t.Context(), counting{p.db, &n}, p.leadership(), today, 2022, "", overview.ActivityFilter{Limit: 30}); err != nil || n != 3 {
		t.Errorf("%d statements, %v", n, err)
	}
}

func TestARecountFromTheFrozenPlansConfirmsTheBoard(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	for _, act := range []actor.Actor{p.leadership(), p.actor(actor.Staff, "stp"), p.actor(actor.Reviewer, "h-vi-thuy")} {
		b := p.board(t, act, "")
		found, err := overview.Recount(t.Context(), p.db, today, b)
		if err != nil || len(found.Differences) != 0 || found.Numbers == 0 {
			t.Errorf("%+v, %v", found, err)
		}
	}
}

func TestARecountFindsWhatTheFactsHaveWrong(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	for _, c := range []struct {
		harm, mend string
		want       string
	}{
		{`update activity_fact set due_on = '2022-12-30' where code = '2.1' and due_on = '2022-09-30'`,
			`update activity_fact set due_on = '2022-09-30' where code = '2.1' and due_on = '2022-12-30'`, "stp 2"},
		{`update activity_fact set task_no = 3 where code = '1.1' and unit_id = (select id from unit where slug = 'snv')`,
			`update activity_fact set task_no = 1 where code = '1.1' and unit_id = (select id from unit where slug = 'snv')`, "snv 1, snv 3"},
		{`update activity_fact set stopped_reason = '' where stopped_reason <> ''`,
			`update activity_fact set stopped_reason = 'x' where code = '1.1' and due_on = '2022-09-30'`, "stp 1"},
		{`update activity_fact set target = 11 where target = 10`, `update activity_fact set target = 10 where target = 11`, "stp 3"},
		{`delete from activity_fact where code = '0.1'`, ``, "snv 0"},
	} {
		p.exec(t, c.harm)
		found, err := overview.Recount(t.Context(), p.db, today, p.board(t, p.leadership(), ""))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range found.Differences {
			got = append(got, fmt.Sprintf("%s %d", d.Unit, d.Task))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: found %+v, want %s", c.harm, found, c.want)
		}
		if c.mend != "" {
			p.exec(t, c.mend)
		}
	}
	// A measure is recounted from the sendings: here the board is an older one.
	b := p.board(t, p.leadership(), "")
	p.exec(t, `update version_outcome set outcome = 'recalled', decided_at = '2022-04-06T08:00+07' where outcome = 'pending'`)
	found, err := overview.Recount(t.Context(), p.db, today, b)
	if err != nil {
		t.Fatal(err)
	}
	groups := map[overview.PlanGroup]string{}
	for _, d := range found.Differences {
		groups[d.Group] = d.Shown + "→" + d.Counted
	}
	delete(groups, "")
	want := map[overview.PlanGroup]string{overview.Received: "4→3", overview.ReceivedOnTime: "3→2", overview.NotReceived: "1→2"}
	if diff := cmp.Diff(want, groups); diff != "" {
		t.Error(diff)
	}
}

func TestATaskOutOfScopeIsNamedAsThePlanNamesIt(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	b := p.board(t, p.leadership(), "")
	snv, _ := b.Row("snv")
	syt, _ := b.Row("syt")
	if got, want := snv.Cells[3].Out, plan.ScopeNone; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := syt.Cells[3].Out, plan.ScopeNil; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
