package agenda_test

import (
	_ "embed"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/viet"
)

//go:embed testdata/reports.sql
var reports string

func TestReportsAreAskedForAsPlansAre(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, reports)
	for _, test := range []struct {
		name   string
		person actor.PersonID
		want   map[string][]string
	}{
		{"chuyên viên Sở Tư pháp: kỳ 6 tháng chưa gửi, kỳ năm chưa soạn", staffSTP, map[string][]string{
			"returned": {"stp ke-hoach returned"}, "write": {"stp 6-thang draft"},
			"overdue": {"stp 2.4", "stp 2.3"}, "due": {"02/12 stp 1.4", "04/12 stp nam", "04/12 stp tu-danh-gia", "05/12 stp 7.3", "10/12 stp 4.2"},
			"partnered": {"stc 1.2"}, "year": {"stp 1/7"}}},
		{"chuyên viên Sở Tài chính: bị trả lại", staffSTC, map[string][]string{
			"returned": {"stc nam returned"}, "overdue": {"stc 1.1"}, "waiting": {"stc ke-hoach accepted"}, "due": {"04/12 stc tu-danh-gia"}, "year": {"stc 1/3"}}},
		{"lãnh đạo Sở Y tế: chờ duyệt cả hai", leaderSYT, map[string][]string{
			"sign off": {"syt ke-hoach awaiting_signoff", "syt nam awaiting_signoff"}, "due": {"04/12 syt tu-danh-gia"}, "year": {"syt 0/0"}}},
		{"chuyên viên Sở Y tế chờ lãnh đạo", staffSYT, map[string][]string{
			"waiting": {"syt ke-hoach awaiting_signoff", "syt nam awaiting_signoff"}, "due": {"04/12 syt tu-danh-gia"}, "year": {"syt 0/0"}}},
		{"huyện Vị Thủy chờ tiếp nhận", staffDistrict, map[string][]string{
			"waiting": {"h-vi-thuy ke-hoach submitted", "h-vi-thuy nam submitted"}, "due": {"04/12 h-vi-thuy tu-danh-gia"}, "year": {"h-vi-thuy 0/0"}}},
		{"người tổng hợp: ai còn nợ kỳ nào, đơn vị bị trả lại đứng sau", consolidator, map[string][]string{
			"queue": {"h-vi-thuy", "h-vi-thuy"}, "reopen": {"stc"},
			"outstanding": {"syt ke-hoach awaiting_signoff", "sxd ke-hoach draft", "stp 6-thang draft",
				"stp nam draft", "syt nam awaiting_signoff", "sxd nam draft", "stc nam returned"}}},
	} {
		if diff := cmp.Diff(test.want, told(agendaOf(t, db, test.person, noon))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
	a := agendaOf(t, db, leaderSXD, noon)
	var given []string
	for _, d := range a.Due {
		if d.File != nil && d.File.Extended() {
			given = append(given, d.On.Short()+" "+d.File.Period+" "+viet.DateOf(d.File.Regular).Short())
		}
	}
	if diff := cmp.Diff([]string{"08/12 nam 05/12"}, given); diff != "" {
		t.Errorf("extended (-want +got):\n%s", diff)
	}
}

func TestWhoJoinedAfterTheDataWereCutOffReportsNothing(t *testing.T) {
	t.Parallel()
	db := fresh(t)
	run(t, db, `update roster set valid = '[2022-11-20,)' where unit_id = 8`)
	want := []string{"04/12 sxd nam", "04/12 sxd tu-danh-gia"}
	if got := told(agendaOf(t, db, leaderSXD, noon))["due"]; !cmp.Equal(got, want) {
		t.Errorf("due = %v, want %v", got, want)
	}
	run(t, db, `update period set data = '[2021-12-15,2022-11-20)' where slug = 'nam'`)
	if got := told(agendaOf(t, db, leaderSXD, noon))["due"]; !cmp.Equal(got, want[1:]) {
		t.Errorf("due = %v, want %v", got, want[1:])
	}
}
