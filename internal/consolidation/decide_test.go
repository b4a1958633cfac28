package consolidation_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/consolidation"
	"danvan/internal/viet"
)

// table says who may do what in which state: all that is not listed is refused. It
// is the way of the domain, written down by hand a second time.
var table = map[consolidation.Action]struct {
	who    actor.Role // at the consolidating unit
	states string
}{
	consolidation.Begin:         {actor.Consolidator, "begin"},
	consolidation.Proceed:       {actor.Consolidator, "draft"},
	consolidation.Edit:          {actor.Consolidator, "draft"},
	consolidation.EditReference: {actor.Consolidator, "draft awaiting_signoff signed_off"},
	consolidation.Finalise:      {actor.Consolidator, "draft"},
	consolidation.TakeBack:      {actor.Consolidator, "awaiting_signoff"},
	consolidation.SendBack:      {actor.UnitLeader, "awaiting_signoff"},
	consolidation.SignOff:       {actor.UnitLeader, "awaiting_signoff"},
	consolidation.BackToDraft:   {actor.Consolidator, "signed_off"},
	consolidation.Issuing:       {actor.Consolidator, "signed_off"},
	consolidation.Replace:       {actor.Consolidator, "issued"},
	consolidation.Discard:       {actor.Consolidator, "draft"},
	consolidation.AttachSigned:  {actor.Consolidator, "draft awaiting_signoff signed_off issued"},
}

// caseIn is a case in a state with nothing in the way of any action but Proceed,
// which wants somebody to be missing.
func caseIn(s consolidation.State) consolidation.Case {
	c := consolidation.Case{ID: 9, Unit: snv, UnitShort: "Sở Nội vụ", State: s, StateByName: "Phạm Văn Tổng", StateAt: year,
		OpensOn: viet.NewDate(2022, 11, 15), Missing: []string{"stp"}, Proceeded: &consolidation.Proceeding{Units: []string{"stp"}}, Issue: &consolidation.IssueHead{No: 1}}
	if s == consolidation.NotBegun {
		c.ID = 0
	}
	return c
}

func TestEveryoneInEveryStateMayDoWhatTheTableSays(t *testing.T) {
	t.Parallel()
	if len(table) != len(consolidation.Actions) {
		t.Fatalf("the table knows %d actions of %d", len(table), len(consolidation.Actions))
	}
	asked := 0
	for _, action := range consolidation.Actions {
		for _, state := range consolidation.States {
			for _, role := range append([]actor.Role{""}, actor.Roles...) {
				for _, unit := range []actor.UnitID{snv, stp, district} {
					act := actor.Actor{Person: 7, Memberships: []actor.Membership{{Unit: unit, Role: role}}}
					name := string(state)
					if state == consolidation.NotBegun {
						name = "begin"
					}
					want := unit == snv && role == table[action].who && slices.Contains(strings.Fields(table[action].states), name)
					got := consolidation.Decide(act, action, caseIn(state), year)
					asked++
					if got.Allowed != want {
						t.Errorf("%s at %d may %s in %q: got %v, want %v", role, unit, action, state, got.Allowed, want)
					}
					if !got.Allowed && got.Reason == "" {
						t.Errorf("%s at %d is refused to %s in %q without a reason", role, unit, action, state)
					}
				}
			}
		}
	}
	t.Logf("%d decisions", asked)
}

func TestWhatElseAnActionWants(t *testing.T) {
	t.Parallel()
	tong := actor.Actor{Person: 1, Memberships: []actor.Membership{{Unit: snv, Role: actor.Consolidator}}}
	for name, tt := range map[string]struct {
		action consolidation.Action
		state  consolidation.State
		change func(c *consolidation.Case)
		says   string
	}{
		"the period has not opened": {consolidation.Begin, consolidation.NotBegun, func(c *consolidation.Case) { c.OpensOn = viet.NewDate(2022, 12, 2) }, "02/12/2022"},
		"nobody is missing":         {consolidation.Proceed, consolidation.Draft, func(c *consolidation.Case) { c.Missing = nil }, "không cần nêu lý do"},
		"nothing was issued":        {consolidation.Discard, consolidation.Draft, func(c *consolidation.Case) { c.Issue = nil }, "chưa phát hành"},
		"there is no issue to sign": {consolidation.AttachSigned, consolidation.Draft, func(c *consolidation.Case) { c.Issue = nil }, "sau khi phát hành"},
		"somebody is missing":       {consolidation.Finalise, consolidation.Draft, func(c *consolidation.Case) { c.Proceeded = nil }, "1 đơn vị"},
		"another one is missing":    {consolidation.Finalise, consolidation.Draft, func(c *consolidation.Case) { c.Missing = []string{"stp", "syt"} }, "1 đơn vị"},
		"the text has faults":       {consolidation.Finalise, consolidation.Draft, func(c *consolidation.Case) { c.Faults = 2 }, "2 chỗ"},
	} {
		c := caseIn(tt.state)
		if d := consolidation.Decide(tong, tt.action, c, year); !d.Allowed {
			t.Errorf("%s: refused before: %s", name, d.Reason)
		}
		tt.change(&c)
		d := consolidation.Decide(tong, tt.action, c, year)
		if d.Allowed || !strings.Contains(d.Reason, tt.says) {
			t.Errorf("%s: got %v %q, want a refusal that says %q", name, d.Allowed, d.Reason, tt.says)
		}
	}
}

func TestEveryStateHasAWordAndARefusalNamesWhoCan(t *testing.T) {
	t.Parallel()
	for _, s := range consolidation.States {
		if s.Word() == "" {
			t.Errorf("%q has no word", s)
		}
	}
	d := consolidation.Decide(actor.Actor{}, consolidation.Finalise, consolidation.Case{UnitShort: "Sở Nội vụ"}, year)
	if !strings.Contains(d.Reason, "Sở Nội vụ") || !strings.Contains(d.Remedy, "chưa có ai") {
		t.Errorf("the refusal says %s", fmt.Sprint(d.Reason, " ", d.Remedy))
	}
}

func TestARefusalBeforeTheBeginningTellsNoMoment(t *testing.T) {
	t.Parallel()
	c := consolidation.Case{Unit: snv, UnitShort: "Sở Nội vụ", State: consolidation.NotBegun, StateAt: time.Unix(0, 0)}
	writer := actor.Actor{Person: 7, Memberships: []actor.Membership{{Unit: snv, Role: actor.Consolidator}}}
	d := consolidation.Decide(writer, consolidation.Finalise, c, year)
	if d.Allowed || !strings.Contains(d.Reason, "chưa được bắt đầu") || !d.Since.IsZero() {
		t.Errorf("got %+v, want a refusal without a moment", d)
	}
}
