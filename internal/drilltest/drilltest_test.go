package drilltest_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
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

func TestASeedSaysEverythingThatHappens(t *testing.T) {
	t.Parallel()
	told := func(seed uint64) (all []int) {
		drilltest.Repeat(t, "seed", seed, 30, func(i int, random *rand.Rand) {
			var mu sync.Mutex
			var order []int
			together := drilltest.Pair(random, func(n int) {
				mu.Lock()
				defer mu.Unlock()
				order = append(order, n)
			})
			if len(order) != 2 || order[0] == order[1] {
				t.Errorf("time %d did %v", i, order)
			}
			if together { // in any order
				order = []int{2}
			}
			all = append(all, order...)
		})
		return all
	}
	first := told(7)
	if !slices.Equal(first, told(7)) || slices.Equal(first, told(8)) {
		t.Error("the seed does not say what happens")
	}
	for what := range 3 {
		if !slices.Contains(first, what) {
			t.Errorf("never %d", what)
		}
	}
}
