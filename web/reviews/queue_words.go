package reviews

import (
	"strconv"
	"strings"
	"time"

	"danvan/internal/review"
	"danvan/internal/viet"
	"danvan/web/show/submissions"
)

func reviewPath(x review.Waiting) string { return submissions.ReviewAddress(x.Kind, x.Ref()) }

// first is the row one begins with: the first that one may decide on.
func (v queueView) first() review.Waiting {
	for _, w := range v.Rows {
		if !w.Own {
			return w
		}
	}
	return v.Rows[0]
}

// held says how long the receiver has held it.
func held(w review.Waiting, now time.Time) string {
	switch n := w.WaitedDays(now); {
	case n <= 0:
		return "hôm nay"
	default:
		return "chờ " + strconv.Itoa(n) + " ngày"
	}
}

// about tells of a row who sent it, what it is, with whom it lies and whose time
// went by.
func about(x review.Waiting) string {
	said := []string{x.SentByName + " gửi lúc " + viet.Moment(x.SentAt)}
	switch {
	case x.Amends:
		said[0] += ", sửa đổi, bổ sung " + x.Kind.Noun() + " đang có hiệu lực"
	case x.Again:
		said[0] += ", gửi lại sau khi sửa"
	case x.Late:
		said[0] += ", chậm"
	}
	if x.ReopenAt != nil {
		said = []string{"Đề nghị mở lại lúc " + viet.Moment(*x.ReopenAt) + ", lý do: " + strings.TrimRight(x.Reopen, ".")}
	}
	if x.HeldDays+x.UnitDays > 0 && x.ReopenAt == nil {
		said = append(said, earlier(x))
	}
	if x.Answered > 0 {
		said = append(said, strconv.Itoa(x.Answered)+" góp ý đã được trả lời")
	}
	if x.Duty != "" && !x.Mine {
		said = append(said, x.Duty+" phụ trách")
	}
	if len(x.ReadBy) > 0 {
		said = append(said, strings.Join(x.ReadBy, ", ")+" đã mở xem")
	}
	return strings.Join(said, ". ") + "."
}

// earlier says whose days the rounds before took.
func earlier(x review.Waiting) string {
	return "Các lần trước: nơi nhận giữ " + lasting(x.HeldDays) + ", đơn vị sửa " + lasting(x.UnitDays)
}

// lasting is "3 ngày", or less than one.
func lasting(days int) string {
	if days <= 0 {
		return "chưa đến 1 ngày"
	}
	return strconv.Itoa(days) + " ngày"
}

// tags are the marks of a row.
func tags(x review.Waiting) []string {
	var out []string
	switch {
	case x.ReopenAt != nil:
		out = append(out, "đề nghị mở lại")
	case x.Own:
	case !x.Read:
		out = append(out, "chưa đọc")
	}
	if x.Own {
		out = append(out, "hồ sơ bạn tham gia soạn")
	}
	switch {
	case x.Explained > 0:
		out = append(out, "đã giải trình")
	case x.Asked > 0:
		out = append(out, "chờ giải trình")
	}
	return out
}

// together reports whether a row may be chosen to be accepted with others. What
// was not opened may: it may be by the time the form is sent.
func together(x review.Waiting) bool { return x.ReopenAt == nil && !x.Own }

func (v queueView) offersTogether() bool {
	for _, w := range v.Rows {
		if together(w) {
			return true
		}
	}
	return false
}
