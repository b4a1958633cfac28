package progress

import (
	"fmt"
	"regexp"
	"unicode/utf8"

	"danvan/internal/fault"
	"danvan/internal/viet"
)

const (
	maxNote  = 2000 // characters
	maxFiles = 10
)

// check lists everything that keeps a draft out of the log.
func check(d Draft, a terms, log []Entry, today viet.Date) error {
	bad := fault.Invalid{}
	switch {
	case d.AsOf.IsZero():
		bad.Add("as_of", "Ghi ngày tính tiến độ")
	case !d.AsOf.Within(a.Opens, today):
		bad.Add("as_of", fmt.Sprintf("Ngày tính tiến độ phải từ %s đến hôm nay, %s", a.Opens, today))
	}
	checkAmount(bad, d, a.Goal)
	checkReplaces(bad, d, log)
	if utf8.RuneCountInString(d.Note) > maxNote {
		bad.Add("note", "Ghi chú dài quá "+viet.FormatInt(maxNote)+" ký tự")
	}
	if len(bad) == 0 && d.Note == "" {
		if before, ok := before(d, log); ok && lower(d, before) {
			bad.Add("note", fmt.Sprintf("Tiến độ thấp hơn lần ghi trước (%s, ngày %s); ghi rõ lý do", before.Amount(a.Goal), before.AsOf))
		}
	}
	if len(d.Files)+len(d.Keep) > maxFiles {
		bad.Add("file", fmt.Sprintf("Mỗi lần ghi đính kèm nhiều nhất %d tệp", maxFiles))
	}
	return bad.OrNil()
}

// An amount fits numeric(21,6), like every number people type.
var decimal = regexp.MustCompile(`^-?[0-9]{1,15}(\.[0-9]{1,6})?$`)

// checkAmount wants a value where the activity has a target, else a percentage.
func checkAmount(bad fault.Invalid, d Draft, g Goal) {
	if g.Target == "" {
		p := number(d.Percent)
		switch {
		case d.Percent == "":
			bad.Add("percent", "Ghi tỷ lệ hoàn thành, từ 0 đến 100")
		case !decimal.MatchString(d.Percent), p.Sign() < 0, p.Cmp(hundred) > 0:
			bad.Add("percent", "Tỷ lệ hoàn thành phải từ 0 đến 100")
		}
		if d.Value != "" {
			bad.Add("value", "Hoạt động này không có số phấn đấu; chỉ ghi tỷ lệ hoàn thành")
		}
		return
	}
	switch {
	case d.Value == "":
		bad.Add("value", "Ghi kết quả lũy kế đến ngày này; số phấn đấu là "+g.amount(g.Target))
	case !decimal.MatchString(d.Value):
		bad.Add("value", "Kết quả phải là một số, ví dụ 10")
	case number(d.Value).Sign() < 0:
		bad.Add("value", "Kết quả không thể là số âm")
	}
	if d.Percent != "" {
		bad.Add("percent", "Hoạt động này có số phấn đấu; ghi kết quả lũy kế, không ghi tỷ lệ")
	}
}

// checkReplaces wants a correction to name an entry of the same log that is not
// yet replaced, and to keep only files of that entry.
func checkReplaces(bad fault.Invalid, d Draft, log []Entry) {
	was, found := byID(log, d.Replaces)
	switch {
	case d.Replaces != 0 && !found:
		bad.Add("replaces", "Lần ghi cần đính chính không có trong nhật ký của hoạt động này")
	case d.Replaces != 0 && !was.Counts():
		bad.Add("replaces", "Lần ghi này đã được đính chính; chọn lần ghi thay cho nó")
	}
	if len(kept(d, log)) < len(d.Keep) {
		bad.Add("file", "Tệp giữ lại không có trong lần ghi được đính chính; chọn lại tệp")
	}
}

// before returns the entry that counted until d, on the day of d.
func before(d Draft, log []Entry) (Entry, bool) {
	for _, e := range log {
		if e.Counts() && e.ID != d.Replaces && !e.AsOf.After(d.AsOf) {
			return e, true
		}
	}
	return Entry{}, false
}

// lower compares amounts of the same kind; a plan may have got a target since.
func lower(d Draft, before Entry) bool {
	for _, pair := range [][2]string{{d.Percent, before.Percent}, {d.Value, before.Value}} {
		now, was := number(pair[0]), number(pair[1])
		if now != nil && was != nil {
			return now.Cmp(was) < 0
		}
	}
	return false
}

// Amount is what an entry says was reached: "80%", "8 cuộc".
func (e Entry) Amount(g Goal) string {
	if e.Percent != "" {
		return viet.FormatNumber(e.Percent) + "%"
	}
	return g.amount(e.Value)
}

func (g Goal) amount(value string) string {
	return viet.WithUnit(viet.FormatNumber(value), g.Unit)
}
