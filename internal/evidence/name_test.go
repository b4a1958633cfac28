package evidence_test

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"danvan/internal/evidence"
)

func TestAFileKeepsItsNameWithoutWhatCouldHarm(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"Báo cáo quý III.pdf":                  "Báo cáo quý III.pdf",
		norm.NFD.String("Kế hoạch.docx"):       "Kế hoạch.docx",
		"/etc/passwd":                          "passwd",
		"../../kh.pdf":                         "kh.pdf",
		`C:\Users\An\Desktop\kh.pdf`:           "kh.pdf",
		"a\x00b\r\nc.pdf":                      "ab c.pdf",
		"\u202efdp.exe":                        "fdp.exe",
		`a<b>:"c"|d?*.pdf`:                     "abcd.pdf",
		"  kh  .pdf ":                          "kh.pdf",
		"kh.pdf...":                            "kh.pdf",
		".pdf":                                 "tep.pdf",
		"...":                                  "tep",
		"":                                     "tep",
		"con.pdf":                              "_con.pdf",
		"LPT1.tar.png":                         "_LPT1.tar.png",
		"console.pdf":                          "console.pdf",
		strings.Repeat("ệ", 300) + ".pdf":      strings.Repeat("ệ", 78) + ".pdf",
		strings.Repeat("a", 300) + ".pdf":      strings.Repeat("a", 115) + ".pdf",
		"bản " + strings.Repeat("0", 5) + ".X": "bản 00000.X",
		"a\xff\xfeb.png":                       "ab.png",
	} {
		if got := evidence.CleanName(given); got != want {
			t.Errorf("CleanName(%q) = %q, want %q", given, got, want)
		}
	}
}

func FuzzAnyNameBecomesSafe(f *testing.F) {
	for _, name := range []string{"Báo cáo.pdf", `..\..\x`, "e:\u0301.pdf", "con", "a.b.c", ".", "\u202e", strings.Repeat("Ẫ.", 200)} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := evidence.CleanName(name)
		switch {
		case got == "" || got == "." || got == "..":
			t.Errorf("no name: %q", got)
		case !utf8.ValidString(got) || !norm.NFC.IsNormalString(got):
			t.Errorf("not composed UTF-8: %q", got)
		case len(got) > 255 || utf8.RuneCountInString(got) > 121:
			t.Errorf("too long: %d bytes", len(got))
		case strings.ContainsAny(got, `/\<>:"|?*`) || strings.ContainsFunc(got, unicode.IsControl):
			t.Errorf("reserved characters: %q", got)
		case strings.TrimSpace(got) != got || strings.HasSuffix(got, "."):
			t.Errorf("blanks or dots at the ends: %q", got)
		case evidence.CleanName(got) != got:
			t.Errorf("cleaning %q again gives %q", got, evidence.CleanName(got))
		}
	})
}
