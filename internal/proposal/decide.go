package proposal

import (
	"slices"
	"strings"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/submission"
)

// Action is something a person may do with a proposal.
type Action string

const (
	Assign Action = "assign" // phân công nơi giải quyết, hạn trả lời
	Answer Action = "answer" // ghi trả lời
	Reopen Action = "reopen" // mở lại để trả lời lại
)

// Actions lists every action, so that tests can be exhaustive.
var Actions = []Action{Assign, Answer, Reopen}

// Case is everything that seeing a proposal and deciding on it depends on.
type Case struct {
	Proposal
	Keeper  actor.UnitID        // to whom the report went: its people keep the entry
	Keeps   string              // that unit as sentences call it
	Lead    actor.UnitID        // the consolidating unit of the campaign
	Authors []actor.PersonID    // of the version whose text it is
	Keepers []submission.Person // reviewers and consolidators of the keeper today
}

// See reports whether the proposal exists as far as act can tell: for its unit,
// those who decide on its report or on a higher level, who leads there, and those
// who lead the province. No other unit sees it.
func See(act actor.Actor, c Case) bool {
	return act.Is(c.UnitID, actor.Staff, actor.UnitLeader) ||
		act.Is(c.Keeper, above...) || act.Is(c.Lead, above...) || act.Has(actor.Leadership)
}

// keepers are the roles in which one keeps the ledger.
var keepers = []actor.Role{actor.Reviewer, actor.Consolidator}

// above are the roles in which one reads it from where the report goes.
var above = []actor.Role{actor.Reviewer, actor.Consolidator, actor.UnitLeader}

// MaySee reports whether act has a ledger at all, however empty.
func MaySee(act actor.Actor) bool {
	return act.Has(actor.Staff, actor.UnitLeader, actor.Reviewer, actor.Consolidator, actor.Leadership)
}

// Decide answers whether act may do action to the proposal. It is the only place
// where that is written down: the entry is kept by those who decide on the report
// and did not write it.
func Decide(act actor.Actor, action Action, c Case) submission.Decision {
	if !act.Is(c.Keeper, keepers...) {
		return no("Việc này do "+c.Keeps+" làm.", "")
	}
	if slices.Contains(c.Authors, act.Person) {
		return no("Bạn đã soạn, trình hoặc duyệt báo cáo này nên không phân công, trả lời kiến nghị nêu trong đó.", c.others())
	}
	if c.LeftAt != nil {
		d := no("Kiến nghị này đã rút: báo cáo có hiệu lực không còn nêu.", "Kiến nghị trở lại sổ khi đơn vị nêu lại và báo cáo được tiếp nhận; nơi giải quyết, hạn và trả lời vẫn giữ nguyên.")
		d.Since = *c.LeftAt
		return d
	}
	switch action {
	case Assign:
		if c.Answer != "" {
			d := no("Kiến nghị này đã được trả lời.", "Mở lại kiến nghị nếu cần giao nơi khác giải quyết.")
			d.By, d.Since = c.WrittenName, *c.WrittenAt
			return d
		}
	case Answer:
		if c.Receiver == "" {
			return no("Kiến nghị này chưa được phân công nơi giải quyết.", "Phân công nơi giải quyết, hạn trả lời rồi ghi trả lời.")
		}
	case Reopen:
		if c.Answer == "" {
			return no("Kiến nghị này chưa có trả lời.", "")
		}
	default:
		return no("Không có việc này.", "")
	}
	return submission.Decision{Allowed: true}
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

// others names who can act where an author may not.
func (c Case) others() string {
	var names []string
	for _, p := range c.Keepers {
		if !slices.Contains(c.Authors, p.ID) {
			names = append(names, p.Name)
		}
	}
	if len(names) == 0 {
		return "Mọi người có quyền ở " + c.Keeps + " đều tham gia soạn; quản trị cần giao quyền rà soát cho người khác."
	}
	return "Người làm được: " + strings.Join(names, ", ") + "."
}

// authority is the role in which act keeps the entry, for the audit.
func (c Case) authority(act actor.Actor) string {
	for _, r := range []actor.Role{actor.Consolidator, actor.Reviewer} {
		if act.Is(c.Keeper, r) {
			return string(r)
		}
	}
	return ""
}
