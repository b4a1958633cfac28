package report_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/progress"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestAReportGoesTheWholeWay(t *testing.T) {
	t.Parallel()
	w := seed(t)
	lan, hung := w.people["lan"], w.people["hung"]
	if err := w.svc.Send(t.Context(), lan, year, w.once(), ofDepartment); err == nil {
		t.Error("an empty report was sent to the leader")
	} else {
		refused(t, "sending with gaps", err)
	}
	w.write(t, "lan", ofDepartment, year, map[string]string{"T4.01": "12"})
	p, err := w.svc.Page(t.Context(), lan, year, ofDepartment)
	must(t, err)
	if len(p.Gaps) > 0 || !p.Working {
		t.Fatalf("gaps of what was filled in: %+v", p.Gaps)
	}
	must(t, w.svc.Send(t.Context(), lan, year, w.once(), ofDepartment))
	_, err = w.svc.SaveTask(t.Context(), lan, year, w.once(), ofDepartment, 4, report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.01": row("13", 1)}})
	refused(t, "writing while the leader reads", err)
	must(t, w.svc.SendBack(t.Context(), hung, year, w.once(), ofDepartment, "Xem lại số lượt tiếp công dân"))
	_, err = w.svc.SaveTask(t.Context(), lan, year, w.once(), ofDepartment, 4, report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.01": row("13", 1)}})
	must(t, err)
	must(t, w.svc.Send(t.Context(), lan, year, w.once(), ofDepartment))
	incomplete := w.signature(t, ofDepartment, year)
	incomplete.Reference["signer"] = ""
	if bad, ok := errors.AsType[fault.Invalid](w.svc.SignOff(t.Context(), hung, year, w.once(), ofDepartment, incomplete)); !ok || bad["signer"] == "" {
		t.Errorf("signed off without a signer: %v", bad)
	}
	must(t, w.svc.SignOff(t.Context(), hung, year, w.once(), ofDepartment, w.signature(t, ofDepartment, year)))

	hoa := w.people["hoa"]
	c, v, err := w.reviews.Open(t.Context(), hoa, year, ofDepartment)
	must(t, err)
	if v.Frozen.Part("figure/T4.01")["own"] != "13" || v.Reference.Symbol != "BC-STP" {
		t.Errorf("the receiver reads %+v", v.Frozen.Part("figure/T4.01"))
	}
	must(t, w.reviews.Remark(t.Context(), hoa, year, w.once(), ofDepartment, c.Last.No, "figure/T4.01", "own", "Nêu rõ cách đếm"))
	must(t, w.reviews.Return(t.Context(), hoa, year, w.once(), ofDepartment, c.Last.No, "Cần làm rõ số liệu tiếp công dân"))
	p, err = w.svc.Page(t.Context(), lan, year, ofDepartment)
	must(t, err)
	if len(p.Remarks) != 1 || p.Remarks[0].Task != 4 || p.Remarks[0].Title != "T4.01. Số lượt tiếp công dân" || p.Remarks[0].OldText != "13" || p.Remarks[0].Gone {
		t.Fatalf("remarks: %+v", p.Remarks)
	}
	refused(t, "sending with an open remark", w.svc.Send(t.Context(), lan, year, w.once(), ofDepartment))
	must(t, w.svc.AnswerRemark(t.Context(), lan, year, w.once(), ofDepartment, p.Remarks[0].ID, p.Remarks[0].AnswerRev, "Đếm theo sổ tiếp công dân"))
	must(t, w.svc.Send(t.Context(), lan, year, w.once(), ofDepartment))
	must(t, w.svc.SignOff(t.Context(), hung, year, w.once(), ofDepartment, w.signature(t, ofDepartment, year)))
	w.accepts(t, "hoa", ofDepartment, year)
	if got := w.facts(t, "nam", "T4.01"); got != "stp number 13+–" {
		t.Errorf("facts: %s", got)
	}
}

func TestFactsComeAndGoWithTheDecisionItself(t *testing.T) {
	t.Parallel()
	w := seed(t)
	statuses := func() int {
		t.Helper()
		n, err := database.Value[int](t.Context(), w.db, `select count(*) from report_task_fact where status = 'done' and task_no between 1 and 7`, nil)
		must(t, err)
		return n
	}
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "12", "T4.02": "0", "T4.04": "not_applicable"})
	broken := errors.New("broken")
	err := w.inTx(t, ofDepartment, year, func(tx pgx.Tx, c *submission.Case) error {
		if err := report.Accept(t.Context(), tx, w.people["hoa"], year, c, 1); err != nil {
			return err
		}
		return broken
	})
	if got := w.facts(t, "nam", "T4.01"); !errors.Is(err, broken) || got != "" || statuses() != 0 {
		t.Errorf("an acceptance that failed left %q, %d statuses, %v", got, statuses(), err)
	}
	w.accepts(t, "hoa", ofDepartment, year)
	for code, want := range map[string]string{
		"T4.01": "stp number 12+–", "T4.02": "stp number 0+–", "T4.04": "stp not_applicable –+–", "T4.08": "stp nil –+–"} {
		if got := w.facts(t, "nam", code); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	if statuses() != 7 {
		t.Errorf("%d statuses of tasks, want 7", statuses())
	}
	refused(t, "withdrawing as a reviewer", w.reviews.Withdraw(t.Context(), w.people["hoa"], year, w.once(), ofDepartment, "Số liệu sai toàn bộ"))
	must(t, w.reviews.Withdraw(t.Context(), w.people["tong"], year, w.once(), ofDepartment, "Số liệu sai toàn bộ"))
	if got := w.facts(t, "nam", "T4.01"); got != "" || statuses() != 0 {
		t.Errorf("a report withdrawn still counts: %q, %d", got, statuses())
	}
}

func TestTheVersionInForceCountsWhileItIsAmended(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.accepted(t, "hung", "hoa", ofDepartment, year, map[string]string{"T4.01": "12"})
	must(t, w.svc.Amend(t.Context(), w.people["lan"], year, w.once(), ofDepartment))
	w.sent(t, "hung", ofDepartment, year, map[string]string{"T4.01": "20"})
	if got := w.facts(t, "nam", "T4.01"); got != "stp number 12+–" {
		t.Errorf("sent and not accepted: %s", got)
	}
	w.accepts(t, "hoa", ofDepartment, year)
	if got := w.facts(t, "nam", "T4.01"); got != "stp number 20+–" {
		t.Errorf("accepted: %s", got)
	}
	must(t, w.svc.Amend(t.Context(), w.people["lan"], year, w.once(), ofDepartment))
	_, err := w.svc.AddProposal(t.Context(), w.people["lan"], year, w.once(), ofDepartment, report.Edit{Values: submission.Content{"body": "Thêm"}})
	must(t, err)
	must(t, w.svc.Discard(t.Context(), w.people["lan"], year, w.once(), ofDepartment))
	content := w.content(t, ofDepartment, year)
	if len(content.Proposals) != 0 || content.Rows["T4.01"].Part.Content["own"] != "20" {
		t.Errorf("after discarding: %+v", content.Proposals)
	}
	// Reports are amended until their period closes, plans longer.
	must(t, campaign.Close(t.Context(), w.db, w.people["tong"], year, 3, viet.Date{}, "Đã tổng hợp xong cả tỉnh"))
	refused(t, "amending after the period closed", w.svc.Amend(t.Context(), w.people["lan"], year.Add(time.Hour), w.once(), ofDepartment))
}

func TestLatenessTurnsWithTheLastSecondOfTheDay(t *testing.T) {
	t.Parallel()
	w := seed(t)
	due := time.Date(2022, time.December, 5, 0, 0, 0, 0, viet.Location)
	for ref, sending := range map[submission.Ref]struct {
		who  string
		at   time.Time
		late bool
	}{
		ofDepartment: {"hung", due.Add(-time.Second), false},
		ofDistrict:   {"huyen", due, true},
	} {
		w.sent(t, sending.who, ref, sending.at, nil)
		if v := w.version(t, ref, sending.at); v.Late() != sending.late || !v.DueBefore.Equal(due) {
			t.Errorf("sent at %s: late %t, due before %s", sending.at, v.Late(), v.DueBefore)
		}
	}
	refused(t, "before the period opens", w.svc.Send(t.Context(), w.people["lan"], time.Date(2022, time.November, 14, 23, 59, 59, 0, viet.Location), w.once(), ofDepartment))
}

func TestAVersionKeepsActivitiesAsTheyStoodAtTheCutOff(t *testing.T) {
	t.Parallel()
	w := seed(t)
	staff := w.people["lan"]
	ref := submission.Ref{Year: 2022, Period: "ke-hoach", Unit: "stp"}
	spring := time.Date(2022, time.March, 10, 9, 0, 0, 0, viet.Location)
	w.acceptedPlan(t, ref, spring)
	log := progress.NewService(w.db, w.files)
	for day, percent := range map[viet.Date]string{viet.NewDate(2022, 6, 10): "40", viet.NewDate(2022, 6, 15): "60"} {
		_, err := log.Log(t.Context(), staff, day.Start().Add(9*time.Hour), w.once(), ref, "1.1", progress.Draft{AsOf: day, Percent: percent, Note: "Theo tiến độ"})
		must(t, err)
	}
	sent := time.Date(2022, time.June, 18, 9, 0, 0, 0, viet.Location)
	w.sent(t, "hung", inHalf(ofDepartment), sent, map[string]string{"T1.01": "1"})
	want := submission.Content{"title": "Đối thoại với Nhân dân", "status": "in_progress", "as_of": "2022-06-10", "percent": "40"}
	if diff := cmp.Diff(want, w.version(t, inHalf(ofDepartment), sent).Frozen.Part("activity/1.1")); diff != "" {
		t.Errorf("frozen (-want +got):\n%s", diff)
	}
	v, err := w.svc.Version(t.Context(), staff, sent, inHalf(ofDepartment), 1)
	must(t, err)
	s, _ := v.Content.Section(1)
	if len(s.Activities) != 1 || s.Activities[0].Percent != "40" || s.Activities[0].AsOf != viet.NewDate(2022, 6, 10) {
		t.Errorf("read back: %+v", s.Activities)
	}
	live, _ := w.content(t, ofDepartment, year).Section(1)
	if len(live.Activities) != 1 || live.Activities[0].Percent != "60" {
		t.Errorf("the year's: %+v", live.Activities)
	}
	offer := w.content(t, ofDepartment, year).Rows["T1.01"].Offer
	if offer == nil || offer.Value != "1" || offer.Source != "Kế hoạch số 05/KH-STP đã được tiếp nhận" {
		t.Errorf("offer: %+v", offer)
	}
}

// acceptedPlan puts a plan with one activity in force.
func (w *world) acceptedPlan(t testing.TB, ref submission.Ref, now time.Time) {
	t.Helper()
	err := w.inTx(t, ref, now, func(tx pgx.Tx, c *submission.Case) error {
		return fillPlan(t.Context(), tx, w, now, c)
	})
	must(t, err)
	must(t, w.reviews.Accept(t.Context(), w.people["hoa"], now, w.once(), ref, 1))
}

func fillPlan(ctx context.Context, tx pgx.Tx, w *world, now time.Time, c *submission.Case) error {
	id, err := database.Value[int64](ctx, tx, `
		insert into activity (submission_id, task_no, seq, sent) values (@id, 1, 1, true) returning id`, database.Args{"id": c.ID})
	if err != nil {
		return err
	}
	if _, err := submission.SavePart(ctx, tx, w.people["lan"], now, c, submission.Save{Key: fmt.Sprintf("activity/%d", id), Values: submission.Content{
		"task": "1", "code": "1.1", "position": "1", "title": "Đối thoại với Nhân dân", "product": "Biên bản", "time": "2022/year/1"}}); err != nil {
		return err
	}
	_, err = submission.SubmitItDirectly(ctx, tx, w.people["hung"], now, c, submission.Signing{Read: c.Revision, Reference: submission.Reference{
		Number: 5, Symbol: "KH-STP", IssuedOn: viet.DateOf(now), Subject: "Kế hoạch", Signer: "Lê Quốc Hùng", Capacity: "GIÁM ĐỐC"}})
	return err
}
