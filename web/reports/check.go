package reports

import (
	"net/http"

	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/respond"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// checking is the page to look at before a report is sent.
type checking struct{ showing }

// Check shows what still blocks sending, and what is odd.
func (p Pages) Check(w http.ResponseWriter, r *http.Request) error {
	o, err := p.open(r, submission.Edit)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	v := checking{showing{Page: report.Page{Case: o.c, Sight: submission.See(act, o.c), Content: o.content, Working: true, Gaps: report.Gaps(o.content)}, act: act, now: now, own: true}}
	v.view = o.view()
	if v.Doubts, err = p.Reports.Doubts(r.Context(), o.c, o.content); err != nil {
		return err
	}
	if v.Remarks, err = p.Reports.Remarks(r.Context(), o.c, o.content); err != nil {
		return err
	}
	v.Case.Gaps, v.Case.NoReference = len(v.Gaps), !o.content.Reference.Complete()
	v.may = submission.Decisions(act, v.Case, now)
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head(o.c, "Kiểm tra trước khi gửi", ui.Link{Label: "Kiểm tra trước khi gửi"})}, v.page())
}

// onward is the step that the report is ready for, or why there is none.
func (v checking) onward() submissions.Next {
	switch {
	case v.may[submission.SubmitDirect].Allowed:
		return submissions.ToDo("gửi "+v.Case.Receives+".", "Gửi "+v.Case.Receives, v.submitPath(), v.standing().Deadline())
	case v.may[submission.Send].Allowed:
		return submissions.ToDo("trình lãnh đạo duyệt.", "Trình lãnh đạo duyệt", v.sendPath(), v.standing().Deadline())
	}
	return v.nextOfWriter()
}
