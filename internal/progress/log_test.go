package progress_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"danvan/internal/actor"
	"danvan/internal/audit"
	"danvan/internal/database"
	"danvan/internal/database/dbtest"
	"danvan/internal/evidence"
	"danvan/internal/fault"
	"danvan/internal/progress"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestTheLogOpensWithTheFirstSignOff(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1}
	id := w.add(t, a)
	draft := progress.Draft{AsOf: today, Percent: "40"}
	_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, a.code(), draft)
	if refusal, ok := errors.AsType[fault.Refusal](err); !ok || !strings.Contains(refusal.Reason, "duyệt, gửi kế hoạch lần đầu") {
		t.Errorf("before the first sending: got %v", err)
	}
	w.send(t, []submission.FrozenPart{{Key: "activity/" + jsonText(t, id), Content: submission.Content{"title": "x"}}})
	w.log(t, a, draft)
	// It does not count before the plan is in force.
	if list, err := progress.Of(t.Context(), w.db, w.campaign, w.unit, today); err != nil || len(list) != 0 {
		t.Errorf("got %+v, %v, want nothing in force", list, err)
	}
}

func jsonText(t testing.TB, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestBeforeItIsInForceAnActivityIsMeasuredAsItWasSent(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	measured, stopped, unsent := activity{seq: 1}, activity{seq: 2}, activity{seq: 3, notSent: true}
	one, two := w.add(t, measured), w.add(t, stopped)
	w.add(t, unsent)
	w.send(t, []submission.FrozenPart{
		{Key: "activity/" + jsonText(t, one), Content: submission.Content{"target": "10", "uom": "cuộc"}},
		{Key: "activity/" + jsonText(t, two), Content: submission.Content{"stopped": "sáp nhập"}},
	})
	_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, measured.code(), progress.Draft{AsOf: today, Percent: "40"})
	invalid, _ := errors.AsType[fault.Invalid](err)
	if got := invalid["value"]; !strings.Contains(got, "số phấn đấu là 10 cuộc") {
		t.Errorf("got %v, want the target named", err)
	}
	w.log(t, measured, progress.Draft{AsOf: today, Value: "4"})
	for _, a := range []activity{stopped, unsent} {
		_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, a.code(), progress.Draft{AsOf: today, Percent: "40"})
		if !errors.Is(err, fault.Forbidden) {
			t.Errorf("%s: got %v, want a refusal", a.code(), err)
		}
	}
}

func TestWhoMayLog(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	for _, c := range []struct {
		who  actor.Actor
		want error
	}{
		{w.staff, nil}, {w.leader, nil}, {w.reviewer, fault.Forbidden}, {w.stranger, fault.NotFound},
	} {
		_, err := w.svc.Log(t.Context(), c.who, now, w.once(), ref, a.code(), progress.Draft{AsOf: today, Percent: "40"})
		if !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", c.who.Name, err, c.want)
		}
	}
	_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, "7.7", progress.Draft{AsOf: today, Percent: "40"})
	if !errors.Is(err, fault.NotFound) {
		t.Errorf("an unknown activity: got %v", err)
	}
}

func TestEachMistakeIsNamedAtItsField(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	share, measured := activity{seq: 1, inForce: true}, activity{seq: 2, inForce: true, goal: progress.Goal{Target: "10", Unit: "cuộc"}}
	w.add(t, share)
	w.add(t, measured)
	other := w.log(t, measured, progress.Draft{AsOf: today, Value: "3"})
	long := strings.Repeat("a", 2001)
	eleven := make([]evidence.File, 11)
	for _, c := range []struct {
		a     activity
		d     progress.Draft
		field string
		want  string
	}{
		{share, progress.Draft{Percent: "40"}, "as_of", "Ghi ngày tính tiến độ"},
		{share, progress.Draft{AsOf: today.Next(), Percent: "40"}, "as_of", "từ 01/01/2022 đến hôm nay, 28/11/2022"},
		{share, progress.Draft{AsOf: viet.NewDate(2021, time.December, 31), Percent: "40"}, "as_of", "từ 01/01/2022"},
		{share, progress.Draft{AsOf: today}, "percent", "Ghi tỷ lệ hoàn thành"},
		{share, progress.Draft{AsOf: today, Percent: "100.1"}, "percent", "từ 0 đến 100"},
		{share, progress.Draft{AsOf: today, Percent: "-1"}, "percent", "từ 0 đến 100"},
		{share, progress.Draft{AsOf: today, Percent: "1/3"}, "percent", "từ 0 đến 100"},
		{share, progress.Draft{AsOf: today, Percent: "40", Value: "4"}, "value", "không có số phấn đấu"},
		{measured, progress.Draft{AsOf: today}, "value", "số phấn đấu là 10 cuộc"},
		{measured, progress.Draft{AsOf: today, Value: "-4"}, "value", "số âm"},
		{measured, progress.Draft{AsOf: today, Value: "1e9"}, "value", "phải là một số"},
		{measured, progress.Draft{AsOf: today, Value: "4", Percent: "40"}, "percent", "không ghi tỷ lệ"},
		{measured, progress.Draft{AsOf: today, Value: "2"}, "note", "thấp hơn lần ghi trước (3 cuộc, ngày 28/11/2022)"},
		{share, progress.Draft{AsOf: today, Percent: "40", Note: long}, "note", "2.000"},
		{share, progress.Draft{AsOf: today, Percent: "40", Replaces: other}, "replaces", "không có trong nhật ký"},
		{share, progress.Draft{AsOf: today, Percent: "40", Keep: []evidence.SHA{{1}}}, "file", "Tệp giữ lại"},
		{share, progress.Draft{AsOf: today, Percent: "40", Files: eleven}, "file", "nhiều nhất 10 tệp"},
		{share, progress.Draft{AsOf: today, Percent: "40", Files: []evidence.File{{SHA: evidence.SHA{1}, Name: "mat.pdf"}}}, "file", "không còn trên máy chủ"},
	} {
		_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, c.a.code(), c.d)
		invalid, ok := errors.AsType[fault.Invalid](err)
		if !ok || len(invalid) != 1 || !strings.Contains(invalid[c.field], c.want) {
			t.Errorf("%+v: got %q, want %s to say %q", c.d, invalid, c.field, c.want)
		}
	}
	// Several at once are all named.
	_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, share.code(), progress.Draft{Value: "1", Replaces: 99})
	invalid, _ := errors.AsType[fault.Invalid](err)
	for _, field := range []string{"as_of", "percent", "value", "replaces"} {
		if invalid[field] == "" {
			t.Errorf("%s is not named in %v", field, err)
		}
	}
	if n := w.id(t, `select count(*) from progress`, nil); n != 1 {
		t.Errorf("%d entries were stored, want the valid one", n)
	}
}

func TestTheFirstAndTheLastDayMayBeLogged(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: day(time.January, 1), Percent: "0"})
	w.log(t, a, progress.Draft{AsOf: today, Percent: "100"})
	// Just after midnight in Hậu Giang it is still yesterday in London.
	midnight := today.Next().Start().Add(time.Minute)
	if _, err := w.svc.Log(t.Context(), w.staff, midnight, w.once(), ref, a.code(), progress.Draft{AsOf: today.Next(), Percent: "100"}); err != nil {
		t.Error(err)
	}
}

func TestALowerAmountWantsANote(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: day(time.March, 1), Percent: "30"})
	w.log(t, a, progress.Draft{AsOf: day(time.June, 1), Percent: "80.5"})
	_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, a.code(), progress.Draft{AsOf: day(time.July, 1), Percent: "60", Note: "  "})
	invalid, _ := errors.AsType[fault.Invalid](err)
	if want := "Tiến độ thấp hơn lần ghi trước (80,5%, ngày 01/06/2022); ghi rõ lý do"; invalid["note"] != want {
		t.Errorf("got %q, want %q", invalid["note"], want)
	}
	// Between March and June 60 % is no step back.
	w.log(t, a, progress.Draft{AsOf: day(time.May, 1), Percent: "60"})
	if got := w.one(t); got.Percent != "80.5" {
		t.Errorf("current is %s%%, want the latest day's", got.Percent)
	}
	w.log(t, a, progress.Draft{AsOf: day(time.July, 1), Percent: "60", Note: "Rà soát lại khối lượng"})
	if got := w.one(t); got.Percent != "60" || got.Note != "Rà soát lại khối lượng" {
		t.Errorf("got %+v, want the lower one in force", got)
	}
}

func TestOfOneDayTheLatestWrittenCounts(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: today, Percent: "100"})
	w.log(t, a, progress.Draft{AsOf: today, Percent: "70", Note: "ghi nhầm"})
	if got := w.one(t); got.Percent != "70" || got.Status != progress.InProgress || !got.DoneOn.IsZero() {
		t.Errorf("got %+v, want 70 %% in progress", got)
	}
}

func TestACorrectionReplacesOneEntryWhichStaysToBeSeen(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true, due: day(time.June, 30)}
	id := w.add(t, a)
	first := w.log(t, a, progress.Draft{AsOf: day(time.June, 1), Percent: "100"})
	if got := w.one(t); got.Status != progress.Done || got.DoneOn != day(time.June, 1) {
		t.Fatalf("got %+v, want done on 01/06", got)
	}
	second := w.log(t, a, progress.Draft{AsOf: day(time.June, 1), Percent: "10", Replaces: first})
	if got := w.one(t); got.Status != progress.Overdue || got.Percent != "10" || !got.DoneOn.IsZero() {
		t.Errorf("got %+v, want 10 %% overdue", got)
	}
	// A correction may be corrected, but nothing twice.
	third := w.log(t, a, progress.Draft{AsOf: day(time.August, 1), Percent: "100", Replaces: second})
	if got := w.one(t); got.Status != progress.DoneLate || got.DoneOn != day(time.August, 1) {
		t.Errorf("got %+v, want done late on 01/08", got)
	}
	for _, old := range []progress.EntryID{first, second} {
		_, err := w.svc.Log(t.Context(), w.staff, now, w.once(), ref, a.code(), progress.Draft{AsOf: today, Percent: "50", Replaces: old})
		invalid, _ := errors.AsType[fault.Invalid](err)
		if !strings.Contains(invalid["replaces"], "đã được đính chính") {
			t.Errorf("correcting %d again: got %v", old, err)
		}
	}
	log, err := progress.Entries(t.Context(), w.db, id)
	if err != nil {
		t.Fatal(err)
	}
	type line struct{ id, replaces, replacedBy progress.EntryID }
	want := []line{{third, second, 0}, {second, first, third}, {first, 0, second}}
	for i, e := range log {
		if got := (line{e.ID, e.Replaces, e.ReplacedBy}); i >= len(want) || got != want[i] {
			t.Errorf("line %d: got %+v, want %+v", i, got, want)
		}
	}
	if len(log) != len(want) {
		t.Errorf("got %d lines, want %d", len(log), len(want))
	}
}

func TestALogEntryIsNeverChanged(t *testing.T) {
	t.Parallel()
	for _, stmt := range []string{`update progress set note = 'x'`, `delete from progress`} {
		w := seed(t, dbtest.New(t))
		a := activity{seq: 1, inForce: true}
		w.add(t, a)
		w.log(t, a, progress.Draft{AsOf: today, Percent: "10"})
		if _, err := database.Exec(t.Context(), w.db, stmt, nil); err == nil {
			t.Errorf("%s is allowed", stmt)
		}
	}
}

func TestDoneMeansTheTargetAndAFileWhereOneIsWanted(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true, due: day(time.July, 1), goal: progress.Goal{Target: "10.5", Baseline: "2", Unit: "km", Evidence: true}}
	id := w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: day(time.March, 1), Value: "2"})
	if got := w.one(t); got.Status != progress.Overdue {
		t.Errorf("got %s", got.Status)
	}
	reached := w.log(t, a, progress.Draft{AsOf: day(time.June, 1), Value: "10.50"})
	if got := w.one(t); got.Status != progress.Overdue || got.HasFile || got.Value != "10.5" {
		t.Errorf("without a file: got %+v", got)
	}
	f := w.pdf(t, "Biên bản.pdf", "biên bản")
	filed := w.log(t, a, progress.Draft{AsOf: day(time.July, 10), Value: "11", Files: []evidence.File{f, f}})
	if got := w.one(t); got.Status != progress.DoneLate || got.DoneOn != day(time.July, 10) || !got.HasFile {
		t.Errorf("filed on 10/07: got %+v", got)
	}
	// The file goes along when its entry is corrected, if asked for.
	w.log(t, a, progress.Draft{AsOf: day(time.June, 20), Value: "11", Replaces: filed, Keep: []evidence.SHA{f.SHA}})
	if got := w.one(t); got.Status != progress.Done || got.DoneOn != day(time.June, 20) {
		t.Errorf("filed on 20/06: got %+v", got)
	}
	w.log(t, a, progress.Draft{AsOf: day(time.June, 21), Value: "11", Replaces: reached})
	got, err := progress.FileOf(t.Context(), w.db, id, f.SHA)
	if err != nil || got != f {
		t.Errorf("got %+v, %v, want %+v", got, err, f)
	}
	if _, err := progress.FileOf(t.Context(), w.db, id+1, f.SHA); !errors.Is(err, fault.NotFound) {
		t.Errorf("the file of another activity: got %v", err)
	}
}

func TestDoneOnIsTheFirstDayItHeld(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true, due: day(time.June, 30)}
	w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: day(time.June, 30), Percent: "100"})
	w.log(t, a, progress.Draft{AsOf: day(time.September, 1), Percent: "100", Note: "duy trì"})
	if got := w.one(t); got.Status != progress.Done || got.DoneOn != day(time.June, 30) || !got.LastAt.Equal(now) {
		t.Errorf("got %+v, want done on 30/06, last written now", got)
	}
}

func TestZeroIsNoBeginning(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true, goal: progress.Goal{Target: "10", Baseline: "4"}}
	w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: today, Value: "4"})
	if got := w.one(t); got.Status != progress.NotStarted {
		t.Errorf("at its baseline: got %s", got.Status)
	}
	above := w.log(t, a, progress.Draft{AsOf: today, Value: "5"})
	if got := w.one(t); got.Status != progress.InProgress {
		t.Errorf("above its baseline: got %s", got.Status)
	}
	w.log(t, a, progress.Draft{AsOf: today, Value: "4", Replaces: above})
	if got := w.one(t); got.Status != progress.NotStarted {
		t.Errorf("corrected to its baseline: got %s", got.Status)
	}
}

func TestACutOffSeesTheLogAsItWas(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true, goal: progress.Goal{Evidence: true}}
	id := w.add(t, a)
	june, cut := day(time.June, 14), progress.Cutoff{DataTo: day(time.June, 14), Before: day(time.June, 18).Start()}
	write := func(at viet.Date, d progress.Draft) progress.EntryID {
		t.Helper()
		entry, err := w.svc.Log(t.Context(), w.staff, at.Start().Add(time.Hour), w.once(), ref, a.code(), d)
		if err != nil {
			t.Fatal(err)
		}
		return entry
	}
	half := write(june, progress.Draft{AsOf: june, Percent: "50"})
	write(day(time.June, 16), progress.Draft{AsOf: day(time.June, 15), Percent: "60"})
	check := func(what, percent string, status progress.Status) {
		t.Helper()
		list, err := progress.At(t.Context(), w.db, w.campaign, w.unit, cut)
		if err != nil {
			t.Fatal(err)
		}
		if got := list[0]; got.Percent != percent || got.Status != status {
			t.Errorf("%s: got %s%%, %s, want %s%%, %s", what, got.Percent, got.Status, percent, status)
		}
		log, err := progress.Entries(t.Context(), w.db, id)
		if err != nil {
			t.Fatal(err)
		}
		doneOn, begun := progress.Fold(cut.Until(log), a.goal)
		work := progress.Work{Start: day(time.January, 1), Due: day(time.December, 31), DoneOn: doneOn, Begun: begun}
		if got := progress.StatusOf(work, cut.DataTo); got != status {
			t.Errorf("%s, in Go: got %s, want %s", what, got, status)
		}
	}
	check("a later day is outside", "50", progress.InProgress)
	f := w.pdf(t, "a.pdf", "a")
	fixed := write(day(time.June, 17), progress.Draft{AsOf: june, Percent: "100", Replaces: half, Files: []evidence.File{f}})
	check("a correction written in time counts", "100", progress.Done)
	write(day(time.June, 18), progress.Draft{AsOf: june, Percent: "0", Replaces: fixed, Note: "nhầm"})
	check("one written later does not", "100", progress.Done)
	if got := w.one(t); got.Percent != "60" || got.HasFile {
		t.Errorf("today: got %+v", got)
	}
	cut.Before = now
	check("for a later sending it does", "0", progress.NotStarted)
	cut.DataTo = day(time.June, 13)
	check("nothing was true so early", "", progress.NotStarted)
}

func TestEveryEntryIsAudited(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	w.log(t, a, progress.Draft{AsOf: day(time.June, 1), Percent: "40", Note: "đang làm"})
	w.log(t, a, progress.Draft{AsOf: today, Percent: "55.5", Files: []evidence.File{w.pdf(t, "Ảnh.pdf", "x")}})
	lines, err := audit.History(t.Context(), w.db, submission.Subject(w.plan), 10, "progress_logged")
	if err != nil || len(lines) != 2 {
		t.Fatalf("got %d lines, %v, want 2", len(lines), err)
	}
	type said struct {
		Activity, AsOf, Percent, Note string
		Files                         []string
	}
	read := func(raw json.RawMessage) said {
		var s struct {
			said
			Day string `json:"as_of"`
		}
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		s.AsOf = s.Day
		return s.said
	}
	before, after := read(lines[0].Before), read(lines[0].After)
	if before.Percent != "40" || before.AsOf != "2022-06-01" || before.Note != "đang làm" {
		t.Errorf("before: got %+v", before)
	}
	if after.Activity != "1.1" || after.Percent != "55.5" || after.AsOf != "2022-11-28" || len(after.Files) != 1 || after.Files[0] != "Ảnh.pdf" {
		t.Errorf("after: got %+v", after)
	}
	if lines[0].Person != w.staff.Name || lines[0].Authority != "staff" || !lines[0].At.Equal(now) {
		t.Errorf("got %+v", lines[0])
	}
}

func TestAFormSentTwiceIsLoggedOnce(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	once := w.once()
	ids := make([]progress.EntryID, 6)
	var wg sync.WaitGroup
	for i := range ids {
		wg.Go(func() {
			id, err := w.svc.Log(context.Background(), w.staff, now, once, ref, a.code(), progress.Draft{AsOf: today, Percent: "40"})
			if err != nil {
				t.Error(err)
			}
			ids[i] = id
		})
	}
	wg.Wait()
	for _, id := range ids {
		if id == 0 || id != ids[0] {
			t.Errorf("got entries %v, want one", ids)
		}
	}
	if n := w.id(t, `select count(*) from progress`, nil); n != 1 {
		t.Errorf("%d entries, want 1", n)
	}
}

func TestOfTwoCorrectionsAtOnceOneIsRefused(t *testing.T) {
	t.Parallel()
	w := seed(t, dbtest.New(t))
	a := activity{seq: 1, inForce: true}
	w.add(t, a)
	first := w.log(t, a, progress.Draft{AsOf: today, Percent: "40"})
	var mu sync.Mutex
	taken, refused := 0, 0
	var wg sync.WaitGroup
	for range 6 {
		once := w.once()
		wg.Go(func() {
			_, err := w.svc.Log(context.Background(), w.staff, now, once, ref, a.code(), progress.Draft{AsOf: today, Percent: "50", Replaces: first})
			invalid, _ := errors.AsType[fault.Invalid](err)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				taken++
			case invalid["replaces"] != "":
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if taken != 1 || refused != 5 {
		t.Errorf("%d taken, %d refused, want 1 and 5", taken, refused)
	}
}
