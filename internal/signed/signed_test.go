package signed_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"danvan/internal/document/collate"
	"danvan/internal/evidence"
	"danvan/internal/signed"
)

func TestEveryOutcomeHasItsWord(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, o := range signed.Outcomes {
		if o.Word() == "" || seen[o.Word()] {
			t.Errorf("%s is called %q", o, o.Word())
		}
		seen[o.Word()] = true
	}
}

func TestComparingEndsWithTheRequestAndWithAFileThatIsGone(t *testing.T) {
	t.Parallel()
	files, err := evidence.Open(t.TempDir(), evidence.DefaultMax)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = files.Close() }) // the folder goes anyway
	if _, err := signed.Compare(t.Context(), files, evidence.SHA{1}, evidence.PDF, nil); err == nil {
		t.Error("a file that is not there was compared")
	}
	stored, err := files.Put(t.Context(), "a.pdf", bytes.NewReader([]byte("%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj 2 0 obj << /Kids [3 0 R] >> endobj 3 0 obj << >> endobj\n")))
	if err != nil {
		t.Fatal(err)
	}
	c, err := signed.Compare(t.Context(), files, stored.SHA, stored.Type, []collate.Passage{{Text: "Đã tổ chức quán triệt"}})
	if err != nil || c.Outcome != signed.Scan {
		t.Errorf("an empty page: %+v, %v", c, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := signed.Compare(ended, files, stored.SHA, stored.Type, []collate.Passage{{Text: "a"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("after the request: %v", err)
	}
}
