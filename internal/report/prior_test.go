package report_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/audit"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
)

func TestFiguresOfTheYearBeforeStandBesideThoseOfNow(t *testing.T) {
	t.Parallel()
	w := seed(t)
	lan := w.people["lan"]
	save := func(who string, edits map[string]report.PriorEdit) (fault.Invalid, error) {
		return w.svc.SavePrior(t.Context(), w.people[who], year, w.once(), ofDepartment, edits)
	}
	if r := w.content(t, ofDepartment, year).Rows["T4.01"]; r.LastYear != nil {
		t.Errorf("nothing is known and yet: %+v", r.LastYear)
	}
	bad, err := save("lan", map[string]report.PriorEdit{
		"T2.04": {Value: "200", Source: "Báo cáo số 210/BC-STP"}, "T2.05": {Value: "150", Source: "Báo cáo số 210/BC-STP"},
		"T4.01": {Value: "-3"}, "T3.07": {Value: "1"}, "T2.07": {Value: "75"}, "T4.02": {},
	})
	must(t, err)
	want := fault.Invalid{"T4.01.value": "Số liệu không thể là số âm",
		"T3.07.value": "Đơn vị không phải báo cáo chỉ tiêu T3.07", "T2.07.value": "Đơn vị không phải báo cáo chỉ tiêu T2.07"}
	if diff := cmp.Diff(want, bad); diff != "" {
		t.Errorf("faults (-want +got):\n%s", diff)
	}
	rows := w.content(t, ofDepartment, year).Rows
	if r := rows["T2.04"].LastYear; r == nil || indicator.Text(r.Value) != "200" || r.Source != "Báo cáo số 210/BC-STP" || r.No != 0 {
		t.Errorf("T2.04: %+v", r)
	}
	if r := rows["T2.07"].LastYear; r == nil || indicator.Text(r.Value) != "75" {
		t.Errorf("the ratio is worked out from its parts: %+v", r)
	}
	// Somebody else's number is never replaced unseen.
	if bad, err = save("minh", map[string]report.PriorEdit{"T2.04": {Value: "201"}}); err != nil || bad["T2.04.value"] == "" {
		t.Errorf("got %v, %v, want to be told of the number there", bad, err)
	}
	if bad, err = save("minh", map[string]report.PriorEdit{"T2.04": {Was: "200", Value: "201", Source: "Đối chiếu lại"}, "T2.05": {Was: "150"}}); err != nil || len(bad) > 0 {
		t.Errorf("got %v, %v", bad, err)
	}
	stored, err := report.Prior(t.Context(), w.db, stp, 2021, "nam")
	if err != nil || len(stored) != 1 || stored["T2.04"].Value != "201" || stored["T2.04"].ByName != "Trần Văn Minh" {
		t.Errorf("stored %+v, %v", stored, err)
	}
	lines, err := audit.History(t.Context(), w.db, "prior/stp/2021/nam", 10)
	if err != nil || len(lines) != 2 {
		t.Errorf("%d entries in the audit, %v, want 2", len(lines), err)
	}
	w.accepted(t, "hung", "hoa", ofDepartment, year, nil)
	_, err = w.svc.SavePrior(t.Context(), lan, year, w.once(), ofDepartment, map[string]report.PriorEdit{"T2.04": {Was: "201", Value: "1"}})
	refused(t, "the unit after its report was accepted", err)
	for _, who := range []string{"hoa"} {
		_, err = save(who, map[string]report.PriorEdit{"T2.04": {Was: "201", Value: "1"}})
		refused(t, who, err)
	}
	if _, err = save("huyen", nil); !errors.Is(err, fault.NotFound) {
		t.Errorf("another unit: %v", err)
	}
	was := "201"
	for who, value := range map[string]string{"tong": "210", "quan-tri": "220"} {
		if bad, err = save(who, map[string]report.PriorEdit{"T2.04": {Was: was, Value: value}}); err != nil || len(bad) > 0 {
			t.Errorf("%s: %v, %v", who, bad, err)
		}
		was = value
	}
}

func TestWhatAPaperComparesWithIsFrozenWithTheSending(t *testing.T) {
	t.Parallel()
	w := seed(t)
	type edits = map[string]report.PriorEdit
	save := func(e edits) {
		t.Helper()
		bad, err := w.svc.SavePrior(t.Context(), w.people["tong"], year, w.once(), ofDepartment, e)
		if err != nil || len(bad) > 0 {
			t.Fatal(bad, err)
		}
	}
	save(edits{"T2.04": {Value: "200", Source: "Báo cáo số 210/BC-STP"}, "T2.05": {Value: "133"}})
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T2.04": "300", "T2.05": "150"})
	v := w.version(t, ofDepartment, year)
	c, err := submission.Load(t.Context(), w.db, year, ofDepartment)
	must(t, err)
	read := func(of func(context.Context, submission.Case, submission.Frozen) (report.Content, error)) map[string]report.Row {
		t.Helper()
		content, err := of(t.Context(), c, v.Frozen)
		must(t, err)
		return content.Rows
	}
	before := read(w.svc.AsSent)
	if x := before["T2.04"].LastYear; told(x) != "200n" || x.Source != "Báo cáo số 210/BC-STP" {
		t.Errorf("frozen: %+v", x)
	}
	if x := before["T2.07"].LastYear; told(x) != "66.5" {
		t.Errorf("the ratio: %s", told(x))
	}
	save(edits{"T2.04": {Was: "200", Value: "250", Source: "Đối chiếu lại"}, "T4.01": {Value: "9"}})
	if diff := cmp.Diff(before, read(w.svc.AsSent), cmp.Comparer(func(a, b *big.Rat) bool { return a == b || a != nil && b != nil && a.Cmp(b) == 0 })); diff != "" {
		t.Errorf("the paper says something else now (-before +after):\n%s", diff)
	}
	// On the screen, what nobody knew then is filled in as it is known today.
	rows := read(w.svc.FromVersion)
	if told(rows["T2.04"].LastYear) != "200n" || told(rows["T4.01"].LastYear) != "9n" {
		t.Errorf("on the screen: %s and %s", told(rows["T2.04"].LastYear), told(rows["T4.01"].LastYear))
	}
	// A sending from before anything was frozen prints no comparison.
	old := v.Frozen
	old.Computed = slices.DeleteFunc(slices.Clone(old.Computed), func(p submission.FrozenPart) bool { return strings.HasPrefix(p.Key, "last/") })
	content, err := w.svc.AsSent(t.Context(), c, old)
	if err != nil || content.Rows["T2.04"].LastYear != nil {
		t.Errorf("an older sending: %+v, %v", content.Rows["T2.04"].LastYear, err)
	}
}

func TestWhatASuccessorIsComparedWithIsFrozenWithWhose(t *testing.T) {
	t.Parallel()
	w := merged(t)
	compared := w.content(t, ofSuccessor, year)
	for _, p := range compared.Weight().Computed {
		if p.Key == "last/T4.01" {
			if got, want := p.Content["of"], "Ủy ban nhân dân xã Vĩnh Tường\nỦy ban nhân dân xã Vị Thủy"; got != want || p.Content["value"] != "13" {
				t.Errorf("frozen: %v", p.Content)
			}
			return
		}
	}
	t.Error("nothing is frozen")
}

func TestAReportIsComparedWithTheOneBeforeIt(t *testing.T) {
	t.Parallel()
	w := seed(t)
	if _, err := w.svc.Earlier(t.Context(), w.people["lan"], year, ofDepartment); !errors.Is(err, fault.NotFound) {
		t.Errorf("nothing before: %v", err)
	}
	w.accepted(t, "hung", "hoa", inHalf(ofDepartment), half, map[string]string{"T4.01": "30", "T3.03": "8", "T2.04": "10", "T2.05": "9"})
	rows := w.content(t, ofDepartment, year).Rows
	want := &report.Compared{Value: indicator.ParseAmount("30"), Year: 2022, Period: "6-thang", Name: "6 tháng đầu năm 2022", No: 1,
		Figure: indicator.Figure{Mark: indicator.Number, Own: indicator.ParseAmount("30")}}
	same := cmp.Comparer(func(a, b *report.Compared) bool {
		return indicator.Text(a.Value) == indicator.Text(b.Value) && indicator.Text(a.Figure.Own) == indicator.Text(b.Figure.Own) &&
			a.Figure.Mark == b.Figure.Mark && a.Year == b.Year && a.Period == b.Period && a.Name == b.Name && a.No == b.No && a.Source == b.Source
	})
	if got := rows["T4.01"].Previous; got == nil || !cmp.Equal(want, got, same) {
		t.Errorf("T4.01: %+v", got)
	}
	if got := rows["T2.07"].Previous; got == nil || indicator.Text(got.Value) != "90" {
		t.Errorf("the ratio: %+v", got)
	}
	if got := rows["T4.08"].Previous; got == nil || got.Value != nil || got.Figure.Mark != indicator.Nil {
		t.Errorf("nothing arose then: %+v", got)
	}
	if got := rows["T3.03"].Offer; got == nil || got.Value != "8" {
		t.Errorf("offer: %+v", got)
	}
	// What went on growing cannot be less now.
	w.write(t, "lan", ofDepartment, year, map[string]string{"T4.01": "29", "T3.03": "8"})
	c, weight, err := w.weighed(t, ofDepartment)
	must(t, err)
	codes := []string{}
	for _, d := range weight.Doubts {
		codes = append(codes, d.Code)
	}
	if diff := cmp.Diff([]string{"below:T4.01"}, codes); diff != "" {
		t.Errorf("doubts (-want +got):\n%s", diff)
	}
	must(t, w.svc.AnswerDoubt(t.Context(), w.people["lan"], year, w.once(), ofDepartment, "below:T4.01", "Sáu tháng đã đếm trùng một lượt"))
	asked, err := w.svc.Doubts(t.Context(), c, w.content(t, ofDepartment, year))
	if err != nil || len(asked) != 1 || asked[0].Answer == "" {
		t.Errorf("answered: %+v, %v", asked, err)
	}
	w.write(t, "lan", ofDepartment, year, map[string]string{"T4.01": "28", "T3.03": "8"})
	if asked, err = w.svc.Doubts(t.Context(), c, w.content(t, ofDepartment, year)); err != nil || len(asked) != 1 || asked[0].Answer != "" {
		t.Errorf("other figures ask again: %+v, %v", asked, err)
	}
	earlier, err := w.svc.Earlier(t.Context(), w.people["lan"], year, ofDepartment)
	if err != nil || earlier.Ref != inHalf(ofDepartment) || earlier.Version.Frozen.Part("task/4")["result"] != "Đã thực hiện nhiệm vụ 4" {
		t.Errorf("look back: %+v, %v", earlier.Ref, err)
	}
	if _, err := w.svc.Earlier(t.Context(), w.people["hoa"], year, ofDepartment); !errors.Is(err, fault.NotFound) {
		t.Errorf("somebody else looks back: %v", err)
	}
}

// weighed returns the case of ref with what its working copy comes to.
func (w *world) weighed(t testing.TB, ref submission.Ref) (submission.Case, submission.Weight, error) {
	t.Helper()
	c, err := submission.Load(t.Context(), w.db, year, ref)
	if err != nil {
		return c, submission.Weight{}, err
	}
	return c, w.content(t, ref, year).Weight(), nil
}

func TestLastYearsReportInForceCountsBeforeWhatWasTypedIn(t *testing.T) {
	t.Parallel()
	w := seed(t)
	_, err := w.svc.SavePrior(t.Context(), w.people["lan"], year, w.once(), ofDepartment, map[string]report.PriorEdit{"T4.01": {Value: "7"}, "T4.02": {Value: "9"}})
	must(t, err)
	w.exec(t, `
		insert into campaign (id, year, lead_unit, directive, active) overriding system value values (2, 2021, 1, 'Kế hoạch năm 2021', '[2021-01-01,2021-12-31]');
		insert into task (campaign_id, no, short, title) select 2, no, short, title from task where campaign_id = 1;
		insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid) values (2, 2, 2, 1, 1, '[2021-01-01,)');
		insert into period (id, campaign_id, kind, slug, name, opens_on, data, cumulative) overriding system value
		    values (9, 2, 'report', 'nam', 'Năm 2021', '2021-11-15', '[2020-12-15,2021-11-30]', true);
		insert into deadline (period_id, unit_kind, due_before) values (9, 'department', '2021-12-05 00:00+07');
		insert into indicator_use (campaign_id, indicator_id, kinds) select 2, id, kinds from indicator where code in ('T4.01', 'T4.08');`)
	before := year.AddDate(-1, 0, 0)
	must(t, submission.Ensure(t.Context(), w.db, before))
	w.accepted(t, "hung", "hoa", report.Ref(2021, "nam", "stp"), before, map[string]string{"T4.01": "40"})
	rows := w.content(t, ofDepartment, year.Add(time.Minute)).Rows
	if r := rows["T4.01"].LastYear; r == nil || indicator.Text(r.Value) != "40" || r.Year != 2021 || r.No != 1 {
		t.Errorf("reported then: %+v", r)
	}
	if r := rows["T4.02"].LastYear; r == nil || indicator.Text(r.Value) != "9" || r.No != 0 {
		t.Errorf("typed in where nothing was reported: %+v", r)
	}
}

func TestASendingStandsBesideThePeriodBeforeAsItWasThen(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "hung", "hoa", inHalf(ofDepartment), half, map[string]string{"T4.01": "30", "T2.04": "10", "T2.05": "9"})
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "29", "T2.04": "10", "T2.05": "9", "T2.06": "1"})
	v := w.version(t, ofDepartment, year)
	c, err := submission.Load(t.Context(), w.db, year, ofDepartment)
	must(t, err)
	must(t, w.svc.Amend(t.Context(), w.people["hung"], year, w.once(), inHalf(ofDepartment)))
	w.accepted(t, "hung", "hoa", inHalf(ofDepartment), year, map[string]string{"T4.01": "20", "T2.04": "10", "T2.05": "5"})
	if got := told(w.content(t, ofDepartment, year).Rows["T4.01"].Previous); got != "20n" {
		t.Fatalf("the working copy stands beside %s", got)
	}
	content, err := w.svc.FromVersion(t.Context(), c, v.Frozen)
	must(t, err)
	x := content.Rows["T4.01"].Previous
	if told(x) != "30n" || indicator.Text(x.Figure.Own) != "30" || x.No != 1 || x.Year != 2022 || x.Period != "6-thang" || x.Name != "6 tháng đầu năm 2022" {
		t.Errorf("the sending stands beside %+v", x)
	}
	if got := told(content.Rows["T2.07"].Previous); got != "90" {
		t.Errorf("its ratio beside %s", got)
	}
	if got := content.Rows["T4.08"].Previous; got == nil || got.Value != nil || got.Figure.Mark != indicator.Nil {
		t.Errorf("what did not arise then: %+v", got)
	}
	if found := report.Found(content); len(found) != 1 || found[0].Code != "below:T4.01" {
		t.Errorf("asked about the sending: %+v", found)
	}
	old := v.Frozen // from before anything was frozen
	old.Computed = slices.DeleteFunc(slices.Clone(old.Computed), func(p submission.FrozenPart) bool { return strings.HasPrefix(p.Key, "before/") })
	content, err = w.svc.FromVersion(t.Context(), c, old)
	if err != nil || content.Rows["T4.01"].Previous != nil {
		t.Errorf("an older sending: %+v, %v", content.Rows["T4.01"].Previous, err)
	}
}
