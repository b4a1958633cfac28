package viet_test

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"danvan/internal/viet"

	"pgregory.net/rapid"
)

// ordered is what Postgres 15 makes of the same texts with collate "vi-x-icu".
var ordered = []string{
	"an", "ăn", "ân", "ba", "bà", "bả", "bã", "bá", "bạ", "cá", "da", "đa", "đá", "em", "êm",
	"Huyện Châu Thành", "Huyện Châu Thành A", "Huyện Long Mỹ", "Huyện Phụng Hiệp",
	"on", "ôn", "ơn", "Thanh tra", "Thị xã Long Mỹ", "Thủy", "un", "ưn", "Ý kiến",
}

func TestWordsAreSortedAsInAVietnameseDictionary(t *testing.T) {
	t.Parallel()
	got := slices.Clone(ordered)
	rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, viet.Compare)
	if !slices.Equal(got, ordered) {
		t.Errorf("sorted\n%q, want\n%q", got, ordered)
	}
}

func TestPeopleAreSortedByGivenNameThenFamilyName(t *testing.T) {
	t.Parallel()
	want := []string{
		"Trần Văn An", "Võ Thị An", "Lê Thị Ân", "Nguyễn Văn Đông", "Bùi Thị Hà", "Trần Thị Hà",
		"Lê Văn Hạ", "Lê Thị Thanh Trúc", "Lê Văn Trúc", "Nguyễn Thị Trúc",
	}
	got := slices.Clone(want)
	rand.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
	slices.SortFunc(got, viet.CompareNames)
	if !slices.Equal(got, want) {
		t.Errorf("sorted\n%q, want\n%q", got, want)
	}
}

func TestSortNamePutsTheGivenNameFirst(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Lê Thị Thanh Trúc":  "Trúc Lê Thị Thanh",
		"  Nguyễn   Văn An ": "An Nguyễn Văn",
		"Trúc":               "Trúc",
		"":                   "",
	} {
		if got := viet.SortName(name); got != want {
			t.Errorf("SortName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestOrderIsConsistent(t *testing.T) {
	t.Parallel()
	texts := rapid.StringOf(rapid.SampledFrom([]rune("aăâáàbdđeêĐÁ -1")))
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := texts.Draw(t, "a"), texts.Draw(t, "b"), texts.Draw(t, "c")
		for name, compare := range map[string]func(a, b string) int{"Compare": viet.Compare, "CompareNames": viet.CompareNames} {
			if ab, ba := compare(a, b), compare(b, a); ab != -ba {
				t.Fatalf("%s(%q, %q) = %d but the other way %d", name, a, b, ab, ba)
			}
			if compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) > 0 {
				t.Fatalf("%s: %q ≤ %q ≤ %q but not the first ≤ the last", name, a, b, c)
			}
		}
		if (viet.Compare(a, b) == 0) != (a == b) {
			t.Fatalf("Compare(%q, %q) = %d", a, b, viet.Compare(a, b))
		}
	})
}

func TestManyMaySortAtOnce(t *testing.T) {
	t.Parallel()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			got := slices.Clone(ordered)
			slices.Reverse(got)
			slices.SortFunc(got, viet.Compare)
			if !slices.Equal(got, ordered) {
				t.Errorf("sorted %q, want %q", got, ordered)
			}
		})
	}
	wg.Wait()
}
