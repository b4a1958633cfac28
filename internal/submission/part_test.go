package submission_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/fault"
	"danvan/internal/submission"
)

const task = "task/1"

// body of a task as the form posts it: every field.
func body(title, product string) submission.Content {
	return submission.Content{"title": title, "product": product}
}

func (w world) part(t testing.TB, key string) submission.Part {
	t.Helper()
	p, err := submission.PartByKey(t.Context(), w.db, w.load(t, w.ofDepartment).ID, key)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// former returns the earlier contents of a part, newest first, as "revision: title".
func (w world) former(t testing.TB, key string) map[int]string {
	t.Helper()
	rows, err := submission.PartHistory(t.Context(), w.db, w.load(t, w.ofDepartment).ID, key)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[int]string{}
	for _, f := range rows {
		kept[f.Revision] = f.Content["title"]
	}
	return kept
}

func (w world) savedEntries(t testing.TB) int {
	t.Helper()
	lines, err := audit.History(t.Context(), w.db, w.load(t, w.ofDepartment).Subject(), 100, "saved")
	if err != nil {
		t.Fatal(err)
	}
	return len(lines)
}

func TestAPartNeverSavedIsEmpty(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	if diff := cmp.Diff(submission.Part{Key: task, Content: submission.Content{}}, w.part(t, task)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if c := w.load(t, w.ofDepartment); !c.NotBegun() || c.Word() != "Chưa soạn" {
		t.Errorf("the submission reads %q", c.Word())
	}
}

func TestEverySaveCountsAndKeepsWhatWasThere(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	before := w.load(t, w.ofDepartment).Revision
	one := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Một", "Báo cáo")})
	two := w.saves(t, "minh", w.ofDepartment, start.Add(time.Hour), submission.Save{Key: task, Read: one, Values: body("Hai", "")})
	if one != 1 || two != 2 {
		t.Errorf("revisions %d and %d", one, two)
	}
	if after := w.load(t, w.ofDepartment).Revision; after != before+2 {
		t.Errorf("revision of the submission went from %d to %d", before, after)
	}
	p := w.part(t, task)
	if !p.Content.Equal(submission.Content{"title": "Hai"}) || *p.SavedBy != w.people["minh"].Person || !p.SavedAt.Equal(start.Add(time.Hour)) {
		t.Errorf("got %+v", p)
	}
	rows, err := submission.PartHistory(t.Context(), w.db, w.load(t, w.ofDepartment).ID, "task")
	if err != nil {
		t.Fatal(err)
	}
	want := []submission.Former{{Key: task, Revision: 1, Content: body("Một", "Báo cáo"), SavedName: "Nguyễn Thị Lan", SavedAt: start.UTC(),
		ReplacedName: "Trần Văn Minh", ReplacedAt: start.Add(time.Hour).UTC(), Why: "edited"}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestSavingWhatIsThereAlreadyChangesNothing(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Một", "")})
	before := w.load(t, w.ofDepartment).Revision
	saved, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: 1, Values: body("Một", "")})
	if err != nil || saved.Changed || saved.Revision != 1 {
		t.Errorf("got %+v, %v", saved, err)
	}
	empty, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("", "")})
	if err != nil || empty.Changed || empty.Revision != 0 {
		t.Errorf("an empty form: %+v, %v", empty, err)
	}
	if after := w.load(t, w.ofDepartment).Revision; after != before || w.savedEntries(t) != 1 || len(w.former(t, "")) != 0 {
		t.Errorf("something was written: revision %d, was %d", after, before)
	}
}

func TestAStaleSaveMergesFieldByField(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Cũ", "Báo cáo")})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: body("Của Lan", "Báo cáo")})
	saved, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: body("Cũ", "Của Minh")})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"title"}, saved.Merged); diff != "" || !saved.Changed || saved.Revision != 3 {
		t.Errorf("merged %+v\n%s", saved, diff)
	}
	if got := w.part(t, task).Content; !got.Equal(body("Của Lan", "Của Minh")) {
		t.Errorf("content %v", got)
	}
}

func TestAClashIsShownWithBaseMineAndTheirsAndStoresNothing(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: submission.Content{"title": "Cũ", "product": "Báo cáo", "note": "a"}})
	w.saves(t, "lan", w.ofDepartment, start.Add(time.Minute), submission.Save{Key: task, Read: read,
		Values: submission.Content{"title": "Của Lan", "note": "b"}})
	before := w.load(t, w.ofDepartment).Revision
	_, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: read,
		Values: submission.Content{"title": "Của Minh", "product": "Kế hoạch", "note": "a"}})
	clash, ok := errors.AsType[*submission.Conflict](err)
	if !ok || !errors.Is(err, fault.Conflict) {
		t.Fatalf("got %v, want a conflict", err)
	}
	want := &submission.Conflict{
		Key: task, Revision: 2,
		Base:   submission.Content{"title": "Cũ", "product": "Báo cáo", "note": "a"},
		Mine:   submission.Content{"title": "Của Minh", "product": "Kế hoạch", "note": "a"},
		Theirs: submission.Content{"title": "Của Lan", "product": "Báo cáo", "note": "b"},
		Fields: []string{"title"}, OnlyMine: []string{"product"}, OnlyTheirs: []string{"note"},
		TheirName: "Nguyễn Thị Lan", TheirAt: start.Add(time.Minute).UTC(),
	}
	if diff := cmp.Diff(want, clash); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if after := w.load(t, w.ofDepartment).Revision; after != before || w.part(t, task).Revision != 2 {
		t.Error("a conflict stored something")
	}
	// The answer to the page is a save against what was shown.
	saved, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: clash.Revision,
		Values: submission.Content{"title": "Của cả hai", "product": "Kế hoạch", "note": "b"}})
	if err != nil || saved.Revision != 3 {
		t.Errorf("after choosing: %+v, %v", saved, err)
	}
}

func TestARevisionThatNeverWasIsAConflict(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	if _, err := w.save(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: 3, Values: body("x", "")}); !errors.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
}

// autosaves saves titles one after the other, each against the last.
func (w world) autosaves(t testing.TB, who string, read int, at time.Time, titles ...string) int {
	t.Helper()
	for i, title := range titles {
		read = w.saves(t, who, w.ofDepartment, at.Add(time.Duration(i)*time.Second),
			submission.Save{Key: task, Read: read, Values: submission.Content{"title": title}, Autosave: true})
	}
	return read
}

func TestAutosavesFoldUntilSomethingEndsTheRun(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		between func(t *testing.T, w world, read int) int // returns what is read next
		who     string
		after   time.Duration
		next    string
		kept    map[int]string // former titles by revision
		entries int
	}{
		"nothing ends it": {
			who: "lan", after: 9*time.Minute + 59*time.Second, next: "abcd",
			kept: map[int]string{}, entries: 1,
		},
		"ten idle minutes": {
			who: "lan", after: 10 * time.Minute, next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"another person": {
			who: "minh", next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"an explicit save": {
			between: func(t *testing.T, w world, read int) int {
				return w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: submission.Content{"title": "abc."}})
			},
			who: "lan", next: "abc.d",
			kept: map[int]string{3: "abc", 4: "abc."}, entries: 3,
		},
		"an explicit save of what was just saved": {
			between: func(t *testing.T, w world, read int) int {
				return w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: submission.Content{"title": "abc"}})
			},
			who: "lan", next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"a change of state": {
			between: func(t *testing.T, w world, read int) int {
				lan := w.people["lan"]
				w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.SendToLeader(t.Context(), tx, lan, start, c)
				})
				w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
					return submission.TakeItBack(t.Context(), tx, lan, start, c)
				})
				return read
			},
			who: "lan", next: "abcd",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
		"a text taken back to where the run began": {
			who: "lan", next: "",
			kept: map[int]string{3: "abc"}, entries: 2,
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := fresh(t)
			read := w.autosaves(t, "lan", 0, start, "a", "ab", "abc")
			if tt.between != nil {
				read = tt.between(t, w, read)
			}
			at := start.Add(2 * time.Second).Add(tt.after) // the last autosave was two seconds in
			w.autosaves(t, tt.who, read, at, tt.next)
			if diff := cmp.Diff(tt.kept, w.former(t, task)); diff != "" {
				t.Errorf("kept (-want +got):\n%s", diff)
			}
			if got := w.savedEntries(t); got != tt.entries {
				t.Errorf("%d audit entries, want %d", got, tt.entries)
			}
		})
	}
}

func TestIdleTimeCountsFromTheLastAutosave(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	read := 0
	for i := range 4 { // 27 minutes, never ten idle ones
		read = w.autosaves(t, "lan", read, start.Add(time.Duration(i)*9*time.Minute), string(rune('a'+i)))
	}
	if got := w.former(t, task); len(got) != 0 {
		t.Errorf("kept %v", got)
	}
}

// What was read in the middle of a run of autosaves is no longer known exactly.
// Then nothing may be overwritten, and nothing dropped, without asking.
func TestASaveReadAmidAFoldedRunIsAskedAboutWhereTheRunMoved(t *testing.T) {
	t.Parallel()
	form := func(title, product string) submission.Content {
		return submission.Content{"title": title, "product": product, "note": "n"}
	}
	tests := map[string]struct {
		run  []submission.Content // Lan's autosaves from revision 2 on; Minh reads after the first
		mine submission.Content   // Minh's form
		want submission.Content   // nil: a conflict about the title
	}{
		"another field merges": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("x", "p").With(submission.Content{"note": "của Minh", "title": ""}), // title is not on this form
			want: submission.Content{"title": "xy", "product": "p", "note": "của Minh"},
		},
		"the moved field, untouched by me": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("x", "của Minh"),
		},
		"the moved field, put back by me to where the run began": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("t", "p"),
		},
		"the moved field, changed by both": {
			run:  []submission.Content{form("x", "p"), form("xy", "p")},
			mine: form("của Minh", "p"),
		},
		// Lan's second autosave ends the run, so that revision 2 is known exactly.
		"a field they put back, untouched by me": {
			run:  []submission.Content{form("x", "p"), form("t", "p")},
			mine: form("x", "của Minh"),
			want: form("t", "của Minh"),
		},
		"a field they put back, changed by me": {
			run:  []submission.Content{form("x", "p"), form("t", "p")},
			mine: form("của Minh", "p"),
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := fresh(t)
			read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: form("t", "p")})
			minhRead := 0
			for i, values := range tt.run {
				read = w.saves(t, "lan", w.ofDepartment, start.Add(time.Duration(i)*time.Second),
					submission.Save{Key: task, Read: read, Values: values, Autosave: true})
				if i == 0 {
					minhRead = read
				}
			}
			mine := tt.mine
			if name == "another field merges" {
				mine = submission.Content{"note": "của Minh"}
			}
			_, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: minhRead, Values: mine})
			if tt.want == nil {
				clash, ok := errors.AsType[*submission.Conflict](err)
				if !ok || !cmp.Equal(clash.Fields, []string{"title"}) {
					t.Fatalf("got %v, want a conflict about the title", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := w.part(t, task).Content; !got.Equal(tt.want) {
				t.Errorf("content %v, want %v", got, tt.want)
			}
		})
	}
}

func TestADeletedPartLivesOnInTheHistoryAndItsRevisionsGoOn(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	lan := w.people["lan"]
	read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Sẽ xóa", "")})
	before := w.load(t, w.ofDepartment).Revision
	remove := func(read int) error {
		return w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
			return submission.DeletePart(t.Context(), tx, lan, start, c, task, read)
		})
	}
	if err := remove(read + 1); !errors.Is(err, fault.Conflict) {
		t.Errorf("deleted at a revision that was not read: %v", err)
	}
	if err := remove(read); err != nil {
		t.Fatal(err)
	}
	if after := w.load(t, w.ofDepartment).Revision; after != before+1 {
		t.Errorf("revision of the submission went from %d to %d", before, after)
	}
	if p := w.part(t, task); p.Revision != 0 || len(p.Content) != 0 {
		t.Errorf("still there: %+v", p)
	}
	rows, err := submission.PartHistory(t.Context(), w.db, w.load(t, w.ofDepartment).ID, task)
	if err != nil || len(rows) != 1 || rows[0].Why != "deleted" || rows[0].Content["title"] != "Sẽ xóa" {
		t.Errorf("history %+v, %v", rows, err)
	}
	if err := remove(0); !errors.Is(err, fault.Conflict) {
		t.Errorf("deleted again: %v", err)
	}
	if _, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: body("Sửa tiếp", "")}); !errors.Is(err, fault.Conflict) {
		t.Errorf("saved what was deleted meanwhile: %v", err)
	}
	if again := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Mới", "")}); again != 2 {
		t.Errorf("made again at revision %d, want 2", again)
	}
	_, err = w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: body("Sửa tiếp", "")})
	if _, ok := errors.AsType[*submission.Conflict](err); !ok {
		t.Errorf("saved what was deleted and made again: %v", err)
	}
}

func TestARunThatFollowsADeletionBeganWithNothing(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	lan := w.people["lan"]
	read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("x", "")})
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.DeletePart(t.Context(), tx, lan, start, c, task, read)
	})
	minhRead := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("", "p"), Autosave: true})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: minhRead, Values: body("x", "p"), Autosave: true})
	_, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: minhRead, Values: submission.Content{"title": "", "note": "của Minh"}})
	if clash, ok := errors.AsType[*submission.Conflict](err); !ok || !cmp.Equal(clash.Fields, []string{"title"}) {
		t.Errorf("got %v, want to be asked about the title that came back", err)
	}
}

func TestWhatWasSentOrReplacedCannotBeAltered(t *testing.T) {
	t.Parallel()
	urls := dbtest.NewURL(t)
	pool, err := database.Open(t.Context(), urls.App)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	w := found(t, pool, 2022)
	read := w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Một", "")})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/2", Read: read, Values: body("Hai", "")})
	w.submitted(t, w.ofDepartment, "lan", "hung", 5)
	for _, role := range []struct{ name, url, code string }{
		{"application", urls.App, "42501"}, // not granted
		{"owner", urls.Owner, "23001"},     // stopped by the trigger
	} {
		conn, err := pgx.Connect(t.Context(), role.url)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(context.WithoutCancel(t.Context()))
		for _, stmt := range []string{
			`update part_history set content = '{"title": "x"}'`, `delete from part_history`,
			`update version set sent_by_name = 'x'`, `delete from version`,
		} {
			_, err := conn.Exec(t.Context(), stmt)
			if refused, ok := errors.AsType[*pgconn.PgError](err); !ok || refused.Code != role.code {
				t.Errorf("%s as %s: %v, want %s", stmt, role.name, err, role.code)
			}
		}
	}
}

func TestAVersionWhoseHashIsWrongCannotBeStored(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	_, err := w.db.Exec(t.Context(), `
		insert into version (submission_id, no, content, sha256, sent_by, sent_by_name, authority, due_before, sent_at)
		values ($1, 1, '{}', sha256('{ }'), $2, 'Lan', 'staff', '2022-04-01', '2022-03-07')`,
		w.load(t, w.ofDepartment).ID, w.people["lan"].Person)
	if !database.Violates(err, "version_check") {
		t.Errorf("got %v", err)
	}
}

func TestThePortalItselfSavesAsNobody(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.people["system"] = actor.System
	read := w.saves(t, "system", w.ofDepartment, start, submission.Save{Key: task, Values: body("Chuyển từ đơn vị cũ", "")})
	_, err := w.save(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Của Lan", "")})
	if clash, ok := errors.AsType[*submission.Conflict](err); !ok || clash.TheirName != "Hệ thống" {
		t.Errorf("got %v", err)
	}
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: read, Values: body("Của Lan", "")})
	if p := w.part(t, task); *p.SavedBy != w.people["lan"].Person {
		t.Errorf("saved by %d", *p.SavedBy)
	}
}
