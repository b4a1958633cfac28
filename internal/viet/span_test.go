package viet_test

import (
	"encoding/json"
	"testing"

	"danvan/internal/viet"

	"pgregory.net/rapid"
)

func TestSpansOfAYearHaveTheirDaysAndLabels(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind       viet.SpanKind
		value      int
		start, due viet.Date
		label      string
	}{
		{viet.SpanMonth, 2, viet.NewDate(2022, 2, 1), viet.NewDate(2022, 2, 28), "Tháng 2"},
		{viet.SpanMonth, 12, viet.NewDate(2022, 12, 1), viet.NewDate(2022, 12, 31), "Tháng 12"},
		{viet.SpanQuarter, 1, viet.NewDate(2022, 1, 1), viet.NewDate(2022, 3, 31), "Quý I"},
		{viet.SpanQuarter, 2, viet.NewDate(2022, 4, 1), viet.NewDate(2022, 6, 30), "Quý II"},
		{viet.SpanQuarter, 4, viet.NewDate(2022, 10, 1), viet.NewDate(2022, 12, 31), "Quý IV"},
		{viet.SpanHalf, 1, viet.NewDate(2022, 1, 1), viet.NewDate(2022, 6, 30), "6 tháng đầu năm"},
		{viet.SpanHalf, 2, viet.NewDate(2022, 7, 1), viet.NewDate(2022, 12, 31), "6 tháng cuối năm"},
		{viet.SpanYear, 1, viet.NewDate(2022, 1, 1), viet.NewDate(2022, 12, 31), "Thường xuyên"},
	} {
		got, ok := viet.SpanOf(c.kind, 2022, c.value)
		if want := (viet.Span{Kind: c.kind, Start: c.start, Due: c.due}); !ok || got != want {
			t.Errorf("SpanOf(%s, 2022, %d) = %v, %v; want %v", c.kind, c.value, got, ok, want)
		}
		if got.Label() != c.label {
			t.Errorf("label of %s %d = %q, want %q", c.kind, c.value, got.Label(), c.label)
		}
	}
}

func TestSpansThatDoNotExistAreRefused(t *testing.T) {
	t.Parallel()
	for kind, values := range map[viet.SpanKind][]int{
		viet.SpanMonth: {0, 13, -1}, viet.SpanQuarter: {0, 5}, viet.SpanHalf: {0, 3}, viet.SpanYear: {0, 2}, viet.SpanDay: {0, 1}, "week": {1}, "": {1},
	} {
		for _, value := range values {
			if span, ok := viet.SpanOf(kind, 2022, value); ok {
				t.Errorf("SpanOf(%q, 2022, %d) = %v, want none", kind, value, span)
			}
		}
	}
	if span, ok := viet.SpanOf(viet.SpanMonth, 0, 1); ok {
		t.Errorf("SpanOf(month, 0, 1) = %v, want none", span)
	}
}

func TestDaysAreLabelledAsOneDateOrARange(t *testing.T) {
	t.Parallel()
	day := viet.NewDate(2022, 11, 15)
	for _, c := range []struct {
		start, due viet.Date
		label      string
	}{
		{day, day, "15/11/2022"},
		{viet.Date{}, day, "15/11/2022"},
		{viet.NewDate(2022, 12, 1), viet.NewDate(2022, 12, 10), "01/12–10/12/2022"},
		{viet.NewDate(2021, 12, 28), viet.NewDate(2022, 1, 5), "28/12/2021–05/01/2022"},
	} {
		span, err := viet.SpanOfDays(c.start, c.due)
		if err != nil || !span.Valid() || span.Label() != c.label {
			t.Errorf("SpanOfDays(%v, %v) = %v (%q), %v; want %q", c.start, c.due, span, span.Label(), err, c.label)
		}
		if span.Start.IsZero() || span.Value() != 0 {
			t.Errorf("SpanOfDays(%v, %v) starts %v and has value %d", c.start, c.due, span.Start, span.Value())
		}
	}
	if _, err := viet.SpanOfDays(day, viet.Date{}); err == nil || err.Error() != "Chưa ghi ngày hoàn thành" {
		t.Errorf("without a due day: %v", err)
	}
	if _, err := viet.SpanOfDays(day.Next(), day); err == nil || err.Error() != "Ngày bắt đầu phải trước hoặc trùng ngày hoàn thành" {
		t.Errorf("backwards: %v", err)
	}
}

func TestASpanKeepsItsLabelInsideTheCampaign(t *testing.T) {
	t.Parallel()
	first, last := viet.NewDate(2022, 2, 28), viet.NewDate(2022, 12, 15)
	year, _ := viet.SpanOf(viet.SpanYear, 2022, 1)
	part, ok := year.Inside(first, last)
	if want := (viet.Span{Kind: viet.SpanYear, Start: first, Due: last}); !ok || part != want || part.Label() != "Thường xuyên" || !part.Valid() {
		t.Errorf("the year inside the campaign = %v (%q), %v; want %v", part, part.Label(), ok, want)
	}
	january, _ := viet.SpanOf(viet.SpanMonth, 2022, 1)
	if part, ok := january.Inside(first, last); ok {
		t.Errorf("January inside the campaign = %v, want none", part)
	}
	if part, ok := (viet.Span{}).Inside(first, last); ok {
		t.Errorf("no time inside the campaign = %v, want none", part)
	}
}

func TestEverySpanOfTheYearSurvivesItsFormAndJSON(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom(viet.SpanKinds[1:]).Draw(t, "kind")
		value := rapid.IntRange(1, kind.Values()).Draw(t, "value")
		year := rapid.IntRange(1900, 2199).Draw(t, "year")
		span, ok := viet.SpanOf(kind, year, value)
		if !ok || !span.Valid() || span.Value() != value {
			t.Fatalf("SpanOf(%s, %d, %d) = %v, %v with value %d", kind, year, value, span, ok, span.Value())
		}
		text, err := json.Marshal(span)
		if err != nil {
			t.Fatal(err)
		}
		var read viet.Span
		if err := json.Unmarshal(text, &read); err != nil || read != span {
			t.Fatalf("%s came back as %v, %v", text, read, err)
		}
		if next, ok := viet.SpanOf(kind, year, value+1); ok && next.Start != span.Due.Next() {
			t.Fatalf("%v does not follow %v", next, span)
		}
	})
}

func TestSpansWhoseDaysContradictTheirKindAreInvalid(t *testing.T) {
	t.Parallel()
	for _, span := range []viet.Span{
		{},
		{Kind: viet.SpanDay, Due: viet.NewDate(2022, 3, 1)},
		{Kind: viet.SpanDay, Start: viet.NewDate(2022, 3, 2), Due: viet.NewDate(2022, 3, 1)},
		{Kind: viet.SpanMonth, Start: viet.NewDate(2022, 2, 28), Due: viet.NewDate(2022, 3, 31)},
		{Kind: viet.SpanYear, Start: viet.NewDate(2021, 12, 31), Due: viet.NewDate(2022, 12, 31)},
		{Kind: "week", Start: viet.NewDate(2022, 3, 1), Due: viet.NewDate(2022, 3, 7)},
	} {
		if span.Valid() {
			t.Errorf("%v is valid", span)
		}
	}
	if label := (viet.Span{}).Label(); label != "" {
		t.Errorf("no time is labelled %q", label)
	}
}
