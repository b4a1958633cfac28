package reports

import (
	"net/http"
	"strconv"

	"danvan/internal/report"
	"danvan/internal/viet"
	"danvan/web/current"
	"danvan/web/paths"
	"danvan/web/respond"
	reportshow "danvan/web/show/reports"
	"danvan/web/ui"
)

// frozen is one sending as its page shows it.
type frozen struct {
	report.VersionPage
	view reportshow.View
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
	page, err := p.Reports.Version(r.Context(), current.Actor(r), current.Now(r), ref, no)
	if err != nil {
		return err
	}
	v := frozen{VersionPage: page, view: reportshow.View{Case: page.Case, Base: baseOf(page.Case), Remarks: page.Remarks}}
	sending := "Lần gửi " + strconv.Itoa(no)
	head := ui.Head{Title: sending + ", " + viet.LowerFirst(titleOf(page.Case)), Crumbs: crumbs(page.Case, ui.Link{Label: sending}),
		Meta: v.meta(), Actions: v.actions()}
	return respond.Page(w, r, http.StatusOK, ui.Page{Head: head, PrintNote: page.Case.UnitName + ", báo cáo, " + viet.LowerFirst(sending)}, v.body())
}
