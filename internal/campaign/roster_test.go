package campaign_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/fault"
	"danvan/internal/unit"
)

func slugs(members []campaign.Member) []string {
	var out []string
	for _, m := range members {
		out = append(out, m.Slug)
	}
	return out
}

func (f fixture) rosterOn(t testing.TB, on string) []string {
	t.Helper()
	members, err := campaign.RosterOn(t.Context(), f.DB, f.Campaign.ID, day(on))
	if err != nil {
		t.Fatal(err)
	}
	return slugs(members)
}

func TestTheRosterOf2022Is20DepartmentsAnd8DistrictsInOrder(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	want := strings.Fields(`vphdnd vpubnd snv stp skhdt stc sct snnptnt sgtvt sxd stnmt stttt sldtbxh svhttdl skhcn sgddt syt ttt bdt bqlkcn
		tp-vi-thanh tp-nga-bay h-chau-thanh-a h-chau-thanh h-phung-hiep h-vi-thuy h-long-my tx-long-my`)
	if got := f.rosterOn(t, "28/11/2022"); !slices.Equal(got, want) {
		t.Errorf("roster = %v, want %v", got, want)
	}
	members, err := campaign.Roster(t.Context(), f.DB, f.Campaign.ID, campaign.RosterFilter{ReportsTo: f.LeadID})
	if err != nil || len(members) != 28 {
		t.Fatalf("%d units report to Sở Nội vụ, %v", len(members), err)
	}
	for _, m := range members {
		if m.ReportsToSlug != "snv" || m.DirectSubmit || !m.LeftOn.IsZero() || m.JoinedOn != f.ActiveFrom {
			t.Errorf("%s = %+v", m.Slug, m)
		}
	}
	if got := f.rosterOn(t, "31/12/2021"); len(got) != 0 {
		t.Errorf("the day before: %v", got)
	}
}

func TestTheRosterIsSearchedWithoutDiacritics(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	tests := []struct {
		filter campaign.RosterFilter
		want   []string
	}{
		{campaign.RosterFilter{Search: "long my"}, []string{"h-long-my", "tx-long-my"}},
		{campaign.RosterFilter{Search: "dan toc"}, []string{"bdt"}},
		{campaign.RosterFilter{Search: "thanh", Kinds: []unit.Kind{unit.Department}}, []string{"ttt"}},
	}
	for _, tt := range tests {
		members, err := campaign.Roster(t.Context(), f.DB, f.Campaign.ID, tt.filter)
		if err != nil {
			t.Fatal(err)
		}
		if got := slugs(members); !slices.Equal(got, tt.want) {
			t.Errorf("%+v = %v, want %v", tt.filter, got, tt.want)
		}
	}
}

func TestTheYearsPapersKeepTheNameOfTheFirstDay(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	err := unit.Rename(t.Context(), f.DB, actor.System, start, "bdt", day("01/07/2022"), "Ban Dân tộc và Tôn giáo tỉnh", "Dân tộc và Tôn giáo", "Quyết định số 1/QĐ-UBND")
	if err != nil {
		t.Fatal(err)
	}
	if got := f.member(t, "bdt").Name; got != "Ban Dân tộc tỉnh" {
		t.Errorf("name = %q, want the one of 01/01/2022", got)
	}
}

func TestUnitsJoinAndLeaveInMidYear(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, id := t.Context(), f.Campaign.ID
	const reason = "Sắp xếp tổ chức theo Quyết định số 9"
	join := func(slug, to, from string) error {
		return campaign.JoinRoster(ctx, f.DB, f.consolidator, start, id,
			campaign.Joining{Unit: slug, ReportsTo: to, From: day(from), Reason: reason})
	}
	leave := func(slug, on string) error {
		return campaign.LeaveRoster(ctx, f.DB, f.consolidator, start, id, slug, day(on), reason)
	}
	commune := "xa-vinh-tuong-h-vi-thuy"
	if err := join(commune, "h-vi-thuy", "01/07/2022"); err != nil {
		t.Fatal(err)
	}
	m := f.member(t, commune)
	if m.ReportsToSlug != "h-vi-thuy" || m.ReportsToShort != "H. Vị Thủy" || m.Reason != reason || m.Position != 29 {
		t.Errorf("commune = %+v", m)
	}
	if got := f.rosterOn(t, "30/06/2022"); slices.Contains(got, commune) || len(got) != 28 {
		t.Errorf("the day before joining: %v", got)
	}
	if got := f.rosterOn(t, "01/07/2022"); got[len(got)-1] != commune {
		t.Errorf("the day of joining: %v", got)
	}
	if err := leave("h-vi-thuy", "01/10/2022"); !strings.Contains(message(err, "unit"), "Còn 1 đơn vị") {
		t.Errorf("left while others report to it: err = %v", err)
	}
	for _, slug := range []string{commune, "h-vi-thuy"} {
		if err := leave(slug, "01/10/2022"); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.rosterOn(t, "30/09/2022"); !slices.Contains(got, commune) || !slices.Contains(got, "h-vi-thuy") {
		t.Errorf("the last day: %v", got)
	}
	if got := f.rosterOn(t, "01/10/2022"); len(got) != 27 {
		t.Errorf("after leaving: %v", got)
	}
	if m := f.member(t, "h-vi-thuy"); m.PresentOn(day("01/10/2022")) || !m.PresentOn(day("30/09/2022")) {
		t.Errorf("h-vi-thuy = %+v", m)
	}

	refused := map[string]struct {
		err   error
		field string
	}{
		"joins again":               {join("stp", "snv", "01/07/2022"), "unit"},
		"unknown":                   {join("khong-co", "snv", "01/07/2022"), "unit"},
		"reports to one off roster": {join("xa-vi-trung-h-vi-thuy", "cat", "01/07/2022"), "reports_to"},
		"reports to one that left":  {join("xa-vi-trung-h-vi-thuy", "h-vi-thuy", "01/11/2022"), "reports_to"},
		"joins after the year":      {join("xa-vi-trung-h-vi-thuy", "snv", "01/01/2023"), "from"},
		"leaves before it joined":   {leave("stp", "01/01/2022"), "on"},
		"leaves twice":              {leave("h-vi-thuy", "01/11/2022"), "unit"},
		"the lead leaves":           {leave("snv", "01/11/2022"), "unit"},
		"without a reason":          {campaign.LeaveRoster(ctx, f.DB, f.consolidator, start, id, "stp", day("01/11/2022"), ""), "reason"},
	}
	for name, r := range refused {
		if message(r.err, r.field) == "" {
			t.Errorf("%s: err = %v, want a complaint about %s", name, r.err, r.field)
		}
	}
	if err := leave("cat", "01/11/2022"); !errors.Is(err, fault.NotFound) {
		t.Errorf("a unit off the roster leaves: err = %v, want not found", err)
	}
	if got, want := f.actions(t, "campaign/1"), []string{"created", "roster_joined", "roster_left", "roster_left"}; !slices.Equal(got, want) {
		t.Errorf("audit = %v, want %v", got, want)
	}
}

func TestStaffMaySubmitDirectlyWhereTheRosterSaysSo(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	for range 2 { // saying it again changes nothing
		if err := campaign.SetDirectSubmit(t.Context(), f.DB, f.consolidator, start, f.Campaign.ID, "bqlkcn", true); err != nil {
			t.Fatal(err)
		}
	}
	if !f.member(t, "bqlkcn").DirectSubmit || f.member(t, "stp").DirectSubmit {
		t.Error("direct submission is not set for this unit alone")
	}
	if m := f.member(t, "bqlkcn"); !m.LeftOn.IsZero() || m.JoinedOn != f.ActiveFrom {
		t.Errorf("its time on the roster changed: %+v", m)
	}
	if got, want := f.actions(t, "campaign/1"), []string{"created", "direct_submit_set"}; !slices.Equal(got, want) {
		t.Errorf("audit = %v, want %v", got, want)
	}
}

func TestAUnitThatOnlyReportsToItselfMayLeave(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	c, err := campaign.Create(t.Context(), f.DB, actor.System, start, campaign.New{
		Year: 2023, Lead: "snv", Directive: "Kế hoạch năm 2023", From: day("01/01/2023"), To: day("31/12/2023"),
		Tasks:  []campaign.Task{{No: 1, Short: "Một", Title: "Một"}},
		Roster: []campaign.Seat{{Unit: "snv", ReportsTo: "snv"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := campaign.LeaveRoster(t.Context(), f.DB, f.consolidator, start, c.ID, "snv", day("01/07/2023"), "Sáp nhập vào cơ quan khác"); err != nil {
		t.Error(err)
	}
}
