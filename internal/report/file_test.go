package report_test

import (
	"errors"
	"strings"
	"testing"

	"danvan/internal/evidence"
	"danvan/internal/fault"
)

func (w *world) pdf(t testing.TB, name, text string) evidence.File {
	t.Helper()
	f, err := w.files.Put(t.Context(), name, strings.NewReader("%PDF-1.7\n"+text+"\n%%EOF\n"))
	must(t, err)
	return f
}

func TestEvidenceStandsWhereItWasAttachedAndStaysInItsVersions(t *testing.T) {
	t.Parallel()
	w := seed(t)
	lan := w.people["lan"]
	f := w.pdf(t, "Biên bản.pdf", "một")
	for _, about := range []string{"", "overall/x", "task/9", "figure/T3.07", "figure/T9.99", "activity/1.1", "next", "file/1"} {
		err := w.svc.Attach(t.Context(), lan, year, w.once(), ofDepartment, about, f)
		if bad, ok := errors.AsType[fault.Invalid](err); !ok || bad["about"] == "" {
			t.Errorf("about %q: %v", about, err)
		}
	}
	key := w.once()
	for range 2 {
		must(t, w.svc.Attach(t.Context(), lan, year, key, ofDepartment, "figure/T4.01", f, w.pdf(t, "Sổ tiếp dân.pdf", "hai")))
	}
	must(t, w.svc.Attach(t.Context(), lan, year, w.once(), ofDepartment, "overall", f))
	content := w.content(t, ofDepartment, year)
	s, _ := content.Section(4)
	if len(content.Files) != 3 || len(s.Files) != 2 || s.Files[0].Name != "Biên bản.pdf" || s.Files[0].SHA != f.SHA || s.Files[0].Size != f.Size {
		t.Fatalf("files: %+v", content.Files)
	}
	id := s.Files[0].ID
	reads := func(who string) error {
		got, err := w.svc.File(t.Context(), w.people[who], year, ofDepartment, id)
		if err == nil && (got.Name != "Biên bản.pdf" || got.Type != evidence.PDF || got.SHA != f.SHA) {
			t.Errorf("%s reads %+v", who, got)
		}
		return err
	}
	for who, want := range map[string]error{"lan": nil, "hoa": fault.NotFound, "la": fault.NotFound, "huyen": fault.NotFound} {
		if err := reads(who); !errors.Is(err, want) {
			t.Errorf("%s before it was sent: got %v, want %v", who, err, want)
		}
	}
	w.accepted(t, "hung", "hoa", ofDepartment, year, nil)
	must(t, w.svc.Amend(t.Context(), lan, year, w.once(), ofDepartment))
	must(t, w.svc.Detach(t.Context(), lan, year, w.once(), ofDepartment, id, 1))
	if got := w.content(t, ofDepartment, year).Files; len(got) != 2 {
		t.Errorf("after detaching: %+v", got)
	}
	for _, who := range []string{"lan", "hoa", "tong"} {
		if err := reads(who); err != nil {
			t.Errorf("%s: the version lost its file: %v", who, err)
		}
	}
	if err := reads("quan-tri"); !errors.Is(err, fault.NotFound) {
		t.Errorf("the administrator reads evidence: %v", err)
	}
	if err := w.svc.Detach(t.Context(), lan, year, w.once(), ofDepartment, id, 1); !errors.Is(err, fault.NotFound) {
		t.Errorf("detaching twice: %v", err)
	}
	if err := w.svc.Attach(t.Context(), w.people["hoa"], year, w.once(), ofDepartment, "overall", f); !errors.Is(err, fault.Forbidden) {
		t.Errorf("the receiver attaches: %v", err)
	}
	if _, err := w.svc.File(t.Context(), lan, year, ofViThuy, id); !errors.Is(err, fault.NotFound) {
		t.Errorf("read through another report: %v", err)
	}
}
