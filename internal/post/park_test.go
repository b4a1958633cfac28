package post_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"danvan/internal/actor"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/post"
	"danvan/internal/viet"
)

var business = time.Date(2022, time.March, 30, 16, 45, 0, 0, viet.Location)

// twoPeople makes the people of these tests.
func twoPeople(t testing.TB, db database.DB) (lan, minh actor.Actor) {
	t.Helper()
	ids, err := database.Values[actor.PersonID](t.Context(), db, `
		insert into person (name, name_sort)
		values ('Nguyễn Thị Lan', 'Lan Nguyễn Thị'), ('Trần Văn Minh', 'Minh Trần Văn')
		returning id`, nil)
	if err != nil {
		t.Fatal(err)
	}
	return actor.Actor{Person: ids[0], Name: "Nguyễn Thị Lan"}, actor.Actor{Person: ids[1], Name: "Trần Văn Minh"}
}

func lost(by actor.Actor, path, text string) post.Lost {
	return post.Lost{
		Person: by.Person, Path: path, Label: "Kế hoạch năm 2022 – nhiệm vụ 3", Why: post.NoSession,
		Values: url.Values{"title": {text}, "partners": {"cong-an-tinh", "mttq"}, "_revision": {"7"}, "empty": {""}},
	}
}

// desk returns a sealer and a database with two people.
func desk(t testing.TB) (s *post.Sealer, db database.DB, lan, minh actor.Actor) {
	t.Helper()
	db = dbtest.Tx(t)
	lan, minh = twoPeople(t, db)
	return sealer(t, db), db, lan, minh
}

func park(t testing.TB, s *post.Sealer, db database.DB, l post.Lost, at time.Time) string {
	t.Helper()
	id, err := s.Park(t.Context(), db, l, business, at)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func count(t testing.TB, db database.DB, table string) int {
	t.Helper()
	n, err := database.Value[int](t.Context(), db, `select count(*) from `+table, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAParkedPostIsGivenBackToItsAuthorWhole(t *testing.T) {
	t.Parallel()
	s, db, lan, _ := desk(t)
	for _, why := range post.Whys {
		l := lost(lan, "/"+string(why), "Đối thoại\r\nvới \"dân\" \x00\xff<b>")
		l.Why, l.HadFiles = why, why == post.Failed
		id := park(t, s, db, l, machine)
		got, values, err := sealer(t, db).Take(t.Context(), db, lan, id)
		if err != nil {
			t.Fatal(err)
		}
		want := post.Parked{ID: id, Path: l.Path, Label: l.Label, Why: why, HadFiles: l.HadFiles, At: business.UTC()}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(l.Values, values); diff != "" {
			t.Errorf("text (-want +got):\n%s", diff)
		}
	}
	list, err := post.List(t.Context(), db, lan)
	if err != nil || len(list) != len(post.Whys) {
		t.Errorf("taking removed something: %d left, %v", len(list), err)
	}
}

func TestParkedPostsAreListedNewestFirstToTheirAuthorOnly(t *testing.T) {
	t.Parallel()
	s, db, lan, minh := desk(t)
	old := park(t, s, db, lost(lan, "/a", "cũ"), machine)
	recent := park(t, s, db, lost(lan, "/b", "mới"), machine.Add(time.Minute))
	park(t, s, db, lost(minh, "/c", "của người khác"), machine)
	list, err := post.List(t.Context(), db, lan)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].ID != recent || list[1].ID != old {
		t.Errorf("got %+v", list)
	}
	if list, err = post.List(t.Context(), db, actor.Actor{}); err != nil || len(list) != 0 {
		t.Errorf("somebody not signed in sees %+v, %v", list, err)
	}
}

func TestNobodyTakesOrDropsAnothersPost(t *testing.T) {
	t.Parallel()
	s, db, lan, minh := desk(t)
	id := park(t, s, db, lost(lan, path, "của Lan"), machine)
	for _, missing := range []struct {
		act actor.Actor
		id  string
	}{{minh, id}, {actor.Actor{}, id}, {lan, "00000000-0000-4000-8000-000000000000"}, {lan, "x"}, {lan, ""}, {lan, id + "'"}} {
		if _, values, err := s.Take(t.Context(), db, missing.act, missing.id); !errors.Is(err, fault.NotFound) || values != nil {
			t.Errorf("%s takes %q: %v, %v", missing.act.Name, missing.id, values, err)
		}
		if err := post.Drop(t.Context(), db, missing.act, missing.id); !errors.Is(err, fault.NotFound) {
			t.Errorf("%s drops %q: %v", missing.act.Name, missing.id, err)
		}
	}
	if err := post.Drop(t.Context(), db, lan, id); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Take(t.Context(), db, lan, id); !errors.Is(err, fault.NotFound) {
		t.Errorf("after dropping: %v", err)
	}
}

func TestAParkedTextIsUnreadableInTheDatabaseAndBoundToItsRow(t *testing.T) {
	t.Parallel()
	s, db, lan, minh := desk(t)
	id := park(t, s, db, lost(lan, path, "điều bí mật"), machine)
	stored, err := database.Value[[]byte](t.Context(), db, `select sealed from parked_post`, nil)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(stored, []byte("bí mật")) {
		t.Error("the text is readable")
	}
	if _, err := db.Exec(t.Context(), `update parked_post set person_id = $1`, minh.Person); err != nil {
		t.Fatal(err)
	}
	if _, values, err := s.Take(t.Context(), db, minh, id); err == nil || values != nil {
		t.Errorf("a row given to another person opens: %v", values)
	}
}

func TestTheSamePostIsKeptOnce(t *testing.T) {
	t.Parallel()
	s, db, lan, minh := desk(t)
	first := park(t, s, db, lost(lan, path, "một"), machine)
	again := lost(lan, path, "một")
	again.Why = post.PutOff
	if id, err := s.Park(t.Context(), db, again, business.Add(time.Hour), machine.Add(time.Hour)); err != nil || id != first {
		t.Errorf("kept as %s and %s, %v", first, id, err)
	}
	park(t, s, db, lost(lan, path, "hai"), machine)
	park(t, s, db, lost(lan, "/khac", "một"), machine)
	withFiles := lost(lan, path, "một")
	withFiles.HadFiles = true
	park(t, s, db, withFiles, machine)
	if id := park(t, s, db, lost(lan, path, "một"), machine.Add(time.Hour)); id != first {
		t.Errorf("without files it is kept as %s, not %s", id, first)
	}
	withFiles.Path = "/tep"
	once := park(t, s, db, withFiles, machine)
	if id := park(t, s, db, lost(lan, "/tep", "một"), machine); id != once {
		t.Errorf("sent again without its files it is kept as %s, not %s", id, once)
	}
	park(t, s, db, lost(minh, path, "một"), machine)
	if got := count(t, db, "parked_post"); got != 6 {
		t.Errorf("%d kept, want 6", got)
	}
	if err := post.Sweep(t.Context(), db, machine.Add(7*24*time.Hour+time.Second)); err != nil {
		t.Fatal(err)
	}
	if p, _, err := s.Take(t.Context(), db, lan, first); err != nil || p.Why != post.NoSession || !p.At.Equal(business) {
		t.Errorf("the repeated post is not kept anew, as it was first lost: %+v, %v", p, err)
	}
}

func TestTheTwentyFirstPostPushesOutOnlyAnOlderOneToTheSameAddress(t *testing.T) {
	t.Parallel()
	s, db, lan, minh := desk(t)
	ids := []string{}
	for i := range 20 {
		ids = append(ids, park(t, s, db, lost(lan, fmt.Sprintf("/%d", i/2), fmt.Sprint(i)), machine.Add(time.Duration(i)*time.Minute)))
	}
	_, err := s.Park(t.Context(), db, lost(lan, "/moi", "thứ 21"), business, machine.Add(time.Hour))
	invalid, ok := errors.AsType[fault.Invalid](err)
	if !ok || !strings.Contains(invalid[""], "20 nội dung") {
		t.Errorf("the 21st: %v", err)
	}
	newest := park(t, s, db, lost(lan, "/3", "thứ 21"), machine.Add(time.Hour))
	ids = append(ids[:6], ids[7:]...) // 6 and 7 went to /3; 6 is the older
	for _, id := range append(ids, newest) {
		if _, _, err := s.Take(t.Context(), db, lan, id); err != nil {
			t.Errorf("%s: %v", id, err)
		}
	}
	if got := count(t, db, "parked_post"); got != 20 {
		t.Errorf("%d kept, want 20", got)
	}
	park(t, s, db, lost(minh, "/moi", "người khác còn chỗ"), machine)
}

func TestAPostTooLargeIsRefusedWithASentence(t *testing.T) {
	t.Parallel()
	s, db, lan, _ := desk(t)
	big := lost(lan, path, strings.Repeat("đ", 127<<10)) // two bytes each
	park(t, s, db, big, machine)
	big.Values.Set("title", strings.Repeat("đ", 128<<10))
	_, err := s.Park(t.Context(), db, big, business, machine)
	invalid, ok := errors.AsType[fault.Invalid](err)
	if !ok || !strings.Contains(invalid[""], "256 kB") {
		t.Errorf("got %v", err)
	}
	many := post.Lost{Person: lan.Person, Path: path, Why: post.Failed, Values: url.Values{"a": make([]string, 300<<10)}}
	if _, err := s.Park(t.Context(), db, many, business, machine); !errors.As(err, &invalid) {
		t.Errorf("very many empty fields: %v", err)
	}
	if got := count(t, db, "parked_post"); got != 1 {
		t.Errorf("%d kept, want 1", got)
	}
}

func TestAPostWithoutAnyTextIsKeptToo(t *testing.T) {
	t.Parallel()
	s, db, lan, _ := desk(t)
	id := park(t, s, db, post.Lost{Person: lan.Person, Path: path, Why: post.Failed, HadFiles: true}, machine)
	p, values, err := s.Take(t.Context(), db, lan, id)
	if err != nil || !p.HadFiles || len(values) != 0 {
		t.Errorf("got %+v, %v, %v", p, values, err)
	}
}

func TestPostsThatArriveTogetherDoNotExceedTheLimit(t *testing.T) {
	t.Parallel()
	db := dbtest.New(t)
	lan, _ := twoPeople(t, db)
	s := sealer(t, db)
	for i := range 18 {
		park(t, s, db, lost(lan, fmt.Sprintf("/%d", i), "chữ"), machine)
	}
	var kept, refused sync.Map
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			if _, err := s.Park(t.Context(), db, lost(lan, fmt.Sprintf("/moi/%d", i), "chữ"), business, machine); err != nil {
				refused.Store(i, err)
				return
			}
			kept.Store(i, true)
		})
	}
	all.Wait()
	if got := count(t, db, "parked_post"); got != 20 {
		t.Errorf("%d kept, want 20", got)
	}
	refused.Range(func(_, err any) bool {
		if _, ok := errors.AsType[fault.Invalid](err.(error)); !ok {
			t.Errorf("refused with %v", err)
		}
		return true
	})
}

func TestWhatIsOlderThanAWeekIsSwept(t *testing.T) {
	t.Parallel()
	s, db, lan, _ := desk(t)
	old := park(t, s, db, lost(lan, "/cu", "cũ"), machine)
	recent := park(t, s, db, lost(lan, "/moi", "mới"), machine.Add(time.Second))
	for i, at := range []time.Time{machine, machine.Add(time.Second)} {
		_, err := db.Exec(t.Context(), `
			insert into idempotency (person_id, key, body_sha, result, at)
			values ($1, $2, '', 'x', $3)`, lan.Person, fmt.Sprintf("0123456789abcdef%d", i), at)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := post.Sweep(t.Context(), db, machine.Add(7*24*time.Hour+time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Take(t.Context(), db, lan, old); !errors.Is(err, fault.NotFound) {
		t.Errorf("the old post: %v", err)
	}
	if _, _, err := s.Take(t.Context(), db, lan, recent); err != nil {
		t.Errorf("the recent post: %v", err)
	}
	if got := count(t, db, "idempotency"); got != 1 {
		t.Errorf("%d keys left, want 1", got)
	}
}
