package content_test

import (
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"danvan/internal/demo/content"
	"danvan/internal/indicator"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestReportsStandWhereTheDemonstrationWantsThem(t *testing.T) {
	t.Parallel()
	c, kinds := load(t), units(t)
	got := map[string]map[content.PlanState]int{}
	late := 0
	for _, r := range c.Reports {
		at := r.Period
		if kinds[r.Unit] == "commune" {
			at += ", communes"
		}
		if got[at] == nil {
			got[at] = map[content.PlanState]int{}
		}
		got[at][r.State]++
	}
	due := time.Date(2022, time.June, 21, 0, 0, 0, 0, viet.Location)
	for _, r := range c.ReportRounds {
		if r.Period == content.HalfYear && r.No == 1 && !r.SentAt.Before(due) {
			late++
		}
	}
	want := map[string]map[content.PlanState]int{
		content.HalfYear: {content.Accepted: 26, content.Draft: 1, content.NotBegun: 1},
		content.WholeYear: {content.Accepted: 8, content.Amending: 1, content.Submitted: 6, content.Returned: 2,
			content.Awaiting: 2, content.Draft: 6, content.NotBegun: 3},
		content.WholeYear + ", communes": {content.Accepted: 1, content.Submitted: 1},
	}
	if !reflect.DeepEqual(got, want) || late != 2 {
		t.Errorf("got %v, %d late, want %v, 2 late", got, late, want)
	}
}

func TestRoundsOfReportsFollowOneAnotherAndEndInTheReportsState(t *testing.T) {
	t.Parallel()
	c := load(t)
	opens := map[string]viet.Date{content.HalfYear: viet.NewDate(2022, time.June, 1), content.WholeYear: viet.NewDate(2022, time.November, 15)}
	last, remarks, open := map[string]content.Round{}, map[string]int{}, map[string]int{}
	for _, m := range c.ReportRemarks {
		at := m.Unit + m.Period + strconv.Itoa(m.Round)
		remarks[at]++
		if m.Answer == "" {
			open[at]++
		}
	}
	for _, r := range c.ReportRounds {
		at := r.Unit + r.Period
		before := last[at]
		if r.No != before.No+1 || !r.SentAt.After(before.DecidedAt) || before.Outcome == "pending" || viet.DateOf(r.SentAt).Before(opens[r.Period]) {
			t.Errorf("%s round %d does not follow %d", at, r.No, before.No)
		}
		if before.No > 0 && open[at+strconv.Itoa(before.No)] > 0 {
			t.Errorf("%s was sent again with remarks unanswered", at)
		}
		if (r.Outcome == "pending") != r.DecidedAt.IsZero() || r.Outcome != "pending" && !r.DecidedAt.After(r.SentAt) {
			t.Errorf("%s round %d: decided at %v", at, r.No, r.DecidedAt)
		}
		if n := remarks[at+strconv.Itoa(r.No)]; (r.Outcome == "returned") != (n > 0) || (r.Outcome == "returned") != (len([]rune(r.Reason)) >= 10) {
			t.Errorf("%s round %d is %s with %d remarks because of %q", at, r.No, r.Outcome, n, r.Reason)
		}
		last[at] = r
	}
	outcomes := map[content.PlanState]string{content.Submitted: "pending", content.Returned: "returned",
		content.Accepted: "accepted", content.Amending: "accepted"}
	for _, r := range c.Reports {
		if got := last[r.Unit+r.Period].Outcome; got != outcomes[r.State] {
			t.Errorf("%s %s is %s, but its last round is %q", r.Unit, r.Period, r.State, got)
		}
	}
}

func TestReportsAreMadeByPeopleWhoExist(t *testing.T) {
	t.Parallel()
	c, kinds := load(t), units(t)
	people, numbers := map[string]bool{}, map[string]bool{}
	for _, p := range c.People {
		people[p.Unit+"/"+p.Name] = true
	}
	for _, r := range c.ReportRounds {
		receiver := "snv"
		if kinds[r.Unit] == "commune" {
			receiver = "h-vi-thuy"
		}
		if !people[r.Unit+"/"+r.SentBy] || r.DecidedBy != "" && !people[receiver+"/"+r.DecidedBy] {
			t.Errorf("%s %s: sent by %q, decided by %q", r.Unit, r.Period, r.SentBy, r.DecidedBy)
		}
	}
	for _, r := range c.Reports {
		if !people[r.Unit+"/"+r.Signer] {
			t.Errorf("%s %s: signer %q is nobody there", r.Unit, r.Period, r.Signer)
		}
		paper := r.Unit + r.Symbol + r.Number
		if r.Number != "" && numbers[paper] {
			t.Errorf("%s gave number %s twice", r.Unit, r.Number)
		}
		numbers[paper] = true
	}
}

// asked are the core indicators a unit of a kind types, by code.
func asked(t *testing.T, kind string) map[string]indicator.Indicator {
	t.Helper()
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]indicator.Indicator{}
	for _, i := range d.Indicators {
		if i.Core && i.Typed() && slices.ContainsFunc(i.Kinds, func(k unit.Kind) bool { return string(k) == kind }) {
			all[i.Code] = i
		}
	}
	return all
}

func TestWhatWasSentAnswersEveryFigureAndTask(t *testing.T) {
	t.Parallel()
	c, kinds := load(t), units(t)
	figures, narratives, assessed := map[string]content.Figure{}, map[string]content.Narrative{}, map[string]bool{}
	for _, f := range c.Figures {
		figures[f.Unit+f.Code] = f
	}
	for _, n := range c.Narratives {
		narratives[n.Unit+n.Period+strconv.Itoa(n.Task)] = n
	}
	for _, a := range c.Assessments {
		assessed[a.Unit+a.Period] = a.Strengths != "" && a.Steps != ""
	}
	for _, r := range c.Reports {
		whole := r.State != content.NotBegun && r.State != content.Draft
		if assessed[r.Unit+r.Period] != whole {
			t.Errorf("%s %s is %s, assessed: %t", r.Unit, r.Period, r.State, assessed[r.Unit+r.Period])
		}
		if !whole {
			continue
		}
		for code := range asked(t, kinds[r.Unit]) {
			if answer, _, _ := figures[r.Unit+code].In(r.Period); answer == "" {
				t.Errorf("%s %s: %s is not answered", r.Unit, r.Period, code)
			}
		}
		for task := range 8 {
			n := narratives[r.Unit+r.Period+strconv.Itoa(task)]
			if (n.Status == "") != (task == 0) || (n.Result == "") != (n.Status == "not_applicable") {
				t.Errorf("%s %s task %d: %+v", r.Unit, r.Period, task, n)
			}
		}
	}
}

func TestFiguresAreNumbersThatFitTheirIndicators(t *testing.T) {
	t.Parallel()
	c, kinds := load(t), units(t)
	for _, f := range c.Figures {
		i, ok := asked(t, kinds[f.Unit])[f.Code]
		if !ok {
			t.Errorf("%s is not asked for %s", f.Unit, f.Code)
		}
		for column, text := range map[string]string{"half before": f.HalfBefore, "half": f.Half, "year before": f.YearBefore, "year": f.Year, "estimated": f.Estimated} {
			marked := (text == "nil" || text == "n/a") && (column == "half" || column == "year")
			n := indicator.ParseAmount(text)
			if text != "" && !marked && (n == nil || n.Sign() < 0 || i.Kind == indicator.Count && !n.IsInt() || indicator.Text(n) != text) {
				t.Errorf("%s %s %s: %q", f.Unit, f.Code, column, text)
			}
		}
		half, year, estimated := indicator.ParseAmount(f.Half), indicator.ParseAmount(f.Year), indicator.ParseAmount(f.Estimated)
		if half != nil && year != nil && i.Periods == indicator.SumOfPeriods && year.Cmp(half) < 0 {
			t.Errorf("%s %s: the year (%s) is less than its first half (%s)", f.Unit, f.Code, f.Year, f.Half)
		}
		if half != nil && half.Sign() > 0 && i.Periods == indicator.SumOfPeriods && f.Year == "nil" {
			t.Errorf("%s %s: %s in the first half, nothing in the year", f.Unit, f.Code, f.Half)
		}
		if estimated != nil && (year == nil || estimated.Cmp(year) > 0) {
			t.Errorf("%s %s: %s estimated in %s", f.Unit, f.Code, f.Estimated, f.Year)
		}
	}
}

func TestEveryRuleBetweenFiguresHoldsOrIsExplained(t *testing.T) {
	t.Parallel()
	c := load(t)
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	explained := map[string]bool{}
	for _, x := range c.Explanations {
		explained[x.Unit+x.Period+x.Code] = true
	}
	broken := 0
	for _, r := range c.Reports {
		figures := map[string]indicator.Figure{}
		for _, f := range c.Figures {
			answer, _, _ := f.In(r.Period)
			if f.Unit != r.Unit || answer == "" {
				continue
			}
			figures[f.Code] = indicator.Figure{Mark: indicator.Nil}
			if n := indicator.ParseAmount(answer); n != nil {
				figures[f.Code] = indicator.Figure{Mark: indicator.Number, Own: n}
			}
		}
		for _, check := range d.Checks {
			if holds, known := check.Holds(indicator.Values(figures)); known && !holds {
				broken++
				if !explained[r.Unit+r.Period+check.Code] {
					t.Errorf("%s %s: %s does not hold and is not explained", r.Unit, r.Period, check)
				}
			}
		}
	}
	if broken < 3 || broken > 8 {
		t.Errorf("%d rules are broken, want a few", broken)
	}
}

func TestTheYearBeforeKeepsTheRulesBetweenFiguresToo(t *testing.T) {
	t.Parallel()
	c := load(t)
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	known := 0
	for _, r := range c.Reports {
		figures := map[string]indicator.Figure{}
		for _, f := range c.Figures {
			if _, _, before := f.In(r.Period); f.Unit == r.Unit && before != "" {
				figures[f.Code] = indicator.Figure{Mark: indicator.Number, Own: indicator.ParseAmount(before)}
			}
		}
		if len(figures) > 0 {
			known++
		}
		for _, check := range d.Checks {
			if holds, asked := check.Holds(indicator.Values(figures)); asked && !holds {
				t.Errorf("%s, a year before %s: %s does not hold", r.Unit, r.Period, check)
			}
		}
	}
	if known < 24 {
		t.Errorf("%d reports stand beside a year before", known)
	}
}

func TestReportsReadLikeReports(t *testing.T) {
	t.Parallel()
	c := load(t)
	results := slices.DeleteFunc(slices.Clone(c.Narratives), func(n content.Narrative) bool { return n.Result == "" })
	for _, need := range []struct {
		what       string
		got, least int
	}{
		{"results", distinct(results, func(n content.Narrative) string { return n.Result }), 380},
		{"shortcomings", distinct(c.Narratives, func(n content.Narrative) string { return n.Shortcoming }), 40},
		{"causes", distinct(c.Narratives, func(n content.Narrative) string { return n.Cause }), 40},
		{"assessments", distinct(c.Assessments, func(a content.Assessment) string { return a.Strengths }), 40},
		{"next steps", distinct(c.Assessments, func(a content.Assessment) string { return a.Steps }), 40},
		{"proposals", distinct(c.Proposals, func(p content.Proposal) string { return p.Body }), 25},
		{"exemplars", len(c.Exemplars), 30},
		{"estimates", len(slices.DeleteFunc(slices.Clone(c.Figures), func(f content.Figure) bool { return f.Estimated == "" })), 40},
	} {
		if need.got < need.least {
			t.Errorf("%s: got %d, want at least %d", need.what, need.got, need.least)
		}
	}
	for _, n := range results {
		if length := len([]rune(n.Result)); length < 30 || length > 900 {
			t.Errorf("%s %s task %d: a result of %d characters", n.Unit, n.Period, n.Task, length)
		}
		if (n.Shortcoming == "") != (n.Cause == "") {
			t.Errorf("%s %s task %d: a shortcoming without a cause, or the other way round", n.Unit, n.Period, n.Task)
		}
	}
}

func TestNobodyIsNamedInAReport(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`(^|[ (])([Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị) \p{Lu}`)
	for _, n := range load(t).Narratives {
		for _, text := range []string{n.Result, n.Shortcoming, n.Cause} {
			if found := named.FindString(text); found != "" {
				t.Errorf("%s %s task %d names somebody: %q", n.Unit, n.Period, n.Task, found)
			}
		}
	}
}

func TestTwentyFourUnitsKnowLastYear(t *testing.T) {
	t.Parallel()
	c := load(t)
	sources, known := map[string]bool{}, map[string]map[string]bool{content.HalfYear: {}, content.WholeYear: {}}
	for _, r := range c.Reports {
		if r.PriorSource != "" {
			sources[r.Unit+r.Period] = true
			if !strings.HasPrefix(r.PriorSource, "Báo cáo số ") || !strings.HasSuffix(r.PriorSource, " năm 2021") {
				t.Errorf("%s %s: %q", r.Unit, r.Period, r.PriorSource)
			}
		}
	}
	for _, f := range c.Figures {
		for period := range known {
			if _, _, before := f.In(period); before != "" {
				known[period][f.Unit] = true
				if !sources[f.Unit+period] {
					t.Errorf("%s %s: figures of 2021 from nowhere", f.Unit, period)
				}
			}
		}
	}
	for period, units := range known {
		if len(units) != 24 {
			t.Errorf("%s: %d units, want 24: %v", period, len(units), slices.Sorted(maps.Keys(units)))
		}
	}
	if len(sources) != 48 {
		t.Errorf("%d sources, want 48", len(sources))
	}
}
