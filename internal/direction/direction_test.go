package direction_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/campaign"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/direction"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

const year = 2022

var now = time.Date(2022, time.November, 28, 9, 30, 0, 0, viet.Location)

// world is a database with the real units and campaign.
type world struct {
	db    database.DB
	units map[string]actor.UnitID
	keys  int
}

func seed(t testing.TB) *world {
	t.Helper()
	w := &world{db: dbtest.New(t), units: map[string]actor.UnitID{}}
	ctx := t.Context()
	_, err := unit.Load(ctx, w.db, actor.System, now, unit.Reference(), viet.NewDate(2020, 1, 1), "danh mục đơn vị")
	must(t, err)
	_, err = campaign.Load2022(ctx, w.db, actor.System, now)
	must(t, err)
	must(t, submission.Ensure(ctx, w.db, now))
	all, err := unit.List(ctx, w.db, unit.Filter{On: viet.DateOf(now)})
	must(t, err)
	for _, u := range all {
		w.units[u.Slug] = u.ID
	}
	return w
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// person makes somebody with one role.
func (w *world) person(t testing.TB, name, in string, role actor.Role) actor.Actor {
	t.Helper()
	id, err := database.Value[int64](t.Context(), w.db, `insert into person (name, name_sort) values (@name, @name) returning id`, database.Args{"name": name})
	must(t, err)
	_, err = database.Exec(t.Context(), w.db, `insert into membership (person_id, unit_id, role, valid) values (@id, @unit, @role, '[2022-01-01,)')`,
		database.Args{"id": id, "unit": w.units[in], "role": role})
	must(t, err)
	return actor.Actor{Person: actor.PersonID(id), Name: name, Memberships: []actor.Membership{{Unit: w.units[in], Role: role}}}
}

func (w *world) once() post.Once {
	w.keys++
	return post.Once{Key: fmt.Sprintf("key-of-a-form-%06d", w.keys), Body: []byte{byte(w.keys)}}
}

func (w *world) gives(t testing.TB, act actor.Actor, g direction.Giving) int {
	t.Helper()
	no, err := direction.GiveIt(t.Context(), w.db, act, now, w.once(), year, g)
	must(t, err)
	return no
}

func (w *world) get(t testing.TB, act actor.Actor, no int) direction.Page {
	t.Helper()
	p, err := direction.Show(t.Context(), w.db, act, now, year, no)
	must(t, err)
	return p
}

func (w *world) told(t testing.TB, who actor.Actor) int {
	t.Helper()
	n, err := database.Value[int](t.Context(), w.db, `select count(*) from notice where person_id = @id and subject like 'direction/2022/%'`, database.Args{"id": who.Person})
	must(t, err)
	return n
}

// faults are the fields that err complains about, sorted.
func faults(t testing.TB, err error) string {
	t.Helper()
	bad, ok := errors.AsType[fault.Invalid](err)
	if !ok {
		t.Fatalf("got %v, want what is to be mended", err)
	}
	var names []string
	for name := range bad {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

func TestADirectionGoesItsWay(t *testing.T) {
	t.Parallel()
	w := seed(t)
	chair, staff := w.person(t, "Chủ tịch", "ubnd-tinh", actor.Leadership), w.person(t, "Chuyên viên", "stp", actor.Staff)
	party, keeper := w.person(t, "Ban Dân vận", "bdvtu", actor.Leadership), w.person(t, "Tổng hợp", "snv", actor.Consolidator)
	today := viet.DateOf(now)
	no := w.gives(t, chair, direction.Giving{Unit: "stp", Topic: direction.Topic{Subject: direction.OfTask, Task: 4}, Body: "Khẩn trương tổ chức đối thoại quý IV.", DueOn: today.AddDays(5)})
	if second := w.gives(t, party, direction.Giving{Unit: "stp", Body: "Đề nghị phối hợp nắm tình hình."}); no != 1 || second != 2 {
		t.Fatalf("numbers %d and %d", no, second)
	}
	p := w.get(t, staff, 1)
	if p.Kind != direction.Directive || p.Title() != "Ý kiến chỉ đạo số 1" || !strings.HasPrefix(p.About(), "nhiệm vụ 4. ") || p.State(today) != direction.Waiting {
		t.Errorf("given: %+v", p.Case)
	}
	if k := w.get(t, staff, 2); k.Kind != direction.Coordination || k.About() != "công tác chung của Sở Tư pháp" {
		t.Errorf("of the Party's body: %+v", k.Case)
	}
	if p.State(today.AddDays(5)) != direction.Waiting || p.State(today.AddDays(6)) != direction.Overdue {
		t.Error("the last day of a direction is not its last day")
	}
	answer := func(read int, text string) error {
		return direction.AnswerIt(t.Context(), w.db, staff, now, w.once(), year, 1, read, text)
	}
	if got := faults(t, answer(1, "Vâng")); got != "answer" {
		t.Errorf("too short an answer: %q", got)
	}
	if got := faults(t, answer(7, "Đã tổ chức đối thoại")); got != "" {
		t.Errorf("a stale form: %q", got)
	}
	if err := direction.CloseIt(t.Context(), w.db, keeper, now, w.once(), year, 1, 1, "Đạt yêu cầu"); !errors.Is(err, fault.Forbidden) {
		t.Errorf("the consolidator closes what was not answered: %v", err)
	}
	if got := faults(t, direction.CloseIt(t.Context(), w.db, chair, now, w.once(), year, 1, 1, "Thôi")); got != "closing" {
		t.Errorf("closed unanswered with too little said: %q", got)
	}
	must(t, answer(1, "Đã tổ chức đối thoại ngày 25/11/2022."))
	must(t, answer(2, "Đã tổ chức đối thoại ngày 26/11/2022."))
	p = w.get(t, chair, 1)
	if p.State(today) != direction.Answered || p.Events[0].Before.Answer != "Đã tổ chức đối thoại ngày 25/11/2022." {
		t.Errorf("answered: %+v", p)
	}
	must(t, direction.CloseIt(t.Context(), w.db, keeper, now, w.once(), year, 1, 3, ""))
	p = w.get(t, staff, 1)
	if p.State(today) != direction.Closed || p.ClosedName != "Tổng hợp" || len(p.Events) != 4 {
		t.Errorf("closed: %+v", p)
	}
	if err := answer(4, "Bổ sung thêm nội dung trả lời"); !errors.Is(err, fault.Forbidden) {
		t.Errorf("answered after it was closed: %v", err)
	}
	for who, want := range map[*actor.Actor]int{&staff: 3, &keeper: 4, &chair: 2, &party: 0} {
		if got := w.told(t, *who); got != want {
			t.Errorf("%s was told %d times, want %d", who.Name, got, want)
		}
	}
}

func TestWhatADirectionNeeds(t *testing.T) {
	t.Parallel()
	w := seed(t)
	chair := w.person(t, "Chủ tịch", "ubnd-tinh", actor.Leadership)
	const body = "Khẩn trương tổ chức đối thoại quý IV."
	for name, test := range map[string]struct {
		g    direction.Giving
		want string
	}{
		"nothing":                  {direction.Giving{}, "body unit"},
		"a unit off the roster":    {direction.Giving{Unit: "mttq", Body: body}, "unit"},
		"too little":               {direction.Giving{Unit: "stp", Body: "Làm đi"}, "body"},
		"too much":                 {direction.Giving{Unit: "stp", Body: strings.Repeat("Khẩn trương ", 500)}, "body"},
		"yesterday":                {direction.Giving{Unit: "stp", Body: body, DueOn: viet.DateOf(now).AddDays(-1)}, "due_on"},
		"no such task":             {direction.Giving{Unit: "stp", Body: body, Topic: direction.Topic{Subject: direction.OfTask, Task: 88}}, "about"},
		"an activity not in force": {direction.Giving{Unit: "stp", Body: body, Topic: direction.Topic{Subject: direction.OfActivity, Code: "1.1"}}, "about"},
		"a period yet to open":     {direction.Giving{Unit: "stp", Body: body, Topic: direction.Topic{Subject: direction.OfReport, Period: "quy-iv"}}, "about"},
	} {
		_, err := direction.GiveIt(t.Context(), w.db, chair, now, w.once(), year, test.g)
		if got := faults(t, err); got != test.want {
			t.Errorf("%s: complains about %q, want %q", name, got, test.want)
		}
	}
	staff := w.person(t, "Chuyên viên", "stp", actor.Staff)
	if _, err := direction.GiveIt(t.Context(), w.db, staff, now, w.once(), year, direction.Giving{Unit: "stp", Body: body}); !errors.Is(err, fault.Forbidden) {
		t.Errorf("staff gives: %v", err)
	}
	once := w.once()
	for range 2 {
		no, err := direction.GiveIt(t.Context(), w.db, chair, now, once, year, direction.Giving{Unit: "stp", Topic: direction.Topic{Subject: direction.OfReport, Period: "nam"}, Body: body})
		must(t, err)
		if no != 1 {
			t.Errorf("sent twice it became number %d", no)
		}
	}
	if p := w.get(t, chair, 1); p.About() != "báo cáo năm 2022 của Sở Tư pháp" {
		t.Errorf("about %q", p.About())
	}
}

func TestOthersFindNothing(t *testing.T) {
	t.Parallel()
	w := seed(t)
	chair := w.person(t, "Chủ tịch", "ubnd-tinh", actor.Leadership)
	w.gives(t, chair, direction.Giving{Unit: "stp", Body: "Khẩn trương tổ chức đối thoại quý IV."})
	w.gives(t, chair, direction.Giving{Unit: "h-vi-thuy", Body: "Khẩn trương sửa đê bao vùng lúa.", DueOn: viet.DateOf(now)})
	for _, who := range []struct {
		in   string
		role actor.Role
		rows int // -1: no list
	}{
		{"stp", actor.Staff, 1}, {"stp", actor.UnitLeader, 1}, {"sct", actor.Staff, 0}, {"h-vi-thuy", actor.Reviewer, 0},
		{"snv", actor.Reviewer, 2}, {"snv", actor.Consolidator, 2}, {"snv", actor.Staff, 0}, {"bdvtu", actor.Leadership, 2},
		{"mttq", actor.Observer, -1}, {"snv", actor.Admin, -1},
	} {
		act := w.person(t, "Người hỏi", who.in, who.role)
		l, err := direction.Listed(t.Context(), w.db, act, now, year, direction.Filter{Limit: 10})
		if who.rows < 0 != errors.Is(err, fault.NotFound) || len(l.Rows) != max(who.rows, 0) || l.Total != max(who.rows, 0) {
			t.Errorf("%s@%s lists %d rows, %v; want %d", who.role, who.in, len(l.Rows), err, who.rows)
		}
		_, pressing, err := direction.Pressing(t.Context(), w.db, act, now, year, 5, direction.Waiting)
		must(t, err)
		if pressing != max(who.rows, 0) {
			t.Errorf("%s@%s: %d press, want %d", who.role, who.in, pressing, max(who.rows, 0))
		}
		_, err = direction.Show(t.Context(), w.db, act, now, year, 1)
		if sees := err == nil; sees != (who.rows > 0) || !sees && !errors.Is(err, fault.NotFound) {
			t.Errorf("%s@%s sees number 1: %v", who.role, who.in, err)
		}
	}
}

func TestTheListIsFilteredSortedAndPaged(t *testing.T) {
	t.Parallel()
	w := seed(t)
	chair, party := w.person(t, "Chủ tịch", "ubnd-tinh", actor.Leadership), w.person(t, "Ban Dân vận", "bdvtu", actor.Leadership)
	staff := w.person(t, "Chuyên viên", "stp", actor.Staff)
	today := viet.DateOf(now)
	w.gives(t, chair, direction.Giving{Unit: "stp", Body: "Khẩn trương tổ chức đối thoại quý IV."})
	w.gives(t, chair, direction.Giving{Unit: "h-vi-thuy", Body: "Khẩn trương sửa đê bao vùng lúa.", DueOn: today})
	w.gives(t, party, direction.Giving{Unit: "stp", Body: "Đề nghị phối hợp nắm tình hình."})
	must(t, direction.AnswerIt(t.Context(), w.db, staff, now, w.once(), year, 3, 1, "Đã phối hợp nắm tình hình."))
	for name, test := range map[string]struct {
		f    direction.Filter
		want string
		of   int
	}{
		"what presses first": {direction.Filter{Limit: 10}, "2 1 3", 3},
		"as given":           {direction.Filter{Limit: 10, Order: direction.ByNo}, "1 2 3", 3},
		"the other way":      {direction.Filter{Limit: 10, Order: direction.ByNo, Down: true}, "3 2 1", 3},
		"by unit":            {direction.Filter{Limit: 10, Order: direction.ByUnit}, "3 1 2", 3},
		"by due day":         {direction.Filter{Limit: 1, Order: direction.ByDue}, "2", 3},
		"second page":        {direction.Filter{Limit: 2, Offset: 2}, "3", 3},
		"answered":           {direction.Filter{Limit: 10, State: direction.Answered}, "3", 1},
		"of one kind":        {direction.Filter{Limit: 10, Kind: direction.Coordination}, "3", 1},
		"of a unit":          {direction.Filter{Limit: 10, Unit: "h-vi-thuy"}, "2", 1},
		"without diacritics": {direction.Filter{Limit: 10, Search: "de bao LUA"}, "2", 1},
	} {
		l, err := direction.Listed(t.Context(), w.db, chair, now, year, test.f)
		must(t, err)
		var got []string
		for _, d := range l.Rows {
			got = append(got, fmt.Sprint(d.No))
		}
		if s := strings.Join(got, " "); s != test.want || l.Total != test.of {
			t.Errorf("%s: %q of %d, want %q of %d", name, s, l.Total, test.want, test.of)
		}
	}
	// What Go says of a state and what SQL says agree, today and after the last day.
	for _, at := range []time.Time{now, now.AddDate(0, 0, 1)} {
		for _, s := range direction.States {
			l, err := direction.Listed(t.Context(), w.db, chair, at, year, direction.Filter{State: s, Limit: 10})
			must(t, err)
			for _, d := range l.Rows {
				if d.State(viet.DateOf(at)) != s {
					t.Errorf("number %d is listed as %s and is %s", d.No, s, d.State(viet.DateOf(at)))
				}
			}
			if l.Counts[s] != len(l.Rows) {
				t.Errorf("%d are %s, the list has %d", l.Counts[s], s, len(l.Rows))
			}
		}
	}
}
