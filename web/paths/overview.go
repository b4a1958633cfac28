package paths

import "strconv"

// Overview is the province on one page.
func Overview(year int) string { return "/tong-quan/" + strconv.Itoa(year) }

// OverviewActivities lists the activities behind a number of the overview; the
// query narrows it by unit (don-vi), task (nhiem-vu), status (tinh-trang) or month (thang).
func OverviewActivities(year int) string { return Overview(year) + "/hoat-dong" }

// PeriodOverview is where the reports of a period stand, and what their figures
// come to.
func PeriodOverview(year int, period string) string { return Overview(year) + "/" + period }

// TaskOutcomes lists how a task went, unit by unit.
func TaskOutcomes(year int, period string, no int) string {
	return PeriodOverview(year, period) + "/nhiem-vu/" + strconv.Itoa(no)
}

// FigureBreakdown is what one total of a period is made of.
func FigureBreakdown(year int, period, code string) string {
	return PeriodOverview(year, period) + "/so-lieu/" + code
}

// Partnered lists the activities of a year that name one's unit as partner.
func Partnered(year int) string { return "/phoi-hop/" + strconv.Itoa(year) }

// PartneredActivity is one of them, on that page.
func PartneredActivity(year int, unit, code string) string {
	return Partnered(year) + "#" + PartneredAnchor(unit, code)
}

// PartneredAnchor is the id of an activity on the page of [Partnered].
func PartneredAnchor(unit, code string) string { return "hd-" + unit + "-" + code }
