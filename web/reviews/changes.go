package reviews

import (
	"slices"
	"strings"

	"danvan/internal/submission"
)

// changes compare a version with the sending that was decided on before it.
type changes struct {
	No        int // of the earlier sending, 0 = there is none
	was, is   map[string]submission.Content
	wasPeople map[string]map[string]string // who was in charge of a part, by office
	isPeople  map[string]map[string]string
}

func changesOf(before *submission.Version, now submission.Version) changes {
	if before == nil {
		return changes{}
	}
	return changes{No: before.No, was: contents(before.Frozen), is: contents(now.Frozen),
		wasPeople: inCharge(before.Frozen), isPeople: inCharge(now.Frozen)}
}

func inCharge(f submission.Frozen) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, p := range f.Parts {
		all[p.Key] = p.People
	}
	return all
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

// fresh reports whether a part was not in the sending before.
func (x changes) fresh(key string) bool {
	_, before := x.was[key]
	_, now := x.is[key]
	return x.known() && now && !before
}

// fields parts what a kind of part shows into what changed in the part with key
// and what did not.
func (x changes) fields(kind submission.PartKind, key string) (changed, same []submission.Field) {
	for _, f := range kind.Fields {
		switch {
		case f.Quiet:
		case x.was[key][f.Name] != x.is[key][f.Name]:
			changed = append(changed, f)
		case x.is[key][f.Name] != "":
			same = append(same, f)
		}
	}
	return changed, same
}

// offices are in whose hands a part may lie, as they are frozen with it.
var offices = []struct{ name, label string }{{"owner", "Người phụ trách"}, {"deputy", "Người thay thế"}}

// handover is an office that somebody else holds than in the sending before.
type handover struct{ Label, Was, Is string }

// handovers are those of the part with key.
func (x changes) handovers(key string) []handover {
	var out []handover
	for _, o := range offices {
		if was, is := x.wasPeople[key][o.name], x.isPeople[key][o.name]; was != is {
			out = append(out, handover{o.label, was, is})
		}
	}
	return out
}

// shown reports whether anything people read of a part is not as it was.
func (x changes) shown(kind submission.PartKind, key string) bool {
	changed, _ := x.fields(kind, key)
	return x.known() && (x.fresh(key) || len(changed) > 0 || len(x.handovers(key)) > 0)
}

// unchanged reports whether nothing in a part is to be read again: it is as it was,
// and nothing was said about it.
func (v reading) unchanged(key string) bool {
	kind, _ := v.Matter.schema.Of(key)
	return v.Changes.known() && !v.Changes.shown(kind, key) && len(v.notesOn(key)) == 0
}

// unchangedAll is unchanged of every part of a kind, and whether none is gone.
func (v reading) unchangedAll(prefix string, keys []string) bool {
	for _, key := range keys {
		if !v.unchanged(key) {
			return false
		}
	}
	return v.Changes.known() && len(v.Changes.gone(prefix)) == 0
}

// aYearAgo is a part in the version in force a year earlier, nil where a sending
// before is compared with, or there is none.
func (v reading) aYearAgo(key string) submission.Content {
	if v.Changes.known() || v.YearAgo == nil {
		return nil
	}
	return v.YearAgo.Frozen.Part(key)
}
