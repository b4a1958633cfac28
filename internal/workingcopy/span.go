package workingcopy

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/viet"
)

// The canonical text of a time is one field, so that two people can never leave
// half of each other's: "2022-12-01/2022-12-10", or "2022/month/3".

// FormatTime returns the canonical text of a span, "" for none.
func FormatTime(s viet.Span) string {
	switch {
	case s.IsZero():
		return ""
	case s.Kind == viet.SpanDay:
		return s.Start.ISO() + "/" + s.Due.ISO()
	}
	return fmt.Sprintf("%d/%s/%d", s.Due.Year(), s.Kind, s.Value())
}

var errTime = errors.New("not a time")

// ParseTime reads a canonical text; "" is no time.
func ParseTime(text string) (viet.Span, error) {
	if text == "" {
		return viet.Span{}, nil
	}
	f := strings.Split(text, "/")
	switch len(f) {
	case 2:
		var start, due viet.Date
		if start.UnmarshalText([]byte(f[0])) != nil || due.UnmarshalText([]byte(f[1])) != nil {
			return viet.Span{}, errTime
		}
		return viet.SpanOfDays(start, due)
	case 3:
		year, err := strconv.Atoi(f[0])
		if err != nil {
			return viet.Span{}, errTime
		}
		value, err := strconv.Atoi(f[2])
		if err != nil {
			return viet.Span{}, errTime
		}
		if s, ok := viet.SpanOf(viet.SpanKind(f[1]), year, value); ok {
			return s, nil
		}
	}
	return viet.Span{}, errTime
}
