package paths

import (
	"net/url"
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

// PlanReference is the form of number, symbol, date and signer.
func PlanReference(year int, unit string) string { return Plan(year, unit) + "/van-ban" }

// PlanHistory lists former contents; part narrows it to one part, "" is all.
func PlanHistory(year int, unit, part string) string {
	p := Plan(year, unit) + "/lich-su"
	if part == "" {
		return p
	}
	return p + "?muc=" + url.QueryEscape(part)
}

// PlanVersion is one frozen sending.
func PlanVersion(year int, unit string, no int) string {
	return Plan(year, unit) + "/lan-gui/" + strconv.Itoa(no)
}

// PlanSigned takes the signed file of a version; with id it is the file itself.
func PlanSigned(year int, unit string, no int) string { return PlanVersion(year, unit, no) + "/ban-ky" }

// PlanSignedFile is one signed file of a version.
func PlanSignedFile(year int, unit string, no int, id int64) string {
	return PlanSigned(year, unit, no) + "/" + strconv.FormatInt(id, 10)
}

// PlanRemark is the form in which the unit answers a remark.
func PlanRemark(year int, unit string, id int64) string {
	return Plan(year, unit) + "/gop-y/" + strconv.FormatInt(id, 10)
}

// PlanDoubt takes the explanation of something odd.
func PlanDoubt(year int, unit, code string) string { return Plan(year, unit) + "/giai-thich/" + code }

// Steps of a plan's workflow: a page to confirm and its post have one address.
func SendPlan(year int, unit string) string          { return Plan(year, unit) + "/trinh" }
func TakePlanBack(year int, unit string) string      { return Plan(year, unit) + "/rut-lai" }
func SendPlanBack(year int, unit string) string      { return Plan(year, unit) + "/chuyen-lai" }
func SignOffPlan(year int, unit string) string       { return Plan(year, unit) + "/duyet" }
func SubmitPlan(year int, unit string) string        { return Plan(year, unit) + "/gui" }
func RecallPlan(year int, unit string) string        { return Plan(year, unit) + "/thu-hoi" }
func RequestReopenPlan(year int, unit string) string { return Plan(year, unit) + "/de-nghi-mo-lai" }
func AmendPlan(year int, unit string) string         { return Plan(year, unit) + "/sua-doi" }
func DiscardPlan(year int, unit string) string       { return Plan(year, unit) + "/bo-sua-doi" }

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
