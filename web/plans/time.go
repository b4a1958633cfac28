package plans

import (
	"errors"
	"strconv"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/form"
	"danvan/web/ui"
)

// The time of an activity is one field in storage and several on the form: how
// it is given, and the days, month, quarter or half that goes with that.
const (
	timeKind    = "time"
	timeStart   = "starts_on"
	timeDue     = "due_on"
	timeMonth   = "month"
	timeQuarter = "quarter"
	timeHalf    = "half"
)

// counted names the field that says which span of a kind is meant.
var counted = map[viet.SpanKind]string{
	viet.SpanMonth:   timeMonth,
	viet.SpanQuarter: timeQuarter,
	viet.SpanHalf:    timeHalf,
}

var timeKinds = []ui.Option{
	{Value: "", Label: "Chọn…"},
	{Value: string(viet.SpanDay), Label: "Theo ngày"},
	{Value: string(viet.SpanMonth), Label: "Theo tháng"},
	{Value: string(viet.SpanQuarter), Label: "Theo quý"},
	{Value: string(viet.SpanHalf), Label: "6 tháng"},
	{Value: string(viet.SpanYear), Label: "Thường xuyên, cả năm"},
}

// spanOptions are the spans of a kind in a year, under the names plans use.
func spanOptions(kind viet.SpanKind, year int) []ui.Option {
	options := []ui.Option{{Value: "", Label: "Chọn…"}}
	for n := 1; n <= kind.Values(); n++ {
		if span, ok := viet.SpanOf(kind, year, n); ok {
			options = append(options, ui.Option{Value: strconv.Itoa(n), Label: span.Label()})
		}
	}
	return options
}

// putTime makes the form show a time.
func putTime(f *form.Form, span viet.Span) {
	if span.IsZero() {
		return
	}
	f.Put(timeKind, string(span.Kind))
	if name, ok := counted[span.Kind]; ok {
		f.Put(name, strconv.Itoa(span.Value()))
	}
	if span.Kind == viet.SpanDay {
		f.Put(timeDue, span.Due.String())
		if span.Start != span.Due {
			f.Put(timeStart, span.Start.String())
		}
	}
}

// readTime returns the canonical text of the time typed; ok is false when it
// cannot be read, which the form then says. Not yet given is no mistake.
func readTime(f *form.Form, year int) (text string, ok bool) {
	kind := form.Pick(f, timeKind, viet.SpanKinds)
	if f.Error(timeKind) != "" {
		return "", false
	}
	switch kind {
	case "":
		if f.Line(timeStart) != "" || f.Line(timeDue) != "" {
			f.Fail(timeKind, "Chọn cách ghi thời gian")
			return "", false
		}
		return "", true
	case viet.SpanDay:
		return readDays(f)
	case viet.SpanYear:
		span, ok := viet.SpanOf(kind, year, 1)
		return submission.FormatTime(span), ok
	}
	name := counted[kind]
	n, given := f.Whole(name)
	if !given {
		return "", f.Error(name) == ""
	}
	span, ok := viet.SpanOf(kind, year, int(n))
	if !ok {
		f.Fail(name, "Chọn một mục trong danh sách")
		return "", false
	}
	return submission.FormatTime(span), true
}

func readDays(f *form.Form) (text string, ok bool) {
	start, due := f.Date(timeStart), f.Date(timeDue)
	if f.Error(timeStart) != "" || f.Error(timeDue) != "" {
		return "", false
	}
	if start.IsZero() && due.IsZero() {
		return "", true
	}
	span, err := viet.SpanOfDays(start, due)
	var sentence viet.ParseError
	switch {
	case errors.As(err, &sentence) && due.IsZero():
		f.Fail(timeDue, sentence.Error())
		return "", false
	case errors.As(err, &sentence):
		f.Fail(timeStart, sentence.Error())
		return "", false
	}
	return submission.FormatTime(span), err == nil
}

// timeField is where a mistake in the time is shown, by how it is given.
func timeField(f *form.Form) string {
	if viet.SpanKind(f.Raw(timeKind)) == viet.SpanDay {
		return timeDue
	}
	return timeKind
}
