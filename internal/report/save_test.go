package report_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/fault"
	"danvan/internal/plan"
	"danvan/internal/report"
	"danvan/internal/submission"
)

func TestAPageOfFiguresIsSavedRowByRow(t *testing.T) {
	t.Parallel()
	w := seed(t)
	save := func(who string, e report.TaskEdit) report.TaskResult {
		t.Helper()
		r, err := w.svc.SaveTask(t.Context(), w.people[who], year, w.once(), ofDepartment, 4, e)
		must(t, err)
		return r
	}
	first := save("lan", report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.01": row("12", 0), "T4.02": row("30", 0)}})
	if first.Saved["figure/T4.01"].Revision != 1 || first.Saved["figure/T4.02"].Revision != 1 || len(first.Faults)+len(first.Conflicts) > 0 {
		t.Fatalf("first save: %+v", first)
	}
	// Another person saved one of the rows, from an empty page; one row holds no number.
	second := save("minh", report.TaskEdit{
		Narrative: report.Edit{Values: submission.Content{"status": "good", "result": "Đã tiếp 12 lượt", "cause": ""}},
		Figures: map[string]report.FigureEdit{
			"T4.01": row("14", 0), // a conflict
			"T4.02": row("30", 0), // the same
			"T4.04": {Values: submission.Content{"own": "-1", "mark": ""}},
			"T4.08": row("2", 0),
		}})
	if len(second.Conflicts) != 1 || second.Conflicts[0].Key != "figure/T4.01" || second.Conflicts[0].TheirName != "Nguyễn Thị Lan" ||
		second.Conflicts[0].Mine["own"] != "14" || second.Conflicts[0].Theirs["own"] != "12" {
		t.Errorf("conflicts: %+v", second.Conflicts)
	}
	if len(second.Faults) != 1 || second.Faults["T4.04.own"] == "" {
		t.Errorf("faults: %v", second.Faults)
	}
	content := w.content(t, ofDepartment, year)
	got := map[string]string{"result": content.Part("task/4").Content["result"]}
	for _, code := range []string{"T4.01", "T4.02", "T4.04", "T4.08"} {
		got[code] = content.Rows[code].Part.Content["own"]
	}
	want := map[string]string{"result": "Đã tiếp 12 lượt", "T4.01": "12", "T4.02": "30", "T4.04": "", "T4.08": "2"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("stored (-want +got):\n%s", diff)
	}
}

func TestWhoAnswersARowDifferentlyIsAskedEvenAboutAnotherField(t *testing.T) {
	t.Parallel()
	w := seed(t)
	save := func(who string, e report.FigureEdit) report.TaskResult {
		t.Helper()
		r, err := w.svc.SaveTask(t.Context(), w.people[who], year, w.once(), ofDepartment, 4,
			report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.01": e}})
		must(t, err)
		return r
	}
	save("lan", row("12", 0))
	save("lan", report.FigureEdit{Read: 1, Values: submission.Content{"own": "12", "mark": "", "estimated": "5"}})
	r := save("minh", row("4", 1)) // would leave an estimate of 5 inside 4
	if len(r.Conflicts) != 1 || !cmp.Equal(r.Conflicts[0].Fields, []string{"estimated", "own"}) {
		t.Errorf("got %+v, want a conflict about the whole row", r)
	}
	if got := w.content(t, ofDepartment, year).Rows["T4.01"].Part.Content; !got.Equal(submission.Content{"own": "12", "estimated": "5"}) {
		t.Errorf("stored: %v", got)
	}
}

func TestFiguresFromAFileAreStoredAllOrNone(t *testing.T) {
	t.Parallel()
	w := seed(t)
	save := func(figures map[string]report.FigureEdit) (report.TaskResult, error) {
		return w.svc.SaveFigures(t.Context(), w.people["lan"], year, w.once(), ofDepartment, figures)
	}
	r, err := save(map[string]report.FigureEdit{"T4.01": row("12", 0), "T1.03": row("-4", 0), "T3.07": row("1", 0)})
	want := fault.Invalid{"T1.03.own": "Số liệu không thể là số âm", "T3.07.own": "Đơn vị không phải báo cáo chỉ tiêu T3.07"}
	if _, ok := errors.AsType[fault.Invalid](err); !ok || cmp.Diff(want, r.Faults) != "" {
		t.Errorf("got %v, %v, want %v", r.Faults, err, want)
	}
	if got := w.content(t, ofDepartment, year).Parts(); len(got) > 0 {
		t.Errorf("stored all the same: %v", got)
	}
	if r, err = save(map[string]report.FigureEdit{"T4.01": row("12", 0), "T1.03": row("4", 0)}); err != nil || len(r.Saved) != 2 {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestAFormThatArrivesTwiceIsSavedOnce(t *testing.T) {
	t.Parallel()
	w := seed(t)
	key := w.once()
	for range 2 {
		r, err := w.svc.AddProposal(t.Context(), w.people["lan"], year, key, ofDepartment,
			report.Edit{Values: submission.Content{"body": "Bổ sung kinh phí tuyên truyền", "receiver": "Sở Tài chính"}})
		if err != nil || r.Code != "1" {
			t.Errorf("got %+v, %v, want proposal 1", r, err)
		}
	}
	page := w.once()
	for range 2 {
		_, err := w.svc.SaveTask(t.Context(), w.people["lan"], year, page, ofDepartment, 4,
			report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.01": row("12", 0)}})
		must(t, err)
	}
	content := w.content(t, ofDepartment, year)
	if len(content.Proposals) != 1 || content.Rows["T4.01"].Part.Revision != 1 {
		t.Errorf("%d proposals, figure at revision %d", len(content.Proposals), content.Rows["T4.01"].Part.Revision)
	}
	// What was stored in part only may come again with the rest mended.
	faulty := w.once()
	for range 2 {
		r, err := w.svc.SaveTask(t.Context(), w.people["lan"], year, faulty, ofDepartment, 4,
			report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.02": {Values: submission.Content{"own": "x"}}}})
		if err != nil || len(r.Faults) != 1 {
			t.Errorf("got %+v, %v, want the fault each time", r, err)
		}
	}
}

func TestNumbersOfProposalsAreNeverGivenAgain(t *testing.T) {
	t.Parallel()
	w := seed(t)
	add := func(body string) string {
		t.Helper()
		r, err := w.svc.AddProposal(t.Context(), w.people["lan"], year, w.once(), ofDepartment, report.Edit{Values: submission.Content{"body": body}})
		must(t, err)
		return r.Code
	}
	add("Một")
	if got := add("Hai"); got != "2" {
		t.Fatalf("the second is %s", got)
	}
	must(t, w.svc.DeleteProposal(t.Context(), w.people["lan"], year, w.once(), ofDepartment, 2, 1))
	if got := add("Ba"); got != "3" {
		t.Errorf("after deleting 2 the next is %s, want 3", got)
	}
	if err := w.svc.DeleteProposal(t.Context(), w.people["lan"], year, w.once(), ofDepartment, 2, 1); !errors.Is(err, fault.NotFound) {
		t.Errorf("deleting what is gone: %v", err)
	}
	if _, err := w.svc.SaveProposal(t.Context(), w.people["lan"], year, w.once(), ofDepartment, 2, report.Edit{Read: 1, Values: submission.Content{"body": "x"}}); !errors.Is(err, fault.Conflict) {
		t.Errorf("saving what is gone: %v", err)
	}
	if _, err := w.svc.AddProposal(t.Context(), w.people["lan"], year, w.once(), ofDepartment, report.Edit{}); err == nil {
		t.Error("an empty proposal was made")
	}
	r, err := w.svc.AddExemplar(t.Context(), w.people["lan"], year, w.once(), ofDepartment,
		report.Edit{Values: submission.Content{"name": "Tuyến đường hoa", "field": "society", "level": "xx"}})
	must(t, err)
	if r.Code != "1" || r.Faults["level"] == "" {
		t.Errorf("exemplar: %+v", r)
	}
	if x, ok := w.content(t, ofDepartment, year).Exemplar(1); !ok || x.Name != "Tuyến đường hoa" || x.Field != report.Society {
		t.Errorf("stored %+v", x)
	}
}

func TestOnlyTheUnitWritesItsReport(t *testing.T) {
	t.Parallel()
	w := seed(t)
	e := report.TaskEdit{Figures: map[string]report.FigureEdit{"T4.01": row("12", 0)}}
	for who, want := range map[string]error{
		"lan": nil, "hung": nil, "hoa": fault.Forbidden, "tong": fault.Forbidden, "quan-tri": fault.Forbidden,
		"huyen": fault.NotFound, "la": fault.NotFound,
	} {
		_, err := w.svc.SaveTask(t.Context(), w.people[who], year, w.once(), ofDepartment, 4, e)
		if !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", who, err, want)
		}
	}
	for name, try := range map[string]func() error{
		"a figure of another task": func() error {
			_, err := w.svc.SaveTask(t.Context(), w.people["lan"], year, w.once(), ofDepartment, 3, e)
			return err
		},
		"a task there is not": func() error {
			_, err := w.svc.SaveTask(t.Context(), w.people["lan"], year, w.once(), ofDepartment, 9, report.TaskEdit{})
			return err
		},
		"a plan by the desk of reports": func() error {
			return w.svc.Send(t.Context(), w.people["lan"], year, w.once(), plan.Ref(2022, "stp"))
		},
		"a plan read as a report": func() error {
			_, err := w.svc.Page(t.Context(), w.people["lan"], year, plan.Ref(2022, "stp"))
			return err
		},
		"a report read as a plan": func() error {
			_, err := w.plans.Page(t.Context(), w.people["lan"], year, ofDepartment)
			return err
		},
	} {
		if err := try(); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s: got %v, want not found", name, err)
		}
	}
}
