package reports

import (
	"strings"

	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/form"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// rules say whose figures these are, and what blank, 0 and the marks mean.
func (t writing) rules() string {
	whose := "Chỉ tính phần do chính " + t.c.UnitShort + " thực hiện."
	switch {
	case unit.Kind(t.c.UnitKind) != unit.District:
	case t.content.Reporters > 0:
		whose = "Chỉ ghi phần của riêng " + t.c.UnitShort + "; số của cấp xã được cộng thêm khi báo cáo của xã có hiệu lực."
	default:
		whose = "Số liệu tính cả địa bàn, gồm các xã, phường, thị trấn."
	}
	return whose + " Để trống là chưa trả lời; đánh dấu “không phát sinh” khi đã rà soát mà không có; 0 là đếm được bằng không. Số ghi kiểu 1.234,5."
}

// guide says what a figure counts where that is not the rule of the whole report.
func (t writing) guide(r report.Row) string {
	often := map[string]int{}
	common := ""
	for _, other := range t.content.Rows {
		often[other.Guide]++
		if often[other.Guide] > often[common] {
			common = other.Guide
		}
	}
	if r.Guide == common {
		return ""
	}
	return viet.UpperFirst(r.Guide)
}

// offeredWords say where what stands in a box comes from while it is not stored.
func (t writing) offeredWords(r report.Row) string {
	if t.took[r.Code] {
		return "Chép từ kỳ trước, chưa lưu."
	}
	return "Điền sẵn: " + r.Offer.Source + ". Lưu trang thì ghi vào báo cáo."
}

// columns is how many a row of the grid has.
func (t writing) columns(x reportshow.Columns) int {
	n := 7
	if x.Below {
		n += 2
	}
	if x.Previous != "" {
		n++
	}
	return n
}

// speaks reports whether something is said below a row.
func (t writing) speaks(f *form.Form, r report.Row) bool {
	return len(rowFaults(f, r.Code)) > 0 || len(t.doubtsAt(r.Code)) > 0
}

func faultID(r report.Row) string { return ui.FieldID(r.Code) + "-loi" }

func doubtID(d submission.Doubt) string { return ui.FieldID(answerPrefix+d.Code) + "-hoi" }

// describedBy names what is said about the number of a row.
func (t writing) describedBy(f *form.Form, r report.Row) string {
	var ids []string
	if len(rowFaults(f, r.Code)) > 0 {
		ids = append(ids, faultID(r))
	}
	for _, d := range t.doubtsAt(r.Code) {
		ids = append(ids, doubtID(d))
	}
	return strings.Join(ids, " ")
}

// faultyRows counts the boxes that could not be stored.
func (t writing) faultyRows(f *form.Form) int {
	n := 0
	for _, r := range t.section.Rows {
		n += len(rowFaults(f, r.Code))
	}
	return n
}

// markPlaceholder stands in the box of a figure that was answered without a number.
func markPlaceholder(f *form.Form, r report.Row) string {
	if f.Raw(ownField(r.Code)) != "" {
		return ""
	}
	return indicator.Mark(f.Raw(markField(r.Code))).Brief()
}

// counted is the indicator as the sum with those below reads: how many said yes.
func (t writing) counted(r report.Row) indicator.Indicator {
	i := r.Indicator
	if i.Kind == indicator.Flag {
		i.Kind = indicator.Count
	}
	return i
}
