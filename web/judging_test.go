package web_test

import (
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// answered takes note of the answer.
func (m *meeting) answered(w *writer, s sent, r *response) {
	m.t.Helper()
	if r.rec.Code == http.StatusConflict {
		m.tally.conflicts++
		m.shown(w, s, r)
		return
	}
	m.tally.saved++
	for _, text := range s.fresh {
		m.acks[text] = w.who
	}
	w.last, w.conflict = &s, nil
	if m.random.IntN(3) > 0 {
		w.page = nil // else the browser goes back to the page it had
	}
}

// shown checks that the page of a conflict holds what both typed.
func (m *meeting) shown(w *writer, s sent, r *response) {
	m.t.Helper()
	form := r.filled(m.action)
	w.conflict = &conflicted{form: form, theirs: m.at(form.Get("_revision"))}
	for name := range form {
		if field, both := strings.CutPrefix(name, "ban-dau."); both {
			w.conflict.clash = append(w.conflict.clash, field)
		}
	}
	slices.Sort(w.conflict.clash)
	if len(w.conflict.clash) == 0 {
		m.t.Errorf("a conflict about nothing")
	}
	r.page.Find("main del").Remove() // what differs is marked word by word
	text := solid(r.page.Find("main").Text())
	for _, field := range w.conflict.clash {
		if got := viet.Clean(form.Get("cua-toi." + field)); got != s.want[field] {
			m.t.Errorf("the page of the conflict carries %q as %s, want %q", got, field, s.want[field])
		}
		for _, typed := range []string{s.want[field], w.conflict.theirs[field]} {
			if !strings.Contains(text, solid(typed)) {
				m.t.Errorf("the page of the conflict does not show %q", typed)
			}
		}
	}
}

// repeat sends what was acknowledged once more: nothing happens a second time.
func (m *meeting) repeat(w *writer) {
	m.t.Helper()
	m.tally.repeated++
	m.tell(w, "sends the same again")
	w.post(m.action, w.last.values).want(http.StatusSeeOther)
}

// check looks for every acknowledged text.
func (m *meeting) check() {
	m.t.Helper()
	kept, err := database.Values[string](m.t.Context(), m.site.world.db, `
		select v.value
		from (select key, content from part union all select key, content from part_history) p,
		     jsonb_each_text(p.content) v
		where p.key = @key`, database.Args{"key": m.key})
	must(m.t, err)
	known := map[string]bool{}
	for _, text := range kept {
		known[text] = true
	}
	for text, who := range m.acks {
		m.tally.texts++
		if !known[text] {
			m.t.Errorf("interleaving %d: %s was told that %q is saved; it is lost: %s", m.no, who, text, strings.Join(m.story, " · "))
		}
	}
}

// stored is what the activity holds now.
func (m *meeting) stored() submission.Content {
	m.t.Helper()
	return m.content(`select content from part where key = @key`, database.Args{"key": m.key})
}

// at is what it held at a revision.
func (m *meeting) at(read string) submission.Content {
	m.t.Helper()
	revision, _, _ := strings.Cut(read, ":")
	return m.content(`
		select content
		from (select key, revision, content from part union all select key, revision, content from part_history) p
		where key = @key and revision = @revision::int`, database.Args{"key": m.key, "revision": revision})
}

func (m *meeting) content(query string, args database.Args) submission.Content {
	m.t.Helper()
	c, err := database.Value[submission.Content](m.t.Context(), m.site.world.db, query, args)
	must(m.t, err)
	return written(func(name string) string { return c[name] })
}

// apply is the rule of conflicts: what only one changed is merged, what both
// changed to different texts is a conflict and changes nothing.
func apply(stored submission.Content, s sent) (status int, after submission.Content) {
	after = maps.Clone(stored)
	for _, name := range contended {
		switch mine := s.want[name]; {
		case mine == s.base[name] || mine == stored[name]:
		case stored[name] != s.base[name]:
			return http.StatusConflict, stored
		case mine == "":
			delete(after, name)
		default:
			after[name] = mine
		}
	}
	return http.StatusSeeOther, after
}

// of reads the contended fields of a form as the portal does.
func of(values url.Values) submission.Content {
	return written(func(name string) string { return viet.Clean(values.Get(name)) })
}

func written(value func(name string) string) submission.Content {
	c := submission.Content{}
	for _, name := range contended {
		if text := value(name); text != "" {
			c[name] = text
		}
	}
	return c
}

// solid is text without its blanks.
func solid(text string) string { return strings.Join(strings.Fields(text), "") }

// some picks one to three of names.
func some(r *rand.Rand, names []string) []string {
	var picked []string
	for _, i := range r.Perm(len(names))[:1+r.IntN(3)] {
		picked = append(picked, names[i])
	}
	return picked
}

func clone(values url.Values) url.Values {
	c := url.Values{}
	for name, all := range values {
		c[name] = slices.Clone(all)
	}
	return c
}
