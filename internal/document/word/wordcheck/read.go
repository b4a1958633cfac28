package wordcheck

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// node is an element of any part.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Nodes   []node     `xml:",any"`
	Text    string     `xml:",chardata"`
}

func (n node) is(name string) bool { return n.XMLName.Local == name }

func (n node) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// child is the first element of that name, an empty one where there is none.
func (n node) child(path ...string) node {
	for _, name := range path {
		next := node{}
		for _, c := range n.Nodes {
			if c.is(name) {
				next = c
				break
			}
		}
		n = next
	}
	return n
}

func (n node) has(name string) bool {
	for _, c := range n.Nodes {
		if c.is(name) {
			return true
		}
	}
	return false
}

func (n node) number(name string) int {
	v, _ := strconv.Atoi(n.attr(name))
	return v
}

// format is how text is set, after all styles.
type format struct {
	align        string
	size         float64
	bold, italic bool
	font, color  string
	before       int // twips
	after        int
	line         int
	exact        bool
	first        int
	left, right  int
	top, frame   bool // borders
}

type run struct {
	text string
	format
}

type paragraph struct {
	text string // lines parted by \n
	runs []run
	format
}

type cell struct {
	paragraphs []paragraph
	wide, span int
}

type row struct {
	cells  []cell
	header bool
}

// block is a paragraph or a table.
type block struct {
	paragraph
	table   bool
	borders bool
	rows    []row
	grid    []int
}

// pages is a section: blocks on one kind of page.
type pages struct {
	blocks                    []block
	width, height             int
	top, right, bottom, left  int
	landscape                 bool
	start                     string // first page number
	firstHidden, pageNumbered bool
}

type document struct {
	sections []pages
	headers  []paragraph // with a page number
	footers  []paragraph // of the first page
	parts    map[string][]byte
}

// read opens a document and resolves its styles. Every XML part must be well formed.
func read(file []byte) (document, error) {
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return document{}, err
	}
	d := document{parts: map[string][]byte{}}
	trees := map[string]node{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return d, err
		}
		content, err := io.ReadAll(r)
		if err != nil {
			return d, err
		}
		var n node
		if err := xml.Unmarshal(content, &n); err != nil {
			return d, fmt.Errorf("%s: %w", f.Name, err)
		}
		d.parts[f.Name], trees[f.Name] = content, n
	}
	s := stylesOf(trees["word/styles.xml"])
	for _, f := range z.File {
		name := f.Name
		for _, p := range trees[name].Nodes {
			switch {
			case strings.HasPrefix(name, "word/header") && p.is("p"):
				d.headers = append(d.headers, s.paragraph(p))
			case strings.HasPrefix(name, "word/footer") && p.is("p"):
				if f := s.paragraph(p); f.text != "" {
					d.footers = append(d.footers, f)
				}
			}
		}
	}
	current := pages{}
	end := func(n node) {
		current.properties(n)
		d.sections = append(d.sections, current)
		current = pages{}
	}
	for _, n := range trees["word/document.xml"].child("body").Nodes {
		switch {
		case n.is("tbl"):
			current.blocks = append(current.blocks, s.table(n))
		case n.is("sectPr"):
			end(n)
		case n.is("p"):
			current.blocks = append(current.blocks, block{paragraph: s.paragraph(n)})
			if n.child("pPr").has("sectPr") {
				end(n.child("pPr", "sectPr"))
			}
		}
	}
	return d, nil
}

func (p *pages) properties(n node) {
	size, margin := n.child("pgSz"), n.child("pgMar")
	p.width, p.height, p.landscape = size.number("w"), size.number("h"), size.attr("orient") == "landscape"
	p.top, p.right, p.bottom, p.left = margin.number("top"), margin.number("right"), margin.number("bottom"), margin.number("left")
	p.start, p.firstHidden = n.child("pgNumType").attr("start"), n.has("titlePg")
	p.pageNumbered = n.child("headerReference").attr("type") == "default"
}

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

// Document is the body of a Word file, a paragraph or row on each line, to compare
// one writing with another.
func Document(file []byte) (string, error) {
	d, err := read(file)
	if err != nil {
		return "", err
	}
	return strings.NewReplacer("</w:p>", "</w:p>\n", "</w:tr>", "</w:tr>\n", "<w:tbl>", "\n<w:tbl>").Replace(string(d.parts["word/document.xml"])), nil
}

// Part is one part of a Word file as it is, "" where there is none.
func Part(file []byte, name string) (string, error) {
	d, err := read(file)
	return string(d.parts[name]), err
}
