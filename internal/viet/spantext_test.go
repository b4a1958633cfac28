package viet_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"danvan/internal/viet"
)

func TestTimesAreReadAsPlansWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Tháng 3": "Tháng 3", "tháng 03": "Tháng 3", "THÁNG 12/2022": "Tháng 12", "Tháng 3 năm 2022": "Tháng 3", "Trong tháng 5": "Tháng 5",
		"Quý II": "Quý II", "quý 4": "Quý IV", "Quý iii/2022": "Quý III", "Quý I năm 2022": "Quý I",
		"6 tháng đầu năm": "6 tháng đầu năm", "6 tháng cuối năm 2022": "6 tháng cuối năm", "Sáu tháng đầu năm": "6 tháng đầu năm",
		"Thường xuyên": "Thường xuyên", "cả năm": "Thường xuyên", "Trong năm 2022": "Thường xuyên", "Thường xuyên.": "Thường xuyên",
		"15/03/2022": "15/03/2022", "1-4-2022": "01/04/2022", "01/12–10/12/2022": "01/12–10/12/2022", "01/12/2022 - 10/12/2022": "01/12–10/12/2022",
		"Từ ngày 01/12/2022 đến ngày 10/12/2022": "01/12–10/12/2022", "từ 1/3 đến 15/4/2022": "01/03–15/04/2022",
	} {
		span, err := viet.ParseSpan(text, 2022)
		if err != nil || span.Label() != want || !span.Valid() {
			t.Errorf("%q reads %q (%v), want %q", text, span.Label(), err, want)
		}
	}
}

func TestTimesThatCouldMeanTwoThingsAreRefusedWithASentence(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "Tháng 13", "Tháng 0", "Quý V", "tháng 3-4", "Tháng 3 - Tháng 5", "03/2022", "3", "Quý II/2023", "31/02/2022",
		"10/12–01/12/2022", "cuối năm", "6 tháng", "khi có yêu cầu", "Tháng 3/2021"} {
		span, err := viet.ParseSpan(text, 2022)
		if _, sentence := errors.AsType[viet.ParseError](err); !sentence || !span.IsZero() {
			t.Errorf("%q reads %v (%v), want a sentence", text, span, err)
		}
	}
}

func TestATimeIsReadBackAsItIsShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year := rapid.IntRange(2000, 2099).Draw(t, "year")
		kind := rapid.SampledFrom(viet.SpanKinds).Draw(t, "kind")
		first := viet.NewDate(year, 1, 1).AddDays(rapid.IntRange(0, 300).Draw(t, "start"))
		span, err := viet.SpanOfDays(first, first.AddDays(rapid.IntRange(0, 60).Draw(t, "days")))
		if kind.Values() > 0 {
			span, _ = viet.SpanOf(kind, year, rapid.IntRange(1, kind.Values()).Draw(t, "value"))
		}
		if err != nil {
			t.Fatal(err)
		}
		if got, err := viet.ParseSpan(span.Label(), year); err != nil || got != span {
			t.Errorf("%q reads %v (%v), want %v", span.Label(), got, err, span)
		}
	})
}

func FuzzParseSpan(f *testing.F) {
	for _, text := range []string{"Tháng 3", "01/12–10/12/2022", "Quý iv/2022", "từ 1/3 đến 15/4/2022"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if span, err := viet.ParseSpan(text, 2022); err == nil && !span.Valid() {
			t.Errorf("%q reads %v", text, span)
		}
	})
}
