package word

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTitlesBreakWhereAReaderDrawsBreath(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"SỞ TƯ PHÁP": {"SỞ TƯ PHÁP"},
		"SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN": {"SỞ NÔNG NGHIỆP", "VÀ PHÁT TRIỂN NÔNG THÔN"},
		"SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH":        {"SỞ VĂN HÓA,", "THỂ THAO VÀ DU LỊCH"},
		"": {""},
	} {
		if got := balance(text, 12, 3540); !slices.Equal(got, want) {
			t.Errorf("%q is broken into %q, want %q", text, got, want)
		}
	}
}

func TestLinesThatFitStayAsFewAsTheyCanBe(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("Kết quả thực hiện công tác dân vận chính quyền ", 6)
	for _, room := range []int{1, 500, 2000, 8000} {
		got := balance(text, 14, room)
		if want := measure(text, 14).fill(room); len(got) != len(want) {
			t.Errorf("in %d: %d lines, want %d", room, len(got), len(want))
		}
		if strings.Join(got, " ") != strings.TrimSpace(text) {
			t.Errorf("in %d words are lost: %q", room, got)
		}
	}
}

func TestAHostileTitleTakesNoTime(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ắ", 50_000)
	begun := time.Now()
	for _, text := range []string{long, strings.Repeat("a ", 50_000), strings.Repeat(long[:9000]+" ", 50)} {
		balance(text, 14, 8000)
	}
	// Trying every break would take hours; how fast the machine is does not matter.
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("it took %s", took)
	}
}
