package overviews

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// paper is a unit's report for a period, in force.
type paper struct {
	period, unit string
	sent         string
	statuses     string // task=status
	figures      string // code=own~estimated+below@sources, own a number, nil or na
}

// papers are the reports of 2022 and one of 2021, looked at on 07/12/2022. What the
// tests want of them was worked out by hand.
var papers = []paper{
	{"6-thang", "snv", "2022-06-10T08:00+07", "", "T4.01=4"},
	{"6-thang", "h-vi-thuy", "2022-06-10T08:00+07", "", "T4.01=10+6@xa-vi-dong@1"},
	{"nam", "snv", "2022-12-01T08:00+07", "1=good 2=slow 3=done", "T1.01=1 T2.01=100 T2.04=100 T2.05=90 T4.01=1250.5~300 T0.07=80.25"},
	{"nam", "stp", "2022-12-04T23:59:59+07", "1=good 2=done 3=not_applicable", "T1.01=0 T2.01=120 T2.04=200 T2.05=nil T4.01=0 T0.07=90"},
	{"nam", "syt", "2022-12-05T00:00+07", "1=not_applicable 2=on_time", "T1.01=1 T2.04=na T2.05=na T4.01=nil"},
	{"nam", "h-vi-thuy", "2022-12-02T08:00+07", "1=good 2=done 3=not_begun", "T1.01=1+1@xa-vi-dong@1 T2.04=300+100@xa-vi-dong@1 T2.05=300+60@xa-vi-dong@1 T4.01=20+32@xa-vi-dong@1"},
	{"nam", "h-long-my", "2022-12-02T09:00+07", "1=done 2=slow 3=done", "T1.01=1 T4.01=7"},
	{"nam", "xa-vi-dong", "2022-11-30T08:00+07", "1=done", "T1.01=1 T2.04=100 T2.05=60 T4.01=32"},
	{"2021/nam", "h-vi-thuy", "2021-12-01T08:00+07", "", "T4.01=40"},
}

// newReports is a world with reports, and with a year before it.
func newReports(t testing.TB) *world {
	t.Helper()
	w := found(t, dbtest.New(t), 2022)
	w.now = time.Date(2022, time.December, 7, 8, 0, 0, 0, viet.Location)
	if err := indicator.Load(t.Context(), w.db, actor.System, w.now); err != nil {
		t.Fatal(err)
	}
	w.exec(`
		delete from indicator_use;
		insert into indicator_use (campaign_id, indicator_id, kinds)
		    select NO, id, kinds from indicator where code in ('T1.01', 'T2.01', 'T2.04', 'T2.05', 'T2.07', 'T4.01', 'T0.07');
		insert into campaign (id, year, lead_unit, directive, active) overriding system value
		    values (2021, 2021, NO * 1000 + 1, 'Kế hoạch năm 2021', '[2021-01-01,2022-01-01)');
		insert into period (id, campaign_id, kind, slug, name, opens_on, data, cumulative) overriding system value
		    values (5, NO, 'report', '6-thang', '6 tháng đầu năm 2022', '2022-06-01', '[2021-12-15,2022-06-15)', true),
		           (6, NO, 'report', 'nam', 'Năm 2022', '2022-11-15', '[2021-12-15,2022-12-01)', true),
		           (7, 2021, 'report', 'nam', 'Năm 2021', '2021-11-15', '[2020-12-15,2021-12-01)', true);
		insert into deadline (period_id, unit_kind, due_before)
		    select p, k, d::timestamptz from (values (5, '2022-06-21T00:00+07'), (6, '2022-12-05T00:00+07')) x (p, d), unnest(array['department', 'district', 'commune']) k;
		insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_person, by_name, at)
		    select NO * 1000 + u.id, i.id, 2021, 'nam', u.value, 'Báo cáo năm 2021', NO * 1000, 'Lê Thị Trúc', '2022-06-01T08:00+07'
		    from (values (1, 1000), (2, 5), (6, 0)) u (id, value), indicator i where i.code = 'T4.01';`)
	for _, p := range papers {
		w.file(p)
	}
	return w
}

// file puts a report in force, with its facts.
func (w *world) file(p paper) {
	w.t.Helper()
	year, period := "2022", p.period
	if before, after, found := strings.Cut(p.period, "/"); found {
		year, period = before, after
	}
	content, err := p.frozen().Canonical()
	if err != nil {
		w.t.Fatal(err)
	}
	hash := sha256.Sum256(content)
	id, err := database.Value[int64](w.t.Context(), w.db, `
		insert into submission (period_id, unit_id, state, state_at)
		select p.id, u.id, 'draft', @sent::text::timestamptz
		from period p
		join campaign c on c.id = p.campaign_id, unit u
		where c.year = @year::text::int and p.slug = @period and u.slug = @unit
		returning id`,
		database.Args{"sent": p.sent, "year": year, "period": period, "unit": w.slug(p.unit)})
	if err != nil {
		w.t.Fatal(err)
	}
	version, err := database.Value[int64](w.t.Context(), w.db, `
		insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
		select s.id, 1, @content, @hash, @person, 'Lê Thị Trúc', 'unit_leader', coalesce(d.due_before, '2021-12-05T00:00+07'), @sent::text::timestamptz
		from submission s
		left join deadline d on d.period_id = s.period_id and d.unit_kind = 'department'
		where s.id = @id
		returning id`,
		database.Args{"content": content, "hash": hash[:], "person": w.year * 1000, "sent": p.sent, "id": id})
	if err != nil {
		w.t.Fatal(err)
	}
	w.exec(fmt.Sprintf(`
		insert into version_outcome (version_id, submission_id, outcome, decided_at) values (%[2]d, %[1]d, 'accepted', '%[3]s');
		update submission set in_force = %[2]d, state = 'accepted' where id = %[1]d;`, id, version, p.sent))
	for _, s := range strings.Fields(p.statuses) {
		task, status, _ := strings.Cut(s, "=")
		w.exec(fmt.Sprintf(`insert into report_task_fact (period_id, unit_id, task_no, version_id, status)
			select period_id, unit_id, %s, %d, '%s' from submission where id = %d`, task, version, status, id))
	}
	for _, f := range p.list() {
		w.exec(fmt.Sprintf(`insert into figure_fact (period_id, unit_id, indicator_id, version_id, mark, own, below, estimated)
			select s.period_id, s.unit_id, i.id, %d, '%s', nullif('%s', '')::numeric, nullif('%s', '')::numeric, nullif('%s', '')::numeric
			from submission s, indicator i where s.id = %d and i.code = '%s'`, version, f.mark, f.own, f.below, f.estimated, id, f.code))
	}
}

// stated is one figure of a paper.
type stated struct{ code, mark, own, estimated, below, sources string }

func (p paper) list() (all []stated) {
	for _, text := range strings.Fields(p.figures) {
		code, text, _ := strings.Cut(text, "=")
		text, sources, _ := strings.Cut(text, "@")
		text, below, _ := strings.Cut(text, "+")
		own, estimated, _ := strings.Cut(text, "~")
		f := stated{code: code, mark: "number", own: own, estimated: estimated, below: below, sources: sources}
		switch own {
		case "nil":
			f.mark, f.own = "nil", ""
		case "na":
			f.mark, f.own = "not_applicable", ""
		}
		all = append(all, f)
	}
	return all
}

func (p paper) frozen() submission.Frozen {
	f := submission.Frozen{Kind: submission.Report, Year: 2022, Period: p.period, Unit: p.unit + "-2022", UnitName: "Đơn vị"}
	for _, s := range strings.Fields(p.statuses) {
		task, status, _ := strings.Cut(s, "=")
		f.Parts = append(f.Parts, submission.FrozenPart{Key: "task/" + task, Content: submission.Content{"status": status}})
	}
	for _, s := range p.list() {
		c := submission.Content{}
		for name, text := range map[string]string{"own": s.own, "estimated": s.estimated, "mark": strings.TrimPrefix(s.mark, "number")} {
			if text != "" {
				c[name] = text
			}
		}
		f.Parts = append(f.Parts, submission.FrozenPart{Key: "figure/" + s.code, Content: c})
		if s.below != "" {
			unit, no, _ := strings.Cut(s.sources, "@")
			f.Computed = append(f.Computed, submission.FrozenPart{Key: "below/" + s.code, Content: submission.Content{"value": s.below, "sources": unit + "-2022@" + no}})
		}
	}
	return f
}
