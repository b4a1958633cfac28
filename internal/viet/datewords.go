package viet

import (
	"fmt"
	"time"
)

var weekdays = [...]string{"Chủ nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"}

// WeekdayName is "thứ Hai" … "Chủ nhật", as in the middle of a sentence.
func WeekdayName(day time.Weekday) string { return weekdays[day] }

// String is "28/11/2022", "" for no date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d/%04d", d.day, d.month, d.year)
}

// Short is "28/11", for lists whose year is plain.
func (d Date) Short() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%02d/%02d", d.day, d.month)
}

// Long is "thứ Hai, 28/11/2022".
func (d Date) Long() string {
	if d.IsZero() {
		return ""
	}
	return WeekdayName(d.Weekday()) + ", " + d.String()
}

// weekdayDate is "thứ Hai 28/11/2022", after a word such as "hết".
func (d Date) weekdayDate() string {
	if d.IsZero() {
		return ""
	}
	return WeekdayName(d.Weekday()) + " " + d.String()
}

// Formal is the date of a document, "ngày 05 tháng 01 năm 2022": days below 10
// and the months 1 and 2 take a leading zero (Nghị định 30/2020/NĐ-CP, Phụ lục I).
func (d Date) Formal() string {
	if d.IsZero() {
		return ""
	}
	month := fmt.Sprint(int(d.month))
	if d.month <= time.February {
		month = "0" + month
	}
	return fmt.Sprintf("ngày %02d tháng %s năm %d", d.day, month, d.year)
}

// Clock is "08:42" in [Location], "" for the zero time.
func Clock(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Location).Format("15:04")
}

// Moment is "08:42 ngày 28/11/2022" in [Location], "" for the zero time.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Clock(t) + " ngày " + DateOf(t).String()
}

// Recent is the moment t as one says it at now: "08:42" today, "08:42 ngày
// 25/11/2022" on any other day, "" for the zero time.
func Recent(t, now time.Time) string {
	if !t.IsZero() && DateOf(t) == DateOf(now) {
		return Clock(t)
	}
	return Moment(t)
}

// Remaining tells how far today is from the last day d on which something is in
// time, the one meaning "còn N ngày" has everywhere: N days until d, so "còn 1
// ngày" the day before it and "hôm nay" on d itself; afterwards "quá 13 ngày".
func (d Date) Remaining(today Date) string {
	if d.IsZero() || today.IsZero() {
		return ""
	}
	switch days := today.DaysUntil(d); {
	case days > 0:
		return fmt.Sprintf("còn %s ngày", FormatInt(days))
	case days < 0:
		return fmt.Sprintf("quá %s ngày", FormatInt(-days))
	}
	return "hôm nay"
}

// Ago tells how long ago d was: "hôm nay", "hôm qua", "3 ngày trước". A day yet
// to come is given as its date.
func (d Date) Ago(today Date) string {
	if d.IsZero() || today.IsZero() {
		return ""
	}
	switch days := d.DaysUntil(today); {
	case days < 0:
		return "ngày " + d.String()
	case days == 0:
		return "hôm nay"
	case days == 1:
		return "hôm qua"
	default:
		return FormatInt(days) + " ngày trước"
	}
}
