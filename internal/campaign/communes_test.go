package campaign_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

const (
	viThang = "xa-vi-thang-h-vi-thuy"
	nangMau = "thi-tran-nang-mau-h-vi-thuy"
)

func switching(from string) campaign.Communes {
	return campaign.Communes{District: "h-vi-thuy", Units: []string{nangMau, viThang}, From: day(from),
		Reason: "Huyện Vị Thủy thí điểm báo cáo cấp xã"}
}

func (f fixture) switchOn(t testing.TB, now string, x campaign.Communes) error {
	t.Helper()
	return campaign.SwitchCommunesOn(t.Context(), f.DB, f.consolidator, at(now), f.Campaign.ID, x)
}

// tryOn is [fixture.switchOn] undone at once.
func (f fixture) tryOn(t testing.TB, now string, x campaign.Communes) error {
	t.Helper()
	undone := errors.New("undone")
	err := database.InTx(t.Context(), f.DB, func(tx pgx.Tx) error {
		inside := f
		inside.DB = tx
		if err := inside.switchOn(t, now, x); err != nil {
			return err
		}
		return undone
	})
	if errors.Is(err, undone) {
		return nil
	}
	return err
}

func TestCommunesReportToTheirDistrictFromTheirFirstDay(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	x := switching("09/11/2022")
	x.PlansBefore = day("16/12/2022")
	if err := f.switchOn(t, "08/11/2022 09:00:00", x); err != nil {
		t.Fatal(err)
	}
	for _, slug := range x.Units {
		m := f.member(t, slug)
		if m.ReportsToSlug != "h-vi-thuy" || m.JoinedOn != x.From || m.Reason != x.Reason {
			t.Errorf("%s = %+v", slug, m)
		}
	}
	below, err := campaign.Roster(t.Context(), f.DB, f.Campaign.ID, campaign.RosterFilter{ReportsTo: f.member(t, "h-vi-thuy").Unit.ID})
	if err != nil || !slices.Equal(slugs(below), x.Units) {
		t.Errorf("report to the district: %v, %v", slugs(below), err)
	}
	if province, err := campaign.Roster(t.Context(), f.DB, f.Campaign.ID, campaign.RosterFilter{ReportsTo: f.LeadID}); err != nil || len(province) != 28 {
		t.Errorf("%d units report to Sở Nội vụ, %v, want 28 as before", len(province), err)
	}
	// Nobody expected a plan of them when the plans were due; they have until their own day.
	d, err := campaign.DeadlineOf(t.Context(), f.DB, f.period(t, "ke-hoach").ID, f.member(t, viThang).Unit.ID, at("09/11/2022 08:00:00"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Late(at("15/12/2022 23:59:59")) || !d.Late(at("16/12/2022 00:00:00")) || d.GrantedLate() || !d.Joined {
		t.Errorf("plans are due %+v", d)
	}
	if f.member(t, viThang).PresentOn(viet.NewDate(2022, 3, 31)) {
		t.Error("expected to have sent a plan before it joined")
	}
	if got, want := f.actions(t, "campaign/1"), []string{"created", "roster_joined", "roster_joined"}; !slices.Equal(got, want) {
		t.Errorf("audit = %v, want %v", got, want)
	}
}

func TestPeopleOfDistrictAndCommunesAreTold(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	for i, m := range []struct {
		slug string
		role actor.Role
	}{{"h-vi-thuy", actor.Reviewer}, {viThang, actor.Staff}, {"stp", actor.Staff}} {
		if _, err := database.Exec(t.Context(), f.DB, `
			with p as (insert into person (name, name_sort) values (@name, @name) returning id)
			insert into membership (person_id, unit_id, role, valid)
			select p.id, u.id, @role, '[2022-01-01,)'
			from p, unit u
			where u.slug = @unit`,
			database.Args{"name": string(rune('A' + i)), "role": m.role, "unit": m.slug}); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.switchOn(t, "08/11/2022 09:00:00", switching("09/11/2022")); err != nil {
		t.Fatal(err)
	}
	told, err := database.Values[string](t.Context(), f.DB, `
		select p.name || ': ' || n.subject || ': ' || n.body
		from notice n
		join person p on p.id = n.person_id
		order by 1`, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"A: period/2022/nam: Từ ngày 09/11/2022, 2 đơn vị cấp xã của Ủy ban nhân dân huyện Vị Thủy nộp kế hoạch, báo cáo năm 2022 về Ủy ban nhân dân huyện Vị Thủy.",
		"B: period/2022/nam: Từ ngày 09/11/2022, Ủy ban nhân dân xã Vị Thắng nộp kế hoạch, báo cáo năm 2022 về Ủy ban nhân dân huyện Vị Thủy.",
	}
	if !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
}

func TestCommunesJoinBeforeAPeriodOpensOrAfterItsData(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	for _, tt := range []struct {
		now, from string
		because   string // "" it is allowed
	}{
		{"31/05/2022 23:59:59", "31/05/2022", ""},
		{"31/05/2022 23:59:59", "01/06/2022", "6 tháng đầu năm 2022"}, // it opens on that day
		{"01/06/2022 00:00:00", "01/06/2022", "6 tháng đầu năm 2022"},
		{"01/06/2022 00:00:00", "14/06/2022", "6 tháng đầu năm 2022"},
		{"01/06/2022 00:00:00", "15/06/2022", ""}, // its data ends on the 14th
		{"08/11/2022 09:00:00", "14/11/2022", ""},
		{"08/11/2022 09:00:00", "15/11/2022", "Năm 2022"},
		{"14/11/2022 23:59:59", "14/11/2022", ""},
		{"15/11/2022 00:00:00", "15/11/2022", "Năm 2022"},
		{"15/11/2022 00:00:00", "30/11/2022", "Năm 2022"},
		{"15/11/2022 00:00:00", "01/12/2022", ""},
	} {
		got := f.tryOn(t, tt.now, switching(tt.from))
		refusal, refused := errors.AsType[fault.Refusal](got)
		if refused != (tt.because != "") || !refused && got != nil {
			t.Errorf("on %s from %s: %v, refused: want %t", tt.now, tt.from, got, tt.because != "")
			continue
		}
		if refused && (!strings.Contains(refusal.Reason, "Kỳ "+tt.because+" mở từ ngày") || refusal.Remedy == "" || refusal.Until == "") {
			t.Errorf("on %s from %s: %+v does not name %q and the way out", tt.now, tt.from, refusal, tt.because)
		}
	}
}

func TestOneCommuneThatJoinsByItselfIsRefusedAlike(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	err := campaign.JoinRoster(t.Context(), f.DB, f.consolidator, at("20/11/2022 08:00:00"), f.Campaign.ID,
		campaign.Joining{Unit: viThang, ReportsTo: "h-vi-thuy", From: day("21/11/2022"), Reason: "Huyện đề nghị bổ sung"})
	if _, refused := errors.AsType[fault.Refusal](err); !refused {
		t.Errorf("got %v, want it refused", err)
	}
}

func TestWhichCommunesAreSwitchedOnIsChecked(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	const now = "08/11/2022 09:00:00"
	for name, tt := range map[string]struct {
		edit  func(x *campaign.Communes)
		field string
	}{
		"none":                       {func(x *campaign.Communes) { x.Units = nil }, "units"},
		"of another district":        {func(x *campaign.Communes) { x.Units = append(x.Units, "xa-long-binh-tx-long-my") }, "units"},
		"the district itself":        {func(x *campaign.Communes) { x.Units = []string{"h-vi-thuy"} }, "units"},
		"of a department":            {func(x *campaign.Communes) { x.District = "stp" }, "units"},
		"twice the same":             {func(x *campaign.Communes) { x.Units = []string{viThang, viThang} }, "units"},
		"yesterday":                  {func(x *campaign.Communes) { x.From = day("07/11/2022") }, "from"},
		"after the year":             {func(x *campaign.Communes) { x.From = day("01/01/2023") }, "from"},
		"no day":                     {func(x *campaign.Communes) { x.From = viet.Date{} }, "from"},
		"without a reason":           {func(x *campaign.Communes) { x.Reason = "Vì vậy" }, "reason"},
		"plans before the past":      {func(x *campaign.Communes) { x.PlansBefore = day("08/11/2022") }, "plans_before"},
		"plans before the old limit": {func(x *campaign.Communes) { x.PlansBefore = day("01/04/2022") }, "plans_before"},
	} {
		x := switching("09/11/2022")
		tt.edit(&x)
		if err := f.switchOn(t, now, x); message(err, tt.field) == "" {
			t.Errorf("%s: err = %v, want a complaint about %s", name, err, tt.field)
		}
	}
	if got := f.rosterOn(t, "10/11/2022"); len(got) != 28 {
		t.Errorf("%d units, want none of them to have joined", len(got))
	}
	x := switching("09/11/2022")
	x.District = "h-khong-co"
	if err := f.switchOn(t, now, x); !errors.Is(err, fault.NotFound) {
		t.Errorf("a district that does not exist: %v", err)
	}
	for _, role := range actor.Roles {
		act := actor.Actor{Person: f.consolidator.Person, Memberships: []actor.Membership{{Unit: f.member(t, "h-vi-thuy").Unit.ID, Role: role}}}
		err := campaign.SwitchCommunesOn(t.Context(), f.DB, act, at(now), f.Campaign.ID, switching("09/11/2022"))
		if allowed := role == actor.Admin; allowed != (err == nil) || !allowed && !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s of the district: err = %v", role, err)
		}
	}
}
