package overview_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/overview"
)

func TestARecountFromTheFrozenReportsConfirmsThePeriod(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	for _, period := range []string{"6-thang", "nam"} {
		for _, act := range []actor.Actor{p.leadership(), p.actor(actor.Staff, "stp"), p.actor(actor.Reviewer, "h-vi-thuy")} {
			found, err := overview.RecountPeriod(t.Context(), p.db, p.reports(t, act, period, ""))
			if err != nil || len(found.Differences) != 0 || found.Numbers < 30 {
				t.Errorf("%+v, %v", found, err)
			}
		}
	}
}

func TestARecountNamesWhatThePeriodSaysWrongly(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	p.exec(t, `update report_task_fact set status = 'good' where task_no = 2 and unit_id = $1`, p.units["snv"])
	b := p.reports(t, p.leadership(), "nam", "")
	b.Measures[overview.ReceivedOnTime]++
	b.Kinds[1].Measures[overview.NotReceived] = 1
	b.Received = b.Received[1:]
	b.Received[0].Count = 3
	found, err := overview.RecountPeriod(t.Context(), p.db, b)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range found.Differences {
		got = append(got, fmt.Sprintf("%s %d %s %s %s %s: %s ≠ %s", d.Unit, d.Task, d.Status, d.Group, d.Kind, d.On, d.Shown, d.Counted))
	}
	want := []string{
		"snv 2    : Hoàn thành tốt ≠ Chậm tiến độ",
		" 0  received_on_time  : 4 ≠ 3", " 0  not_received district : 1 ≠ 0",
		" 2 good   : 1 ≠ 0", " 2 slow   : 0 ≠ 1",
		" 0    04/12/2022: 3 ≠ 1", " 0    01/12/2022: 0 ≠ 1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestARecountOfOneTotalLooksAtWhatItIsMadeOf(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	for code, numbers := range map[string]int{"T4.01": 7, "T2.07": 13} { // six units, each with both parts of a ratio, and the total
		b := p.breakdown(t, p.leadership(), "nam", "", code)
		found, err := overview.RecountFigure(t.Context(), p.db, b)
		if err != nil || len(found.Differences) != 0 || found.Numbers != numbers {
			t.Errorf("%s: %+v, %v; want %d numbers", code, found, err, numbers)
		}
	}
	p.exec(t, `update figure_fact set below = 40 where unit_id = $1 and indicator_id = (select id from indicator where code = 'T2.05')`, p.units["h-vi-thuy"])
	found, err := overview.RecountFigure(t.Context(), p.db, p.breakdown(t, p.leadership(), "nam", "", "T2.07"))
	if err != nil || len(found.Differences) != 2 || found.Differences[0].Unit != "h-vi-thuy" || found.Differences[0].Code != "T2.05" || found.Differences[1].Unit != "" {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestOnesOwnFiguresStandBesideTheTotals(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b := p.figures(t, p.actor(actor.Staff, "stp"), "nam", "")
	u, ok := b.UnitFigure(p.units["stp"], "T2.04")
	if !ok || number(u.Value) != "200" || number(u.LastYear) != "10" || u.LastFrom != "Báo cáo năm 2021" || u.No != 2 {
		t.Errorf("%+v, %t", u, ok)
	}
	for unit, code := range map[string]string{"snv": "T4.01", "stp": "T9.99"} {
		if u, ok := b.UnitFigure(p.units[unit], code); ok {
			t.Errorf("%s of %s: %+v", code, unit, u)
		}
	}
	if _, ok := p.figures(t, p.leadership(), "nam", "").UnitFigure(p.units["syt"], "T3.07"); ok {
		t.Error("Sở Y tế has a figure that it is not asked for")
	}
}

func TestTheScopeListsThePeriodsOfTheYear(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	b, err := overview.Of(t.Context(), p.db, p.leadership(), afterwards, 2022, "")
	if err != nil {
		t.Fatal(err)
	}
	want := []overview.Reporting{{Slug: "6-thang", Name: "6 tháng đầu năm 2022"}, {Slug: "nam", Name: "Năm 2022"}}
	if diff := cmp.Diff(want, b.Reporting); diff != "" {
		t.Error(diff)
	}
}
