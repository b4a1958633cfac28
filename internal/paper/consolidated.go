package paper

import (
	"bytes"
	"fmt"
	"strings"

	"danvan/internal/consolidation"
	"danvan/internal/consolidation/wording"
	"danvan/internal/document/word"
	"danvan/internal/viet"
)

// Consolidated makes the Word file of a consolidated report: what it prints is what
// the preview shows. Equal prints give equal bytes.
func Consolidated(p consolidation.Printed) ([]byte, error) {
	var out bytes.Buffer
	subject := ConsolidatedSubject(p)
	w := word.New(&out, word.Properties{Title: reportName + " " + viet.LowerFirst(subject), Author: p.Issuer.Name, Annexes: len(p.Annexes)})
	w.Letterhead(ConsolidatedHead(p))
	w.Title(p.Title, subject)
	if p.To != "" {
		w.To(p.To)
	}
	paragraphs(w, p.Opening)
	for _, section := range p.Sections {
		w.Section(section.Title)
		paragraphs(w, section)
		for _, below := range section.Sections {
			w.Clause(below.Title)
			paragraphs(w, below)
		}
	}
	w.Paragraph(wording.Plain(p.Closing.Paragraph))
	w.Signature(ConsolidatedSignature(p))
	for _, a := range p.Annexes {
		w.Annex(a.Title, a.Wide)
		w.Table(consolidatedColumns(a), func(yield func(word.Row) bool) { consolidatedRows(a, yield) })
		for _, note := range a.Notes {
			w.Note(note)
		}
	}
	consolidatedOrigins(w, p)
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("write report %d/%s of %s: %w", p.Year, p.Period, p.Unit, err)
	}
	return out.Bytes(), nil
}

// issuerOf is the setting of whoever issues the report.
func issuerOf(p consolidation.Printed) Setting {
	return Setting{Year: p.Year, Name: p.Issuer.Name, Kind: p.Issuer.Kind, Symbol: p.Issuer.Symbol, Place: p.Issuer.Place, HeaderParent: p.Issuer.HeaderParent}
}

// ConsolidatedSubject is trích yếu below the title.
func ConsolidatedSubject(p consolidation.Printed) string { return about(p.Title, p.Subject, p.Subject) }

// ConsolidatedSignature is who gets the report and who signs it.
func ConsolidatedSignature(p consolidation.Printed) word.Signature {
	return word.Signature{Recipients: p.Recipients, Capacity: issuerOf(p).capacity(p.Capacity), Signer: p.Signer}
}

// ConsolidatedHead is what stands above the report.
func ConsolidatedHead(p consolidation.Printed) word.Letterhead {
	s := issuerOf(p)
	date := dateOf(p.Date, p.Year)
	number := p.Number
	if room := strings.TrimLeft(number, " "); room != number {
		number = missing + room
	}
	head := s.head(word.Letterhead{Number: p.Number, Date: date, Draft: p.Draft})
	head.Name = reportName + " số " + number + " " + date + " của " + s.Name
	return head
}

// paragraphs writes the text of a section; one with neither text nor sections below
// shows that it is blank.
func paragraphs(w *word.Writer, s consolidation.Section) {
	for _, p := range s.Paragraphs {
		w.Paragraph(wording.Plain(p.Paragraph))
	}
	if len(s.Paragraphs) == 0 && len(s.Sections) == 0 {
		w.Paragraph(missing)
	}
}

func consolidatedColumns(a consolidation.Annex) []word.Column {
	all := make([]word.Column, len(a.Columns))
	for i, c := range a.Columns {
		all[i] = word.Column{Title: c.Title, Share: c.Share}
		switch {
		case c.Number:
			all[i].Align = word.Right
		case c.Title == "TT":
			all[i].Align = word.Center
		}
	}
	return all
}

func consolidatedRows(a consolidation.Annex, yield func(word.Row) bool) {
	for _, r := range a.Rows {
		row := word.Row{}
		for _, c := range r.Cells {
			row.Cells = append(row.Cells, c.Text)
		}
		if r.Heading && len(r.Cells) > 0 {
			row = word.Row{Heading: r.Cells[0].Text}
		}
		if !yield(row) {
			return
		}
	}
}

// consolidatedOrigins say which sendings paragraphs and rows were taken from, and
// of which frozen data and text the paper is made.
func consolidatedOrigins(w *word.Writer, p consolidation.Printed) {
	filed := fmt.Sprintf("report/%d/%s", p.Year, p.Period)
	if p.Frozen != "" {
		w.Origin(word.Origin{Place: "frozen", Unit: p.Unit, Filed: fmt.Sprintf("consolidation/%d/%s", p.Year, p.Period), SHA256: p.Frozen})
	}
	var of func(s consolidation.Section)
	of = func(s consolidation.Section) {
		for _, paragraph := range s.Paragraphs {
			for _, from := range paragraph.From {
				w.Origin(word.Origin{Place: s.Part, Unit: from.Unit, Filed: filed, Version: from.Version})
			}
		}
		for _, below := range s.Sections {
			of(below)
		}
	}
	of(p.Opening)
	for _, s := range p.Sections {
		of(s)
	}
	of(consolidation.Section{Part: consolidation.ProposalsKey, Paragraphs: []consolidation.Paragraph{p.Closing}})
	for _, a := range p.Annexes {
		for _, r := range a.Rows {
			for _, c := range r.Cells {
				if c.Unit != "" {
					w.Origin(word.Origin{Place: "annex/" + string(a.Kind), Unit: c.Unit, Filed: filed, Version: c.Version})
				}
			}
		}
	}
}
