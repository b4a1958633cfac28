package campaign_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestTheDeadlineIsTheFirstMomentTooLate(t *testing.T) {
	t.Parallel()
	due := at("05/12/2022 00:00:00")
	for moment, late := range map[time.Time]bool{
		at("04/12/2022 23:59:59"):                       false,
		at("04/12/2022 23:59:59").Add(999_999_999):      false,
		at("05/12/2022 00:00:00"):                       true,
		at("05/12/2022 00:00:01"):                       true,
		time.Date(2022, 12, 4, 16, 59, 59, 0, time.UTC): false,
		time.Date(2022, 12, 4, 17, 0, 0, 0, time.UTC):   true, // midnight in Vietnam
		at("01/01/2022 00:00:00"):                       false,
	} {
		if got := campaign.Late(due, moment); got != late {
			t.Errorf("sent %s: late = %v, want %v", moment, got, late)
		}
	}
	if campaign.Late(time.Time{}, start) {
		t.Error("no deadline was missed")
	}
}

func TestDeadlinesAreSpelledOut(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	calendar, err := campaign.Calendar(t.Context(), f.DB)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[time.Time]string{
		at("05/12/2022 00:00:00"): "trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022)",
		at("01/04/2022 00:00:00"): "trước ngày 01/04/2022 (hạn cuối: hết thứ Năm 31/03/2022)",
		at("12/04/2022 00:00:00"): "trước ngày 12/04/2022 (hạn cuối: hết thứ Hai 11/04/2022; ngày làm việc cuối: thứ Sáu 08/04/2022)",
		at("05/12/2022 17:00:00"): "trước 17:00 ngày 05/12/2022",
		{}:                        "",
	}
	for due, want := range tests {
		if got := campaign.Words(calendar, due); got != want {
			t.Errorf("%s = %q, want %q", due, got, want)
		}
	}
}

func TestAnExtensionReplacesTheDeadlineFromTheMomentItIsGranted(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, nam := t.Context(), f.period(t, "nam")
	stp := f.member(t, "stp").Unit.ID
	extend := func(now, before, reason string) {
		t.Helper()
		if err := campaign.Extend(ctx, f.DB, f.consolidator, at(now), nam.ID, stp, day(before), reason); err != nil {
			t.Fatal(err)
		}
	}
	extend("01/12/2022 08:00:00", "10/12/2022", "Chờ số liệu của các Phòng Tư pháp")
	extend("06/12/2022 08:00:00", "08/12/2022", "Rút ngắn theo đề nghị của đơn vị")

	for moment, want := range map[string]string{
		"01/12/2022 07:59:59": "05/12/2022 00:00:00",
		"01/12/2022 08:00:00": "10/12/2022 00:00:00",
		"06/12/2022 07:59:59": "10/12/2022 00:00:00",
		"06/12/2022 08:00:00": "08/12/2022 00:00:00",
	} {
		d, err := campaign.DeadlineOf(ctx, f.DB, nam.ID, stp, at(moment))
		if err != nil {
			t.Fatal(err)
		}
		if !d.DueBefore().Equal(at(want)) || !d.Common.Equal(at("05/12/2022 00:00:00")) {
			t.Errorf("at %s = %s, want %s", moment, d.DueBefore(), want)
		}
	}
	d, err := campaign.DeadlineOf(ctx, f.DB, nam.ID, stp, at("07/12/2022 00:00:00"))
	if err != nil {
		t.Fatal(err)
	}
	if d.Late(at("07/12/2022 23:59:59")) || !d.Late(at("08/12/2022 00:00:00")) {
		t.Error("lateness is not judged by the extension in force")
	}
	calendar, err := campaign.Calendar(ctx, f.DB)
	if err != nil {
		t.Fatal(err)
	}
	want := "Được gia hạn: trước ngày 08/12/2022 (hạn cuối: hết thứ Tư 07/12/2022). Nguyễn Thị Tổng Hợp đã gia hạn, sau khi hết hạn chung, " +
		"lúc 08:00 ngày 06/12/2022. Lý do: Rút ngắn theo đề nghị của đơn vị. Hạn chung: trước ngày 05/12/2022."
	if got := d.Explain(calendar); got != want || !d.GrantedLate() {
		t.Errorf("explanation = %q, want %q", got, want)
	}
	if got := f.actions(t, "period/3"); !slices.Equal(got, []string{"extended", "extended"}) {
		t.Errorf("audit = %v", got)
	}

	all, err := campaign.Deadlines(ctx, f.DB, nam.ID, at("07/12/2022 00:00:00"))
	if err != nil {
		t.Fatal(err)
	}
	extended := 0
	for _, other := range all {
		if other.Extension != nil {
			extended++
		}
	}
	if len(all) != 28 || extended != 1 || !all[stp].DueBefore().Equal(d.DueBefore()) {
		t.Errorf("%d deadlines, %d extended", len(all), extended)
	}
	if common := all[f.LeadID]; common.Explain(calendar) !=
		"Hạn chung: trước ngày 05/12/2022 (hạn cuối: hết Chủ nhật 04/12/2022; ngày làm việc cuối: thứ Sáu 02/12/2022)." {
		t.Errorf("explanation = %q", common.Explain(calendar))
	}
}

func TestOnlyConsolidatorAndAdministratorManageDeadlines(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, nam := t.Context(), f.period(t, "nam")
	stp := f.member(t, "stp").Unit.ID
	now := at("20/11/2022 08:00:00")
	const reason = "Chờ số liệu của các phòng"
	acts := map[string]func(actor.Actor) error{
		"extend": func(a actor.Actor) error {
			return campaign.Extend(ctx, f.DB, a, now, nam.ID, stp, day("10/12/2022"), reason)
		},
		"close":  func(a actor.Actor) error { return campaign.Close(ctx, f.DB, a, now, nam.ID, day("20/12/2022"), reason) },
		"reopen": func(a actor.Actor) error { return campaign.Reopen(ctx, f.DB, a, now, nam.ID, reason) },
		"deadline": func(a actor.Actor) error {
			return campaign.SetDeadlines(ctx, f.DB, a, now, nam.ID, []campaign.Move{{Kind: unit.Commune, Was: day("03/12/2022"), To: day("04/12/2022")}})
		},
		"direct": func(a actor.Actor) error {
			return campaign.SetDirectSubmit(ctx, f.DB, a, now, f.Campaign.ID, "stp", true)
		},
		"task": func(a actor.Actor) error {
			return campaign.EditTask(ctx, f.DB, a, now, f.Campaign.ID, 1, "Một", "Một")
		},
		"join": func(a actor.Actor) error {
			return campaign.JoinRoster(ctx, f.DB, a, now, f.Campaign.ID, campaign.Joining{Unit: "cat", ReportsTo: "snv", From: day("01/12/2022"), Reason: reason})
		},
		"leave": func(a actor.Actor) error {
			return campaign.LeaveRoster(ctx, f.DB, a, now, f.Campaign.ID, "cat", day("15/12/2022"), reason)
		},
	}
	order := []string{"extend", "close", "reopen", "deadline", "direct", "task", "join", "leave"}
	for _, where := range []actor.UnitID{f.LeadID, stp} {
		for _, role := range actor.Roles {
			if role == actor.Admin || role == actor.Consolidator && where == f.LeadID {
				continue
			}
			act := actor.Actor{Person: f.consolidator.Person, Memberships: []actor.Membership{{Unit: where, Role: role}}}
			for _, name := range order {
				err := acts[name](act)
				if refusal, _ := errors.AsType[fault.Refusal](err); !strings.Contains(refusal.Reason, "Sở Nội vụ") {
					t.Errorf("%s of unit %d: %s: err = %v, want a refusal that names who may", role, where, name, err)
				}
			}
		}
	}
	for _, name := range order {
		if err := acts[name](f.consolidator); err != nil {
			t.Errorf("consolidator: %s: %v", name, err)
		}
	}
	admin := actor.Actor{Person: f.consolidator.Person, Memberships: []actor.Membership{{Unit: stp, Role: actor.Admin}}}
	for _, name := range []string{"extend", "close", "reopen", "deadline", "direct", "task"} {
		if err := acts[name](admin); err != nil {
			t.Errorf("admin: %s: %v", name, err)
		}
	}
}

func TestAnExtensionMustGiveMoreTimeAndAReason(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	nam, stp := f.period(t, "nam"), f.member(t, "stp").Unit.ID
	now := at("08/12/2022 08:00:00")
	tests := map[string]struct {
		before viet.Date
		reason string
		field  string
	}{
		"no day":              {viet.Date{}, "Chờ số liệu của các phòng", "due_before"},
		"the common deadline": {day("05/12/2022"), "Chờ số liệu của các phòng", "due_before"},
		"already past":        {day("08/12/2022"), "Chờ số liệu của các phòng", "due_before"},
		"no reason":           {day("10/12/2022"), "", "reason"},
		"nine characters":     {day("10/12/2022"), "Chờ số lạ", "reason"},
		"blanks":              {day("10/12/2022"), "   Chờ      ", "reason"},
		"endless":             {day("10/12/2022"), strings.Repeat("a", 2001), "reason"},
	}
	for name, tt := range tests {
		err := campaign.Extend(t.Context(), f.DB, f.consolidator, now, nam.ID, stp, tt.before, tt.reason)
		if message(err, tt.field) == "" {
			t.Errorf("%s: err = %v, want a complaint about %s", name, err, tt.field)
		}
	}
	if err := campaign.Extend(t.Context(), f.DB, f.consolidator, now, nam.ID, stp, day("09/12/2022"), "Chờ số lạn"); err != nil {
		t.Errorf("ten characters, one day: %v", err)
	}
	if err := campaign.Extend(t.Context(), f.DB, f.consolidator, now, nam.ID, 999, day("09/12/2022"), "Chờ số liệu của các phòng"); message(err, "unit") == "" {
		t.Errorf("a unit off the roster: err = %v, want a complaint about it", err)
	}
}
