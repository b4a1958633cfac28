package paths

import "strconv"

// Queue lists what waits for the receiver.
const Queue = "/tham-dinh"

// Review is the page on which one plan is read and decided on.
func Review(year int, unit string) string {
	return Queue + "/ke-hoach/" + strconv.Itoa(year) + "/" + unit
}

// Posts and confirmations of the receiver.
func AcceptPlan(year int, unit string) string       { return Review(year, unit) + "/tiep-nhan" }
func ReturnPlan(year int, unit string) string       { return Review(year, unit) + "/tra-lai" }
func RemarkOnPlan(year int, unit string) string     { return Review(year, unit) + "/gop-y" }
func ReopenPlan(year int, unit string) string       { return Review(year, unit) + "/mo-lai" }
func RefuseReopenPlan(year int, unit string) string { return Review(year, unit) + "/tu-choi-mo-lai" }
func WithdrawPlan(year int, unit string) string     { return Review(year, unit) + "/rut-hieu-luc" }

// DropRemark removes one's own draft; ResolveRemark settles one that was sent.
func DropRemark(year int, unit string, id int64) string {
	return RemarkOnPlan(year, unit) + "/" + strconv.FormatInt(id, 10) + "/bo"
}
func ResolveRemark(year int, unit string, id int64) string {
	return RemarkOnPlan(year, unit) + "/" + strconv.FormatInt(id, 10) + "/ket-luan"
}
