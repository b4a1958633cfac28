package campaign_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// fixture is the year 2022 in a database of its own.
type fixture struct {
	database.DB
	campaign.Campaign
	consolidator actor.Actor
}

func at(text string) time.Time {
	t, err := time.ParseInLocation("02/01/2006 15:04:05", text, viet.Location)
	if err != nil {
		panic(err)
	}
	return t
}

func day(text string) viet.Date {
	d, err := viet.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// moment writes a time for comparison, "-" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.In(viet.Location).Format("02/01/2006 15:04")
}

var start = at("01/03/2022 08:00:00")

func load2022(t testing.TB) fixture {
	t.Helper()
	f := fixture{DB: dbtest.New(t)}
	if _, err := unit.Load(t.Context(), f.DB, actor.System, start, unit.Reference(), unit.ReferenceFrom, unit.ReferenceBasis); err != nil {
		t.Fatal(err)
	}
	var err error
	if f.Campaign, err = campaign.Load2022(t.Context(), f.DB, actor.System, start); err != nil {
		t.Fatal(err)
	}
	id, err := database.Value[actor.PersonID](t.Context(), f.DB, `
		insert into person (name, name_sort)
		values ('Nguyễn Thị Tổng Hợp', 'Hợp Nguyễn Thị Tổng')
		returning id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	f.consolidator = actor.Actor{Person: id, Name: "Nguyễn Thị Tổng Hợp",
		Memberships: []actor.Membership{{Unit: f.LeadID, Role: actor.Consolidator}}}
	return f
}

func (f fixture) period(t testing.TB, slug string) campaign.Period {
	t.Helper()
	p, err := campaign.PeriodBySlug(t.Context(), f.DB, 2022, slug)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (f fixture) member(t testing.TB, slug string) campaign.Member {
	t.Helper()
	m, err := campaign.RosterUnit(t.Context(), f.DB, f.Campaign.ID, slug)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// actions returns what the audit says of a subject, oldest first.
func (f fixture) actions(t testing.TB, subject string) []string {
	t.Helper()
	lines, err := audit.History(t.Context(), f.DB, subject, 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, l := range slices.Backward(lines) {
		out = append(out, l.Action)
	}
	return out
}

func message(err error, field string) string {
	bad, _ := errors.AsType[fault.Invalid](err)
	return bad[field]
}

func TestTheYear2022IsTheDirectives(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	c, err := campaign.ByYear(t.Context(), f.DB, 2022)
	if err != nil {
		t.Fatal(err)
	}
	want := campaign.Campaign{
		ID: c.ID, Year: 2022, LeadID: c.LeadID, LeadSlug: "snv", LeadName: "Sở Nội vụ", LeadShort: "Nội vụ",
		Directive:  "Kế hoạch số 32/KH-UBND ngày 28/02/2022 của Ủy ban nhân dân tỉnh Hậu Giang",
		ActiveFrom: day("01/01/2022"), ActiveTo: day("31/12/2022"),
	}
	if diff := cmp.Diff(want, c); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	tasks, err := campaign.Tasks(t.Context(), f.DB, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []int
	for _, task := range tasks {
		numbers = append(numbers, task.No)
	}
	if diff := cmp.Diff([]int{1, 2, 3, 4, 5, 6, 7, 0}, numbers); diff != "" {
		t.Errorf("order of tasks (-want +got):\n%s", diff)
	}
	if tasks[3].Short != "Tiếp dân, đối thoại, giải quyết kiến nghị của Nhân dân" || !strings.HasPrefix(tasks[3].Title, "Thực hiện có hiệu quả công tác tiếp dân") {
		t.Errorf("task 4 = %+v", tasks[3])
	}
	if got := f.actions(t, "holidays"); !slices.Equal(got, []string{"holidays_set"}) {
		t.Errorf("audit of the holidays = %v", got)
	}
}

func TestThePeriodsOf2022HaveTheirWindowsAndDeadlines(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	type row struct {
		Slug, Name, Opens, Data, Due, DueCommunes string
		Kind                                      campaign.Kind
	}
	periods, err := campaign.Periods(t.Context(), f.DB, f.Campaign.ID)
	if err != nil {
		t.Fatal(err)
	}
	var got []row
	for _, p := range periods {
		data := ""
		if p.Kind == campaign.Report {
			data = p.DataFrom.String() + "–" + p.DataTo.String()
		}
		if len(p.Due) != len(unit.Kinds) {
			t.Errorf("%s has deadlines for %d kinds of unit, want %d", p.Slug, len(p.Due), len(unit.Kinds))
		}
		if p.Cumulative != (p.Kind == campaign.Report) {
			t.Errorf("%s is cumulative: %v", p.Slug, p.Cumulative)
		}
		got = append(got, row{p.Slug, p.Name, p.OpensOn.String(), data,
			p.Due[unit.Department].In(viet.Location).Format("02/01/2006 15:04"),
			p.Due[unit.Commune].In(viet.Location).Format("02/01/2006 15:04"), p.Kind})
	}
	want := []row{
		{"ke-hoach", "Kế hoạch năm 2022", "28/02/2022", "", "01/04/2022 00:00", "01/04/2022 00:00", campaign.Plan},
		{"6-thang", "6 tháng đầu năm 2022", "01/06/2022", "15/12/2021–14/06/2022", "21/06/2022 00:00", "21/06/2022 00:00", campaign.Report},
		{"nam", "Năm 2022", "15/11/2022", "15/12/2021–30/11/2022", "05/12/2022 00:00", "03/12/2022 00:00", campaign.Report},
		{"tu-danh-gia", "Tự đánh giá năm 2022", "15/11/2022", "", "05/12/2022 00:00", "05/12/2022 00:00", campaign.Evaluation},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	plan, err := campaign.PlanPeriod(t.Context(), f.DB, 2022)
	if err != nil || plan.Slug != "ke-hoach" {
		t.Errorf("plan period = %q, %v", plan.Slug, err)
	}
	if _, err := campaign.PeriodBySlug(t.Context(), f.DB, 2022, "quy-1"); !errors.Is(err, fault.NotFound) {
		t.Errorf("unknown period: err = %v, want not found", err)
	}
	if _, err := campaign.ByYear(t.Context(), f.DB, 2021); !errors.Is(err, fault.NotFound) {
		t.Errorf("unknown year: err = %v, want not found", err)
	}
}

func TestTheCurrentCampaignIsTheLastThatHasBegun(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	next := campaign.New{
		Year: 2023, Lead: "snv", Directive: "Kế hoạch năm 2023", From: day("01/01/2023"), To: day("31/12/2023"),
		Tasks: []campaign.Task{{No: 1, Short: "Một", Title: "Một"}}, Roster: []campaign.Seat{{Unit: "snv", ReportsTo: "snv"}},
	}
	if _, err := campaign.Create(t.Context(), f.DB, actor.System, start, next); err != nil {
		t.Fatal(err)
	}
	for moment, want := range map[string]int{
		"01/07/2021 00:00:00": 2022, // nothing has begun: the first to come
		"31/12/2022 23:59:59": 2022,
		"01/01/2023 00:00:00": 2023,
		"01/07/2024 00:00:00": 2023,
	} {
		c, err := campaign.Current(t.Context(), f.DB, at(moment))
		if err != nil || c.Year != want {
			t.Errorf("at %s: %d, %v, want %d", moment, c.Year, err, want)
		}
	}
	if list, err := campaign.All(t.Context(), f.DB); err != nil || len(list) != 2 || list[0].Year != 2023 {
		t.Errorf("all = %+v, %v", list, err)
	}
	if _, err := campaign.Current(t.Context(), dbtest.Tx(t), start); !errors.Is(err, fault.NotFound) {
		t.Errorf("without campaigns: err = %v, want not found", err)
	}
}

func TestACampaignThatDoesNotHoldTogetherIsNotMade(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	due := func(text string) map[unit.Kind]viet.Date {
		out := map[unit.Kind]viet.Date{}
		for _, kind := range unit.Kinds {
			out[kind] = day(text)
		}
		return out
	}
	report := func(slug, from, to string) campaign.NewPeriod {
		return campaign.NewPeriod{Kind: campaign.Report, Slug: slug, Name: slug, OpensOn: day("01/12/2023"),
			DataFrom: day(from), DataTo: day(to), DueBefore: due("05/12/2023")}
	}
	base := func() campaign.New {
		return campaign.New{
			Year: 2023, Lead: "snv", Directive: "Kế hoạch năm 2023", From: day("01/01/2023"), To: day("31/12/2023"),
			Tasks:  []campaign.Task{{No: 1, Short: "Một", Title: "Một"}},
			Roster: []campaign.Seat{{Unit: "snv", ReportsTo: "snv"}, {Unit: "stp", ReportsTo: "snv"}},
		}
	}
	tests := map[string]struct {
		edit  func(*campaign.New)
		field string
		word  string
	}{
		"a year that exists":         {func(n *campaign.New) { n.Year = 2022 }, "year", "Đã có"},
		"no directive":               {func(n *campaign.New) { n.Directive = " " }, "directive", "kế hoạch"},
		"ends before it begins":      {func(n *campaign.New) { n.To = day("31/12/2022") }, "from", "trước"},
		"lead not on the roster":     {func(n *campaign.New) { n.Lead = "stc" }, "lead", "danh sách"},
		"receiver not on the roster": {func(n *campaign.New) { n.Roster[1].ReportsTo = "stc" }, "roster", "stc"},
		"a unit twice":               {func(n *campaign.New) { n.Roster = append(n.Roster, n.Roster[1]) }, "roster", "hai lần"},
		"an unknown unit": {func(n *campaign.New) {
			n.Roster = append(n.Roster, campaign.Seat{Unit: "khong-co", ReportsTo: "snv"})
		}, "roster", "không tồn tại"},
		"no tasks": {func(n *campaign.New) { n.Tasks = nil }, "tasks", "nhiệm vụ"},
		"overlapping windows": {func(n *campaign.New) {
			n.Periods = []campaign.NewPeriod{report("a", "15/12/2022", "14/06/2023"), report("b", "01/06/2023", "30/11/2023")}
		}, "periods", "chồng lên nhau"},
		"a report without data": {func(n *campaign.New) {
			p := report("a", "15/12/2022", "14/06/2023")
			p.DataFrom, p.DataTo = viet.Date{}, viet.Date{}
			n.Periods = []campaign.NewPeriod{p}
		}, "periods", "lấy số liệu"},
		"a kind of unit without deadline": {func(n *campaign.New) {
			p := report("a", "15/12/2022", "14/06/2023")
			delete(p.DueBefore, unit.Commune)
			n.Periods = []campaign.NewPeriod{p}
		}, "periods", "UBND xã"},
	}
	for name, tt := range tests {
		n := base()
		tt.edit(&n)
		_, err := campaign.Create(t.Context(), f.DB, actor.System, start, n)
		if got := message(err, tt.field); !strings.Contains(got, tt.word) {
			t.Errorf("%s: err = %v: %q, want %q in %s", name, err, got, tt.word, tt.field)
		}
	}
	fits := base()
	fits.Periods = []campaign.NewPeriod{report("a", "15/12/2022", "14/06/2023"), report("b", "15/12/2022", "30/11/2023")}
	if _, err := campaign.Create(t.Context(), f.DB, f.consolidator, start, fits); !errors.Is(err, fault.Forbidden) {
		t.Errorf("by the consolidator: err = %v, want forbidden", err)
	}
	if _, err := campaign.Create(t.Context(), f.DB, actor.System, start, fits); err != nil {
		t.Errorf("nested windows: %v", err)
	}
}

func TestWorkingDaysKnowTheHolidaysOf2022(t *testing.T) {
	t.Parallel()
	f := load2022(t)
	calendar, err := campaign.Calendar(t.Context(), f.DB)
	if err != nil {
		t.Fatal(err)
	}
	for d, want := range map[string]bool{"11/04/2022": false, "12/04/2022": true, "02/09/2022": false, "05/09/2022": true} {
		if got := calendar.IsWorkingDay(day(d)); got != want {
			t.Errorf("%s is a working day: %v, want %v", d, got, want)
		}
	}
	days, err := campaign.Holidays(t.Context(), f.DB)
	if err != nil || len(days) != 15 || days[0].Name != "Tết Dương lịch" {
		t.Errorf("%d holidays, %v", len(days), err)
	}
	for _, role := range actor.Roles {
		act := actor.Actor{Person: f.consolidator.Person, Memberships: []actor.Membership{{Unit: f.LeadID, Role: role}}}
		err := campaign.SetHolidays(t.Context(), f.DB, act, start, []campaign.Holiday{{Day: day("02/09/2022"), Name: "Quốc khánh", Kind: "statutory"}})
		if allowed := role == actor.Admin; allowed != (err == nil) || !allowed && !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s: err = %v", role, err)
		}
	}
}
