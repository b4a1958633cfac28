// Package drilltest gives every drill its length and gathers what they counted.
package drilltest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Times is how often a drill does what it does: few times in the short run among
// the other tests, many in the run of hours that DANVAN_DRILL=long asks for. A share
// of that, such as DANVAN_DRILL=5%, is never less than few.
func Times(few, many int) int {
	asked := os.Getenv("DANVAN_DRILL")
	if asked == "long" {
		return many
	}
	percent, _ := strconv.Atoi(strings.TrimSuffix(asked, "%")) // anything else asks for the short run
	return max(few, many*percent/100)
}

// Repeat lets something happen times over, each time by chance of its own, which seed
// and the number of the time fix; seed 0 draws one. The first failure ends it and
// names the seed under the flag that takes it.
func Repeat(t testing.TB, flag string, seed uint64, times int, happen func(i int, random *rand.Rand)) {
	t.Helper()
	if seed == 0 {
		seed = rand.Uint64()
	}
	for i := range times {
		happen(i, rand.New(rand.NewPCG(seed, uint64(i))))
		if t.Failed() {
			t.Fatalf("meeting %d, again with -%s=%d", i, flag, seed)
		}
	}
}

// Pair does 0 and 1 in some order or at the same moment, which it reports.
func Pair(random *rand.Rand, do func(n int)) (together bool) {
	first := random.IntN(3)
	if first < 2 {
		do(first)
		do(1 - first)
		return false
	}
	var pair sync.WaitGroup
	for n := range 2 {
		pair.Go(func() { do(n) })
	}
	pair.Wait()
	return true
}

// Report says what a drill counted, and adds it as a line to the file that
// DANVAN_COUNTS names: go test shows nothing of what passes. That name is another
// in every run, so that results of a drill are never taken from the cache.
func Report(t testing.TB, format string, args ...any) {
	t.Helper()
	counted := fmt.Sprintf(format, args...)
	t.Log(counted)
	name := os.Getenv("DANVAN_COUNTS")
	if name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%s: %s\n", t.Name(), counted); err != nil {
		t.Error(err)
	}
}
