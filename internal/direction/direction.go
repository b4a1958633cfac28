// Package direction keeps what those who lead say about a unit's work: ý kiến chỉ
// đạo of UBND tỉnh, ý kiến phối hợp of Ban Dân vận Tỉnh ủy. Each is answered by the
// unit and closed by who gave it. Remarks on what was filed are not its business.
package direction

import (
	"fmt"
	"time"

	"danvan/internal/actor"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// Kind says with what authority a direction is given.
type Kind string

const (
	Directive    Kind = "directive"    // by UBND tỉnh: the unit carries it out
	Coordination Kind = "coordination" // by a body beside it: the unit takes it into account
)

// Kinds lists every kind.
var Kinds = []Kind{Directive, Coordination}

// Word is the kind as users read it.
func (k Kind) Word() string {
	if k == Coordination {
		return "Ý kiến phối hợp"
	}
	return "Ý kiến chỉ đạo"
}

// State says how a direction stands on a day.
type State string

const (
	Overdue  State = "overdue"
	Waiting  State = "waiting"
	Answered State = "answered"
	Closed   State = "closed"
)

// States lists every state, those that call for something to be done first.
var States = []State{Overdue, Waiting, Answered, Closed}

var words = map[State]string{
	Overdue:  "Quá hạn trả lời",
	Waiting:  "Chờ trả lời",
	Answered: "Đã trả lời",
	Closed:   "Đã kết thúc",
}

// Word is the state as users read it, everywhere.
func (s State) Word() string { return words[s] }

// stateSQL is [Direction.State] in a query on direction x; it wants @today.
const stateSQL = `case
	when x.closed_at is not null then 'closed'
	when x.answer <> '' then 'answered'
	when x.due_on < @today::date then 'overdue'
	else 'waiting' end`

// Subject says what of a unit's work a direction is about.
type Subject string

const (
	OfUnit     Subject = ""         // all of it
	OfTask     Subject = "task"     // nhiệm vụ
	OfActivity Subject = "activity" // hoạt động of the plan in force
	OfReport   Subject = "report"   // báo cáo of a period
)

// Topic is one such thing; only what its Subject needs is set.
type Topic struct {
	Subject Subject
	Task    int
	Code    string // of an activity
	Period  string // slug
}

// Bounds of what is typed, in characters.
const (
	minBody = 10
	maxBody = 5000
)

// Direction is one of them.
type Direction struct {
	ID       int64
	Year     int
	No       int // within the year
	Kind     Kind
	FromUnit actor.UnitID
	FromName string

	Unit       string // slug of the unit concerned
	UnitID     actor.UnitID
	UnitName   string
	Task       *int
	TaskShort  string
	Code       string // of the activity
	Activity   string // its title, "" when no plan in force has it any more
	Period     string // slug of the report's period
	PeriodName string

	Body         string
	DueOn        viet.Date // last day for the answer; zero: none was set
	GivenName    string
	GivenAt      time.Time
	Answer       string
	AnsweredBy   *actor.PersonID
	AnsweredName string
	AnsweredAt   *time.Time
	Closing      string
	ClosedName   string
	ClosedAt     *time.Time
	Revision     int
}

// State is how the direction stands on a day. The last day in time is not overdue.
func (d Direction) State(today viet.Date) State {
	switch {
	case d.ClosedAt != nil:
		return Closed
	case d.Answer != "":
		return Answered
	case !d.DueOn.IsZero() && d.DueOn.Before(today):
		return Overdue
	}
	return Waiting
}

// Topic is what the direction is about.
func (d Direction) Topic() Topic {
	switch {
	case d.Task != nil:
		return Topic{Subject: OfTask, Task: *d.Task}
	case d.Code != "":
		return Topic{Subject: OfActivity, Code: d.Code}
	case d.Period != "":
		return Topic{Subject: OfReport, Period: d.Period}
	}
	return Topic{}
}

// About names what the direction is about, inside a sentence: "nhiệm vụ 3. Cải
// cách hành chính của Sở Tư pháp".
func (d Direction) About() string {
	of := " của " + unit.Called(d.UnitName)
	switch t := d.Topic(); t.Subject {
	case OfTask:
		return taskName(t.Task, d.TaskShort) + of
	case OfActivity:
		return "hoạt động " + t.Code + of
	case OfReport:
		return "báo cáo " + viet.LowerFirst(d.PeriodName) + of
	}
	return "công tác chung" + of
}

func taskName(no int, short string) string {
	if no == 0 {
		return "phần chung của kế hoạch"
	}
	return fmt.Sprintf("nhiệm vụ %d. %s", no, short)
}

// Title names the direction: "Ý kiến chỉ đạo số 3".
func (d Direction) Title() string { return fmt.Sprintf("%s số %d", d.Kind.Word(), d.No) }

// subject is the direction's name in the audit.
func (d Direction) subject() string { return fmt.Sprintf("direction/%d", d.ID) }

// address is what notices about the direction are about.
func (d Direction) address() string { return fmt.Sprintf("direction/%d/%d", d.Year, d.No) }
