package demo_test

import (
	"slices"
	"testing"

	"danvan/internal/campaign"
	"danvan/internal/demo"
	"danvan/internal/demo/content"
	"danvan/internal/demo/demotest"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestTwoCommunesOfViThuyReportToTheirDistrict(t *testing.T) {
	t.Parallel()
	db := demotest.New(t) // signing in is noted
	year, units := roster(t, db)
	var below []string
	for _, m := range units {
		if m.ReportsToSlug == "h-vi-thuy" {
			below = append(below, m.Slug)
		}
	}
	if want := []string{"thi-tran-nang-mau-h-vi-thuy", "xa-vi-thang-h-vi-thuy"}; !slices.Equal(below, want) {
		t.Fatalf("report to huyện Vị Thủy: %v, want %v", below, want)
	}
	nam, err := campaign.PeriodBySlug(t.Context(), db, content.Year, "nam")
	if err != nil {
		t.Fatal(err)
	}
	reviewer := signIn(t, db, "h-vi-thuy.thamdinh").Actor
	for _, slug := range below {
		m, err := campaign.RosterUnit(t.Context(), db, year.ID, slug)
		if err != nil || !m.JoinedOn.Before(nam.OpensOn) {
			t.Errorf("%s joined on %s, %v, want before the period opened", slug, m.JoinedOn, err)
		}
		c, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, slug))
		if err != nil {
			t.Fatal(err)
		}
		if !c.NotBegun() || c.DueBefore.Before(demo.Start) || !submission.See(reviewer, c).Versions {
			t.Errorf("the plan of %s: state %s, due before %s", slug, c.State, viet.DateOf(c.DueBefore))
		}
	}
}
