package planshow

import (
	"danvan/internal/submission"
	"danvan/web/ui"
)

// Reference lists what is known of the document; lead is its term ("Kế hoạch").
func Reference(lead string, r submission.Reference) []ui.Fact {
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
		{Term: "Quyền hạn", Text: r.Capacity},
	}
}
