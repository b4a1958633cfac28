package plan

import (
	"context"
	"strings"

	"danvan/internal/database"
	"danvan/internal/document/collate"
	"danvan/internal/submission"
	"danvan/internal/viet"
)

// Printed lists the words of a plan that stand on its paper. Times, marks and names
// are printed in so many ways that looking for them would prove nothing.
func (book) Printed(_ context.Context, _ database.DB, _ submission.Case, f submission.Frozen) ([]collate.Passage, error) {
	var all []collate.Passage
	for _, p := range f.Parts {
		kind, _ := Schema.Of(p.Key) // one it does not know has no fields
		prefix, rest, _ := strings.Cut(p.Key, "/")
		var label string
		var fields []string
		switch prefix {
		case "task":
			label, fields = kind.Label+" "+rest, []string{"reason"}
		case "activity":
			label, fields = kind.Label+" "+p.Content["code"], []string{"title", "product", "description"}
			if p.Content["stopped"] != "" {
				fields = []string{"title", "stopped"} // of what goes on no longer, the paper says no more
			}
		}
		for _, name := range fields {
			field, _ := kind.Field(name) // of the schema above
			if text := p.Content[name]; text != "" {
				all = append(all, collate.Passage{Part: p.Key, Field: name, Label: label + " – " + viet.LowerFirst(field.Label), Text: text})
			}
		}
	}
	return all, nil
}
