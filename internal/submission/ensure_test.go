package submission_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestEveryUnitOnTheRosterGetsItsSubmissionOnceThePeriodIsOpen(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	if _, err := w.db.Exec(t.Context(), `delete from submission where period_id = $1`, w.no); err != nil {
		t.Fatal(err)
	}
	for unit, valid := range map[string]string{"h-vi-thuy": "[2022-01-01,2022-02-28)", "xa-vi-thuy": "[2022-05-01,)"} {
		if _, err := w.db.Exec(t.Context(), `
			update roster set valid = $1::text::daterange
			where campaign_id = $2 and unit_id = (select id from unit where slug = $3 || '-' || $2::text)`, valid, w.no, unit); err != nil {
			t.Fatal(err)
		}
	}
	made := func(on viet.Date) []string {
		t.Helper()
		for range 2 {
			if err := submission.Ensure(t.Context(), w.db, on.Start().Add(time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		slugs, err := database.Values[string](t.Context(), w.db, `
			select v.short
			from submission s
			join unit_version v on v.unit_id = s.unit_id
			where s.period_id = @period and s.state = 'draft' and s.revision = 1
			order by v.id`, database.Args{"period": w.no})
		if err != nil {
			t.Fatal(err)
		}
		return slugs
	}
	for _, step := range []struct {
		on   viet.Date
		want []string
	}{
		{viet.NewDate(2022, 2, 27), []string{}},             // not open yet
		{viet.NewDate(2022, 2, 28), []string{"Sở Tư pháp"}}, // the district had left by then
		{viet.NewDate(2022, 4, 30), []string{"Sở Tư pháp"}}, // the commune has not joined
		{viet.NewDate(2022, 5, 1), []string{"Sở Tư pháp", "Xã Vị Thủy"}},
	} {
		if diff := cmp.Diff(step.want, made(step.on)); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", step.on, diff)
		}
	}
	// The commune joined when the deadline had passed: it files, and is not late.
	c, err := submission.Load(t.Context(), w.db, viet.NewDate(2022, 5, 2).Start(), w.ofCommune)
	if err != nil || !c.DueBefore.Equal(viet.NewDate(2023, 1, 1).Start()) {
		t.Errorf("due before %v, %v; want the end of the year", c.DueBefore, err)
	}
	if _, err := w.db.Exec(t.Context(), `
		insert into extension (period_id, unit_id, due_before, reason, by_person, at)
		values ($1, $2, '2022-06-01 00:00+07', 'Nộp trong tháng đầu', $3, '2022-05-01 08:00+07')`, w.no, c.Unit, w.people["tong"].Person); err != nil {
		t.Fatal(err)
	}
	if c, err = submission.Load(t.Context(), w.db, viet.NewDate(2022, 5, 2).Start(), w.ofCommune); err != nil || !c.DueBefore.Equal(viet.NewDate(2022, 6, 1).Start()) {
		t.Errorf("due before %v, %v; want the day it was given", c.DueBefore, err)
	}
}

func TestReportsAreMadeForWhoeverHasSomethingToReport(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	for _, sql := range []string{
		`insert into period (campaign_id, kind, slug, name, opens_on, data, cumulative) values
		    ($1, 'report', '6-thang', '6 tháng đầu năm 2022', '2022-06-01', '[2021-12-15,2022-06-14]', true),
		    ($1, 'report', 'nam', 'Năm 2022', '2022-11-15', '[2021-12-15,2022-11-30]', true),
		    ($1, 'evaluation', 'tu-danh-gia', 'Tự đánh giá năm 2022', '2022-11-15', null, false)`,
		`update roster set valid = '[2022-01-01,2022-05-20)' where campaign_id = $1 and unit_id = $1 * 1000 + 3`,
		`update roster set valid = '[2022-07-01,)' where campaign_id = $1 and unit_id = $1 * 1000 + 4`,
	} {
		if _, err := w.db.Exec(t.Context(), sql, w.no); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		on   viet.Date
		want []string
	}{
		{viet.NewDate(2022, 5, 31), []string{}},
		{viet.NewDate(2022, 6, 1), []string{"6-thang Sở Tư pháp"}}, // the district had left
		{viet.NewDate(2022, 7, 1), []string{"6-thang Sở Tư pháp"}}, // the commune joined after the last day of the data
		{viet.NewDate(2022, 12, 20), []string{"6-thang Sở Tư pháp", "nam Sở Tư pháp", "nam Xã Vị Thủy"}},
	} {
		for range 2 {
			if err := submission.Ensure(t.Context(), w.db, step.on.Start()); err != nil {
				t.Fatal(err)
			}
		}
		got, err := database.Values[string](t.Context(), w.db, `
			select p.slug || ' ' || v.short
			from submission s
			join period p on p.id = s.period_id
			join unit_version v on v.unit_id = s.unit_id
			where p.campaign_id = @campaign and p.kind <> 'plan' and s.state = 'draft' and s.revision = 1
			order by 1`, database.Args{"campaign": w.no})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", step.on, diff)
		}
	}
}

func TestManyProcessesMakeEachSubmissionOnce(t *testing.T) {
	t.Parallel()
	w, pool := shared(t)
	if _, err := pool.Exec(t.Context(), `delete from submission`); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(t.Context(), `
		insert into period (campaign_id, kind, slug, name, opens_on, data)
		values ($1, 'report', '6-thang', '6 tháng đầu năm 2022', '2022-06-01', '[2021-12-15,2022-06-14]')`, w.no); err != nil {
		t.Fatal(err)
	}
	var all errgroup.Group
	for range 8 {
		all.Go(func() error {
			return submission.Ensure(t.Context(), pool, viet.NewDate(2022, 6, 2).Start())
		})
	}
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	made, err := database.Value[int](t.Context(), pool, `select count(*) from submission`, nil)
	if err != nil || made != 6 { // three units, two periods
		t.Errorf("%d submissions, %v, want 6", made, err)
	}
}
