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

func TestWhatWasTypedAndGivenUpOnTheConflictPageIsInTheHistory(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: body("Của Lan", "Báo cáo")})
	// Minh typed something else, saw both, and keeps Lan's.
	saved, err := w.save(t, "minh", w.ofDepartment, start, submission.Save{Key: task, Read: 1, Values: submission.Content{},
		Forgone: submission.Content{"title": "Của Minh"}})
	if err != nil || saved.Revision != 3 {
		t.Fatalf("saved %+v, %v", saved, err)
	}
	if got := w.part(t, task).Content; !got.Equal(body("Của Lan", "Báo cáo")) {
		t.Errorf("content %v, want what was chosen", got)
	}
	if diff := cmp.Diff(map[int]string{1: "Của Lan", 2: "Của Minh"}, w.former(t, task)); diff != "" {
		t.Errorf("history (-want +got):\n%s", diff)
	}
}

func TestARevisionThatNeverWasIsAConflict(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	if _, err := w.save(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: 3, Values: body("x", "")}); !errors.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
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
