package paths

import "strconv"

// Deadlines is the page of a period's deadlines, extensions and closing; the
// period of plans is "".
func Deadlines(year int, period string) string {
	if period == "" {
		return Plans(year) + "/thoi-han"
	}
	return "/bao-cao/" + strconv.Itoa(year) + "/" + period + "/thoi-han"
}

// Forms of that page; each is posted to its own address.
func SetDeadlines(year int, period string) string { return Deadlines(year, period) + "/sua" }
func Extend(year int, period string) string       { return Deadlines(year, period) + "/gia-han" }
func ClosePeriod(year int, period string) string  { return Deadlines(year, period) + "/dong-ky" }
func ReopenPeriod(year int, period string) string { return Deadlines(year, period) + "/mo-lai-ky" }

// Communes says which communes file in a report period.
func Communes(year int, period string) string {
	return "/bao-cao/" + strconv.Itoa(year) + "/" + period + "/cap-xa"
}

// SwitchCommunesOn is the form that lets communes of a district file.
func SwitchCommunesOn(year int, period, district string) string {
	return Communes(year, period) + "/" + district
}
