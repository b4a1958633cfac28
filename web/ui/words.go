package ui

import "strings"

// Short cuts a text to most letters; the whole has to be one click away.
func Short(s string, most int) string {
	runes := []rune(s)
	if len(runes) <= most {
		return s
	}
	return string(runes[:most-1]) + "…"
}

// Joined puts what is not empty together.
func Joined(between string, parts ...string) string {
	var said []string
	for _, s := range parts {
		if s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, between)
}
