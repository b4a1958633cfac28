package campaign_test

import (
	"slices"
	"strings"
	"testing"

	"danvan/internal/campaign"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func (f fixture) move(t testing.TB, period campaign.Period, moves ...campaign.Move) error {
	t.Helper()
	return campaign.SetDeadlines(t.Context(), f.DB, f.consolidator, start, period.ID, moves)
}

func TestACommonDeadlineMovesForOneKindOfUnit(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	nam := f.period(t, "nam")
	common, communes := day("05/12/2022"), day("03/12/2022")
	err := f.move(t, nam,
		campaign.Move{Kind: unit.Department, Was: common, To: common},
		campaign.Move{Kind: unit.District, Was: common, To: day("07/12/2022")},
		campaign.Move{Kind: unit.Commune, Was: communes, To: communes})
	if err != nil {
		t.Fatal(err)
	}
	nam = f.period(t, "nam")
	for kind, want := range map[unit.Kind]viet.Date{unit.Department: common, unit.District: day("07/12/2022"), unit.Commune: communes} {
		if got := nam.DueOn(kind); got != want {
			t.Errorf("%s files before %s, want %s", kind, got, want)
		}
	}
	if got := f.actions(t, "period/3"); !slices.Equal(got, []string{"deadline_set"}) {
		t.Errorf("audit = %v, want the one that moved", got)
	}
}

func TestADeadlineMovedMeanwhileIsNotOverwritten(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	nam := f.period(t, "nam")
	read := day("05/12/2022")
	if err := f.move(t, nam, campaign.Move{Kind: unit.District, Was: read, To: day("08/12/2022")}); err != nil {
		t.Fatal(err)
	}
	second := campaign.Move{Kind: unit.District, Was: read, To: day("07/12/2022")}
	other := campaign.Move{Kind: unit.Department, Was: read, To: day("06/12/2022")}
	if got := message(f.move(t, nam, second, other), second.Field()); !strings.Contains(got, "08/12/2022") {
		t.Errorf("got %q, want where it stands", got)
	}
	if got := f.period(t, "nam").DueOn(unit.Department); got != read {
		t.Errorf("half of it was stored: %s", got)
	}
	// Who only left it as read takes nothing back, and who asks for the same is content.
	for _, to := range []viet.Date{read, day("08/12/2022")} {
		if err := f.move(t, nam, campaign.Move{Kind: unit.District, Was: read, To: to}); err != nil {
			t.Errorf("to %s: %v", to, err)
		}
	}
	if got := f.period(t, "nam").DueOn(unit.District); got != day("08/12/2022") {
		t.Errorf("got %s", got)
	}
}

func TestADeadlineFollowsTheOpeningAndTheCutOff(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	nam, plans := f.period(t, "nam"), f.period(t, "ke-hoach")
	for _, tt := range []struct {
		period campaign.Period
		to     viet.Date
		want   string
	}{
		{nam, viet.Date{}, "Ghi ngày"},
		{nam, nam.OpensOn, "sau ngày mở kỳ"},
		{nam, day("30/11/2022"), "ít nhất một ngày làm việc"},
		{nam, day("01/12/2022"), "ít nhất một ngày làm việc"}, // nothing between the 30th and the 1st
		{nam, day("02/12/2022"), ""},
		{plans, plans.OpensOn, "sau ngày mở kỳ"},
		{plans, plans.OpensOn.Next(), ""},
	} {
		m := campaign.Move{Kind: unit.Department, Was: tt.period.DueOn(unit.Department), To: tt.to}
		err := f.move(t, tt.period, m)
		if got := message(err, m.Field()); tt.want == "" && err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s before %s: got %v, want %q", tt.period.Slug, tt.to, err, tt.want)
		}
	}
	odd := campaign.Move{Kind: "ward", To: day("06/12/2022")}
	if message(f.move(t, nam, odd), odd.Field()) == "" {
		t.Error("a kind that does not exist has a deadline")
	}
}
