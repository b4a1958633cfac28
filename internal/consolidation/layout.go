package consolidation

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"danvan/internal/consolidation/wording"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/viet"
)

// Print lays a text on its ground out as it goes to paper.
func Print(g Ground, contents map[string]Content, s Stamped) Printed {
	l := layout{ground: g, contents: contents, values: g.Values(s.Body)}
	p := Printed{Year: g.Year, Period: g.Period.Slug, Unit: g.Unit.Slug, Issuer: g.issuer(s.Body), Title: "BÁO CÁO", Subject: g.About(), To: g.Superior.Name,
		Date: s.Reference.IssuedOn, Capacity: s.Reference.Capacity, Signer: s.Reference.Signer, Draft: !s.Issued, Frozen: s.Frozen}
	if s.Body == Province {
		p.To = ""
	}
	if s.Reference.Subject != "" {
		p.Subject = s.Reference.Subject
	}
	symbol := s.Reference.Symbol
	if symbol == "" {
		symbol = DefaultSymbol(p.Issuer)
	}
	p.Number = viet.FormatDocumentNumber(s.Reference.Number, s.Reference.Suffix, symbol)
	p.Recipients = recipients(g, s.Body, p.To)
	p.Opening = l.section("", "", OpeningKey, "text")
	p.Sections = l.body()
	p.close(g, s.Replaces)
	p.Annexes = numbered(figuresAnnex(g), exemplarsAnnex(g), statusAnnex(g))
	return p
}

// issuer is in whose name b goes out.
func (g Ground) issuer(b Body) UnitFacts {
	if b == Province {
		return g.Root
	}
	return g.Unit
}

// DefaultSymbol is the symbol of a report of the unit: "BC-SNV".
func DefaultSymbol(u UnitFacts) string { return "BC-" + u.Symbol }

func recipients(g Ground, b Body, to string) []string {
	var list []string
	if to != "" {
		list = append(list, "Như trên;")
	}
	if g.Unit.Lead {
		list = append(list, "Ban Dân vận Tỉnh ủy;")
	}
	kept := "Lưu: VT."
	if b == Province {
		list = append(list, "Các sở, ban, ngành tỉnh;", "UBND các huyện, thị xã, thành phố;")
		kept = "Lưu: VT, " + g.Unit.Symbol + "." // who wrote it (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 9)
	}
	return append(list, kept)
}

// layout is a text being laid out.
type layout struct {
	ground   Ground
	contents map[string]Content
	values   wording.Values
}

func (l layout) body() []Section {
	results := Section{Number: "I", Title: "Kết quả thực hiện"}
	for _, t := range l.ground.Tasks {
		results.Sections = append(results.Sections, l.section(strconv.Itoa(t.No), strings.TrimSuffix(t.Title, "."), TaskKey(t.No), "text"))
	}
	results.Sections = append(results.Sections,
		l.section(strconv.Itoa(len(l.ground.Tasks)+1), "Phong trào thi đua “Dân vận khéo”", ExemplarsKey, "text"))
	return []Section{
		results,
		{Number: "II", Title: "Đánh giá chung", Sections: []Section{
			l.section("1", "Ưu điểm", OverallKey, "strengths"),
			l.section("2", "Hạn chế", OverallKey, "shortcomings"),
			l.section("3", "Nguyên nhân", OverallKey, "causes"),
		}},
		l.section("III", "Phương hướng, nhiệm vụ thời gian tới", NextKey, "steps"),
		l.section("IV", "Kiến nghị, đề xuất", ProposalsKey, "text"),
	}
}

func (l layout) section(number, title, part, field string) Section {
	s := Section{Part: part, Field: field, Number: number, Title: title}
	for _, p := range wording.Fill(wording.Parse(l.contents[part][field]), l.values) {
		printed := Paragraph{Paragraph: p}
		for _, source := range p.Sources {
			printed.From = append(printed.From, l.ground.origin(source))
		}
		s.Paragraphs = append(s.Paragraphs, printed)
	}
	return s
}

// origin names the sending a paragraph was taken from.
func (g Ground) origin(s wording.Source) Origin {
	o := Origin{Unit: s.Unit, Short: s.Unit, Label: s.Unit, Version: s.Version}
	if u, found := g.UnitStatus(s.Unit); found {
		o.Short, o.Label = u.Short, cmp.Or(u.Label, u.Short)
	}
	v, found := g.Version(s.Unit)
	o.Counted = found && v.No == s.Version
	return o
}

// numbered gives the annexes that hold something their Roman numerals.
func numbered(all ...Annex) []Annex {
	var list []Annex
	for _, a := range all {
		if len(a.Rows) > 0 {
			list = append(list, a)
		}
	}
	if len(list) > 1 {
		for i := range list {
			list[i].Number = viet.Roman(i + 1)
		}
	}
	return list
}

func text(words string) Entry { return Entry{Text: words} }

func figuresAnnex(g Ground) Annex {
	a := Annex{Kind: FigureAnnex, Title: "Số liệu tổng hợp " + viet.LowerFirst(g.Period.Name), Wide: true, Columns: []Column{
		{Title: "TT", Share: 5}, {Title: "Chỉ tiêu", Share: 36}, {Title: "Đơn vị tính", Share: 9},
		{Title: "Cùng kỳ năm trước", Number: true, Share: 11}, {Title: "Kỳ báo cáo", Number: true, Share: 11},
		{Title: "So cùng kỳ", Share: 20}, {Title: "Số đơn vị có số liệu", Number: true, Share: 8}}}
	tasks := append(g.Tasks[:len(g.Tasks):len(g.Tasks)], Task{Short: "Nội dung chung của Kế hoạch"})
	for _, t := range tasks {
		lines := g.LinesOf(t.No)
		if len(lines) == 0 {
			continue
		}
		heading := t.Short
		if t.No > 0 {
			heading = strconv.Itoa(t.No) + ". " + t.Short
		}
		a.Rows = append(a.Rows, Row{Heading: true, Cells: []Entry{text(heading)}})
		for i, l := range lines {
			a.Rows = append(a.Rows, Row{Cells: []Entry{text(strconv.Itoa(i + 1)), {Text: l.Name, Code: l.Code}, text(l.measure()), text(orDash(l.Same.Text)),
				{Text: l.amount(), Code: l.Code}, text(l.change()), text(fmt.Sprintf("%d/%d", l.Numbers, l.Of))}})
		}
	}
	a.Notes = g.followed()
	return a
}

// followed are the footnotes about units that are compared with what others had.
func (g Ground) followed() []string {
	var notes []string
	for _, f := range g.Followers {
		notes = append(notes, report.FollowedNote(f.Short, f.Since))
	}
	return notes
}

// measure is what a total is counted in: of yes and no, units.
func (l Line) measure() string {
	if l.Across == indicator.CountTrue {
		return "đơn vị"
	}
	return l.Measure
}

// amount is the value with the part of it that is estimated.
func (l Line) amount() string {
	switch {
	case l.Across == indicator.NoneOfUnits:
		return "không cộng"
	case l.Text == "":
		return wording.Missing
	case l.Estimated != "":
		return l.Text + " (ước\u00a0" + viet.FormatNumber(l.Estimated) + ")" // the two stay on one line
	}
	return l.Text
}

// change is what changed since last year, with the units it is about where they are
// not those of the value: the two numbers beside it are of different units then.
func (l Line) change() string {
	switch {
	case l.Same.Words == noSame:
		return viet.NoRatio
	case l.Same.Now != l.Value:
		return fmt.Sprintf("%s (%d/%d đơn vị có số cùng kỳ)", viet.UpperFirst(l.Same.Words), l.Same.Units, l.Numbers)
	}
	return viet.UpperFirst(l.Same.Words)
}

func orDash(words string) string {
	if words == "" {
		return viet.NoRatio
	}
	return words
}

func exemplarsAnnex(g Ground) Annex {
	a := Annex{Kind: ExemplarAnnex, Title: "Mô hình “Dân vận khéo”", Wide: true, Columns: []Column{
		{Title: "TT", Share: 4}, {Title: "Tên mô hình", Share: 24}, {Title: "Lĩnh vực", Share: 12}, {Title: "Tập thể, cá nhân", Share: 15},
		{Title: "Kết quả", Share: 25}, {Title: "Công nhận", Share: 9}, {Title: "Đơn vị báo cáo", Share: 11}}}
	for i, x := range g.Exemplars {
		a.Rows = append(a.Rows, Row{Cells: []Entry{text(strconv.Itoa(i + 1)), text(x.Name), text(x.Field), text(x.Holder), text(x.Result), text(x.Level),
			{Text: x.Short, Unit: x.Unit, Version: x.Version}}})
	}
	return a
}

func statusAnnex(g Ground) Annex {
	a := Annex{Kind: StatusAnnex, Title: "Tình hình gửi báo cáo của các đơn vị", Columns: []Column{
		{Title: "TT", Share: 6}, {Title: "Đơn vị", Share: 40}, {Title: "Ngày gửi", Share: 16}, {Title: "Thời hạn", Share: 19}, {Title: "Tiếp nhận", Share: 19}}}
	for i, s := range g.Status {
		sent := "Chưa gửi"
		if s.FirstSent != nil {
			sent = viet.DateOf(*s.FirstSent).String()
		}
		accepted := Entry{Text: "Chưa tiếp nhận"}
		if s.Version > 0 {
			accepted = Entry{Text: "Đã tiếp nhận", Unit: s.Slug, Version: s.Version}
		}
		a.Rows = append(a.Rows, Row{Cells: []Entry{text(strconv.Itoa(i + 1)), text(s.Short), text(sent), text(s.punctuality()), accepted}})
	}
	return a
}

// punctuality says how the first sending stands to its deadline.
func (s UnitStatus) punctuality() string {
	switch {
	case s.FirstSent == nil:
		return viet.NoRatio
	case !s.Late():
		return "Đúng hạn"
	}
	late := viet.LastDayBefore(*s.DueBefore).DaysUntil(viet.DateOf(*s.FirstSent))
	return fmt.Sprintf("Quá hạn %d ngày", late)
}
