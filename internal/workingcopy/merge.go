package workingcopy

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"
)

// Merge is the outcome of bringing one person's changes onto what another saved
// meanwhile, field by field.
type Merge struct {
	Result   Content  // mine over theirs; fields in Clashes hold theirs
	Clashes  []string // fields both changed, to different texts; sorted
	OnlyMine []string // fields only I changed; sorted
	Theirs   []string // fields only the other changed; sorted
}

// merge lays mine over theirs; both grew out of base. mine holds only the fields
// that were on the form: others count as untouched. Of the fields in unsure the
// base is not known exactly: where mine and theirs differ there, they clash.
func merge(base, mine, theirs Content, unsure ...string) Merge {
	m := Merge{Result: theirs.With(nil)}
	names := map[string]bool{}
	for _, content := range []Content{base, mine, theirs} {
		for name := range content {
			names[name] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		my, onForm := mine[name]
		iChanged := onForm && my != base[name]
		theyChanged := theirs[name] != base[name]
		if onForm && slices.Contains(unsure, name) {
			iChanged, theyChanged = true, true
		}
		switch {
		case iChanged && theyChanged && my != theirs[name]:
			m.Clashes = append(m.Clashes, name)
		case iChanged && !theyChanged:
			m.OnlyMine = append(m.OnlyMine, name)
			m.Result = m.Result.With(Content{name: my})
		case theyChanged && !iChanged:
			m.Theirs = append(m.Theirs, name)
		}
	}
	return m
}

// whole makes every change a clash when both changed something.
func (m Merge) whole() Merge {
	if len(m.Clashes) == 0 && (len(m.OnlyMine) == 0 || len(m.Theirs) == 0) {
		return m
	}
	m.Clashes = slices.Sorted(slices.Values(slices.Concat(m.Clashes, m.OnlyMine, m.Theirs)))
	m.OnlyMine, m.Theirs = nil, nil
	return m
}

// Digest tells contents apart: a form carries that of the part it was filled from
// ([Save.Seen]).
func Digest(c Content) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(c)) {
		if c[name] != "" {
			h.Write([]byte(name + "\x00" + c[name] + "\x00"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}
