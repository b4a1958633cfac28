package consolidations

import (
	"slices"
	"strings"
	"unicode/utf8"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/document/word"
	"danvan/web/paths"
)

// oneLineCapacity is "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC".
func (s paper) oneLineCapacity() string { return strings.Join(s.foot.Capacity, ", ") }

// closing is the last paragraph up to its "./.".
func (s paper) closing() wording.Paragraph {
	p := s.Closing.Paragraph
	pieces := slices.Clone(p.Pieces)
	if n := len(pieces) - 1; n >= 0 {
		pieces[n].Text = word.Ended(pieces[n].Text)
	}
	p.Pieces = pieces
	return p
}

// replacedWord says that a later sending of the unit counts now.
func replacedWord(o consolidation.Origin) string {
	if o.Counted {
		return ""
	}
	return " (nay đã thay)"
}

// leads is where a token leads: a figure to its parts, a count to the units.
func (s paper) leads(x wording.Piece) string {
	switch x.Asks {
	case wording.Issuer:
		return "" // it stands on the letterhead
	case wording.Value, wording.Change, wording.Units:
		return s.figure(x.Code)
	}
	if s.frozen && slices.ContainsFunc(s.Annexes, func(a consolidation.Annex) bool { return a.Kind == consolidation.StatusAnnex }) {
		return "#" + annexID(consolidation.StatusAnnex) // as it was counted; the list is of today
	}
	return paths.Reports(s.Year, s.Period)
}

func (s paper) cell(c consolidation.Entry) string {
	switch {
	case c.Text == "":
		return ""
	case c.Code != "":
		return s.figure(c.Code)
	case c.Unit != "" && c.Version > 0:
		return s.sending(c.Unit, c.Version)
	}
	return ""
}

// typed counts the numbers written by hand in the whole text.
func (s paper) typed() int {
	n := 0
	for _, x := range append([]consolidation.Section{s.Opening}, s.Sections...) {
		n += typedIn(x)
	}
	return n + typedOf(s.Closing.Paragraph)
}

func typedIn(x consolidation.Section) int {
	n := 0
	for _, p := range x.Paragraphs {
		n += typedOf(p.Paragraph)
	}
	for _, one := range x.Sections {
		n += typedIn(one)
	}
	return n
}

func typedOf(p wording.Paragraph) int {
	n := 0
	for _, piece := range p.Pieces {
		if piece.Kind == wording.Typed {
			n++
		}
	}
	return n
}

func annexID(kind consolidation.AnnexKind) string { return "phu-luc-" + string(kind) }

func annexName(a consolidation.Annex) string {
	if a.Number == "" {
		return "Phụ lục"
	}
	return "Phụ lục " + a.Number
}

func partWord(x consolidation.Section) string {
	if x.Title == "" {
		return "Phần mở đầu"
	}
	return x.Title
}

// short reports whether a cell is better not broken: a day, a few words.
func short(text string) bool { return utf8.RuneCountInString(text) <= 14 }
