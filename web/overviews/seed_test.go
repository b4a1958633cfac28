package overviews

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/go-chi/chi/v5"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/respond"
)

// The units of a world: departments, two districts with two communes below the
// first, the province and a coordinating body.
const (
	snv actor.UnitID = iota + 1
	stp
	syt
	skhcn
	viThuy
	longMy
	viDong
	viTan
	ubnd
	mttq
)

// foundation is a campaign of three tasks. In force: snv, stp (being amended),
// h-long-my, xa-vi-dong. Sent: syt. The others never sent.
const foundation = `
	insert into unit (id, slug) overriding system value
	    select NO * 1000 + id, slug || '-NO'
	    from (values (1, 'snv'), (2, 'stp'), (3, 'syt'), (4, 'skhcn'), (5, 'h-vi-thuy'), (6, 'h-long-my'), (7, 'xa-vi-dong'), (8, 'xa-vi-tan'), (9, 'ubnd'), (10, 'mttq')) u (id, slug);
	insert into unit_version (id, unit_id, valid, code, name, short, symbol, place, kind) overriding system value
	    select NO * 1000 + id, NO * 1000 + id, '[2020-01-01,)', 'NO-' || id, name, short, symbol, 'Hậu Giang', kind
	    from (values
	        (1, 'Sở Nội vụ', 'Nội vụ', 'SNV', 'department'),
	        (2, 'Sở Tư pháp', 'Tư pháp', 'STP', 'department'),
	        (3, 'Sở Y tế', 'Y tế', 'SYT', 'department'),
	        (4, 'Sở Khoa học và Công nghệ', 'KH&CN', 'SKHCN', 'department'),
	        (5, 'Ủy ban nhân dân huyện Vị Thủy', 'H. Vị Thủy', 'UBND', 'district'),
	        (6, 'Ủy ban nhân dân huyện Long Mỹ', 'H. Long Mỹ', 'UBND', 'district'),
	        (7, 'Ủy ban nhân dân xã Vị Đông', 'Xã Vị Đông', 'UBND', 'commune'),
	        (8, 'Ủy ban nhân dân xã Vị Tân', 'Xã Vị Tân', 'UBND', 'commune'),
	        (9, 'Ủy ban nhân dân tỉnh Hậu Giang', 'UBND tỉnh', 'UBND', 'province'),
	        (10, 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'MTTQ tỉnh', 'MTTQ', 'coordinating_body')) v (id, name, short, symbol, kind);
	insert into person (id, name, name_sort) overriding system value values (NO * 1000, 'Lê Thị Trúc', 'truc');
	insert into campaign (id, year, lead_unit, directive, active) overriding system value
	    values (NO, NO, NO * 1000 + 1, 'Kế hoạch số 32/KH-UBND ngày 28/02/2022', '[2022-01-01,2022-12-31]');
	insert into task (campaign_id, no, short, title)
	    select NO, no, short, short from (values (0, 'Phần chung'), (1, 'Lãnh đạo'), (2, 'Cải cách hành chính'), (3, 'Quy chế dân chủ')) t (no, short);
	insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
	    select NO, NO * 1000 + unit, NO * 1000 + unit, NO * 1000 + receiver, unit, '[2022-01-01,)'
	    from (values (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 5), (8, 5)) r (unit, receiver);
	insert into period (id, campaign_id, kind, slug, name, opens_on) overriding system value
	    values (NO, NO, 'plan', 'ke-hoach', 'Kế hoạch năm 2022', '2022-02-28');
	insert into deadline (period_id, unit_kind, due_before)
	    select NO, kind, '2022-04-01 00:00+07' from (values ('department'), ('district'), ('commune')) k (kind);
	insert into submission (id, period_id, unit_id, state, state_at) overriding system value
	    select NO * 1000 + unit, NO, NO * 1000 + unit, state, '2022-04-20 08:00+07'
	    from (values (1, 'draft'), (2, 'returned'), (3, 'submitted'), (4, 'draft'), (5, 'awaiting_signoff'), (6, 'draft'), (7, 'draft'), (8, 'draft')) s (unit, state);
	insert into part (copy_id, key, revision, content, saved_at) values (NO * 1000 + 5, 'task/1', 1, '{}', '2022-03-10 08:00+07');
	insert into version (id, submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at) overriding system value
	    select NO * 1000 + v.unit * 10 + 1, NO * 1000 + v.unit, 1, convert_to(content, 'utf8'), sha256(convert_to(content, 'utf8')), NO * 1000, 'Lê Thị Trúc', 'unit_leader', '2022-04-01 00:00+07', sent::timestamptz
	    from (values (1, '2022-03-21 08:00+07'), (2, '2022-04-04 08:00+07'), (3, '2022-03-21 09:00+07'), (6, '2022-03-31 23:00+07'), (7, '2022-03-15 08:00+07')) v (unit, sent)
	    join (values FROZEN) f (unit, content) on f.unit = v.unit;
	insert into version_outcome (version_id, submission_id, outcome, decided_by, decided_at)
	    select id, submission_id, case when submission_id = NO * 1000 + 3 then 'pending' else 'accepted' end,
	           case when submission_id <> NO * 1000 + 3 then NO * 1000 end, case when submission_id <> NO * 1000 + 3 then sent_at end
	    from version where submission_id between NO * 1000 and NO * 1000 + 999;
	update submission set in_force = id * 10 - NO * 9000 + 1, state = case when id = NO * 1000 + 2 then state else 'accepted' end
	where id in (NO * 1000 + 1, NO * 1000 + 2, NO * 1000 + 6, NO * 1000 + 7);
	insert into task_scope_fact (campaign_id, unit_id, task_no, kind, reason)
	    values (NO, NO * 1000 + 2, 3, 'not_applicable', 'Không có nhiệm vụ này'), (NO, NO * 1000 + 6, 3, 'nil', 'Không phát sinh trong năm');`

// works are the activities in force: unit, code, last day, stopped, and entries
// as day=percent.
var works = []struct {
	unit    actor.UnitID
	code    string
	due     string
	stopped bool
	entries string
}{
	{snv, "1.1", "2022-06-30", false, "2022-05-10=50 2022-06-20=100"}, // done
	{snv, "1.2", "2022-05-31", false, "2022-07-05=100"},               // done late
	{snv, "2.1", "2022-12-31", false, "2022-09-30=40"},                // going on
	{snv, "3.1", "2022-12-05", false, ""},                             // due soon
	{snv, "0.1", "2022-12-31", false, "2022-11-15=100"},               // done, of the common part
	{stp, "1.1", "2022-09-30", false, "2022-09-01=100"},               // done
	{stp, "2.1", "2022-10-31", false, "2022-10-01=80"},                // overdue by 28 days
	{stp, "2.2", "2022-12-31", true, ""},                              // stopped
	{stp, "0.1", "2022-10-01", false, ""},                             // overdue by 58 days, of the common part
	{longMy, "1.1", "2022-12-31", false, ""},                          // not begun
	{longMy, "2.1", "2022-11-30", false, "2022-09-01=10"},             // due soon; nothing written for 88 days
	{viDong, "1.1", "2022-03-31", false, ""},                          // overdue by 242 days, below a district
}

var worlds atomic.Int64

// world is one campaign; its year is made up, because tests share a database.
type world struct {
	t     testing.TB
	db    database.DB
	year  int
	pages Pages
	now   time.Time
	n     int // statements since the last request began
}

func newWorld(t testing.TB) *world {
	t.Helper()
	return found(t, dbtest.Tx(t), 2000+int(worlds.Add(1)))
}

// found lays the foundation of a world.
func found(t testing.TB, db database.DB, year int) *world {
	t.Helper()
	w := &world{t: t, year: year, now: sampleNow, db: db}
	sql := strings.Replace(foundation, "FROZEN", frozenPlans(t, year), 1)
	for i, a := range works {
		no, seq, _ := strings.Cut(a.code, ".")
		id, version, stopped := 100+i, int(a.unit)*10+1, ""
		if a.stopped {
			stopped = "Không còn phù hợp"
		}
		sql += fmt.Sprintf(`
			insert into activity (id, submission_id, task_no, seq, sent) overriding system value values (NO * 1000 + %d, NO * 1000 + %d, %s, %s, true);
			insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product,
			                           start_on, due_on, span_kind, evidence_required, stopped_reason)
			    values (NO * 1000 + %d, NO * 1000 + %d, NO, NO * 1000 + %d, %s, %d, '%s', 'Việc %s', 'Báo cáo', '2022-03-01', '%s', 'day', false, '%s');`,
			id, a.unit, no, seq, id, version, a.unit, no, i, a.code, a.code, a.due, stopped)
		for _, entry := range strings.Fields(a.entries) {
			day, percent, _ := strings.Cut(entry, "=")
			sql += fmt.Sprintf(`
				insert into progress (activity_id, as_of, percent, by_person, by_name, at)
				    values (NO * 1000 + %d, '%s', %s, NO * 1000, 'Lê Thị Trúc', '%s 15:00+07');`, id, day, percent, day)
		}
	}
	w.exec(sql)
	w.pages = Pages{DB: counting{db, &w.n}}
	return w
}

// frozenPlans are the works as the versions of the units hold them, for SQL.
func frozenPlans(t testing.TB, year int) string {
	t.Helper()
	plans := map[actor.UnitID]submission.Frozen{snv: {}, stp: {}, syt: {}, longMy: {}, viDong: {}}
	for i, a := range works {
		no, _, _ := strings.Cut(a.code, ".")
		c := submission.Content{"task": no, "time": "2022-03-01/" + a.due}
		if a.stopped {
			c["stopped"] = "Không còn phù hợp"
		}
		f := plans[a.unit]
		f.Parts = append(f.Parts, submission.FrozenPart{Key: fmt.Sprintf("activity/%d", year*1000+100+i), Content: c})
		plans[a.unit] = f
	}
	var rows []string
	for u, f := range plans {
		content, err := f.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, fmt.Sprintf("(%d, '%s')", u, content))
	}
	return strings.Join(rows, ", ")
}

// exec runs statements in which NO is the number of the world.
func (w *world) exec(sql string) {
	w.t.Helper()
	if _, err := w.db.Exec(w.t.Context(), strings.ReplaceAll(sql, "NO", fmt.Sprint(w.year))); err != nil {
		w.t.Fatal(err)
	}
}

// routes are the pages of this package.
func (w *world) routes() chi.Router {
	routes := chi.NewRouter()
	for pattern, h := range map[string]respond.Handler{"/tong-quan/{year}": w.pages.Show, "/tong-quan/{year}/hoat-dong": w.pages.Activities, "/ke-hoach/{year}": w.pages.Plans,
		"/bao-cao/{year}": w.pages.CurrentReports, "/bao-cao/{year}/{period}": w.pages.Reports,
		"/tong-quan/{year}/{period}": w.pages.Period, "/tong-quan/{year}/{period}/nhiem-vu/{task}": w.pages.Outcomes,
		"/tong-quan/{year}/{period}/so-lieu/{code}": w.pages.Breakdown} {
		routes.Get(pattern, h.ServeHTTP)
	}
	return routes
}

// actor holds role in a unit of this world.
func (w *world) actor(role actor.Role, in actor.UnitID) actor.Actor {
	return actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: actor.UnitID(w.year)*1000 + in, Role: role}}}
}

func (w *world) slug(name string) string { return fmt.Sprintf("%s-%d", name, w.year) }

// ask requests an address of the pages and returns the status.
func (w *world) ask(act actor.Actor, address string) (*goquery.Document, int) {
	w.t.Helper()
	w.n = 0
	rec := httptest.NewRecorder()
	w.routes().ServeHTTP(rec, current.With(httptest.NewRequest(http.MethodGet, address, nil), current.Visit{Actor: act, Now: w.now}))
	doc, err := goquery.NewDocumentFromReader(rec.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return doc, rec.Code
}

// page is ask for what must be there.
func (w *world) page(act actor.Actor, address string) *goquery.Document {
	w.t.Helper()
	doc, status := w.ask(act, address)
	if status != http.StatusOK {
		w.t.Fatalf("%s: status %d: %s", address, status, words(doc.Find("main")))
	}
	return doc
}
