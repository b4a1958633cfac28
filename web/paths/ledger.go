package paths

import (
	"net/url"
	"strconv"
)

// ProposalLedger is the ledger of a year's proposals (vướng mắc, kiến nghị).
func ProposalLedger(year int) string { return "/kien-nghi/" + strconv.Itoa(year) }

// LedgerProposal is one of them, by the report it stands in and its number there.
func LedgerProposal(year int, period, unit string, no int) string {
	return ProposalLedger(year) + "/" + period + "/" + unit + "/" + strconv.Itoa(no)
}

// Forms of one proposal; entry is its address, each is posted to its own.
func AssignProposal(entry string) string { return entry + "/phan-cong" }
func AnswerProposal(entry string) string { return entry + "/tra-loi" }
func ReopenProposal(entry string) string { return entry + "/mo-lai" }

// Directions is the list of what those who lead said in a year (ý kiến chỉ đạo, ý
// kiến phối hợp), Direction one of them.
func Directions(year int) string        { return "/y-kien/" + strconv.Itoa(year) }
func Direction(year int, no int) string { return Directions(year) + "/" + strconv.Itoa(no) }

// Names of parameters that say what a new direction is about.
const (
	DirectionUnit  = "don-vi"
	DirectionTopic = "ve" // "nhiem-vu-3", "hoat-dong-2.3", "bao-cao-6-thang"; empty: the unit's work
)

// GiveDirection is the form of a new direction; unit and topic may be empty.
func GiveDirection(year int, unit, topic string) string {
	query := url.Values{}
	if unit != "" {
		query.Set(DirectionUnit, unit)
	}
	if topic != "" {
		query.Set(DirectionTopic, topic)
	}
	if len(query) == 0 {
		return NewDirection(year)
	}
	return NewDirection(year) + "?" + query.Encode()
}

// NewDirection takes the post of a new direction.
func NewDirection(year int) string { return Directions(year) + "/moi" }

// What a direction can be about, as addresses name it.
func TaskTopic(no int) string          { return "nhiem-vu-" + strconv.Itoa(no) }
func ActivityTopic(code string) string { return "hoat-dong-" + code }
func ReportTopic(period string) string { return "bao-cao-" + period }

// Forms of one direction; direction is its address.
func AnswerDirection(direction string) string { return direction + "/tra-loi" }
func CloseDirection(direction string) string  { return direction + "/ket-thuc" }
