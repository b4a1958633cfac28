package reviews

import (
	"strconv"
	"strings"

	"danvan/internal/document/sheet"
	"danvan/internal/review"
	"danvan/internal/viet"
)

// queueTable is the queue with every value of its own type.
func queueTable(v queueView) sheet.Table {
	t := sheet.Table{Sheet: "Chờ rà soát", Title: "Hồ sơ chờ tiếp nhận, rà soát", Notes: v.narrowed(), At: v.Now, Fixed: 1, Columns: []sheet.Column{
		{Title: "Đơn vị"}, {Title: "Hồ sơ"}, {Title: "Lần gửi", Kind: sheet.Number}, {Title: "Người gửi"},
		{Title: "Gửi ngày", Kind: sheet.Date}, {Title: "Chờ từ ngày", Kind: sheet.Date}, {Title: "Số ngày chờ", Kind: sheet.Number},
		{Group: "Các lần trước", Title: "Nơi nhận giữ (ngày)", Kind: sheet.Number}, {Group: "Các lần trước", Title: "Đơn vị sửa (ngày)", Kind: sheet.Number},
		{Title: "Phụ trách"}, {Title: "Đã mở xem"}, {Title: "Tình trạng"}}}
	for _, w := range v.Rows {
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(w.UnitName), sheet.Words(w.Kind.Named(w.Year, w.PeriodName)), sheet.Count(w.No),
			sheet.Words(w.SentByName), sheet.Day(viet.DateOf(w.SentAt)), sheet.Day(viet.DateOf(w.Since())), sheet.Count(max(0, w.WaitedDays(v.Now))),
			sheet.Count(w.HeldDays), sheet.Count(w.UnitDays), sheet.Words(w.Duty), sheet.Words(strings.Join(w.ReadBy, ", ")), sheet.Words(condition(w))})
	}
	return t
}

// condition is everything the tags and the sentence of a row say about it.
func condition(w review.Waiting) string {
	var said []string
	for _, x := range []struct {
		so   bool
		word string
	}{{w.Late, "gửi chậm"}, {w.Amends, "sửa đổi, bổ sung"}, {w.Again && !w.Amends, "gửi lại sau khi sửa"},
		{w.Answered > 0, strconv.Itoa(w.Answered) + " góp ý đã được trả lời"}} {
		if x.so {
			said = append(said, x.word)
		}
	}
	return strings.Join(append(said, tags(w)...), "; ")
}

// narrowed says in words which rows the filters leave.
func (v queueView) narrowed() []string {
	var by []string
	for _, words := range []string{kindLabels[v.Filter.Kind], whoseLabels[v.Filter.Whose], traitLabels[v.Filter.Trait]} {
		if words != "" {
			by = append(by, "“"+words+"”")
		}
	}
	if s := v.Filter.Search; s != "" {
		by = append(by, "tên có “"+s+"”")
	}
	note := viet.FormatInt(len(v.Rows)) + " hồ sơ"
	if len(by) > 0 {
		note += ", lọc theo: " + strings.Join(by, "; ")
	}
	return []string{note}
}
