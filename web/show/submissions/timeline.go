package submissions

import (
	"strconv"

	"danvan/internal/submission"
)

// tell puts one step into words.
func tell(e submission.Event, receives string) (icon string, l line) {
	l.reason = e.Reason
	switch e.Action {
	case "sent":
		return "arrow-right", line{before: e.Person + " trình lãnh đạo"}
	case "taken_back":
		return "arrow-back-up", line{before: e.Person + " rút lại để sửa"}
	case "sent_back":
		l.before = e.Person + " chuyển lại"
		return "arrow-back-up", l
	case "signed_off", "submitted":
		l = line{before: e.Person + " duyệt, gửi", version: e.Version, label: "lần " + strconv.Itoa(e.Version)}
		if e.Action == "submitted" {
			l.before = e.Person + " gửi"
		}
		if e.Version == 1 {
			l.after = ", đúng hạn"
			if e.Late {
				l.after = ", quá hạn"
			}
		}
		return "send", l
	case "recalled":
		return "arrow-back-up", line{before: e.Person + " thu hồi", version: e.Version}
	case "returned":
		l.before, l.strong, l.version = receives+" trả lại", true, e.Version
		if e.Remarks > 0 {
			l.after = ", " + strconv.Itoa(e.Remarks) + " góp ý"
		}
		l.after += ". " + e.Person
		return "st-returned", l
	case "accepted":
		return "circle-check", line{before: receives + " tiếp nhận", strong: true, version: e.Version, after: ". " + e.Person}
	case "reopen_requested":
		l.before = e.Person + " đề nghị mở lại"
		return "message-circle", l
	case "reopen_refused":
		l.before = receives + " không đồng ý mở lại. " + e.Person
		return "x", l
	case "reopened":
		l.before, l.strong = receives+" mở lại để sửa. "+e.Person, true
		return "lock-open", l
	case "amended":
		return "pencil", line{before: e.Person + " bắt đầu sửa đổi, bổ sung"}
	case "discarded":
		return "x", line{before: e.Person + " bỏ sửa đổi, trở về bản đang có hiệu lực"}
	case "withdrawn":
		l.before, l.strong = receives+" rút hiệu lực. "+e.Person, true
		return "alert-triangle", l
	case "question_asked":
		l.before, l.version = receives+" yêu cầu giải trình", e.Version
		if !e.Due.IsZero() {
			l.after = ", hạn trả lời " + e.Due.String()
		}
		l.after += ". " + e.Person
		return "help-circle", l
	case "question_answered":
		l.before, l.version = e.Person+" giải trình", e.Version
		if e.Late {
			l.after = ", sau hạn trả lời"
		}
		return "message-circle", l
	case "question_closed":
		l.before, l.version, l.after = receives+" đã rõ nội dung giải trình", e.Version, ". "+e.Person
		return "circle-check", l
	case "question_dropped":
		l.before, l.version, l.after = receives+" không yêu cầu giải trình nữa về", e.Version, ". "+e.Person
		return "x", l
	case "signed_attached":
		return "paperclip", line{before: e.Person + " đính kèm bản ký của", version: e.Version}
	}
	return "clock", line{before: e.Person}
}
