// Package wordcheck reads a Word document as Word would and compares it with every
// row of the table of Nghị định 30/2020/NĐ-CP. It is for tests, and knows nothing
// of the writer it checks: components are found by where they stand and what they
// say.
package wordcheck

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed testdata/nd30_format.csv
var table string

// Rule is one row of the table.
type Rule struct {
	Component, Case  string
	SizeMin, SizeMax float64
	Bold, Italic     bool
	Align            string
}

// Rules are the rows of the table.
var Rules = sync.OnceValue(func() []Rule {
	rows, err := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil {
		panic(err)
	}
	var all []Rule
	for _, r := range rows[1:] {
		smallest, _ := strconv.ParseFloat(r[3], 64)
		largest, _ := strconv.ParseFloat(r[4], 64)
		all = append(all, Rule{Component: r[0], Case: r[2], SizeMin: smallest, SizeMax: largest,
			Bold: r[5] == "1", Italic: r[6] == "1", Align: r[7]})
	}
	return all
})

// Fault is a row of the table, or a rule of the whole paper, that a paper breaks.
type Fault struct {
	Row     string
	Text    string // where
	Problem string
}

func (f Fault) String() string { return fmt.Sprintf("%s: %s (%q)", f.Row, f.Problem, f.Text) }

// Finding is what a document turned out to be.
type Finding struct {
	Faults []Fault
	Seen   map[string]int // how many paragraphs of each component there were
	Text   []string       // every paragraph, in order
}

// Broken are the rows with a fault.
func (f Finding) Broken() []string {
	var all []string
	for _, fault := range f.Faults {
		if !slices.Contains(all, fault.Row) {
			all = append(all, fault.Row)
		}
	}
	return all
}

// Rows that are no component of the table but rules of the whole paper.
const (
	Page    = "Khổ giấy, lề"
	Font    = "Phông chữ"
	Annexes = "Phụ lục"
	Table   = "Bảng"
	End     = "Kết thúc nội dung"
	Unknown = "Không nhận ra"
)

// Check reads a Word document.
func Check(file []byte) (Finding, error) {
	d, err := read(file)
	if err != nil {
		return Finding{}, err
	}
	c := checking{document: d, Finding: Finding{Seen: map[string]int{}}}
	c.classify()
	for _, p := range c.found {
		c.Text = append(c.Text, p.text)
		c.Seen[p.component]++
		c.look(p)
		c.special(p)
	}
	c.whole()
	return c.Finding, nil
}

// component is a paragraph that was recognised.
type component struct {
	paragraph
	component string
}

type checking struct {
	document document
	found    []component
	Finding
}

func (c *checking) fault(row, text, format string, a ...any) {
	c.Faults = append(c.Faults, Fault{Row: row, Text: text, Problem: fmt.Sprintf(format, a...)})
}

// look compares a paragraph with the row of its component.
func (c *checking) look(p component) {
	rules := Rules()
	i := slices.IndexFunc(rules, func(r Rule) bool { return r.Component == p.component })
	if i < 0 {
		return
	}
	r := rules[i]
	if p.align != r.Align {
		c.fault(r.Component, p.text, "aligned %s, want %s", p.align, r.Align)
	}
	for n, run := range p.runs {
		if strings.TrimSpace(run.text) == "" {
			continue
		}
		if run.size < r.SizeMin || run.size > r.SizeMax {
			c.fault(r.Component, p.text, "size %g, want %g to %g", run.size, r.SizeMin, r.SizeMax)
		}
		if run.bold != r.Bold {
			c.fault(r.Component, p.text, "bold %t, want %t", run.bold, r.Bold)
		}
		lead := r.Component == "Nội dung" && n == 0 && len(p.runs) > 1 // the words a paragraph begins with may lean
		if run.italic != r.Italic && !lead {
			c.fault(r.Component, p.text, "italic %t, want %t", run.italic, r.Italic)
		}
	}
	letters := strings.IndexFunc(p.text, unicode.IsLetter) >= 0
	switch r.Case {
	case "upper":
		if p.text != strings.ToUpper(p.text) {
			c.fault(r.Component, p.text, "not in capitals")
		}
	case "sentence":
		if letters && p.text == strings.ToUpper(p.text) && len([]rune(p.text)) > 6 {
			c.fault(r.Component, p.text, "in capitals")
		}
	case "digits":
		if letters && !strings.Contains(p.text, "PAGE") {
			c.fault(r.Component, p.text, "no digits")
		}
	}
}
