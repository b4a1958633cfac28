package submission_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
}
