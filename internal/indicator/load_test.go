package indicator_test

import (
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/indicator"
	"danvan/internal/viet"
)

var now = time.Date(2022, time.February, 28, 8, 0, 0, 0, viet.Location)

func TestLoadingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	for range 2 {
		if err := indicator.Load(t.Context(), tx, actor.System, now); err != nil {
			t.Fatal(err)
		}
	}
	list, err := indicator.All(t.Context(), tx, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 94 {
		t.Errorf("got %d indicators, want the 94 of the reference", len(list))
	}
	history, err := audit.History(t.Context(), tx, "indicators", 10)
	if err != nil || len(history) != 1 {
		t.Errorf("got %d entries in the audit, %v; want 1", len(history), err)
	}
	checks, err := indicator.Checks(t.Context(), tx)
	if err != nil || len(checks) != 14 {
		t.Errorf("got %d checks, %v; want 14", len(checks), err)
	}
	parent, err := database.Value[string](t.Context(), tx, `
		select p.code from indicator i join indicator p on p.id = i.parent where i.code = 'T4.15'`, nil)
	if err != nil || parent != "T4.14" {
		t.Errorf("T4.15 is part of %q, %v; want T4.14", parent, err)
	}
}
