package consolidation

import (
	"fmt"
	"strconv"

	"danvan/internal/consolidation/wording"
)

// Values answers the tokens of the text from a ground, in a report that b issues.
func (g Ground) Values(b Body) wording.Values { return values{g, g.issuer(b)} }

type values struct {
	ground Ground
	by     UnitFacts
}

func (v values) Issuer() string { return v.by.Name }

func (v values) Figure(code string) (string, bool) {
	l, ok := v.ground.Line(code)
	return l.Text, ok
}

func (v values) Change(code string) (string, bool) {
	l, ok := v.ground.Line(code)
	return l.Same.Words, ok
}

func (v values) Units(code string) (string, bool) {
	l, ok := v.ground.Line(code)
	if !ok {
		return "", false
	}
	return fmt.Sprintf("từ %d/%d đơn vị", l.Numbers, l.Of), true
}

func (v values) Count(word string) (string, bool) {
	counts := map[string]int{wording.Expected: v.ground.Counts.Expected, wording.Received: v.ground.Counts.Received,
		wording.OnTime: v.ground.Counts.OnTime, wording.Accepted: v.ground.Counts.Accepted}
	n, ok := counts[word]
	return strconv.Itoa(n), ok
}

// Fault is a place of the text that cannot be printed as it stands.
type Fault struct {
	Part  string // key
	Field string
	wording.Fault
}

// FaultsOf lists the places of a text that g does not know, in reading order.
func FaultsOf(g Ground, contents map[string]Content) []Fault {
	var faults []Fault
	for _, key := range Keys(g.Tasks) {
		kind, _ := Schema.Of(key) // keys are made by the schema
		for _, field := range kind.Fields {
			for _, f := range wording.Faults(wording.Parse(contents[key][field.Name]), g.Values(bodyOf(contents[ReferenceKey]))) {
				faults = append(faults, Fault{Part: key, Field: field.Name, Fault: f})
			}
		}
	}
	return faults
}
