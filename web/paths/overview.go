package paths

import "strconv"

// Overview is the province on one page.
func Overview(year int) string { return "/tong-quan/" + strconv.Itoa(year) }

// OverviewActivities lists the activities behind a number of the overview; the
// query narrows it by unit (don-vi), task (nhiem-vu), status (tinh-trang) or month (thang).
func OverviewActivities(year int) string { return Overview(year) + "/hoat-dong" }

// Partnered lists the activities of a year that name one's unit as partner.
func Partnered(year int) string { return "/phoi-hop/" + strconv.Itoa(year) }

// PartneredActivity is one of them, on that page.
func PartneredActivity(year int, unit, code string) string {
	return Partnered(year) + "#" + PartneredAnchor(unit, code)
}

// PartneredAnchor is the id of an activity on the page of [Partnered].
func PartneredAnchor(unit, code string) string { return "hd-" + unit + "-" + code }
