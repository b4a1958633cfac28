package overview_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/overview"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// today is when the tests look: the deadlines of spring have long passed.
var today = time.Date(2022, time.November, 28, 8, 42, 0, 0, viet.Location)

// The units of a world. Xã Vị Thủy reports to its district, the others to Sở Nội vụ.
const (
	snv actor.UnitID = iota + 1
	stp
	syt
	skhcn
	district
	commune
	ubnd
	mttq
)

var everyUnit = []actor.UnitID{snv, stp, syt, skhcn, district, commune, ubnd, mttq}

// foundation is a campaign whose six units stand everywhere a plan can stand:
//
//	snv       sent 21/03 in time, accepted; three activities, two done; task 2 stopped; one of the common part done
//	stp       sent 20/03 and recalled, sent 04/04, four days late; accepted, being amended, returned; one of two done
//	syt       sent 30/03 in time, not decided on
//	skhcn     nothing typed
//	district  typed, not sent; may send until 10/04
//	commune   sent 24/03, in time for communes; accepted; nothing done of one
const foundation = `
	insert into unit (id, slug) overriding system value
	    select NO * 1000 + id, slug || '-NO'
	    from (values (1, 'snv'), (2, 'stp'), (3, 'syt'), (4, 'skhcn'), (5, 'h-vi-thuy'), (6, 'xa-vi-thuy'), (7, 'ubnd'), (8, 'mttq')) u (id, slug);
	insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
	    select NO * 1000 + id, NO * 1000 + id, '[2020-01-01,)', 'NO-' || id, name, short, symbol, 'Vị Thủy', kind
	    from (values
	        (1, 'Sở Nội vụ', 'Nội vụ', 'SNV', 'department'),
	        (2, 'Sở Tư pháp', 'Tư pháp', 'STP', 'department'),
	        (3, 'Sở Y tế', 'Y tế', 'SYT', 'department'),
	        (4, 'Sở Khoa học và Công nghệ', 'KH&CN', 'SKHCN', 'department'),
	        (5, 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'district'),
	        (6, 'Ủy ban nhân dân xã Vị Thủy', 'Xã Vị Thủy', 'UBND', 'commune'),
	        (7, 'Ủy ban nhân dân tỉnh Hậu Giang', 'UBND tỉnh', 'UBND', 'province'),
	        (8, 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'MTTQ tỉnh', 'MTTQ', 'coordinating_body')) v (id, name, short, symbol, kind);
	insert into person (id, name, name_sort) overriding system value values (NO * 1000, 'Lê Thị Trúc', 'truc');
	insert into campaign (id, year, lead_unit, directive, active) overriding system value
	    values (NO, NO, NO * 1000 + 1, 'Kế hoạch số 32/KH-UBND ngày 28/02/2022', '[2022-01-01,2022-12-31]');
	insert into task (campaign_id, no, short, title) select NO, no, 'Nhiệm vụ ' || no, 'Nhiệm vụ ' || no from generate_series(0, 3) no;
	insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
	    select NO, NO * 1000 + unit, NO * 1000 + unit, NO * 1000 + receiver, unit, '[2022-01-01,)'
	    from (values (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 5)) r (unit, receiver);
	insert into period (id, campaign_id, kind, slug, name, opens_on) overriding system value
	    values (NO, NO, 'plan', 'ke-hoach', 'Kế hoạch năm 2022', '2022-02-28');
	insert into deadline (period_id, unit_kind, due_before)
	    values (NO, 'department', '2022-04-01 00:00+07'), (NO, 'district', '2022-04-01 00:00+07'), (NO, 'commune', '2022-03-25 00:00+07');
	insert into extension (period_id, unit_id, due_before, reason, by_person, at)
	    values (NO, NO * 1000 + 5, '2022-04-11 00:00+07', 'Huyện đang sắp xếp bộ máy', NO * 1000, '2022-03-28 09:00+07');
	insert into submission (id, period_id, unit_id, state, state_at) overriding system value
	    select NO * 1000 + unit, NO, NO * 1000 + unit, state, '2022-04-10 08:00+07'
	    from (values (1, 'draft'), (2, 'returned'), (3, 'submitted'), (4, 'draft'), (5, 'draft'), (6, 'draft')) s (unit, state);
	insert into part (copy_id, key, revision, content, saved_at) values (NO * 1000 + 5, 'task/1', 1, '{}', '2022-03-10 08:00+07');
	insert into version (id, submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at) overriding system value
	    select NO * 1000 + unit * 10 + no, NO * 1000 + unit, no, 'x', sha256('x'), NO * 1000, 'Lê Thị Trúc', 'unit_leader', due::timestamptz, sent::timestamptz
	    from (values
	        (1, 1, '2022-04-01 00:00+07', '2022-03-21 08:00+07'),
	        (2, 1, '2022-04-01 00:00+07', '2022-03-20 08:00+07'),
	        (2, 2, '2022-04-01 00:00+07', '2022-04-04 08:00+07'),
	        (3, 1, '2022-04-01 00:00+07', '2022-03-30 08:00+07'),
	        (6, 1, '2022-03-25 00:00+07', '2022-03-24 23:59+07')) v (unit, no, due, sent);
	insert into version_outcome (version_id, submission_id, outcome, decided_by, decided_at)
	    select v.id, v.submission_id, outcome, case when outcome = 'accepted' then NO * 1000 end, case when outcome <> 'pending' then v.sent_at end
	    from (values (11, 'accepted'), (21, 'recalled'), (22, 'accepted'), (31, 'pending'), (61, 'accepted')) o (id, outcome)
	    join version v on v.id = NO * 1000 + o.id;
	update submission set in_force = NO * 1000 + 11, state = 'accepted' where id = NO * 1000 + 1;
	update submission set in_force = NO * 1000 + 22 where id = NO * 1000 + 2;
	update submission set in_force = NO * 1000 + 61, state = 'accepted' where id = NO * 1000 + 6;`

// works is: unit, code, first and last day, stopped, entries as day=percent.
var works = []struct {
	unit       actor.UnitID
	code       string
	start, due string
	stopped    bool
	entries    string
	title      string
}{
	{snv, "1.1", "2022-03-01", "2022-06-30", false, "2022-05-10=50 2022-06-20=100", "Ban hành kế hoạch"},
	{snv, "1.2", "2022-03-01", "2022-05-31", false, "2022-07-05=100", "Sinh hoạt chuyên đề"},
	{snv, "2.1", "2022-03-01", "2022-12-31", true, "", "Hội thi"},
	{snv, "3.1", "2022-03-01", "2022-12-05", false, "2022-09-30=40", "Giải quyết đơn tồn"},
	{snv, "0.1", "2022-03-01", "2022-12-31", false, "2022-11-15=100", "Đăng ký mô hình"},
	{stp, "1.1", "2022-03-01", "2022-09-30", false, "2022-09-01=100", "Phổ biến pháp luật"},
	{stp, "2.1", "2022-03-01", "2022-10-31", false, "2022-10-01=80", "Khảo sát hài lòng"},
	{commune, "2.1", "2022-12-10", "2022-12-31", false, "", "Đối thoại với Nhân dân"},
}

var worlds atomic.Int64

// world is one campaign of its own; its year is made up, because tests share a database.
type world struct {
	db   pgx.Tx
	year int
}

func newWorld(t testing.TB) world {
	t.Helper()
	w := world{db: dbtest.Tx(t), year: 2000 + int(worlds.Add(1)%100)}
	sql := foundation
	for i, a := range works {
		no, seq, _ := strings.Cut(a.code, ".")
		id := 100 + i
		version := map[actor.UnitID]int{snv: 11, stp: 22, commune: 61}[a.unit]
		stopped := ""
		if a.stopped {
			stopped = "Không còn phù hợp"
		}
		sql += fmt.Sprintf(`
			insert into activity (id, submission_id, task_no, seq, sent) overriding system value values (NO * 1000 + %d, NO * 1000 + %d, %s, %s, true);
			insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product,
			                           start_on, due_on, span_kind, evidence_required, stopped_reason)
			    values (NO * 1000 + %d, NO * 1000 + %d, NO, NO * 1000 + %d, %s, %d, '%s', '%s', 'Báo cáo', '%s', '%s', 'day', false, '%s');`,
			id, a.unit, no, seq, id, version, a.unit, no, i, a.code, a.title, a.start, a.due, stopped)
		for _, entry := range strings.Fields(a.entries) {
			day, percent, _ := strings.Cut(entry, "=")
			sql += fmt.Sprintf(`
				insert into progress (activity_id, as_of, percent, by_person, by_name, at)
				    values (NO * 1000 + %d, '%s', %s, NO * 1000, 'Lê Thị Trúc', '%s 15:00+07');`, id, day, percent, day)
		}
	}
	if _, err := w.db.Exec(t.Context(), strings.ReplaceAll(sql, "NO", fmt.Sprint(w.year))); err != nil {
		t.Fatal(err)
	}
	return w
}

// unit returns the id of a unit in this world.
func (w world) unit(u actor.UnitID) actor.UnitID { return actor.UnitID(w.year)*1000 + u }

func (w world) actor(role actor.Role, in actor.UnitID) actor.Actor {
	return actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: w.unit(in), Role: role}}}
}

// slug takes the year off a slug of this world.
func (w world) slug(slug string) string { return strings.TrimSuffix(slug, fmt.Sprintf("-%d", w.year)) }

func (w world) plans(t testing.TB, act actor.Actor, f overview.PlanFilter) overview.PlanList {
	t.Helper()
	if f.Limit == 0 {
		f.Limit = 30
	}
	list, err := overview.Plans(t.Context(), w.db, act, today, w.year, f)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (w world) slugs(list overview.PlanList) string {
	var out []string
	for _, r := range list.Rows {
		out = append(out, w.slug(r.Unit))
	}
	return strings.Join(out, " ")
}

func TestTheListTellsWhereEveryPlanStands(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list := w.plans(t, w.actor(actor.Leadership, ubnd), overview.PlanFilter{})
	var got []string
	for _, r := range list.Rows {
		line := w.slug(r.Unit) + " " + string(r.State)
		if r.Amending {
			line += " amending"
		}
		if r.FirstSent != nil {
			line += " " + viet.DateOf(*r.FirstSent).Short()
		}
		line += fmt.Sprintf(" late %d", r.DaysLate(viet.DateOf(today)))
		if r.Counted {
			line += fmt.Sprintf(" %d/%d", r.Done, r.Total)
		}
		got = append(got, line)
	}
	want := []string{
		"snv accepted 21/03 late -10 2/3",
		"stp returned amending 04/04 late 4 1/2",
		"syt submitted 30/03 late -1",
		"skhcn none late 242",
		"h-vi-thuy draft late 232", // since the end of its extension
		"xa-vi-thuy accepted 24/03 late 0 0/1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if list.Year != w.year || list.OpensOn != viet.NewDate(2022, 2, 28) || list.Total != 6 {
		t.Errorf("year %d opens on %s with %d plans", list.Year, list.OpensOn, list.Total)
	}
}

func TestCountsDoNotChangeWithTheFilter(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Leadership, ubnd)
	want := "map[All:6 Amending:1]"
	for _, f := range []overview.PlanFilter{{}, {Search: "không có"}, {State: overview.Draft}, {Limit: 2, Offset: 2}, {Offset: 100}} {
		c := w.plans(t, act, f).Counts
		if got := fmt.Sprint(map[string]int{"All": c.All, "Amending": c.Amending}); got != want {
			t.Errorf("%+v: %s, want %s", f, got, want)
		}
		if got, want := fmt.Sprint(c.States), "map[accepted:2 awaiting_signoff:0 draft:1 none:1 returned:1 submitted:1]"; got != want {
			t.Errorf("%+v: states %s, want %s", f, got, want)
		}
		if got, want := fmt.Sprint(c.Groups), "map[expected:6 in_force:3 in_force_on_time:2 not_received:2 received:4 received_on_time:3]"; got != want {
			t.Errorf("%+v: groups %s, want %s", f, got, want)
		}
		if got, want := fmt.Sprint(c.Kinds), "map[commune:1 coordinating_body:0 department:4 district:1 province:0]"; got != want {
			t.Errorf("%+v: kinds %s, want %s", f, got, want)
		}
	}
}

func TestFiltersNarrowAndOrdersSort(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Reviewer, snv)
	for _, test := range []struct {
		f     overview.PlanFilter
		want  string
		total int
	}{
		{overview.PlanFilter{Search: "vi thuy"}, "h-vi-thuy xa-vi-thuy", 2},
		{overview.PlanFilter{Search: "tu  PHAP"}, "stp", 1},
		{overview.PlanFilter{State: overview.NotBegun}, "skhcn", 1},
		{overview.PlanFilter{State: overview.Draft}, "h-vi-thuy", 1},
		{overview.PlanFilter{State: "no state"}, "", 0},
		{overview.PlanFilter{Kind: unit.Commune}, "xa-vi-thuy", 1},
		{overview.PlanFilter{Receiver: fmt.Sprintf("h-vi-thuy-%d", w.year)}, "xa-vi-thuy", 1},
		{overview.PlanFilter{Receiver: fmt.Sprintf("snv-%d", w.year), Late: true}, "stp skhcn h-vi-thuy", 3},
		{overview.PlanFilter{Late: true}, "stp skhcn h-vi-thuy", 3},
		{overview.PlanFilter{Late: true, Kind: unit.Department}, "stp skhcn", 2},
		{overview.PlanFilter{Group: overview.Received}, "snv stp syt xa-vi-thuy", 4},
		{overview.PlanFilter{Group: overview.ReceivedOnTime}, "snv syt xa-vi-thuy", 3},
		{overview.PlanFilter{Group: overview.InForce}, "snv stp xa-vi-thuy", 3},
		{overview.PlanFilter{Group: overview.InForceOnTime}, "snv xa-vi-thuy", 2},
		{overview.PlanFilter{Group: overview.NotReceived}, "skhcn h-vi-thuy", 2},
		{overview.PlanFilter{Group: "no group"}, "", 0},
		{overview.PlanFilter{Order: overview.ByUnit}, "skhcn snv stp syt h-vi-thuy xa-vi-thuy", 6},
		{overview.PlanFilter{Order: overview.ByUnit, Down: true}, "xa-vi-thuy h-vi-thuy syt stp snv skhcn", 6},
		{overview.PlanFilter{Order: overview.ByState}, "skhcn h-vi-thuy stp syt snv xa-vi-thuy", 6},
		{overview.PlanFilter{Order: overview.BySent}, "snv xa-vi-thuy syt stp skhcn h-vi-thuy", 6},
		{overview.PlanFilter{Order: overview.ByLateness, Down: true}, "skhcn h-vi-thuy stp xa-vi-thuy syt snv", 6},
		{overview.PlanFilter{Order: overview.ByDone, Down: true}, "snv stp xa-vi-thuy syt skhcn h-vi-thuy", 6},
		{overview.PlanFilter{Order: "'; drop table unit; --"}, "snv stp syt skhcn h-vi-thuy xa-vi-thuy", 6},
		{overview.PlanFilter{Limit: 2, Offset: 4}, "h-vi-thuy xa-vi-thuy", 6},
		{overview.PlanFilter{Order: overview.ByDone, Down: true, Limit: 1, Offset: 1}, "stp", 6},
	} {
		list := w.plans(t, act, test.f)
		if got := w.slugs(list); got != test.want || list.Total != test.total {
			t.Errorf("%+v: %s (%d), want %s (%d)", test.f, got, list.Total, test.want, test.total)
		}
	}
}

func TestEveryGroupHoldsAsManyRowsAsItCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Consolidator, snv)
	for _, group := range overview.PlanGroups {
		list := w.plans(t, act, overview.PlanFilter{Group: group})
		if list.Total != list.Counts.Groups[group] || len(list.Rows) != list.Total {
			t.Errorf("%s: %d rows, counted %d", group, len(list.Rows), list.Counts.Groups[group])
		}
	}
}

func TestAUnitThatLeftBeforeTheDeadlineIsNotExpected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, test := range []struct {
		left string
		want int
	}{{"2022-03-31", 5}, {"2022-04-01", 6}} {
		if _, err := w.db.Exec(t.Context(), `update roster set valid = daterange('2022-01-01', $2::date) where campaign_id = $1 and position = 4`, w.year, test.left); err != nil {
			t.Fatal(err)
		}
		list := w.plans(t, w.actor(actor.Leadership, ubnd), overview.PlanFilter{})
		if got := list.Counts.Groups[overview.Expected]; got != test.want {
			t.Errorf("gone from %s: %d expected, want %d", test.left, got, test.want)
		}
	}
}

func TestAUnitThatJoinedAfterTheDeadlineIsNeitherExpectedNorLate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	act := w.actor(actor.Leadership, ubnd)
	slug := fmt.Sprintf("skhcn-%d", w.year) // nothing typed
	for _, test := range []struct {
		joined   string
		expected int
		late     bool
		due      string
	}{
		{"2022-03-31", 6, true, "2022-04-01"},  // on the last day in time
		{"2022-04-01", 5, false, "2023-01-01"}, // afterwards: within the year
	} {
		if _, err := w.db.Exec(t.Context(), `update roster set valid = daterange($2::date, null) where campaign_id = $1 and position = 4`, w.year, test.joined); err != nil {
			t.Fatal(err)
		}
		if got := w.plans(t, act, overview.PlanFilter{}).Counts.Groups[overview.Expected]; got != test.expected {
			t.Errorf("joined %s: %d expected, want %d", test.joined, got, test.expected)
		}
		late := slices.ContainsFunc(w.plans(t, act, overview.PlanFilter{Late: true}).Rows, func(r overview.PlanRow) bool { return r.Unit == slug })
		if late != test.late {
			t.Errorf("joined %s: listed as late: %v, want %v", test.joined, late, test.late)
		}
		c, err := submission.Load(t.Context(), w.db, today, plan.Ref(w.year, slug))
		if err != nil {
			t.Fatal(err)
		}
		if got := viet.DateOf(c.DueBefore).ISO(); got != test.due {
			t.Errorf("joined %s: due before %s, want %s", test.joined, got, test.due)
		}
		rows := w.plans(t, act, overview.PlanFilter{Search: "khoa hoc"}).Rows
		if len(rows) != 1 || rows[0].DueBefore == nil || !rows[0].DueBefore.Equal(c.DueBefore) {
			t.Errorf("joined %s: the list and the plan tell two deadlines: %+v, %v", test.joined, rows, c.DueBefore)
		}
	}
}

func TestTheListShowsExactlyThePlansOneMaySee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	cases := map[string]submission.Case{}
	for _, slug := range []string{"snv", "stp", "syt", "skhcn", "h-vi-thuy", "xa-vi-thuy"} {
		c, err := submission.Load(t.Context(), w.db, today, plan.Ref(w.year, fmt.Sprintf("%s-%d", slug, w.year)))
		if err != nil {
			t.Fatal(err)
		}
		cases[slug] = c
	}
	shown := 0
	for _, role := range actor.Roles {
		for _, in := range everyUnit {
			act := w.actor(role, in)
			got := map[string]overview.PlanRow{}
			for _, r := range w.plans(t, act, overview.PlanFilter{}).Rows {
				got[w.slug(r.Unit)] = r
				shown++
			}
			for slug, c := range cases {
				sight := submission.See(act, c)
				row, listed := got[slug]
				if listed != sight.State {
					t.Errorf("%s of unit %d and %s: listed %t, may see it %t", role, in, slug, listed, sight.State)
				}
				if want := sight.InForce && c.InForce != nil; row.Counted != want {
					t.Errorf("%s of unit %d and %s: progress shown %t, want %t", role, in, slug, row.Counted, want)
				}
			}
			if len(got) > 0 && !overview.MaySeePlans(act) {
				t.Errorf("%s of unit %d is said to see no plans", role, in)
			}
		}
	}
	if shown == 0 {
		t.Error("nobody is shown anything")
	}
}

func TestAYearWithoutCampaignHasNoPlans(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list, err := overview.Plans(t.Context(), w.db, w.actor(actor.Leadership, ubnd), today, 1999, overview.PlanFilter{Limit: 30})
	if err != nil || list.Year != 0 || len(list.Rows) != 0 {
		t.Errorf("got %+v, %v", list, err)
	}
}

func TestThePlansOfAYearTakeThreeStatementsAndThenOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var m overview.Memory
	for _, want := range []int{5, 1} { // what is read is kept if nothing changed meanwhile
		n := 0
		if _, err := m.Plans(t.Context(), counting{w.db, &n}, w.actor(actor.Leadership, ubnd), today, w.year, overview.PlanFilter{Limit: 30}); err != nil || n != want {
			t.Errorf("%d statements, %v", n, err)
		}
	}
	n := 0
	if _, err := overview.Plans(t.Context(), counting{w.db, &n}, w.actor(actor.Leadership, ubnd), today, w.year, overview.PlanFilter{Limit: 30}); err != nil || n != 3 {
		t.Errorf("%d statements without a memory, %v", n, err)
	}
}

func TestBeforeThePeriodOpensThereAreNoPlansButItsDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.db.Exec(t.Context(), `update period set slug = slug || '-cu' where campaign_id = $1`, w.year); err != nil {
		t.Fatal(err)
	}
	list := w.plans(t, w.actor(actor.Leadership, ubnd), overview.PlanFilter{})
	if list.Year != w.year || !list.OpensOn.IsZero() || list.Total != 0 || list.Counts.All != 0 {
		t.Errorf("without a period: %+v", list)
	}
	if _, err := w.db.Exec(t.Context(), `insert into period (campaign_id, kind, slug, name, opens_on) values ($1, 'plan', 'ke-hoach', 'Kế hoạch', '2022-12-01')`, w.year); err != nil {
		t.Fatal(err)
	}
	list = w.plans(t, w.actor(actor.Leadership, ubnd), overview.PlanFilter{})
	if list.OpensOn != viet.NewDate(2022, 12, 1) || list.Total != 0 || list.Counts.All != 0 {
		t.Errorf("before it opens: %+v", list)
	}
}

// counting counts the queries that pass.
type counting struct {
	database.DB
	n *int
}

func (c counting) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	*c.n++
	return c.DB.Query(ctx, sql, args...)
}
