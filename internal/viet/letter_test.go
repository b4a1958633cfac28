package viet_test

import (
	"testing"

	"danvan/internal/viet"
)

func TestFirstLetterAloneChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ lower, upper string }{
		{"đánh giá chung", "Đánh giá chung"}, {"ấp Văn hóa", "Ấp Văn hóa"}, {"5 đơn vị", "5 đơn vị"}, {"", ""},
	} {
		if got := viet.UpperFirst(c.lower); got != c.upper {
			t.Errorf("UpperFirst(%q) = %q, want %q", c.lower, got, c.upper)
		}
		if got := viet.LowerFirst(c.upper); got != c.lower {
			t.Errorf("LowerFirst(%q) = %q, want %q", c.upper, got, c.lower)
		}
	}
	if got := viet.LowerFirst("UBND tỉnh"); got != "UBND tỉnh" {
		t.Errorf("an abbreviation became %q", got)
	}
}
