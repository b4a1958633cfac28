package report

import (
	"encoding/json"
	"os"
	"testing"

	"danvan/internal/document/collate"
	"danvan/internal/document/pdftext"
	"danvan/internal/indicator"
	"danvan/internal/submission"
)

// The paper was written by the portal for this version and made a PDF with LibreOffice.
func TestThePortalsOwnPaperSaysWhatWasSent(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile("testdata/snv-nam.json")
	if err != nil {
		t.Fatal(err)
	}
	var f submission.Frozen
	if err := json.Unmarshal(content, &f); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile("testdata/snv-nam.pdf")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := pdftext.Read(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defined := map[string]indicator.Indicator{}
	d, err := indicator.Reference()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range d.Indicators {
		defined[i.Code] = i
	}
	passages := printed(f, defined)
	r, err := collate.Compare(t.Context(), pages, passages)
	if err != nil || r.Outcome != collate.Match || r.Texts < 20 || r.Figures < 20 {
		t.Errorf("%+v, %v", r, err)
	}
	for i, p := range passages { // every figure differs by one digit
		if len(p.Anchors) > 0 {
			passages[i].Text = "9" + p.Text
		}
	}
	if r, err = collate.Compare(t.Context(), pages, passages); err != nil || r.FiguresFound > 0 || r.TextsFound != r.Texts {
		t.Errorf("of other figures %d of %d found, %v", r.FiguresFound, r.Figures, err)
	}
}
