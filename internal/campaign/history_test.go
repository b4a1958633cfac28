package campaign_test

import (
	"fmt"
	"slices"
	"testing"

	"danvan/internal/campaign"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestAPeriodTellsWhatHappenedToIt(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, nam, stp := t.Context(), f.period(t, "nam"), f.member(t, "stp").Unit.ID
	for _, step := range []func() error{
		func() error {
			return campaign.SetDeadlines(ctx, f.DB, f.consolidator, at("16/11/2022 08:00:00"), nam.ID,
				[]campaign.Move{{Kind: unit.District, Was: day("05/12/2022"), To: day("07/12/2022")}})
		},
		func() error {
			return campaign.Extend(ctx, f.DB, f.consolidator, at("01/12/2022 08:00:00"), nam.ID, stp, day("10/12/2022"), "Chờ số liệu của các phòng")
		},
		func() error {
			return campaign.Close(ctx, f.DB, f.consolidator, at("02/12/2022 08:00:00"), nam.ID, day("20/12/2022"), "Tổng hợp báo cáo năm")
		},
		func() error {
			return campaign.Reopen(ctx, f.DB, f.consolidator, at("21/12/2022 08:00:00"), nam.ID, "Còn đơn vị chưa gửi")
		},
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	events, err := campaign.History(ctx, f.DB, nam)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		if e.Person != f.consolidator.Name {
			t.Errorf("%s by %q", e.Action, e.Person)
		}
		got = append(got, fmt.Sprintf("%s %s %s %t %q: %s, then %s", e.At.In(viet.Location).Format("02/01"), e.Action, e.Kind, e.Unit == stp, e.Reason, moment(e.Was), moment(e.Is)))
	}
	want := []string{
		`21/12 reopened  false "Còn đơn vị chưa gửi": 20/12/2022 00:00, then -`,
		`02/12 closed  false "Tổng hợp báo cáo năm": -, then 20/12/2022 00:00`,
		`01/12 extended  true "Chờ số liệu của các phòng": 05/12/2022 00:00, then 10/12/2022 00:00`,
		`16/11 deadline_set district false "": 05/12/2022 00:00, then 07/12/2022 00:00`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestEveryExtensionIsListedTheLastOfAUnitFirst(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	nam := f.period(t, "nam")
	for _, e := range []struct{ now, unit, before string }{
		{"01/12/2022 08:00:00", "syt", "10/12/2022"},
		{"02/12/2022 08:00:00", "stp", "08/12/2022"},
		{"06/12/2022 08:00:00", "stp", "12/12/2022"},
	} {
		if err := campaign.Extend(t.Context(), f.DB, f.consolidator, at(e.now), nam.ID, f.member(t, e.unit).Unit.ID, day(e.before), "Chờ số liệu của các phòng"); err != nil {
			t.Fatal(err)
		}
	}
	list, err := campaign.Extensions(t.Context(), f.DB, nam.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, g := range list {
		got = append(got, fmt.Sprintf("%s %s last %t late %t by %s", g.UnitSlug, moment(g.DueBefore), g.Last, g.Late(), g.ByName))
	}
	by := f.consolidator.Name
	want := []string{
		"stp 12/12/2022 00:00 last true late true by " + by,
		"stp 08/12/2022 00:00 last false late false by " + by,
		"syt 10/12/2022 00:00 last true late false by " + by,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
