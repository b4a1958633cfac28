package overviews

import (
	"strconv"
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/overview"
	"danvan/internal/progress"
	"danvan/internal/unit"
	"danvan/internal/viet"
)

// matrixTable is units down and tasks across, each number in a cell of its own.
func matrixTable(b overview.Board, f overview.Filing, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Tổng quan", Title: placeOf(b.Scope) + " năm " + strconv.Itoa(b.Year), At: now, Fixed: 1,
		Notes:   []string{"Hoạt động hoàn thành trên tổng số hoạt động của từng nhiệm vụ. KTPV: không thuộc phạm vi; KPS: không phát sinh.", "Tiến độ do đơn vị tự ghi."},
		Columns: []sheet.Column{{Title: "Đơn vị"}, {Title: "Khối"}, {Title: "Kế hoạch"}}}
	for _, task := range b.Tasks {
		t.Columns = append(t.Columns, done(taskName(columnOf(task)))...)
	}
	t.Columns = append(t.Columns, done("Cộng các nhiệm vụ")...)
	t.Columns = append(t.Columns, sheet.Column{Group: "Cộng các nhiệm vụ", Title: "Quá hạn", Kind: sheet.Number})
	t.Columns = append(t.Columns, done("Phần chung")...)
	t.Columns = append(t.Columns, sheet.Column{Title: "Cập nhật gần nhất", Kind: sheet.Date}, sheet.Column{Title: "Lâu chưa cập nhật"})
	if f.Period.Slug != "" {
		t.Columns = append(t.Columns, sheet.Column{Title: "Báo cáo " + viet.LowerFirst(f.Period.Name)})
	}
	for _, k := range unit.Kinds {
		for _, r := range b.Rows {
			if r.Kind == k {
				t.Rows = append(t.Rows, matrixRow(r, len(t.Columns), f))
			}
		}
	}
	t.Sums = matrixSums(b)
	return t
}

// done is the pair of columns that make "18/26".
func done(group string) []sheet.Column {
	return []sheet.Column{{Group: group, Title: "Hoàn thành", Kind: sheet.Number}, {Group: group, Title: "Tổng số", Kind: sheet.Number}}
}

// matrixRow is one unit; its report stands in the last of the columns.
func matrixRow(r overview.Row, columns int, f overview.Filing) []sheet.Value {
	row := planRow(r)
	if s, files := f.Units[r.ID]; files {
		for len(row) < columns-1 {
			row = append(row, sheet.Value{})
		}
		row = append(row, sheet.Words(filedWord(s)))
	}
	return row
}

func planRow(r overview.Row) []sheet.Value {
	state := overview.Accepted.Word()
	switch {
	case !r.InForce:
		state = missing(r)
	case r.Amending:
		state += ", đang sửa đổi"
	}
	row := []sheet.Value{sheet.Words(unitName(r.Name)), sheet.Words(kindWords[r.Kind]), sheet.Words(state)}
	for _, c := range r.Cells {
		switch {
		case !r.InForce:
			row = append(row, sheet.Value{}, sheet.Value{})
		case c.Tally.Total() == 0:
			short, _ := outOf(c)
			row = append(row, sheet.Words(short), sheet.Value{})
		default:
			row = append(row, shareValues(c.Tally)...)
		}
	}
	if !r.InForce {
		return row
	}
	row = append(append(row, shareValues(r.Sum)...), sheet.Count(r.Sum.Overdue))
	return append(append(row, shareValues(r.Common)...), sheet.Day(r.LastOn), yes(r.Silent))
}

// shareValues are "18/26" as two numbers.
func shareValues(t progress.Tally) []sheet.Value {
	return []sheet.Value{sheet.Count(t.Finished()), sheet.Count(t.Total())}
}

// matrixSums adds up the units of each kind, and of all where there are several.
func matrixSums(b overview.Board) [][]sheet.Value {
	if len(b.Rows) < 2 {
		return nil
	}
	var sums [][]sheet.Value
	for _, k := range unit.Kinds {
		if sum, units := matrixSum(b, func(r overview.Row) bool { return r.Kind == k }); units > 0 {
			sum[0], sum[1] = sheet.Words("Cộng "+kindWords[k]+" ("+viet.FormatInt(units)+")"), sheet.Words(kindWords[k])
			sums = append(sums, sum)
		}
	}
	if len(sums) < 2 {
		return sums
	}
	all, units := matrixSum(b, func(overview.Row) bool { return true })
	all[0] = sheet.Words("Cộng (" + viet.FormatInt(units) + ")")
	return append(sums, all)
}

func matrixSum(b overview.Board, counts func(overview.Row) bool) (row []sheet.Value, units int) {
	cells := make([]progress.Tally, len(b.Tasks))
	var sum, common progress.Tally
	for _, r := range b.Rows {
		if !counts(r) {
			continue
		}
		units++
		sum, common = sum.Plus(r.Sum), common.Plus(r.Common)
		for i, c := range r.Cells {
			cells[i] = cells[i].Plus(c.Tally)
		}
	}
	row = make([]sheet.Value, 3)
	for _, c := range cells {
		row = append(row, shareValues(c)...)
	}
	row = append(append(row, shareValues(sum)...), sheet.Count(sum.Overdue))
	return append(row, shareValues(common)...), units
}
