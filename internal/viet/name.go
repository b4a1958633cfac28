package viet

import "strings"

// SortName turns a full name round for sorting by tên, họ, đệm:
// "Lê Thị Thanh Trúc" is "Trúc Lê Thị Thanh". It expects a name without titles.
func SortName(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 {
		return strings.Join(words, " ")
	}
	last := len(words) - 1
	return words[last] + " " + strings.Join(words[:last], " ")
}
