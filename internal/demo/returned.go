package demo

import (
	_ "embed"
	"encoding/csv"
	"maps"
	"strings"

	"danvan/internal/demo/content"
	"danvan/internal/submission"
)

// returnedTable says what a first version read where the remarks it was returned
// with asked for something else; everything else was as it is in the content.
// Beside the fields of an activity there are "owner", "absent" – the activity
// came after the return – and, for a task alone, "nil": what it was declared with
// instead.
//
//go:embed returned.csv
var returnedTable string

// readReturned is that table by unit, then by code of the activity or number of
// the task.
func readReturned() map[string]map[string]submission.Content {
	lines, err := csv.NewReader(strings.NewReader(returnedTable)).ReadAll()
	if err != nil {
		panic(err) // the table is part of the program
	}
	all := map[string]map[string]submission.Content{}
	for _, l := range lines[1:] {
		unit, code, field, value := l[0], l[1], l[2], l[3]
		if all[unit] == nil {
			all[unit] = map[string]submission.Content{}
		}
		if all[unit][code] == nil {
			all[unit][code] = submission.Content{}
		}
		all[unit][code][field] = value
	}
	return all
}

// firstFields is an activity as it was first sent, and its owner then.
func firstFields(a content.Activity, former submission.Content) (submission.Content, string) {
	values, owner := fields(a), a.Owner
	maps.Copy(values, former)
	if former["owner"] != "" {
		owner = former["owner"]
		delete(values, "owner")
	}
	return values, owner
}

// fields are the fields of an activity in canonical text.
func fields(a content.Activity) submission.Content {
	return submission.Content{
		"title": a.Title, "description": a.Description, "product": a.Product, "section": a.Section,
		"partners": strings.Join(a.Partners, "\n"), "partners_other": a.OtherPartners,
		"time": submission.FormatTime(a.Time), "uom": a.UnitOfMeasure, "baseline": a.Baseline, "target": a.Target,
		"evidence": tick(a.Evidence), "mark_review": tick(a.Review), "mark_inspection": tick(a.Inspection),
		"mark_exemplar": tick(a.Exemplar),
	}
}

func tick(on bool) string {
	if on {
		return "1"
	}
	return ""
}

// reference are the fields of a plan's paper. Its number and day are given when
// the leader signs.
func reference(d content.Document, numbered bool) submission.Content {
	values := submission.Content{"number": "", "symbol": d.Symbol, "issued_on": "", "subject": d.Subject,
		"signer": d.Signer, "capacity": d.Capacity}
	if numbered {
		values["number"] = d.Number
		if !d.IssuedOn.IsZero() {
			values["issued_on"] = d.IssuedOn.ISO()
		}
	}
	return values
}
