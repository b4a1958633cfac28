package wordcheck

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

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
