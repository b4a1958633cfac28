package overview_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/overview"
	"danvan/internal/submission"
)

// halfSent and yearSent are first sendings in time.
var (
	halfSent = []string{"2022-06-10T08:00+07 " + dueSix + " accepted"}
	yearSent = []string{"2022-12-01T08:00+07 " + dueYear + " accepted"}
)

// office adds a unit that reports to a receiver for a part of the year.
func (p province) office(t testing.TB, slug, receiver, valid string) {
	t.Helper()
	p.units[slug] = actor.UnitID(p.id(t, `insert into unit (slug) values ($1) returning id`, slug))
	p.exec(t, `insert into unit_version (unit_id, valid, code, name, short, symbol, place, kind)
		select id, '[2020-01-01,)', slug, 'Sở ' || slug, slug, 'X', 'Hậu Giang', 'department' from unit where slug = $1`, slug)
	p.exec(t, `insert into roster (campaign_id, unit_id, unit_version_id, reports_to, position, valid)
		select 1, v.unit_id, v.id, $2, 100 + v.unit_id, $3::daterange from unit_version v where v.unit_id = $1`, p.units[slug], p.units[receiver], valid)
}

func (p province) follows(t testing.TB, later, former, on string) {
	t.Helper()
	p.exec(t, `insert into unit_lineage (from_unit, to_unit, kind, on_date, basis) values ($1, $2, 'merge', $3::text::date, 'Quyết định số 1')`,
		p.units[former], p.units[later], on)
}

func (p province) had(t testing.TB, slug, code string, value int) {
	t.Helper()
	p.exec(t, `insert into prior_figure (unit_id, indicator_id, year, period, value, source, by_person, by_name, at)
		select $1, id, 2021, 'nam', $3::int, 'Báo cáo năm 2021', 1, 'Lê Thị Trúc', '2022-06-01T08:00+07' from indicator where code = $2`, p.units[slug], code, value)
}

// merged is the year in which two departments became one on 1 August.
func merged(t *testing.T) province {
	p := newReports(t)
	p.office(t, "mot", "snv", "[2022-01-01,2022-08-01)")
	p.office(t, "hai", "snv", "[2022-01-01,2022-08-01)")
	p.office(t, "moi", "snv", "[2022-08-01,)")
	p.report(t, 2022, paper{"6-thang", "mot", submission.Accepted, halfSent, "", "T4.01=10 T2.04=10 T2.05=9"})
	p.report(t, 2022, paper{"6-thang", "hai", submission.Accepted, halfSent, "", "T4.01=6 T2.04=30 T2.05=15"})
	p.had(t, "mot", "T4.01", 8)
	p.had(t, "hai", "T4.01", 5)
	p.follows(t, "moi", "mot", "2022-08-01")
	p.follows(t, "moi", "hai", "2022-08-01")
	p.report(t, 2022, paper{"nam", "moi", submission.Accepted, yearSent, "", "T4.01=20 T2.04=50 T2.05=30"})
	return p
}

func against(c overview.Compared) string {
	return fmt.Sprintf("%s to %s of %d", number(c.Value), number(c.Now), c.Units)
}

func TestATotalComparesASuccessorWithThoseItFollows(t *testing.T) {
	t.Parallel()
	p := merged(t)
	b := p.figures(t, p.leadership(), "nam", "")
	l, _ := b.Line("T4.01")
	if got, want := told(l), "82 from 4/7"; got != want { // 62, and 20
		t.Errorf("the total is %s, want %s", got, want)
	}
	if got, want := against(l.LastYear), "66 to 82 of 4"; got != want { // 53, and 8 + 5
		t.Errorf("last year: %s, want %s", got, want)
	}
	if got, want := against(l.Previous), "36 to 82 of 3"; got != want || number(l.Added) != "46" { // 20, and 10 + 6
		t.Errorf("previous period: %s, %s added; want %s and 46", got, number(l.Added), want)
	}
	d := p.breakdown(t, p.leadership(), "nam", "", "T4.01")
	u := d.Units[len(d.Units)-1]
	if u.Unit != "moi" || number(u.Before) != "16" || number(u.LastYear) != "13" || u.LastNo != 0 ||
		cmp.Diff([]string{"Sở mot", "Sở hai"}, u.BeforeOf) != "" || cmp.Diff([]string{"Sở mot", "Sở hai"}, u.LastOf) != "" {
		t.Errorf("its own row: %+v", u)
	}
	if of := d.Units[0].LastOf; of != nil {
		t.Errorf("%s is compared with the sum of %q", d.Units[0].Unit, of)
	}
	if f := b.Followers(); len(f) != 1 || f[0].Name != "Sở moi" || cmp.Diff([]string{"Sở mot", "Sở hai"}, f[0].Since) != "" {
		t.Errorf("followers: %+v", f)
	}

	if f := p.breakdown(t, p.leadership(), "nam", "", "T0.07").Followers(); f != nil {
		t.Errorf("of what nobody had: %+v", f)
	}

	// In the first half they still reported themselves.
	first := p.figures(t, p.leadership(), "6-thang", "")
	if l, _ := first.Line("T4.01"); told(l) != "36 from 4/8" {
		t.Errorf("the first half: %s", told(l))
	}
	// What it has typed in for itself is taken as it is.
	p.had(t, "moi", "T4.01", 12)
	if l, _ := p.figures(t, p.leadership(), "nam", "").Line("T4.01"); against(l.LastYear) != "65 to 82 of 4" {
		t.Errorf("typed in for itself: %s", against(l.LastYear))
	}
}

func TestTheRatioOfASuccessorIsThatOfTheParts(t *testing.T) {
	t.Parallel()
	p := merged(t)
	l, _ := p.figures(t, p.leadership(), "nam", "").Line("T2.07")
	// Of Nội vụ and of the new one: 45 + 9 + 15 of 50 + 10 + 30, 90 + 30 of 100 + 50.
	if number(l.Previous.Value) != "76.666667" || number(l.Previous.Now) != "80" || l.Previous.Units != 2 {
		t.Errorf("the ratio: %s", against(l.Previous))
	}
	u := p.breakdown(t, p.leadership(), "nam", "", "T2.07")
	if one := u.Units[len(u.Units)-1]; number(one.Before) != "60" || len(one.BeforeOf) != 2 {
		t.Errorf("its own row: %+v", one)
	}
}

// A part that left a district is in what lay below the district before.
func TestWhatLayBelowAnotherIsNotAddedOnceMore(t *testing.T) {
	t.Parallel()
	p := newReports(t)
	p.office(t, "moi", "snv", "[2022-08-01,)")
	p.report(t, 2022, paper{"6-thang", "xa-vi-thuy", submission.Accepted, halfSent, "", "T4.01=6"})
	p.follows(t, "moi", "xa-vi-thuy", "2022-08-01")
	p.report(t, 2022, paper{"nam", "moi", submission.Accepted, yearSent, "", "T4.01=9"})
	l, _ := p.figures(t, p.leadership(), "nam", "").Line("T4.01")
	if got, want := against(l.Previous), "20 to 71 of 3"; got != want { // 4, and 16 of the district with its commune
		t.Errorf("previous period: %s, want %s", got, want)
	}
}

// TestReorganisationsNeitherLoseNorDoubleWhatUnitsHad merges, splits, renames and
// carries on at random.
func TestReorganisationsNeitherLoseNorDoubleWhatUnitsHad(t *testing.T) {
	t.Parallel()
	whole := newReports(t)
	for seed := range uint64(25) {
		random := rand.New(rand.NewPCG(seed, 0))
		tx, err := whole.db.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		p := province{db: tx, units: map[string]actor.UnitID{"snv": whole.units["snv"], "ubnd": whole.units["ubnd"]}}
		// Before any of it: 20 of two units in the first half, 53 of three a year ago, 62 now.
		before, last, now, all := 20, 53, 62, 62
		var story []string
		successors := 1 + random.IntN(4)
		heirs := map[int]bool{}
		formers := 1 + random.IntN(5)
		for i := range successors {
			p.office(t, fmt.Sprintf("moi-%d", i), "snv", "[2022-08-01,)")
		}
		for i := range formers {
			slug, goesOn := fmt.Sprintf("cu-%d", i), random.IntN(3) == 0
			valid := "[2022-01-01,2022-08-01)"
			if goesOn {
				valid = "[2022-01-01,)"
			}
			p.office(t, slug, "snv", valid)
			half, year := random.IntN(50), random.IntN(50)
			before, last = before+half, last+year
			p.report(t, 2022, paper{"6-thang", slug, submission.Accepted, halfSent, "", fmt.Sprintf("T4.01=%d", half)})
			p.had(t, slug, "T4.01", year)
			if goesOn {
				n := random.IntN(50)
				now, all = now+n, all+n
				p.report(t, 2022, paper{"nam", slug, submission.Accepted, yearSent, "", fmt.Sprintf("T4.01=%d", n)})
			}
			followed := false
			for heir := range successors {
				if random.IntN(3) == 0 || heir == successors-1 && !goesOn && !followed {
					p.follows(t, fmt.Sprintf("moi-%d", heir), slug, "2022-08-01")
					heirs[heir], followed = true, true
					story = append(story, fmt.Sprintf("%s→moi-%d", slug, heir))
				}
			}
		}
		for i := range successors {
			n := random.IntN(50)
			p.report(t, 2022, paper{"nam", fmt.Sprintf("moi-%d", i), submission.Accepted, yearSent, "", fmt.Sprintf("T4.01=%d", n)})
			all += n
			if heirs[i] { // who follows nobody has nothing to be compared with
				now += n
			}
		}
		l, _ := p.figures(t, p.leadership(), "nam", "").Line("T4.01")
		got := fmt.Sprintf("%s now, %s before, %s last year against %s", number(l.Sum.Value), number(l.Previous.Value), number(l.LastYear.Value), number(l.LastYear.Now))
		if want := fmt.Sprintf("%d now, %d before, %d last year against %d", all, before, last, now); got != want {
			t.Errorf("seed %d, %s: got %s, want %s", seed, strings.Join(story, " "), got, want)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
