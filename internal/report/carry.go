package report

import (
	"slices"

	"danvan/internal/indicator"
	"danvan/internal/submission"
)

// Carry offers in the empty boxes of a task what the unit answered the period before,
// for somebody who asked to begin from there; n is how many boxes take something.
// Nothing is stored, and what is there already stays.
func (c Content) Carry(s Section) (carried Section, n int) {
	carried = s
	carried.Rows = slices.Clone(s.Rows)
	for i, r := range carried.Rows {
		if offer := r.carried(c.Window); offer != nil {
			carried.Rows[i].Offer = offer
			n++
		}
	}
	return carried, n
}

// carried is the answer of the period before where this one can begin from it: sums
// go on growing while periods run from the start of the year, and begin anew where
// each has days of its own.
func (r Row) carried(w Window) *Offer {
	if !r.Asked || !r.Typed() || r.Figure.Answered() || r.Offer != nil || r.Previous == nil || !r.Previous.Figure.Answered() {
		return nil
	}
	if !w.Cumulative && r.Periods != indicator.LastOfPeriods {
		return nil
	}
	return &Offer{Value: indicator.Text(r.Previous.Figure.Own), Mark: r.Previous.Figure.Mark, Source: r.Previous.words()}
}

// Words are what e says in the fields of a part that this report has not written
// yet. How a task went is judged anew each period and no word of before.
func (e Earlier) Words(p submission.Part) submission.Content {
	words := submission.Content{}
	kind, ok := Schema.Of(p.Key)
	if !ok {
		return words
	}
	before := e.Version.Frozen.Part(p.Key)
	for _, field := range kind.Fields {
		if field.Shape == submission.Prose && p.Content[field.Name] == "" && before[field.Name] != "" {
			words[field.Name] = before[field.Name]
		}
	}
	return words
}
