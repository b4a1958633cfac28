package consolidation

import (
	"strings"

	"danvan/internal/consolidation/wording"
	"danvan/internal/viet"
)

// closes is how the last words of a report begin.
const closes = "Trên đây là "

// close sets the last words of the report: those written at the end of the text, else
// the usual ones, with the issue it replaces. They stand behind every section, and
// "./." behind them.
func (p *Printed) close(g Ground, former *IssueHead) {
	last := &p.Sections[len(p.Sections)-1]
	if n := len(last.Paragraphs); n > 0 && strings.HasPrefix(wording.Plain(last.Paragraphs[n-1].Paragraph), closes) {
		p.Closing = last.Paragraphs[n-1]
		last.Paragraphs = last.Paragraphs[:n-1]
		return
	}
	said := p.farewell(g)
	if former != nil {
		said += " " + former.replaced(g)
	}
	p.Closing = Paragraph{Paragraph: wording.Paragraph{Pieces: []wording.Piece{{Kind: wording.Words, Text: said}}}}
}

// farewell is said to a superior with what is asked of it; who has none in the paper
// says whose report it is.
func (p *Printed) farewell(g Ground) string {
	report := closes + "báo cáo " + viet.LowerFirst(g.About()) + " "
	if p.To == "" {
		return report + "của " + p.Issuer.Name + "."
	}
	asked := "tổng hợp"
	if p.To == g.Root.Name {
		asked = "xem xét, chỉ đạo"
	}
	return report + g.onGround() + ", " + p.Issuer.Name + " kính báo cáo " + p.To + " " + asked + "."
}

// replaced says of an issue that the report stands in its place.
func (h IssueHead) replaced(g Ground) string {
	return "Báo cáo này thay thế Báo cáo số " + h.Reference.String() + " ngày " + h.Reference.IssuedOn.String() + " của " + g.issuer(h.Body).Name + "."
}
