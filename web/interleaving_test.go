package web_test

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"danvan/internal/database"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

var interleavingSeed = flag.Uint64("interleavings.seed", 0, "seed of the interleavings, 0 for a new one")

// interleavings is how often two writers meet.
func interleavings() int {
	if os.Getenv("DANVAN_DRILL") == "long" {
		return 10_000
	}
	return 500
}

// meetings is how many interleavings go on in one activity before a new one is
// begun: its history grows with each.
const meetings = 50

// TestDrillTwoWritersOnOneActivityLoseNothing lets two people without scripts read,
// save, save from old pages, send twice and settle conflicts in random order, and
// now and then at the same moment. After every step the activity holds what the
// rules of conflict say; at the end every text that was acknowledged, and not
// given up on the page of a conflict, stands in the activity or in its history.
func TestDrillTwoWritersOnOneActivityLoseNothing(t *testing.T) {
	t.Parallel()
	seed := *interleavingSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	defer func() {
		if t.Failed() {
			t.Logf("again with -interleavings.seed=%d", seed)
		}
	}()
	site := newPortal(t, freshWorld(t))
	site.as("own-staff").as("own-leader")
	total := tally{}
	var m *meeting
	for i := range interleavings() {
		if i%meetings == 0 {
			m = newMeeting(t, site)
		}
		m.begin(i, rand.New(rand.NewPCG(seed, uint64(i))))
		for range 4 + m.random.IntN(6) {
			m.step()
			if t.Failed() {
				t.Fatalf("interleaving %d: %s", i, strings.Join(m.story, " · "))
			}
		}
		m.check()
		total.add(m.tally)
	}
	if total.conflicts == 0 || total.repeated == 0 || total.together == 0 || total.settled == 0 {
		t.Errorf("not everything happened: %+v", total)
	}
	t.Logf("%d interleavings: %d saves acknowledged, %d conflicts, %d settled, %d posts sent twice, %d pairs at the same moment, %d texts found again",
		interleavings(), total.saved, total.conflicts, total.settled, total.repeated, total.together, total.texts)
}

// tally counts what happened.
type tally struct{ saved, conflicts, settled, repeated, together, texts int }

func (c *tally) add(o tally) {
	c.saved += o.saved
	c.conflicts += o.conflicts
	c.settled += o.settled
	c.repeated += o.repeated
	c.together += o.together
	c.texts += o.texts
}

// contended are the fields both write in.
var contended = []string{"title", "product", "description", "partners_other", "section"}

// meeting is two people at one activity.
type meeting struct {
	t       *testing.T
	site    *portal
	action  string // address of the form and of its post
	key     string // of the part
	model   submission.Content
	writers []*writer
	random  *rand.Rand
	no      int
	story   []string
	acks    map[string]string // text: who typed it
	tally   tally
}

// writer is one person with pages open.
type writer struct {
	portal
	typed    int
	page     url.Values // the form as last shown, nil for none
	base     submission.Content
	conflict *conflicted
	last     *sent // acknowledged, to be sent again
}

// sent is a post with what it means by the rules.
type sent struct {
	values     url.Values
	base, want submission.Content // of the fields both write in
	fresh      []string           // texts nobody typed before
}

// conflicted is the page of a conflict.
type conflicted struct {
	form   url.Values
	theirs submission.Content
	clash  []string
}

// newMeeting begins an activity.
func newMeeting(t *testing.T, site *portal) *meeting {
	t.Helper()
	m := &meeting{t: t, site: site, model: submission.Content{}}
	for _, name := range []string{"own-staff", "own-leader"} {
		w := &writer{portal: *site}
		w.who = name
		m.writers = append(m.writers, w)
	}
	w := m.writers[0]
	form := w.get("/ke-hoach/2022/stp/hoat-dong/moi").want(http.StatusOK).filled("/ke-hoach/2022/stp/hoat-dong")
	form.Set("title", "Hoạt động để hai người cùng sửa")
	to := w.post("/ke-hoach/2022/stp/hoat-dong", form).want(http.StatusSeeOther).rec.Header().Get("Location")
	_, row, _ := strings.Cut(to, "#hd-")
	code := strings.Replace(row, "-", ".", 1)
	m.action = "/ke-hoach/2022/stp/hoat-dong/" + code + "/sua"
	m.model["title"] = "Hoạt động để hai người cùng sửa"
	var err error
	m.key, err = database.Value[string](t.Context(), site.world.db, `
		select key
		from part
		where content->>'code' = @code`, database.Args{"code": code})
	must(t, err)
	return m
}

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
		choice := []string{"mine", "theirs", "base", "rewritten"}[m.random.IntN(4)]
		m.tell(w, "keeps %s of %s", choice, field)
		switch choice {
		case "mine":
			s.want[field] = c.form.Get(name)
		case "base":
			s.want[field] = c.form.Get("ban-dau." + field)
		case "rewritten":
			text := m.text(w, field)
			s.values.Set("viet-lai."+field, text)
			s.want[field] = text
			s.fresh = append(s.fresh, text)
			continue
		}
		s.values.Set("giu."+field, choice)
		s.values.Del("viet-lai." + field) // written for an earlier conflict
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
func (m *meeting) at(revision string) submission.Content {
	m.t.Helper()
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
