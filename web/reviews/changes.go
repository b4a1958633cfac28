package reviews

import (
	"slices"
	"strings"

	"danvan/internal/submission"
)

// changes compare a version with the sending that was decided on before it.
type changes struct {
	No      int // of the earlier sending, 0 = there is none
	was, is map[string]submission.Content
}

func changesOf(before *submission.Version, now submission.Version) changes {
	if before == nil {
		return changes{}
	}
	return changes{No: before.No, was: contents(before.Frozen), is: contents(now.Frozen)}
}

func contents(f submission.Frozen) map[string]submission.Content {
	all := map[string]submission.Content{}
	for _, p := range slices.Concat(f.Parts, f.Computed) {
		all[p.Key] = p.Content
	}
	return all
}

// known reports whether there is anything to compare with.
func (x changes) known() bool { return x.No > 0 }

// count counts the fields of a part that are not as they were.
func (x changes) count(key string) int {
	if !x.known() {
		return 0
	}
	was, is := x.was[key], x.is[key]
	n := 0
	for field := range is {
		if was[field] != is[field] {
			n++
		}
	}
	for field, text := range was {
		if _, still := is[field]; !still && text != "" {
			n++
		}
	}
	return n
}

// before is a field as it was sent before.
func (x changes) before(key, field string) string { return x.was[key][field] }

// gone are the parts under a prefix that were sent before and are no longer
// there, in order of key.
func (x changes) gone(prefix string) []string {
	var keys []string
	for key := range x.was {
		if _, still := x.is[key]; !still && strings.HasPrefix(key, prefix+"/") {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}
