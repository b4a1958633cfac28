package report

import (
	"context"
	"strings"

	"danvan/internal/database"
	"danvan/internal/document/collate"
	"danvan/internal/indicator"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Printed lists the words and figures of a report that stand on its paper. Computed
// parts are left out: whoever signs vouches for what was typed.
func (book) Printed(ctx context.Context, db database.DB, c submission.Case, f submission.Frozen) ([]collate.Passage, error) {
	uses, err := indicator.All(ctx, db, c.Campaign)
	if err != nil {
		return nil, err
	}
	defined := map[string]indicator.Indicator{}
	for _, u := range uses {
		defined[u.Code] = u.Indicator
	}
	return printed(f, defined), nil
}

// printed is [book.Printed] with what the figures count, by code.
func printed(f submission.Frozen, defined map[string]indicator.Indicator) []collate.Passage {
	var all []collate.Passage
	for _, kind := range Schema { // as the paper is read
		for _, p := range f.Parts {
			prefix, rest, _ := strings.Cut(p.Key, "/")
			if prefix == kind.Prefix {
				all = append(all, passages(p, kind, rest, defined[rest])...)
			}
		}
	}
	return all
}

// passages are what the paper says of a part; i is what a figure counts.
func passages(p submission.FrozenPart, kind submission.PartKind, rest string, i indicator.Indicator) []collate.Passage {
	switch kind.Prefix {
	case "figure":
		own := p.Content["own"]
		if own == "" || i.Kind == indicator.Flag { // printed as a word
			return nil
		}
		return []collate.Passage{{Part: p.Key, Field: "own", Label: strings.TrimSpace(rest + " " + i.Name),
			Text: viet.FormatNumber(own), Anchors: []string{i.Name, rest}}}
	case "task", OverallKey, NextKey, "proposal", "exemplar":
		label := kind.Label
		switch {
		case p.Key == TaskKey(0):
			label = "Phần chung"
		case rest != "":
			label += " " + rest
		}
		return words(p, kind, label)
	}
	return nil
}

// words are the texts of a part in the order of its fields.
func words(p submission.FrozenPart, kind submission.PartKind, label string) []collate.Passage {
	var all []collate.Passage
	for _, field := range kind.Fields {
		text := p.Content[field.Name]
		if text == "" || field.Quiet || field.Shape != submission.Prose && field.Shape != submission.Text {
			continue
		}
		all = append(all, collate.Passage{Part: p.Key, Field: field.Name, Label: label + " – " + viet.LowerFirst(field.Label), Text: text})
	}
	return all
}
