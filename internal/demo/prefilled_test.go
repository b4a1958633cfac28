package demo_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/demo/content"
	"danvan/internal/demo/demotest"
	"danvan/internal/fault"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// enough is how much of what has a source the second period opens with, in percent.
const enough = 60

// share counts fields that have a source, and those of them that open filled or
// offered.
type share struct{ known, offered int }

func (s share) percent() int { return 100 * s.offered / max(s.known, 1) }

func (s *share) count(offered bool) {
	s.known++
	if offered {
		s.offered++
	}
}

func (s share) plus(o share) share { return share{s.known + o.known, s.offered + o.offered} }

func (s share) String() string { return fmt.Sprintf("%d/%d (%d%%)", s.offered, s.known, s.percent()) }

// TestTheSecondPeriodOpensWithMostOfWhatIsKnown opens the year's reports on the day
// they open, none begun, after those of the half year were accepted, and counts.
//
// A field has a source when what it asks for stands in the portal already:
//   - a figure: in the plan in force (T1.01, T7.01), in the report in force of the
//     period before, or among the figures of the same period a year before;
//   - a text (kết quả, hạn chế, nguyên nhân, ưu điểm, phương hướng) and how a task
//     went: in the report in force of the period before, where it says something;
//   - of the paper its subject and symbol. Its number and date come with signing.
//
// It counts as filled or offered when the form opens with it in the field, or when one
// click on that form puts it there, to be changed and saved. What only stands beside
// the field to be compared with does not count; so figures of the year before count as
// known and not offered, and how a task went, judged anew each period, likewise.
//
// Left out: T0.* and T7.02–T7.09, whose source are registers that the portal does not
// keep yet; ratios, which nobody fills in; and the activities with their progress at
// the cut-off, all of which the portal fills in: they would only raise the share.
func TestTheSecondPeriodOpensWithMostOfWhatIsKnown(t *testing.T) {
	t.Parallel()
	db := demotest.New(t)
	opened := time.Date(content.Year, time.November, 15, 8, 0, 0, 0, viet.Location)
	if _, err := database.Exec(t.Context(), db, `
		delete from part x
		using submission s, period p
		where s.id = x.copy_id and p.id = s.period_id and p.slug = @period`, database.Args{"period": content.WholeYear}); err != nil {
		t.Fatal(err)
	}
	reports := report.NewService(db, demotest.Files(t))
	var figures, words, papers share
	atOnce, counted := 0, 0
	for _, r := range tables(t).Reports {
		if r.Period != content.WholeYear {
			continue
		}
		c, err := submission.Load(t.Context(), db, opened, report.Ref(content.Year, r.Period, r.Unit))
		if err != nil {
			t.Fatal(err)
		}
		known, err := reports.Working(t.Context(), opened, c)
		if err != nil {
			t.Fatal(err)
		}
		f, w, p := ofFigures(known), ofWords(t, reports, opened, c, known), ofPaper(reports.Suggested(c))
		figures, words, papers = figures.plus(f), words.plus(w), papers.plus(p)
		all := f.plus(w).plus(p)
		t.Logf("%s: %s; figures %s, words %s, paper %s", r.Unit, all, f, w, p)
		if all.percent() < enough {
			t.Errorf("%s opens with %s, want %d%%", r.Unit, all, enough)
		}
		if w.known > 0 {
			counted++
		}
		for _, row := range known.Rows {
			if counts(row) && row.Offer != nil {
				atOnce++
			}
		}
	}
	all := figures.plus(words).plus(papers)
	t.Logf("together: %s; figures %s, %d of them before any click, words %s, paper %s", all, figures, atOnce, words, papers)
	if all.percent() < enough || figures.percent() < enough {
		t.Errorf("together the reports open with %s, of their figures %s; want %d%%", all, figures, enough)
	}
	if counted != 26 {
		t.Errorf("%d units reported the half year before, want 26", counted)
	}
}

// counts reports whether a figure is typed and kept in no register.
func counts(r report.Row) bool {
	return r.Asked && r.Typed() && r.Task != 0 && (r.Task != 7 || r.Code == "T7.01")
}

// ofFigures opens every task and clicks once for the figures of the period before.
func ofFigures(c report.Content) share {
	var s share
	for _, task := range c.Tasks {
		taken, _ := c.Carry(task)
		for i, r := range task.Rows {
			if !counts(r) {
				continue
			}
			if r.Offer != nil || r.Previous != nil || r.LastYear != nil {
				s.count(taken.Rows[i].Offer != nil)
			}
		}
	}
	return s
}

// ofWords clicks once on every form for the words of the report before.
func ofWords(t *testing.T, reports *report.Service, now time.Time, c submission.Case, open report.Content) share {
	t.Helper()
	staff := actor.Actor{Memberships: []actor.Membership{{Unit: c.Unit, Role: actor.Staff}}}
	earlier, err := reports.Earlier(t.Context(), staff, now, c.Ref())
	if errors.Is(err, fault.NotFound) {
		return share{}
	}
	if err != nil {
		t.Fatal(err)
	}
	parts := []submission.Part{open.Overall, open.Next}
	for _, task := range open.Tasks {
		parts = append(parts, task.Part)
	}
	var s share
	for _, p := range parts {
		taken := earlier.Words(p)
		for field, text := range earlier.Version.Frozen.Part(p.Key) {
			if text != "" {
				s.count(taken[field] == text)
			}
		}
	}
	return s
}

// ofPaper is what the form of number, symbol and subject opens with.
func ofPaper(suggested submission.Content) share {
	var s share
	for _, field := range []string{"subject", "symbol"} {
		s.count(suggested[field] != "")
	}
	return s
}
