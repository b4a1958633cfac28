package workingcopy

import (
	"strings"

	"danvan/internal/viet"
)

// Content is what one part holds: field name to canonical text. Days are
// 2006-01-02, numbers 1234.5, ticks "1"; lists have one entry a line. A missing
// field and an empty one are the same.
type Content map[string]string

// Shape says how the canonical text of a field is shown and compared.
type Shape int

const (
	Text   Shape = iota // one line
	Prose               // several lines, compared word by word
	Day                 // shown dd/mm/yyyy
	Number              // shown the Vietnamese way
	Tick                // "1" or empty
	Choice              // one of Options
	Units               // unit slugs, one a line
	Time                // a viet.Span in canonical text
)

// Field is one thing people fill in.
type Field struct {
	Name    string
	Label   string
	Shape   Shape
	Max     int               // characters; 0 = 300 for a line, 10,000 for prose
	Options map[string]string // for Choice: value to words
	Quiet   bool              // kept and merged, but not shown as content (e.g. the position in a list)
}

// Limit is the greatest number of characters of the field.
func (f Field) Limit() int {
	switch {
	case f.Max > 0:
		return f.Max
	case f.Shape == Prose:
		return 10_000
	}
	return 300
}

// Show renders a canonical value for people. names gives the short name of a
// unit slug; nil shows slugs as they are.
func (f Field) Show(value string, names map[string]string) string {
	if value == "" {
		return ""
	}
	switch f.Shape {
	case Day:
		var d viet.Date
		if err := d.UnmarshalText([]byte(value)); err == nil {
			return d.String()
		}
	case Time:
		if span, err := ParseTime(value); err == nil {
			return span.Label()
		}
	case Number:
		return viet.FormatNumber(value)
	case Tick:
		return "có"
	case Choice:
		if word, ok := f.Options[value]; ok {
			return word
		}
	case Units:
		lines := strings.Split(value, "\n")
		for i, slug := range lines {
			if name := names[slug]; name != "" {
				lines[i] = name
			}
		}
		return strings.Join(lines, "; ")
	}
	return value
}

// PartKind describes the parts whose key is Prefix, or Prefix + "/" + something.
type PartKind struct {
	Prefix string
	Label  string // e.g. "Hoạt động"
	Fields []Field
}

// Field returns the named field and whether the part has it.
func (p PartKind) Field(name string) (Field, bool) {
	for _, f := range p.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Schema is the list of part kinds of one kind of working copy, in the order in
// which they are read.
type Schema []PartKind

// Of returns the kind of the part with key, and whether the schema knows it.
func (s Schema) Of(key string) (PartKind, bool) {
	prefix, _, _ := strings.Cut(key, "/")
	for _, p := range s {
		if p.Prefix == prefix {
			return p, true
		}
	}
	return PartKind{}, false
}

// With returns c with changes laid over it; empty values remove the field.
func (c Content) With(changes Content) Content {
	out := make(Content, len(c)+len(changes))
	for k, v := range c {
		out[k] = v
	}
	for k, v := range changes {
		if v == "" {
			delete(out, k)
			continue
		}
		out[k] = v
	}
	return out
}

// Equal reports whether both hold the same, empty fields apart.
func (c Content) Equal(other Content) bool {
	for k, v := range c {
		if other[k] != v {
			return false
		}
	}
	for k, v := range other {
		if c[k] != v {
			return false
		}
	}
	return true
}
