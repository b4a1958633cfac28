package submission_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

func TestAConflictAboutOnePartKeepsNoOtherFromBeingStored(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/1", Values: body("Một", "")})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Hai", "")})
	var got submission.Several
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) (err error) {
		got, err = submission.SaveParts(t.Context(), tx, w.people["minh"], start, c, []submission.Save{
			{Key: "task/1", Values: body("Một khác", "")},         // read when it was empty
			{Key: "task/2", Read: 1, Values: body("Hai mới", "")}, // read as it is
			{Key: "task/3", Values: body("Ba", "")},               // new
		})
		return err
	})
	if len(got.Conflicts) != 1 || got.Conflicts[0].Key != "task/1" || got.Saved["task/2"].Revision != 2 || got.Saved["task/3"].Revision != 1 || len(got.Saved) != 2 {
		t.Errorf("got %+v", got)
	}
	parts, err := submission.PartsByKeys(t.Context(), w.db, w.load(t, w.ofDepartment).ID, []string{"task/1", "task/2", "task/3", "task/4"})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"task/1": "Một", "task/2": "Hai mới", "task/3": "Ba", "task/4": ""} {
		if p, ok := parts[key]; !ok || p.Key != key || p.Content["title"] != want {
			t.Errorf("%s: %+v, want %q", key, p, want)
		}
	}
	// A part read later than it is was forged, and nothing of the page is stored.
	err = w.try(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		_, err := submission.SaveParts(t.Context(), tx, w.people["minh"], start, c, []submission.Save{
			{Key: "task/4", Values: body("Bốn", "")}, {Key: "task/1", Read: 9, Values: body("Một", "")}})
		return err
	})
	if p, _ := submission.PartByKey(t.Context(), w.db, w.load(t, w.ofDepartment).ID, "task/4"); !errors.Is(err, fault.Conflict) || p.Revision != 0 {
		t.Errorf("got %v, part at %d", err, p.Revision)
	}
}

func TestAPartSavedAsAWholeNeverMergesTwoPeople(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Values: submission.Content{"own": "10", "estimated": "4"}})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: task, Read: 1, Values: submission.Content{"estimated": "9"}})
	mine := submission.Save{Key: task, Read: 1, Values: submission.Content{"own": "5", "estimated": "4"}}
	if saved, err := w.save(t, "minh", w.ofDepartment, start, mine); err != nil || !saved.Content.Equal(submission.Content{"own": "5", "estimated": "9"}) {
		t.Fatalf("field by field: %+v, %v", saved, err)
	}
	mine.Whole, mine.Values = true, submission.Content{"own": "6", "estimated": "4"}
	_, err := w.save(t, "minh", w.ofDepartment, start, mine)
	clash, ok := errors.AsType[*submission.Conflict](err)
	if !ok || !cmp.Equal(clash.Fields, []string{"estimated", "own"}) || len(clash.OnlyMine)+len(clash.OnlyTheirs) > 0 {
		t.Errorf("as a whole: %+v, %v", clash, err)
	}
	mine.Values = submission.Content{"own": "10", "estimated": "4"} // as it was read
	if saved, err := w.save(t, "minh", w.ofDepartment, start, mine); err != nil || saved.Changed || !cmp.Equal(saved.Merged, []string{"estimated", "own"}) {
		t.Errorf("nothing changed: %+v, %v", saved, err)
	}
}

func TestAFormThatTellsWhatItSawMeetsNobodyInARun(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	saw := submission.Content{"title": "ab"}
	read := w.autosaves(t, "lan", 0, start, "a", "ab") // minh opens the page here
	w.autosaves(t, "lan", read, start.Add(2*time.Second), "abc")
	form := submission.Save{Key: task, Read: read, Values: submission.Content{"title": "ab", "product": ""}}
	if _, err := w.save(t, "minh", w.ofDepartment, start.Add(time.Minute), form); !errors.Is(err, fault.Conflict) {
		t.Errorf("a form that does not tell: %v, want a conflict", err)
	}
	form.Seen = submission.Digest(saw)
	if saved, err := w.save(t, "minh", w.ofDepartment, start.Add(time.Minute), form); err != nil || saved.Changed || saved.Content["title"] != "abc" || !cmp.Equal(saved.Merged, []string{"title"}) {
		t.Errorf("a form that tells: %+v, %v", saved, err)
	}
	form.Values = submission.Content{"title": "ab!", "product": ""}
	if _, err := w.save(t, "minh", w.ofDepartment, start.Add(time.Minute), form); !errors.Is(err, fault.Conflict) {
		t.Errorf("a field both changed: %v, want a conflict", err)
	}
	form.Seen = submission.Digest(submission.Content{"title": "abc", "product": ""})
	if saved, err := w.save(t, "minh", w.ofDepartment, start.Add(time.Minute), form); err != nil || saved.Content["title"] != "ab!" {
		t.Errorf("nothing changed behind the form: %+v, %v", saved, err)
	}
}

func TestAFormThatChangesAnotherFieldThanTheRunMeetsNobodyEither(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	read := w.autosaves(t, "lan", 0, start, "a", "ab") // minh opens the page here
	w.autosaves(t, "lan", read, start.Add(2*time.Second), "abc")
	form := submission.Save{Key: task, Read: read, Seen: submission.Digest(submission.Content{"title": "ab"}),
		Values: submission.Content{"title": "ab", "product": "Báo cáo"}}
	saved, err := w.save(t, "minh", w.ofDepartment, start.Add(time.Minute), form)
	if want := (submission.Content{"title": "abc", "product": "Báo cáo"}); err != nil || !saved.Content.Equal(want) || !cmp.Equal(saved.Merged, []string{"title"}) {
		t.Errorf("got %+v, %v; want %v", saved, err, want)
	}
}

func TestWhatIsComputedIsFrozenBesideThePartsAndWhatNobodyAsksForIsNot(t *testing.T) {
	t.Parallel()
	w := fresh(t)
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/1", Values: body("Một", "")})
	w.saves(t, "lan", w.ofDepartment, start, submission.Save{Key: "task/2", Values: body("Hai", "")})
	computed := []submission.FrozenPart{{Key: "ratio/b", Content: submission.Content{"value": "50"}}, {Key: "below/a", Content: submission.Content{"value": "3"}}}
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		_, err := submission.SubmitItDirectly(t.Context(), tx, w.people["hung"], start, c, submission.Signing{Read: c.Revision, Reference: paper(5),
			Computed: computed, Omitted: map[string]bool{"task/2": true}})
		return err
	})
	v, err := submission.VersionByNo(t.Context(), w.db, w.load(t, w.ofDepartment).ID, 1)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]submission.FrozenPart{computed[1], computed[0]}, v.Frozen.Computed); diff != "" {
		t.Errorf("computed (-want +got):\n%s", diff)
	}
	if v.Frozen.Part("below/a")["value"] != "3" || v.Frozen.Part("task/1")["title"] != "Một" || v.Frozen.Part("task/2") != nil {
		t.Errorf("frozen: %+v", v.Frozen.Parts)
	}
	// The working copy goes back to what was typed; nothing computed is ever in it.
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		return submission.AcceptIt(t.Context(), tx, w.people["hoa"], start, c, 1)
	})
	w.must(t, w.ofDepartment, start, func(tx pgx.Tx, c *submission.Case) error {
		if err := submission.AmendIt(t.Context(), tx, w.people["lan"], start, c); err != nil {
			return err
		}
		return submission.DiscardIt(t.Context(), tx, w.people["lan"], start, c)
	})
	parts, err := submission.Parts(t.Context(), w.db, w.load(t, w.ofDepartment).ID)
	if err != nil || len(parts) != 1 || parts[0].Key != "task/1" {
		t.Errorf("working copy: %+v, %v", parts, err)
	}
}

func TestFieldsAreCheckedByTheirShape(t *testing.T) {
	t.Parallel()
	kind := submission.PartKind{Prefix: submission.ReferenceKey, Fields: append(submission.ReferenceKind.Fields,
		submission.Field{Name: "time", Label: "Thời gian", Shape: submission.Time},
		submission.Field{Name: "target", Label: "Số phấn đấu", Shape: submission.Number},
		submission.Field{Name: "kind", Label: "Loại", Shape: submission.Choice, Options: map[string]string{"a": "A"}},
		submission.Field{Name: "partners", Label: "Đơn vị phối hợp", Shape: submission.Units},
		submission.Field{Name: "code", Label: "Mã", Quiet: true},
	)}
	known := submission.Known{Inside: [2]viet.Date{viet.NewDate(2022, 1, 1), viet.NewDate(2022, 12, 31)}, Units: map[string]bool{"stp": true},
		Issued: [2]viet.Date{viet.NewDate(2021, 1, 1), viet.NewDate(2022, 3, 30)}}
	tests := map[string]map[string]bool{ // field, value: may be stored
		"number":    {"15": true, "15a": true, "": true, "a": false, "0": false, "-1": false},
		"symbol":    {"KH-STP": true, "KH-123456789012345678901234567890123456789": false},
		"issued_on": {"2022-03-30": true, "2021-01-01": true, "2022-03-31": false, "2023-03-30": false, "2020-12-31": false, "30/03/2022": false, "": true},
		"time":      {"2022/month/3": true, "2022-05-01/2022-05-31": true, "2021-05-01/2022-05-31": false, "2023/month/3": false, "mai": false},
		"target":    {"10": true, "1.5": true, "-1": false, "mười": false},
		"kind":      {"a": true, "b": false, "": true},
		"partners":  {"stp": true, "stp\nsxd": false},
	}
	for name, values := range tests {
		for value, allowed := range values {
			good, bad := kind.Split(submission.Content{name: value, "code": "1.1", "unknown": "x"}, known)
			stored, ok := good[name]
			if ok != allowed || stored != value && ok || (bad[name] == "") != allowed || len(good)+len(bad) != 1 {
				t.Errorf("%s = %q: stored %v, faults %v, want stored = %t", name, value, good, bad, allowed)
			}
		}
	}
}
