package paths

import "strconv"

// Overview is the province on one page.
func Overview(year int) string { return "/tong-quan/" + strconv.Itoa(year) }

// OverviewActivities lists the activities behind a number of the overview; the
// query narrows it by unit (don-vi), task (nhiem-vu), status (tinh-trang) or month (thang).
func OverviewActivities(year int) string { return Overview(year) + "/hoat-dong" }
