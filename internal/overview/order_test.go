package overview_test

import (
	"slices"
	"testing"

	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

func TestActivitiesAreSortedAsAsked(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	act := p.leadership()
	gravest := []progress.Status{progress.Overdue, progress.DueSoon, progress.NotStarted, progress.InProgress, progress.DoneLate, progress.Done, progress.Cancelled}
	compare := map[overview.ActivityOrder]func(a, b overview.Activity) int{
		overview.ByDue:   func(a, b overview.Activity) int { return a.Due.Compare(b.Due) },
		overview.ByTitle: func(a, b overview.Activity) int { return viet.Compare(a.Title, b.Title) },
		overview.ByStatus: func(a, b overview.Activity) int {
			return slices.Index(gravest, a.Status) - slices.Index(gravest, b.Status)
		},
	}
	for order, cmp := range compare {
		up := p.activities(t, act, "", overview.ActivityFilter{Order: order, Statuses: progress.Statuses}).Rows
		if !slices.IsSortedFunc(up, cmp) {
			t.Errorf("%s: not sorted", order)
		}
		down := p.activities(t, act, "", overview.ActivityFilter{Order: order, Down: true, Statuses: progress.Statuses}).Rows
		if !slices.IsSortedFunc(down, func(a, b overview.Activity) int { return cmp(b, a) }) {
			t.Errorf("%s: not sorted the other way round", order)
		}
		if len(up) != len(down) || len(up) == 0 || cmp(up[0], down[0]) == 0 {
			t.Errorf("%s: %d rows up, %d down, both begin alike", order, len(up), len(down))
		}
	}
	down := p.activities(t, act, "", overview.ActivityFilter{Down: true}).Rows
	if down[0].Unit == "snv" || down[len(down)-1].Unit != "snv" {
		t.Errorf("the roster from its end goes from %s to %s", down[0].Unit, down[len(down)-1].Unit)
	}
}

func TestActivitiesOfOneKindOfUnitAreThoseOfItsRows(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	act := p.leadership()
	b := p.board(t, act, "")
	for _, kind := range []unit.Kind{unit.Department, unit.District} {
		want := 0
		for _, r := range b.Rows {
			if r.Kind == kind {
				want += r.Sum.Total() + r.Common.Total()
			}
		}
		if got := p.activities(t, act, "", overview.ActivityFilter{Kind: kind}).Total; got != want {
			t.Errorf("%s: %d activities, its rows count %d", kind, got, want)
		}
	}
}

func TestTheBoardKnowsWhenItsPlansOpened(t *testing.T) {
	t.Parallel()
	p := newProvince(t)
	if got := p.board(t, p.leadership(), "").OpensOn; got != viet.NewDate(2022, 2, 28) {
		t.Errorf("plans opened on %s", got)
	}
}
