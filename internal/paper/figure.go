package paper

import (
	"math/big"
	"strconv"
	"strings"

	"danvan/internal/document/word"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/viet"
)

// Words of figures that are no number. Blank, 0, không phát sinh, không thuộc phạm
// vi and the estimated part are five things on paper too.
const (
	nothingArose = "Không phát sinh"
	outOfScope   = "Không thuộc phạm vi"
)

// amount is a number of an indicator as it is printed: "1.234", "86,4%", "Có".
func amount(i indicator.Indicator, r *big.Rat) string { return viet.UpperFirst(i.Words(r)) }

// printed is a value with what stands for one: what was answered in words, or that
// nobody has answered.
func printed(i indicator.Indicator, f indicator.Figure, value *big.Rat) string {
	switch {
	case value != nil:
		return amount(i, value)
	case f.Mark == indicator.Nil:
		return nothingArose
	case f.Mark == indicator.NotApplicable:
		return outOfScope
	}
	return missing
}

// present is the figure of a row with what of it is estimated.
func present(r report.Row, all map[string]report.Row) string {
	if !r.Typed() {
		return ratio(r, all)
	}
	return printed(r.Indicator, r.Figure, r.Value) + estimated(r.Figure)
}

func estimated(f indicator.Figure) string {
	if f.Estimated == nil || f.Mark != indicator.Number {
		return ""
	}
	return " (ước " + viet.FormatNumber(indicator.Text(f.Estimated)) + ")"
}

// ratio is a percentage; it lacks its parts, or there is nothing to divide by.
func ratio(r report.Row, all map[string]report.Row) string {
	switch {
	case r.Value != nil:
		return amount(r.Indicator, r.Value)
	case all[r.Numerator].Value == nil && !all[r.Numerator].Figure.Answered(), all[r.Denominator].Value == nil && !all[r.Denominator].Figure.Answered():
		return missing
	}
	return viet.NoRatio
}

// own is what the unit itself counted.
func own(r report.Row) string {
	if !r.Typed() {
		return viet.NoRatio
	}
	value := r.Figure.Own
	if r.Figure.Mark != indicator.Number {
		value = nil
	}
	if !r.Asked {
		return viet.NoRatio
	}
	return printed(r.Indicator, r.Figure, value) + estimated(r.Figure)
}

// below is what the units reporting to this one counted.
func below(r report.Row) string {
	if r.Below == nil || r.Below.Value == nil {
		return viet.NoRatio
	}
	return viet.FormatNumber(indicator.Text(r.Below.Value))
}

// lastYear is the figure of the same period a year before.
func lastYear(r report.Row) string {
	if r.LastYear == nil {
		return missing
	}
	return printed(r.Indicator, r.LastYear.Figure, r.LastYear.Value)
}

// change is what a figure changed by: "Tăng 12,4%"; "–" where there is no rate.
func change(r report.Row) string {
	if r.LastYear == nil {
		return missing
	}
	now, before := r.Value, r.LastYear.Value
	if now == nil || before == nil || r.Kind == indicator.Flag {
		return viet.NoRatio
	}
	if !r.Typed() {
		return viet.UpperFirst(indicator.Moved(new(big.Rat).Sub(rounded(now), rounded(before)), " điểm phần trăm"))
	}
	if now.Cmp(before) == 0 { // 0 and 0 have no rate
		return "Không thay đổi"
	}
	percent, ok := indicator.Change(now, before)
	if !ok {
		return viet.NoRatio
	}
	return viet.UpperFirst(indicator.Moved(percent, "%"))
}

// rounded is a ratio as it is printed, so that the reader can work the change out.
func rounded(r *big.Rat) *big.Rat { return indicator.ParseAmount(r.FloatString(1)) }

// figuresAnnex writes the figures of a report beside those of the year before.
func figuresAnnex(w *word.Writer, f Filed, c report.Content) {
	apart := hasBelow(c)
	period := viet.LowerFirst(f.Case.PeriodName)
	w.Annex("Số liệu công tác dân vận chính quyền "+period, apart)
	columns := []word.Column{{Title: "Mã", Share: 10, Align: word.Center}, {Title: "Chỉ tiêu", Share: 33}, {Title: "Đơn vị tính", Share: 11, Align: word.Center}}
	if apart {
		columns = append(columns, word.Column{Title: "Của cơ quan", Share: 12, Align: word.Right}, word.Column{Title: "Của đơn vị trực thuộc", Share: 12, Align: word.Right})
	}
	columns = append(columns, word.Column{Title: f.Case.PeriodName, Share: 14, Align: word.Right},
		word.Column{Title: "Cùng kỳ năm " + strconv.Itoa(f.Case.Year-1), Share: 13, Align: word.Right}, word.Column{Title: "So cùng kỳ", Share: 19, Align: word.Right})
	w.Table(columns, func(yield func(word.Row) bool) {
		for _, s := range c.Tasks {
			if len(s.Rows) > 0 && !yield(word.Row{Heading: numbered(s.Task, s.Short)}) {
				return
			}
			for _, r := range s.Rows {
				cells := []string{r.Code, r.Name, r.Unit}
				if apart {
					cells = append(cells, own(r), below(r))
				}
				if !yield(word.Row{Cells: append(cells, present(r, c.Rows), lastYear(r), change(r))}) {
					return
				}
			}
		}
	})
	notes := "Ghi chú: dấu “…” là chưa có số liệu; số 0 là có thống kê và bằng không; dấu “–” là không tính được hoặc không so sánh."
	if !c.Window.From.IsZero() {
		notes = strings.Replace(notes, "Ghi chú: ", "Ghi chú: số liệu từ ngày "+c.Window.From.String()+" đến ngày "+c.Window.To.String()+"; ", 1)
	}
	if names := c.FollowedLastYear(); len(names) > 0 {
		notes += " " + report.FollowedNote(f.Setting.Name, names)
	}
	w.Note(notes)
}

func hasBelow(c report.Content) bool {
	for _, r := range c.Rows {
		if r.Below != nil {
			return true
		}
	}
	return false
}
