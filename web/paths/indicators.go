package paths

import "strconv"

// Indicators is what the year asks units to count.
func Indicators(year int) string { return "/quan-tri/" + strconv.Itoa(year) + "/chi-tieu" }

// Indicator is one of them, and the form that says which kinds of unit answer it.
func Indicator(year int, code string) string { return Indicators(year) + "/" + code }

// IndicatorUnits is the form that says so unit by unit.
func IndicatorUnits(year int, code string) string { return Indicator(year, code) + "/don-vi" }

// SwitchIndicatorOff asks before nobody answers it any more.
func SwitchIndicatorOff(year int, code string) string { return Indicator(year, code) + "/ngung-dung" }
