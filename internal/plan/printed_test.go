package plan

import (
	"encoding/json"
	"os"
	"testing"

	"danvan/internal/document/collate"
	"danvan/internal/document/pdftext"
	"danvan/internal/submission"
)

// The paper was written by the portal for this version and made a PDF with LibreOffice.
func TestThePortalsOwnPaperSaysWhatWasSent(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/stc.json")
	if err != nil {
		t.Fatal(err)
	}
	var f submission.Frozen
	if err := json.Unmarshal(content, &f); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("testdata/stc.pdf")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := pdftext.Read(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	passages, err := book{}.Printed(t.Context(), nil, submission.Case{}, f)
	if err != nil {
		t.Fatal(err)
	}
	r, err := collate.Compare(t.Context(), pages, passages)
	if err != nil || r.Outcome != collate.Match || r.Texts < 50 {
		t.Errorf("%+v, %v", r, err)
	}
	passages[7].Text += " và tổng kết"
	if r, err = collate.Compare(t.Context(), pages, passages); err != nil || r.Outcome != collate.Differ || len(r.Missing) != 1 {
		t.Errorf("of another text: %+v, %v", r, err)
	}
}
