package web_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"testing"
	"time"

	"danvan/internal/account"
	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/drilltest"
	"danvan/internal/viet"
	"danvan/web/paths"
)

// sectionMeetings is how often two people write in a report that sums up.
func sectionMeetings() int { return drilltest.Times(60, 5_000) }

// TestDrillTwoPeopleOnSectionsLoseNothing lets two people without scripts open
// sections of the report that sums up, the same one or two, change some of its texts
// and post them one after the other or at the same moment, sometimes twice. What one
// alone changed is stored; where both did, the first stands until the second has
// chosen, and what gave way stands in the history.
func TestDrillTwoPeopleOnSectionsLoseNothing(t *testing.T) {
	t.Parallel()
	m := newCoauthors(t)
	drilltest.Repeat(t, seedFlag, *interleavingSeed, sectionMeetings(), func(i int, random *rand.Rand) {
		m.random = random
		m.meet(i)
	})
	if m.met == 0 || m.together == 0 || m.repeated == 0 || m.gaveWay == 0 || m.merged == 0 {
		t.Errorf("not everything happened: %+v", m.counted)
	}
	drilltest.Report(t, "%d meetings on sections of the report that sums up: %d texts saved, %d both changed, %d merges in one section, %d pairs at the same moment, %d posts sent twice, %d texts found in the history",
		sectionMeetings(), m.saved, m.met, m.merged, m.together, m.repeated, m.gaveWay)
}

// sectionTexts are the boxes of the sections both write in.
var sectionTexts = map[string][]string{"nhiem-vu-1": {"text"}, "nhiem-vu-4": {"text"}, "kien-nghi": {"text"}, "danh-gia-chung": {"strengths", "shortcomings", "causes"}}

// sectionParts are the parts of those sections.
var sectionParts = map[string]string{"nhiem-vu-1": "task/1", "nhiem-vu-4": "task/4", "kien-nghi": "proposals", "danh-gia-chung": "overall"}

// coauthors are two consolidators of Sở Nội vụ at one report.
type coauthors struct {
	counted
	merged int
	t      *testing.T
	w      *world
	people []*portal
	random *rand.Rand
}

func newCoauthors(t *testing.T) *coauthors {
	t.Helper()
	w := freshWorld(t)
	w.reportScript(t)
	w.bringSum(t, nil, "draft")
	unit := w.actors["consolidator"].Memberships[0].Unit
	must(t, account.Grant(t.Context(), w.db, actor.System, yearEnd, w.actors["reviewer"].Person, unit, actor.Consolidator, viet.NewDate(2022, time.January, 1), viet.Date{}))
	site := newPortal(t, w)
	site.now = yearEnd
	site.as("consolidator").as("reviewer")
	m := &coauthors{t: t, w: w}
	for _, name := range []string{"consolidator", "reviewer"} {
		one := *site
		one.who = name
		m.people = append(m.people, &one)
	}
	return m
}

// box is where one text is written.
type box struct{ section, name string }

func (b box) address() string {
	return paths.ConsolidationPart(paths.Consolidation(year, "nam", "snv"), b.section)
}

// stored is what a box holds.
func (m *coauthors) stored(b box) string {
	m.t.Helper()
	text, err := database.Value[string](m.t.Context(), m.w.db, `
		select coalesce(max(p.content->>@name), '')
		from part p
		join consolidation k on k.id = p.copy_id
		where p.key = @key`,
		database.Args{"name": b.name, "key": sectionParts[b.section]})
	must(m.t, err)
	return text
}

// open chooses sections for both, the same one every other time, and what each writes.
func (m *coauthors) open(i int) (boxes [2]box, changes [2]map[string]string) {
	all := append(slices.Sorted(maps.Keys(sectionTexts)), "danh-gia-chung", "danh-gia-chung") // where changes can merge
	for n := range boxes {
		if n == 0 || m.random.IntN(2) == 0 {
			boxes[n].section = all[m.random.IntN(len(all))]
		} else {
			boxes[n].section = boxes[0].section
		}
		changes[n] = map[string]string{}
		names := sectionTexts[boxes[n].section]
		for _, name := range names {
			if m.random.IntN(2) == 0 {
				changes[n][name] = fmt.Sprintf("Người %d viết lần %d: %s", n+1, i, name)
			}
		}
		if len(changes[n]) == 0 {
			changes[n][names[0]] = fmt.Sprintf("Người %d viết lần %d: %s", n+1, i, names[0])
		}
	}
	return boxes, changes
}

func (m *coauthors) meet(i int) {
	m.t.Helper()
	boxes, changes := m.open(i)
	var posts [2]url.Values
	for n, p := range m.people {
		posts[n] = p.get(boxes[n].address()).want(http.StatusOK).filled(boxes[n].address())
		for name, text := range changes[n] {
			posts[n].Set(name, text)
		}
	}
	answers := m.post(boxes, posts)
	both := 0
	for name := range changes[0] {
		if boxes[0].section == boxes[1].section && changes[1][name] != "" {
			both++
		}
	}
	conflicts := 0
	for n, a := range answers {
		switch a.rec.Code {
		case http.StatusSeeOther:
			for name, text := range changes[n] {
				if got := m.stored(box{boxes[n].section, name}); got != text {
					m.t.Errorf("%s was told that %q is saved; %s holds %q", m.people[n].who, text, name, got)
				}
			}
			m.saved += len(changes[n])
			m.again(n, boxes[n], posts[n])
		case http.StatusConflict:
			conflicts++
			defer m.settle(n, boxes[n].section, a, changes)
		default:
			m.t.Errorf("%s: status %d\n%s", a.what, a.rec.Code, excerpt(a.rec.Body.String()))
		}
	}
	if want := min(1, both); conflicts != want {
		m.t.Errorf("%d conflicts, want %d: %v in %s and %v in %s", conflicts, want, changes[0], boxes[0].section, changes[1], boxes[1].section)
	}
	m.met += both
	if both == 0 && boxes[0].section == boxes[1].section {
		m.merged++
	}
}

// again posts now and then what was acknowledged once more: it must change nothing.
func (m *coauthors) again(n int, b box, values url.Values) {
	m.t.Helper()
	if m.random.IntN(4) > 0 {
		return
	}
	m.repeated++
	count := func() int {
		n, err := database.Value[int](m.t.Context(), m.w.db, `select count(*) from part_history`, nil)
		must(m.t, err)
		return n
	}
	before := count()
	m.people[n].post(b.address(), values).want(http.StatusSeeOther)
	if after := count(); after != before {
		m.t.Errorf("sent twice, the history grew from %d to %d", before, after)
	}
}

// post sends both forms, in some order or at the same moment.
func (m *coauthors) post(boxes [2]box, posts [2]url.Values) [2]*response {
	m.t.Helper()
	var answers [2]*response
	if drilltest.Pair(m.random, func(n int) { answers[n] = m.people[n].post(boxes[n].address(), posts[n]) }) {
		m.together++
	}
	return answers
}

// settle chooses for every text both changed, and looks for what gave way.
func (m *coauthors) settle(n int, section string, a *response, changes [2]map[string]string) {
	m.t.Helper()
	values := a.filled(box{section: section}.address())
	want, gone := map[string]string{}, map[string]string{}
	for name, mine := range changes[n] {
		want[name] = mine
		theirs := changes[1-n][name]
		if theirs == "" {
			continue
		}
		choice := "mine"
		gone[name] = theirs
		if m.random.IntN(2) == 0 {
			choice, want[name], gone[name] = "theirs", theirs, mine
		}
		values.Set("giu."+name, choice)
	}
	m.people[n].post(box{section: section}.address(), values).want(http.StatusSeeOther)
	for name, text := range want {
		if got := m.stored(box{section, name}); got != text {
			m.t.Errorf("%s holds %q after %q was chosen", name, got, text)
		}
	}
	for name, text := range gone {
		found, err := database.Value[bool](m.t.Context(), m.w.db, `
			select exists (
			    select from part_history h
			    join consolidation k on k.id = h.copy_id
			    where h.key = @key and h.content->>@name = @text)`,
			database.Args{"key": sectionParts[section], "name": name, "text": text})
		must(m.t, err)
		if !found {
			m.t.Errorf("%q gave way and stands nowhere", text)
		}
		m.gaveWay++
	}
}
