package search_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/proposal"
	"danvan/internal/search"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

var now = time.Date(2022, time.November, 28, 9, 30, 0, 0, viet.Location)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestReportsAreFoundByUnitAndPeriodWithoutDiacritics(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	_, err := unit.Load(t.Context(), db, actor.System, now, unit.Reference(), viet.NewDate(2020, 1, 1), "danh mục đơn vị")
	must(t, err)
	_, err = campaign.Load2022(t.Context(), db, actor.System, now)
	must(t, err)
	must(t, submission.Ensure(t.Context(), db, now))
	id := func(slug string) actor.UnitID {
		n, err := database.Value[int64](t.Context(), db, `select id from unit where slug = @slug`, database.Args{"slug": slug})
		must(t, err)
		return actor.UnitID(n)
	}
	at := func(slug string, role actor.Role) actor.Actor {
		return actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: id(slug), Role: role}}}
	}
	reviewer, stp := at("snv", actor.Reviewer), at("stp", actor.Staff)
	for _, test := range []struct {
		who   string
		act   actor.Actor
		typed string
		want  []string
	}{
		{"reviewer", reviewer, "tu phap", []string{"plan stp ", "report stp nam", "report stp 6-thang"}},
		{"reviewer", reviewer, "bao cao 6 thang TƯ PHÁP", []string{"report stp 6-thang"}},
		{"reviewer", reviewer, "báo cáo năm 2022 tài nguyên", []string{"report stnmt nam", "report stnmt 6-thang"}},
		{"reviewer", reviewer, "báo cáo năm 2021", nil},
		{"staff of Sở Tư pháp", stp, "6 tháng đầu năm", []string{"report stp 6-thang"}},
		{"staff of Sở Tư pháp", stp, "tai nguyen", nil},
		{"partner", at("mttq", actor.Observer), "tu phap", nil},
	} {
		hits, err := search.Find(t.Context(), db, test.act, now, test.typed, 10, 0)
		must(t, err)
		var got []string
		for _, h := range hits {
			got = append(got, string(h.Kind)+" "+h.Unit+" "+h.Period)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s searches %q (-want +got):\n%s", test.who, test.typed, diff)
		}
	}
	hits, err := search.Find(t.Context(), db, reviewer, now, "6 thang", 5, 0)
	must(t, err)
	if len(hits) != 5 || hits[0].Total != 28 || hits[0].Title != "6 tháng đầu năm 2022" {
		t.Errorf("got %d hits, the first %+v, want 5 of 28", len(hits), hits)
	}
}

// TestProposalsAndDirectionsAreFoundByWhoReadsThem asks as everybody of the
// demonstration's offices, and compares with what their lists show.
func TestProposalsAndDirectionsAreFoundByWhoReadsThem(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	found := map[search.Kind]int{}
	for _, slug := range []string{"snv", "stp", "skhcn", "h-phung-hiep", "mttq"} {
		unit, err := database.Value[actor.UnitID](t.Context(), db, `select id from unit where slug = @slug`, database.Args{"slug": slug})
		must(t, err)
		for _, role := range actor.Roles {
			act := actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: unit, Role: role}}}
			for _, typed := range []string{"nh", "KINH PHÍ", "bao cao"} {
				hits, err := search.Find(t.Context(), db, act, demo.Start, typed, 1000, 0)
				must(t, err)
				got := map[search.Kind][]string{}
				for _, h := range hits {
					found[h.Kind]++
					got[h.Kind] = append(got[h.Kind], fmt.Sprint(h.Unit, h.Period, h.No, h.Title))
				}
				if role == actor.Admin && len(got[search.Activity]) > 0 {
					t.Errorf("who administers finds %d activities", len(got[search.Activity]))
				}
				ledger, err := proposal.List(t.Context(), db, act, demo.Start, 2022, proposal.Filter{Search: typed, Limit: 1000})
				if err != nil && !errors.Is(err, fault.NotFound) {
					t.Fatal(err)
				}
				said, err := direction.Listed(t.Context(), db, act, demo.Start, 2022, direction.Filter{Search: typed, Limit: 1000})
				if err != nil && !errors.Is(err, fault.NotFound) {
					t.Fatal(err)
				}
				want := map[search.Kind][]string{}
				for _, p := range ledger.Rows {
					want[search.Proposal] = append(want[search.Proposal], fmt.Sprint(p.Unit, p.Period, p.No, p.Body))
				}
				for _, d := range said.Rows {
					want[search.Direction] = append(want[search.Direction], fmt.Sprint(d.Unit, "", d.No, d.Body))
				}
				for _, kind := range []search.Kind{search.Proposal, search.Direction} {
					slices.Sort(got[kind])
					slices.Sort(want[kind])
					if diff := cmp.Diff(want[kind], got[kind]); diff != "" {
						t.Errorf("%s of %s finds %q among the %ss (-want +got):\n%s", role, slug, typed, kind, diff)
					}
				}
			}
		}
	}
	for _, kind := range []search.Kind{search.Activity, search.Proposal, search.Direction} {
		if found[kind] == 0 {
			t.Errorf("nobody finds a %s", kind)
		}
	}
}
