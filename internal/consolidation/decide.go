package consolidation

import (
	"fmt"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Action is something a person may do with a consolidation.
type Action string

const (
	Begin         Action = "begin"          // bắt đầu tổng hợp
	Proceed       Action = "proceed"        // tiếp tục khi còn thiếu đơn vị
	Edit          Action = "edit"           // soạn nội dung
	EditReference Action = "edit_reference" // số, ký hiệu, ngày, người ký
	Finalise      Action = "finalise"       // chốt, trình lãnh đạo
	TakeBack      Action = "take_back"      // rút lại
	SendBack      Action = "send_back"      // chuyển lại
	SignOff       Action = "sign_off"       // duyệt
	BackToDraft   Action = "back_to_draft"  // đưa về nháp sau khi duyệt
	Issuing       Action = "issue"          // phát hành
	Replace       Action = "replace"        // soạn bản thay thế
	Discard       Action = "discard"        // bỏ bản thay thế
	AttachSigned  Action = "attach_signed"  // đính kèm bản ký
)

// Actions lists every action, so that tests can be exhaustive.
var Actions = []Action{Begin, Proceed, Edit, EditReference, Finalise, TakeBack, SendBack, SignOff, BackToDraft, Issuing, Replace, Discard, AttachSigned}

// Decision is the answer to "may this person do that now?". A refusal explains
// itself in the words of [fault.Refusal].
type Decision = submission.Decision

var yes = Decision{Allowed: true}

func no(reason string) Decision { return Decision{Refusal: fault.Refusal{Reason: reason}} }

func with(d Decision, remedy string) Decision { d.Remedy = remedy; return d }

// Decide answers whether act may do action to c at now. It is the only place where
// the way of a consolidation is written down.
func Decide(act actor.Actor, action Action, c Case, now time.Time) Decision {
	if d := mayAct(act, action, c); !d.Allowed {
		return d
	}
	if d := inState(action, c); !d.Allowed {
		return d
	}
	return needs(action, c, now)
}

// Decisions asks [Decide] for every action.
func Decisions(act actor.Actor, c Case, now time.Time) map[Action]Decision {
	may := make(map[Action]Decision, len(Actions))
	for _, action := range Actions {
		may[action] = Decide(act, action, c, now)
	}
	return may
}

// mayAct asks for the role, whatever the state.
func mayAct(act actor.Actor, action Action, c Case) Decision {
	switch action {
	case SendBack, SignOff:
		if act.Is(c.Unit, actor.UnitLeader) {
			return yes
		}
		return with(no("Việc duyệt, chuyển lại báo cáo tổng hợp do lãnh đạo "+c.UnitShort+" làm."), named("Lãnh đạo đơn vị", c.Leaders))
	case Begin, Proceed, Edit, EditReference, Finalise, TakeBack, BackToDraft, Issuing, Replace, Discard, AttachSigned:
		if act.Is(c.Unit, actor.Consolidator) {
			return yes
		}
		return with(no("Báo cáo tổng hợp do chuyên viên tổng hợp của "+c.UnitShort+" soạn, trình và phát hành."),
			named("Chuyên viên tổng hợp", c.Consolidators))
	}
	return no("Không có việc này.")
}

// wanted are the states in which an action is done.
var wanted = map[Action][]State{
	Begin:         {NotBegun},
	Proceed:       {Draft},
	Edit:          {Draft},
	EditReference: {Draft, AwaitingSignoff, SignedOff},
	Finalise:      {Draft},
	TakeBack:      {AwaitingSignoff},
	SendBack:      {AwaitingSignoff},
	SignOff:       {AwaitingSignoff},
	BackToDraft:   {SignedOff},
	Issuing:       {SignedOff},
	Replace:       {Issued},
	Discard:       {Draft},
	AttachSigned:  {Draft, AwaitingSignoff, SignedOff, Issued}, // once something was issued
}

// inState asks for the state, whoever asks.
func inState(action Action, c Case) Decision {
	for _, s := range wanted[action] {
		if c.State == s {
			return yes
		}
	}
	d := no("")
	if c.State != NotBegun { // nobody brought that about, at no moment
		d.By, d.Since = c.StateByName, c.StateAt
	}
	switch c.State {
	case NotBegun:
		d.Reason, d.Remedy = "Báo cáo tổng hợp của kỳ này chưa được bắt đầu.", named("Chuyên viên tổng hợp bắt đầu được", c.Consolidators)
	case Draft:
		d.Reason = "Báo cáo tổng hợp đang soạn, chưa trình."
		if action == Begin {
			d.Reason = "Báo cáo tổng hợp của kỳ này đã được bắt đầu."
		}
	case AwaitingSignoff:
		d.Reason = "Báo cáo tổng hợp đang chờ lãnh đạo " + c.UnitShort + " duyệt."
		d.Until, d.Remedy = "Đến khi lãnh đạo duyệt hoặc chuyển lại", "Chuyên viên tổng hợp có thể rút lại để sửa tiếp."
	case SignedOff:
		d.Reason = "Lãnh đạo " + c.UnitShort + " đã duyệt báo cáo tổng hợp."
		d.Until, d.Remedy = "Đến khi phát hành", "Chuyên viên tổng hợp đưa về nháp, nêu lý do, để sửa tiếp được."
	case Issued:
		d.Reason = "Báo cáo tổng hợp đã phát hành, nội dung không thay đổi nữa."
		d.Remedy = "Soạn bản thay thế nếu phải sửa; bản đã phát hành vẫn được giữ."
	}
	return d
}

// needs asks for what else the action wants.
func needs(action Action, c Case, now time.Time) Decision {
	switch action {
	case Begin:
		if viet.DateOf(now).Before(c.OpensOn) {
			return no("Kỳ này mở ngày " + c.OpensOn.String() + ".")
		}
	case Proceed:
		if len(c.Missing) == 0 {
			return no("Mọi đơn vị đã có báo cáo được tiếp nhận, không cần nêu lý do.")
		}
	case Discard:
		if c.Issue == nil {
			return no("Báo cáo tổng hợp chưa phát hành lần nào nên không có bản nào để trở về.")
		}
	case AttachSigned:
		if c.Issue == nil {
			return no("Bản ký đính kèm được sau khi phát hành.")
		}
	case Finalise:
		if n := len(c.Uncovered()); n > 0 {
			return with(no(fmt.Sprintf("Còn %d đơn vị chưa có báo cáo được tiếp nhận mà chưa nêu lý do tổng hợp khi thiếu.", n)),
				"Chờ tiếp nhận đủ, hoặc ghi lý do tiếp tục ở bước kiểm tra đầy đủ.")
		}
		if c.Faults > 0 {
			return with(no(fmt.Sprintf("Còn %d chỗ trong nội dung không đọc được.", c.Faults)),
				"Sửa các mã trong dấu { } được đánh dấu ở từng mục rồi trình.")
		}
	}
	return yes
}

// named joins a lead and the names of people.
func named(lead string, people []submission.Person) string {
	if len(people) == 0 {
		return lead + ": chưa có ai"
	}
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return lead + ": " + strings.Join(names, ", ")
}
