package viet_test

import (
	"strings"
	"testing"
	"unicode"

	"danvan/internal/viet"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"
)

func TestMatchingIgnoresCaseTonesAndMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                            "",
		"Sở Nội vụ":                   "so noi vu",
		"ĐẢNG ĐOÀN":                   "dang doan",
		"Huyện  Vị\u00a0Thủy\n":       "huyen vi thuy",
		"Vị Thuỷ":                     "vi thuy",
		"Ưu Ơn Ăn Âm Êm Ôm":           "uu on an am em om",
		"Ðông":                        "dong",
		"Kế hoạch 32/KH-UBND":         "ke hoach 32/kh-ubnd",
		"２０２２":                        "2022",
		"a\u200bb":                    "ab",
		"Kelvin \u212a, ĳ":            "kelvin k, ij",
		norm.NFD.String("Tiếng Việt"): "tieng viet",
	} {
		if got := viet.Fold(text); got != want {
			t.Errorf("Fold(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestSearchFindsWordsTypedWithoutMarks(t *testing.T) {
	t.Parallel()
	for _, sought := range []string{"", "vi thuy", "VỊ THUỶ", "thuy  ", "dan huyen"} {
		if !viet.Contains("Ủy ban nhân dân huyện Vị Thủy", sought) {
			t.Errorf("%q is not found in huyện Vị Thủy", sought)
		}
	}
	if viet.Contains("Ủy ban nhân dân huyện Vị Thủy", "vi thanh") {
		t.Error("vi thanh is found in huyện Vị Thủy")
	}
}

func TestComposedAndDecomposedTextFoldAlike(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aăâdđeêioôơuưyáàảãạấầẩẫậốồổỗộứừửữựỳỷỹỵĐẾƯ 1/-"))).Draw(t, "text")
		want := viet.Fold(text)
		for _, form := range []string{norm.NFD.String(text), strings.ToUpper(text), strings.ToUpper(norm.NFD.String(text)), " " + text + " "} {
			if got := viet.Fold(form); got != want {
				t.Fatalf("Fold(%q) = %q, Fold(%q) = %q", form, got, text, want)
			}
		}
		if i := strings.IndexFunc(want, func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 {
			t.Fatalf("Fold(%q) = %q keeps a mark", text, want)
		}
	})
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "Vị Thuỷ", "ĐẢNG", "İstanbul", "ﬁ ㎏ K", "a\u0301\u200d", "\xff", "\u0345", "ϓ", " \u2028 "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := viet.Fold(text)
		if again := viet.Fold(once); again != once {
			t.Fatalf("Fold(%q) = %q, folded again %q", text, once, again)
		}
		if got := viet.Fold(norm.NFD.String(strings.ToValidUTF8(text, "\ufffd"))); got != once {
			t.Fatalf("Fold(%q) = %q, decomposed %q", text, once, got)
		}
	})
}
