package viet_test

import (
	"slices"
	"strings"
	"testing"

	"danvan/internal/viet"
)

func TestDocumentNumbersBelowTenTakeALeadingZero(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		number         int
		suffix, symbol string
		want           string
	}{
		{5, "", "BC-STP", "05/BC-STP"},
		{5, "a", "BC-STP", "05a/BC-STP"},
		{10, "", "KH-UBND", "10/KH-UBND"},
		{1234, "", "UBND-NC", "1234/UBND-NC"},
		{0, "", "BC-STP", "     /BC-STP"},
	} {
		if got := viet.FormatDocumentNumber(c.number, c.suffix, c.symbol); got != c.want {
			t.Errorf("FormatDocumentNumber(%d, %q, %q) = %q, want %q", c.number, c.suffix, c.symbol, got, c.want)
		}
	}
}

func TestListsAreLetteredWithTheVietnameseAlphabet(t *testing.T) {
	t.Parallel()
	want := strings.Fields("a b c d đ e g h i k l m n o p q r s t u v x y aa ab")
	var got []string
	for n := range want {
		got = append(got, viet.ListLetter(n+1))
	}
	if !slices.Equal(got, want) {
		t.Errorf("letters %q, want %q", got, want)
	}
	if got := viet.ListLetter(0); got != "" {
		t.Errorf("ListLetter(0) = %q, want nothing", got)
	}
}

func TestAnnexesAreNumberedInRomanNumerals(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{1: "I", 2: "II", 3: "III", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 1999: "MCMXCIX", 3999: "MMMCMXCIX", 0: "0", -1: "-1", 4000: "4000"} {
		if got := viet.Roman(n); got != want {
			t.Errorf("Roman(%d) = %q, want %q", n, got, want)
		}
	}
}
