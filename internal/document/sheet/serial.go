package sheet

import "danvan/internal/viet"

// Excel counts days from 01/01/1900 as 1, but believes that 1900 was a leap year:
// from 01/03/1900, day 61, its count agrees with counting from 30/12/1899. Days
// before that are read by no two programs alike, and are neither written nor read.
const (
	firstSerial = 61
	endSerial   = 2_958_466 // 01/01/10000
)

var dayZero = viet.NewDate(1899, 12, 30)

// Serial is the number Excel has for a day.
func Serial(d viet.Date) int { return dayZero.DaysUntil(d) }

// DayOf is the day of a number of Excel's, whatever the hour; no date before
// 01/03/1900 and after 31/12/9999.
func DayOf(serial float64) viet.Date {
	if !(serial >= firstSerial && serial < endSerial) {
		return viet.Date{}
	}
	return dayZero.AddDays(int(serial))
}
