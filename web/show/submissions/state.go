package submissions

import (
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/ui"
)

var kinds = map[submission.State]ui.Kind{
	submission.Draft:           ui.Draft,
	submission.AwaitingSignoff: ui.Awaiting,
	submission.Submitted:       ui.Submitted,
	submission.Returned:        ui.Returned,
	submission.Accepted:        ui.Accepted,
}

// Kind is the look of the state of c; its word is [submission.Case.Word].
func Kind(c submission.Case) ui.Kind {
	if c.NotBegun() {
		return ui.NotBegun
	}
	return kinds[c.State]
}

// LookOf is the look of a state by itself.
func LookOf(state submission.State) ui.Kind { return kinds[state] }

// Sentence says in what state c is, since when and by whom, and which sending
// counts meanwhile. own is for the people of the unit.
func Sentence(c submission.Case, own bool) string {
	parts := []string{stateSentence(c, own)}
	if c.Amending() && c.InForce.No > 0 {
		parts = append(parts, fmt.Sprintf("Lần gửi %d vẫn đang có hiệu lực.", c.InForce.No))
	}
	if late := Lateness(c); late != "" && c.Last == nil {
		parts = append(parts, late)
	}
	return strings.Join(parts, " ")
}

func stateSentence(c submission.Case, own bool) string {
	day := viet.DateOf(c.StateAt)
	switch c.State {
	case submission.Draft:
		switch {
		case c.NotBegun():
			return "Đơn vị chưa soạn."
		case c.Amending():
			return fmt.Sprintf("%s sửa đổi, bổ sung từ ngày %s.", someone(c), day)
		case own:
			return "Bản đang soạn: chỉ người của " + c.UnitShort + " thấy cho đến khi gửi."
		}
		return "Đơn vị đang soạn, chưa gửi."
	case submission.AwaitingSignoff:
		return fmt.Sprintf("%s trình lúc %s.", someone(c), viet.Moment(c.StateAt))
	case submission.Submitted:
		return sent(c)
	case submission.Returned:
		if d := c.LastDecided; d != nil && d.Outcome == submission.WasReturned && d.DecidedAt != nil {
			return fmt.Sprintf("%s trả lại lần gửi %d ngày %s%s", c.Receives, d.No, viet.DateOf(*d.DecidedAt), because(d.Reason, own))
		}
		if d := c.LastDecided; d != nil && d.ReopenedAt != nil {
			return fmt.Sprintf("%s mở lại để sửa ngày %s%s", c.Receives, viet.DateOf(*d.ReopenedAt), because(d.ReopenedWhy, own))
		}
		return fmt.Sprintf("%s trả lại ngày %s.", c.Receives, day)
	}
	if f := c.InForce; f != nil && f.DecidedAt != nil {
		return fmt.Sprintf("%s tiếp nhận lần gửi %d ngày %s; đang có hiệu lực.", c.Receives, f.No, viet.DateOf(*f.DecidedAt))
	}
	return fmt.Sprintf("%s tiếp nhận ngày %s.", c.Receives, day)
}

// because closes a sentence with the reason, which the unit reads before its work.
func because(reason string, own bool) string {
	if !own || reason == "" {
		return "."
	}
	return ": “" + strings.TrimRight(ui.Short(reason, 300), ". ") + "”."
}

func sent(c submission.Case) string {
	if c.Last == nil {
		return "Đã gửi " + c.Receives + "."
	}
	when := "đúng hạn"
	if c.Last.Late() {
		when = "quá hạn"
	}
	if c.InForce != nil { // only the first sending is on time or late
		return fmt.Sprintf("%s gửi lần %d lúc %s.", c.Last.SentByName, c.Last.No, viet.Moment(c.Last.SentAt))
	}
	return fmt.Sprintf("%s gửi lần %d lúc %s, %s.", c.Last.SentByName, c.Last.No, viet.Moment(c.Last.SentAt), when)
}

func someone(c submission.Case) string {
	if c.StateByName == "" {
		return c.UnitShort
	}
	return c.StateByName
}

// Lateness says by when to send for the first time.
func Lateness(c submission.Case) string {
	if c.DueBefore.IsZero() {
		return ""
	}
	// Which days are off is not known here: the last working day is left out.
	words := viet.Calendar{}.DeadlineWords(viet.LastDayBefore(c.DueBefore).Next())
	return "Hạn gửi: " + words.Before + " (" + words.LastDay + ")."
}

// LockTitle names what is locked, for a lock that explains why c cannot be edited.
func LockTitle(c submission.Case) string {
	what := "Hồ sơ"
	switch c.Kind {
	case submission.Plan:
		what = "Kế hoạch"
	case submission.Report:
		what = "Báo cáo"
	case submission.Evaluation:
		what = "Bản tự chấm"
	}
	return what + " đang khóa, chưa sửa được"
}

// Sending is "lần gửi 2".
func Sending(no int) string { return "lần gửi " + strconv.Itoa(no) }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
