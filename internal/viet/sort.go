package viet

import (
	"cmp"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators are kept because making one costs far more than comparing, and one
// of them must not be used by two goroutines at a time.
var collators = sync.Pool{New: func() any { return collate.New(language.Vietnamese) }}

// Compare orders texts as a Vietnamese dictionary does (a ă â … d đ e ê …; level,
// huyền, hỏi, ngã, sắc, nặng), for [slices.SortFunc]. Only equal texts are equal.
func Compare(a, b string) int {
	collator := collators.Get().(*collate.Collator)
	defer collators.Put(collator)
	return cmp.Or(collator.CompareString(a, b), strings.Compare(a, b))
}

// CompareNames orders people by tên first and then by họ and đệm, so that all who
// are called Hà stand before all who are called Hạ. In SQL, over a column kept by
// [SortName]: order by split_part(name_sort, ' ', 1), name_sort.
func CompareNames(a, b string) int {
	a, b = SortName(a), SortName(b)
	givenA, _, _ := strings.Cut(a, " ")
	givenB, _, _ := strings.Cut(b, " ")
	return cmp.Or(Compare(givenA, givenB), Compare(a, b))
}
