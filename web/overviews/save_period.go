package overviews

import (
	"math/big"
	"net/http"
	"strconv"
	"time"

	"danvan/internal/document/sheet"
	"danvan/internal/indicator"
	"danvan/internal/overview"
	"danvan/internal/report"
	"danvan/internal/unit"
	"danvan/internal/viet"
	"danvan/web/respond"
)

// savePeriod sends the tables of a period: figures, outcomes and measures on a
// sheet each, and for those who see the units by name, every figure of each. CSV
// holds one table, the figures.
func savePeriod(w http.ResponseWriter, r *http.Request, p period, b readPeriod, now time.Time, f sheet.Format) error {
	if f == sheet.CSV {
		return respond.Table(w, r, figureTable(p, b, now), f)
	}
	tables := []sheet.Table{figureTable(p, b, now), outcomeTable(p, b.reports, now)}
	if p.All {
		tables = append(tables, measureTable(p, b.reports, now), unitTable(p, b, now))
	}
	file, err := sheet.Workbook(tables...)
	if err != nil {
		return err
	}
	return respond.Download(w, r, file.Name, file.Type, file.Reader())
}

// figureTable is the totals, or one's own figures beside them.
func figureTable(p period, b readPeriod, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Số liệu", Title: "Số liệu " + reportOf(p.Period.Name) + ", " + viet.LowerFirst(p.Place), At: now, Fixed: 2,
		Notes:   []string{"Số liệu " + p.data() + ", theo " + unitsReports(p.Answered) + " đang có hiệu lực. KTPV: không thuộc phạm vi."},
		Columns: []sheet.Column{{Title: "Mã"}, {Title: "Chỉ tiêu"}, {Title: "Đơn vị tính"}}}
	number := func(title string) { t.Columns = append(t.Columns, sheet.Column{Title: title, Kind: sheet.Number}) }
	if p.All {
		for _, title := range []string{p.Period.Name, "Số đơn vị có số liệu", "Số đơn vị phải trả lời", "Trong đó ước"} {
			number(title)
		}
		if p.Previous.Name != "" {
			number(p.Previous.Name)
		}
		number(p.Columns.LastYear)
		number(p.Period.Name + ", của đơn vị so được")
		t.Columns = append(t.Columns, sheet.Column{Title: "Thay đổi so với cùng kỳ", Kind: sheet.Percent})
		number("Số đơn vị so được")
		t.Notes = append(t.Notes, "Kỳ trước, cùng kỳ: của những đơn vị có số liệu ở cả hai kỳ.")
	} else {
		for _, name := range p.Columns.Own {
			number(name)
		}
		for _, title := range []string{viet.UpperFirst(p.Whole), "Số đơn vị có số liệu", "Số đơn vị phải trả lời", "Bình quân"} {
			number(title)
		}
		t.Notes = append(t.Notes, hiddenWhy)
	}
	t.Notes = append(t.Notes, p.Followed...)
	for _, l := range b.figures.Lines {
		if row := figureSheetRow(p, b, l); row != nil {
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

func figureSheetRow(p period, b readPeriod, l overview.FigureLine) []sheet.Value {
	row := []sheet.Value{sheet.Words(l.Code), sheet.Words(l.Name), sheet.Words(l.Unit)}
	if p.All {
		row[2] = sheet.Words(sumUnit(l.Indicator))
		row = append(row, sumSheet(l), sheet.Count(l.Sum.Numbers), sheet.Count(l.Sum.Of()), numberSheet(l.Estimated))
		if p.Previous.Name != "" {
			row = append(row, numberSheet(l.Rounded(l.Previous.Value)))
		}
		row = append(row, numberSheet(l.Rounded(l.LastYear.Value)), numberSheet(l.Rounded(l.LastYear.Now)), changeSheet(l))
		return append(row, sheet.Count(l.LastYear.Units))
	}
	asked := false
	for _, o := range b.reports.Rows {
		u, ok := b.figures.UnitFigure(o.ID, l.Code)
		asked = asked || ok
		row = append(row, unitSheet(l.Indicator, u, ok))
	}
	if !asked {
		return nil
	}
	if hides(p.Scope, l.Sum.Numbers) && l.Sum.Value != nil {
		return append(row, sheet.Words(hidden), sheet.Count(l.Sum.Numbers), sheet.Count(l.Sum.Of()), sheet.Words(hidden))
	}
	return append(row, sumSheet(l), sheet.Count(l.Sum.Numbers), sheet.Count(l.Sum.Of()), numberSheet(twoDecimals(l.Mean())))
}

// sumSheet is a total, or the words in its place.
func sumSheet(l overview.FigureLine) sheet.Value {
	if v := sumValue(l.Indicator, l.Sum, ""); v.Quiet {
		return sheet.Words(v.Text)
	}
	return numberSheet(l.Rounded(l.Sum.Value))
}

// changeSheet is by how many percent a total changed; of a ratio, nothing: it
// changes by points.
func changeSheet(l overview.FigureLine) sheet.Value {
	by, ok := l.LastYear.Change()
	if !ok || !l.Typed() {
		return sheet.Value{}
	}
	return sheet.Hundredths(indicator.Text(by))
}

// unitSheet is what a unit comes to, or what it said; yes and no are 1 and 0.
func unitSheet(i indicator.Indicator, u overview.UnitFigure, asked bool) sheet.Value {
	switch {
	case !asked:
		return sheet.Value{}
	case u.Value != nil:
		return numberSheet(u.Value)
	}
	if v := unitValue(i, u); v != nothing && !v.Gap {
		return sheet.Words(v.Text)
	}
	return sheet.Value{}
}

func numberSheet(r *big.Rat) sheet.Value { return sheet.Figure(indicator.Text(r)) }

func twoDecimals(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return indicator.ParseAmount(r.FloatString(2))
}

func unitsReports(n int) string { return strconv.Itoa(n) + " báo cáo" }

// outcomeTable is how the tasks went.
func outcomeTable(p period, b overview.PeriodBoard, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Kết quả nhiệm vụ", Title: "Kết quả nhiệm vụ, " + reportOf(p.Period.Name), At: now, Fixed: 2,
		Notes: []string{"Số đơn vị theo kết quả tự nêu trong " + unitsReports(p.Answered) + " đang có hiệu lực."}, Columns: []sheet.Column{{Title: "Nhiệm vụ", Kind: sheet.Number}, {Title: "Tên nhiệm vụ"}}}
	for _, name := range p.Columns.Own {
		t.Columns = append(t.Columns, sheet.Column{Title: name})
	}
	for _, s := range report.Statuses {
		t.Columns = append(t.Columns, sheet.Column{Title: s.Word(), Kind: sheet.Number})
	}
	for _, o := range p.Outcomes {
		row := []sheet.Value{sheet.Count(o.No), sheet.Words(o.Short)}
		for _, v := range o.Own {
			row = append(row, sheet.Words(v.Text))
		}
		for _, c := range o.Counts {
			if c.Hidden {
				row = append(row, sheet.Words(hidden))
				continue
			}
			row = append(row, sheet.Count(c.Number))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// measureTable is where the reports stand, by kind of unit and unit by unit.
func measureTable(p period, b overview.PeriodBoard, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Gửi báo cáo", Title: "Gửi và tiếp nhận " + reportOf(p.Period.Name), At: now, Fixed: 1, Columns: []sheet.Column{
		{Title: "Đơn vị"}, {Title: "Khối"}, {Title: "Trạng thái"}, {Title: "Gửi lần đầu", Kind: sheet.Date}, {Title: "Lần gửi có hiệu lực", Kind: sheet.Number}}}
	for _, task := range p.Tasks {
		t.Columns = append(t.Columns, sheet.Column{Group: "Kết quả nhiệm vụ", Title: strconv.Itoa(task.No)})
	}
	for _, g := range overview.PlanGroups {
		t.Notes = append(t.Notes, groupWords[g]+": "+strconv.Itoa(b.Measures[g]))
	}
	for _, r := range b.Rows {
		row := []sheet.Value{sheet.Words(r.Name), sheet.Words(kindWords[r.Kind]), sheet.Words(stateWords(r)), {}, {}}
		if r.FirstSent != nil {
			row[3] = sheet.Day(viet.DateOf(*r.FirstSent))
		}
		if r.No > 0 {
			row[4] = sheet.Count(r.No)
		}
		for _, task := range p.Tasks {
			if s := r.Statuses[task.No]; s != "" {
				row = append(row, sheet.Words(s.Word()))
			} else {
				row = append(row, sheet.Value{})
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// unitTable is every figure of every unit, units across.
func unitTable(p period, b readPeriod, now time.Time) sheet.Table {
	t := sheet.Table{Sheet: "Theo đơn vị", Title: "Số liệu " + reportOf(p.Period.Name) + " của từng đơn vị", At: now, Fixed: 2,
		Notes:   []string{"Mỗi số gồm cả phần của đơn vị trực thuộc. Ô trống: chưa trả lời hoặc chưa có báo cáo có hiệu lực; câu hỏi có/không: 1 là có, 0 là không."},
		Columns: []sheet.Column{{Title: "Mã"}, {Title: "Chỉ tiêu"}, {Title: "Đơn vị tính"}}}
	var units []overview.ReportRow
	for _, k := range unit.Kinds {
		for _, r := range b.reports.Rows {
			if r.Kind == k {
				units = append(units, r)
				t.Columns = append(t.Columns, sheet.Column{Group: kindWords[k], Title: r.Short, Kind: sheet.Number})
			}
		}
	}
	for _, l := range b.figures.Lines {
		row := []sheet.Value{sheet.Words(l.Code), sheet.Words(l.Name), sheet.Words(l.Unit)}
		for _, o := range units {
			u, ok := b.figures.UnitFigure(o.ID, l.Code)
			row = append(row, unitSheet(l.Indicator, u, ok))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// table is what a total is made of, every value of its own type.
func (v breakdown) table() sheet.Table {
	t := sheet.Table{Sheet: v.Line.Code, Title: v.Line.Name + ", " + reportOf(v.Period.Name), At: v.At, Fixed: 1,
		Notes: []string{"Đơn vị tính: " + v.Line.Unit + ". " + v.rule() + " " + v.from()}, Columns: []sheet.Column{{Title: "Đơn vị"}, {Title: "Khối"}, {Title: "Báo cáo"}}}
	number := func(titles ...string) {
		for _, title := range titles {
			t.Columns = append(t.Columns, sheet.Column{Title: title, Kind: sheet.Number})
		}
	}
	if v.Ratio {
		number("Tử số "+v.Parts[0], "Mẫu số "+v.Parts[1])
	} else {
		number("Của riêng đơn vị", "Đơn vị trực thuộc")
	}
	number(v.Period.Name, "Trong đó ước")
	if v.Previous.Name != "" {
		number(v.Previous.Name)
	}
	number("Cùng kỳ năm " + strconv.Itoa(v.Year-1))
	t.Columns = append(t.Columns, sheet.Column{Title: "Nguồn cùng kỳ"}, sheet.Column{Title: "Thay đổi", Kind: sheet.Percent})
	for _, r := range v.Rows {
		t.Rows = append(t.Rows, v.sheetRow(r))
	}
	sum := []sheet.Value{sheet.Words(v.footWord()), {}, {}, {}, {}, sumSheet(v.Line)}
	if v.Totals.Value.Text == hidden {
		sum[5] = sheet.Words(hidden)
	}
	if !v.All {
		sum[0] = sheet.Words(viet.UpperFirst(wholeOf(v.Scope)))
	}
	t.Sums = [][]sheet.Value{sum}
	return t
}

func (v breakdown) sheetRow(r unitPart) []sheet.Value {
	u := r.UnitFigure
	row := []sheet.Value{sheet.Words(u.Name), sheet.Words(kindWords[u.Kind]), sheet.Words(r.Report)}
	if v.Ratio {
		row = append(row, numberSheet(u.Numerator.Total()), numberSheet(u.Denominator.Total()))
	} else {
		row = append(row, ownSheet(u), numberSheet(u.Figure.Below))
	}
	row = append(row, numberSheet(u.Value), numberSheet(u.Figure.Estimated))
	if v.Previous.Name != "" {
		row = append(row, numberSheet(u.Before))
	}
	row = append(row, numberSheet(u.LastYear), sheet.Words(r.LastYear.Small))
	if by, ok := u.Change(); ok && !v.Ratio {
		row = append(row, sheet.Hundredths(indicator.Text(by)))
	}
	return row
}

// ownSheet is what a unit answered for itself: a number, or its words.
func ownSheet(u overview.UnitFigure) sheet.Value {
	switch u.Figure.Mark {
	case indicator.Number:
		return numberSheet(u.Figure.Own)
	case indicator.Nil, indicator.NotApplicable:
		return sheet.Words(u.Figure.Mark.Word())
	}
	return sheet.Value{}
}
