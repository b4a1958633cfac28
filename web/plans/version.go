package plans

import (
	"net/http"
	"strconv"

	"danvan/internal/plan"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	planshow "danvan/web/show/plans"
	"danvan/web/ui"
)

// frozen is one sending as its page shows it.
type frozen struct {
	plan.VersionPage
	view planshow.View
}

// Version is one frozen sending, read-only.
func (p Pages) Version(w http.ResponseWriter, r *http.Request) error {
	ref, err := refOf(r)
	if err != nil {
		return err
	}
	no, err := paths.Number(r, "no", 1, 1_000_000)
	if err != nil {
		return err
	}
	page, err := p.Plans.Version(r.Context(), current.Actor(r), current.Now(r), ref, no)
	if err != nil {
		return err
	}
	v := frozen{VersionPage: page, view: planshow.View{Year: ref.Year, Unit: ref.Unit, Remarks: page.Remarks, By: page.Case.Receives, Frozen: true}}
	title := "Lần gửi " + strconv.Itoa(no) + ", kế hoạch năm " + strconv.Itoa(ref.Year) + " của " + page.Case.UnitName
	head := ui.Head{Title: title, Crumbs: crumbs(page.Case, ui.Link{Label: "Lần gửi " + strconv.Itoa(no)}), Meta: v.meta(), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: page.Case.UnitName + ", kế hoạch, lần gửi " + strconv.Itoa(no)}, v.body())
}
