package paper_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image/color"
	"image/png"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"danvan/internal/demo/content"
	"danvan/internal/demo/paper"
	"danvan/internal/evidence"
)

var sheet = paper.Sheet{
	Title: "3.3. Biên bản niêm yết công khai",
	Text:  "Ữ Ằ ỵ đ Đ: 1.180 hộ, 94% thống nhất phương án bồi thường, hỗ trợ, tái định cư dự án đường bộ cao tốc “Cần Thơ – Cà Mau” qua địa bàn tỉnh.",
	Note:  "Tệp minh họa.",
}

func TestEverySheetIsAcceptedAsEvidence(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{"a.pdf": sheet.PDF(), "a.png": sheet.PNG()} {
		if _, err := evidence.Check(name, bytes.NewReader(file), int64(len(file))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTheSameSheetGivesTheSameBytes(t *testing.T) {
	t.Parallel()
	if !bytes.Equal(sheet.PDF(), sheet.PDF()) {
		t.Error("two documents of one sheet differ")
	}
	if !bytes.Equal(sheet.PNG(), sheet.PNG()) {
		t.Error("two pictures of one sheet differ")
	}
}

func TestEveryObjectOfADocumentIsWhereItsTableSays(t *testing.T) {
	t.Parallel()
	file := sheet.PDF()
	_, tail, ok := bytes.Cut(file, []byte("startxref\n"))
	if !ok {
		t.Fatal("no startxref")
	}
	at, err := strconv.Atoi(string(bytes.TrimSuffix(tail, []byte("\n%%EOF\n"))))
	if err != nil || !bytes.HasPrefix(file[at:], []byte("xref\n0 11\n")) {
		t.Fatalf("startxref %d: %v", at, err)
	}
	entries := file[at+len("xref\n0 11\n"):]
	for n := 1; n <= 10; n++ {
		entry := string(entries[20*n : 20*n+20])
		offset, err := strconv.Atoi(entry[:10])
		if err != nil || entry[10:] != " 00000 n \n" {
			t.Fatalf("entry %d: %q", n, entry)
		}
		if want := fmt.Sprintf("%d 0 obj\n", n); !bytes.HasPrefix(file[offset:], []byte(want)) {
			t.Errorf("object %d is not at %d", n, offset)
		}
	}
	for _, m := range regexp.MustCompile(`/Length (\d+) /Filter /FlateDecode >>\nstream\n`).FindAllSubmatchIndex(file, -1) {
		length, err := strconv.Atoi(string(file[m[2]:m[3]]))
		if err != nil || !bytes.HasPrefix(file[m[1]+length:], []byte("\nendstream")) {
			t.Errorf("a stream at %d does not end after %d bytes", m[1], length)
		}
	}
}

// streams are the contents of the streams of a document.
func streams(t *testing.T, file []byte) []string {
	t.Helper()
	var all []string
	for rest := file; ; {
		_, after, ok := bytes.Cut(rest, []byte("FlateDecode >>\nstream\n"))
		if !ok {
			return all
		}
		r, err := zlib.NewReader(bytes.NewReader(after))
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, string(content))
		rest = after
	}
}

func TestTheTextOfADocumentCanBeReadBack(t *testing.T) {
	t.Parallel()
	all := streams(t, sheet.PDF())
	if len(all) != 3 {
		t.Fatalf("%d streams, want page, font and characters", len(all))
	}
	characters := map[string]string{}
	for _, m := range regexp.MustCompile(`<(....)> <(....)>\n`).FindAllStringSubmatch(all[2], -1) {
		r, err := strconv.ParseUint(m[2], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		characters[m[1]] = string(rune(r))
	}
	var lines []string
	for _, m := range regexp.MustCompile(`<([0-9A-F]+)> Tj`).FindAllStringSubmatch(all[0], -1) {
		var line strings.Builder
		for i := 0; i < len(m[1]); i += 4 {
			line.WriteString(characters[m[1][i:i+4]])
		}
		lines = append(lines, line.String())
	}
	if len(lines) < 4 {
		t.Errorf("%d lines: the text is not broken", len(lines))
	}
	want := sheet.Title + " " + sheet.Text + " " + sheet.Note
	if got := strings.Join(lines, " "); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestTheFontHasEveryCharacterOfTheEvidence(t *testing.T) {
	t.Parallel()
	c, err := content.All()
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{}
	for _, f := range c.Evidence {
		texts = append(texts, f.Text)
	}
	for _, a := range c.Activities {
		texts = append(texts, a.Title)
	}
	for _, text := range texts {
		for _, r := range text {
			if !paper.Has(r) {
				t.Errorf("%q has no glyph in %q", r, text)
			}
		}
	}
}

func TestAPictureShowsItsText(t *testing.T) {
	t.Parallel()
	with, err := png.Decode(bytes.NewReader(sheet.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	without, err := png.Decode(bytes.NewReader(paper.Sheet{}.PNG()))
	if err != nil {
		t.Fatal(err)
	}
	dark, differ := 0, 0
	for y := range with.Bounds().Dy() {
		for x := range with.Bounds().Dx() {
			a, b := with.At(x, y), without.At(x, y)
			if a != b {
				differ++
			}
			if color.GrayModel.Convert(a).(color.Gray).Y < 80 {
				dark++
			}
		}
	}
	// Some 190 characters of about 8 by 10 pixels, a fifth of which is ink.
	if dark < 2_000 || differ < dark || differ > 20_000 {
		t.Errorf("%d dark and %d other pixels than without text", dark, differ)
	}
}
