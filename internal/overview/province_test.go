package overview_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/overview"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// A province is one year of seven units that report to Sở Nội vụ and of a commune
// that reports to its district, looked at on 28/11/2022. Every number the tests
// want of it was worked out by hand from the two tables below.

// office is a unit: who it reports to, its days on the roster, its plan.
type office struct {
	slug, short, kind string
	receiver          string
	on                string // the roster
	state             submission.State
	typed             bool
	sendings          []string // time sent, deadline then in force, outcome; the last accepted is in force
	out               string   // task=why, for tasks in which nothing is planned
}

const deadline = "2022-04-01T00:00+07"

var offices = []office{
	{"snv", "Nội vụ", "department", "snv", "[2022-01-01,)", submission.Accepted, true,
		[]string{"2022-03-21T08:00+07 " + deadline + " accepted"}, "4=not_applicable"},
	// Late: what was recalled does not count. Being amended.
	{"stp", "Tư pháp", "department", "snv", "[2022-01-01,)", submission.Draft, true,
		[]string{"2022-03-20T08:00+07 " + deadline + " recalled", "2022-04-04T08:00+07 " + deadline + " accepted"}, ""},
	// In time to the second, though it was returned and accepted after the deadline.
	{"syt", "Y tế", "department", "snv", "[2022-01-01,)", submission.Accepted, true,
		[]string{"2022-03-31T23:59:59+07 " + deadline + " returned", "2022-04-20T08:00+07 " + deadline + " accepted"}, "4=nil"},
	{"skhcn", "KH&CN", "department", "snv", "[2022-01-01,)", submission.Draft, false, nil, ""},
	// In time by its extension; nobody has decided.
	{"h-vi-thuy", "H. Vị Thủy", "district", "snv", "[2022-01-01,)", submission.Submitted, true,
		[]string{"2022-04-05T08:00+07 2022-04-11T00:00+07 pending"}, ""},
	// Left on the last day in time: not expected, but what was accepted stays.
	{"sct", "Công Thương", "department", "snv", "[2022-01-01,2022-03-31)", submission.Accepted, true,
		[]string{"2022-03-15T08:00+07 " + deadline + " accepted"}, ""},
	// Joined after the deadline.
	{"skhdt", "KH&ĐT", "department", "snv", "[2022-05-01,)", submission.Draft, true, nil, ""},
	{"xa-vi-thuy", "Xã Vị Thủy", "commune", "h-vi-thuy", "[2022-01-01,)", submission.Accepted, true,
		[]string{"2022-03-22T08:00+07 " + deadline + " accepted"}, ""},
}

// job is an activity in force.
type job struct {
	unit, code string
	time       string // as the frozen version has it …
	days       string // … and the days the facts have
	marks      string // target=, evidence, stopped
	log        string // day=amount, with f for a file, -n to replace the n-th entry, @day when written on another day
	is         string // the status on 28/11/2022
}

var jobs = []job{
	{"snv", "1.1", "2022/month/3", "2022-03-01 2022-03-31", "", "2022-03-31=100", "done"},
	{"snv", "1.2", "2022/month/6", "2022-06-01 2022-06-30", "", "2022-07-01=100", "done_late"},
	{"snv", "2.1", "2022/year/1", "2022-01-01 2022-12-31", "", "2022-10-02=30", "in_progress"},
	{"snv", "2.2", "2022/year/1", "2022-01-01 2022-12-31", "", "", "not_started"}, // should have begun
	{"snv", "3.1", "2022-12-20/2022-12-31", "2022-12-20 2022-12-31", "", "", "not_started"},
	{"snv", "3.2", "2022-11-28/2022-12-31", "2022-11-28 2022-12-31", "", "", "not_started"}, // begins today
	{"snv", "0.1", "2022/year/1", "2022-01-01 2022-12-31", "", "2022-11-15=100", "done"},
	{"stp", "1.1", "2022-09-01/2022-09-30", "2022-09-01 2022-09-30", "stopped", "2022-09-10=50", "cancelled"},
	{"stp", "2.1", "2022/quarter/3", "2022-07-01 2022-09-30", "", "2022-09-15=80", "overdue"},            // 59 days
	{"stp", "2.2", "2022-10-01/2022-12-13", "2022-10-01 2022-12-13", "", "2022-10-15=50", "due_soon"},    // 15 days left
	{"stp", "2.3", "2022-10-01/2022-12-14", "2022-10-01 2022-12-14", "", "2022-10-15=50", "in_progress"}, // 16 days left
	{"stp", "3.1", "2022/month/10", "2022-10-01 2022-10-31", "target=10 evidence", "2022-10-01=10 2022-11-05=10f", "done_late"},
	{"stp", "4.1", "2022/half/1", "2022-01-01 2022-06-30", "", "2022-06-20=100 2022-06-20=90-1@2022-07-02", "overdue"}, // corrected; 151 days
	{"syt", "1.1", "2022-11-27/2022-11-27", "2022-11-27 2022-11-27", "", "", "overdue"},                                // 1 day
	{"syt", "1.2", "2022-11-28/2022-11-28", "2022-11-28 2022-11-28", "", "", "due_soon"},
	{"syt", "2.1", "2022/quarter/2", "2022-04-01 2022-06-30", "", "2022-06-30=100 2022-07-15=95", "overdue"}, // it held no longer; 151 days
	{"syt", "3.1", "2022/month/10", "2022-10-01 2022-10-31", "", "2022-10-31=100@2022-11-20", "done"},
	{"sct", "1.1", "2022/year/1", "2022-01-01 2022-12-31", "", "2022-03-01=100", "done"},
	{"xa-vi-thuy", "1.1", "2022/year/1", "2022-01-01 2022-12-31", "", "2022-11-01=10", "in_progress"},
}

type province struct {
	db    database.DB
	units map[string]actor.UnitID
}

func newProvince(t testing.TB) province {
	t.Helper()
	p := province{db: dbtest.New(t), units: map[string]actor.UnitID{}}
	p.exec(t, `insert into person (name, name_sort) values ('Lê Thị Trúc', 'truc')`)
	for _, o := range append(slices.Clone(offices), office{slug: "ubnd", short: "UBND tỉnh", kind: "province"}) {
		p.units[o.slug] = actor.UnitID(p.id(t, `insert into unit (slug) values ($1) returning id`, o.slug))
		p.exec(t, `insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind)
			select id, '[2020-01-01,)', slug, 'Đơn vị ' || slug, $2, upper(slug), 'Hậu Giang', $3 from unit where slug = $1`, o.slug, o.short, o.kind)
	}
	p.exec(t, `insert into campaign (year, lead_unit, directive, active) values (2022, $1, 'Kế hoạch số 32/KH-UBND', '[2022-01-01,2023-01-01)')`, p.units["snv"])
	p.exec(t, `insert into task (campaign_id, no, short, title) select 1, no, 'Việc ' || no, 'Nhiệm vụ ' || no from generate_series(0, 4) no`)
	p.exec(t, `insert into period (campaign_id, kind, slug, name, opens_on) values (1, 'plan', 'ke-hoach', 'Kế hoạch năm 2022', '2022-02-28')`)
	p.exec(t, `insert into deadline (period_id, unit_kind, due_before) select 1, k, $1::timestamptz from unnest(array['department', 'district', 'commune']) k`, deadline)
	p.exec(t, `insert into extension (period_id, unit_id, due_before, reason, by_person, at)
		values (1, $1, '2022-04-11T00:00+07', 'Huyện đang sắp xếp bộ máy', 1, '2022-03-28T09:00+07')`, p.units["h-vi-thuy"])
	for i, o := range offices {
		p.file(t, i, o)
	}
	return p
}

func (p province) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := p.db.Exec(t.Context(), sql, args...); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func (p province) id(t testing.TB, sql string, args ...any) (id int64) {
	t.Helper()
	rows, err := p.db.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Fatalf("%s: %v", sql, rows.Err())
	}
	if err := rows.Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// file makes a unit's roster row, submission, versions, facts and log.
func (p province) file(t testing.TB, position int, o office) {
	t.Helper()
	unit := p.units[o.slug]
	p.exec(t, `insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		select 1, v.unit_id, v.id, $2, $3, $4::daterange from unit_version v where v.unit_id = $1`, unit, p.units[o.receiver], position, o.on)
	plan := p.id(t, `insert into submission (period_id, unit_id, state, state_at) values (1, $1, 'draft', '2022-04-20T08:00+07') returning id`, unit)
	if o.typed {
		p.exec(t, `insert into part (copy_id, key, revision, content, saved_at) values ($1, 'task/1', 1, '{}', '2022-03-10T08:00+07')`, plan)
	}
	f := submission.Frozen{Kind: submission.Plan, Year: 2022, Period: "ke-hoach", Unit: o.slug}
	ids := map[string]int64{}
	for _, j := range jobs {
		if j.unit == o.slug {
			no, seq, _ := strings.Cut(j.code, ".")
			ids[j.code] = p.id(t, `insert into activity (submission_id, task_no, seq, sent) values ($1, $2::text::int, $3::text::int, true) returning id`, plan, no, seq)
			f.Parts = append(f.Parts, submission.FrozenPart{Key: fmt.Sprintf("activity/%d", ids[j.code]), Content: j.content()})
		}
	}
	content, err := f.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	var inForce int64
	for i, s := range o.sendings {
		w := strings.Fields(s)
		version := p.id(t, `insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
			values ($1, $2, $3, $4, 1, 'Lê Thị Trúc', 'unit_leader', $5::text::timestamptz, $6::text::timestamptz) returning id`, plan, i+1, content, sum[:], w[1], w[0])
		p.exec(t, `insert into version_outcome (version_id, submission_id, outcome, decided_at)
			values ($1, $2, $3, case when $3 <> 'pending' then $4::text::timestamptz end)`, version, plan, w[2], w[0])
		if w[2] == "accepted" {
			inForce = version
		}
	}
	if inForce != 0 {
		p.exec(t, `update submission set in_force = $2 where id = $1`, plan, inForce)
	}
	p.exec(t, `update submission set state = $2 where id = $1`, plan, o.state)
	if task, why, ok := strings.Cut(o.out, "="); ok {
		p.exec(t, `insert into task_scope_fact (campaign_id, unit_id, task_no, kind, reason) values (1, $1, $2::text::int, $3, 'x')`, unit, task, why)
	}
	for i, j := range jobs {
		if j.unit == o.slug {
			p.project(t, i, j, ids[j.code], inForce)
		}
	}
}

func (j job) has(mark string) bool { return slices.Contains(strings.Fields(j.marks), mark) }

func (j job) target() string {
	for _, mark := range strings.Fields(j.marks) {
		if target, ok := strings.CutPrefix(mark, "target="); ok {
			return target
		}
	}
	return ""
}

func (j job) content() submission.Content {
	task, _, _ := strings.Cut(j.code, ".")
	c := submission.Content{"task": task, "code": j.code, "title": "Việc " + j.code, "time": j.time}
	if j.target() != "" {
		c["target"] = j.target()
	}
	if j.has("evidence") {
		c["evidence"] = "1"
	}
	if j.has("stopped") {
		c["stopped"] = "Không còn phù hợp"
	}
	return c
}

// project makes the facts and the log of one activity.
func (p province) project(t testing.TB, position int, j job, id, version int64) {
	t.Helper()
	start, due, _ := strings.Cut(j.days, " ")
	p.exec(t, `insert into activity_fact (activity_id, version_id, campaign_id, unit_id, task_no, position, code, title, product,
			start_on, due_on, span_kind, target, evidence_required, stopped_reason)
		select a.id, $2, 1, s.unit_id, a.task_no, $3, a.code, 'Việc ' || a.code, 'x', $4::text::date, $5::text::date, 'day',
		       nullif($6, '')::numeric, $7, $8
		from activity a join submission s on s.id = a.submission_id where a.id = $1`,
		id, version, position, start, due, j.target(), j.has("evidence"), j.content()["stopped"])
	var entries []int64
	for _, e := range strings.Fields(j.log) {
		day, amount, _ := strings.Cut(e, "=")
		written := day
		if a, w, ok := strings.Cut(amount, "@"); ok {
			amount, written = a, w
		}
		amount, replaces, corrects := strings.Cut(amount, "-")
		amount, filed := strings.CutSuffix(amount, "f")
		percent, value := amount, ""
		if j.target() != "" {
			percent, value = "", amount
		}
		var old int64
		if corrects {
			old = entries[replaces[0]-'1']
		}
		entry := p.id(t, `insert into progress (activity_id, as_of, percent, value, by_person, by_name, at, replaces)
			values ($1, $2::text::date, nullif($3, '')::numeric, nullif($4, '')::numeric, 1, 'Lê Thị Trúc', ($5 || 'T15:00+07')::timestamptz, nullif($6, 0))
			returning id`, id, day, percent, value, written, old)
		entries = append(entries, entry)
		if filed {
			p.exec(t, `insert into file (sha256, size, type, at) values (sha256('x'), 1, 'application/pdf', '2022-11-05T15:00+07')`)
			p.exec(t, `insert into progress_file (progress_id, file_sha, name) values ($1, sha256('x'), 'x.pdf')`, entry)
		}
	}
}

func (p province) actor(role actor.Role, in string) actor.Actor {
	return actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: p.units[in], Role: role}}}
}

func (p province) leadership() actor.Actor { return p.actor(actor.Leadership, "ubnd") }

func (p province) board(t testing.TB, act actor.Actor, receiver string) overview.Board {
	t.Helper()
	b, err := overview.Of(t.Context(), p.db, act, today, 2022, receiver)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p province) activities(t testing.TB, act actor.Actor, receiver string, f overview.ActivityFilter) overview.ActivityList {
	t.Helper()
	if f.Limit == 0 {
		f.Limit = 100
	}
	list, err := overview.Activities(t.Context(), p.db, act, today, 2022, receiver, f)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func month(m time.Month) viet.Date { return viet.NewDate(2022, m, 1) }
