package ui

import (
	"bytes"
	"compress/gzip"
	"testing"
)

// TestPagesAreLight leaves the assets 45 of the 60 KB of a first visit, and the
// content of a real page twice what these hold.
func TestPagesAreLight(t *testing.T) {
	t.Parallel()
	for name, shown := range gallery() {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if err := Document(shown.frame, shown.page, shown.body).Render(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d B", name, packed.Len())
		if packed.Len() > 7*1024 {
			t.Errorf("%s weighs %d B compressed", name, packed.Len())
		}
	}
}
