package web_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"danvan/internal/database"
	"danvan/internal/drilltest"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/web/paths"
)

// rowMeetings is how often two people fill in one page of figures.
func rowMeetings() int { return drilltest.Times(25, 1_000) }

// TestDrillTwoPeopleOnOnePageOfFiguresLoseNothing lets two people without scripts
// open a page of figures, change some rows each, now and then the same, and post
// the whole page one after the other or at the same moment, sometimes twice. What
// one alone changed is stored; where both did, the first stands until the second
// has chosen, and what gave way stands in the history.
func TestDrillTwoPeopleOnOnePageOfFiguresLoseNothing(t *testing.T) {
	t.Parallel()
	m := newTablemates(t)
	drilltest.Repeat(t, seedFlag, *interleavingSeed, rowMeetings(), func(i int, random *rand.Rand) {
		m.random = random
		m.meet(i)
	})
	if m.met == 0 || m.together == 0 || m.repeated == 0 || m.gaveWay == 0 {
		t.Errorf("not everything happened: %+v", m.counted)
	}
	drilltest.Report(t, "%d meetings on a page of figures: %d rows saved, %d rows both changed, %d pairs at the same moment, %d posts sent twice, %d numbers found in the history",
		rowMeetings(), m.saved, m.met, m.together, m.repeated, m.gaveWay)
}

// tablemates are two people of a unit at one page of its report.
type tablemates struct {
	counted
	t       *testing.T
	s       *script
	address string
	codes   []string
	people  []*portal
	random  *rand.Rand
}

type counted struct{ saved, met, together, repeated, gaveWay int }

func newTablemates(t *testing.T) *tablemates {
	t.Helper()
	w := freshWorld(t)
	s := w.reportScript(t)
	site := newPortal(t, w)
	site.now = yearEnd
	site.as("own-staff").as("own-leader")
	m := &tablemates{t: t, s: s, address: paths.ReportTask(paths.Report(year, "nam", ownUnit), 4)}
	for _, name := range []string{"own-staff", "own-leader"} {
		one := *site
		one.who = name
		m.people = append(m.people, &one)
	}
	for code := range m.stored() {
		m.codes = append(m.codes, code)
	}
	slices.Sort(m.codes)
	return m
}

// stored is every number of the page, "" for none.
func (m *tablemates) stored() map[string]string {
	m.t.Helper()
	c, err := submission.Load(m.t.Context(), m.s.w.db, yearEnd, reportRef)
	must(m.t, err)
	content, err := m.s.reports.Working(m.t.Context(), yearEnd, c)
	must(m.t, err)
	all := map[string]string{}
	section, _ := content.Section(4)
	for _, r := range section.Rows {
		if r.Typed() {
			all[r.Code] = indicator.Text(r.Figure.Own)
		}
	}
	return all
}

func (m *tablemates) meet(i int) {
	m.t.Helper()
	before := m.stored()
	changes := []map[string]string{{}, {}}
	var posts []url.Values
	for n, p := range m.people {
		for _, code := range m.codes {
			if m.random.IntN(4) == 0 {
				changes[n][code] = fmt.Sprint(1000*(i+1) + 10*n + 1)
			}
		}
		values := p.get(m.address).want(http.StatusOK).filled(m.address)
		for code, number := range changes[n] {
			values.Set(code+".own", number)
		}
		posts = append(posts, values)
	}
	answers := m.post(posts)
	both := 0
	after := m.stored()
	for _, code := range m.codes {
		mine, iDid := changes[0][code]
		theirs, theyDid := changes[1][code]
		asked := 0
		for _, a := range answers {
			if a.rec.Code == http.StatusConflict && a.page.Find("[name='giu."+code+"']").Length() > 0 {
				asked++
			}
		}
		want, met := before[code], 0
		switch {
		case iDid && theyDid:
			both++
			want, met = after[code], 1
			if want != mine && want != theirs {
				m.t.Errorf("%s holds %q, neither %q nor %q", code, want, mine, theirs)
			}
		case iDid:
			want = mine
		case theyDid:
			want = theirs
		}
		if after[code] != want || asked != met {
			m.t.Errorf("%s holds %q, want %q; asked about %d times, want %d", code, after[code], want, asked, met)
		}
	}
	m.saved += len(changes[0]) + len(changes[1]) - both
	m.met += both
	for n, a := range answers {
		switch a.rec.Code {
		case http.StatusSeeOther:
			if m.random.IntN(3) == 0 { // the same post once more
				m.repeated++
				once := m.stored()
				m.people[n].post(m.address, posts[n]).want(http.StatusSeeOther)
				if twice := m.stored(); fmt.Sprint(twice) != fmt.Sprint(once) {
					m.t.Errorf("sent twice, the page holds %v after %v", twice, once)
				}
			}
		case http.StatusConflict:
			m.settle(m.people[n], a, changes[n], after)
		default:
			m.t.Errorf("%s: status %d\n%s", a.what, a.rec.Code, excerpt(a.rec.Body.String()))
		}
	}
}

// post sends both pages, in some order or at the same moment.
func (m *tablemates) post(posts []url.Values) []*response {
	m.t.Helper()
	answers := make([]*response, 2)
	if drilltest.Pair(m.random, func(n int) { answers[n] = m.people[n].post(m.address, posts[n]) }) {
		m.together++
	}
	return answers
}

// settle chooses for every row both changed, and looks for what gave way.
func (m *tablemates) settle(p *portal, a *response, mine, theirs map[string]string) {
	m.t.Helper()
	values := a.filled(m.address)
	want := map[string]string{}
	for _, code := range m.codes {
		if a.page.Find("[name='giu."+code+"']").Length() == 0 {
			continue
		}
		choice, gone := "mine", theirs[code]
		want[code] = mine[code]
		if m.random.IntN(2) == 0 {
			choice, gone, want[code] = "theirs", mine[code], theirs[code]
		}
		values.Set("giu."+code, choice)
		defer m.find(code, gone)
	}
	p.post(m.address, values).want(http.StatusSeeOther)
	after := m.stored()
	for code, number := range want {
		if after[code] != number {
			m.t.Errorf("%s holds %q after %q was chosen", code, after[code], number)
		}
	}
}

// find looks for a number that gave way in the history of its row.
func (m *tablemates) find(code, number string) {
	m.t.Helper()
	found, err := database.Value[bool](m.t.Context(), m.s.w.db, `
		select exists (select from part_history where key = @key and content->>'own' = @own)`,
		database.Args{"key": report.FigureKey(code), "own": number})
	must(m.t, err)
	if !found {
		m.t.Errorf("%s: %s was acknowledged or typed, and stands nowhere", code, number)
	}
	m.gaveWay++
}
