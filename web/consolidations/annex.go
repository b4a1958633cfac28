package consolidations

import (
	"net/http"
	"strings"
	"time"

	"danvan/internal/consolidation"
	"danvan/internal/document/sheet"
	"danvan/internal/fault"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
)

// Annexes are the tables behind the report, for Excel: the totals, every unit's part
// of them, the exemplars, and how the reports came in.
func (p Pages) Annexes(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	now := current.Now(r)
	page, err := p.Consolidations.Standing(r.Context(), current.Actor(r), now, ref)
	if err != nil {
		return err
	}
	if !page.Sight.Working && !page.Sight.Signed {
		return fault.NotFound
	}
	a := annexes{ground: page.Ground, at: now, note: "Theo các báo cáo đang có hiệu lực."}
	if page.Frozen {
		a.note = "Theo số liệu đã chốt."
	}
	file, err := sheet.Workbook(a.totals(), a.units(), a.exemplars(), a.status())
	if err != nil {
		return err
	}
	return respond.Download(w, r, file.Name, file.Type, file.Reader())
}

type annexes struct {
	ground consolidation.Ground
	at     time.Time
	note   string
}

func (a annexes) table(name, title string, fixed int, columns ...sheet.Column) sheet.Table {
	return sheet.Table{Sheet: name, Title: title + " " + viet.LowerFirst(a.ground.Period.Name) + ", " + a.ground.Unit.Short, Notes: []string{a.note}, At: a.at, Fixed: fixed, Columns: columns}
}

func (a annexes) totals() sheet.Table {
	t := a.table("Số liệu tổng hợp", "Số liệu tổng hợp", 2, sheet.Column{Title: "Mã"}, sheet.Column{Title: "Chỉ tiêu"}, sheet.Column{Title: "Đơn vị tính"},
		sheet.Column{Title: a.ground.Period.Name, Kind: sheet.Number}, sheet.Column{Title: "Trong đó ước", Kind: sheet.Number}, sheet.Column{Title: "Số đơn vị có số liệu", Kind: sheet.Number},
		sheet.Column{Title: "Số đơn vị phải trả lời", Kind: sheet.Number}, sheet.Column{Title: "Cùng kỳ năm " + itoa(a.ground.Year-1), Kind: sheet.Number}, sheet.Column{Title: "So với cùng kỳ"})
	for _, f := range a.ground.Followers {
		t.Notes = append(t.Notes, report.FollowedNote(f.Short, f.Since))
	}
	for _, l := range a.ground.Lines {
		measure := l.Measure
		if l.Kind == indicator.Flag {
			measure = "đơn vị"
		}
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(l.Code), sheet.Words(l.Name), sheet.Words(measure), amount(l, l.Value, valueOf(l)),
			sheet.Figure(l.Estimated), sheet.Count(l.Numbers), sheet.Count(l.Of), amount(l, l.Same.Then, l.Same.Text), sheet.Words(l.Same.Words)})
	}
	return t
}

// amount is a figure as a number; ratios as they are printed, to one decimal.
func amount(l consolidation.Line, canonical, text string) sheet.Value {
	switch {
	case canonical == "" && text == "…":
		return sheet.Value{}
	case canonical == "":
		return sheet.Words(text)
	case l.Kind == indicator.Derived:
		return sheet.Hundredths(strings.NewReplacer(".", "", ",", ".", "%", "").Replace(text))
	}
	return sheet.Figure(canonical)
}

// units is one row an indicator with one column a unit.
func (a annexes) units() sheet.Table {
	columns := []sheet.Column{{Title: "Mã"}, {Title: "Chỉ tiêu"}}
	at := map[string]int{}
	for _, s := range a.ground.Status {
		at[s.Slug] = len(columns)
		columns = append(columns, sheet.Column{Title: s.Short, Kind: sheet.Number})
	}
	t := a.table("Từng đơn vị", "Số liệu từng đơn vị", 2, columns...)
	for _, l := range a.ground.Lines {
		row := make([]sheet.Value, len(columns))
		row[0], row[1] = sheet.Words(l.Code), sheet.Words(l.Name)
		for _, c := range l.Cells {
			if i, ok := at[c.Unit]; ok {
				row[i] = amount(l, c.Value, c.Text)
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (a annexes) exemplars() sheet.Table {
	t := a.table("Dân vận khéo", "Mô hình “Dân vận khéo”", 1, sheet.Column{Title: "Tên mô hình"}, sheet.Column{Title: "Lĩnh vực"}, sheet.Column{Title: "Tập thể, cá nhân"},
		sheet.Column{Title: "Kết quả"}, sheet.Column{Title: "Công nhận"}, sheet.Column{Title: "Đơn vị báo cáo"})
	for _, x := range a.ground.Exemplars {
		t.Rows = append(t.Rows, []sheet.Value{sheet.Words(x.Name), sheet.Words(x.Field), sheet.Words(x.Holder), sheet.Words(x.Result), sheet.Words(x.Level), sheet.Words(x.Short)})
	}
	return t
}

func (a annexes) status() sheet.Table {
	t := a.table("Tình hình gửi", "Tình hình gửi báo cáo", 1, sheet.Column{Title: "Đơn vị"}, sheet.Column{Title: "Trạng thái"}, sheet.Column{Title: "Gửi lần đầu", Kind: sheet.Date},
		sheet.Column{Title: "Ngày cuối của hạn", Kind: sheet.Date}, sheet.Column{Title: "So với hạn"}, sheet.Column{Title: "Lần gửi được tiếp nhận", Kind: sheet.Number})
	for _, s := range a.ground.Status {
		row := []sheet.Value{sheet.Words(s.Name), sheet.Words(s.State.Word()), {}, {}, {}, {}}
		if s.FirstSent != nil {
			row[2], row[4] = sheet.Day(viet.DateOf(*s.FirstSent)), sheet.Words("Đúng hạn")
			if s.Late() {
				row[4] = sheet.Words("Quá hạn")
			}
		}
		if s.DueBefore != nil {
			row[3] = sheet.Day(viet.LastDayBefore(*s.DueBefore))
		}
		if s.Version > 0 {
			row[5] = sheet.Count(s.Version)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
