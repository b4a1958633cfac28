package web_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"

	"danvan/internal/submission"
)

// begin lets the two meet once more, with nothing open.
func (m *meeting) begin(no int, random *rand.Rand) {
	m.no, m.random, m.story, m.acks, m.tally = no, random, nil, map[string]string{}, tally{}
	for _, w := range m.writers {
		w.page, w.conflict, w.last = nil, nil, nil
	}
}

func (m *meeting) tell(w *writer, format string, args ...any) {
	m.story = append(m.story, w.who+" "+fmt.Sprintf(format, args...))
}

// step lets somebody do something, and compares what is stored.
func (m *meeting) step() {
	m.t.Helper()
	w := m.writers[m.random.IntN(2)]
	other := m.writers[0]
	if w == other {
		other = m.writers[1]
	}
	switch dice := m.random.IntN(10); {
	case dice == 0 && w.last != nil:
		m.repeat(w)
	case w.conflict != nil:
		if dice < 3 {
			m.tell(w, "puts the conflict off")
			w.conflict = nil
			return
		}
		m.post(w, m.settle(w))
	case w.page == nil || dice == 1:
		m.read(w)
		return
	case dice < 4 && other.page != nil && other.conflict == nil:
		m.together(w, m.edit(w), other, m.edit(other))
	default:
		m.post(w, m.edit(w))
	}
	if got := m.stored(); !maps.Equal(got, m.model) {
		m.t.Errorf("stored is %v, want %v", got, m.model)
	}
}

func (m *meeting) read(w *writer) {
	m.t.Helper()
	w.page = w.get(m.action).want(http.StatusOK).filled(m.action)
	w.base = of(w.page)
	m.tell(w, "reads %s", w.page.Get("_revision"))
	if !maps.Equal(w.base, m.model) {
		m.t.Errorf("the form shows %v, want %v", w.base, m.model)
	}
}

// edit types into the page that is open, however old it is.
func (m *meeting) edit(w *writer) sent {
	s := sent{values: clone(w.page), base: w.base}
	for _, name := range some(m.random, contended) {
		text := m.text(w, name)
		if m.random.IntN(8) == 0 {
			text = "" // emptied
		} else {
			s.fresh = append(s.fresh, text)
		}
		s.values.Set(name, strings.ReplaceAll(text, "\n", "\r\n")) // as browsers do
	}
	s.want = of(s.values)
	m.tell(w, "edits %s: %v", w.page.Get("_revision"), s.fresh)
	return s
}

// text is typed once in the whole drill.
func (m *meeting) text(w *writer, field string) string {
	w.typed++
	text := fmt.Sprintf("%s %d.%d %s", w.who, m.no, w.typed, field)
	if field == "description" || field == "partners_other" {
		text += "\ndòng hai"
	}
	return text
}

// settle chooses on the page of a conflict.
func (m *meeting) settle(w *writer) sent {
	c := w.conflict
	s := sent{values: clone(c.form), base: c.theirs, want: maps.Clone(c.theirs)}
	m.tally.settled++
	for name := range c.form {
		field, isMine := strings.CutPrefix(name, "cua-toi.")
		if !isMine {
			continue
		}
		if !slices.Contains(c.clash, field) {
			s.want[field] = c.form.Get(name)
			continue
		}
		choice := []string{"mine", "theirs", "base", "own"}[m.random.IntN(4)]
		m.tell(w, "keeps %s of %s", choice, field)
		switch choice {
		case "mine":
			s.want[field] = c.form.Get(name)
		case "base":
			s.want[field] = c.form.Get("ban-dau." + field)
		case "own":
			text := m.text(w, field)
			s.values.Set("viet-lai."+field, text)
			s.want[field] = text
			s.fresh = append(s.fresh, text)
		}
		s.values.Set("giu."+field, choice) // whatever was written for an earlier conflict
	}
	s.want = s.want.With(nil)
	for field, text := range s.want {
		if strings.HasPrefix(text, w.who+" ") && c.theirs[field] != text {
			s.fresh = append(s.fresh, text)
		}
	}
	return s
}

// post sends s and compares the answer with the rules.
func (m *meeting) post(w *writer, s sent) {
	m.t.Helper()
	status, after := apply(m.model, s)
	r := w.post(m.action, s.values)
	m.tell(w, "posts: %d", r.rec.Code)
	r.want(status)
	m.model = after
	m.answered(w, s, r)
}

// together sends both at the same moment: either may have come first.
func (m *meeting) together(a *writer, x sent, b *writer, y sent) {
	m.t.Helper()
	m.tally.together++
	var ra, rb *response
	var both sync.WaitGroup
	both.Go(func() { ra = a.post(m.action, x.values) })
	both.Go(func() { rb = b.post(m.action, y.values) })
	both.Wait()
	stored := m.stored()
	m.tell(a, "and %s post at once: %d, %d", b.who, ra.rec.Code, rb.rec.Code)
	if !m.inOrder(x, ra, y, rb, stored) && !m.inOrder(y, rb, x, ra, stored) {
		m.t.Errorf("neither order leads to %d, %d and %v", ra.rec.Code, rb.rec.Code, stored)
	}
	m.model = stored
	m.answered(a, x, ra)
	m.answered(b, y, rb)
}

func (m *meeting) inOrder(x sent, rx *response, y sent, ry *response, stored submission.Content) bool {
	first, between := apply(m.model, x)
	second, after := apply(between, y)
	return rx.rec.Code == first && ry.rec.Code == second && maps.Equal(after, stored)
}
