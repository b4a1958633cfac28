package submission

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/fault"
	"danvan/internal/viet"
)

// Action is something a person may do with a submission.
type Action string

const (
	Edit          Action = "edit"           // soạn, sửa nội dung
	EditReference Action = "edit_reference" // số, ký hiệu, ngày, người ký
	Answer        Action = "answer"         // trả lời góp ý
	Send          Action = "send"           // trình lãnh đạo
	TakeBack      Action = "take_back"      // rút lại
	SendBack      Action = "send_back"      // chuyển lại
	SignOff       Action = "sign_off"       // duyệt, gửi
	SubmitDirect  Action = "submit_direct"  // gửi trực tiếp
	Recall        Action = "recall"         // thu hồi
	Remark        Action = "remark"         // ghi góp ý
	Return        Action = "return"         // trả lại
	Accept        Action = "accept"         // tiếp nhận
	RequestReopen Action = "request_reopen" // đề nghị mở lại
	RefuseReopen  Action = "refuse_reopen"  // từ chối đề nghị
	Reopen        Action = "reopen"         // mở lại để sửa
	Amend         Action = "amend"          // sửa đổi, bổ sung
	Discard       Action = "discard"        // bỏ sửa đổi
	Withdraw      Action = "withdraw"       // rút hiệu lực
	Assign        Action = "assign"         // phân công phụ trách
	LogProgress   Action = "log_progress"   // ghi tiến độ
	AttachSigned  Action = "attach_signed"  // đính kèm bản ký

	AskExplanation    Action = "ask_explanation"    // yêu cầu giải trình
	GiveExplanation   Action = "give_explanation"   // giải trình
	SettleExplanation Action = "settle_explanation" // kết luận giải trình
)

// Actions lists every action, so that tests can be exhaustive.
var Actions = []Action{
	Edit, EditReference, Answer, Send, TakeBack, SendBack, SignOff, SubmitDirect, Recall,
	Remark, Return, Accept, RequestReopen, RefuseReopen, Reopen, Amend, Discard, Withdraw,
	Assign, LogProgress, AttachSigned, AskExplanation, GiveExplanation, SettleExplanation,
}

// Decision is the answer to "may this person do that now?". A refusal explains
// itself in the words of [fault.Refusal].
type Decision struct {
	Allowed bool
	fault.Refusal
}

// Err is nil when allowed, else the refusal.
func (d Decision) Err() error {
	if d.Allowed {
		return nil
	}
	return d.Refusal
}

var yes = Decision{Allowed: true}

func no(reason string) Decision { return Decision{Refusal: fault.Refusal{Reason: reason}} }

func (d Decision) by(who string, since time.Time) Decision {
	d.By, d.Since = who, since
	return d
}

func (d Decision) until(words string) Decision { d.Until = words; return d }

func (d Decision) remedy(words string) Decision { d.Remedy = words; return d }

// Decide answers whether act may do action to c at now. It is the only place
// where the workflow table of the domain is written down.
func Decide(act actor.Actor, action Action, c Case, now time.Time) Decision {
	if d := mayAct(act, action, c); !d.Allowed {
		return d
	}
	if c.LeftOn != nil && unitActions[action] {
		return no(fmt.Sprintf("%s không còn trong danh sách nộp từ ngày %s.", c.UnitShort, *c.LeftOn)).
			remedy("Liên hệ quản trị của Sở Nội vụ nếu danh sách chưa đúng.")
	}
	if d := inState(action, c); !d.Allowed {
		return d
	}
	return needs(act, action, c, now)
}

// Decisions asks [Decide] for every action. What the page of a step asks for itself, the
// reference, does not hide the way there.
func Decisions(act actor.Actor, c Case, now time.Time) map[Action]Decision {
	may := make(map[Action]Decision, len(Actions))
	c.NoReference = false
	for _, action := range Actions {
		may[action] = Decide(act, action, c, now)
	}
	return may
}

// unitActions are done by the unit itself.
var unitActions = map[Action]bool{
	Edit: true, EditReference: true, Answer: true, Send: true, TakeBack: true, SendBack: true, SignOff: true,
	SubmitDirect: true, Recall: true, RequestReopen: true, Amend: true, Discard: true,
	Assign: true, LogProgress: true, AttachSigned: true, GiveExplanation: true,
}

// mayAct asks for the role, whatever the state.
func mayAct(act actor.Actor, action Action, c Case) Decision {
	staff, leader := act.Is(c.Unit, actor.Staff), act.Is(c.Unit, actor.UnitLeader)
	decides := act.Is(c.Receiver, actor.Reviewer, actor.Consolidator)
	switch action {
	case Edit, EditReference, Answer, Amend, Assign, LogProgress, AttachSigned, GiveExplanation:
		if staff || leader {
			return yes
		}
		return no("Chỉ chuyên viên, lãnh đạo của " + c.UnitShort + " làm được việc này.")
	case Send, TakeBack:
		if staff {
			return yes
		}
		if leader {
			return no("Trình và rút lại là việc của chuyên viên.").remedy("Lãnh đạo gửi trực tiếp được khi hồ sơ đủ nội dung.")
		}
		return no("Chỉ chuyên viên của " + c.UnitShort + " trình, rút lại được hồ sơ.")
	case SendBack, SignOff:
		if leader {
			return yes
		}
		return no("Việc duyệt, gửi do lãnh đạo " + c.UnitShort + " làm.").remedy(named("Lãnh đạo đơn vị", c.Leaders))
	case SubmitDirect, Recall, RequestReopen:
		if leader || staff && c.Direct {
			return yes
		}
		return no("Việc này do lãnh đạo " + c.UnitShort + " làm.").remedy(named("Lãnh đạo đơn vị", c.Leaders))
	case Discard:
		if leader || staff && c.AmendedBy != nil && *c.AmendedBy == act.Person {
			return yes
		}
		return no("Lãnh đạo đơn vị hoặc người đã bắt đầu sửa đổi mới bỏ sửa đổi được.").remedy(named("Lãnh đạo đơn vị", c.Leaders))
	case Remark, Return, Accept, AskExplanation, SettleExplanation:
		return mayDecide(act, c, decides, c.Authors)
	case RefuseReopen:
		return mayDecide(act, c, decides, c.ForceAuthors)
	case Reopen:
		return mayDecide(act, c, decides || act.Is(c.Lead, actor.Consolidator), c.ForceAuthors)
	case Withdraw:
		return mayDecide(act, c, act.Is(c.Receiver, actor.Consolidator) || act.Is(c.Lead, actor.Consolidator), c.ForceAuthors)
	}
	return no("Không có việc này.")
}

// mayDecide keeps authors from deciding on their own work.
func mayDecide(act actor.Actor, c Case, entitled bool, authors []actor.PersonID) Decision {
	if !entitled {
		return no("Việc này do " + c.Receives + " làm.")
	}
	if !isAuthor(act, authors) {
		return yes
	}
	others := slices.DeleteFunc(slices.Clone(c.Deciders), func(p Person) bool { return slices.Contains(authors, p.ID) })
	d := no("Bạn đã soạn, trình hoặc duyệt hồ sơ này nên không được quyết định về nó.")
	if len(others) == 0 {
		return d.remedy("Mọi người có quyền ở " + c.Receives + " đều tham gia soạn; quản trị cần giao quyền rà soát cho người khác.")
	}
	return d.remedy(named("Người quyết định được", others))
}

// inState asks for the state, whoever asks.
func inState(action Action, c Case) Decision {
	switch action {
	case Edit, Send, SubmitDirect, Answer:
		if c.State == Draft || c.State == Returned {
			return yes
		}
		return locked(c)
	case EditReference:
		if c.State == Draft || c.State == Returned || c.State == AwaitingSignoff {
			return yes
		}
		return locked(c)
	case TakeBack, SendBack, SignOff:
		if c.State == AwaitingSignoff {
			return yes
		}
		return no("Hồ sơ không ở bước chờ lãnh đạo duyệt.").by(c.StateByName, c.StateAt)
	case Recall:
		if c.State == Submitted {
			return yes
		}
		return no("Không có lần gửi nào đang chờ tiếp nhận.").by(c.StateByName, c.StateAt)
	case Remark, Return, Accept, AskExplanation, GiveExplanation, SettleExplanation:
		if c.State == Submitted {
			return yes
		}
		return no("Hồ sơ không ở bước chờ tiếp nhận.").by(c.StateByName, c.StateAt)
	case RequestReopen, RefuseReopen, Reopen, Amend:
		if c.State == Accepted {
			return yes
		}
		return no("Hồ sơ chưa được tiếp nhận hoặc đang được sửa.").by(c.StateByName, c.StateAt)
	case Discard:
		if c.InForce == nil {
			return no("Chưa có bản nào có hiệu lực để trở về.")
		}
		if c.State == Draft || c.State == Returned {
			return yes
		}
		return locked(c)
	case Withdraw:
		if c.InForce != nil {
			return yes
		}
		return no("Không có bản nào đang có hiệu lực.")
	case LogProgress:
		if c.InForce != nil || c.Last != nil {
			return yes
		}
		return no("Tiến độ ghi được sau khi lãnh đạo đơn vị duyệt, gửi kế hoạch lần đầu.")
	case AttachSigned:
		if c.Last != nil {
			return yes
		}
		return no("Bản ký đính kèm được sau khi gửi lần đầu.")
	}
	return yes
}

// locked explains why the working copy cannot be changed.
func locked(c Case) Decision {
	switch c.State {
	case AwaitingSignoff:
		return no("Hồ sơ đang chờ lãnh đạo "+c.UnitShort+" duyệt.").by(c.StateByName, c.StateAt).
			until("Đến khi lãnh đạo duyệt, gửi hoặc chuyển lại").
			remedy("Chuyên viên có thể rút lại để sửa tiếp.")
	case Submitted:
		return no("Hồ sơ đã gửi, đang chờ "+c.Receives+" tiếp nhận.").by(c.StateByName, c.StateAt).
			until("Đến khi " + c.Receives + " tiếp nhận hoặc trả lại").
			remedy("Lãnh đạo thu hồi được khi chưa ai ở " + c.Receives + " mở xem.")
	}
	return no(c.Receives+" đã tiếp nhận hồ sơ.").by(c.StateByName, c.StateAt).
		until("Đến khi đơn vị sửa đổi, bổ sung hoặc " + c.Receives + " mở lại").
		remedy("Chọn “Sửa đổi, bổ sung” để sửa; bản đang có hiệu lực vẫn được tính.")
}

// needs asks for what else the action wants.
func needs(act actor.Actor, action Action, c Case, now time.Time) Decision {
	switch action {
	case Edit, EditReference, Answer, Send, SubmitDirect, SignOff, Amend:
		if d := open(c, now); !d.Allowed {
			return d
		}
	}
	switch action {
	case Send, SubmitDirect:
		if c.Gaps > 0 {
			return no(fmt.Sprintf("Còn %d chỗ chưa đủ để trình.", c.Gaps)).remedy("Bổ sung các mục ở “Trước khi trình duyệt”.")
		}
		if c.Unanswered > 0 {
			return no(fmt.Sprintf("Còn %d góp ý chưa trả lời.", c.Unanswered)).remedy("Trả lời từng góp ý rồi trình.")
		}
	}
	switch action {
	case SignOff, SubmitDirect:
		if c.NoReference {
			return no("Văn bản chưa đủ số, ký hiệu, ngày, người ký.").remedy("Ghi thông tin văn bản rồi gửi.")
		}
	case Recall:
		if len(c.ReadBy) > 0 {
			return no(named("Đã mở xem lần gửi này", c.ReadBy)).
				remedy("Đề nghị " + c.Receives + " trả lại để sửa.")
		}
	case RequestReopen:
		if c.Reopen != nil {
			return no("Đã có một đề nghị mở lại đang chờ trả lời.").by(c.Reopen.By, c.Reopen.At).
				until("Đến khi " + c.Receives + " trả lời")
		}
	case RefuseReopen:
		if c.Reopen == nil {
			return no("Không có đề nghị mở lại nào đang chờ.")
		}
	case AskExplanation:
		if len(c.Questions) >= mostOpen {
			return no(fmt.Sprintf("Đang có %d yêu cầu giải trình chưa kết luận.", len(c.Questions))).
				remedy("Kết luận bớt, hoặc trả lại kèm góp ý.")
		}
	case GiveExplanation, SettleExplanation:
		if len(c.Questions) == 0 {
			return no("Không có yêu cầu giải trình nào đang mở.")
		}
	case Return:
		if c.Remarks == 0 {
			return no("Không có góp ý nào chưa kết luận.").
				remedy("Ghi ít nhất một góp ý, hoặc mở lại góp ý lần trước chưa đạt, để đơn vị biết phải sửa gì.")
		}
	}
	return yes
}

// open asks whether the period takes work: lateness never stops it, closing does.
func open(c Case, now time.Time) Decision {
	if viet.DateOf(now).Before(c.OpensOn) {
		return no("Kỳ này mở ngày " + c.OpensOn.String() + ".")
	}
	if c.ClosedAt != nil && !now.Before(*c.ClosedAt) {
		if c.Kind == Plan && c.InForce != nil { // plans may be amended all year
			return yes
		}
		return no("Kỳ này đã đóng. "+c.ClosedWhy).by("", *c.ClosedAt).
			remedy("Đề nghị Sở Nội vụ mở lại kỳ.")
	}
	return yes
}

// named joins a lead and the names of people.
func named(lead string, people []Person) string {
	if len(people) == 0 {
		return lead + ": chưa có ai"
	}
	names := make([]string, len(people))
	for i, p := range people {
		names[i] = p.Name
	}
	return lead + ": " + strings.Join(names, ", ")
}
