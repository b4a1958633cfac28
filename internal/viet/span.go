package viet

import (
	"fmt"
	"time"
)

// SpanKind is how the time of a piece of work was given.
type SpanKind string

const (
	SpanDay     SpanKind = "day" // one day, or from one day to another
	SpanMonth   SpanKind = "month"
	SpanQuarter SpanKind = "quarter"
	SpanHalf    SpanKind = "half"
	SpanYear    SpanKind = "year" // "Thường xuyên"
)

// SpanKinds lists every kind, shortest first.
var SpanKinds = []SpanKind{SpanDay, SpanMonth, SpanQuarter, SpanHalf, SpanYear}

// months is how many months one span of the kind takes, 0 for days.
func (k SpanKind) months() int {
	switch k {
	case SpanMonth:
		return 1
	case SpanQuarter:
		return 3
	case SpanHalf:
		return 6
	case SpanYear:
		return 12
	}
	return 0
}

// Values is how many spans of the kind a year has: 12 months, 4 quarters,
// 2 halves, 1 year; 0 for days, which are given by their dates.
func (k SpanKind) Values() int {
	if k.months() == 0 {
		return 0
	}
	return 12 / k.months()
}

// Span is the time of a piece of work, both days included. The zero Span is no
// time given.
type Span struct {
	Kind  SpanKind `json:"kind"`
	Start Date     `json:"start"`
	Due   Date     `json:"due"`
}

const (
	hintSpanDue   ParseError = "Chưa ghi ngày hoàn thành"
	hintSpanOrder ParseError = "Ngày bắt đầu phải trước hoặc trùng ngày hoàn thành"
)

// SpanOfDays is work from start to due. Without a start it is work of one day.
// Errors are [ParseError].
func SpanOfDays(start, due Date) (Span, error) {
	if due.IsZero() {
		return Span{}, hintSpanDue
	}
	if start.IsZero() {
		start = due
	}
	if start.After(due) {
		return Span{}, hintSpanOrder
	}
	return Span{SpanDay, start, due}, nil
}

// SpanOf is the month, quarter, half or whole of year that value counts, from
// 1; ok is false for days and for a value that [SpanKind.Values] does not have.
func SpanOf(kind SpanKind, year, value int) (span Span, ok bool) {
	if value < 1 || value > kind.Values() {
		return Span{}, false
	}
	first := time.Month((value-1)*kind.months() + 1)
	last := first + time.Month(kind.months()) - 1
	start, due := NewDate(year, first, 1), NewDate(year, last, daysIn(year, last))
	return Span{kind, start, due}, !start.IsZero()
}

// Value counts the span within its year, from 1; 0 for days and for no time.
// It is the inverse of [SpanOf], also after [Span.Inside].
func (s Span) Value() int {
	if s.Kind.months() == 0 || s.Due.IsZero() {
		return 0
	}
	return (int(s.Due.month)-1)/s.Kind.months() + 1
}

// Inside is the part of s between first and last, both included, under the same
// label: "Thường xuyên" in a campaign that begins on 28/02 starts on 28/02. ok is
// false when nothing of s lies there.
func (s Span) Inside(first, last Date) (part Span, ok bool) {
	if s.Start.Before(first) {
		s.Start = first
	}
	if s.Due.After(last) {
		s.Due = last
	}
	if s.IsZero() || s.Start.After(s.Due) {
		return Span{}, false
	}
	return s, true
}

// IsZero says that no time is given.
func (s Span) IsZero() bool { return s == Span{} }

// Valid says whether the days are in order and lie in the month, quarter, half
// or year that the kind names.
func (s Span) Valid() bool {
	if s.Start.IsZero() || s.Start.After(s.Due) {
		return false
	}
	if s.Kind == SpanDay {
		return true
	}
	whole, ok := SpanOf(s.Kind, s.Due.year, s.Value())
	return ok && s.Start.Within(whole.Start, whole.Due)
}

// Label is how the span is shown: "15/11/2022", "01/12–10/12/2022", "Tháng 3",
// "Quý II", "6 tháng đầu năm", "6 tháng cuối năm", "Thường xuyên"; "" for no time.
// The year of months and longer is the campaign's and goes without saying.
func (s Span) Label() string {
	switch s.Kind {
	case SpanDay:
		return s.dayLabel()
	case SpanMonth:
		return fmt.Sprintf("Tháng %d", s.Value())
	case SpanQuarter:
		return "Quý " + Roman(s.Value())
	case SpanHalf:
		if s.Value() == 1 {
			return "6 tháng đầu năm"
		}
		return "6 tháng cuối năm"
	case SpanYear:
		return "Thường xuyên"
	}
	return ""
}

func (s Span) dayLabel() string {
	switch {
	case s.Start.IsZero(), s.Start == s.Due:
		return s.Due.String()
	case s.Start.year == s.Due.year:
		return s.Start.Short() + "–" + s.Due.String()
	}
	return s.Start.String() + "–" + s.Due.String()
}
