package paths

import "strconv"

// Queue lists what waits for the receiver.
const Queue = "/tham-dinh"

// AcceptTogether accepts several at once; ReviewDuties says who looks after which
// unit.
const (
	AcceptTogether = Queue + "/tiep-nhan"
	ReviewDuties   = Queue + "/phan-cong"
)

// AcceptedTogether tells what became of those accepted with one form.
func AcceptedTogether(key string) string { return AcceptTogether + "/" + key }

// Review is the page on which one plan is read and decided on.
func Review(year int, unit string) string {
	return Queue + "/ke-hoach/" + strconv.Itoa(year) + "/" + unit
}

// What lies below the page on which something is read and decided on; review is
// its address. A page to confirm and its post have one address.
func Accept(review string) string       { return review + "/tiep-nhan" }
func Return(review string) string       { return review + "/tra-lai" }
func AddRemark(review string) string    { return review + "/gop-y" }
func Reopen(review string) string       { return review + "/mo-lai" }
func RefuseReopen(review string) string { return review + "/tu-choi-mo-lai" }
func Withdraw(review string) string     { return review + "/rut-hieu-luc" }
func AskAbout(review string) string     { return review + "/giai-trinh" }

// SettleQuestion ends one question about what was sent.
func SettleQuestion(review string, id int64) string {
	return AskAbout(review) + "/" + strconv.FormatInt(id, 10) + "/ket-luan"
}

// DropRemark removes one's own draft; ResolveRemark settles one that was sent.
func DropRemark(review string, id int64) string {
	return AddRemark(review) + "/" + strconv.FormatInt(id, 10) + "/bo"
}
func ResolveRemark(review string, id int64) string {
	return AddRemark(review) + "/" + strconv.FormatInt(id, 10) + "/ket-luan"
}
