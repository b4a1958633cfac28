package paths

import (
	"net/url"
)

// Paper is a plan or report as a Word file: the working copy while it is being
// written, else the sending that stands. base is the address of the plan or report.
func Paper(base string) string { return base + "/van-ban.docx" }

// VersionPaper is sending no as a Word file.
func VersionPaper(base string, no int) string { return Version(base, no) + ".docx" }

// Reminder is the form of the letter to those who are late in a period, the file
// itself beside it; the period of plans is "".
func Reminder(year int, period string) string {
	if period == "" {
		return Plans(year) + "/don-doc"
	}
	return Reports(year, period) + "/don-doc"
}
func ReminderFile(year int, period string) string { return Reminder(year, period) + ".docx" }

// ReceiverParam names, where somebody receives for several units, the one meant.
const ReceiverParam = "noi-nhan"

// ReminderOf is that form for one of several units that somebody receives for.
func ReminderOf(year int, period, receiver string) string {
	return Reminder(year, period) + "?" + url.Values{ReceiverParam: {receiver}}.Encode()
}
