package viet

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const hintSpan ParseError = "Ghi thời gian kiểu: Tháng 3, Quý II, 6 tháng đầu năm, 15/03/2022, 01/12/2022–10/12/2022 hoặc Thường xuyên"

const maxTypedSpan = 120 // bytes

// The forms in which plans write times, folded. The year may follow.
var (
	monthText   = regexp.MustCompile(`^(?:trong )?thang (\d{1,2})(?: nam |[/-]| )?(\d{4})?$`)
	quarterText = regexp.MustCompile(`^(?:trong )?quy (iv|i{1,3}|[1-4])(?: nam |[/-]| )?(\d{4})?$`)
	halfText    = regexp.MustCompile(`^(?:trong )?(?:6|sau) thang (dau|cuoi) nam(?: )?(\d{4})?$`)
	yearText    = regexp.MustCompile(`^(?:thuong xuyen|ca nam|trong nam)(?: )?(\d{4})?$`)
	daysText    = regexp.MustCompile(`^(?:tu )?(?:ngay )?(\S+?)\s*(?:–|—| - | den | den ngay )\s*(?:ngay )?(\S+)$`)
	shortDay    = regexp.MustCompile(`^\d{1,2}[/.-]\d{1,2}$`)
)

var quarters = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

// ParseSpan reads a time as plans write it, in any of the forms of [Span.Label]:
// "Tháng 3", "quý 2/2022", "6 tháng đầu năm", "15/03/2022", "01/12–10/12/2022",
// "Thường xuyên". A month and what is longer lie in year; another year named there
// is an error, like whatever could be a guess. Errors are [ParseError].
func ParseSpan(text string, year int) (Span, error) {
	if len(text) > maxTypedSpan {
		return Span{}, hintSpan
	}
	if day, err := ParseDate(text); err == nil {
		return SpanOfDays(day, day)
	}
	typed := strings.TrimRight(Fold(text), " .")
	for _, form := range []struct {
		kind    SpanKind
		pattern *regexp.Regexp
		value   func(word string) int
	}{
		{SpanMonth, monthText, func(word string) int { n, _ := strconv.Atoi(word); return n }}, // digits
		{SpanQuarter, quarterText, func(word string) int { return quarters[word] }},
		{SpanHalf, halfText, func(word string) int { return map[string]int{"dau": 1, "cuoi": 2}[word] }},
	} {
		if found := form.pattern.FindStringSubmatch(typed); found != nil {
			return spanIn(year, form.kind, form.value(found[1]), found[2])
		}
	}
	if found := yearText.FindStringSubmatch(typed); found != nil {
		return spanIn(year, SpanYear, 1, found[1])
	}
	if found := daysText.FindStringSubmatch(typed); found != nil {
		return daysBetween(found[1], found[2])
	}
	return Span{}, hintSpan
}

func spanIn(year int, kind SpanKind, value int, named string) (Span, error) {
	if named != "" && named != strconv.Itoa(year) {
		return Span{}, ParseError(fmt.Sprintf("Thời gian phải nằm trong năm %d", year))
	}
	span, ok := SpanOf(kind, year, value)
	if !ok {
		return Span{}, hintSpan
	}
	return span, nil
}

// daysBetween reads two days; the first may leave out the year of the second.
func daysBetween(first, last string) (Span, error) {
	due, err := ParseDate(last)
	if err != nil {
		return Span{}, hintSpan
	}
	if shortDay.MatchString(first) {
		first += string(first[strings.IndexAny(first, "/.-")]) + strconv.Itoa(due.Year())
	}
	start, err := ParseDate(first)
	if err != nil {
		return Span{}, hintSpan
	}
	return SpanOfDays(start, due)
}
