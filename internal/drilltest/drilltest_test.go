package drilltest_test

import (
	"os"
	"path/filepath"
	"testing"

	"danvan/internal/drilltest"
)

func TestEveryDrillAddsItsLine(t *testing.T) {
	file := filepath.Join(t.TempDir(), "counts")
	t.Setenv("DANVAN_COUNTS", file)
	t.Setenv("DANVAN_DRILL", "")
	drilltest.Report(t, "%d kills", drilltest.Times(20, 1000))
	t.Setenv("DANVAN_DRILL", "long")
	drilltest.Report(t, "%d kills", drilltest.Times(20, 1000))
	got, err := os.ReadFile(file)
	want := t.Name() + ": 20 kills\n" + t.Name() + ": 1000 kills\n"
	if err != nil || string(got) != want {
		t.Errorf("counted %q, want %q, %v", got, want, err)
	}
}

func TestAShareOfTheLongRunIsNeverLessThanTheShortOne(t *testing.T) {
	for asked, want := range map[string]int{"": 20, "long": 1000, "5%": 50, "1%": 20, "100%": 1000, "nhiều": 20} {
		t.Setenv("DANVAN_DRILL", asked)
		if got := drilltest.Times(20, 1000); got != want {
			t.Errorf("%q: %d times, want %d", asked, got, want)
		}
	}
}
