package demo_test

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/paper"
	"danvan/internal/signed"
)

func TestTheReportOfTheHalfYearIsIssuedAndThatOfTheYearBegun(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	id, err := database.Value[actor.UnitID](t.Context(), db, `select id from unit where slug = 'snv'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	svc := consolidation.NewService(db, nil, paper.Consolidated)
	who := actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: id, Role: actor.Consolidator}}}
	half := consolidation.Ref{Year: 2022, Period: "6-thang", Unit: "snv"}
	r, err := svc.IssueByNo(t.Context(), who, demo.Start, half, 1)
	if err != nil {
		t.Fatal(err)
	}
	if c := r.Case; c.State != consolidation.Issued || r.Head.Reference.String() != "224/BC-SNV" || r.Head.Reference.IssuedOn.String() != "06/07/2022" ||
		r.Head.AsFrozen || r.Head.Frozen != 2 || r.Frozen.Proceeded == nil || len(r.Frozen.Ground.Missing) != 2 {
		t.Errorf("issued is %+v, without %+v", r.Head, r.Frozen.Ground.Missing)
	}
	if faults := consolidation.FaultsOf(r.Frozen.Ground, r.Frozen.Contents()); len(faults) > 0 {
		t.Errorf("issued with faults %+v", faults)
	}
	again, err := paper.Consolidated(r.Printed)
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(again); hex.EncodeToString(sum[:]) != r.Head.DocxSHA256 {
		t.Error("the Word file written again is not the one that was issued")
	}
	if s := r.Head.Signed; len(s) != 1 || s[0].Outcome != signed.Match {
		t.Errorf("its signed papers: %+v", s)
	} else if sum := sha256.Sum256(demo.SignedIssue(r.Printed)); hex.EncodeToString(sum[:]) != s[0].SHA256 {
		t.Error("the signed paper drawn again is not the one that was attached")
	}
	if changes, err := svc.Changed(t.Context(), who, demo.Start, half); err != nil || len(changes) > 0 {
		t.Errorf("changed since: %+v, %v", changes, err)
	}
	w, err := svc.Working(t.Context(), who, demo.Start, consolidation.Ref{Year: 2022, Period: "nam", Unit: "snv"})
	if err != nil || w.Case.State != consolidation.Draft || len(w.Faults) > 0 || len(w.Case.Missing) == 0 {
		t.Errorf("the report of the year: %+v, %v", w.Case, err)
	}
}
