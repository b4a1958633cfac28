package agenda_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/database/dbtest"
)

func TestEachRoleFindsItsOwnWorkAndNoOthers(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	due := []string{"02/12 stp 1.4", "04/12 stp nam", "04/12 stp tu-danh-gia", "05/12 stp 7.3", "10/12 stp 4.2"}
	stp := []string{"stp 1/7"}
	for _, test := range []struct {
		name   string
		person actor.PersonID
		want   map[string][]string
	}{
		{"chuyên viên Sở Tư pháp: việc mình thay thế đứng trước việc của người khác", staffSTP, map[string][]string{
			"returned": {"stp ke-hoach returned"}, "overdue": {"stp 2.4", "stp 2.3"}, "due": due,
			"partnered": {"stc 1.2"}, "year": stp}},
		{"lãnh đạo Sở Tư pháp: việc của người đã nghỉ vào hàng chờ phân công", leaderSTP, map[string][]string{
			"returned": {"stp ke-hoach returned"}, "overdue": {"stp 2.4"}, "ownerless": {"stp 2.3"}, "due": due, "year": stp}},
		{"người đã nghỉ không còn thấy gì", goneSTP, map[string][]string{}},
		{"chuyên viên rà soát cũng là chuyên viên Sở Nội vụ", reviewer, map[string][]string{
			"queue": {"h-vi-thuy"}, "reopen": {"stc"}, "outstanding": {"syt ke-hoach awaiting_signoff", "sxd ke-hoach draft"},
			"due": {"04/12 snv nam", "04/12 snv tu-danh-gia", "11/12 snv 1.1"}, "year": {"snv 1/3"}}},
		{"chuyên viên tổng hợp", consolidator, map[string][]string{
			"queue": {"h-vi-thuy"}, "reopen": {"stc"}, "outstanding": {"syt ke-hoach awaiting_signoff", "sxd ke-hoach draft"}}},
		{"lãnh đạo Sở Nội vụ", leaderSNV, map[string][]string{
			"due": {"04/12 snv nam", "04/12 snv tu-danh-gia", "11/12 snv 1.1"}, "year": {"snv 1/3"}}},
		{"lãnh đạo UBND tỉnh", governor, map[string][]string{}},
		{"Mặt trận: việc sắp đến hạn trước, việc đã xong sau cùng", observer, map[string][]string{
			"partnered": {"stc 1.1", "stp 4.2", "stc 1.2"}}},
		{"quản trị", admin, map[string][]string{"leaderless": {"stc 2"}, "staffless": {"sxd"}}},
		{"chuyên viên Sở Tài chính chưa có lãnh đạo", staffSTC, map[string][]string{
			"overdue": {"stc 1.1"}, "waiting": {"stc ke-hoach accepted"},
			"due": {"04/12 stc nam", "04/12 stc tu-danh-gia"}, "year": {"stc 1/3"}}},
		{"chuyên viên huyện Vị Thủy chờ tiếp nhận", staffDistrict, map[string][]string{
			"waiting": {"h-vi-thuy ke-hoach submitted"}, "due": {"04/12 h-vi-thuy nam", "04/12 h-vi-thuy tu-danh-gia"}, "year": {"h-vi-thuy 0/0"}}},
		{"chuyên viên Sở Y tế chờ lãnh đạo", staffSYT, map[string][]string{
			"waiting": {"syt ke-hoach awaiting_signoff"}, "due": {"04/12 syt nam", "04/12 syt tu-danh-gia"}, "year": {"syt 0/0"}}},
		{"lãnh đạo Sở Y tế", leaderSYT, map[string][]string{
			"sign off": {"syt ke-hoach awaiting_signoff"}, "due": {"04/12 syt nam", "04/12 syt tu-danh-gia"}, "year": {"syt 0/0"}}},
		{"lãnh đạo Sở Xây dựng", leaderSXD, map[string][]string{
			"write": {"sxd ke-hoach draft"}, "due": {"04/12 sxd nam", "04/12 sxd tu-danh-gia"}, "year": {"sxd 0/0"}}},
	} {
		if diff := cmp.Diff(test.want, told(agendaOf(t, db, test.person, noon))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestSeveralRolesSeeTheUnionWithoutDoubling(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `
		insert into membership (person_id, unit_id, role, valid) values
		    (15, 7, 'staff', '[2022-01-01,)'), (15, 5, 'observer', '[2022-01-01,)'), (15, 1, 'reviewer', '[2022-01-01,)'),
		    (15, 8, 'unit_leader', '[2022-01-01,)'), (15, 1, 'admin', '[2022-01-01,)')`)
	want := map[string][]string{
		"sign off":   {"syt ke-hoach awaiting_signoff"},
		"write":      {"sxd ke-hoach draft"},
		"due":        {"04/12 syt nam", "04/12 sxd nam", "04/12 syt tu-danh-gia", "04/12 sxd tu-danh-gia"},
		"queue":      {"h-vi-thuy"},
		"reopen":     {"stc"},
		"partnered":  {"stc 1.1", "stp 4.2", "stc 1.2"},
		"year":       {"syt 0/0", "sxd 0/0"},
		"leaderless": {"stc 2"},
		"staffless":  {"sxd"},
	}
	if diff := cmp.Diff(want, told(agendaOf(t, db, leaderSYT, noon))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPhantomGoesToTheLeaderOnTheDayAfterTheLast(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for moment, want := range map[string]bool{"19/11/2022 23:59": false, "20/11/2022 00:00": true} {
		now := at(moment)
		got := false
		for _, w := range agendaOf(t, db, leaderSTP, now).Ownerless {
			got = got || w.Code == "2.3"
		}
		if got != want {
			t.Errorf("at %s activity 2.3 of Phạm Minh Nhựt is ownerless: %v, want %v", moment, got, want)
		}
	}
	run(t, db, `update person set active = false where id = 4`)
	var codes []string
	for _, w := range agendaOf(t, db, leaderSTP, noon).Ownerless {
		codes = append(codes, w.Code)
	}
	// Done and stopped activities want nobody any more; those of the deputy stay hers to give away.
	if diff := cmp.Diff([]string{"2.3", "2.4", "4.2", "3.1"}, codes); diff != "" {
		t.Errorf("after Võ Thị Hồng Gấm left (-want +got):\n%s", diff)
	}
}

func TestPhantomsOfAUnitWithoutLeaderAreTheAdministrators(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `insert into membership (person_id, unit_id, role, valid) values (4, 3, 'unit_leader', '[2022-01-01,)')`)
	got := told(agendaOf(t, db, admin, noon))["leaderless"]
	if diff := cmp.Diff([]string{"stc 2"}, got); diff != "" {
		t.Errorf("with a leader who cannot sign in (-want +got):\n%s", diff)
	}
	run(t, db, `insert into membership (person_id, unit_id, role, valid) values (11, 3, 'unit_leader', '[2022-01-01,)')`)
	if got := told(agendaOf(t, db, admin, noon))["leaderless"]; got != nil {
		t.Errorf("with a leader: %v, want none", got)
	}
	if got := told(agendaOf(t, db, staffSTC, noon))["ownerless"]; len(got) != 2 {
		t.Errorf("the leader's queue = %v, want both activities", got)
	}
}

func TestTwoWeeksCrossMonthsAndTheYear(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	for _, test := range []struct {
		now, first, last string
		due              []string
	}{
		{"28/11/2022 23:59", "28/11/2022", "11/12/2022", []string{"04/12 snv nam", "04/12 snv tu-danh-gia", "11/12 snv 1.1"}},
		{"29/11/2022 00:00", "29/11/2022", "12/12/2022", []string{"04/12 snv nam", "04/12 snv tu-danh-gia", "11/12 snv 1.1", "12/12 snv 1.2"}},
		{"11/12/2022 08:00", "11/12/2022", "24/12/2022", []string{"11/12 snv 1.1", "12/12 snv 1.2"}},
		{"26/12/2022 08:00", "26/12/2022", "08/01/2023", nil},
	} {
		a := agendaOf(t, db, leaderSNV, at(test.now))
		if got := told(a)["due"]; !cmp.Equal(got, test.due) {
			t.Errorf("at %s due %v, want %v", test.now, got, test.due)
		}
		if len(a.Days) != agenda.Horizon || a.Days[0].Date.String() != test.first || a.Days[len(a.Days)-1].Date.String() != test.last {
			t.Errorf("at %s the strip is %v", test.now, a.Days)
		}
	}
}

func TestTheStripShowsDaysOffAndLastDays(t *testing.T) {
	t.Parallel()
	a := agendaOf(t, fresh(t), staffSTP, noon)
	var off, limit, counts []string
	for _, d := range a.Days {
		if d.Off {
			off = append(off, d.Date.Short())
		}
		if len(d.Files) > 0 {
			limit = append(limit, d.Date.Short())
		}
		if d.Count > 0 {
			counts = append(counts, fmt.Sprint(d.Date.Short(), " ", d.Count))
		}
	}
	if diff := cmp.Diff([][]string{
		{"03/12", "04/12", "08/12", "10/12", "11/12"}, // 08/12 is a day off in lieu
		{"04/12"}, {"02/12 1", "04/12 2", "05/12 1", "10/12 1"},
	}, [][]string{off, limit, counts}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnExtensionMovesTheDeadlineOfItsUnitOnly(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `
		insert into extension (period_id, unit_id, due_before, reason, by_person, at) values
		    (1, 8, '2022-12-08 00:00+07', 'Đơn vị mới kiện toàn nhân sự', 6, '2022-11-20 08:00+07'),
		    (1, 8, '2022-12-20 00:00+07', 'Gia hạn thêm lần nữa cho đơn vị', 6, '2022-11-29 08:00+07')`)
	a := agendaOf(t, db, leaderSXD, noon)
	want := []string{"04/12 sxd nam", "04/12 sxd tu-danh-gia", "07/12 sxd ke-hoach"}
	if got := told(a)["due"]; !cmp.Equal(got, want) || len(a.Write) > 0 {
		t.Errorf("due %v, want %v; to write %v", got, want, a.Write)
	}
	for _, f := range owed(agendaOf(t, db, reviewer, noon)) {
		if late := f.Overdue(noon); late != (f.UnitSlug == "syt") {
			t.Errorf("%s is overdue: %v", f.UnitSlug, late)
		}
	}
}

func TestALeadersRefusalIsTheUnitsBusinessAlone(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `update submission set state = 'draft', state_by = 15, state_at = '2022-11-26 08:00+07', state_why = 'Viết lại mục tiêu cho rõ' where id = 7`)
	a := agendaOf(t, db, staffSYT, noon)
	if len(a.Returned) != 1 || !a.Returned[0].SentBack() || a.Returned[0].StateByName != "Hồ Văn Tế" {
		t.Errorf("returned to staff = %+v", a.Returned)
	}
	for _, f := range owed(agendaOf(t, db, reviewer, noon)) {
		if f.StateWhy != "" || f.StateByName != "" || f.Unanswered > 0 {
			t.Errorf("the receiver reads of %s: %q by %q", f.UnitSlug, f.StateWhy, f.StateByName)
		}
	}
}

func TestWhoLeftTheRosterOwesNothing(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `update roster set valid = '[2022-01-01,2022-11-28)' where unit_id = 8`)
	if got := told(agendaOf(t, db, leaderSXD, noon)); got["write"] != nil || got["due"] != nil {
		t.Errorf("the unit that left is asked for %v", got)
	}
	if got := told(agendaOf(t, db, consolidator, noon))["outstanding"]; !cmp.Equal(got, []string{"syt ke-hoach awaiting_signoff"}) {
		t.Errorf("outstanding = %v", got)
	}
}

func TestBeforeTheFirstCampaignOnlyKeptPostsWait(t *testing.T) {
	t.Parallel()
	db := dbtest.Tx(t)
	a, err := agenda.For(t.Context(), db, actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: 1, Role: actor.Staff}}}, noon)
	if err != nil || a.Campaign.Year != 0 || !a.Empty() {
		t.Errorf("agenda = %+v, %v", a, err)
	}
}
