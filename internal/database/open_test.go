package database_test

import (
	"testing"
	"time"

	"danvan/internal/database"
	"danvan/internal/database/dbtest"
)

func TestSessionsAreBoundedAndInUTC(t *testing.T) {
	t.Parallel()
	tx := dbtest.Tx(t)
	for setting, want := range map[string]string{
		"TimeZone":                            "UTC",
		"statement_timeout":                   "20s",
		"lock_timeout":                        "5s",
		"idle_in_transaction_session_timeout": "1min",
		"application_name":                    "danvan",
	} {
		got, err := database.Value[string](t.Context(), tx, `select current_setting(@name)`, database.Args{"name": setting})
		if err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", setting, got, err, want)
		}
	}
}

func TestTimesAreReadInUTC(t *testing.T) {
	t.Parallel()
	got, err := database.Value[time.Time](t.Context(), dbtest.Tx(t), `select timestamptz '2022-11-28 08:00+07'`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2022, 11, 28, 1, 0, 0, 0, time.UTC); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRoleOfReadsBothFormsOfAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{
		"postgres://danvan_app:x@db.example/danvan",
		"host=/run/danvan user=danvan_app dbname=danvan",
	} {
		if got, err := database.RoleOf(address); err != nil || got != "danvan_app" {
			t.Errorf("%s: got %q, %v", address, got, err)
		}
	}
	if _, err := database.RoleOf("postgres://%zz"); err == nil {
		t.Error("an address nobody can read was accepted")
	}
}
