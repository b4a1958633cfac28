package submissions

import (
	"strings"

	"danvan/internal/submission"
	"danvan/web/ui"
)

// ReferenceFacts list what is known of the paper; lead is its term ("Kế hoạch").
func ReferenceFacts(lead string, r submission.Reference) []ui.Fact {
	number := ""
	if r.Number > 0 && r.Symbol != "" {
		number = r.String()
		if !r.IssuedOn.IsZero() {
			number += " ngày " + r.IssuedOn.String()
		}
	}
	return []ui.Fact{
		{Term: lead, Text: number},
		{Term: "Trích yếu", Text: r.Subject},
		{Term: "Người ký", Text: r.Signer},
		{Term: "Quyền hạn", Text: strings.ReplaceAll(r.Capacity, "\n", ", ")},
	}
}
