package demo_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/content"
	"danvan/internal/demo/demotest"
	"danvan/internal/evidence"
	"danvan/internal/report"
	"danvan/internal/submission"
)

func reportCase(t *testing.T, db *pgxpool.Pool, period, unit string) submission.Case {
	t.Helper()
	c, err := submission.Load(t.Context(), db, demo.Start, report.Ref(content.Year, period, unit))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReportsStandWhereTheTablesSay(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	states := map[content.PlanState]submission.State{
		content.NotBegun: submission.Draft, content.Draft: submission.Draft, content.Awaiting: submission.AwaitingSignoff,
		content.Submitted: submission.Submitted, content.Returned: submission.Returned, content.Accepted: submission.Accepted,
		content.Amending: submission.Draft,
	}
	inForce := map[string]int{}
	for _, r := range tables(t).Reports {
		got := reportCase(t, db, r.Period, r.Unit)
		if got.State != states[r.State] || got.NotBegun() != (r.State == content.NotBegun) || got.Amending() != (r.State == content.Amending) {
			t.Errorf("%s %s: got %s, not begun: %t, want %s", r.Unit, r.Period, got.State, got.NotBegun(), r.State)
		}
		if got.InForce != nil {
			inForce[r.Period]++
		}
	}
	if inForce[content.HalfYear] != 26 || inForce[content.WholeYear] != 10 { // one of a commune
		t.Errorf("in force: %v", inForce)
	}
}

func TestEveryReportWasSentAndDecidedWhenAndByWhomTheTablesSay(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	rounds := map[string][]content.Round{}
	for _, r := range tables(t).ReportRounds {
		rounds[r.Unit+r.Period] = append(rounds[r.Unit+r.Period], r)
	}
	late := 0
	for _, r := range tables(t).Reports {
		heads, err := submission.Heads(t.Context(), db, reportCase(t, db, r.Period, r.Unit).ID)
		if err != nil {
			t.Fatal(err)
		}
		sent := rounds[r.Unit+r.Period]
		if len(heads) != len(sent) {
			t.Fatalf("%s %s has %d versions, want %d", r.Unit, r.Period, len(heads), len(sent))
		}
		for i, h := range heads {
			want := sent[i]
			if !h.SentAt.Equal(want.SentAt) || h.SentByName != want.SentBy || string(h.Outcome) != want.Outcome ||
				h.DecidedName != want.DecidedBy || h.Reason != want.Reason || h.DecidedAt != nil && !h.DecidedAt.Equal(want.DecidedAt) {
				t.Errorf("%s %s: got %+v, want %+v", r.Unit, r.Period, h, want)
			}
		}
		if len(heads) > 0 && !heads[0].SentAt.Before(heads[0].DueBefore) {
			late++
		}
	}
	if late != 2 {
		t.Errorf("%d reports were first sent after their deadline, want 2", late)
	}
}

func TestWhatIsInForceHasNoGapAndNoDoubtWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	reports := report.NewService(db, demotest.Files(t))
	explained := 0
	for _, r := range tables(t).Reports {
		c := reportCase(t, db, r.Period, r.Unit)
		if c.InForce == nil {
			continue
		}
		v, err := submission.VersionByNo(t.Context(), db, c.ID, c.InForce.No)
		if err != nil {
			t.Fatal(err)
		}
		told, err := reports.FromVersion(t.Context(), c, v.Frozen)
		if err != nil {
			t.Fatal(err)
		}
		if gaps := report.Gaps(told); len(gaps) > 0 {
			t.Errorf("%s %s: %+v", r.Unit, r.Period, gaps)
		}
		doubts, err := reports.Doubts(t.Context(), c, told)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range doubts {
			explained++
			if d.Answer == "" {
				t.Errorf("%s %s: %s", r.Unit, r.Period, d.Message)
			}
		}
	}
	if explained < 10 {
		t.Errorf("%d doubts were explained, want at least 10", explained)
	}
}

func TestDistrictAddsUpTheCommuneItAccepted(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	c := reportCase(t, db, content.WholeYear, "h-vi-thuy")
	below := func(no int) string {
		v, err := submission.VersionByNo(t.Context(), db, c.ID, no)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range v.Frozen.Computed {
			if p.Key == "below/T2.02" {
				return p.Content["value"] + " " + p.Content["sources"]
			}
		}
		return ""
	}
	for no := 1; no <= 2; no++ {
		if got := below(no); got != "1286 thi-tran-nang-mau-h-vi-thuy@1" {
			t.Errorf("below sending %d lies %q", no, got)
		}
	}
}

func TestWhatSoNoiVuAskedHuyenViThuyChanged(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	c := reportCase(t, db, content.WholeYear, "h-vi-thuy")
	figure := func(no int, code string) string {
		v, err := submission.VersionByNo(t.Context(), db, c.ID, no)
		if err != nil {
			t.Fatal(err)
		}
		part := v.Frozen.Part(report.FigureKey(code))
		return part["own"] + part["mark"]
	}
	for code, want := range map[string][2]string{"T2.06": {"12", "31"}, "T4.11": {"86", "71"}, "T7.09": {"nil", "9"}, "T4.10": {"86", "86"}} {
		if got := [2]string{figure(1, code), figure(2, code)}; got != want {
			t.Errorf("%s: got %v, want %v", code, got, want)
		}
	}
	notes, err := submission.Notes(t.Context(), db, c, true)
	if err != nil {
		t.Fatal(err)
	}
	if len(notes) != 3 || c.Unanswered != 0 {
		t.Errorf("%d remarks, %d of them unanswered", len(notes), c.Unanswered)
	}
}

func TestOneReturnedReportHasAnAnswerAndRemarksThatWaitForOne(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	for unit, want := range map[string]int{"stc": 3, "h-chau-thanh": 2} {
		if c := reportCase(t, db, content.WholeYear, unit); c.State != submission.Returned || c.Unanswered != want {
			t.Errorf("%s is %s with %d remarks to answer, want %d", unit, c.State, c.Unanswered, want)
		}
	}
}

func TestSoTuPhapWritesItsReportOfTheYear(t *testing.T) {
	t.Parallel()
	db := demotest.New(t)
	act := signIn(t, db, "stp.chuyenvien").Actor
	page, err := report.NewService(db, demotest.Files(t)).Page(t.Context(), act, demo.Start, report.Ref(content.Year, content.WholeYear, "stp"))
	if err != nil {
		t.Fatal(err)
	}
	row := page.Content.Rows["T4.01"]
	if row.Figure.Own == nil || row.Figure.Own.RatString() != "86" || row.Previous == nil || row.Previous.Value.RatString() != "41" ||
		row.LastYear == nil || row.LastYear.Value.RatString() != "104" || row.LastYear.Source != "Báo cáo số 215/BC-STP năm 2021" {
		t.Errorf("T4.01: %+v", row)
	}
	var missing []string
	for _, gap := range page.Gaps {
		missing = append(missing, gap.Part)
	}
	if all := strings.Join(missing, " "); !strings.Contains(all, "figure/T4.19") || !strings.Contains(all, "task/7") || strings.Contains(all, "task/3") {
		t.Errorf("missing: %s", all)
	}
}

func TestLastYearIsKnownForTwentyFourUnits(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	for _, period := range []string{content.HalfYear, content.WholeYear} {
		if n := count(t, db, `
			select count(distinct unit_id)
			from prior_figure
			where year = 2021 and period = @period and source <> ''`, database.Args{"period": period}); n != 24 {
			t.Errorf("%s: %d units, want 24", period, n)
		}
	}
	_, units := roster(t, db)
	known, err := report.Prior(t.Context(), db, unitID(t, units, "stp"), content.Year-1, content.WholeYear)
	if err != nil || known["T4.13"].Value != "66" {
		t.Errorf("T4.13 of Sở Tư pháp in 2021: %+v, %v, want 66", known["T4.13"], err)
	}
}

func unitID(t *testing.T, units []campaign.Member, slug string) actor.UnitID {
	t.Helper()
	for _, u := range units {
		if u.Slug == slug {
			return u.ID
		}
	}
	t.Fatalf("no %s", slug)
	return 0
}

func TestEvidenceOfReportsIsThere(t *testing.T) {
	t.Parallel()
	db, files := demotest.Read(t), demotest.Files(t)
	sums, err := database.Values[evidence.SHA](t.Context(), db, `select file_sha from attachment`, nil)
	if err != nil || len(sums) != len(tables(t).ReportFiles) {
		t.Fatalf("%d files, %v, want %d", len(sums), err, len(tables(t).ReportFiles))
	}
	for _, sum := range sums {
		f, err := files.Open(t.Context(), sum)
		if err != nil {
			t.Error(err)
			continue
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
