package overviews

import (
	"strconv"
	"strings"

	"danvan/internal/document/sheet"
	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/viet"
)

// planTable is the list of plans with every value of its own type.
func planTable(v plansView) sheet.Table {
	t := sheet.Table{Sheet: "Kế hoạch", Title: plansPage(v).Head.Title, Notes: v.narrowed(), At: v.Now, Fixed: 1, Columns: filedColumns()}
	if v.Oversees {
		t.Columns = append(t.Columns, sheet.Column{Group: "Hoạt động", Title: "Hoàn thành", Kind: sheet.Number},
			sheet.Column{Group: "Hoạt động", Title: "Tổng số", Kind: sheet.Number}, sheet.Column{Group: "Hoạt động", Title: "Tỷ lệ", Kind: sheet.Percent},
			sheet.Column{Title: "Việc quá hạn", Kind: sheet.Number})
	}
	for _, r := range v.Rows {
		row := filedValues(r, v.today())
		if v.Oversees && r.Counted {
			row = append(row, sheet.Count(r.Done), sheet.Count(r.Total), sheet.Share(r.Done, r.Total), sheet.Count(r.Overdue))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// filedColumns are those both lists have, filedValues what one unit says in them.
func filedColumns() []sheet.Column {
	return []sheet.Column{{Title: "Đơn vị"}, {Title: "Khối"}, {Title: "Trạng thái"}, {Title: "Đang sửa đổi"}, {Title: "Gửi lần đầu", Kind: sheet.Date},
		{Title: "Ngày cuối của hạn", Kind: sheet.Date}, {Title: "So với hạn"}, {Title: "Số ngày chậm", Kind: sheet.Number}}
}

func filedValues(r overview.PlanRow, today viet.Date) []sheet.Value {
	row := []sheet.Value{sheet.Words(r.Name), sheet.Words(kindWords[r.Kind]), sheet.Words(r.State.Word()), yes(r.Amending), {}, {}, {}, {}}
	if r.FirstSent != nil {
		row[4] = sheet.Day(viet.DateOf(*r.FirstSent))
	}
	if r.DueBefore != nil {
		row[5] = sheet.Day(viet.LastDayBefore(*r.DueBefore))
	}
	if words, late := lateness(r, today); words != viet.NoRatio {
		row[6] = sheet.Words(words)
		if late {
			row[7] = sheet.Count(r.DaysLate(today))
		}
	}
	return row
}

// yes marks what is so, and leaves the rest empty.
func yes(so bool) sheet.Value {
	if so {
		return sheet.Words("Có")
	}
	return sheet.Value{}
}

// narrowed says in words what the filters leave.
func (v listing) narrowed() []string {
	var by []string
	if s := v.Filter.State; s != "" {
		by = append(by, "trạng thái “"+s.Word()+"”")
	}
	if g := v.Filter.Group; g != "" {
		by = append(by, "“"+groupWords[g]+"”")
	}
	if k := v.Filter.Kind; k != "" {
		by = append(by, "khối “"+kindWords[k]+"”")
	}
	if v.Filter.Late {
		by = append(by, "chỉ đơn vị chậm")
	}
	if words := sentWords(v.Filter); words != "" {
		by = append(by, words)
	}
	if v.Filter.Behind {
		by = append(by, "chỉ đơn vị có việc quá hạn")
	}
	if s := v.Filter.Search; s != "" {
		by = append(by, "tên có “"+s+"”")
	}
	if v.Filter.Receiver != "" {
		by = append(by, "gửi về nơi nhận đã chọn")
	}
	notes := []string{viet.FormatInt(v.Total) + " đơn vị"}
	if len(by) > 0 {
		notes[0] += ", lọc theo: " + strings.Join(by, "; ")
	}
	return notes
}

// activityTable is the list of activities with every value of its own type.
func activityTable(v activitiesView) sheet.Table {
	t := sheet.Table{Sheet: "Hoạt động", Title: activitiesPage(v).Title, At: v.Now, Fixed: 2, Columns: []sheet.Column{
		{Title: "Mã"}, {Title: "Hoạt động"}, {Title: "Đơn vị"}, {Title: "Nhiệm vụ", Kind: sheet.Number}, {Title: "Tên nhiệm vụ"},
		{Title: "Bắt đầu", Kind: sheet.Date}, {Title: "Hạn", Kind: sheet.Date}, {Title: "Tình trạng"}, {Title: "Số ngày quá hạn", Kind: sheet.Number},
		{Title: "Ngày hoàn thành", Kind: sheet.Date}, {Title: "Tiến độ đến ngày", Kind: sheet.Date}, {Title: "Tỷ lệ đạt", Kind: sheet.Percent},
		{Title: "Đã đạt", Kind: sheet.Number}, {Title: "Chỉ tiêu", Kind: sheet.Number}, {Title: "Đơn vị tính"}}}
	if meta := v.meta(); meta != "" {
		t.Notes = append(t.Notes, meta)
	}
	t.Notes = append(t.Notes, "Tiến độ do đơn vị tự ghi.")
	names := map[int]string{0: "Phần chung của kế hoạch"}
	for _, task := range v.Tasks {
		names[task.No] = task.Short
	}
	for _, a := range v.Rows {
		row := []sheet.Value{sheet.Words(a.Code), sheet.Words(a.Title), sheet.Words(a.Name), {}, sheet.Words(names[a.Task]),
			sheet.Day(a.Start), sheet.Day(a.Due), sheet.Words(a.Status.Word()), {}, sheet.Day(a.DoneOn), sheet.Day(a.AsOf),
			sheet.Hundredths(a.Percent), sheet.Figure(a.Value), sheet.Figure(a.Target), sheet.Words(a.Measure)}
		if a.Task > 0 {
			row[3] = sheet.Count(a.Task)
		}
		if a.Status == progress.Overdue {
			row[8] = sheet.Count(a.Due.DaysUntil(viet.DateOf(v.Now)))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// taskName is "2. Cải cách hành chính".
func taskName(c column) string { return strconv.Itoa(c.No) + ". " + c.Short }
