package submissions

import (
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/ui"
)

// RemarkID is the id of a remark on a page, to lead to it.
func RemarkID(id int64) string { return "gy-" + itoa(id) }

// RemarkLead opens a remark that stands beside the part it is on: it names the
// field, if it is on one alone.
func RemarkLead(schema submission.Schema, n submission.Note) string {
	if n.PartKey == "" {
		return "Góp ý chung."
	}
	if kind, ok := schema.Of(n.PartKey); ok {
		if f, ok := kind.Field(n.Field); ok {
			return "Góp ý, mục " + f.Label + "."
		}
	}
	return "Góp ý."
}

// Remark is how a note is shown: lead before it ("Góp ý."), unit of the one who
// made it, and a link to answer it, which may be empty.
func Remark(n submission.Note, lead, unit string, answer ui.Link) ui.RemarkOf {
	r := ui.RemarkOf{
		ID: RemarkID(n.ID), Lead: lead, Resolved: n.ResolvedAt != nil, Link: answer,
		Remark: ui.Said{Text: n.Body, By: n.ByName + ", " + unit + ", " + viet.Moment(n.At()) + "."},
	}
	if n.Answer != "" && n.AnsweredAt != nil {
		r.Answer = ui.Said{Text: n.Answer, By: n.AnsweredName + " trả lời, " + viet.Moment(*n.AnsweredAt) + "."}
	}
	return r
}
