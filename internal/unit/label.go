package unit

import (
	"strings"
	"unicode/utf8"

	"danvan/internal/viet"
)

// Label is the name of u for a place where it stands among others: the short
// name, or, where it could be mistaken for one of them, the type written out
// and as much of parent, time and code as tells it apart. Names that differ only
// in diacritics or in one short last word (Châu Thành, Châu Thành A) could be
// mistaken. among may contain u itself.
func Label(u Unit, among []Unit) string { return label(u, core(u), among, cores(among)) }

// Labels is the [Label] of each unit among all of them, by slug. Where the type of one
// People's Committee is written out, it is for all of its kind: a list that has "Huyện
// Long Mỹ" has no "H. Vị Thủy". Folding names is what takes time: here each is folded
// once.
func Labels(units []Unit) map[string]string {
	names, folded := make(map[string]string, len(units)), cores(units)
	written := map[Kind]bool{}
	for i, u := range units {
		names[u.Slug] = label(u, folded[i], units, folded)
		written[u.Kind] = written[u.Kind] || names[u.Slug] != u.Short && u.FullType() != u.Name
	}
	for _, u := range units {
		if written[u.Kind] && names[u.Slug] == u.Short && u.FullType() != u.Name {
			names[u.Slug] = u.FullType()
		}
	}
	return names
}

// label is given the cores of u and of those around it.
func label(u Unit, own string, among []Unit, folded []string) string {
	var alike []Unit
	for i, other := range among {
		if other.VersionID != u.VersionID && couldBeMistaken(own, folded[i]) {
			alike = append(alike, other)
		}
	}
	if len(alike) == 0 {
		return u.Short
	}
	for _, form := range []func(Unit) string{
		func(u Unit) string { return u.FullType() + parent(u) },
		func(u Unit) string { return u.FullType() + parent(u) + span(u) },
	} {
		if tellsApart(u, alike, form) {
			return form(u)
		}
	}
	return u.FullType() + parent(u) + " (" + u.Code + ")"
}

// core is what people say when they name a unit in a hurry, folded: the place of
// a People's Committee, else the name.
func core(u Unit) string {
	switch u.Kind {
	case Province, District, Commune:
		return viet.Fold(u.Place)
	}
	return viet.Fold(u.Name)
}

func cores(units []Unit) []string {
	folded := make([]string, len(units))
	for i, u := range units {
		folded[i] = core(u)
	}
	return folded
}

func couldBeMistaken(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	rest, found := strings.CutPrefix(b, a)
	if !found {
		return false
	}
	return rest == "" || rest[0] == ' ' && utf8.RuneCountInString(rest) <= 3
}

func parent(u Unit) string {
	if u.Kind != Commune || u.ParentShort == "" {
		return ""
	}
	return " (" + u.ParentShort + ")"
}

func span(u Unit) string {
	if u.ValidUntil.IsZero() {
		return " (từ " + u.ValidFrom.String() + ")"
	}
	return " (đến hết " + u.ValidUntil.AddDays(-1).String() + ")"
}

func tellsApart(u Unit, alike []Unit, form func(Unit) string) bool {
	for _, other := range alike {
		if form(other) == form(u) {
			return false
		}
	}
	return true
}
