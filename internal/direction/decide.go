package direction

import (
	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/unit"
)

// Action is something a person may do with a direction.
type Action string

const (
	Give   Action = "give"   // cho ý kiến
	Answer Action = "answer" // trả lời
	Close  Action = "close"  // kết thúc
)

// Actions lists every action, so that tests can be exhaustive.
var Actions = []Action{Give, Answer, Close}

// Case is everything that seeing a direction and deciding on it depends on.
type Case struct {
	Direction
	Keeper actor.UnitID // to whom the unit reports
	Keeps  string       // that unit as sentences call it
}

// See reports whether the direction exists as far as act can tell: for the unit
// concerned, for those who decide on what it files, and for those who lead.
func See(act actor.Actor, c Case) bool {
	return act.Is(c.UnitID, actor.Staff, actor.UnitLeader) ||
		act.Is(c.Keeper, actor.Reviewer, actor.Consolidator) || act.Has(actor.Leadership)
}

// MaySee reports whether act has a list of directions at all, however empty.
func MaySee(act actor.Actor) bool {
	return act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership)
}

// MayGive reports whether act gives directions.
func MayGive(act actor.Actor) bool { return Decide(act, Give, Case{}).Allowed }

// Decide answers whether act may do action. It is the only place where that is
// written down: who leads gives, the unit concerned answers as often as it wants
// until it is closed; those of the body that gave it close it, or, once it is
// answered, the consolidators of the unit's receiver, but not who answered it.
func Decide(act actor.Actor, action Action, c Case) submission.Decision {
	switch action {
	case Give:
		if !act.Has(actor.Leadership) {
			return no("Chỉ lãnh đạo UBND tỉnh, Ban Dân vận Tỉnh ủy cho ý kiến ở đây.", "Góp ý về nội dung hồ sơ ghi khi rà soát.")
		}
	case Answer:
		if !act.Is(c.UnitID, actor.Staff, actor.UnitLeader) {
			return no("Chỉ chuyên viên, lãnh đạo của "+unit.Called(c.UnitName)+" trả lời ý kiến này.", "")
		}
		if c.ClosedAt != nil {
			return c.closed()
		}
	case Close:
		if d := c.mayClose(act); !d.Allowed {
			return d
		}
		if c.ClosedAt != nil {
			return c.closed()
		}
	default:
		return no("Không có việc này.", "")
	}
	return submission.Decision{Allowed: true}
}

func (c Case) mayClose(act actor.Actor) submission.Decision {
	switch {
	case act.Is(c.FromUnit, actor.Leadership):
		return submission.Decision{Allowed: true}
	case !act.Is(c.Keeper, actor.Consolidator):
		return no("Ý kiến này do "+unit.Called(c.FromName)+" kết thúc.", "Khi đã có trả lời, chuyên viên tổng hợp của "+c.Keeps+" cũng kết thúc được.")
	case c.AnsweredAt == nil && c.ClosedAt == nil:
		return no(unit.Called(c.UnitName)+" chưa trả lời ý kiến này.", "Trước khi có trả lời, chỉ "+unit.Called(c.FromName)+" kết thúc được.")
	case c.AnsweredBy != nil && *c.AnsweredBy == act.Person:
		return no("Bạn đã trả lời ý kiến này nên không kết thúc nó.", "Do "+unit.Called(c.FromName)+" hoặc chuyên viên tổng hợp khác kết thúc.")
	}
	return submission.Decision{Allowed: true}
}

func (c Case) closed() submission.Decision {
	d := no("Ý kiến này đã kết thúc.", "Cần bàn thêm thì "+unit.Called(c.FromName)+" cho ý kiến mới.")
	d.By, d.Since = c.ClosedName, *c.ClosedAt
	return d
}

// Decisions asks [Decide] for every action.
func Decisions(act actor.Actor, c Case) map[Action]submission.Decision {
	may := make(map[Action]submission.Decision, len(Actions))
	for _, action := range Actions {
		may[action] = Decide(act, action, c)
	}
	return may
}

func no(reason, remedy string) submission.Decision {
	return submission.Decision{Refusal: fault.Refusal{Reason: reason, Remedy: remedy}}
}

// authority is the role in which act does something, for the audit.
func (c Case) authority(act actor.Actor, action Action) string {
	switch {
	case action == Answer && act.Is(c.UnitID, actor.UnitLeader):
		return string(actor.UnitLeader)
	case action == Answer:
		return string(actor.Staff)
	case act.Is(c.FromUnit, actor.Leadership):
		return string(actor.Leadership)
	}
	return string(actor.Consolidator)
}
