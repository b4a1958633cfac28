// Package proposal keeps the ledger of what units want settled elsewhere (vướng
// mắc, kiến nghị): each entry follows the report it stands in and is given a
// receiver, a due date and an answer. How reports are written and accepted is not
// its business.
package proposal

import (
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// State says how a proposal stands on a day.
type State string

const (
	Unassigned State = "unassigned"
	Resolving  State = "resolving"
	Overdue    State = "overdue"
	Answered   State = "answered"
	Withdrawn  State = "withdrawn"
)

// States lists every state, those that call for something to be done first.
var States = []State{Overdue, Unassigned, Resolving, Answered, Withdrawn}

var words = map[State]string{
	Unassigned: "Chưa phân công",
	Resolving:  "Đang giải quyết",
	Overdue:    "Quá hạn",
	Answered:   "Đã trả lời",
	Withdrawn:  "Đã rút",
}

// Word is the state as users read it, everywhere.
func (s State) Word() string { return words[s] }

// stateSQL is [Proposal.State] in a query on proposal p; it wants @today.
const stateSQL = `case
	when p.left_at is not null then 'withdrawn'
	when p.answer <> '' then 'answered'
	when p.receiver = '' then 'unassigned'
	when p.due_on < @today::date then 'overdue'
	else 'resolving' end`

// Ref names a proposal the way its address does.
type Ref struct {
	Year   int
	Period string // slug of the report's period
	Unit   string // slug
	No     int    // among the proposals of that report
}

// Why a proposal left the ledger.
const (
	LeftDropped   = "dropped"   // a later version in force no longer has it
	LeftWithdrawn = "withdrawn" // the version in force was withdrawn (rút hiệu lực)
)

// Bounds of what is typed, in characters.
const (
	minAnswer = 10
	maxAnswer = 5000
	maxLine   = 300
)

// Proposal is one entry of the ledger.
type Proposal struct {
	ID         int64
	Year       int
	Period     string // slug
	PeriodName string
	Unit       string // slug
	UnitID     actor.UnitID
	UnitName   string
	No         int

	Body      string // as the version in force has it, or the last that had it
	Asked     string // nơi giải quyết, in the unit's words
	Version   int    // the sending whose text it is
	EnteredAt time.Time
	ChangedAt *time.Time // a later version worded it anew
	LeftAt    *time.Time
	LeftWhy   string

	Receiver     string // "" = not assigned
	ReceiverUnit string // slug, where the portal knows the receiver
	DueOn        viet.Date

	Answer      string
	Paper       string // số, ký hiệu, ngày of the paper that answers
	AnsweredOn  viet.Date
	WrittenAt   *time.Time
	WrittenName string

	Revision int
}

// Ref names the proposal.
func (p Proposal) Ref() Ref { return Ref{Year: p.Year, Period: p.Period, Unit: p.Unit, No: p.No} }

// State is how the proposal stands on a day. The last day in time is not overdue.
func (p Proposal) State(today viet.Date) State {
	switch {
	case p.LeftAt != nil:
		return Withdrawn
	case p.Answer != "":
		return Answered
	case p.Receiver == "":
		return Unassigned
	case p.DueOn.Before(today):
		return Overdue
	}
	return Resolving
}

// DaysLate is by how many days the answer came, or has not come, after its day.
func (p Proposal) DaysLate(today viet.Date) int {
	if p.DueOn.IsZero() {
		return 0
	}
	if !p.AnsweredOn.IsZero() {
		today = p.AnsweredOn
	}
	return max(p.DueOn.DaysUntil(today), 0)
}

// Reworded reports whether the unit changed the text after it was answered.
func (p Proposal) Reworded() bool {
	return p.ChangedAt != nil && p.WrittenAt != nil && p.ChangedAt.After(*p.WrittenAt)
}

// Title names the proposal: "Kiến nghị 2, báo cáo năm 2022 của Sở Tư pháp".
func (p Proposal) Title() string {
	return fmt.Sprintf("Kiến nghị %d, báo cáo %s của %s", p.No, viet.LowerFirst(p.PeriodName), unit.Called(p.UnitName))
}

// subject is the proposal's name in the audit.
func (p Proposal) subject() string { return fmt.Sprintf("proposal/%d", p.ID) }

// address is what notices about the proposal are about.
func (p Proposal) address() string {
	return fmt.Sprintf("proposal/%d/%s/%s/%d", p.Year, p.Period, p.Unit, p.No)
}
