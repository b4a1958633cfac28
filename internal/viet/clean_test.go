package viet_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"danvan/internal/viet"

	"golang.org/x/text/unicode/norm"
)

func TestTypedTextIsCleaned(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]string{
		"":                             "",
		" \r\n\t ":                     "",
		"Trie\u0302\u0309n khai":       "Triển khai",
		"  một  \r\nhai\t\r\rba \n\n":  "một\nhai\n\nba",
		"a\x00b\x07c\x7f\u0085d":       "abc\nd",
		"10\u00a0lớp":                  "10 lớp",
		"\ufeffSở\u200b Tư\u00ad pháp": "Sở Tư pháp",
		"KH\u202e.docx":                "KH.docx",
		"dòng\u2028dưới":               "dòng\ndưới",
		"a\xffb":                       "a\ufffdb",
		"thụt\n    vào":                "thụt\n    vào",
		"e\x00\u0301":                  "é",
		"👨\u200d👩":                     "👨\u200d👩",
		"\ufffe\U0001ffff":             "",
	} {
		if got := viet.Clean(typed); got != want {
			t.Errorf("Clean(%q) = %q, want %q", typed, got, want)
		}
	}
}

func TestAFieldOfOneLineKeepsOneLine(t *testing.T) {
	t.Parallel()
	if got, want := viet.CleanLine("  Sở\r\n Tư \u00a0 pháp\t"), "Sở Tư pháp"; got != want {
		t.Errorf("CleanLine = %q, want %q", got, want)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", " a \r\n b ", "Trie\u0302\u0309n", "a\x00\u0301", "\r\r\n", "\ufeff x", "\xff\xfe", "\u0344", "a\u2028\u00a0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		once := viet.Clean(typed)
		if again := viet.Clean(once); again != once {
			t.Fatalf("Clean(%q) = %q, cleaned again %q", typed, once, again)
		}
		if !utf8.ValidString(once) || !norm.NFC.IsNormalString(once) || strings.ContainsAny(once, "\x00\r\ufeff") {
			t.Fatalf("Clean(%q) = %q, which is not fit to be stored", typed, once)
		}
		line := viet.CleanLine(typed)
		if again := viet.CleanLine(line); again != line || strings.Contains(line, "\n") {
			t.Fatalf("CleanLine(%q) = %q, cleaned again %q", typed, line, again)
		}
	})
}
