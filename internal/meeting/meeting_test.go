package meeting_test

import (
	"errors"
	"math/big"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/demo"
	"danvan/internal/demo/demotest"
	"danvan/internal/fault"
	"danvan/internal/meeting"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/submission"
)

// as is somebody who holds roles.
func as(roles ...actor.Membership) actor.Actor {
	return actor.Actor{Person: 1, Name: "Người dự họp", From: "192.0.2.1", Memberships: roles}
}

func unitOf(t *testing.T, db database.DB, slug string) actor.UnitID {
	t.Helper()
	id, err := database.Value[int64](t.Context(), db, `select id from unit where slug = @slug`, database.Args{"slug": slug})
	if err != nil {
		t.Fatal(err)
	}
	return actor.UnitID(id)
}

func gather(t *testing.T, db database.DB, act actor.Actor, period, unit string) (meeting.Pack, error) {
	t.Helper()
	return meeting.Gather(t.Context(), db, &overview.Memory{}, act, demo.Start, 2022, period, unit)
}

func TestThePackSaysWhatTheReportsInForceSay(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	p, err := gather(t, db, as(actor.Membership{Unit: unitOf(t, db, "snv"), Role: actor.Consolidator}), "nam", "snv")
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Difficulties) < 20 || len(p.Proposals) == 0 || len(p.Overdue) == 0 || p.OverdueTotal != len(p.Overdue) {
		t.Fatalf("%d difficulties, %d proposals, %d of %d overdue", len(p.Difficulties), len(p.Proposals), len(p.Overdue), p.OverdueTotal)
	}
	last := 0
	for _, d := range p.Difficulties {
		if no := d.Task; no == 0 {
			last = 99
		} else if no < last {
			t.Fatalf("task %d after %d", no, last)
		} else {
			last = no
		}
		c, err := submission.Load(t.Context(), db, demo.Start, report.Ref(2022, "nam", d.Unit))
		if err != nil {
			t.Fatal(err)
		}
		v, err := submission.VersionByNo(t.Context(), db, c.ID, c.InForce.No)
		if err != nil || v.No != d.No || v.Frozen.Part(report.TaskKey(d.Task))["shortcoming"] != d.Shortcoming {
			t.Errorf("%s, task %d: %q is not what sending %d says, %v", d.Unit, d.Task, d.Shortcoming, d.No, err)
		}
	}
	for i, a := range p.Overdue {
		if i > 0 && a.Due.Before(p.Overdue[i-1].Due) {
			t.Errorf("%s is overdue longer than the one above", a.Code)
		}
	}
	for _, x := range p.Proposals {
		if _, here := p.Reports.Row(x.Unit); !here || x.Period != "nam" || x.LeftAt != nil {
			t.Errorf("proposal %+v", x.Ref())
		}
	}
}

func TestNotableFiguresMovedByAFifthOrMore(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	p, err := gather(t, db, as(actor.Membership{Unit: unitOf(t, db, "ubnd-tinh"), Role: actor.Leadership}), "nam", "snv")
	if err != nil {
		t.Fatal(err)
	}
	lines := p.Notable()
	if len(lines) == 0 || len(lines) > meeting.MostNotable {
		t.Fatalf("%d figures", len(lines))
	}
	var before *big.Rat
	for _, l := range lines {
		by := l.LastYear.Points()
		if l.Typed() {
			by, _ = l.LastYear.Change()
		}
		by = new(big.Rat).Abs(by)
		if by.Cmp(big.NewRat(20, 1)) < 0 || before != nil && by.Cmp(before) > 0 {
			t.Errorf("%s moved by %s, the one above by %v", l.Code, by.FloatString(1), before)
		}
		before = by
	}
}

func TestOnlyWhoSitsAtTheTableGetsThePack(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	snv, stp, viThuy := unitOf(t, db, "snv"), unitOf(t, db, "stp"), unitOf(t, db, "h-vi-thuy")
	for _, c := range []struct {
		who    actor.Membership
		period string
		unit   string
		want   error
	}{
		{actor.Membership{Unit: snv, Role: actor.Reviewer}, "nam", "snv", nil},
		{actor.Membership{Unit: snv, Role: actor.Reviewer}, "6-thang", "snv", nil},
		{actor.Membership{Unit: viThuy, Role: actor.Reviewer}, "nam", "h-vi-thuy", nil},
		{actor.Membership{Unit: snv, Role: actor.UnitLeader}, "nam", "snv", nil},
		{actor.Membership{Unit: viThuy, Role: actor.Reviewer}, "nam", "snv", fault.NotFound},
		{actor.Membership{Unit: stp, Role: actor.UnitLeader}, "nam", "snv", fault.NotFound},
		{actor.Membership{Unit: snv, Role: actor.Admin}, "nam", "snv", fault.NotFound},
		{actor.Membership{Unit: snv, Role: actor.Reviewer}, "nam", "stp", fault.NotFound},
		{actor.Membership{Unit: snv, Role: actor.Reviewer}, "ke-hoach", "snv", fault.NotFound},
	} {
		if _, err := gather(t, db, as(c.who), c.period, c.unit); !errors.Is(err, c.want) {
			t.Errorf("%s of %d for %s/%s: got %v, want %v", c.who.Role, c.who.Unit, c.period, c.unit, err, c.want)
		}
	}
}
