package campaign_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

func TestTaskTextsFreezeAndOnlySupplementsFollow(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	ctx, id := t.Context(), f.Campaign.ID
	if err := campaign.EditTask(ctx, f.DB, f.consolidator, start, id, 1, "Lãnh đạo", "Tăng cường sự lãnh đạo."); err != nil {
		t.Fatal(err)
	}
	frozen := at("20/03/2022 10:00:00")
	for _, now := range []string{"20/03/2022 10:00:00", "21/03/2022 10:00:00"} { // the first acceptance counts
		if err := campaign.FreezeTasks(ctx, f.DB, f.consolidator, at(now), id); err != nil {
			t.Fatal(err)
		}
	}
	err := campaign.EditTask(ctx, f.DB, f.consolidator, at("01/04/2022 08:00:00"), id, 1, "Khác", "Khác")
	refusal, _ := errors.AsType[fault.Refusal](err)
	if !refusal.Since.Equal(frozen) || !strings.Contains(refusal.Remedy, "bổ sung") {
		t.Errorf("err = %v %+v, want a refusal since %s", err, refusal, frozen)
	}
	for _, s := range []struct{ on, body string }{{"02/06/2022", "Bổ sung thứ hai."}, {"02/05/2022", "Bổ sung thứ nhất."}} {
		err := campaign.AddSupplement(ctx, f.DB, f.consolidator, at("03/06/2022 08:00:00"), id, 1,
			campaign.Supplement{OnDate: day(s.on), Body: s.body, Basis: "Công văn số 5/UBND-NC"})
		if err != nil {
			t.Fatal(err)
		}
	}
	tasks, err := campaign.Tasks(ctx, f.DB, id)
	if err != nil {
		t.Fatal(err)
	}
	got := tasks[0]
	if got.Title != "Tăng cường sự lãnh đạo." || len(got.Supplements) != 2 || got.Supplements[0].Body != "Bổ sung thứ nhất." ||
		got.Supplements[0].OnDate != day("02/05/2022") || len(tasks[1].Supplements) != 0 {
		t.Errorf("task 1 = %+v, task 2 = %+v", got, tasks[1])
	}
	want := []string{"created", "task_edited", "tasks_frozen", "task_supplemented", "task_supplemented"}
	if got := f.actions(t, "campaign/1"); !slices.Equal(got, want) {
		t.Errorf("audit = %v, want %v", got, want)
	}
}

func TestTheDatabaseItselfKeepsFrozenTaskTexts(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	if err := campaign.FreezeTasks(t.Context(), f.DB, actor.System, start, f.Campaign.ID); err != nil {
		t.Fatal(err)
	}
	_, err := database.Exec(t.Context(), f.DB, `update task set title = 'Khác' where no = 1`, nil)
	if !database.Violates(err, "task_text_frozen") {
		t.Errorf("err = %v, want task_text_frozen", err)
	}
}

func TestSupplementsAndTasksAreChecked(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	good := campaign.Supplement{OnDate: day("02/05/2022"), Body: "Bổ sung.", Basis: "Công văn số 5/UBND-NC"}
	for field, edit := range map[string]func(*campaign.Supplement){
		"on_date": func(s *campaign.Supplement) { s.OnDate = viet.Date{} },
		"body":    func(s *campaign.Supplement) { s.Body = " \n" },
		"basis":   func(s *campaign.Supplement) { s.Basis = "" },
	} {
		s := good
		edit(&s)
		err := campaign.AddSupplement(t.Context(), f.DB, f.consolidator, start, f.Campaign.ID, 1, s)
		if message(err, field) == "" {
			t.Errorf("%s: err = %v", field, err)
		}
	}
	if err := campaign.AddSupplement(t.Context(), f.DB, f.consolidator, start, f.Campaign.ID, 9, good); !errors.Is(err, fault.NotFound) {
		t.Errorf("task 9: err = %v, want not found", err)
	}
	err := campaign.EditTask(t.Context(), f.DB, f.consolidator, start, f.Campaign.ID, 1, "", "")
	if message(err, "short") == "" || message(err, "title") == "" {
		t.Errorf("empty task: err = %v", err)
	}
}
