// Package drilltest gives every drill its length and gathers what they counted.
package drilltest

import (
	"fmt"
	"os"
	"strconv"
	"strings"
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
