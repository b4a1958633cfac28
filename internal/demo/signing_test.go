package demo_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/demo"
	"danvan/internal/demo/content"
	"danvan/internal/demo/demotest"
	"danvan/internal/plan"
	"danvan/internal/signed"
	"danvan/internal/submission"
)

func TestSignedPapersOfTheDemonstrationComeToWhatTheyShow(t *testing.T) {
	t.Parallel()
	db, files := demotest.Read(t), demotest.Files(t)
	got := map[string]signed.Outcome{}
	for _, unit := range []string{"snv", "vpubnd", "ttt", "tx-long-my"} {
		all, err := submission.SignedFiles(t.Context(), db, reportCase(t, db, content.WholeYear, unit).ID)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %d papers, %v", unit, len(all), err)
		}
		got[unit] = all[0].Compared.Outcome
		if r := all[0].Compared.Result; unit == "ttt" && (len(r.Missing) != 1 || r.Missing[0].Part != "figure/T1.05" || r.Missing[0].Sought != "172") {
			t.Errorf("ttt lacks %+v", r.Missing)
		} else if unit != "ttt" && len(r.Missing) > 0 {
			t.Errorf("%s lacks %+v", unit, r.Missing)
		}
		// The bytes are those that were loaded: whoever opens the paper sees what was compared.
		f, err := files.Open(t.Context(), all[0].SHA)
		if err != nil {
			t.Errorf("%s: %v", unit, err)
			continue
		}
		_ = f.Close()
	}
	stc, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, "stc"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := submission.SignedFiles(t.Context(), db, stc.ID)
	if err != nil || len(all) != 1 || all[0].Compared.Outcome != signed.Match || all[0].Compared.Result.Texts < 50 {
		t.Errorf("the plan of Sở Tài chính: %+v, %v", all, err)
	}
	want := map[string]signed.Outcome{"snv": signed.Match, "vpubnd": signed.Match, "ttt": signed.Differ, "tx-long-my": signed.Scan}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
