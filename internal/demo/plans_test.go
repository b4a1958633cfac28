package demo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"

	"danvan/internal/campaign"
	"danvan/internal/demo"
	"danvan/internal/demo/content"
	"danvan/internal/demo/demotest"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func tables(t *testing.T) content.Content {
	t.Helper()
	c, err := content.All()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func roster(t *testing.T, db *pgxpool.Pool) (campaign.Campaign, []campaign.Member) {
	t.Helper()
	year, err := campaign.ByYear(t.Context(), db, content.Year)
	if err != nil {
		t.Fatal(err)
	}
	units, err := campaign.RosterOn(t.Context(), db, year.ID, viet.DateOf(demo.Start))
	if err != nil {
		t.Fatal(err)
	}
	return year, units
}

func TestPlansStandWhereTheProductPageSays(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	year, units := roster(t, db)
	units = slices.DeleteFunc(units, func(m campaign.Member) bool { return m.ReportsTo != year.LeadID })
	if len(units) != 28 {
		t.Fatalf("%d units report to the province, want 28", len(units))
	}
	states := map[content.PlanState]submission.State{
		content.NotBegun: submission.Draft, content.Draft: submission.Draft, content.Awaiting: submission.AwaitingSignoff,
		content.Submitted: submission.Submitted, content.Returned: submission.Returned, content.Accepted: submission.Accepted,
	}
	want, open := map[string]submission.State{}, map[string]submission.State{}
	c := tables(t)
	for _, a := range c.Amendments {
		if a.State != content.Accepted {
			open[a.Unit] = states[a.State]
		}
	}
	for _, p := range c.Plans {
		want[p.Unit] = states[p.State]
		if p.State == content.Amending {
			want[p.Unit] = open[p.Unit]
		}
	}
	inForce, amending, notBegun := 0, map[submission.State]int{}, 0
	for _, u := range units {
		got, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(year.Year, u.Slug))
		if err != nil {
			t.Fatal(err)
		}
		if got.State != want[u.Slug] {
			t.Errorf("%s: got %s, want %s", u.Slug, got.State, want[u.Slug])
		}
		if got.InForce != nil {
			inForce++
		}
		if got.Amending() {
			amending[got.State]++
		}
		if got.NotBegun() {
			notBegun++
		}
	}
	if inForce != 22 || notBegun != 1 {
		t.Errorf("%d plans in force and %d not begun, want 22 and 1", inForce, notBegun)
	}
	for _, state := range []submission.State{submission.Draft, submission.AwaitingSignoff, submission.Submitted, submission.Returned} {
		if amending[state] != 1 {
			t.Errorf("%d amendments are %s, want 1", amending[state], state)
		}
	}
}

func TestEveryVersionWasSentAndDecidedWhenAndByWhomTheTablesSay(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	c := tables(t)
	rounds := map[string][]content.Round{}
	for _, r := range c.Rounds {
		rounds[r.Unit] = append(rounds[r.Unit], r)
	}
	for _, p := range c.Plans {
		sub, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, p.Unit))
		if err != nil {
			t.Fatal(err)
		}
		heads, err := submission.Heads(t.Context(), db, sub.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(heads) != len(rounds[p.Unit]) {
			t.Fatalf("%s has %d versions, want %d", p.Unit, len(heads), len(rounds[p.Unit]))
		}
		for i, h := range heads {
			want := rounds[p.Unit][i]
			if h.No != want.No || !h.SentAt.Equal(want.SentAt) || h.SentByName != want.SentBy ||
				string(h.Outcome) != want.Outcome || h.DecidedName != want.DecidedBy || h.Reason != want.Reason ||
				h.DecidedAt != nil && !h.DecidedAt.Equal(want.DecidedAt) {
				t.Errorf("%s: got %+v, want %+v", p.Unit, h, want)
			}
		}
	}
}

func TestTimelineOfSoTuPhapTellsItsYear(t *testing.T) {
	t.Parallel()
	db := demotest.New(t)
	staff := signIn(t, db, "stp.chuyenvien").Actor
	c, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, "stp"))
	if err != nil {
		t.Fatal(err)
	}
	events, err := submission.Timeline(t.Context(), db, staff, c)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range events {
		if e.Action != "sent" { // handing in has no moment in the tables
			got = append(got, e.At.In(viet.Location).Format("02/01 15:04 ")+e.Action+" "+e.Person)
		}
	}
	want := []string{
		"25/11 14:20 returned Huỳnh Thị Cẩm Tú",
		"21/11 16:05 signed_off Trần Quốc Khải",
		"14/11 09:30 amended Lê Thị Thanh Trúc",
		"30/03 10:12 accepted Huỳnh Thị Cẩm Tú",
		"28/03 08:50 signed_off Trần Quốc Khải",
		"23/03 15:34 returned Huỳnh Thị Cẩm Tú",
		"18/03 15:40 signed_off Trần Quốc Khải",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	if late := slices.ContainsFunc(events, func(e submission.Event) bool { return e.Version == 1 && e.Late }); late {
		t.Error("the first sending of 18/03 counts as late")
	}
}

func TestRemarksChangedWhatTheyAskedFor(t *testing.T) {
	t.Parallel()
	db := demotest.Read(t)
	c, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, "stp"))
	if err != nil {
		t.Fatal(err)
	}
	product := func(no int) string {
		v, err := submission.VersionByNo(t.Context(), db, c.ID, no)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range v.Frozen.Parts {
			if p.Content["code"] == "2.4" {
				return p.Content["product"]
			}
		}
		return ""
	}
	if was, is := product(1), product(2); was != "Kiểm tra thường xuyên" || is != "06 cuộc kiểm tra" {
		t.Errorf("2.4 went from %q to %q", was, is)
	}
	notes, err := submission.Notes(t.Context(), db, c, true)
	if err != nil {
		t.Fatal(err)
	}
	open := 0
	for _, n := range notes {
		if n.Open() {
			open++
		}
		if n.VersionNo == 1 && (n.Open() || n.Answer == "") {
			t.Errorf("remark %q of the first round is open or without an answer", n.Body)
		}
	}
	if len(notes) != 5 || open != 2 || c.Unanswered != 2 {
		t.Errorf("%d remarks, %d open, %d to be answered, want 5, 2 and 2", len(notes), open, c.Unanswered)
	}
}

func TestASendingNobodyOpenedYetCanBeRecalled(t *testing.T) {
	t.Parallel()
	db := demotest.New(t)
	for username, allowed := range map[string]bool{"bdt.chuyenvien": true, "sgddt.lanhdao": true, "snnptnt.lanhdao": false} {
		act := signIn(t, db, username).Actor
		slug, _, _ := strings.Cut(username, ".")
		c, err := submission.Load(t.Context(), db, demo.Start, plan.Ref(content.Year, slug))
		if err != nil {
			t.Fatal(err)
		}
		if d := submission.Decide(act, submission.Recall, c, demo.Start); d.Allowed != allowed {
			t.Errorf("%s: got %+v, want allowed: %t", username, d, allowed)
		}
	}
}
