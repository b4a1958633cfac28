package agenda_test

import (
	"context"
	_ "embed"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/actor"
	"danvan/internal/agenda"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

//go:embed testdata/world.sql
var world string

// noon is when the world of testdata is looked at: Monday, 28/11/2022.
var noon = at("28/11/2022 08:42")

func at(text string) time.Time {
	t, err := time.ParseInLocation("02/01/2006 15:04", text, viet.Location)
	if err != nil {
		panic(err)
	}
	return t
}

func fresh(t testing.TB) pgx.Tx {
	t.Helper()
	tx := dbtest.Tx(t)
	run(t, tx, world)
	return tx
}

func run(t testing.TB, db database.DB, sql string) {
	t.Helper()
	if _, err := db.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// who acts, with the memberships of a day.
func who(t testing.TB, db database.DB, person actor.PersonID, now time.Time) actor.Actor {
	t.Helper()
	held, err := database.All[actor.Membership](t.Context(), db, `
		select unit_id as unit, role
		from membership
		where person_id = @person and valid @> @today::date
		order by id`,
		database.Args{"person": person, "today": viet.DateOf(now)})
	if err != nil {
		t.Fatal(err)
	}
	return actor.Actor{Person: person, Name: fmt.Sprint("người ", person), Memberships: held}
}

// The people of the world.
const (
	staffSTP actor.PersonID = iota + 1
	leaderSTP
	goneSTP
	_
	reviewer // and staff of the receiving unit
	consolidator
	leaderSNV
	governor
	observer
	admin
	staffSTC
	staffDistrict
	leaderDistrict
	staffSYT
	leaderSYT
	_
	leaderSXD
)

func agendaOf(t testing.TB, db database.DB, person actor.PersonID, now time.Time) agenda.Agenda {
	t.Helper()
	a, err := agenda.For(t.Context(), db, who(t, db, person, now), now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// told is an agenda by section, each thing in a few words.
func told(a agenda.Agenda) map[string][]string {
	out := map[string][]string{}
	files := func(section string, list []agenda.File) {
		for _, f := range list {
			out[section] = append(out[section], f.UnitSlug+" "+f.Period+" "+string(f.State))
		}
	}
	works := func(section string, list []agenda.Work) {
		for _, w := range list {
			out[section] = append(out[section], w.UnitSlug+" "+w.Code)
		}
	}
	files("returned", a.Returned)
	files("sign off", a.SignOff)
	files("write", a.Write)
	works("overdue", a.Overdue)
	works("ownerless", a.Ownerless)
	for _, d := range a.Due {
		what := ""
		if d.File != nil {
			what = d.File.UnitSlug + " " + d.File.Period
		} else {
			what = d.Work.UnitSlug + " " + d.Work.Code
		}
		out["due"] = append(out["due"], d.On.Short()+" "+what)
	}
	for _, w := range a.Queue {
		out["queue"] = append(out["queue"], w.UnitSlug)
	}
	for _, w := range a.Reopen {
		out["reopen"] = append(out["reopen"], w.UnitSlug)
	}
	files("outstanding", a.Outstanding)
	files("waiting", a.Waiting)
	for _, c := range a.Partnered {
		out["partnered"] = append(out["partnered"], c.UnitSlug+" "+c.Code)
	}
	for _, y := range a.Years {
		out["year"] = append(out["year"], fmt.Sprintf("%s %d/%d", y.Unit.Slug, y.All.Finished(), y.All.Total()))
	}
	if a.Admin != nil {
		for _, p := range a.Admin.Leaderless {
			out["leaderless"] = append(out["leaderless"], fmt.Sprintf("%s %d", p.Slug, p.Ownerless))
		}
		for _, p := range a.Admin.Staffless {
			out["staffless"] = append(out["staffless"], p.Slug)
		}
	}
	return out
}

func TestEachRoleFindsItsOwnWorkAndNoOthers(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
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
		if diff := cmp.Diff(test.want, told(agendaOf(t, tx, test.person, noon))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

func TestSeveralRolesSeeTheUnionWithoutDoubling(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	run(t, tx, `
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
	if diff := cmp.Diff(want, told(agendaOf(t, tx, leaderSYT, noon))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAPhantomGoesToTheLeaderOnTheDayAfterTheLast(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	for moment, want := range map[string]bool{"19/11/2022 23:59": false, "20/11/2022 00:00": true} {
		now := at(moment)
		got := false
		for _, w := range agendaOf(t, tx, leaderSTP, now).Ownerless {
			got = got || w.Code == "2.3"
		}
		if got != want {
			t.Errorf("at %s activity 2.3 of Phạm Minh Nhựt is ownerless: %v, want %v", moment, got, want)
		}
	}
	run(t, tx, `update person set active = false where id = 4`)
	var codes []string
	for _, w := range agendaOf(t, tx, leaderSTP, noon).Ownerless {
		codes = append(codes, w.Code)
	}
	// Done and stopped activities want nobody any more; those of the deputy stay hers to give away.
	if diff := cmp.Diff([]string{"2.3", "2.4", "4.2", "3.1"}, codes); diff != "" {
		t.Errorf("after Võ Thị Hồng Gấm left (-want +got):\n%s", diff)
	}
}

func TestPhantomsOfAUnitWithoutLeaderAreTheAdministrators(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	run(t, tx, `insert into membership (person_id, unit_id, role, valid) values (4, 3, 'unit_leader', '[2022-01-01,)')`)
	got := told(agendaOf(t, tx, admin, noon))["leaderless"]
	if diff := cmp.Diff([]string{"stc 2"}, got); diff != "" {
		t.Errorf("with a leader who cannot sign in (-want +got):\n%s", diff)
	}
	run(t, tx, `insert into membership (person_id, unit_id, role, valid) values (11, 3, 'unit_leader', '[2022-01-01,)')`)
	if got := told(agendaOf(t, tx, admin, noon))["leaderless"]; got != nil {
		t.Errorf("with a leader: %v, want none", got)
	}
	if got := told(agendaOf(t, tx, staffSTC, noon))["ownerless"]; len(got) != 2 {
		t.Errorf("the leader's queue = %v, want both activities", got)
	}
}

func TestTwoWeeksCrossMonthsAndTheYear(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	for _, test := range []struct {
		now, first, last string
		due              []string
	}{
		{"28/11/2022 23:59", "28/11/2022", "11/12/2022", []string{"04/12 snv nam", "04/12 snv tu-danh-gia", "11/12 snv 1.1"}},
		{"29/11/2022 00:00", "29/11/2022", "12/12/2022", []string{"04/12 snv nam", "04/12 snv tu-danh-gia", "11/12 snv 1.1", "12/12 snv 1.2"}},
		{"11/12/2022 08:00", "11/12/2022", "24/12/2022", []string{"11/12 snv 1.1", "12/12 snv 1.2"}},
		{"26/12/2022 08:00", "26/12/2022", "08/01/2023", nil},
	} {
		a := agendaOf(t, tx, leaderSNV, at(test.now))
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
	tx := fresh(t)
	run(t, tx, `
		insert into extension (period_id, unit_id, due_before, reason, by_person, at) values
		    (1, 8, '2022-12-08 00:00+07', 'Đơn vị mới kiện toàn nhân sự', 6, '2022-11-20 08:00+07'),
		    (1, 8, '2022-12-20 00:00+07', 'Gia hạn thêm lần nữa cho đơn vị', 6, '2022-11-29 08:00+07')`)
	a := agendaOf(t, tx, leaderSXD, noon)
	want := []string{"04/12 sxd nam", "04/12 sxd tu-danh-gia", "07/12 sxd ke-hoach"}
	if got := told(a)["due"]; !cmp.Equal(got, want) || len(a.Write) > 0 {
		t.Errorf("due %v, want %v; to write %v", got, want, a.Write)
	}
	for _, f := range agendaOf(t, tx, reviewer, noon).Outstanding {
		if late := f.Overdue(noon); late != (f.UnitSlug == "syt") {
			t.Errorf("%s is overdue: %v", f.UnitSlug, late)
		}
	}
}

func TestALeadersRefusalIsTheUnitsBusinessAlone(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	run(t, tx, `update submission set state = 'draft', state_by = 15, state_at = '2022-11-26 08:00+07', state_why = 'Viết lại mục tiêu cho rõ' where id = 7`)
	a := agendaOf(t, tx, staffSYT, noon)
	if len(a.Returned) != 1 || !a.Returned[0].SentBack() || a.Returned[0].StateByName != "Hồ Văn Tế" {
		t.Errorf("returned to staff = %+v", a.Returned)
	}
	for _, f := range agendaOf(t, tx, reviewer, noon).Outstanding {
		if f.StateWhy != "" || f.StateByName != "" || f.Unanswered > 0 {
			t.Errorf("the receiver reads of %s: %q by %q", f.UnitSlug, f.StateWhy, f.StateByName)
		}
	}
}

func TestWhoLeftTheRosterOwesNothing(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	run(t, tx, `update roster set valid = '[2022-01-01,2022-11-28)' where unit_id = 8`)
	if got := told(agendaOf(t, tx, leaderSXD, noon)); got["write"] != nil || got["due"] != nil {
		t.Errorf("the unit that left is asked for %v", got)
	}
	if got := told(agendaOf(t, tx, consolidator, noon))["outstanding"]; !cmp.Equal(got, []string{"syt ke-hoach awaiting_signoff"}) {
		t.Errorf("outstanding = %v", got)
	}
}

func TestBeforeTheFirstCampaignOnlyKeptPostsWait(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	a, err := agenda.For(t.Context(), tx, actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: 1, Role: actor.Staff}}}, noon)
	if err != nil || a.Campaign.Year != 0 || !a.Empty() {
		t.Errorf("agenda = %+v, %v", a, err)
	}
}

func TestCardsTellThePartnerWhatTheDomainAllows(t *testing.T) {
	t.Parallel()
	tx := fresh(t)
	p, err := agenda.PartneredIn(t.Context(), tx, who(t, tx, observer, noon), noon, 2022)
	if err != nil {
		t.Fatal(err)
	}
	type card struct {
		Unit, Code, Section, Span, AsOf string
		Status                          progress.Status
	}
	var got []card
	for _, c := range p.Cards {
		got = append(got, card{c.UnitName, c.Code, c.Section, c.Span().Label(), c.AsOf.String(), c.Status})
	}
	want := []card{
		{"Sở Tư pháp", "4.2", "Phòng Phổ biến pháp luật", "01/03–10/12/2022", "", progress.DueSoon},
		{"Sở Tài chính", "1.1", "Phòng Ngân sách", "01/01–18/11/2022", "", progress.Overdue},
		{"Sở Tài chính", "1.2", "", "6 tháng đầu năm", "15/06/2022", progress.Done},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// Withdrawn facts are gone for partners too.
	run(t, tx, `delete from activity_fact where unit_id = 3`)
	if p, err = agenda.PartneredIn(t.Context(), tx, who(t, tx, observer, noon), noon, 2022); err != nil || len(p.Cards) != 1 {
		t.Errorf("after the withdrawal: %d cards, %v", len(p.Cards), err)
	}
	for name, person := range map[string]actor.PersonID{"leader": leaderSTP, "reviewer of nobody": consolidator, "governor": governor, "admin": admin} {
		if _, err := agenda.PartneredIn(t.Context(), tx, who(t, tx, person, noon), noon, 2022); err == nil {
			t.Errorf("%s sees cards", name)
		}
	}
	if _, err := agenda.PartneredIn(t.Context(), tx, who(t, tx, observer, noon), noon, 2021); err == nil {
		t.Error("cards of a year without campaign")
	}
}

// statements counts the queries of one connection.
type statements struct{ n int }

func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	s.n++
	return ctx
}

func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func TestAnAgendaTakesFewStatementsHoweverMuchThereIs(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	config, err := pgxpool.ParseConfig(urls.App)
	if err != nil {
		t.Fatal(err)
	}
	var count statements
	config.ConnConfig.Tracer = &count
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	run(t, pool, world)
	measure := func(person actor.PersonID) int {
		act := who(t, pool, person, noon)
		before := count.n
		if _, err := agenda.For(t.Context(), pool, act, noon); err != nil {
			t.Fatal(err)
		}
		return count.n - before
	}
	people := map[actor.PersonID]int{staffSTP: 6, leaderSTP: 5, reviewer: 7, consolidator: 5, observer: 5, admin: 5}
	check := func(when string) {
		for person, most := range people {
			if got := measure(person); got > most {
				t.Errorf("%s: person %d takes %d statements, want at most %d", when, person, got, most)
			}
		}
	}
	check("in the small world")
	run(t, pool, `
		insert into activity (id, submission_id, task_no, seq, sent) overriding system value
		    select 1000 + n, 2, 3, 10 + n, true from generate_series(1, 300) n;
		insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product, start_on, due_on, span_kind, evidence_required)
		    select 1000 + n, 22, 1, 2, 3, 10 + n, '3.' || 10 + n, 'Hoạt động', 'Sản phẩm', '2022-01-01', '2022-12-01', 'day', false from generate_series(1, 300) n;
		insert into activity_partner select 1000 + n, 5 from generate_series(1, 300) n`)
	check("with 300 activities more")
}
