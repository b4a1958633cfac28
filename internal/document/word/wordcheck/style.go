package wordcheck

import (
	"strings"
)

// sheet is the styles of a document.
type sheet struct {
	base   format
	styles map[string]node
}

func stylesOf(n node) sheet {
	s := sheet{styles: map[string]node{}}
	s.base = format{align: "left", size: 10}
	s.base.runs(n.child("docDefaults", "rPrDefault", "rPr"))
	s.base.lines(n.child("docDefaults", "pPrDefault", "pPr"))
	for _, c := range n.Nodes {
		if c.is("style") {
			s.styles[c.attr("styleId")] = c
		}
	}
	return s
}

func (s sheet) style(id string) format {
	n, ok := s.styles[id]
	if !ok {
		return s.base
	}
	f := s.base
	if on := n.child("basedOn").attr("val"); on != "" {
		f = s.style(on)
	}
	f.lines(n.child("pPr"))
	f.runs(n.child("rPr"))
	return f
}

// lines applies properties of paragraphs.
func (f *format) lines(n node) {
	for _, c := range n.Nodes {
		switch c.XMLName.Local {
		case "jc":
			f.align = strings.ReplaceAll(c.attr("val"), "both", "justify")
		case "spacing":
			for name, to := range map[string]*int{"before": &f.before, "after": &f.after, "line": &f.line} {
				if c.attr(name) != "" {
					*to = c.number(name)
				}
			}
			if rule := c.attr("lineRule"); rule != "" {
				f.exact = rule == "exact"
			}
		case "ind":
			for name, to := range map[string]*int{"firstLine": &f.first, "left": &f.left, "right": &f.right} {
				if c.attr(name) != "" {
					*to = c.number(name)
				}
			}
		case "pBdr":
			f.top, f.frame = c.has("top"), c.has("top") && c.has("bottom")
		}
	}
}

// runs applies properties of text.
func (f *format) runs(n node) {
	on := func(c node) bool { v := c.attr("val"); return v != "0" && v != "false" }
	for _, c := range n.Nodes {
		switch c.XMLName.Local {
		case "b":
			f.bold = on(c)
		case "i":
			f.italic = on(c)
		case "sz":
			f.size = float64(c.number("val")) / 2
		case "color":
			f.color = c.attr("val")
		case "rFonts":
			f.font = c.attr("ascii")
		}
	}
}

func (s sheet) paragraph(n node) paragraph {
	properties := n.child("pPr")
	p := paragraph{format: s.style(properties.child("pStyle").attr("val"))}
	text := p.format
	p.lines(properties)
	for _, c := range n.Nodes {
		if !c.is("r") {
			continue
		}
		r := run{format: text}
		r.format.runs(c.child("rPr"))
		for _, t := range c.Nodes {
			switch {
			case t.is("t"), t.is("instrText"):
				r.text += t.Text
			case t.is("br"):
				r.text += "\n"
			}
		}
		p.text += r.text
		p.runs = append(p.runs, r)
	}
	return p
}

func (s sheet) table(n node) block {
	b := block{table: true, borders: n.child("tblPr").has("tblBorders")}
	for _, g := range n.child("tblGrid").Nodes {
		b.grid = append(b.grid, g.number("w"))
	}
	for _, r := range n.Nodes {
		if !r.is("tr") {
			continue
		}
		one := row{header: r.child("trPr").has("tblHeader")}
		for _, c := range r.Nodes {
			if !c.is("tc") {
				continue
			}
			x := cell{wide: c.child("tcPr", "tcW").number("w"), span: max(1, c.child("tcPr", "gridSpan").number("val"))}
			for _, p := range c.Nodes {
				if p.is("p") {
					x.paragraphs = append(x.paragraphs, s.paragraph(p))
				}
			}
			one.cells = append(one.cells, x)
		}
		b.rows = append(b.rows, one)
	}
	return b
}
