package reports

import (
	"net/http"
	"strings"
	"time"

	"danvan/internal/actor"
	"danvan/internal/report"
	"danvan/internal/submission"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/respond"
	reportshow "danvan/web/show/reports"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// showing is a report as its page shows it to one person.
type showing struct {
	report.Page
	act  actor.Actor
	now  time.Time
	own  bool // one of the unit's people
	may  map[submission.Action]submission.Decision
	view reportshow.View
}

// Show is the report of a unit.
func (p Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	page, err := p.Reports.Page(r.Context(), act, now, ref)
	if err != nil {
		return err
	}
	v := showing{Page: page, act: act, now: now, own: page.Sight.Working, may: submission.Decisions(act, page.Case, now)}
	v.view = reportshow.View{Case: page.Case, Base: baseOf(page.Case), Remarks: page.Remarks, Gaps: page.Gaps,
		Answer: v.may[submission.Answer].Allowed, Working: page.Working, Ledger: showsInForce(page)}
	links := crumbs(page.Case)
	if !page.Sight.InForce {
		links[0].Path = ""
	}
	head := ui.Head{Title: titleOf(page.Case), Crumbs: links, Meta: meta(page.Case, v.standing().Sentence()), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: v.printNote()}, v.body())
}

// showsInForce reports whether what the page shows is the version in force, or the
// working copy as it was accepted.
func showsInForce(p report.Page) bool {
	if p.Working {
		return p.Case.State == submission.Accepted
	}
	return p.Shown != nil && p.Case.InForce != nil && p.Shown.ID == p.Case.InForce.ID
}

func (v showing) printNote() string {
	note := v.Case.UnitName + ", báo cáo " + viet.LowerFirst(v.Case.PeriodName)
	switch {
	case v.Working && v.Case.Amending():
		return note + " đang sửa đổi"
	case v.Working && v.Case.State == submission.Submitted && v.Case.Last != nil:
		return note + ", " + submissions.Sending(v.Case.Last.No)
	case v.Working && v.Case.State == submission.Accepted && v.Case.InForce != nil:
		return note + ", " + submissions.Sending(v.Case.InForce.No)
	case v.Working:
		return note + ", bản đang soạn"
	case v.Shown != nil:
		return note + ", " + submissions.Sending(v.Shown.No)
	}
	return note
}

// since says whose reports came after what is shown was sent, and are not in it yet.
func (v showing) since() string {
	if len(v.Content.Since) == 0 {
		return ""
	}
	names := make([]string, len(v.Content.Since))
	for i, s := range v.Content.Since {
		names[i] = s.Called + " (" + submissions.Sending(s.No) + ")"
	}
	return "Chưa có trong số liệu dưới đây: báo cáo của " + strings.Join(names, ", ") + ", được tiếp nhận sau lần gửi này. " +
		v.Case.UnitName + " gửi lại, hoặc sửa đổi, bổ sung, thì được cộng."
}

// drawn reports whether there is any content to show.
func (v showing) drawn() bool { return v.Working || v.Shown != nil }

// edits reports whether the reader writes the report now.
func (v showing) edits() bool { return v.may[submission.Edit].Allowed }

func (v showing) base() string { return v.view.Base }
