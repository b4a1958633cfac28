package plans

import (
	"net/http"
	"strconv"
	"time"

	"danvan/internal/actor"
	"danvan/internal/plan"
	"danvan/internal/submission"
	"danvan/web/current"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/show/submissions"
	"danvan/web/ui"
)

// showing is a plan as its page shows it to one person.
type showing struct {
	plan.Page
	act  actor.Actor
	now  time.Time
	own  bool // one of the unit's people
	may  map[submission.Action]submission.Decision
	view planshow.View
}

// Show is the plan of a unit.
func (p Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	act, now := current.Actor(r), current.Now(r)
	page, err := p.Plans.Page(r.Context(), act, now, ref)
	if err != nil {
		return err
	}
	v := showing{Page: page, act: act, now: now, own: page.Sight.Working, may: submission.Decisions(act, page.Case, now)}
	v.view = planshow.View{
		Year: ref.Year, Unit: ref.Unit, Remarks: page.Remarks, By: page.Case.Receives,
		Edit: v.may[submission.Edit].Allowed, Assign: v.may[submission.Assign].Allowed, Answer: v.may[submission.Answer].Allowed,
		MarkNew: page.Working && page.Case.Last != nil,
	}
	if page.Working {
		v.view.Gaps = plan.Gaps(page.Content)
	}
	if v.view.Standings, err = p.standings(r.Context(), now, page); err != nil {
		return err
	}
	head := ui.Head{Title: v.title(), Crumbs: v.crumbs(), Meta: meta(page.Case, v.standing().Sentence()), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: v.printNote()}, v.body())
}

// crumbs lead to the overview only whom it is for: who sees what is in force.
func (v showing) crumbs() []ui.Link {
	links := crumbs(v.Case)
	if !v.Sight.InForce {
		links[0].Path = ""
	}
	return links
}

func (v showing) title() string {
	return "Kế hoạch năm " + strconv.Itoa(v.Case.Year) + " của " + v.Case.UnitName
}

func (v showing) printNote() string {
	note := v.Case.UnitName + ", "
	switch {
	case v.Working && v.Case.Amending():
		return note + "kế hoạch đang sửa đổi"
	case v.Working && v.Case.State != submission.Accepted:
		return note + "kế hoạch, bản đang soạn"
	case v.Shown != nil:
		return note + "kế hoạch, " + submissions.Sending(v.Shown.No)
	}
	return note + "kế hoạch"
}

// drawn reports whether there is any content to show.
func (v showing) drawn() bool { return v.Working || v.Shown != nil }
