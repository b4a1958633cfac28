package indicator_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/unit"
)

// year is the campaign of 2022 in a transaction of its own.
type year struct {
	db database.DB
	campaign.Campaign
	id           int64
	consolidator actor.Actor
}

func newYear(t testing.TB) year {
	t.Helper()
	y := year{db: dbtest.Tx(t)}
	if _, err := unit.Load(t.Context(), y.db, actor.System, now, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis); err != nil {
		t.Fatal(err)
	}
	if err := indicator.Load(t.Context(), y.db, actor.System, now); err != nil {
		t.Fatal(err)
	}
	var err error
	if y.Campaign, err = campaign.Load2022(t.Context(), y.db, actor.System, now); err != nil {
		t.Fatal(err)
	}
	y.id = int64(y.Campaign.ID)
	y.consolidator = actor.Actor{Person: 7, Name: "Nguyễn Thị Tổng Hợp", Memberships: []actor.Membership{{Unit: y.LeadID, Role: actor.Consolidator}}}
	return y
}

// asked lists the codes that a unit of the roster fills in or sees worked out.
func (y year) asked(t testing.TB, slug string) []string {
	t.Helper()
	m, err := campaign.RosterUnit(t.Context(), y.db, y.Campaign.ID, slug)
	if err != nil {
		t.Fatal(err)
	}
	list, err := indicator.For(t.Context(), y.db, y.id, m.ID, m.Kind)
	if err != nil {
		t.Fatal(err)
	}
	return codes(list, func(i indicator.Indicator) string { return i.Code })
}

func codes[T any](list []T, code func(T) string) (all []string) {
	for _, one := range list {
		all = append(all, code(one))
	}
	return all
}

func (y year) inUse(t testing.TB) []string {
	t.Helper()
	list, err := indicator.InUse(t.Context(), y.db, y.id)
	if err != nil {
		t.Fatal(err)
	}
	return codes(list, func(u indicator.Use) string { return u.Code })
}

func (y year) mustExec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := y.db.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// accept puts a figure of a unit in force for the six months.
func (y year) accept(t testing.TB, slug, code string) {
	t.Helper()
	y.mustExec(t, `insert into submission (period_id, unit_id, state, state_at)
		select p.id, u.id, 'draft', $2 from period p, unit u where p.slug = '6-thang' and u.slug = $1`, slug, now)
	y.mustExec(t, `insert into person (name, name_sort) values ('Lê Thị Trúc', 'truc')`)
	y.mustExec(t, `insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
		select s.id, 1, '{}', sha256('{}'), max(p.id), 'Lê Thị Trúc', 'unit_leader', $1, $1 from submission s, person p group by s.id`, now)
	y.mustExec(t, `insert into figure_fact (period_id, unit_id, indicator_id, version_id, mark, own)
		select s.period_id, s.unit_id, i.id, v.id, 'number', 5 from version v join submission s on s.id = v.submission_id, indicator i where i.code = $1`, code)
}

func TestNewCampaignAsksForTheCoreInOrder(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	var want []string
	tasks := map[int][]string{}
	for _, i := range reference(t).Indicators {
		if i.Core {
			tasks[i.Task] = append(tasks[i.Task], i.Code)
		}
	}
	for _, task := range []int{1, 2, 3, 4, 5, 6, 7, 0} {
		want = append(want, tasks[task]...)
	}
	if got := y.inUse(t); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
}

func TestCampaignsOlderThanTheIndicatorsAskForTheCore(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	want := y.inUse(t)
	y.mustExec(t, `delete from indicator_use`)
	y.mustExec(t, `delete from indicator`)
	for range 2 {
		if err := indicator.Load(t.Context(), y.db, actor.System, now); err != nil {
			t.Fatal(err)
		}
	}
	if got := y.inUse(t); !slices.Equal(got, want) {
		t.Errorf("got %v\nwant %v", got, want)
	}
	// What was switched off since stays off.
	if err := indicator.SwitchOff(t.Context(), y.db, y.consolidator, now, y.id, "T1.03"); err != nil {
		t.Fatal(err)
	}
	y.mustExec(t, `update indicator set name = 'Tên cũ' where code = 'T1.03'`)
	if err := indicator.Load(t.Context(), y.db, actor.System, now); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(y.inUse(t), "T1.03") {
		t.Error("loading a changed definition switched it on again")
	}
	name, err := database.Value[string](t.Context(), y.db, `select name from indicator where code = 'T1.03'`, nil)
	if err != nil || strings.Contains(name, "Tên cũ") {
		t.Errorf("the definition is still called %q, %v", name, err)
	}
}

func TestKindOfUnitDecidesWhatIsAsked(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	department, district := y.asked(t, "stp"), y.asked(t, "h-vi-thuy")
	if slices.Contains(department, "T3.07") || !slices.Contains(district, "T3.07") {
		t.Error("T3.07 is for districts alone")
	}
	if !slices.Contains(department, "T2.07") || slices.Contains(department, "T4.07") {
		t.Error("of the ratios, T2.07 is in the core and T4.07 is not")
	}
	if len(district) != len(y.inUse(t)) {
		t.Errorf("a district is asked for %d, want all %d", len(district), len(y.inUse(t)))
	}
}

func TestUnitMayBeAskedAgainstItsKind(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	set := func(code, slug string, applies bool) {
		t.Helper()
		if err := indicator.SetApplies(t.Context(), y.db, y.consolidator, now, y.id, code, slug, applies); err != nil {
			t.Fatal(err)
		}
	}
	before := y.asked(t, "stp")
	set("T3.07", "stp", true)
	set("T2.04", "stp", false)
	got := y.asked(t, "stp")
	if !slices.Contains(got, "T3.07") || slices.Contains(got, "T2.04") {
		t.Errorf("got %v", got)
	}
	if slices.Contains(got, "T2.07") {
		t.Error("T2.07 is worked out without its denominator")
	}
	if other := y.asked(t, "sct"); !slices.Equal(other, before) {
		t.Errorf("another department is asked for %v, want %v", other, before)
	}
	set("T3.07", "stp", false)
	set("T2.04", "stp", true)
	set("T2.04", "stp", true)
	if got := y.asked(t, "stp"); !slices.Equal(got, before) {
		t.Errorf("taken back: got %v, want %v", got, before)
	}
	left, err := database.Value[int](t.Context(), y.db, `select count(*) from indicator_unit`, nil)
	if err != nil || left != 0 {
		t.Errorf("%d exceptions are left that say what the kind says, %v", left, err)
	}
	history, err := audit.History(t.Context(), y.db, fmt.Sprintf("campaign/%d", y.id), 20, "indicator_applies_set")
	if err != nil || len(history) != 4 || history[0].Authority != "consolidator" {
		t.Errorf("got %d entries in the audit, %v; want 4", len(history), err)
	}
}

func TestSwitchingOnAndOff(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	on := func(code string, kinds ...unit.Kind) error {
		return indicator.SwitchOn(t.Context(), y.db, y.consolidator, now, y.id, code, kinds...)
	}
	off := func(code string) error {
		return indicator.SwitchOff(t.Context(), y.db, y.consolidator, now, y.id, code)
	}
	refused(t, on("T4.07"), "T4.06") // its parts first
	must(t, on("T4.06"), on("T4.05"), on("T4.07"), on("T4.07"))
	if !slices.Contains(y.asked(t, "stp"), "T4.07") {
		t.Error("T4.07 was switched on and is not asked for")
	}
	refused(t, off("T4.05"), "T4.07") // while the ratio needs it
	must(t, off("T4.07"), off("T4.05"), off("T4.05"))
	must(t, on("T4.05", unit.District))
	if slices.Contains(y.asked(t, "stp"), "T4.05") || !slices.Contains(y.asked(t, "h-vi-thuy"), "T4.05") {
		t.Error("T4.05 was switched on for districts alone")
	}
	if err := on("T4.05", unit.CoordinatingBody); !errors.As(err, new(fault.Invalid)) {
		t.Errorf("coordinating bodies are asked: %v", err)
	}
	if err := on("T9.99"); !errors.Is(err, fault.NotFound) {
		t.Errorf("what is not defined is switched on: %v", err)
	}
	history, err := audit.History(t.Context(), y.db, fmt.Sprintf("campaign/%d", y.id), 20, "indicator_switched_on", "indicator_switched_off")
	if err != nil || len(history) != 6 {
		t.Errorf("got %d entries in the audit, %v; want 6: what changes nothing is not written", len(history), err)
	}
}

func TestNothingIsSwitchedOffOnceFiguresAreInForce(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	y.accept(t, "stp", "T1.03")
	refused(t, indicator.SwitchOff(t.Context(), y.db, y.consolidator, now, y.id, "T1.03"), "T1.03")
	refused(t, indicator.SwitchOn(t.Context(), y.db, y.consolidator, now, y.id, "T1.03", unit.District), "T1.03")
	refused(t, indicator.SetApplies(t.Context(), y.db, y.consolidator, now, y.id, "T1.03", "stp", false), "T1.03")
	must(t,
		indicator.SwitchOn(t.Context(), y.db, y.consolidator, now, y.id, "T1.03", unit.Department), // no district has one
		indicator.SetApplies(t.Context(), y.db, y.consolidator, now, y.id, "T1.03", "sct", false),
		indicator.SwitchOff(t.Context(), y.db, y.consolidator, now, y.id, "T1.04"))
}

func TestOnlyAdministratorsAndConsolidatorsOfTheLeadUnitSwitch(t *testing.T) {
	t.Parallel()
	y := newYear(t)
	other, err := unit.BySlug(t.Context(), y.db, "stp", y.ActiveFrom)
	if err != nil {
		t.Fatal(err)
	}
	in := func(u actor.UnitID, role actor.Role) actor.Actor {
		return actor.Actor{Person: 9, Name: "Ai đó", Memberships: []actor.Membership{{Unit: u, Role: role}}}
	}
	for _, role := range actor.Roles {
		for _, u := range []actor.UnitID{y.LeadID, other.ID} {
			allowed := role == actor.Admin || role == actor.Consolidator && u == y.LeadID
			act := in(u, role)
			for what, err := range map[string]error{
				"switch on":  indicator.SwitchOn(t.Context(), y.db, act, now, y.id, "T1.06"),
				"switch off": indicator.SwitchOff(t.Context(), y.db, act, now, y.id, "T1.06"),
				"set":        indicator.SetApplies(t.Context(), y.db, act, now, y.id, "T1.03", "stp", true),
			} {
				if refusal := new(fault.Refusal); errors.As(err, refusal) == allowed || !allowed && refusal.Remedy == "" {
					t.Errorf("%s of unit %d, %s: %v", role, u, what, err)
				}
			}
		}
	}
}

func refused(t testing.TB, err error, word string) {
	t.Helper()
	refusal := new(fault.Refusal)
	if !errors.As(err, refusal) || !strings.Contains(refusal.Reason, word) || refusal.Remedy == "" {
		t.Errorf("got %v, want a refusal that names %s and the way out", err, word)
	}
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}
