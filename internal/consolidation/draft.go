package consolidation

import (
	"strings"

	"danvan/internal/consolidation/wording"
	"danvan/internal/indicator"
	"danvan/internal/report"
	"danvan/internal/viet"
)

// FirstDraft is the text assembled from a ground, by key of part.
func FirstDraft(g Ground) map[string]Content {
	parts := map[string]Content{}
	for _, key := range Keys(g.Tasks) {
		parts[key] = DraftOf(g, key)
	}
	return parts
}

// DraftOf is the text assembled for one part; every field of it is there.
func DraftOf(g Ground, key string) Content {
	draft := wording.DraftOf(material(g), key)
	kind, _ := Schema.Of(key)
	text := Content{}
	for _, field := range kind.Fields {
		text[field.Name] = g.local(draft[field.Name])
	}
	return text
}

// local speaks of the district where the portal's own sentences speak of the
// province. What units wrote stays as it is.
func (g Ground) local(text string) string {
	if g.Unit.Lead {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if p := wording.Parse(line); len(p) == 1 && !p[0].Sourced() {
			lines[i] = strings.ReplaceAll(line, "Toàn tỉnh", "Toàn "+g.area())
		}
	}
	return strings.Join(lines, "\n")
}

// area is the kind of place the unit speaks for: "tỉnh", "huyện", "thị xã".
func (g Ground) area() string {
	if g.Unit.Lead {
		return "tỉnh"
	}
	place, found := strings.CutPrefix(g.Unit.Name, "Ủy ban nhân dân ")
	for _, kind := range []string{"huyện", "thị xã", "thành phố", "xã", "phường", "thị trấn"} {
		if found && strings.HasPrefix(place, kind+" ") {
			return kind
		}
	}
	return "đơn vị"
}

// About is what the report is about, without "Báo cáo": "Kết quả thực hiện công tác
// dân vận chính quyền năm 2022".
func (g Ground) About() string {
	return report.Subject(g.Period.Name)
}

// onGround says where: "trên địa bàn huyện Vị Thủy".
func (g Ground) onGround() string {
	if place, found := strings.CutPrefix(g.Unit.Name, "Ủy ban nhân dân "); found {
		return "trên địa bàn " + place
	}
	return "trên địa bàn " + g.area()
}

// material is the ground as the wording wants it.
func material(g Ground) wording.Material {
	m := wording.Material{Directive: g.Directive, Subject: viet.LowerFirst(strings.TrimPrefix(g.About(), "Kết quả thực hiện ")),
		Area: g.onGround(), To: g.Period.To}
	for _, t := range g.Tasks {
		task := wording.Task{No: t.No}
		for _, l := range g.LinesOf(t.No) {
			task.Figures = append(task.Figures, figureOf(l))
		}
		for _, n := range g.NarrativesOf(t.No) {
			task.Said = append(task.Said, wording.Outcome{Source: wording.Source{Unit: n.Unit, Version: n.Version}, Short: n.Short,
				Good: n.Status == report.Good, Slow: n.Status == report.Slow, NotBegun: n.Status == report.NotBegun,
				Result: n.Result, Weaknesses: n.Shortcoming, Cause: n.Cause})
		}
		m.Tasks = append(m.Tasks, task)
	}
	for _, l := range g.LinesOf(0) {
		m.Common = append(m.Common, figureOf(l))
	}
	for _, x := range g.Exemplars {
		one := wording.Exemplar{Source: wording.Source{Unit: x.Unit, Version: x.Version}, Short: x.Short, Name: x.Name, Holder: x.Holder, Result: x.Result, Rank: x.Rank}
		if x.Rank > 0 {
			one.Level = viet.LowerFirst(x.Level)
		}
		m.Exemplars = append(m.Exemplars, one)
	}
	for _, a := range g.Overall {
		said := func(text string) wording.Said {
			return wording.Said{Source: wording.Source{Unit: a.Unit, Version: a.Version}, Short: a.Short, Text: text}
		}
		m.Strengths, m.Weaknesses, m.Causes = append(m.Strengths, said(a.Strengths)), append(m.Weaknesses, said(a.Shortcomings)), append(m.Causes, said(a.Causes))
	}
	for _, n := range g.Next {
		m.Steps = append(m.Steps, wording.Said{Source: wording.Source{Unit: n.Unit, Version: n.Version}, Short: n.Short, Text: n.Text})
	}
	for _, p := range g.Proposals {
		m.Proposals = append(m.Proposals, wording.Proposal{Source: wording.Source{Unit: p.Unit, Version: p.Version}, Short: p.Short, Body: p.Body, Receiver: p.Receiver})
	}
	return m
}

func figureOf(l Line) wording.Figure {
	return wording.Figure{Code: l.Code, Name: l.Name, Unit: l.Measure, Has: l.Text != "", Flag: l.Kind == indicator.Flag,
		Compared: l.Same.Words != noSame && l.Same.Words != viet.NoRatio}
}

// Offered is a text of a unit that can be put into a field of a part.
type Offered struct {
	Field   string // of the part: "text", "strengths" …
	Unit    string // slug
	Short   string
	Version int
	Label   string // what it is in the unit's report: "Kết quả", "Ưu điểm"
	Text    string // as the unit wrote it
	Insert  string // the paragraphs to append with [wording.Append]; they carry their source
}

// Sources are the texts of the units that stand beside the editor of a part, in
// roster order.
func Sources(g Ground, key string) []Offered {
	var list []Offered
	offer := func(field, unit, short string, version int, label, text string) {
		if strings.TrimSpace(text) == "" {
			return
		}
		list = append(list, Offered{Field: field, Unit: unit, Short: short, Version: version, Label: label, Text: text,
			Insert: wording.Quoted(short, text, wording.Source{Unit: unit, Version: version})})
	}
	narratives := func(task int) {
		for _, n := range g.NarrativesOf(task) {
			offer("text", n.Unit, n.Short, n.Version, "Kết quả", n.Result)
			offer("text", n.Unit, n.Short, n.Version, "Tồn tại, hạn chế", n.Shortcoming)
			offer("text", n.Unit, n.Short, n.Version, "Nguyên nhân", n.Cause)
		}
	}
	switch key {
	case ExemplarsKey:
		for _, x := range g.Exemplars {
			offer("text", x.Unit, x.Short, x.Version, exemplarLabel(x), exemplarText(x))
		}
		narratives(0)
	case OverallKey:
		for _, a := range g.Overall {
			offer("strengths", a.Unit, a.Short, a.Version, "Ưu điểm", a.Strengths)
			offer("shortcomings", a.Unit, a.Short, a.Version, "Hạn chế", a.Shortcomings)
			offer("causes", a.Unit, a.Short, a.Version, "Nguyên nhân", a.Causes)
		}
	case NextKey:
		for _, n := range g.Next {
			offer("steps", n.Unit, n.Short, n.Version, "Phương hướng, nhiệm vụ", n.Text)
		}
	case ProposalsKey:
		for _, p := range g.Proposals {
			text := p.Body
			if p.Receiver != "" {
				text += " Nơi giải quyết: " + p.Receiver + "."
			}
			offer("text", p.Unit, p.Short, p.Version, "Kiến nghị", text)
		}
	default:
		if no := TaskOf(key); no > 0 {
			narratives(no)
		}
	}
	return list
}

func exemplarLabel(x Exemplar) string {
	if x.Field == "" {
		return "Mô hình Dân vận khéo"
	}
	return "Mô hình Dân vận khéo, lĩnh vực " + viet.LowerFirst(x.Field)
}

func exemplarText(x Exemplar) string {
	text := "mô hình “" + x.Name + "”"
	if x.Holder != "" {
		text += " của " + x.Holder
	}
	if x.Rank > 0 {
		text += ", được công nhận " + viet.LowerFirst(x.Level)
	}
	if x.Result != "" {
		text += ": " + x.Result
	}
	return text
}
