package overview_test

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// The reports of the province's year, looked at on 07/12/2022. Every number the
// tests want of them was worked out by hand from this table.

var afterwards = time.Date(2022, time.December, 7, 8, 0, 0, 0, viet.Location)

// paper is a unit's report for a period.
type paper struct {
	period, unit string
	state        submission.State
	sendings     []string // as in [office]
	statuses     string   // task=status
	figures      string   // code=own~estimated+below@sources, own a number, nil, na or nothing
}

const (
	dueSix  = "2022-06-21T00:00+07"
	dueYear = "2022-12-05T00:00+07"
)

var papers = []paper{
	{"6-thang", "snv", submission.Accepted, []string{"2022-06-10T08:00+07 " + dueSix + " accepted"}, "", "T4.01=4 T2.04=50 T2.05=45"},
	{"6-thang", "stp", submission.Accepted, []string{"2022-06-10T08:00+07 " + dueSix + " accepted"}, "", "T4.01=nil"},
	{"6-thang", "h-vi-thuy", submission.Accepted, []string{"2022-06-10T08:00+07 " + dueSix + " accepted"}, "", "T4.01=10+6@xa-vi-thuy@1"},
	{"nam", "snv", submission.Accepted, []string{"2022-12-01T08:00+07 " + dueYear + " accepted"}, "1=good 2=slow",
		"T1.01=1 T1.03=6 T2.01=100 T2.04=100 T2.05=90 T4.01=10~3 T0.07=80"},
	// In time to the second; the second sending is in force.
	{"nam", "stp", submission.Accepted, []string{"2022-12-04T23:59:59+07 " + dueYear + " returned", "2022-12-06T08:00+07 " + dueYear + " accepted"}, "1=good 2=done",
		"T1.01=0 T2.01=120 T2.04=200 T2.05=nil T4.01=0 T3.07=nil"},
	// Late: the deadline is exclusive. Being amended.
	{"nam", "syt", submission.Draft, []string{"2022-12-05T00:00+07 " + dueYear + " accepted"}, "1=not_applicable",
		"T1.01=1 T2.04=na T2.05=na T4.01=nil"},
	{"nam", "skhcn", submission.Draft, nil, "", ""},
	// Given more time.
	{"nam", "h-vi-thuy", submission.Accepted, []string{"2022-12-06T08:00+07 2022-12-10T00:00+07 accepted"}, "1=good",
		"T1.01=1+1@xa-vi-thuy@1 T1.03=+4@xa-vi-thuy@1 T2.04=300+100@xa-vi-thuy@1 T2.05=300+60@xa-vi-thuy@1 T3.07=5 T4.01=20+32@xa-vi-thuy@1 T0.07=90"},
	// What was recalled does not count.
	{"nam", "skhdt", submission.Draft, []string{"2022-12-02T08:00+07 " + dueYear + " recalled"}, "", "T4.01=1000"},
	{"nam", "xa-vi-thuy", submission.Accepted, []string{"2022-11-30T08:00+07 " + dueYear + " accepted"}, "1=done",
		"T1.01=1 T1.03=4 T2.04=100 T2.05=60 T4.01=32"},
}

// asked are the indicators of the year; T3.07 is for districts alone, but asked of
// Sở Tư pháp too, and T1.03 is not asked of the district.
var asked = []string{"T1.01", "T1.03", "T2.01", "T2.04", "T2.05", "T2.07", "T3.07", "T4.01", "T0.07"}

// lastYear is what was typed in for 2021: unit, code, value.
var lastYear = [][3]string{
	{"snv", "T4.01", "8"}, {"stp", "T4.01", "5"}, {"syt", "T4.01", "7"},
	{"h-vi-thuy", "T4.01", "99"}, // its report of 2021 is in the portal and says 40
	{"snv", "T2.04", "80"}, {"snv", "T2.05", "60"}, {"stp", "T2.04", "10"},
	{"snv", "T2.01", "90"}, {"snv", "T0.07", "70"},
}

func newReports(t testing.TB) province {
	t.Helper()
	p := newProvince(t)
	if err := indicator.Load(t.Context(), p.db, actor.System, today); err != nil {
		t.Fatal(err)
	}
	p.exec(t, `delete from indicator_use`)
	p.exec(t, `insert into indicator_use (campaign_id, indicator_id, kinds) select 1, id, kinds from indicator where code = any($1)`, asked)
	p.exec(t, `insert into indicator_unit (campaign_id, indicator_id, unit_id, applies) select 1, id, $1, true from indicator where code = 'T3.07'`, p.units["stp"])
	p.exec(t, `insert into indicator_unit (campaign_id, indicator_id, unit_id, applies) select 1, id, $1, false from indicator where code = 'T1.03'`, p.units["h-vi-thuy"])
	p.period(t, 1, "6-thang", "6 tháng đầu năm 2022", "2022-06-01", "[2021-12-15,2022-06-15)", dueSix)
	p.period(t, 1, "nam", "Năm 2022", "2022-11-15", "[2021-12-15,2022-12-01)", dueYear)
	p.exec(t, `insert into extension (period_id, unit_id, due_before, reason, by_person, at)
		select id, $1, '2022-12-10T00:00+07', 'Huyện đang sắp xếp bộ máy', 1, '2022-12-01T09:00+07' from period where slug = 'nam'`, p.units["h-vi-thuy"])
	for _, one := range papers {
		p.report(t, 2022, one)
	}
	past := p.id(t, `insert into campaign (year, lead_unit, directive, active) values (2021, $1, 'Kế hoạch năm 2021', '[2021-01-01,2022-01-01)') returning id`, p.units["snv"])
	p.period(t, past, "nam", "Năm 2021", "2021-11-15", "[2020-12-15,2021-12-01)", "2021-12-05T00:00+07")
	p.report(t, 2021, paper{"nam", "h-vi-thuy", submission.Accepted, []string{"2021-12-01T08:00+07 " + dueYear + " returned", "2021-12-02T08:00+07 " + dueYear + " accepted"}, "", "T4.01=30+10@xa-vi-thuy@1"})
	for _, l := range lastYear {
		p.exec(t, `insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_person, by_name, at)
			select $1, id, 2021, 'nam', $3::text::numeric, 'Báo cáo năm 2021', 1, 'Lê Thị Trúc', '2022-06-01T08:00+07' from indicator where code = $2`, p.units[l[0]], l[1], l[2])
	}
	return p
}

func (p province) period(t testing.TB, campaign int64, slug, name, opens, data, due string) {
	t.Helper()
	id := p.id(t, `insert into period (campaign_id, kind, slug, name, opens_on, data, cumulative)
		values ($1, 'report', $2, $3, $4::text::date, $5::text::daterange, true) returning id`, campaign, slug, name, opens, data)
	p.exec(t, `insert into deadline (period_id, unit_kind, due_before) select $1, k, $2::text::timestamptz from unnest(array['department', 'district', 'commune']) k`, id, due)
}

// report files a report with its versions and facts.
func (p province) report(t testing.TB, year int, one paper) {
	t.Helper()
	id := p.id(t, `insert into submission (period_id, unit_id, state, state_at)
		select p.id, $3, 'draft', '2022-12-06T08:00+07' from period p join campaign c on c.id = p.campaign_id where c.year = $1 and p.slug = $2 returning id`,
		year, one.period, p.units[one.unit])
	content, err := one.frozen(year).Canonical()
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(content)
	var inForce int64
	for i, s := range one.sendings {
		w := strings.Fields(s)
		version := p.id(t, `insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
			values ($1, $2, $3, $4, 1, 'Lê Thị Trúc', 'unit_leader', $5::text::timestamptz, $6::text::timestamptz) returning id`, id, i+1, content, hash[:], w[1], w[0])
		p.exec(t, `insert into version_outcome (version_id, submission_id, outcome, decided_at)
			values ($1, $2, $3, case when $3 <> 'pending' then $4::text::timestamptz end)`, version, id, w[2], w[0])
		if w[2] == "accepted" {
			inForce = version
		}
	}
	if inForce == 0 {
		return
	}
	p.exec(t, `update submission set in_force = $2, state = $3 where id = $1`, id, inForce, one.state)
	for _, s := range strings.Fields(one.statuses) {
		task, status, _ := strings.Cut(s, "=")
		p.exec(t, `insert into report_task_fact (period_id, unit_id, task_no, version_id, status)
			select period_id, unit_id, $2::text::int, $3, $4 from submission where id = $1`, id, task, inForce, status)
	}
	for _, f := range one.list() {
		p.exec(t, `insert into figure_fact (period_id, unit_id, indicator_id, version_id, mark, own, below, estimated)
			select s.period_id, s.unit_id, i.id, $2, $4, nullif($5, '')::numeric, nullif($6, '')::numeric, nullif($7, '')::numeric
			from submission s, indicator i where s.id = $1 and i.code = $3`, id, inForce, f.code, f.mark, f.own, f.below, f.estimated)
	}
}

// said is one figure of a paper.
type said struct {
	code, mark, own, estimated, below, sources string
	typed                                      bool // else it stands there for what lies below
}

func (one paper) list() (all []said) {
	for _, text := range strings.Fields(one.figures) {
		code, text, _ := strings.Cut(text, "=")
		text, sources, _ := strings.Cut(text, "@")
		text, below, _ := strings.Cut(text, "+")
		own, estimated, _ := strings.Cut(text, "~")
		f := said{code: code, mark: "number", own: own, estimated: estimated, below: below, sources: sources, typed: own != ""}
		switch own {
		case "nil":
			f.mark, f.own = "nil", ""
		case "na", "":
			f.mark, f.own = "not_applicable", ""
		}
		all = append(all, f)
	}
	return all
}

func (one paper) frozen(year int) submission.Frozen {
	f := submission.Frozen{Kind: submission.Report, Year: year, Period: one.period, Unit: one.unit, UnitName: "Đơn vị " + one.unit}
	add := func(list *[]submission.FrozenPart, key string, content ...string) {
		c := submission.Content{}
		for pair := range slices.Chunk(content, 2) {
			if pair[1] != "" {
				c[pair[0]] = pair[1]
			}
		}
		*list = append(*list, submission.FrozenPart{Key: key, Content: c})
	}
	for _, s := range strings.Fields(one.statuses) {
		task, status, _ := strings.Cut(s, "=")
		add(&f.Parts, "task/"+task, "status", status)
	}
	for _, s := range one.list() {
		mark := s.mark
		if mark == "number" {
			mark = ""
		}
		if s.typed {
			add(&f.Parts, "figure/"+s.code, "own", s.own, "mark", mark, "estimated", s.estimated)
		}
		if s.below != "" {
			add(&f.Computed, "below/"+s.code, "value", s.below, "sources", s.sources)
		}
	}
	return f
}

func (p province) reports(t testing.TB, act actor.Actor, period, receiver string) overview.PeriodBoard {
	t.Helper()
	b, err := overview.Period(t.Context(), p.db, act, afterwards, 2022, period, receiver)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p province) figures(t testing.TB, act actor.Actor, period, receiver string) overview.FigureBoard {
	t.Helper()
	b, err := overview.Figures(t.Context(), p.db, act, afterwards, 2022, period, receiver)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (p province) breakdown(t testing.TB, act actor.Actor, period, receiver, code string) overview.Breakdown {
	t.Helper()
	b, err := overview.FigureByUnit(t.Context(), p.db, act, afterwards, 2022, period, receiver, code)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
