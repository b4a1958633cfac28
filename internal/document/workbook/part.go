package workbook

import (
	"archive/zip"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// longestTag is how much may stand between two marks "<": the longest text of a
// cell, 32,767 letters, each written as "&#7841;", and some more.
const longestTag = 512 << 10

// xmlPart is one part of a workbook, read token by token. Names are told apart
// without their prefixes: programs choose those.
type xmlPart struct {
	*xml.Decoder
	io.Closer
	elements *int // that may still be read
}

// part opens a part by its name.
func (b *Book) part(ctx context.Context, name string) (*xmlPart, error) {
	f := b.file(name)
	if f == nil {
		return nil, damaged()
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &xmlPart{xml.NewDecoder(&guard{ctx: ctx, r: r, left: &b.left}), r, &b.elements}, nil
}

// file finds a part; programs spell names with and without the first stroke, and
// in either case.
func (b *Book) file(name string) *zip.File {
	for _, f := range b.archive.File {
		if canonical(f.Name) == canonical(name) {
			return f
		}
	}
	return nil
}

func canonical(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// each calls start and end for every element of a part and text for what stands
// between; each of them may be nil, and stops the reading with an error, [io.EOF]
// for enough.
func (p *xmlPart) each(start func(xml.StartElement) error, end func(name string) error, text func([]byte) error) error {
	defer p.Close()
	for {
		token, err := p.RawToken()
		if err == nil {
			switch t := token.(type) {
			case xml.StartElement:
				if *p.elements--; *p.elements < 0 {
					return refuse(refusedHeavy)
				}
				err = start(t)
			case xml.EndElement:
				if end != nil {
					err = end(t.Name.Local)
				}
			case xml.CharData:
				if text != nil {
					err = text(t)
				}
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// attr is an attribute without regard to its prefix, "" for none.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// guard lets through XML as spreadsheet programs write it, and nothing that makes
// much of little: no declarations of types or entities, no comments and raw
// sections, no endless text or tag; no more than the book may hold, and nothing
// once ctx is done.
type guard struct {
	ctx    context.Context
	r      io.Reader
	left   *int64
	run    int  // bytes since the last "<"
	marked bool // the last byte was "<"
	begun  bool // something but the declaration at the top was seen
}

func (g *guard) Read(p []byte) (int, error) {
	if err := g.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := g.r.Read(p)
	if *g.left -= int64(n); *g.left < 0 {
		return 0, refuse(refusedHeavy)
	}
	for _, c := range p[:n] {
		if g.marked && (c == '!' || c == '?' && g.begun) {
			return 0, damaged()
		}
		g.begun = g.begun || g.marked
		g.marked = c == '<'
		if g.run++; g.marked {
			g.run = 0
		}
		if g.run > longestTag {
			return 0, damaged()
		}
	}
	return n, err
}
