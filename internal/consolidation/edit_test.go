package consolidation_test

import (
	"errors"
	"testing"

	"danvan/internal/consolidation"
	"danvan/internal/fault"
	"danvan/internal/workingcopy"
)

func TestOnlyWhatWasReadIsAssembledAnew(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	read := w.working(t, ofProvince, "tong").Parts["opening"].Revision
	_, err := w.svc.SavePart(t.Context(), w.people["hop"], year, w.once(), ofProvince, "opening", workingcopy.Typed{Read: read, Values: workingcopy.Content{"text": "Người khác vừa viết."}})
	must(t, err)
	if err := w.svc.Rebuild(t.Context(), w.people["tong"], year, w.once(), ofProvince, "opening", read); !errors.Is(err, fault.Conflict) {
		t.Errorf("assembling over what another one wrote: %v", err)
	}
	for _, key := range []string{"doc", "task/8", "task/04", "appendix"} {
		if err := w.svc.Rebuild(t.Context(), w.people["tong"], year, w.once(), ofProvince, key, 0); !errors.Is(err, fault.NotFound) {
			t.Errorf("assembling %s: %v", key, err)
		}
	}
	for _, key := range []string{"task/0", "task/8", "opening/2", "secret"} {
		err := second(w.svc.SavePart(t.Context(), w.people["tong"], year, w.once(), ofProvince, key, workingcopy.Typed{Values: workingcopy.Content{"text": "x"}}))
		if !errors.Is(err, fault.NotFound) {
			t.Errorf("saving %s: %v", key, err)
		}
	}
}

func TestAFormWithAMistakeKeepsTheRest(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	must(t, w.svc.Begin(t.Context(), w.people["hai"], year, w.once(), ofDistrict))
	r, err := w.svc.SavePart(t.Context(), w.people["hai"], year, w.once(), ofDistrict, "doc", workingcopy.Typed{Values: workingcopy.Content{
		"number": "tám", "signer": "Đỗ Văn Huyện", consolidation.BodyField: string(consolidation.Province)}})
	must(t, err)
	if r.Faults["number"] == "" || r.Faults[consolidation.BodyField] == "" || len(r.Faults) != 2 {
		t.Errorf("faults %v", r.Faults)
	}
	_, doc, err := w.svc.Reference(t.Context(), w.people["hai"], year, ofDistrict)
	must(t, err)
	if !doc.Content.Equal(workingcopy.Content{"signer": "Đỗ Văn Huyện"}) {
		t.Errorf("stored is %v", doc.Content)
	}
}

func TestTheSecondOfTwoOnOneTextGetsTheConflict(t *testing.T) {
	t.Parallel()
	w := seed(t)
	w.everybody(t)
	must(t, w.svc.Begin(t.Context(), w.people["tong"], year, w.once(), ofProvince))
	part := w.working(t, ofProvince, "tong").Parts["task/4"]
	typed := func(text string) workingcopy.Typed {
		return workingcopy.Typed{Read: part.Revision, Values: workingcopy.Content{"text": text}}
	}
	must(t, second(w.svc.SavePart(t.Context(), w.people["tong"], year, w.once(), ofProvince, "task/4", typed("Tổng viết."))))
	err := second(w.svc.SavePart(t.Context(), w.people["hop"], year, w.once(), ofProvince, "task/4", typed("Hợp viết.")))
	c, ok := errors.AsType[*workingcopy.Conflict](err)
	if !ok || c.Theirs["text"] != "Tổng viết." || c.Mine["text"] != "Hợp viết." || c.Base["text"] != part.Content["text"] || c.TheirName != "Phạm Văn Tổng" {
		t.Fatalf("got %v, %+v", err, c)
	}
	// The page of the conflict saves against what it showed.
	again := typed("Tổng viết. Hợp viết.")
	again.Read, again.Forgone = c.Revision, workingcopy.Content{"text": "Hợp viết."}
	must(t, second(w.svc.SavePart(t.Context(), w.people["hop"], year, w.once(), ofProvince, "task/4", again)))
	_, former, err := w.svc.Former(t.Context(), w.people["tong"], year, ofProvince, "task/4")
	must(t, err)
	if len(former) != 3 || former[0].Content["text"] != "Hợp viết." || former[1].Content["text"] != "Tổng viết." {
		t.Errorf("the history holds %+v", former)
	}
}
