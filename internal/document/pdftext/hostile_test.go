package pdftext_test

import (
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"danvan/internal/document/pdftext"
)

func repeated(what string, times int) string { return strings.Repeat(what, times) }

// hostile are files that mean to cost a reader its time or its memory.
func hostile() map[string][]byte {
	// So many letters shrink a thousandfold.
	letters := deflated("", []byte("BT /F 10 Tf ("+repeated("a", 40<<20)+") Tj ET"))
	values := deflated("", []byte(repeated("0 ", 3<<20)))
	shown := deflated("", []byte("BT /F 10 Tf "+repeated("(aaaaaaaaaaaaaaaa) Tj ", 300_000)))
	// Each stream is a page's worth; the page names one of them ten thousand times.
	again := written(catalog, onePage, "<< /Type /Page /Contents ["+repeated("4 0 R ", 10_000)+"] >>", values, latin)
	calls := deflated("/Subtype /Form /Resources << /XObject << /X 6 0 R >> >>", []byte(repeated("/X Do ", 10_000)))
	table := deflated("", []byte("begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 9 beginbfrange "+repeated("<00000000> <FFFFFFFF> <0041> ", 1000)))
	composite := "<< /Type /Font /Subtype /Type0 /ToUnicode 6 0 R /DescendantFonts [<< /W [" + repeated("0 65535 1 ", 10_000) + "] >>] >>"
	dense := written(catalog, onePage, page, streamOf("", "BT /F 10 Tf <0001> Tj ET"), composite, table)
	fonts := "<< /Type /Page /Contents 4 0 R /Resources << /Font << "
	for i := range 5000 {
		fonts += fmt.Sprintf("/F%d << /Subtype /Type0 /ToUnicode 6 0 R >> ", i)
	}
	var changes string
	for i := range 5000 {
		changes += fmt.Sprintf("/F%d 1 Tf ", i)
	}
	huge := "<< " + repeated("/K [ 0 ] ", 1<<20) + " >>"
	return map[string][]byte{
		"letters":               written(catalog, onePage, page, letters, latin),
		"numbers":               written(catalog, onePage, page, values, latin),
		"text":                  written(catalog, onePage, page, shown, latin),
		"one stream many times": again,
		"forms in forms":        written(catalog, onePage, page, streamOf("", repeated("/X Do ", 1000)), latin, calls),
		"filters":               written(catalog, onePage, page, streamOf("/Filter ["+repeated("/ASCIIHexDecode ", 1<<16)+"]", repeated("41", 1<<20)), latin),
		"table of codes":        dense,
		"tables of codes":       written(catalog, onePage, fonts+">> >> >>", streamOf("", changes), latin, table),
		"nested arrays":         written(catalog, onePage, page, streamOf("", repeated("[", 2<<20)), latin),
		"nested dictionaries":   written(catalog, repeated("<< /A ", 1<<20)),
		"open texts":            written(catalog, repeated("( ", 2<<20)),
		"pages of pages":        written(catalog, "<< /Type /Pages /Kids ["+repeated("2 0 R ", 100_000)+"] >>"),
		"endless pages":         written(catalog, "<< /Type /Pages /Kids ["+repeated("<< >> ", 100_000)+"] >>"),
		"references in a ring":  written("2 0 R", "3 0 R", "1 0 R"),
		"objects":               []byte(repeated("1 0 obj ", 2<<20)),
		"many objects":          []byte(manyObjects()),
		"broken streams":        []byte(repeated("1 0 obj << /Length 5 >> stream ", 1<<19)),
		"trailers":              []byte(repeated("trailer ", 2<<20)),
		"one large object":      written(catalog, huge, "<< /Type /Pages /Kids ["+repeated("2 0 R ", 1000)+"] >>"),
		"predictor":             written(catalog, onePage, page, deflated("/DecodeParms << /Predictor 15 /Columns 65536 /Colors 65536 /BitsPerComponent 65536 >>", make([]byte, 8<<20)), latin),
		"saved states":          written(catalog, onePage, page, streamOf("", repeated("q ", 1<<20)), latin),
		"marks":                 written(catalog, onePage, page, streamOf("", repeated("/S BMC ", 1<<20)), latin),
	}
}

func manyObjects() string {
	var b strings.Builder
	for i := range 300_000 {
		fmt.Fprintf(&b, "%d 0 obj 0 endobj\n", i)
	}
	return b.String()
}

const (
	mostMemory = 160 << 20        // above the file itself
	mostTime   = 20 * time.Second // of a loaded machine; they take below one second
)

func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// TestHostileFilesCostLittle runs alone: it measures memory.
func TestHostileFilesCostLittle(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // garbage counts: no more than Go lets grow by itself
	for what, content := range hostile() {
		runtime.GC()
		before, peak := heap(), uint64(0)
		done, watched := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(watched)
			for {
				select {
				case <-done:
					return
				case <-time.After(time.Millisecond):
					peak = max(peak, heap())
				}
			}
		}()
		start := time.Now()
		pages, err := pdftext.Read(t.Context(), content)
		took := time.Since(start)
		close(done)
		<-watched
		peak -= min(peak, before)
		t.Logf("%-22s %8d bytes: %8s, %4d MB, %d pages, %v", what, len(content), took.Round(time.Millisecond), peak>>20, len(pages), err)
		if peak > mostMemory {
			t.Errorf("%s: took %d MB", what, peak>>20)
		}
		if took > mostTime {
			t.Errorf("%s: took %s", what, took)
		}
		if err != nil && !errors.Is(err, pdftext.ErrTooLarge) && !errors.Is(err, pdftext.ErrNoPDF) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// readAny reads whatever the bytes are; text it gives is never without bounds.
func readAny(t *testing.T, content []byte) {
	t.Helper()
	pages, err := pdftext.Read(t.Context(), content)
	if err != nil && !errors.Is(err, pdftext.ErrTooLarge) && !errors.Is(err, pdftext.ErrNoPDF) && !errors.Is(err, pdftext.ErrEncrypted) {
		t.Fatal(err)
	}
	if n := len(strings.Join(pages, "")); n > 8<<20 {
		t.Fatalf("%d bytes of text", n)
	}
}

func FuzzAnyFileIsReadOrRefused(f *testing.F) {
	f.Add(showing("BT /F 10 Tf 0 700 Td (a) Tj ET"))
	f.Add(written(catalog, onePage, page, deflated("/DecodeParms << /Predictor 12 /Columns 4 >>", []byte("BT ET")), latin))
	f.Fuzz(readAny)
}

// FuzzAnyPageIsRead reaches what bytes of a file never do: what stands packed in it.
func FuzzAnyPageIsRead(f *testing.F) {
	f.Add([]byte("q 1 0 0 1 0 0 cm BT /F 10 Tf <0001> Tj [(a) -200 (b)] TJ T* (c) ' ET Q /X Do"), []byte("begincodespacerange <00> <FF> endcodespacerange beginbfrange <01> <05> <0041> endbfrange"))
	f.Add([]byte("/S << /ActualText (a) >> BDC BI ID x EI EMC"), []byte("beginbfchar <01> <00660069>"))
	composite := "<< /Type /Font /Subtype /Type0 /ToUnicode 6 0 R >>"
	f.Fuzz(func(t *testing.T, content, table []byte) {
		readAny(t, written(catalog, onePage, page, deflated("", content), composite, deflated("/Subtype /Form", table)))
	})
}
