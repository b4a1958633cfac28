// Package submission is the one workflow of everything a unit files: working
// copy in parts, revisions, states, frozen versions, remarks, and the decision
// who may do what. It knows nothing of what a plan or a report contains.
package submission

import (
	"fmt"

	"danvan/internal/viet"
)

type (
	// ID identifies a submission: what one unit files for one period.
	ID int64
	// Kind says what is filed; each kind brings its schema and checks.
	Kind string
	// State is where the submission stands in the workflow.
	State string
)

const (
	Plan       Kind = "plan"
	Report     Kind = "report"
	Evaluation Kind = "evaluation"
)

// Noun is what is filed, inside a sentence.
func (k Kind) Noun() string {
	switch k {
	case Plan:
		return "kế hoạch"
	case Evaluation:
		return "bản tự đánh giá"
	}
	return "báo cáo"
}

// Named names one submission of the kind inside a sentence: "kế hoạch năm 2022",
// "báo cáo 6 tháng đầu năm 2022". period is the name of its period.
func (k Kind) Named(year int, period string) string {
	switch k {
	case Plan:
		return fmt.Sprintf("kế hoạch năm %d", year)
	case Evaluation:
		return fmt.Sprintf("tự đánh giá năm %d", year)
	}
	return "báo cáo " + viet.LowerFirst(period)
}

const (
	Draft           State = "draft"
	AwaitingSignoff State = "awaiting_signoff"
	Submitted       State = "submitted"
	Returned        State = "returned"
	Accepted        State = "accepted"
)

// States lists every state, so that tests can be exhaustive.
var States = []State{Draft, AwaitingSignoff, Submitted, Returned, Accepted}

var words = map[State]string{
	Draft:           "Nháp",
	AwaitingSignoff: "Chờ lãnh đạo duyệt",
	Submitted:       "Đã gửi",
	Returned:        "Trả lại",
	Accepted:        "Đã tiếp nhận",
}

// Word is the state as users read it, everywhere.
func (s State) Word() string { return words[s] }

// NotBegunWord is shown instead of "Nháp" where nothing was typed yet.
const NotBegunWord = "Chưa soạn"

// Ref names a submission the way its address does.
type Ref struct {
	Year   int
	Period string // slug
	Unit   string // slug
}

// MinReason is the shortest reason, in characters, that a decision accepts.
const MinReason = 10

// Reason cleans a typed reason and says what is wrong with it, or "".
func Reason(typed string) (clean, problem string) {
	clean = viet.Clean(typed)
	switch n := len([]rune(clean)); {
	case n == 0:
		return clean, "Nêu lý do"
	case n < MinReason:
		return clean, "Lý do cần ít nhất 10 ký tự"
	case n > 2000:
		return clean, "Lý do dài quá 2.000 ký tự"
	}
	return clean, ""
}
