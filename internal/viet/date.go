package viet

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the binary runs where no zone files are installed
)

// Location is the zone of every date and clock the portal shows.
var Location = mustLoad("Asia/Ho_Chi_Minh")

func mustLoad(name string) *time.Location {
	location, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return location
}

// Date is a day of the calendar in [Location]. Dates compare with ==; the zero
// Date is no date: "" as text and JSON, NULL in the database.
type Date struct {
	year  int
	month time.Month
	day   int
}

// NewDate returns the zero Date when the day is not in the calendar or its year
// has not four digits.
func NewDate(year int, month time.Month, day int) Date {
	if year < 1000 || year > 9999 || month < time.January || month > time.December {
		return Date{}
	}
	if day < 1 || day > daysIn(year, month) {
		return Date{}
	}
	return Date{year, month, day}
}

// DateOf is the day on which t falls in [Location]; no date for the zero time.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return NewDate(t.In(Location).Date())
}

// LastDayBefore is the last day with a moment before the exclusive deadline t:
// for 05/12/2022 00:00 it is 04/12/2022.
func LastDayBefore(t time.Time) Date { return DateOf(t.Add(-1)) }

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

func (d Date) Year() int             { return d.year }
func (d Date) Month() time.Month     { return d.month }
func (d Date) Day() int              { return d.day }
func (d Date) IsZero() bool          { return d == Date{} }
func (d Date) Equal(other Date) bool { return d == other }

// Weekday is Sunday for no date as well; ask [Date.IsZero] first.
func (d Date) Weekday() time.Weekday {
	if d.IsZero() {
		return time.Sunday
	}
	return d.utc().Weekday()
}

// Quarter is 1 to 4, 0 for no date.
func (d Date) Quarter() int { return (int(d.month) + 2) / 3 }

// Compare orders dates; no date comes before all others.
func (d Date) Compare(other Date) int {
	if d.year != other.year {
		return d.year - other.year
	}
	if d.month != other.month {
		return int(d.month - other.month)
	}
	return d.day - other.day
}

func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }
func (d Date) After(other Date) bool  { return d.Compare(other) > 0 }

// Within says whether d is neither before first nor after last.
func (d Date) Within(first, last Date) bool { return !d.Before(first) && !d.After(last) }

// Start is 00:00 of the day in [Location], the zero time for no date.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, Location)
}

// Next is the following day.
func (d Date) Next() Date { return d.AddDays(1) }

// AddDays moves by n days, backwards when n is negative. No date stays none.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return NewDate(time.Date(d.year, d.month, d.day+n, 0, 0, 0, 0, time.UTC).Date())
}

// DaysUntil counts from d to other: 1 for tomorrow, negative for the past.
// It means nothing when either is no date.
func (d Date) DaysUntil(other Date) int {
	const day = 24 * 60 * 60
	return int((other.utc().Unix() - d.utc().Unix()) / day)
}

func (d Date) utc() time.Time {
	return time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC)
}

const (
	hintDate      ParseError = "Ghi ngày theo dạng ngày/tháng/năm, ví dụ 30/11/2022"
	hintDateBlank ParseError = "Chưa ghi ngày"
	hintYear      ParseError = "Năm phải trong khoảng từ 1900 đến 2199, ví dụ 30/11/2022"
	maxTypedDate             = 40 // bytes; full-width digits take three each
)

// ParseDate reads "31/12/2022", "1/2/2022", "01-02-2022", "1.2.2022" and the
// form browsers post, "2022-02-01". The year has four digits, 1900 to 2199, so
// that a slip of the finger is caught. Errors are [ParseError].
func ParseDate(text string) (Date, error) {
	if len(text) > maxTypedDate {
		return Date{}, hintDate
	}
	typed := strings.TrimSpace(strings.Map(halfWidth, text))
	if typed == "" {
		return Date{}, hintDateBlank
	}
	year, month, day, ok := splitDate(typed)
	if !ok {
		return Date{}, hintDate
	}
	if year < 1900 || year > 2199 {
		return Date{}, hintYear
	}
	d := NewDate(year, time.Month(month), day)
	if d.IsZero() {
		return Date{}, ParseError(fmt.Sprintf("Ngày %02d/%02d/%04d không có trong lịch", day, month, year))
	}
	return d, nil
}

func splitDate(typed string) (year, month, day int, ok bool) {
	for _, mark := range []string{"/", "-", "."} {
		fields := strings.Split(typed, mark)
		if len(fields) != 3 {
			continue
		}
		if mark == "-" && len(fields[0]) == 4 {
			fields[0], fields[2] = fields[2], fields[0]
		}
		if len(fields[2]) != 4 || len(fields[0]) > 2 || len(fields[1]) > 2 {
			return 0, 0, 0, false
		}
		var numbers [3]int
		for i, field := range fields {
			if !areDigits(field) {
				return 0, 0, 0, false
			}
			// At most four digits: Atoi cannot fail.
			numbers[i], _ = strconv.Atoi(field)
		}
		return numbers[2], numbers[1], numbers[0], true
	}
	return 0, 0, 0, false
}

// ISO is the form of JSON, addresses and <input type="date">: "2022-11-28".
func (d Date) ISO() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

func parseISO(text string) (Date, error) {
	if text == "" {
		return Date{}, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return Date{}, err
	}
	d := NewDate(t.Date())
	if d.IsZero() {
		return Date{}, fmt.Errorf("date %q is out of range", text)
	}
	return d, nil
}

// MarshalText writes [Date.ISO], for JSON values and keys.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.ISO()), nil }

// UnmarshalText reads [Date.ISO] and nothing else; people's input goes through
// [ParseDate].
func (d *Date) UnmarshalText(text []byte) error {
	parsed, err := parseISO(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value makes a date column of d, NULL for no date. For a timestamp column pass
// [Date.Start]: the database would take d for midnight in UTC.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.utc(), nil
}

// Scan reads a date column; NULL is no date. A timestamp is refused unless it
// is midnight UTC, which is how drivers hand over a date: the day of any other
// moment depends on the zone and is [DateOf]'s to say.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case time.Time:
		if v.Location() != time.UTC || !v.Truncate(24*time.Hour).Equal(v) {
			return fmt.Errorf("scan a date: %v is a moment", v)
		}
		*d = NewDate(v.Date())
		if d.IsZero() {
			return fmt.Errorf("scan a date: %v is out of range", v)
		}
		return nil
	}
	return fmt.Errorf("scan a date: unexpected %T", src)
}
