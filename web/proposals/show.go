package proposals

import (
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/proposal"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/paths"
	"danvan/web/ui"
)

// showing is a proposal as its page shows it to one person.
type showing struct {
	proposal.Page
	now time.Time
	own bool // one of the unit's people
	may map[proposal.Action]submission.Decision
	// keeps says that the reader is of those who keep the ledger, whatever stands
	// in the way of it now.
	keeps bool
}

func newShowing(act actor.Actor, now time.Time, p proposal.Page) showing {
	return showing{Page: p, now: now, own: act.Is(p.UnitID, actor.Staff, actor.UnitLeader), may: proposal.Decisions(act, p.Case),
		keeps: act.Is(p.Keeper, actor.Reviewer, actor.Consolidator)}
}

func (v showing) today() viet.Date { return viet.DateOf(v.now) }

func (v showing) state() proposal.State { return v.State(v.today()) }

func (v showing) entry() string { return entryOf(v.Proposal) }

func (v showing) title() string {
	return "Kiến nghị " + strconv.Itoa(v.No) + " của " + unit.Called(v.UnitName)
}

// crumbs lead to the ledger; last is a form below the entry, "" the entry itself.
func (v showing) crumbs(last string) []ui.Link {
	year := strconv.Itoa(v.Year)
	links := []ui.Link{{Label: "Năm " + year, Path: paths.Overview(v.Year)}, {Label: "Vướng mắc, kiến nghị", Path: paths.ProposalLedger(v.Year)}}
	if last == "" {
		return append(links, ui.Link{Label: "Kiến nghị " + strconv.Itoa(v.No)})
	}
	return append(links, ui.Link{Label: v.title(), Path: v.entry()}, ui.Link{Label: last})
}

// sentence says what waits for whom.
func (v showing) sentence() string {
	switch v.state() {
	case proposal.Unassigned:
		return "Chờ " + v.Keeps + " phân công nơi giải quyết, hạn trả lời."
	case proposal.Resolving:
		return v.Receiver + " giải quyết, hạn trả lời " + v.DueOn.Long() + " (" + v.DueOn.Remaining(v.today()) + ")."
	case proposal.Overdue:
		return v.Receiver + " chưa trả lời; hạn " + v.DueOn.Long() + ", quá " + viet.FormatInt(v.DaysLate(v.today())) + " ngày."
	case proposal.Answered:
		said := v.Receiver + " trả lời ngày " + v.AnsweredOn.String()
		if n := v.DaysLate(v.today()); n > 0 {
			said += ", sau hạn " + viet.FormatInt(n) + " ngày"
		}
		return said + "."
	}
	if v.LeftWhy == proposal.LeftWithdrawn {
		return "Báo cáo nêu kiến nghị này đã bị rút hiệu lực."
	}
	return "Báo cáo đang có hiệu lực không còn nêu kiến nghị này."
}

// primary is what to do next, empty for who has nothing to do.
func (v showing) primary() ui.Link {
	switch {
	case v.state() == proposal.Unassigned && v.may[proposal.Assign].Allowed:
		return ui.Link{Label: "Phân công nơi giải quyết", Path: paths.AssignProposal(v.entry())}
	case v.state() != proposal.Answered && v.may[proposal.Answer].Allowed:
		return ui.Link{Label: "Ghi trả lời", Path: paths.AnswerProposal(v.entry())}
	}
	return ui.Link{}
}

func (v showing) secondary() []ui.Link {
	var links []ui.Link
	if v.state() != proposal.Unassigned && v.may[proposal.Assign].Allowed {
		links = append(links, ui.Link{Label: "Đổi nơi giải quyết, hạn", Path: paths.AssignProposal(v.entry())})
	}
	if v.state() == proposal.Answered && v.may[proposal.Answer].Allowed {
		links = append(links, ui.Link{Label: "Sửa trả lời", Path: paths.AnswerProposal(v.entry())})
	}
	if v.may[proposal.Reopen].Allowed {
		links = append(links, ui.Link{Label: "Mở lại", Path: paths.ReopenProposal(v.entry())})
	}
	return links
}

// step says what to do next, or nothing.
func (v showing) step() ui.NextStep {
	switch {
	case v.primary().Path == "":
		return ui.NextStep{}
	case v.state() == proposal.Unassigned:
		return ui.NextStep{Lead: "Việc tiếp theo:", Text: "phân công nơi giải quyết và hạn trả lời.", Why: "Đơn vị được báo ngay khi phân công và khi có trả lời."}
	}
	return ui.NextStep{Lead: "Việc tiếp theo:", Text: "ghi trả lời của " + v.Receiver + ".", Why: "Đơn vị đọc được trả lời ngay khi ghi."}
}

// lock explains to a keeper why nothing can be done.
func (v showing) lock() *fault.Refusal {
	if !v.keeps || v.primary().Path != "" || len(v.secondary()) > 0 {
		return nil
	}
	d := v.may[proposal.Assign]
	return &d.Refusal
}

// told is one step of the timeline in words.
type told struct {
	icon   string
	lead   string
	strong bool
	quote  string // what was typed with it
	before string // what it took the place of
}

func (v showing) tell(e proposal.Event) told {
	sending := "lần gửi " + strconv.Itoa(e.After.Version)
	switch e.Action {
	case "entered":
		return told{icon: "plus", lead: "Vào sổ khi " + v.Keeps + " tiếp nhận " + sending + ". " + e.Person}
	case "changed":
		return told{icon: "pencil", lead: "Đơn vị sửa nội dung, " + sending + " có hiệu lực", strong: true, before: former(e.Before)}
	case "left":
		if e.After.Why == proposal.LeftWithdrawn {
			return told{icon: "alert-triangle", lead: "Rút: " + v.Keeps + " rút hiệu lực báo cáo. " + e.Person, strong: true, quote: e.After.Reason}
		}
		return told{icon: "x", lead: "Rút: " + sending + " không còn nêu", strong: true}
	case "returned":
		return told{icon: "arrow-back-up", lead: "Trở lại sổ: " + sending + " nêu lại"}
	case "assigned":
		lead := e.Person + " giao " + e.After.Receiver + ", hạn " + e.After.DueOn.String()
		t := told{icon: "user-plus", lead: lead}
		if e.Before.Receiver != "" {
			t.before = e.Before.Receiver + ", hạn " + e.Before.DueOn.String()
		}
		return t
	case "answered":
		t := told{icon: "circle-check", lead: e.After.Receiver + " trả lời ngày " + e.After.AnsweredOn.String() + ". " + e.Person + " ghi", strong: true, before: e.Before.Answer}
		if e.Before.Answer != "" {
			t.lead = e.Person + " sửa trả lời"
		}
		return t
	case "reopened":
		return told{icon: "lock-open", lead: e.Person + " mở lại", strong: true, quote: e.After.Reason, before: e.Before.Answer}
	}
	return told{icon: "history", lead: e.Person}
}

// former is the text before a change, with whom it asked.
func former(f proposal.Facts) string {
	if f.Asked == "" {
		return f.Body
	}
	return f.Body + " (đề nghị " + f.Asked + ")"
}

func (v showing) events() []ui.Event {
	out := make([]ui.Event, len(v.Events))
	for i, e := range v.Events {
		out[i] = ui.Event{Icon: v.tell(e).icon, At: viet.DateOf(e.At).String() + " " + viet.Clock(e.At),
			ISO: viet.DateOf(e.At).ISO() + "T" + viet.Clock(e.At), Body: step(v.tell(e)), Open: i == 0 && v.state() == proposal.Overdue}
	}
	return out
}

// facts are what stands about the proposal now.
func (v showing) facts() []ui.Fact {
	facts := []ui.Fact{{Term: "Đơn vị", Text: unit.Called(v.UnitName)}, {Term: "Nêu trong", Body: report(v)}, {Term: "Đơn vị đề nghị", Text: v.Asked},
		{Term: "Nơi giải quyết", Text: v.Receiver}}
	if v.Receiver == "" {
		facts[3].Text = "Chưa phân công"
	}
	return append(facts, ui.Fact{Term: "Hạn trả lời", Text: v.DueOn.Long()})
}
