package viet_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"danvan/internal/viet"

	"github.com/jackc/pgx/v5/pgtype"
	"pgregory.net/rapid"
)

func TestDatesAreReadInTheFormsPeopleType(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]viet.Date{
		"31/12/2022":        viet.NewDate(2022, 12, 31),
		"1/2/2022":          viet.NewDate(2022, 2, 1),
		"01-02-2022":        viet.NewDate(2022, 2, 1),
		"01.02.2022":        viet.NewDate(2022, 2, 1),
		"2022-02-01":        viet.NewDate(2022, 2, 1),
		" 29/02/2024\u00a0": viet.NewDate(2024, 2, 29),
		"０１／０２／２０２２":        viet.NewDate(2022, 2, 1),
	} {
		if got, err := viet.ParseDate(typed); err != nil || got != want || want.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want %v", typed, got, err, want)
		}
	}
}

func TestDatesThatCannotBeReadAreRefusedWithASentence(t *testing.T) {
	t.Parallel()
	const form = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/11/2022"
	for typed, want := range map[string]string{
		"":             "Chưa ghi ngày",
		"  ":           "Chưa ghi ngày",
		"31/11/2022":   "Ngày 31/11/2022 không có trong lịch",
		"29/2/2022":    "Ngày 29/02/2022 không có trong lịch",
		"29/2/1900":    "Ngày 29/02/1900 không có trong lịch",
		"12/31/2022":   "Ngày 12/31/2022 không có trong lịch",
		"0/1/2022":     "Ngày 00/01/2022 không có trong lịch",
		"2022-02-30":   "Ngày 30/02/2022 không có trong lịch",
		"01/02/0222":   "Năm phải trong khoảng từ 1900 đến 2199, ví dụ 30/11/2022",
		"01/02/22":     form,
		"01/02":        form,
		"1/2/3/2022":   form,
		"2022/02/01":   form,
		"01/02-2022":   form,
		"001/02/2022":  form,
		"1//2022":      form,
		"-1/02/2022":   form,
		"+1/02/2022":   form,
		"mai":          form,
		"1/2/2022 8h":  form,
		"1/2/2022\x00": form,
		"                                           1/2/2022": form,
	} {
		got, err := viet.ParseDate(typed)
		var refused viet.ParseError
		if !errors.As(err, &refused) || refused.Error() != want || !got.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want %q", typed, got, err, want)
		}
	}
}

func TestADayBeginsAtMidnightInVietnam(t *testing.T) {
	t.Parallel()
	before := time.Date(2022, 12, 4, 16, 59, 59, 0, time.UTC)
	if got, want := viet.DateOf(before), viet.NewDate(2022, 12, 4); got != want {
		t.Errorf("DateOf(%v) = %v, want %v", before, got, want)
	}
	if got, want := viet.DateOf(before.Add(time.Second)), viet.NewDate(2022, 12, 5); got != want {
		t.Errorf("DateOf one second later = %v, want %v", got, want)
	}
	start := viet.NewDate(2022, 12, 5).Start()
	if want := time.Date(2022, 12, 4, 17, 0, 0, 0, time.UTC); !start.Equal(want) {
		t.Errorf("Start = %v, want %v", start, want)
	}
	if got, want := viet.LastDayBefore(start), viet.NewDate(2022, 12, 4); got != want {
		t.Errorf("LastDayBefore(%v) = %v, want %v", start, got, want)
	}
	if got, want := viet.LastDayBefore(start.Add(time.Hour)), viet.NewDate(2022, 12, 5); got != want {
		t.Errorf("LastDayBefore(01:00) = %v, want %v", got, want)
	}
}

func TestNoDateStaysNone(t *testing.T) {
	t.Parallel()
	var none viet.Date
	if viet.DateOf(time.Time{}) != none || none.AddDays(3) != none || none.Next() != none || !none.Start().IsZero() {
		t.Error("the zero date turned into a day")
	}
	for _, words := range []string{none.String(), none.ISO(), none.Short(), none.Long(), none.Formal(), none.Ago(none), none.Remaining(none), viet.Clock(time.Time{}), viet.Moment(time.Time{})} {
		if words != "" {
			t.Errorf("the zero date is shown as %q, want nothing", words)
		}
	}
	if !none.Before(viet.NewDate(2022, 1, 1)) || none.Quarter() != 0 {
		t.Error("the zero date is not before every other")
	}
}

func TestDatesOutsideTheCalendarAreNone(t *testing.T) {
	t.Parallel()
	for _, d := range []viet.Date{viet.NewDate(2022, 2, 29), viet.NewDate(2022, 13, 1), viet.NewDate(2022, 0, 1), viet.NewDate(2022, 1, 0), viet.NewDate(999, 1, 1), viet.NewDate(10000, 1, 1)} {
		if !d.IsZero() {
			t.Errorf("NewDate gave %v, want none", d)
		}
	}
}

func TestDaysAreCountedAcrossMonthsAndLeapYears(t *testing.T) {
	t.Parallel()
	d := viet.NewDate(2022, 11, 30)
	if got, want := d.Next(), viet.NewDate(2022, 12, 1); got != want {
		t.Errorf("Next = %v, want %v", got, want)
	}
	if got := viet.NewDate(2024, 2, 28).DaysUntil(viet.NewDate(2024, 3, 1)); got != 2 {
		t.Errorf("28/02/2024 to 01/03/2024 = %d days, want 2", got)
	}
	if got := viet.NewDate(1000, 1, 1).DaysUntil(viet.NewDate(9999, 12, 31)); got != 3287181 {
		t.Errorf("the whole range = %d days, want 3287181", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		from := drawDate(t, "from")
		n := rapid.IntRange(-40_000, 40_000).Draw(t, "n")
		to := from.AddDays(n)
		if got := from.DaysUntil(to); got != n {
			t.Fatalf("%v.DaysUntil(%v) = %d, want %d", from, to, got, n)
		}
		if got := from.Before(to); got != (n > 0) {
			t.Fatalf("%v.Before(%v) = %v with %d days between", from, to, got, n)
		}
		if back, err := viet.ParseDate(from.String()); err != nil || back != from {
			t.Fatalf("ParseDate(%q) = %v, %v", from, back, err)
		}
		if back, err := viet.ParseDate(from.ISO()); err != nil || back != from {
			t.Fatalf("ParseDate(%q) = %v, %v", from.ISO(), back, err)
		}
		if got := viet.DateOf(from.Start()); got != from {
			t.Fatalf("DateOf(%v.Start()) = %v", from, got)
		}
	})
}

func drawDate(t *rapid.T, label string) viet.Date {
	return viet.NewDate(2020, 1, 1).AddDays(rapid.IntRange(-40_000, 60_000).Draw(t, label))
}

func TestDateIsAnISOStringInJSON(t *testing.T) {
	t.Parallel()
	type record struct {
		Due   viet.Date         `json:"due"`
		Seen  viet.Date         `json:"seen,omitzero"`
		ByDay map[viet.Date]int `json:"by_day"`
	}
	written := record{Due: viet.NewDate(2022, 12, 5), ByDay: map[viet.Date]int{viet.NewDate(2022, 2, 1): 3}}
	text, err := json.Marshal(written)
	if want := `{"due":"2022-12-05","by_day":{"2022-02-01":3}}`; err != nil || string(text) != want {
		t.Fatalf("json.Marshal = %s, %v; want %s", text, err, want)
	}
	var read record
	if err := json.Unmarshal(text, &read); err != nil || read.Due != written.Due || read.ByDay[viet.NewDate(2022, 2, 1)] != 3 {
		t.Errorf("json.Unmarshal = %+v, %v; want %+v", read, err, written)
	}
	for _, bad := range []string{`{"due":"05/12/2022"}`, `{"due":"2022-02-30"}`, `{"due":"0022-02-03"}`, `{"due":5}`} {
		if err := json.Unmarshal([]byte(bad), &read); err == nil {
			t.Errorf("json.Unmarshal(%s) was accepted", bad)
		}
	}
}

func TestDateTravelsToAndFromPostgresDateColumns(t *testing.T) {
	t.Parallel()
	types := pgtype.NewMap()
	for _, format := range []int16{pgtype.BinaryFormatCode, pgtype.TextFormatCode} {
		for _, want := range []viet.Date{viet.NewDate(2022, 12, 5), viet.NewDate(1900, 1, 1), {}} {
			wire, err := types.Encode(pgtype.DateOID, format, want, nil)
			if err != nil {
				t.Fatalf("encode %v in format %d: %v", want, format, err)
			}
			got := viet.NewDate(2000, 1, 1)
			if err := types.Scan(pgtype.DateOID, format, wire, &got); err != nil || got != want {
				t.Errorf("format %d: %v came back as %v, %v", format, want, got, err)
			}
		}
		want := []viet.Date{viet.NewDate(2022, 12, 5), viet.NewDate(2022, 12, 6)}
		wire, err := types.Encode(pgtype.DateArrayOID, format, want, nil)
		if err != nil {
			t.Fatalf("encode dates in format %d: %v", format, err)
		}
		var got []viet.Date
		if err := types.Scan(pgtype.DateArrayOID, format, wire, &got); err != nil || len(got) != 2 || got[0] != want[0] || got[1] != want[1] {
			t.Errorf("format %d: %v came back as %v, %v", format, want, got, err)
		}
	}
}

func TestAMomentIsNotScannedAsADate(t *testing.T) {
	t.Parallel()
	var d viet.Date
	for _, src := range []any{
		time.Date(2022, 12, 5, 8, 0, 0, 0, time.UTC),
		time.Date(2022, 12, 5, 0, 0, 0, 0, viet.Location),
		"05/12/2022", int64(5),
	} {
		if err := d.Scan(src); err == nil {
			t.Errorf("Scan(%v) = %v, want an error", src, d)
		}
	}
}

func TestDatesAreWrittenAsOfficesWriteThem(t *testing.T) {
	t.Parallel()
	d := viet.NewDate(2022, 11, 28)
	moment := time.Date(2022, 11, 28, 1, 42, 0, 0, time.UTC)
	for got, want := range map[string]string{
		d.String():                          "28/11/2022",
		d.Short():                           "28/11",
		d.Long():                            "thứ Hai, 28/11/2022",
		viet.Clock(moment):                  "08:42",
		viet.Moment(moment):                 "08:42 ngày 28/11/2022",
		d.AddDays(-1).Long():                "Chủ nhật, 27/11/2022",
		d.AddDays(5).Long():                 "thứ Bảy, 03/12/2022",
		d.Formal():                          "ngày 28 tháng 11 năm 2022",
		viet.NewDate(2022, 1, 5).Formal():   "ngày 05 tháng 01 năm 2022",
		viet.NewDate(2022, 2, 15).Formal():  "ngày 15 tháng 02 năm 2022",
		viet.NewDate(2022, 3, 9).Formal():   "ngày 09 tháng 3 năm 2022",
		viet.NewDate(2022, 10, 10).Formal(): "ngày 10 tháng 10 năm 2022",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestDistancesAreToldFromToday(t *testing.T) {
	t.Parallel()
	today := viet.NewDate(2022, 11, 28)
	for _, c := range []struct {
		days           int
		remaining, ago string
	}{
		{4, "còn 4 ngày", "ngày 02/12/2022"},
		{1, "còn 1 ngày", "ngày 29/11/2022"},
		{0, "hôm nay", "hôm nay"},
		{-1, "quá 1 ngày", "hôm qua"},
		{-3, "quá 3 ngày", "3 ngày trước"},
		{-13, "quá 13 ngày", "13 ngày trước"},
		{-1234, "quá 1.234 ngày", "1.234 ngày trước"},
	} {
		d := today.AddDays(c.days)
		if got := d.Remaining(today); got != c.remaining {
			t.Errorf("%v.Remaining(%v) = %q, want %q", d, today, got, c.remaining)
		}
		if got := d.Ago(today); got != c.ago {
			t.Errorf("%v.Ago(%v) = %q, want %q", d, today, got, c.ago)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"31/12/2022", "1/2/2022", "01-02-2022", "1.2.2022", "2022-02-01", "31/11/2022", "29/2/2024", "０１/02/2022", "1/2/22", "\xff/1/2022", "-1-2-2022"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		d, err := viet.ParseDate(typed)
		if err != nil {
			var refused viet.ParseError
			if !d.IsZero() || !errors.As(err, &refused) {
				t.Fatalf("ParseDate(%q) = %v, %v; want no date and a sentence", typed, d, err)
			}
			return
		}
		if again, err := viet.ParseDate(d.String()); err != nil || again != d {
			t.Fatalf("ParseDate(%q) = %v, read back as %v, %v", typed, d, again, err)
		}
		var read viet.Date
		if err := read.UnmarshalText([]byte(d.ISO())); err != nil || read != d {
			t.Fatalf("UnmarshalText(%q) = %v, %v", d.ISO(), read, err)
		}
	})
}

func TestTheTimeOfAnotherDayIsSaidWithTheDay(t *testing.T) {
	t.Parallel()
	now := time.Date(2022, time.November, 28, 8, 6, 0, 0, viet.Location)
	for moment, want := range map[time.Time]string{
		now.Add(-time.Minute): "08:05",
		time.Date(2022, time.November, 28, 0, 0, 0, 0, viet.Location):   "00:00",
		time.Date(2022, time.November, 27, 23, 59, 0, 0, viet.Location): "23:59 ngày 27/11/2022",
		time.Date(2022, time.November, 25, 9, 10, 0, 0, time.UTC):       "16:10 ngày 25/11/2022",
		{}: "",
	} {
		if got := viet.Recent(moment, now); got != want {
			t.Errorf("%v is said as %q, want %q", moment, got, want)
		}
	}
}
