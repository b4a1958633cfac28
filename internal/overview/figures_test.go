package overview_test

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestMeasuresOfAReportPeriod(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.reports(t, p.leadership(), "nam", "")
	want := map[overview.PlanGroup]int{
		overview.Expected:       6, // snv, stp, syt, skhcn, h-vi-thuy, skhdt: on the roster on 30/11; sct had left
		overview.Received:       4, // snv, stp, syt, h-vi-thuy: skhdt took its own back
		overview.ReceivedOnTime: 3, // syt came on the deadline itself
		overview.InForce:        4,
		overview.InForceOnTime:  3,
		overview.NotReceived:    2,
	}
	if diff := cmp.Diff(want, b.Measures); diff != "" {
		t.Error(diff)
	}
	if len(b.Kinds) != 2 || b.Kinds[0].Kind != unit.Department || b.Kinds[1].Kind != unit.District {
		t.Fatalf("kinds are %+v", b.Kinds)
	}
	departments := map[overview.PlanGroup]int{
		overview.Expected: 5, overview.Received: 3, overview.ReceivedOnTime: 2, overview.InForce: 3, overview.InForceOnTime: 2, overview.NotReceived: 2,
	}
	if diff := cmp.Diff(departments, b.Kinds[0].Measures); diff != "" {
		t.Error(diff)
	}
	for _, g := range overview.PlanGroups {
		if sum := b.Kinds[0].Measures[g] + b.Kinds[1].Measures[g]; sum != b.Measures[g] {
			t.Errorf("%s: the kinds come to %d, the measure to %d", g, sum, b.Measures[g])
		}
	}
}

func TestReportsAgainstTheirDeadlines(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.reports(t, p.leadership(), "nam", "")
	var days, due []string
	for _, d := range b.Received {
		days = append(days, fmt.Sprintf("%s %d", d.On, d.Count))
	}
	for _, d := range b.Deadlines {
		due = append(due, fmt.Sprintf("%s %d", d.Before.Format("2006-01-02T15Z07"), d.Count))
	}
	if got, want := strings.Join(days, ", "), "01/12/2022 1, 04/12/2022 1, 05/12/2022 1, 06/12/2022 1"; got != want {
		t.Errorf("received %s, want %s", got, want)
	}
	if got, want := strings.Join(due, ", "), "2022-12-04T17Z 5, 2022-12-09T17Z 1"; got != want {
		t.Errorf("due %s, want %s", got, want)
	}
}

func TestEachUnitHasOneRow(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.reports(t, p.leadership(), "nam", "")
	var got []string
	for _, r := range b.Rows {
		got = append(got, fmt.Sprintf("%s %s %d %t %d", r.Unit, r.State, r.No, r.Amending, r.DaysLate(viet.DateOf(afterwards))))
	}
	want := []string{
		"snv accepted 1 false -3",
		"stp accepted 2 false 0",
		"syt draft 1 true 1",
		"skhcn none 0 false 3",
		"h-vi-thuy accepted 1 false -3",
		"skhdt draft 0 false 3",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestStatusesOfTasksAreThoseOfReportsInForce(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.reports(t, p.leadership(), "nam", "")
	got := map[int]map[report.Status]int{}
	for _, s := range b.Statuses {
		got[s.No] = s.Counts
	}
	want := map[int]map[report.Status]int{
		1: {"good": 3, "not_applicable": 1}, 2: {"slow": 1, "done": 1}, 3: {}, 4: {},
	}
	if diff := cmp.Diff(want, got); diff != "" || b.Answered != 4 {
		t.Errorf("%d reports, %s", b.Answered, diff)
	}
	if row, _ := b.Row("stp"); row.Statuses[2] != "done" {
		t.Errorf("stp says %v", row.Statuses)
	}
}

// told is a line as a page would tell it.
func told(l overview.FigureLine) string {
	return fmt.Sprintf("%s from %d/%d", number(l.Sum.Value), l.Sum.Numbers, l.Sum.Of())
}

func number(r *big.Rat) string {
	if r == nil {
		return "–"
	}
	return indicator.Text(r)
}

func TestTotalsFollowTheRuleOfEachIndicator(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.figures(t, p.leadership(), "nam", "")
	got := map[string]string{}
	var order []string
	for _, l := range b.Lines {
		got[l.Code] = told(l)
		order = append(order, l.Code)
	}
	want := map[string]string{
		"T1.01": "4 from 4/6",   // 1 + 0 + 1 + 1, and one commune
		"T1.03": "10 from 2/6",  // 6, and 4 from below a district that is not asked itself
		"T2.01": "– from 2/6",   // never adds up
		"T2.04": "700 from 3/5", // 100 + 200 + 400; not applicable to syt
		"T2.05": "450 from 2/5",
		"T2.07": "90 from 2/5", // (90 + 360) ÷ (100 + 400): stp has no numerator
		"T3.07": "5 from 1/2",  // of the district and of stp alone
		"T4.01": "62 from 3/6", // 10 + 0 + 20 + 32; syt had nothing, two have no report in force
		"T0.07": "85 from 2/6",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got, want := strings.Join(order, " "), strings.Join(asked, " "); got != want {
		t.Errorf("the order is %s, want %s", got, want)
	}
	if l, _ := b.Line("T4.01"); number(l.Estimated) != "3" || number(l.Mean()) != "20.666667" {
		t.Errorf("estimated %s, mean %s", number(l.Estimated), number(l.Mean()))
	}
}

func TestADistrictAddsUpItsOwnCommunes(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.figures(t, p.actor(actor.Reviewer, "h-vi-thuy"), "nam", "h-vi-thuy")
	l, _ := b.Line("T4.01")
	if got, want := told(l), "32 from 1/1"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if l, _ := b.Line("T2.07"); told(l) != "60 from 1/1" {
		t.Errorf("got %s", told(l))
	}
}

func TestLikeIsComparedWithLike(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.figures(t, p.leadership(), "nam", "")
	compared := func(c overview.Compared) string {
		change, ok := c.Change()
		if !ok {
			change = nil
		}
		return fmt.Sprintf("%s to %s of %d, %s", number(c.Value), number(c.Now), c.Units, number(change))
	}
	for code, want := range map[string]string{
		"T4.01": "53 to 62 of 3, 16.981132", // 8 + 5 + 40: syt has no number now; the report of 2021 comes before what was typed in
		"T2.07": "75 to 90 of 1, 20",        // snv alone has both parts in both years
		"T2.04": "90 to 300 of 2, 233.333333",
		"T0.07": "70 to 80 of 1, 14.285714",
		"T2.01": "– to – of 1, –",
		"T3.07": "– to – of 0, –",
	} {
		l, _ := b.Line(code)
		if got := compared(l.LastYear); got != want {
			t.Errorf("%s, last year: got %s, want %s", code, got, want)
		}
	}
	l, _ := b.Line("T4.01")
	if got, want := compared(l.Previous), "20 to 62 of 2, 210"; got != want || number(l.Added) != "42" {
		t.Errorf("previous period: got %s and %s added, want %s and 42", got, number(l.Added), want)
	}
	l, _ = b.Line("T2.07")
	if number(l.LastYear.Points()) != "15" || number(l.Previous.Value) != "90" || l.Added != nil {
		t.Errorf("the ratio changed by %s points, was %s, and %s was added", number(l.LastYear.Points()), number(l.Previous.Value), number(l.Added))
	}
	first := p.figures(t, p.leadership(), "6-thang", "")
	if l, _ := first.Line("T4.01"); l.Previous.Value != nil || l.LastYear.Value != nil || told(l) != "20 from 2/6" {
		t.Errorf("the first period of the year: %s, %+v, %+v", told(l), l.Previous, l.LastYear)
	}
}

func TestATotalOpensIntoItsUnits(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.breakdown(t, p.leadership(), "nam", "", "T4.01")
	var got []string
	for _, u := range b.Units {
		got = append(got, fmt.Sprintf("%s %d %s own=%s below=%s estimated=%s last=%s/%d before=%s",
			u.Unit, u.No, u.Figure.Mark, number(u.Figure.Own), number(u.Figure.Below), number(u.Figure.Estimated), number(u.LastYear), u.LastNo, number(u.Before)))
	}
	want := []string{
		"snv 1 number own=10 below=– estimated=3 last=8/0 before=4",
		"stp 2 number own=0 below=– estimated=– last=5/0 before=–",
		"syt 1 nil own=– below=– estimated=– last=7/0 before=–",
		"skhcn 0  own=– below=– estimated=– last=–/0 before=–",
		"h-vi-thuy 1 number own=20 below=32 estimated=– last=40/2 before=16",
		"skhdt 0  own=– below=– estimated=– last=–/0 before=–",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(b.Missing) != 2 || b.Missing[0].Unit != "skhcn" || b.Missing[1].Unit != "skhdt" {
		t.Errorf("without a report in force: %+v", b.Missing)
	}
	if below := b.Units[4].Below; len(below) != 1 || below[0].Unit != "xa-vi-thuy" || below[0].No != 1 || number(below[0].Value) != "32" {
		t.Errorf("what lies below comes from %+v", below)
	}
	if told(b.Line) != "62 from 3/6" {
		t.Errorf("the total is %s", told(b.Line))
	}
	ratio := p.breakdown(t, p.leadership(), "nam", "", "T2.07")
	if u := ratio.Units[4]; u.Unit != "h-vi-thuy" || number(u.Value) != "90" || number(u.Numerator.Below) != "60" || number(u.Denominator.Own) != "300" {
		t.Errorf("the ratio of the district: %+v", u)
	}
	if told(ratio.Line) != "90 from 2/5" {
		t.Errorf("the ratio is %s", told(ratio.Line))
	}
}

func TestOnlyUnitsThatAreAskedStandInABreakdown(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	var got []string
	for _, u := range p.breakdown(t, p.leadership(), "nam", "", "T3.07").Units {
		got = append(got, u.Unit)
	}
	if want := []string{"stp", "h-vi-thuy"}; cmp.Diff(want, got) != "" {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAUnitSeesItselfByNameAndTotalsWithoutNames(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	for _, role := range []actor.Role{actor.Staff, actor.UnitLeader} {
		act := p.actor(role, "stp")
		b := p.reports(t, act, "nam", "")
		if len(b.Rows) != 1 || b.Rows[0].Unit != "stp" || b.Measures[overview.Expected] != 6 || b.Answered != 4 {
			t.Errorf("%s sees %+v", role, b.Rows)
		}
		if l, _ := p.figures(t, act, "nam", "").Line("T4.01"); told(l) != "62 from 3/6" {
			t.Errorf("%s sees %s", role, told(l))
		}
		d := p.breakdown(t, act, "nam", "", "T4.01")
		if len(d.Units) != 1 || d.Units[0].Unit != "stp" || len(d.Missing) != 0 || told(d.Line) != "62 from 3/6" {
			t.Errorf("%s sees %+v and is missing %+v", role, d.Units, d.Missing)
		}
	}
	for who, act := range map[string]actor.Actor{
		"an administrator": p.actor(actor.Admin, "snv"), "an observer": p.actor(actor.Observer, "stp"), "nobody": {},
		"a commune of the province": p.actor(actor.Staff, "xa-vi-thuy"),
	} {
		if _, err := overview.Period(t.Context(), p.db, act, afterwards, 2022, "nam", "snv"); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
		if _, err := overview.Figures(t.Context(), p.db, act, afterwards, 2022, "nam", "snv"); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
		if _, err := overview.FigureByUnit(t.Context(), p.db, act, afterwards, 2022, "nam", "snv", "T4.01"); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", who, err)
		}
	}
}

func TestWhatIsNoReportPeriodIsNotFound(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	for _, address := range []struct {
		year   int
		period string
		code   string
	}{{2022, "ke-hoach", "T4.01"}, {2022, "quy-1", "T4.01"}, {2020, "nam", "T4.01"}, {2022, "nam", "T4.02"}, {2022, "nam", "T9.99"}, {2022, "nam", ""}} {
		if _, err := overview.FigureByUnit(t.Context(), p.db, p.leadership(), afterwards, address.year, address.period, "", address.code); !errors.Is(err, fault.NotFound) {
			t.Errorf("%+v: %v", address, err)
		}
	}
}

func TestNumbersOfAPeriodTakeFourStatementsAtMost(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	for want, read := range map[int]func(db database.DB) error{
		3: func(db database.DB) error {
			_, err := overview.Period(t.Context(), db, p.leadership(), afterwards, 2022, "nam", "")
			return err
		},
		4: func(db database.DB) error {
			_, err := overview.Figures(t.Context(), db, p.leadership(), afterwards, 2022, "nam", "")
			return err
		},
	} {
		n := 0
		if err := read(counting{p.db, &n}); err != nil || n != want {
			t.Errorf("%d statements, %v; want %d", n, err, want)
		}
	}
	n := 0
	both, _, err := overview.PeriodAndFigures(t.Context(), counting{p.db, &n}, p.leadership(), afterwards, 2022, "nam", "")
	if diff := cmp.Diff(p.reports(t, p.leadership(), "nam", ""), both, cmpopts.IgnoreUnexported(overview.Scope{})); err != nil || n != 4 || diff != "" {
		t.Errorf("both: %d statements, %v; want 4; %s", n, err, diff)
	}
	n = 0
	if _, err := overview.FigureByUnit(t.Context(), counting{p.db, &n}, p.leadership(), afterwards, 2022, "nam", "", "T2.07"); err != nil || n != 4 {
		t.Errorf("%d statements, %v; want 4", n, err)
	}
}

func TestARecountFromTheFrozenReportsConfirmsTheFigures(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	for _, period := range []string{"6-thang", "nam"} {
		for _, act := range []actor.Actor{p.leadership(), p.actor(actor.Staff, "stp"), p.actor(actor.Reviewer, "h-vi-thuy")} {
			found, err := overview.RecountFigures(t.Context(), p.db, p.figures(t, act, period, ""))
			if err != nil || len(found.Differences) != 0 || found.Numbers < len(asked) {
				t.Errorf("%+v, %v", found, err)
			}
		}
	}
}

func TestARecountNamesTheFigureThatDisagrees(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	const of = `where period_id = (select id from period where slug = 'nam' and campaign_id = 1)
		and unit_id = (select id from unit where slug = '%s') and indicator_id = (select id from indicator where code = '%s')`
	at := func(unit, code string) string { return fmt.Sprintf(of, unit, code) }
	for _, c := range []struct {
		harm, mend string
		want       []string
	}{
		{`update figure_fact set own = 11 ` + at("snv", "T4.01"), `update figure_fact set own = 10 ` + at("snv", "T4.01"),
			[]string{"snv T4.01: 11, trong đó ước 3 ≠ 10, trong đó ước 3", " T4.01: 63 từ 3/6 đơn vị, trong đó ước 3 ≠ 62 từ 3/6 đơn vị, trong đó ước 3"}},
		{`update figure_fact set mark = 'number', own = 0 ` + at("syt", "T4.01"), `update figure_fact set mark = 'nil', own = null ` + at("syt", "T4.01"),
			[]string{"syt T4.01: 0 ≠ Không phát sinh", " T4.01: 62 từ 4/6 đơn vị, trong đó ước 3 ≠ 62 từ 3/6 đơn vị, trong đó ước 3"}},
		{`update figure_fact set below = 40 ` + at("h-vi-thuy", "T2.05"), `update figure_fact set below = 60 ` + at("h-vi-thuy", "T2.05"),
			[]string{"h-vi-thuy T2.05: 300, đơn vị trực thuộc 40 ≠ 300, đơn vị trực thuộc 60", " T2.05: 430 từ 2/5 đơn vị ≠ 450 từ 2/5 đơn vị",
				" T2.07: 86 từ 2/5 đơn vị ≠ 90 từ 2/5 đơn vị"}},
		{`delete from figure_fact ` + at("stp", "T2.04"), ``,
			[]string{"stp T2.04: Trống ≠ 200", " T2.04: 500 từ 2/5 đơn vị ≠ 700 từ 3/5 đơn vị"}},
	} {
		p.exec(t, c.harm)
		found, err := overview.RecountFigures(t.Context(), p.db, p.figures(t, p.leadership(), "nam", ""))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range found.Differences {
			got = append(got, fmt.Sprintf("%s %s: %s ≠ %s", d.Unit, d.Code, d.Shown, d.Counted))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.harm, diff)
		}
		if c.mend != "" {
			p.exec(t, c.mend)
		}
	}
}
