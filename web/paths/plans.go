package paths

import (
	"strconv"
)

// Plans is the list of the plans of a year.
func Plans(year int) string { return "/ke-hoach/" + strconv.Itoa(year) }

// Plan is the plan of a unit; everything about it lies below.
func Plan(year int, unit string) string { return Plans(year) + "/" + unit }

// PlanTask is the section of a task on the plan's page; 0 is the common part.
func PlanTask(year int, unit string, no int) string {
	return Plan(year, unit) + "#nv" + strconv.Itoa(no)
}

// PlanScope is the form that says whether a task is in scope.
func PlanScope(year int, unit string, no int) string {
	return Plan(year, unit) + "/nhiem-vu/" + strconv.Itoa(no)
}

// NewActivity is the form for one more activity under a task.
func NewActivity(year int, unit string, task int) string {
	return Plan(year, unit) + "/hoat-dong/moi?nhiem-vu=" + strconv.Itoa(task)
}

// Activities takes the post of a new activity.
func Activities(year int, unit string) string { return Plan(year, unit) + "/hoat-dong" }

// ActivitySheet is the activities as an Excel form, ImportActivities takes it back.
func ActivitySheet(year int, unit string) string    { return Activities(year, unit) + ".xlsx" }
func ImportActivities(year int, unit string) string { return Activities(year, unit) + "/nhap" }

// Activity is one activity: content, progress log, evidence.
func Activity(year int, unit, code string) string { return Activities(year, unit) + "/" + code }

// Forms and posts of one activity.
func EditActivity(year int, unit, code string) string   { return Activity(year, unit, code) + "/sua" }
func MoveActivity(year int, unit, code string) string   { return Activity(year, unit, code) + "/doi-cho" }
func DeleteActivity(year int, unit, code string) string { return Activity(year, unit, code) + "/xoa" }
func StopActivity(year int, unit, code string) string   { return Activity(year, unit, code) + "/dung" }
func AssignActivity(year int, unit, code string) string {
	return Activity(year, unit, code) + "/phan-cong"
}
func LogProgress(year int, unit, code string) string { return Activity(year, unit, code) + "/tien-do" }

// ProgressFile is one file of a progress entry; sum is its SHA-256 in hex.
func ProgressFile(year int, unit, code string, entry int64, sum string) string {
	return LogProgress(year, unit, code) + "/" + strconv.FormatInt(entry, 10) + "/" + sum
}
